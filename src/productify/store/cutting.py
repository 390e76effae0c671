"""Where one activity ends and another begins, once the user says so. Pure: activities in, activities out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from productify.domain import Activity
from productify.ids import uuid7

Stretch = tuple[datetime, datetime]


@dataclass(slots=True)
class Cut:
    """Rows to write whole, and ids of rows to take away."""

    put: list[Activity] = field(default_factory=list)
    drop: list[str] = field(default_factory=list)


def split(activity: Activity, at: datetime) -> Cut:
    """Return both parts of an activity; `at` lies within it."""
    return Cut([replace(activity, end=at), starting(activity, at)])


def cleared(rows: Iterable[Activity], start: datetime, end: datetime) -> Cut:
    """Return what is to be done so that none of `rows` has any time between two moments."""
    cut = Cut()
    for row in rows:
        if row.end <= start or row.start >= end:
            continue
        before, after = row.start < start, row.end > end
        if before:
            cut.put.append(replace(row, end=start))
        if after:
            cut.put.append(starting(row, end) if before else replace(row, start=end))
        if not before and not after:
            cut.drop.append(row.id)
    return cut


def laid(there: Iterable[Activity], rows: Sequence[Activity]) -> Cut:
    """Return what is to be done so that `rows`, none over another, lie where they do and `there` beside them."""
    before = {row.id: row for row in there}
    left = dict(before)
    for row in rows:
        cut = cleared(left.values(), row.start, row.end)
        left.update({piece.id: piece for piece in cut.put})
        for row_id in cut.drop:
            del left[row_id]
    around = [row for row in left.values() if before.get(row.id) != row]
    return Cut([*rows, *around], [row_id for row_id in before if row_id not in left])


def merged(rows: Sequence[Activity], within: Iterable[Activity]) -> Cut:
    """Return `rows`, which are in order, as one: what the longest was, from the first's start to the last's end.

    The notes of all are kept, and `within` is everything that lies there.
    """
    longest = max(rows, key=lambda row: row.end - row.start)
    notes = list(dict.fromkeys(row.note for row in rows if row.note))
    whole = replace(longest, start=rows[0].start, end=rows[-1].end, note="; ".join(notes) or None)
    return Cut([whole], [row.id for row in within if row.id != whole.id])


def without(start: datetime, end: datetime, taken: Sequence[Stretch]) -> list[Stretch]:
    """Return what is left of `start` to `end` beside the stretches `taken`, which are in order."""
    left = []
    for begin, stop in taken:
        if stop <= start:
            continue
        if begin >= end:
            break
        if begin > start:
            left.append((start, begin))
        start = max(start, stop)
    if start < end:
        left.append((start, end))
    return left


def starting(activity: Activity, start: datetime) -> Activity:
    """Return what of `activity` lies after `start`, as a row of its own."""
    return replace(activity, id=uuid7(int(start.timestamp() * 1000)), start=start)


def to_millisecond(moment: datetime) -> datetime:
    """Return a moment as the store holds it."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
