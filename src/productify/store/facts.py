"""One row a local day: its sums, its longest focus block, the bounds of its active time, its hours and its course."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, select
from sqlalchemy.ext.asyncio import AsyncSession

from productify.domain import FocusBlock, Totals
from productify.store import course, hours
from productify.store.course import Run, moment
from productify.store.hours import Top
from productify.store.schema import RollupFacts
from productify.store.sql import since_1970


class DayFacts(NamedTuple):
    """A settled day with anything on it, as it is read; moments in milliseconds since 1970, which are cheap to read."""

    local_day: date
    productive: int
    neutral: int
    distracting: int
    idle: int
    unclassified: int
    private: int
    focus_start: int | None
    focus_end: int | None
    first_active: int | None
    last_active: int | None
    top: list[list[Any]] | None
    runs: list[int] | None

    @property
    def totals(self) -> Totals:
        """The sums of the day."""
        return Totals(*self[1:7])

    @property
    def course(self) -> list[Run]:
        """The course of the day; empty where it was not asked for."""
        return course.unpacked(self.runs or ())

    @property
    def hours(self) -> Top:
        """The greatest apps and sites of each hour; empty where the course was not asked for."""
        return hours.unpacked(self.top or ())


NAMES = (*Totals.__slots__, "focus_start", "focus_end", "first_active", "last_active", "top", "runs")
"""The columns of what is told of a day."""

_COLUMNS = RollupFacts.__table__.c
_IS_ASKED = _COLUMNS.local_day.in_(bindparam("courses_of", expanding=True))
_MOMENTS = (_COLUMNS.focus_start, _COLUMNS.focus_end, _COLUMNS.first_active, _COLUMNS.last_active)
_READ = (
    select(
        _COLUMNS.local_day,
        *(_COLUMNS[name] for name in Totals.__slots__),
        *(since_1970(column) for column in _MOMENTS),
        case((_IS_ASKED, _COLUMNS.top)),
        case((_IS_ASKED, _COLUMNS.runs)),
    )
    .where(_COLUMNS.user_id == bindparam("user_id"), _COLUMNS.local_day.between(bindparam("first"), bindparam("last")))
    .order_by(_COLUMNS.local_day)
)


async def read(
    session: AsyncSession, user_id: str, first: date, last: date, courses_of: Collection[date] = ()
) -> list[DayFacts]:
    """Return the local days `first` to `last` with anything on them, in order; some with their hours and course."""
    asked = {"user_id": user_id, "first": first, "last": last, "courses_of": list(courses_of)}
    return [DayFacts._make(row) for row in await session.execute(_READ, asked)]


def as_columns(runs: Sequence[Run], top: Top) -> dict[str, Any]:
    """Return what a day of this course and these hours is kept as."""
    totals, block, active = course.totals(runs), course.focus(runs), course.active_stretches(runs)
    return {
        **{name: getattr(totals, name) for name in Totals.__slots__},
        "focus_start": block.start if block else None,
        "focus_end": block.end if block else None,
        "first_active": active[0][0] if active else None,
        "last_active": active[-1][1] if active else None,
        "top": hours.packed(top),
        "runs": course.packed(runs),
    }


def totals(days: Iterable[DayFacts]) -> Totals:
    """Return the sums of some days."""
    sums = zip(*(day[1:7] for day in days), strict=True)
    return Totals(*map(sum, sums))


def focus(days: Iterable[DayFacts]) -> FocusBlock | None:
    """Return the longest focus block of some days, the earliest of equal ones."""
    blocks = [(day.focus_start, day.focus_end) for day in days if day.focus_start and day.focus_end]
    start, end = max(blocks, key=lambda block: (block[1] - block[0], -block[0]), default=(0, 0))
    return FocusBlock(moment(start), moment(end)) if end else None


def first_active(days: Iterable[DayFacts]) -> datetime | None:
    """Return the first moment of some days with somebody at the keyboard, UTC."""
    found = min((day.first_active for day in days if day.first_active), default=None)
    return moment(found) if found else None


def last_active(days: Iterable[DayFacts]) -> datetime | None:
    """Return the last moment of some days with somebody at the keyboard, UTC."""
    found = max((day.last_active for day in days if day.last_active), default=None)
    return moment(found) if found else None
