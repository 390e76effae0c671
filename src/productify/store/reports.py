"""What the views ask: sums over settled rollups, and one day's activities.

Call `rollups.settle` for the days asked about first; a dashboard also asks about the period before its own.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from productify.clock import LocalDays
from productify.domain import Block, Dashboard, FigureSet, Period, PeriodKind, Share, State, TimelineDay
from productify.store import bars, comparison, tally
from productify.store.rollups import ACTIVE, PART
from productify.store.schema import Activity, RollupDay
from productify.store.schema.types import EPOCH, MILLISECOND
from productify.store.sql import milliseconds_between, of_days, since_1970, touching
from productify.store.tally import Part

totals = comparison.totals

_LONGEST_DAY = 50_000
_TITLES = 500
_SHORT_BREAK = 5 * 60_000
_BLOCK: tuple[Any, ...] = tuple(
    getattr(Activity, name)
    for name in (
        "id",
        "start_time",
        "end_time",
        "app_name",
        "app_id",
        "window_title",
        "url",
        "category",
        "productivity",
        "classified_by",
        "cause",
    )
)
_GROUPERS: dict[FigureSet, Callable[[Iterable[Part]], tuple[Share, ...]]] = {
    FigureSet.APP: tally.by_app,
    FigureSet.SITE: tally.by_site,
    FigureSet.CATEGORY: tally.by_category,
    FigureSet.PRODUCTIVITY: tally.by_band,
}


async def dashboard(session: AsyncSession, user_id: str, period: Period, now: datetime, days: LocalDays) -> Dashboard:
    """Return all that the dashboard shows of `period`, as of `now` (UTC); a day in hours, anything longer in days."""
    parts = await _parts(session, user_id, period.first, period.last)
    if period.kind is PeriodKind.DAY:
        chart = await bars.of_hours(session, user_id, period.first, days)
    else:
        chart = await bars.of_days(session, user_id, period, days)
    before, focus_before = await comparison.before(session, user_id, period, now, days)
    facts = await comparison.facts(session, user_id, period.first, period.last)
    return Dashboard(
        period=period,
        totals=tally.added(bar.totals for bar in chart),
        before=before,
        bars=chart,
        shares=tally.by_site_or_app(parts),
        apps=tally.by_app(parts),
        sites=tally.by_site(parts),
        categories=tally.by_category(parts),
        focus=facts.focus,
        focus_before=focus_before,
        first=facts.first_active,
        last=facts.last_active,
        first_day_ever=await first_day(session, user_id),
        stretches=await _stretches(session, user_id, period.first, days) if period.kind is PeriodKind.DAY else (),
    )


async def shares(session: AsyncSession, user_id: str, first: date, last: date, by: FigureSet) -> tuple[Share, ...]:
    """Return the active time of some local days in groups, greatest first.

    A category's name is its key. Titles are read from the activities, at most the 500 greatest; a window without
    one counts by its app.
    """
    if by is FigureSet.TITLE:
        return await _titles(session, user_id, first, last)
    return _GROUPERS[by](await _parts(session, user_id, first, last))


async def timeline(session: AsyncSession, user_id: str, day: date, days: LocalDays) -> TimelineDay:
    """Return every activity of the local day `day`; its bounds reach as far as its activities do."""
    query = (
        select(*_BLOCK)
        .where(of_days(user_id, day, day, days.day_start), Activity.end_time > Activity.start_time)
        .order_by(Activity.start_time, Activity.id)
        .limit(_LONGEST_DAY)
    )
    blocks = tuple(_block(row) for row in await session.execute(query))
    start, end = days.bounds(day)
    return TimelineDay(
        day, min([start, *(block.start for block in blocks)]), max([end, *(block.end for block in blocks)]), blocks
    )


async def recent(session: AsyncSession, user_id: str, start: datetime, end: datetime) -> tuple[Block, ...]:
    """Return every activity with any time between two moments (UTC), in order; whole, not cut."""
    query = select(*_BLOCK).where(touching(user_id, start, end)).order_by(Activity.start_time, Activity.id)
    return tuple(_block(row) for row in await session.execute(query.limit(_LONGEST_DAY)))


async def first_day(session: AsyncSession, user_id: str) -> date | None:
    """Return the local day of the first activity ever."""
    query = select(Activity.local_day).where(Activity.user_id == user_id).order_by(Activity.start_time).limit(1)
    return await session.scalar(query)


async def first_active(session: AsyncSession, user_id: str, day: date) -> datetime | None:
    """Return the first moment of `day` with somebody at the keyboard, UTC."""
    return (await comparison.facts(session, user_id, day, day)).first_active


async def _stretches(
    session: AsyncSession, user_id: str, day: date, days: LocalDays
) -> tuple[tuple[datetime, datetime], ...]:
    """Return the active time of a day without its short breaks: a stretch begins wherever a long one ends."""
    in_order = Activity.start_time
    begins, ends = since_1970(Activity.start_time), since_1970(Activity.end_time)
    active = (
        select(begins.label("begins"), ends.label("ends"), func.lag(ends).over(order_by=in_order).label("before"))
        .where(of_days(user_id, day, day, days.day_start), ACTIVE, Activity.end_time > Activity.start_time)
        .subquery()
        .c
    )
    is_first = case((active.begins - active.before < _SHORT_BREAK, 0), else_=1)
    number = func.sum(is_first).over(order_by=active.begins)
    stretch = select(active.begins, active.ends, number.label("number")).subquery().c
    query = select(func.min(stretch.begins), func.max(stretch.ends)).group_by(stretch.number).order_by(stretch.number)
    rows = await session.execute(query)
    return tuple((EPOCH + start * MILLISECOND, EPOCH + end * MILLISECOND) for start, end in rows)


async def _parts(session: AsyncSession, user_id: str, first: date, last: date) -> list[Part]:
    """Return the active time of some local days, each different thing once."""
    sums = RollupDay.__table__.c
    key = [sums[name] for name in Part._fields[:-1]]
    query = (
        select(*key, func.sum(sums.milliseconds))
        .where(sums.user_id == user_id, sums.local_day.between(first, last), tally.at_keyboard(sums))
        .group_by(*key)
    )
    return [tally.as_part(row) for row in await session.execute(query)]


async def _titles(session: AsyncSession, user_id: str, first: date, last: date) -> tuple[Share, ...]:
    """Group titles as if they were apps, which is all that their sums need."""
    title = func.coalesce(Activity.window_title, Activity.app_name).label("title")
    columns = (title, *PART[1:])
    length = func.sum(milliseconds_between(Activity.start_time, Activity.end_time))
    query = (
        select(*columns, length)
        .where(of_days(user_id, first, last), Activity.end_time > Activity.start_time)
        .where(ACTIVE)
        .group_by(title, *PART[1:])
        .order_by(length.desc(), title)
        .limit(_TITLES)
    )
    return tally.by_app([tally.as_part(row) for row in await session.execute(query)])


def _block(row: Any) -> Block:
    *rest, cause = row
    return Block(*[*rest, State(cause) if cause else None])
