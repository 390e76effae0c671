"""The course of a local day: how long it was of one kind after the other.

It is kept with the day's sums, so that a day up to some moment, or in clock hours of any zone, is told without
reading its thousands of activities again. Moments are milliseconds since 1970, UTC.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, func, null

from productify.domain import AT_KEYBOARD, AWAY_STATES, FocusBlock, State, Totals
from productify.store.blocks import longest_block
from productify.store.schema.types import EPOCH, MILLISECOND

_SHORT_BREAK = 5 * 60_000


class Kind(IntEnum):
    """What time counts as, in the order of the fields of Totals; the last two are parts of NEUTRAL there."""

    PRODUCTIVE = 0
    NEUTRAL = 1
    DISTRACTING = 2
    IDLE = 3
    UNCLASSIFIED = 4
    PRIVATE = 5


class Stretch(NamedTuple):
    """The time of one activity; of no kind is what only tells that nothing was recorded."""

    start: int
    end: int
    kind: int | None


class Run(NamedTuple):
    """Time of one kind without a break."""

    start: int
    end: int
    kind: int


def kind_of(columns: Any) -> ColumnElement[int | None]:
    """Return the expression for the kind of an activity; NULL is time that nothing was recorded of."""
    return case(
        (columns.cause == State.PRIVATE, Kind.PRIVATE.value),
        (columns.cause.in_(AT_KEYBOARD), Kind.NEUTRAL.value),
        (columns.cause.in_(AWAY_STATES), Kind.IDLE.value),
        (columns.cause.is_not(None), null()),
        (columns.productivity > 0, Kind.PRODUCTIVE.value),
        (columns.productivity < 0, Kind.DISTRACTING.value),
        (func.coalesce(columns.category, "") == "", Kind.UNCLASSIFIED.value),
        else_=Kind.NEUTRAL.value,
    )


def joined(stretches: Iterable[Stretch]) -> list[Run]:
    """Return stretches, in order of their starts, as runs."""
    runs: list[Run] = []
    for start, end, kind in stretches:
        if kind is None:
            continue
        if runs and runs[-1].kind == kind and runs[-1].end == start:
            runs[-1] = Run(runs[-1].start, end, kind)
        else:
            runs.append(Run(start, end, kind))
    return runs


def packed(runs: Iterable[Run]) -> list[int]:
    """Return runs as the column holds them: of each the time since the one before, its length and its kind."""
    numbers, reached = [], 0
    for start, end, kind in runs:
        numbers += [start - reached, end - start, kind]
        reached = end
    return numbers


def unpacked(numbers: Sequence[int]) -> list[Run]:
    """Return the runs that a column holds."""
    runs, reached = [], 0
    for pause, length, kind in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
        start = reached + pause
        reached = start + length
        runs.append(Run(start, reached, kind))
    return runs


def until(runs: Iterable[Run], cut: datetime) -> list[Run]:
    """Return what lies before `cut`."""
    end = milliseconds(cut)
    return [Run(run.start, min(run.end, end), run.kind) for run in runs if run.start < end]


def totals(runs: Iterable[Run]) -> Totals:
    """Return the sums of `runs`."""
    sums = [0] * len(Kind)
    for start, end, kind in runs:
        sums[kind] += end - start
    return _as_totals(sums)


def totals_by_hour(runs: Iterable[Run], hours: Sequence[tuple[datetime, datetime]]) -> list[Totals]:
    """Return the sums of each of `hours`, which follow one another and hold all of `runs`."""
    ends = [milliseconds(end) for _start, end in hours]
    sums = [[0] * len(Kind) for _hour in hours]
    for start, end, kind in runs:
        hour, begun = bisect_right(ends, start), start
        while begun < end:
            stop = min(end, ends[hour])
            sums[hour][kind] += stop - begun
            hour, begun = hour + 1, stop
    return [_as_totals(hour) for hour in sums]


def focus(runs: Iterable[Run]) -> FocusBlock | None:
    """Return the longest focus block."""
    return longest_block((run.start, run.end) for run in runs if run.kind == Kind.PRODUCTIVE)


def active_stretches(runs: Iterable[Run]) -> list[tuple[datetime, datetime]]:
    """Return the active time without its breaks of less than five minutes."""
    stretches: list[tuple[int, int]] = []
    for start, end, kind in runs:
        if kind == Kind.IDLE:
            continue
        if stretches and start - stretches[-1][1] < _SHORT_BREAK:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], end))
        else:
            stretches.append((start, end))
    return [(moment(start), moment(end)) for start, end in stretches]


def milliseconds(value: datetime) -> int:
    """Return a moment as milliseconds since 1970."""
    return (value - EPOCH) // MILLISECOND


def moment(value: int) -> datetime:
    """Return milliseconds since 1970 as a moment, UTC."""
    return EPOCH + value * MILLISECOND


def _as_totals(sums: list[int]) -> Totals:
    by_kind = list(sums)
    by_kind[Kind.NEUTRAL] += sums[Kind.UNCLASSIFIED] + sums[Kind.PRIVATE]
    return Totals(*by_kind)
