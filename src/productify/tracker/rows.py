"""The last rows of the record, which may still change: the one that grows, and those that an absence may take back."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from productify.clock import LocalDays
from productify.domain import Activity, InputGap, Presence, State
from productify.ids import uuid7
from productify.tracker.changes import Changes
from productify.tracker.cuts import next_cut, pieces
from productify.tracker.face import Face
from productify.tracker.intervals import Intervals

SHORT = timedelta(seconds=1)
"""A visit that is shorter joins its neighbour."""

_REACH = timedelta(minutes=35)
"""How far back a row can change: the longest idle timeout, and time to notice."""

_FAR = timedelta(days=3)
_STAYS = frozenset({State.LOCKED, State.ASLEEP, State.PAUSED, State.AWAY})
"""What an absence does not take back: it tells more than "away"."""

_MARKED = frozenset({None, State.SYSTEM})
"""What can say by what somebody was there; private time tells nothing."""


@dataclass(slots=True, eq=False)
class Row:
    """A row in the making; `since` is when its app or state came to the front, `told_end` what the store knows."""

    id: str
    face: Face
    start: datetime
    end: datetime
    local_day: date
    tz_min: int
    since: datetime
    told_end: datetime | None = None
    presence: Presence | None = None

    @property
    def is_passing(self) -> bool:
        """Whether it is still too short to stay."""
        return self.end - self.start < SHORT

    def continues(self, other: "Row") -> bool:
        """Whether it begins where `other` ends, on the same local day."""
        return other.end == self.start and (other.local_day, other.tz_min) == (self.local_day, self.tz_min)

    def activity(self) -> Activity:
        """Return it as the store holds it."""
        face = self.face
        return Activity(
            id=self.id,
            app_name=face.app_name,
            start=self.start,
            end=self.end,
            local_day=self.local_day,
            tz_min=self.tz_min,
            app_id=face.app_id,
            window_title=face.title,
            url=face.url,
            site=face.site,
            category=face.category,
            productivity=face.productivity,
            classified_by=face.classified_by,
            cause=face.cause,
            presence=self.presence,
        )


class Rows:
    """Opens, grows, splits, joins and takes back rows, and remembers what the store must be told."""

    def __init__(self, days: LocalDays, covered: Intervals) -> None:
        self.days = days
        self.running: Row | None = None
        self.vouched: Presence | None = None
        self._covered = covered
        self._tail: list[Row] = []
        self._put: dict[str, Row] = {}
        self._drop: set[str] = set()
        self._gaps: list[InputGap] = []
        self._cut: datetime | None = None

    @property
    def cut(self) -> datetime | None:
        """Where the running row must end, because a local day or an offset from UTC begins."""
        return self._cut if self.running else None

    def grow(self, to: datetime) -> None:
        """Let the running row last until `to`."""
        if self.running is not None and to > self.running.end:
            self.running.end = to
            self._covered.add(self.running.start, to)

    def switch(self, face: Face | None, now: datetime) -> None:
        """End the running row at its end and go on with `face`; None records nothing."""
        run = self.running
        if run is not None and run.is_passing:
            self._join(run, face, now)
            return
        self.running = None
        if run is not None:
            self._tell(run)
        if face is not None:
            self._open(face, now, now)

    def split(self, now: datetime) -> None:
        """End the running row and go on with the same, for a new local day or offset."""
        run = self.running
        if run is None:
            return
        if run.end > run.start:
            self._tell(run)
        else:
            self._tail.remove(run)
        self._open(run.face, now, now)

    def amend(self, face: Face) -> None:
        """Say anew what the running row was, from its start."""
        if self.running is not None:
            self._repaint(self.running, face)

    def take_back(self, since: datetime) -> None:
        """Make everything from `since` on that was at the keyboard into time away."""
        away = Face.of_state(State.AWAY)
        old, self._tail = self._tail, []
        for row in old:
            if row.end <= since or row.start == row.end or row.face.cause in _STAYS:
                self._tail.append(row)
                continue
            self._take_back_from(row, max(since, row.start), away)
        if self.running is not None and self.running not in self._tail[-1:]:
            self.running = self._tail[-1]
            self._aim()

    def vouch(self, since: datetime, by: Presence) -> None:
        """Let everything from `since` on, and what comes, say that `by` showed somebody there without input."""
        self.vouched = by
        for row in self._tail:
            if row.end > since and row.presence is None and row.face.cause in _MARKED:
                row.presence = by
                if row.told_end is not None:
                    self._tell(row)

    def freeze(self) -> None:
        """Let no row change any more: the clock is another one now."""
        self._tail = []

    def let_go(self, now: datetime) -> None:
        """Close the running row, let none change any more, and go on with the same in a new one."""
        run = self.running
        self.switch(None, now)
        self.freeze()
        if run is not None:
            self._open(run.face, now, now).since = run.since

    def take_up(self, activity: Activity) -> None:
        """Let the running row go on where `activity`, which the store holds, ends: as its continuation."""
        run = self.running
        if run is None or (run.start, run.local_day, run.tz_min) != (activity.end, activity.local_day, activity.tz_min):
            return
        self._discard(run)
        run.id, run.start, run.told_end = activity.id, activity.start, activity.end
        run.face = run.face.classified_like(Face.of(activity))
        run.presence = activity.presence or run.presence

    def add_gap(self, start: datetime, end: datetime) -> None:
        """Remember a stretch without input."""
        self._gaps.append(InputGap(start, end))

    def recut(self, days: LocalDays) -> None:
        """Take another day start, and cut every row that can still change by it."""
        self.days = days
        old, self._tail = self._tail, []
        for row in old:
            self._tail.append(row)
            stretches = list(pieces(days, row.start, row.end)) or [(row.start, row.end)]
            row.local_day, row.tz_min = days.day_of(row.start), days.offset_minutes(row.start)
            row.end = stretches[0][1]
            for start, end in stretches[1:]:
                self._tail.append(replace(self._new(row.face, start, end), since=row.since, presence=row.presence))
            for piece in self._tail[-len(stretches) :]:
                if row.told_end is not None or len(stretches) > 1:
                    self._tell(piece)
        if self.running is not None:
            self.running = self._tail[-1]
            self._aim()

    def aim_again(self, days: LocalDays, now: datetime) -> None:
        """Take other local days; the running row is split where they put `now` on another day or offset."""
        self.days = days
        run = self.running
        if run is None:
            return
        self._aim()
        if (days.day_of(now), days.offset_minutes(now)) != (run.local_day, run.tz_min):
            self.split(now)

    def taken(self, now: datetime, everything: bool = False) -> Changes:
        """Return what the store must be told since the last time; `everything` includes a passing visit."""
        run = self.running
        if run is not None and run.told_end is None and run.end > run.start and (everything or not run.is_passing):
            self._tell(run)
        grown: tuple[tuple[str, datetime], ...] = ()
        if run is not None and run.id not in self._put and run.told_end not in (None, run.end):
            grown = ((run.id, run.end),)
            run.told_end = run.end
        for row in self._put.values():
            row.told_end = row.end
        put = tuple(row.activity() for row in self._put.values())
        told = Changes(put, tuple(self._drop), grown, tuple(self._gaps))
        self._put, self._drop, self._gaps = {}, set(), []
        self._tail = [row for row in self._tail if row.end > now - _REACH or row is run]
        return told

    def _join(self, passing: Row, face: Face | None, now: datetime) -> None:
        """Give the time of a passing visit to the row before it, or to what comes next."""
        self._tail.remove(passing)
        self._discard(passing)
        self.running = None
        before = self._tail[-1] if self._tail else None
        if before is not None and passing.continues(before) and face in (None, before.face):
            before.end = passing.end
            self._tell(before)
            if face is not None:
                self.running = before
                self._aim()
        elif face is not None:
            self._open(face, passing.start, now)
        elif passing.end > passing.start:
            self._tail.append(passing)
            self._tell(passing)

    def _open(self, face: Face, start: datetime, now: datetime) -> Row:
        row = self._new(face, start, now)
        before = self._tail[-1] if self._tail else None
        if before is not None and before.end == start and _same_front(before.face, face):
            row.since = before.since
        self._tail.append(row)
        self.running = row
        self._covered.add(start, now)
        self._aim()
        return row

    def _new(self, face: Face, start: datetime, end: datetime) -> Row:
        days = self.days
        row_id = uuid7(round(start.timestamp() * 1000))
        presence = self.vouched if face.cause in _MARKED else None
        return Row(
            row_id, face, start, end, days.day_of(start), days.offset_minutes(start), since=start, presence=presence
        )

    def _take_back_from(self, row: Row, since: datetime, away: Face) -> None:
        end = row.end
        if since - row.start >= SHORT:
            row.end = since
            self._tail.append(row)
            self._tell(row)
        else:
            since = row.start
            self._discard(row)
        taken = self._new(away, since, end)
        taken.local_day, taken.tz_min = row.local_day, row.tz_min
        before = self._tail[-1] if self._tail else None
        if before is not None and before.face == away and taken.continues(before):
            before.end = end
            self._tell(before)
            return
        if before is not None and before.end == since and before.face == away:
            taken.since = before.since
        self._tail.append(taken)
        self._tell(taken)

    def _repaint(self, row: Row, face: Face) -> None:
        if row.face == face:
            return
        row.face = face
        if row.told_end is not None:
            self._tell(row)

    def _discard(self, row: Row) -> None:
        if row.told_end is not None:
            self._drop.add(row.id)
        self._put.pop(row.id, None)

    def _tell(self, row: Row) -> None:
        row.told_end = row.end
        self._put[row.id] = row

    def _aim(self) -> None:
        run = self.running
        self._cut = None if run is None else next_cut(self.days, run.start, run.start + _FAR)


def _same_front(one: Face, other: Face) -> bool:
    return (one.app_name, one.cause) == (other.app_name, other.cause)
