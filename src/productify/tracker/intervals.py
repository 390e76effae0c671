"""The stretches of wall time that already have their answer."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime


class Intervals:
    """Half-open stretches of time, merged where they touch."""

    def __init__(self, stretches: Iterable[tuple[datetime, datetime]] = ()) -> None:
        self._starts: list[datetime] = []
        self._ends: list[datetime] = []
        for start, end in stretches:
            self.add(start, end)

    def add(self, start: datetime, end: datetime) -> None:
        """Add `start` to `end`; an empty stretch changes nothing."""
        if end <= start:
            return
        if self._ends and self._starts[-1] <= start <= self._ends[-1]:
            self._ends[-1] = max(end, self._ends[-1])
            return
        first = bisect_right(self._ends, start)
        if first and self._ends[first - 1] == start:
            first -= 1
        last = bisect_right(self._starts, end)
        if first < last:
            start, end = min(start, self._starts[first]), max(end, self._ends[last - 1])
        self._starts[first:last] = [start]
        self._ends[first:last] = [end]

    def __contains__(self, moment: datetime) -> bool:
        """Whether `moment` lies in a stretch, its end not included."""
        at = bisect_right(self._starts, moment) - 1
        return at >= 0 and moment < self._ends[at]

    def next_edge(self, moment: datetime) -> datetime | None:
        """Return the first beginning or end after `moment`."""
        if moment in self:
            return self._ends[bisect_right(self._starts, moment) - 1]
        at = bisect_right(self._starts, moment)
        return self._starts[at] if at < len(self._starts) else None
