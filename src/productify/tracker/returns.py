"""When somebody comes back, and from what. Pure."""

from datetime import datetime

from productify.domain import AWAY_STATES, Return, State
from productify.tracker.face import Face

_WEIGHTIEST = (State.ASLEEP, State.LOCKED, State.AWAY)


class Returns:
    """Follows absences, and tells each once when it is over."""

    def __init__(self) -> None:
        self._since: datetime | None = None
        self._causes: set[State] = set()
        self._told: Return | None = None

    def follow(self, face: Face | None, now: datetime, away_since: datetime | None) -> None:
        """Take note of what holds from `now` on; `away_since` is where an absence began that was noticed later."""
        cause = None if face is None else face.cause
        if cause in AWAY_STATES:
            assert cause is not None
            self._causes.add(cause)
            self._since = min(moment for moment in (self._since, away_since, now) if moment is not None)
        elif self._since is not None:
            if face is not None and cause is not State.PAUSED:
                weightiest = next(each for each in _WEIGHTIEST if each in self._causes)
                self._told = Return(self._since, now, weightiest)
            self._since = None
            self._causes.clear()

    def taken(self) -> Return | None:
        """Return the absence that ended since the last time, None where none did."""
        told, self._told = self._told, None
        return told
