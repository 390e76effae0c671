"""Where a row must end and the next begin: local days, and changes of the offset from UTC."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from productify.clock import LocalDays

_MILLISECOND = timedelta(milliseconds=1)


def pieces(days: LocalDays, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield `start` to `end` (UTC) in stretches of one local day and one offset each, without a gap."""
    while True:
        cut = next_cut(days, start, end)
        if cut is None:
            yield start, end
            return
        yield start, cut
        start = cut


def next_cut(days: LocalDays, start: datetime, end: datetime) -> datetime | None:
    """Return the first moment after `start` and before `end` where the local day or the offset changes."""
    day_end = days.bounds(days.day_of(start))[1]
    if day_end <= start:  # the clock went back over the beginning of the day: it has begun already
        day_end = end
    until = min(day_end, end)
    offset = days.offset_minutes(start)
    if days.offset_minutes(until - _MILLISECOND) != offset:
        return _offset_change(days, start, until, offset)
    return day_end if start < day_end < end else None


def _offset_change(days: LocalDays, low: datetime, high: datetime, offset: int) -> datetime:
    """Return the first millisecond in (low, high] with another offset than `offset`, by halving."""
    while high - low > _MILLISECOND:
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=middle.microsecond // 1000 * 1000)
        if days.offset_minutes(middle) == offset:
            low = middle
        else:
            high = middle
    return high
