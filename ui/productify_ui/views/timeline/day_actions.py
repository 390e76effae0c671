"""What the timeline's header does to a whole day: entries, copies, restoring, another idle time-out."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Slot

from productify.domain import Done, Part, Steps
from productify_ui.text.editing import editing_words as say
from productify_ui.views.timeline.axis import moment_of
from productify_ui.views.timeline.corrections import Corrections
from productify_ui.views.timeline.day_menu import day_menu
from productify_ui.views.timeline.entry_card import EntryCard
from productify_ui.views.timeline.idle_card import IdleCard
from productify_ui.views.timeline.work_card import WorkCard
from productify_ui.widgets.button import Button, Kind
from productify_ui.widgets.calendar import CalendarPopup

if TYPE_CHECKING:
    from productify.service import Service
    from productify_ui.views.timeline.page import TimelinePage

_GUESS = timedelta(minutes=30)
_NOON = timedelta(hours=8)
"""From the start of the day to when an entry for another day is proposed."""


class DayActions(QObject):
    """Puts "Add entry" and the day's menu into the header of a timeline page, and does what they ask."""

    def __init__(self, page: "TimelinePage", corrections: Corrections) -> None:
        super().__init__(page)
        self._page = page
        self._context = page.context
        self._corrections = corrections
        look = page.look
        self.more = Button(look, icon="ellipsis", name=say.day_menu, parent=page)
        self.add = Button(look, say.add_entry, icon="plus", kind=Kind.PRIMARY, parent=page)
        for button in (self.more, self.add):
            page.header.add_right(button)
        self.entry = EntryCard(page.context, page)
        self.idle = IdleCard(page.context, page)
        self.work = WorkCard(look, page)
        self._calendar: CalendarPopup | None = None
        self._copied: tuple[str, ...] = ()
        self._connect()

    @Slot()
    def add_entry(self) -> None:
        """Open the card for an entry on the day in view."""
        day = self._page.day
        if day is not None:
            now = self._context.now().replace(second=0, microsecond=0)
            end = now if day.start <= now < day.end else day.start + _NOON + _GUESS
            self.entry.open_line(day.day, end - _GUESS, end)

    @Slot(float, float)
    def add_span(self, start: float, end: float) -> None:
        """Open the card beside a stretch that was drawn, of whole minutes and no later than now."""
        day, canvas = self._page.day, self._page.canvas
        if day is None:
            return
        first, last = (_whole_minute(moment_of(at)) for at in (start, end))
        last = min(last, self._context.now())
        if first < last:
            below = canvas.mapTo(self._page, QPoint(round(canvas.place_of(start)), canvas.height()))
            self.entry.open_span(day.day, first, last, below)

    @Slot()
    def copy_selected(self) -> None:
        """Let the user choose a day to copy what is selected to."""
        self._choose_day([block.id for block in self._page.chosen if block.cause is None])

    def open_menu(self, steps: Steps) -> None:
        """Open the day's menu; `steps` are what undo and redo would do."""
        day = self._page.day
        apps = [block.id for block in day.blocks if block.cause is None] if day is not None else []
        acts: list[tuple[str, str, Callable[[], None], bool]] = [
            (say.copy_day, "calendar", partial(self._choose_day, apps), bool(apps)),
            (say.idle_day, "coffee", self._open_idle, day is not None),
            (say.restore_day, "history", self._restore, day is not None),
        ]
        menu = day_menu(self._page.look, self.more, steps, self._corrections.undo, self._corrections.redo, acts)
        menu.open_below(self.more)

    def _connect(self) -> None:
        self.add.clicked.connect(self.add_entry)
        self.more.clicked.connect(self._ask_menu)
        self.entry.added.connect(self._add)
        self.idle.applied.connect(self._apply_idle)
        self.work.stopped.connect(self._corrections.stop)
        self._corrections.progressed.connect(self.work.show_progress)
        self._corrections.ended.connect(self.work.hide)
        self._page.canvas.span_drawn.connect(self.add_span)
        self._page.shortcut("N", self.add_entry)

    @Slot()
    def _ask_menu(self) -> None:
        self._context.bridge.start(self._menu())

    async def _menu(self) -> None:
        self.open_menu(await self._context.bridge.call(lambda service: service.editing.steps()))

    @Slot(object)
    def _add(self, part: Part) -> None:
        self._corrections.make([partial(_add, part)], 1, self.entry.close_plate, self.entry.refuse)

    def _choose_day(self, ids: Sequence[str]) -> None:
        self._copied = tuple(ids)
        if self._calendar is None:
            self._calendar = CalendarPopup(self._page.look, self._page)
            self._calendar.picked.connect(self._copy)
        shown = self._page.period.period.first
        self._calendar.open_for(self.more, shown, self._page.today)

    @Slot(object)
    def _copy(self, day: date) -> None:
        self._corrections.make([partial(_copy, self._copied, day)], len(self._copied))

    def _restore(self) -> None:
        if self._page.day is not None:
            self._corrections.make([partial(_restore, self._page.day.day)])

    def _open_idle(self) -> None:
        if self._page.day is not None:
            self.idle.open_day(self._page.day.day, self._page.today)

    @Slot(object, object, int)
    def _apply_idle(self, first: date, last: date, seconds: int) -> None:
        self._corrections.make([partial(_apply_idle, first, last, seconds, self._corrections.progressed.emit)])


def _whole_minute(moment: datetime) -> datetime:
    return (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)


async def _add(part: Part, service: "Service") -> Done:
    return await service.editing.add([part])


async def _copy(ids: Sequence[str], day: date, service: "Service") -> Done:
    return await service.editing.copy(ids, day)


async def _restore(day: date, service: "Service") -> Done:
    return await service.editing.restore(day)


async def _apply_idle(
    first: date, last: date, seconds: int, told: Callable[[int, int], None], service: "Service"
) -> Done:
    return await service.editing.apply_idle(first, last, seconds, told)
