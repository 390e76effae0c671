"""Pausing, resuming and incognito, as the window and the tray offer them."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from productify.domain import Capturing, Mode
from productify_ui.text import formats
from productify_ui.text.words import words
from productify_ui.views.context import ViewContext
from productify_ui.widgets.popup import Menu

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any

    from productify.service import Service


class TrackingActions(QObject):
    """Asks the recorder to pause, to resume, or to count everything as private."""

    def __init__(self, context: ViewContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context

    @property
    def mode(self) -> Mode:
        """What the recorder does now; off while nothing is known."""
        status = self._context.status.now
        return status.mode if status else Mode.OFF

    @property
    def incognito(self) -> bool:
        """Whether incognito is switched on, also while a pause is in front of it."""
        status = self._context.status.now
        return status is not None and status.incognito

    def fill(self, menu: Menu) -> None:
        """Put the choices of a pause into a menu, each with the time it ends."""
        zone, now = self._context.zone, self._context.now()
        for text, minutes, slot in (
            (words.pause_15, 15, self.pause_15),
            (words.pause_60, 60, self.pause_60),
        ):
            end = formats.clock(now + timedelta(minutes=minutes), zone)
            menu.add(text, "clock", end).triggered.connect(slot)
        menu.add(words.pause_tomorrow, "moon", self._day_start()).triggered.connect(self.pause_tomorrow)
        menu.addSeparator()
        menu.add(words.pause_forever, "pause").triggered.connect(self.pause_forever)

    @Slot()
    def pause_15(self) -> None:
        """Pause for a quarter of an hour."""
        self._pause(self._context.now() + timedelta(minutes=15))

    @Slot()
    def pause_60(self) -> None:
        """Pause for an hour."""
        self._pause(self._context.now() + timedelta(hours=1))

    @Slot()
    def pause_tomorrow(self) -> None:
        """Pause until the next day begins."""
        self._ask(lambda service: service.tracking.pause_until_tomorrow())

    @Slot()
    def pause_forever(self) -> None:
        """Pause until resumed."""
        self._pause(None)

    @Slot()
    def resume(self) -> None:
        """Record again."""
        self._ask(lambda service: service.tracking.resume())

    @Slot()
    def toggle_pause(self) -> None:
        """Resume if paused, else pause until resumed."""
        if self.mode is Mode.PAUSED:
            self.resume()
        else:
            self.pause_forever()

    @Slot()
    def toggle_incognito(self) -> None:
        """Switch incognito on or off."""
        on = not self.incognito
        self._ask(lambda service: service.tracking.set_incognito(on))

    @property
    def capturing(self) -> Capturing:
        """Whether screenshots are taken; off while nothing is known."""
        status = self._context.status.now
        return status.capturing if status else Capturing.OFF

    @Slot()
    def toggle_pictures(self) -> None:
        """Pause screenshots alone until resumed, or resume them."""
        if self.capturing is Capturing.PAUSED:
            self._ask(lambda service: service.screenshots.resume())
        else:
            self._ask(lambda service: service.screenshots.pause(None))

    def _pause(self, until: datetime | None) -> None:
        self._ask(lambda service: service.tracking.pause(until))

    def _ask(self, work: "Callable[[Service], Coroutine[Any, Any, None]]") -> None:
        self._context.bridge.start(self._do(work))

    async def _do(self, work: "Callable[[Service], Coroutine[Any, Any, None]]") -> None:
        await self._context.bridge.call(work)
        await self._context.status.load()

    def _day_start(self) -> str:
        hours, minutes = divmod(self._context.preferences.settings.number("day_start"), 60)
        start = datetime.combine(self._context.now().date(), time(hours, minutes), self._context.zone)
        return formats.clock(start, self._context.zone)
