"""The bars of the time chart: a day's clock hours, or the days of a longer period."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from productify.clock import LocalDays
from productify.domain import Bar, Period, Share, Totals
from productify.store import course, tally
from productify.store.course import Run
from productify.store.facts import DayFacts
from productify.store.rollups import by_hour
from productify.store.schema import RollupHour
from productify.store.tally import Part

_TOP = 3
_Hours = Sequence[tuple[datetime, datetime]]
_KEPT = RollupHour.__table__.c
_PARTS = select(_KEPT.hour_start, *(_KEPT[name] for name in Part._fields)).where(
    _KEPT.user_id == bindparam("user_id"), _KEPT.local_day == bindparam("day"), tally.at_keyboard(_KEPT)
)


async def of_hours(
    session: AsyncSession, user_id: str, day: date, runs: Sequence[Run], days: LocalDays
) -> tuple[Bar, ...]:
    """Return a bar for each clock hour of `day`, whose course `runs` is, with its three greatest apps and sites."""
    hours = course.hours_of(day, days, runs)
    totals = course.totals_by_hour(runs, hours)
    top = await _top(session, user_id, day, hours, days) if any(hour.active for hour in totals) else {}
    return tuple(Bar(*hour, sums, day, top.get(hour[0], ())) for hour, sums in zip(hours, totals, strict=True))


def of_days(period: Period, found: Iterable[DayFacts], days: LocalDays) -> tuple[Bar, ...]:
    """Return a bar for each local day of `period`."""
    totals = {day.local_day: day.totals for day in found}
    borders = pairwise(map(days.start_of, (*period.days(), period.after().first)))
    return tuple(
        Bar(start, end, totals.get(day, Totals()), day)
        for day, (start, end) in zip(period.days(), borders, strict=True)
    )


async def _top(
    session: AsyncSession, user_id: str, day: date, hours: _Hours, days: LocalDays
) -> dict[datetime, tuple[Share, ...]]:
    """Return the greatest apps and sites of each hour.

    The hours that are kept are taken unless they are none of `hours`: on a day long past, or cut in another zone
    before a journey. Then the activities themselves are summed.
    """
    top = _greatest(await session.execute(_PARTS, {"user_id": user_id, "day": day}))
    if top and top.keys() <= {start for start, _end in hours}:
        return top
    sums = by_hour(user_id, day, days, hours).subquery().c
    columns = [sums[name] for name in ("hour_start", *Part._fields)]
    return _greatest(await session.execute(select(*columns).where(tally.at_keyboard(sums))))


def _greatest(rows: Iterable[Any]) -> dict[datetime, tuple[Share, ...]]:
    parts: dict[datetime, list[Part]] = defaultdict(list)
    for start, *part in rows:
        parts[start].append(tally.as_part(part))
    return {start: tally.by_site_or_app(part, _TOP) for start, part in parts.items()}
