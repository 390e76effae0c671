"""Starting, pausing and ending focus sessions, as the page, the keys, the tray and the palette offer them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from productify.domain import FocusNow, FocusPlan, FocusState, Phase
from productify_ui.text import formats
from productify_ui.text.focus import focus_words
from productify_ui.widgets.news import News

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from productify.service import Service
    from productify_ui.views.context import ViewContext

MORE = 5
"""Minutes that a session is lengthened by."""


class FocusActions(QObject):
    """Asks the service; what the user's world refuses is told by the bridge.

    `draft` gives the plan that is being written on the page in view, None where there is none.
    """

    def __init__(self, context: "ViewContext", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.draft: Callable[[], FocusPlan | None] = _no_draft

    @property
    def now(self) -> FocusNow | None:
        """The running session."""
        return self._context.focus.now

    @property
    def usual_minutes(self) -> int:
        """How long a session is that is started without a length."""
        return self._context.preferences.settings.number("focus_minutes")

    def start(self, plan: FocusPlan) -> None:
        """Begin a session."""
        self._ask(lambda service: service.focus.start(plan))

    def start_for(self, minutes: int) -> None:
        """Begin a session of some minutes with the lists of the one before."""

        async def begin(service: "Service") -> None:
            await service.focus.start(FocusPlan(minutes, lists=await service.focus.last_lists()))

        self._ask(begin)

    @Slot()
    def toggle(self) -> None:
        """End the session that runs, or begin the one that is being written, else one of the usual length."""
        if self.now is not None:
            self.end()
        elif (plan := self.draft()) is not None:
            self.start(plan)
        else:
            self.start_for(self.usual_minutes)

    @Slot()
    def toggle_pause(self) -> None:
        """Pause the session, or go on with it."""
        if self.now is not None and self.now.state is FocusState.PAUSED:
            self._ask(lambda service: service.focus.resume())
        else:
            self._ask(lambda service: service.focus.pause())

    @Slot()
    def extend(self) -> None:
        """Let it last five minutes more."""
        self._ask(lambda service: service.focus.extend(MORE))

    @Slot()
    def end(self) -> None:
        """End it."""
        self._ask(lambda service: service.focus.end())

    @Slot()
    def take_break(self) -> None:
        """Begin a break now, due or not."""
        self._context.bridge.start(self._take_break())

    @Slot()
    def emergency_end(self) -> None:
        """End a strict one."""
        self._ask(lambda service: service.focus.emergency_end())

    async def _take_break(self) -> None:
        now = await self._context.bridge.call(lambda service: service.breaks.start_break())
        if now.in_break_until is not None:
            title = focus_words.break_begun.format(clock=formats.clock(now.in_break_until, self._context.zone))
            self._context.tell(News(title, focus_words.break_begun_hint, icon="coffee"))

    def _ask(self, work: "Callable[[Service], Coroutine[Any, Any, Any]]") -> None:
        self._context.bridge.start(self._do(work))

    async def _do(self, work: "Callable[[Service], Coroutine[Any, Any, Any]]") -> None:
        await self._context.bridge.call(work)
        await self._context.status.load()


def is_locked(now: FocusNow) -> bool:
    """Return whether strict mode holds a session: until its last stretch of focus is over."""
    return now.plan.strict and now.phase not in (Phase.OVERTIME, Phase.LONG_BREAK)


def _no_draft() -> FocusPlan | None:
    return None
