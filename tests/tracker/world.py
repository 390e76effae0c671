"""A desktop and a store in miniature: clocks that tests move, spans that listen, rows as a store would hold them."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import pairwise

from productify.clock import LocalDays
from productify.domain import Activity, InputGap, State
from productify.tracker.changes import Changes
from productify.tracker.face import Face
from productify.tracker.happenings import Happening
from productify.tracker.intervals import Intervals
from productify.tracker.reading import Reading
from productify.tracker.spans import Spans
from productify.tracker.tracker import BEAT as BEAT_SECONDS

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
BEAT = round(BEAT_SECONDS * 1000)


def app(name: str, title: str | None = None, **more: object) -> Face:
    """Return the face of an app's window."""
    return Face(app_name=name, app_id=name.lower(), title=title, **more)  # type: ignore[arg-type]


def state(cause: State) -> Face:
    """Return the face of a state."""
    return Face.of_state(cause)


class World:
    """`wall` and `steady` pass together; `rows` is what a store would hold, by id."""

    def __init__(self, zone: tzinfo = UTC, *, idle_timeout: int = 300, start: datetime = NOON) -> None:
        self.wall = start
        self.steady_ms = 0
        self.slept_ms = 0
        self.days = LocalDays(zone, time(4))
        self.idle_timeout = idle_timeout
        self.rows: dict[str, Activity] = {}
        self.gaps: list[InputGap] = []
        self.told: list[Changes] = []
        self.spans: Spans = None  # type: ignore[assignment]
        self.spans = self._fresh()

    def _fresh(self) -> Spans:
        spans = Spans(self.days, self.idle_timeout)
        self.recall(spans)
        return spans

    def recall(self, spans: Spans) -> None:
        """Tell spans what the store holds from now on."""
        stretches = [(row.start, row.end) for row in self.rows.values() if row.end > self.wall]
        self.apply(spans.take(self.wall, stretches, self.reading))

    @property
    def reading(self) -> Reading:
        """What the clocks say."""
        return Reading(self.wall, self.steady_ms / 1000, self.slept_ms / 1000)

    def feed(self, event: Happening) -> None:
        """Let something happen now."""
        self.apply(self.spans.feed(event, self.reading))

    def tick(self) -> None:
        """Let the tracker's beat come now."""
        self.apply(self.spans.tick(self.reading))

    def stop(self) -> None:
        """End tracking orderly."""
        self.apply(self.spans.stop(self.reading))

    def kill(self) -> None:
        """End tracking as a power cut does, and begin anew with what the store holds."""
        self.spans = self._fresh()
        self.tick()

    def advance(self, seconds: float, *, beats: bool = True) -> None:
        """Let time pass, with a beat every few seconds unless the process is held up."""
        left = round(seconds * 1000)
        while left > 0:
            step = min(left, BEAT - self.steady_ms % BEAT) if beats else left
            self.wall += timedelta(milliseconds=step)
            self.steady_ms += step
            left -= step
            if beats and self.steady_ms % BEAT == 0:
                self.tick()

    def sleep(self, seconds: float) -> None:
        """Let the machine sleep: the steady clock stands still."""
        self.wall += timedelta(seconds=seconds)
        self.slept_ms += round(seconds * 1000)

    def jump(self, seconds: float) -> None:
        """Set the wall clock."""
        self.wall += timedelta(seconds=seconds)

    def apply(self, changes: Changes) -> None:
        """Do what a store does."""
        self.told.append(changes)
        for row_id in changes.drop:
            self.rows.pop(row_id, None)
        for row in changes.put:
            self.rows[row.id] = row
        for row_id, end in changes.grown:
            if row_id in self.rows and end > self.rows[row_id].end:
                self.rows[row_id] = replace(self.rows[row_id], end=end)
        self.gaps += changes.gaps
        if self.spans is not None and self.spans.asks_since is not None:
            self.recall(self.spans)

    def record(self) -> list[tuple[str, str | None, float, float]]:
        """Return (name, title, from, to) of every row, in seconds since NOON."""
        ordered = sorted(self.rows.values(), key=lambda row: row.start)
        return [
            (
                row.app_name,
                row.window_title,
                (row.start - NOON).total_seconds(),
                (row.end - NOON).total_seconds(),
            )
            for row in ordered
        ]

    def brief(self) -> list[tuple[str, float, float]]:
        """Return (name, from, to) of every row, in seconds since NOON."""
        return [(name, start, end) for name, _title, start, end in self.record()]

    def covered(self) -> Intervals:
        """Return the stretches that rows cover."""
        return Intervals((row.start, row.end) for row in self.rows.values())

    def check(self) -> None:
        """Fail on an overlap, a length that is not positive, or a row that lies on two local days or offsets."""
        ordered = sorted(self.rows.values(), key=lambda row: row.start)
        for row in ordered:
            assert row.end > row.start, row
            last = row.end - timedelta(milliseconds=1)
            assert row.local_day == self.days.day_of(row.start) == self.days.day_of(last), row
            assert row.tz_min == self.days.offset_minutes(row.start) == self.days.offset_minutes(last), row
        for one, other in pairwise(ordered):
            assert one.end <= other.start, (one, other)
