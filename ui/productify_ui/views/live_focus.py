"""The running focus session as of any moment, and a beat for whoever shows its seconds."""

from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from productify.clock import Clock
from productify.domain import FocusNow, FocusState, Phase
from productify_ui.views.live import LiveStatus

_LEAST_MS = 20
_SECOND_MS = 1000


def as_of(told: FocusNow, moment: datetime) -> FocusNow:
    """Return a session as it is at `moment` (UTC), from how it was last told; a turn of its phase must be told anew."""
    if told.ends_at is None:
        return told
    gone = (moment - (told.ends_at - timedelta(seconds=told.left - told.overtime))).total_seconds()
    if told.phase is Phase.OVERTIME:
        return replace(told, elapsed=told.elapsed + gone, overtime=told.overtime + gone)
    gone = min(gone, told.phase_left)
    return replace(told, elapsed=told.elapsed + gone, left=told.left - gone, phase_left=told.phase_left - gone)


class LiveFocus(QObject):
    """The running session; `changed` tells of every turn, `ticked` of every second while somebody watches.

    Whoever shows seconds watches while it is in view: without anybody no timer runs.
    """

    changed = Signal()
    ticked = Signal()

    def __init__(self, status: LiveStatus, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._status = status
        self._clock = clock
        self._told: FocusNow | None = None
        self._watchers: set[int] = set()
        self._beat = QTimer(self)
        self._beat.setSingleShot(True)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._tick)
        status.changed.connect(self._take)

    @property
    def now(self) -> FocusNow | None:
        """The session as of this moment, None where none runs."""
        return None if self._told is None else as_of(self._told, self._clock.now())

    def watch(self, watcher: QObject) -> None:
        """Let `ticked` come each second for `watcher`."""
        self._watchers.add(id(watcher))
        self._wind()

    def unwatch(self, watcher: QObject) -> None:
        """Let it come no more for `watcher`."""
        self._watchers.discard(id(watcher))
        self._wind()

    @Slot()
    def _take(self) -> None:
        told = self._status.now.focus if self._status.now is not None else None
        if told != self._told:
            self._told = told
            self._wind()
            self.changed.emit()

    @Slot()
    def _tick(self) -> None:
        self._wind()
        self.ticked.emit()

    def _wind(self) -> None:
        """Ring when the next second begins, as it is shown."""
        now = self.now
        if now is None or now.state is not FocusState.ACTIVE or not self._watchers:
            self._beat.stop()
            return
        rest = 1 - now.overtime % 1 if now.phase is Phase.OVERTIME else now.phase_left % 1 or 1.0
        self._beat.start(max(_LEAST_MS, min(_SECOND_MS, round(rest * _SECOND_MS) + 1)))
