"""Starting, pausing and ending focus sessions, as the page, the keys, the tray and the palette offer them."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from productify.clock import system_zone
from productify.domain import FocusNow, FocusPlan, FocusState, Phase
from productify_ui.bridge import Bridge
from productify_ui.text import formats
from productify_ui.text.focus import focus_words
from productify_ui.views.live import LiveStatus, Preferences
from productify_ui.views.live_focus import LiveFocus
from productify_ui.widgets.button import Kind
from productify_ui.widgets.look import Look
from productify_ui.widgets.news import News
from productify_ui.widgets.question import Question, nothing

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from productify.service import Service

MORE = 5
"""Minutes that a session is lengthened by."""

_SOON = 60.0
"""Seconds up to which ending a session costs nothing worth a question."""


class FocusActions(QObject):
    """Asks the service; what the user's world refuses is told by the bridge.

    `draft` gives the plan that is being written on the page in view, None where there is none; `started` carries a
    plan once its session has begun here, `told` news for a toast.
    """

    started = Signal(object)
    told = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        look: Look,
        focus: LiveFocus,
        preferences: Preferences,
        status: LiveStatus,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._focus = focus
        self._preferences = preferences
        self._status = status
        self.draft: Callable[[], FocusPlan | None] = _no_draft
        self.question = Question(look, self)
        self._asked_about = ""
        focus.changed.connect(self._look_again)

    @property
    def now(self) -> FocusNow | None:
        """The running session."""
        return self._focus.now

    @property
    def usual_minutes(self) -> int:
        """How long a session is that is started without a length."""
        return self._preferences.settings.number("focus_minutes")

    def start(self, plan: FocusPlan) -> None:
        """Begin a session."""

        async def begin() -> None:
            await self._do(lambda service: service.focus.start(plan))
            self.started.emit(plan)

        self._bridge.start(begin())

    def start_for(self, minutes: int) -> None:
        """Begin a session of some minutes with the lists of the one before."""

        async def begin(service: "Service") -> None:
            await service.focus.start(FocusPlan(minutes, lists=await service.focus.last_lists()))

        self._ask(begin)

    @Slot()
    def toggle(self) -> None:
        """End the session that runs, or begin the one that is being written, else one of the usual length."""
        if self.now is not None:
            self.ask_end()
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
    def ask_end(self) -> None:
        """End it; where that would throw away what was done, only once the user says so."""
        now = self.now
        if now is None or not _costs(now):
            self.end()
            return
        self._asked_about = now.session_id
        choices = (
            (focus_words.end, Kind.DANGER, self.end),
            (focus_words.keep_going, Kind.PRIMARY, nothing),
        )
        left = formats.duration(math.ceil(now.left / 60) * 60_000)
        self.question.ask(focus_words.end_title, focus_words.end_text.format(left=left), choices)

    @Slot()
    def take_break(self) -> None:
        """Begin a break now, due or not."""
        self._bridge.start(self._take_break())

    @Slot()
    def emergency_end(self) -> None:
        """End a strict one."""
        self._ask(lambda service: service.focus.emergency_end())

    @Slot()
    def _look_again(self) -> None:
        """Ask no more about a session that is over."""
        now = self.now
        if now is None or now.session_id != self._asked_about or now.phase is Phase.OVERTIME:
            self.question.close()

    async def _take_break(self) -> None:
        now = await self._bridge.call(lambda service: service.breaks.start_break())
        if now.in_break_until is not None:
            title = focus_words.break_begun.format(clock=formats.clock(now.in_break_until, system_zone()))
            self.told.emit(News(title, focus_words.break_begun_hint, icon="coffee"))

    def _ask(self, work: "Callable[[Service], Coroutine[Any, Any, Any]]") -> None:
        self._bridge.start(self._do(work))

    async def _do(self, work: "Callable[[Service], Coroutine[Any, Any, Any]]") -> None:
        await self._bridge.call(work)
        await self._status.load()


def _costs(now: FocusNow) -> bool:
    """Return whether an end at this moment loses what was done; a strict session does not end anyway."""
    is_over = now.phase in (Phase.OVERTIME, Phase.LONG_BREAK)
    is_done = now.plan.pomodoro is None and now.elapsed >= now.plan.minutes * 60
    return now.elapsed > _SOON and not (is_over or is_done or is_locked(now))


def is_locked(now: FocusNow) -> bool:
    """Return whether strict mode holds a session: until its last stretch of focus is over."""
    return now.plan.strict and now.phase not in (Phase.OVERTIME, Phase.LONG_BREAK)


def _no_draft() -> FocusPlan | None:
    return None
