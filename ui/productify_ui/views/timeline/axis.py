"""Which stretch of the day is in view, and where on it a moment lies; all times in milliseconds since 1970."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from math import ceil, log

_MINUTE = 60_000
_SHORTEST = 2 * _MINUTE
_STEPS = tuple(minutes * _MINUTE for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360))


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled line (`major`), or one between two of them."""

    at: int
    major: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """The view from `start` to `end` of the day from `low` to `high`, laid over `width` pixels."""

    low: int
    high: int
    start: float
    end: float
    width: float

    @classmethod
    def whole(cls, low: int, high: int, width: float) -> "Axis":
        """Return an axis that shows everything."""
        return cls(low, high, low, high, max(1.0, width))

    @property
    def span(self) -> float:
        """The length in view."""
        return self.end - self.start

    def x(self, moment: float) -> float:
        """Return the pixel of a moment; outside the view it lies outside the width."""
        return (moment - self.start) / self.span * self.width

    def moment(self, x: float) -> float:
        """Return the moment at a pixel."""
        return self.start + x / self.width * self.span

    def resized(self, width: float) -> "Axis":
        """Return the same view over another width."""
        return replace(self, width=max(1.0, width))

    def showing(self, start: float, end: float) -> "Axis":
        """Return the view of `start` to `end`, moved and stretched as little as it takes to lie in the day."""
        span = min(max(end - start, _SHORTEST), self.high - self.low)
        middle = (start + end) / 2
        first = min(max(middle - span / 2, self.low), self.high - span)
        return replace(self, start=first, end=first + span)

    def zoomed(self, factor: float, x: float) -> "Axis":
        """Return a view `factor` times as close, with the moment at pixel `x` staying where it is."""
        fixed, share = self.moment(x), x / self.width
        span = min(max(self.span / factor, _SHORTEST), self.high - self.low)
        first = min(max(fixed - span * share, self.low), self.high - span)
        return replace(self, start=first, end=first + span)

    def panned(self, pixels: float) -> "Axis":
        """Return the view moved to the right by some pixels, as far as the day goes."""
        shift = pixels / self.width * self.span
        shift = min(max(shift, self.low - self.start), self.high - self.end)
        return replace(self, start=self.start + shift, end=self.end + shift)

    def revealing(self, start: float, end: float) -> "Axis":
        """Return the view moved just so far that `start` to `end` can be seen, or its beginning if it is longer."""
        if self.start <= start and end <= self.end:
            return self
        margin = min(self.span * 0.08, (self.span - (end - start)) / 2)
        if start < self.start or margin < 0:
            margin = max(margin, 0)
            return self.showing(start - margin, start - margin + self.span)
        return self.showing(end + margin - self.span, end + margin)

    @property
    def closeness(self) -> float:
        """How close the view is: 0 shows the whole day, 1 as little as possible."""
        whole = self.high - self.low
        return log(whole / self.span) / log(whole / _SHORTEST)

    def at_closeness(self, closeness: float) -> "Axis":
        """Return the view that is so close, around the same middle."""
        whole = self.high - self.low
        span = whole * (_SHORTEST / whole) ** min(max(closeness, 0.0), 1.0)
        middle = (self.start + self.end) / 2
        return self.showing(middle - span / 2, middle + span / 2)

    def ticks(self, zone: tzinfo, apart: float) -> list[Tick]:
        """Return the lines to draw: labelled ones at full local times at least `apart` pixels from each other.

        Where the clock is changed they follow the wall on either side; two that come too close there share one label.
        """
        step = next((step for step in _STEPS if step / self.span * self.width >= apart), _STEPS[-1])
        half = step // 2
        found: list[Tick] = []
        labelled = -float(step)
        for start, end, offset in self._stretches(zone):
            for at in range(-(-(start + offset) // half) * half - offset, end, half):
                major = (at + offset) % step == 0 and at - labelled >= half
                labelled = at if major else labelled
                found.append(Tick(at, major))
        return found

    def _stretches(self, zone: tzinfo) -> list[tuple[int, int, int]]:
        """Return the view in pieces within which the clock is not changed, each with its offset from UTC."""
        start, end = ceil(self.start), int(self.end) + 1
        before, after = _offset(start, zone), _offset(end, zone)
        if before == after:
            return [(start, end, before)]
        low, high = start, end
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
        return [(start, high, before), (high, end, after)]


def _offset(at: int, zone: tzinfo) -> int:
    offset = moment_of(at).astimezone(zone).utcoffset()
    return round(offset.total_seconds() * 1000) if offset else 0


def moment_of(milliseconds: float) -> datetime:
    """Return milliseconds since 1970 as a moment, UTC."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def milliseconds(moment: datetime) -> int:
    """Return a moment as milliseconds since 1970."""
    return round(moment.timestamp() * 1000)
