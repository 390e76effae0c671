"""The bars of the time chart: a day's clock hours, or the days of a longer period."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from productify.clock import LocalDays
from productify.domain import Bar, Period, Share, Totals
from productify.store import tally
from productify.store.rollups import by_hour, hours_of
from productify.store.schema import RollupDay, RollupHour
from productify.store.tally import Part

_TOP = 3


async def of_hours(session: AsyncSession, user_id: str, day: date, days: LocalDays) -> tuple[Bar, ...]:
    """Return a bar for each clock hour of `day`, with its three greatest apps and sites.

    The hours that are kept are taken unless they are none of ours: on a day long past, or cut in another zone before
    a journey. Then the activities themselves are summed.
    """
    cuts = days.hours(day)
    kept = RollupHour.__table__.c
    query: Select[Any] = select(*kept).where(kept.user_id == user_id, kept.local_day == day)
    totals = await _totals(session, query)
    if not totals or not totals.keys() <= {start for start, _end in cuts}:
        cuts = await hours_of(session, user_id, day, days)
        query = by_hour(user_id, day, days, cuts)
        totals = await _totals(session, query)
    top = await _top(session, query)
    return tuple(Bar(start, end, totals.get(start, Totals()), day, top.get(start, ())) for start, end in cuts)


async def of_days(session: AsyncSession, user_id: str, period: Period, days: LocalDays) -> tuple[Bar, ...]:
    """Return a bar for each local day of `period`."""
    sums = RollupDay.__table__.c
    query = (
        select(sums.local_day, *tally.sums(sums))
        .where(sums.user_id == user_id, sums.local_day.between(period.first, period.last))
        .group_by(sums.local_day)
    )
    totals = {day: Totals(*row) for day, *row in await session.execute(query)}
    return tuple(Bar(*days.bounds(day), totals.get(day, Totals()), day) for day in period.days())


async def _totals(session: AsyncSession, query: Select[Any]) -> dict[datetime, Totals]:
    sums = query.subquery().c
    rows = await session.execute(select(sums.hour_start, *tally.sums(sums)).group_by(sums.hour_start))
    return {start: Totals(*row) for start, *row in rows}


async def _top(session: AsyncSession, query: Select[Any]) -> dict[datetime, tuple[Share, ...]]:
    sums = query.subquery().c
    columns = [sums[name] for name in Part._fields]
    parts: dict[datetime, list[Part]] = defaultdict(list)
    for start, *part in await session.execute(select(sums.hour_start, *columns).where(tally.at_keyboard(sums))):
        parts[start].append(tally.as_part(part))
    return {start: tally.by_site_or_app(part, _TOP) for start, part in parts.items()}
