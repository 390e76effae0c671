"""What keeps reminders of breaks back now."""

from collections.abc import Callable

from productify.clock import Clock, LocalDays
from productify.domain import BreakHold, FocusNow, FocusState, Phase
from productify.service.returning import lies_between
from productify.service.tracking import Tracking
from productify.settings import Settings

_AFTER_FOCUS = 300.0
"""Seconds after a focus session in which nobody is reminded: its own end has just been told."""


class Holding:
    """Knows why a reminder would not be welcome; positions are those of the sitting's axis."""

    def __init__(
        self, tracking: Tracking, settings: Callable[[], Settings], local_days: Callable[[], LocalDays], clock: Clock
    ) -> None:
        self._tracking = tracking
        self._settings = settings
        self._local_days = local_days
        self._clock = clock
        self._was_focus = False
        self._focused_at: float | None = None

    def look(self, at: float) -> None:
        """Take note of whether a focus session runs; to be called at each turn of one."""
        is_focus = _is_focus(self._tracking.focus())
        if is_focus or self._was_focus:
            self._focused_at = at
        self._was_focus = is_focus

    def reason(self, at: float) -> BreakHold | None:
        """Return what keeps reminders back at `at`, None where nothing does."""
        self.look(at)
        tracker = self._tracking.tracker
        if tracker is not None and tracker.in_call:
            return BreakHold.CALL
        if tracker is not None and tracker.is_full_screen:
            return BreakHold.FULL_SCREEN
        if self._focused_at is not None and at - self._focused_at < _AFTER_FOCUS:
            return BreakHold.FOCUS
        return BreakHold.QUIET_HOURS if self._is_quiet() else None

    def _is_quiet(self) -> bool:
        settings = self._settings()
        now = self._clock.now().astimezone(self._local_days().zone).time()
        return lies_between(now, settings.number("break_quiet_from"), settings.number("break_quiet_until"))


def _is_focus(now: FocusNow | None) -> bool:
    """Return whether a session holds the user: not while it is paused, nor in overtime, whose begin offers a break."""
    return now is not None and now.state is FocusState.ACTIVE and now.phase is not Phase.OVERTIME
