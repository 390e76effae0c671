"""The state machine that gives every second its one answer. Pure: it is told what happened and what the clocks say.

Of several causes that hold at once the one that says most decides: asleep, paused, locked, away, then what is in
front. Nobody is away while something else than input shows somebody, as long as its cap allows (`vouching`); a lock
and sleep end that, and what begins within an absence does not end it: whoever comes back touches something.
Three rules keep the record true when clocks do not:

- Sleep is what the session announced, or what the sleep counter (where there is none: a wall clock that ran ahead of
  the steady one) shows afterwards.
- Any other difference between wall and steady time is a clock that was set. The running row ends at what was really
  reached, the next begins at the new time, and rows before the jump are final: an absence takes back nothing there.
- A wall time that already has its answer keeps it. When the clock went back, recording goes on where nothing was
  recorded yet, so no second is counted twice.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from productify.clock import LocalDays
from productify.domain import Activity, Return, Running, State
from productify.tracker.changes import Changes
from productify.tracker.face import Face
from productify.tracker.happenings import (
    Amended,
    Corrected,
    Happening,
    LetGo,
    Paused,
    Resumed,
    Retimed,
    Shown,
    Switched,
)
from productify.tracker.intervals import Intervals
from productify.tracker.probe import (
    INPUT_FLOOR,
    InputBack,
    InputStopped,
    Locked,
    SessionEnding,
    SessionStays,
    Slept,
    Unlocked,
    Woke,
)
from productify.tracker.reading import Reading, nearest_millisecond, to_millisecond
from productify.tracker.returns import Returns
from productify.tracker.rows import Rows
from productify.tracker.vouching import Signs, Vouched

_TOLERANCE = timedelta(seconds=2)
"""A smaller difference between the clocks is drift."""

_FLOOR = timedelta(seconds=INPUT_FLOOR)
_ASLEEP = Face.of_state(State.ASLEEP)
_PAUSED = Face.of_state(State.PAUSED)
_LOCKED = Face.of_state(State.LOCKED)
_AWAY = Face.of_state(State.AWAY)


class Spans:
    """Turns what happens into rows.

    `idle_timeout` in seconds; with `on` false nothing is recorded until it is switched on.
    """

    def __init__(self, days: LocalDays, idle_timeout: int, on: bool = True) -> None:
        self._covered = Intervals()
        self._rows = Rows(days, self._covered)
        self._timeout = timedelta(seconds=idle_timeout)
        self._last: Reading | None = None
        self._now = datetime.min.replace(tzinfo=UTC)
        self._gap_from = datetime.min.replace(tzinfo=UTC)
        self._known_since: datetime | None = None
        self._is_blind = False
        self._front: Face | None = None
        self._locks: set[str] = set()
        self._asleep = False
        self._paused = False
        self._paused_until: datetime | None = None
        self._idle_since: datetime | None = None
        self._away_since: datetime | None = None
        self._signs = Signs()
        self._returns = Returns()
        self._on = on
        self._ending = False

    @property
    def running(self) -> Running | None:
        """The row that grows now, as far as it has grown; its presence is what vouches for it now."""
        row = self._rows.running
        if row is None:
            return None
        return Running(replace(row.activity(), presence=row.presence and self._rows.vouched), row.since)

    def taken_return(self) -> Return | None:
        """Return the absence that ended since this was last asked, None where none did."""
        return self._returns.taken()

    @property
    def front(self) -> Face | None:
        """What is in front, whether or not it is recorded now; None while nobody can tell."""
        return self._front

    @property
    def paused(self) -> bool:
        """Whether the user paused."""
        return self._paused

    @property
    def paused_until(self) -> datetime | None:
        """When the pause ends by itself, UTC."""
        return self._paused_until

    @property
    def locks(self) -> frozenset[str]:
        """Who says that the screen is locked."""
        return frozenset(self._locks)

    @property
    def still_since(self) -> datetime | None:
        """Since when nothing has shown anybody, for a minute at least, whether or not that counts as away yet; UTC."""
        return None if self._idle_since is None or self._signs.now.by else self._signs.last(self._idle_since)

    @property
    def asks_since(self) -> datetime | None:
        """Since when it must learn by `take` what the store holds before it goes on; None where it knows.

        The clock went back to before this run: earlier runs may have recorded what comes now.
        """
        return self._now if self._is_blind else None

    def take(self, since: datetime, stretches: Iterable[tuple[datetime, datetime]], reading: Reading) -> Changes:
        """Leave `stretches` as they are, which are all that the store holds after `since`, and go on."""
        self._reach(reading)
        for start, end in stretches:
            self._covered.add(start, end)
        self._known_since = min(since, self._known_since or since)
        self._is_blind = False
        self._settle()
        return self._rows.taken(self._now)

    def feed(self, event: Happening, reading: Reading) -> Changes:
        """Take note that `event` happened and return what the store must be told."""
        if isinstance(event, InputStopped | InputBack):
            self._input(event, reading)
        else:
            self._reach(reading)
            self._apply(event)
            self._settle()
        return self._rows.taken(self._now)

    def tick(self, reading: Reading) -> Changes:
        """Let time pass and return what the store must be told, a visit that may yet turn out too short included."""
        self._reach(reading)
        return self._rows.taken(self._now, everything=True)

    def stop(self, reading: Reading) -> Changes:
        """End the running row now and return what the store must be told at last."""
        self._reach(reading)
        if self._idle_since is not None:
            self._end_gap(self._now)
        self._on = False
        self._settle()
        return self._rows.taken(self._now, everything=True)

    def _apply(self, event: Happening) -> None:
        match event:
            case Shown(face):
                self._show(face)
            case Amended(face):
                self._amend(face)
            case LetGo():
                self._rows.let_go(self._now)
            case Corrected(stretches, last):
                self._take_up(stretches, last)
            case Paused(until):
                self._paused, self._paused_until = True, until
            case Resumed():
                self._paused, self._paused_until = False, None
            case Switched(on):
                self._on = on
            case Retimed(idle_timeout, days):
                self._timeout = timedelta(seconds=idle_timeout)
                self._retime(days)
            case Locked(source):
                self._locks.add(source)
            case Unlocked(source):
                self._locks.discard(source)
            case Slept() | Woke():
                self._asleep = isinstance(event, Slept)
            case Vouched():
                self._signs.now = event
            case SessionEnding() | SessionStays():
                self._ending = isinstance(event, SessionEnding)

    def _show(self, face: Face | None) -> None:
        row = self._rows.running
        if face is not None and row is not None and _is_users(row.face) and face.same_thing(row.face):
            face = face.classified_like(row.face)
        self._front = face

    def _amend(self, face: Face) -> None:
        row = self._rows.running
        if row is not None and row.face == self._front:
            if _is_users(row.face) and face.cause is None:
                face = face.classified_like(row.face)
            self._rows.amend(face)
        self._front = face

    def _take_up(self, stretches: Iterable[tuple[datetime, datetime]], last: Activity | None) -> None:
        for start, end in stretches:
            self._covered.add(start, end)
        row = self._rows.running
        if row is None or last is None or not row.face.same_thing(Face.of(last)):
            return
        is_front = row.face == self._front
        self._rows.take_up(last)
        if is_front:
            self._front = row.face

    def _retime(self, days: LocalDays) -> None:
        if days.day_start != self._rows.days.day_start:
            self._rows.recut(days)
        elif days != self._rows.days:
            self._rows.aim_again(days, self._now)

    def _input(self, event: InputStopped | InputBack, reading: Reading) -> None:
        """Set the clocks no further than the input, so that a late word of it does not make an absence."""
        before = self._now
        if isinstance(event, InputStopped):
            self._reach(reading)
            self._stopped(min(event.last_input, self._now))
        else:
            self._reach(reading, no_further=max(before, to_millisecond(event.at)))
            self._back(self._now)
        self._settle()
        self._pass_until(reading.wall)

    def _stopped(self, last_input: datetime) -> None:
        last_input = to_millisecond(last_input)
        known = self._idle_since
        if known is not None and last_input - known > _TOLERANCE:
            self._back(last_input)
            known = None
        self._idle_since = last_input if known is None else known

    def _back(self, at: datetime) -> None:
        if self._idle_since is None:
            return
        self._end_gap(at)
        self._idle_since = None
        self._away_since = None

    def _end_gap(self, end: datetime) -> None:
        start = max(self._idle_since or end, self._gap_from)
        if end - start >= _FLOOR:
            self._rows.add_gap(start, end)
            self._gap_from = end

    def _reach(self, reading: Reading, no_further: datetime | None = None) -> None:
        """Let the time between the last reading and this one pass, whatever the clocks did in it."""
        last, self._last = self._last, reading
        if last is None:
            self._now = self._gap_from = reading.wall
            self._known_since = self._known_since or reading.wall
            return
        awake_end = last.wall + timedelta(seconds=reading.steady - last.steady)
        slept = self._slept(last, reading, awake_end)
        expected = awake_end + slept
        if slept >= _TOLERANCE and not self._asleep:
            self._sleep_through(nearest_millisecond(awake_end), nearest_millisecond(expected))
        drift = reading.wall - expected
        if abs(drift) > _TOLERANCE and not (self._asleep and drift > timedelta()):
            self._jump(nearest_millisecond(expected), reading.wall, drift)
        self._pass_until(reading.wall if no_further is None else min(reading.wall, no_further))

    def _slept(self, last: Reading, reading: Reading, awake_end: datetime) -> timedelta:
        if reading.slept is not None and last.slept is not None:
            return timedelta(seconds=max(reading.slept - last.slept, 0.0))
        ahead = reading.wall - awake_end
        return ahead if ahead > _TOLERANCE else timedelta()

    def _sleep_through(self, start: datetime, end: datetime) -> None:
        self._pass_until(start)
        self._asleep = True
        self._settle()
        self._pass_until(end)
        self._asleep = False
        self._settle()

    def _jump(self, reached: datetime, wall: datetime, drift: timedelta) -> None:
        self._pass_until(reached)
        self._rows.switch(None, self._now)
        self._rows.freeze()
        self._now = wall
        self._is_blind = self._known_since is not None and wall < self._known_since
        if self._idle_since is not None:
            self._idle_since = to_millisecond(self._idle_since + drift)
        self._signs.shift(drift)
        self._settle()

    def _pass_until(self, to: datetime) -> None:
        """Let time pass up to `to` (never back), stopping wherever something ends or begins by itself."""
        while (edge := self._next_edge(to)) is not None:
            self._go_to(edge)
            absence = self._absence_at()
            if self._idle_since is not None and absence is not None and absence <= edge:
                self._away_since = self._signs.last(self._idle_since)
                self._rows.take_back(self._away_since)
            if self._paused_until is not None and self._paused_until <= edge:
                self._paused, self._paused_until = False, None
            self._settle()
        self._go_to(max(self._now, to))
        self._vouch()

    def _go_to(self, moment: datetime) -> None:
        if self._is_vouching:
            self._signs.pass_time(self._now, moment, self._idle_since)
        self._now = moment
        self._rows.grow(moment)

    @property
    def _is_vouching(self) -> bool:
        return not (self._locks or self._asleep)

    def _vouch(self) -> None:
        """Mark what would be an absence by now if nothing vouched for it."""
        by, since = self._signs.now.by, self._idle_since
        needed = since is not None and self._away_since is None and since + self._timeout <= self._now
        if by is not None and since is not None and needed and self._signs.last(since) == self._now:
            self._rows.vouch(since, by)
        else:
            self._rows.vouched = None

    def _next_edge(self, to: datetime) -> datetime | None:
        edges = [self._rows.cut, self._covered.next_edge(self._now), self._paused_until]
        edges.append(self._absence_at())
        due = [max(edge, self._now) for edge in edges if edge is not None and edge <= to]
        return min(due, default=None)

    def _absence_at(self) -> datetime | None:
        if self._idle_since is None or self._away_since is not None:
            return None
        return self._signs.absence_at(self._idle_since, self._timeout, self._now, counts=self._is_vouching)

    def _settle(self) -> None:
        """Make the running row what holds now."""
        face = self._face()
        row = self._rows.running
        cut = self._rows.cut
        if (None if row is None else row.face) != face:
            self._rows.switch(face, self._now)
        elif cut is not None and cut <= self._now:
            self._rows.split(self._now)
        self._returns.follow(face, self._now, self._away_since)

    def _face(self) -> Face | None:
        if not self._on or self._ending or self._is_blind or self._now in self._covered:
            return None
        if self._asleep:
            return _ASLEEP
        if self._paused:
            return _PAUSED
        if self._locks:
            return _LOCKED
        return _AWAY if self._away_since is not None else self._front


def _is_users(face: Face) -> bool:
    return face.classified_by == "user"
