"""The session that runs: the state machine on the machine's own time, and how it comes back after a restart."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from productify.clock import Clock
from productify.domain import FocusNow, FocusState, Phase
from productify.focus.reckoning import Axis, Reading, Timepiece
from productify.focus.session import Session, Standing, Stretch
from productify.store.focus import KeptSession


class Running:
    """A session with its time; `session` changes, the rest is what was seen of it.

    `position` (seconds on its axis) and `reading` are of the last `observe`, `seconds` the focus seen up to there.
    """

    def __init__(
        self,
        kept: KeptSession,
        session: Session,
        timepiece: Timepiece,
        clock: Clock,
        *,
        position: float,
        since: Reading,
    ) -> None:
        self.session = session
        self.attempts = kept.attempts
        self.seconds = float(kept.seconds)
        self.position, self.reading = position, since
        self._kept = kept
        self._clock = clock
        self._axis = Axis(timepiece, position, since)
        self._steady = clock.steady()
        self._focused = session.at(position).focused

    @classmethod
    def begun(
        cls, session_id: str, session: Session, origin: str, local_day: date, timepiece: Timepiece, clock: Clock
    ) -> "Running":
        """Return a session that begins now."""
        reading = timepiece.read()
        kept = KeptSession(session_id, session.plan, FocusState.ACTIVE, reading.wall, local_day, origin=origin)
        return cls(kept, session, timepiece, clock, position=0.0, since=reading)

    @classmethod
    def revived(cls, kept: KeptSession, timepiece: Timepiece, clock: Clock) -> "Running":
        """Return a session as it was last seen; `observe` brings it up to now."""
        fresh, held = Session.of(kept.plan), kept.reckoning
        if held is None:  # a row that another program wrote
            return cls(kept, fresh, timepiece, clock, position=0.0, since=Reading(kept.started_at, "", 0.0))
        session = replace(
            fresh,
            course=tuple(Stretch(Phase(phase), cycle, seconds) for phase, cycle, seconds in held["course"]),
            state=kept.state,
            seen=held["seen"],
            paused_at=held["paused_at"],
            paused=held["paused"],
        )
        since = Reading.unpacked(held["reading"])
        return cls(kept, session, timepiece, clock, position=held["position"], since=since)

    @property
    def id(self) -> str:
        """The row's id."""
        return self._kept.id

    @property
    def started_at(self) -> datetime:
        """When it began, UTC."""
        return self._kept.started_at

    def standing(self) -> Standing:
        """Return where it stands now."""
        return self.session.at(self._axis.now()[0])

    def is_locked(self) -> bool:
        """Return whether strict mode holds it now."""
        return self.session.is_locked(self._axis.now()[0])

    def block_left(self) -> float:
        """Return the seconds until the last stretch of focus ends."""
        return self.session.block_left(self._axis.now()[0])

    def goes_on(self) -> bool:
        """Return whether there is time left on its course, as of the last `observe`; a pause keeps what is left."""
        return self.session.state is FocusState.PAUSED or not self.session.is_over(self.position)

    def observe(self, *, was_there: bool = True) -> float:
        """Bring what was seen up to now, and return the seconds since the last time in which nobody could see it.

        `was_there` is false where the app itself was not: nothing of that time was seen then.
        """
        before, steady = self.position, self._clock.steady()
        self.position, self.reading = self._axis.now()
        awake = max(0.0, steady - self._steady) if was_there else 0.0
        focused = self.session.at(self.position).focused
        self.seconds += max(0.0, min(focused - self._focused, awake))
        self._steady, self._focused = steady, focused
        return max(0.0, self.position - before - awake)

    def forget(self, seconds: float) -> None:
        """Take back focus that nobody spent."""
        self.seconds = max(0.0, self.seconds - seconds)

    def kept(self, ended_at: datetime | None = None) -> KeptSession:
        """Return it as the store keeps it, as of the last `observe`; `ended_at` (UTC) where it has ended."""
        session, wall = self.session, self.reading.wall
        paused = timedelta()
        if session.paused_at is not None:
            paused = timedelta(seconds=self.position - session.paused_at)
        is_over = ended_at is not None
        return replace(
            self._kept,
            state=session.state,
            ends_at=None if session.paused_at is not None and not is_over else self._ends_at(wall),
            paused_at=wall - paused if session.paused_at is not None else None,
            paused_ms=round(session.paused * 1000),
            seconds=int(self.seconds),
            ended_at=ended_at and max(ended_at, self.started_at),
            attempts=self.attempts,
            reckoning=None if is_over else self._reckoning(),
        )

    def now(self, passes_left: int, emergency_at: datetime | None) -> FocusNow:
        """Return it as the window shows it."""
        position, reading = self._axis.now()
        session, standing = self.session, self.session.at(position)
        return FocusNow(
            session_id=self.id,
            plan=session.plan,
            state=session.state,
            phase=standing.phase,
            cycle=standing.cycle,
            elapsed=standing.elapsed,
            left=standing.left,
            phase_left=standing.phase_left,
            phase_total=standing.phase_total,
            overtime=standing.overtime,
            started_at=self.started_at,
            ends_at=None
            if session.paused_at is not None
            else reading.wall + timedelta(seconds=standing.left - standing.overtime),
            attempts=self.attempts,
            passes_left=passes_left,
            emergency_at=emergency_at,
        )

    def _ends_at(self, wall: datetime) -> datetime:
        standing = self.session.at(self.position)
        return wall + timedelta(seconds=standing.left - standing.overtime)

    def _reckoning(self) -> dict[str, Any]:
        session = self.session
        return {
            "reading": self.reading.packed(),
            "position": self.position,
            "seen": session.seen,
            "paused": session.paused,
            "paused_at": session.paused_at,
            "course": [[stretch.phase.value, stretch.cycle, stretch.seconds] for stretch in session.course],
        }
