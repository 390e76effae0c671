"""What the views ask: sums over settled rollups, and one day's activities.

Call `rollups.settle` for the days asked about first; a dashboard also asks about the period before its own.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from productify.clock import LocalDays
from productify.domain import (
    Block,
    Dashboard,
    FigureSet,
    Origin,
    Period,
    PeriodKind,
    Presence,
    Share,
    State,
    TimelineDay,
    Totals,
)
from productify.store import bars, comparison, course, facts, tally
from productify.store.schema import Activity, RollupDay
from productify.store.sql import milliseconds_between, of_days, touching
from productify.store.tally import ACTIVE, PART, Part

_LONGEST_DAY = 50_000
_TITLES = 500
_ROWS = Activity.__table__.c
_BLOCK: tuple[Any, ...] = tuple(
    _ROWS[name]
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
        "note",
        "presence",
        "origin",
    )
)
_DAYS = RollupDay.__table__.c
_KEY = [_DAYS[name] for name in Part._fields[:-1]]
_PARTS = (
    select(*_KEY, func.sum(_DAYS.milliseconds))
    .where(
        _DAYS.user_id == bindparam("user_id"),
        _DAYS.local_day.between(bindparam("first"), bindparam("last")),
        tally.at_keyboard(_DAYS),
    )
    .group_by(*_KEY)
)
_FIRST_DAY = select(_ROWS.local_day).where(_ROWS.user_id == bindparam("user_id")).order_by(_ROWS.start_time).limit(1)
_GROUPERS: dict[FigureSet, Callable[[Iterable[Part]], tuple[Share, ...]]] = {
    FigureSet.APP: tally.by_app,
    FigureSet.SITE: tally.by_site,
    FigureSet.CATEGORY: tally.by_category,
    FigureSet.PRODUCTIVITY: tally.by_band,
}


async def dashboard(session: AsyncSession, user_id: str, period: Period, now: datetime, days: LocalDays) -> Dashboard:
    """Return all that the dashboard shows of `period`, as of `now` (UTC); a day in hours, anything longer in days."""
    is_day = period.kind is PeriodKind.DAY
    reach = comparison.reach(period, now, days)
    courses = {period.first} if is_day else set()
    if reach.cut_day:
        courses.add(reach.cut_day)
    found = await facts.read(session, user_id, reach.first, period.last, courses)
    here = [day for day in found if day.local_day in period]
    before, focus_before = comparison.before(found, reach)
    runs = here[0].course if is_day and here else []
    top = here[0].hours if is_day and here else {}
    parts = await _parts(session, user_id, period.first, period.last)
    if is_day:
        chart = await bars.of_hours(session, user_id, period.first, runs, top, days)
    else:
        chart = bars.of_days(period, here, days)
    return Dashboard(
        period=period,
        totals=facts.totals(here),
        before=before,
        bars=chart,
        shares=tally.by_site_or_app(parts),
        apps=tally.by_app(parts),
        sites=tally.by_site(parts),
        categories=tally.by_category(parts),
        focus=facts.focus(here),
        focus_before=focus_before,
        first=facts.first_active(here),
        last=facts.last_active(here),
        first_day_ever=await first_day(session, user_id),
        stretches=tuple(course.active_stretches(runs)),
    )


async def totals(session: AsyncSession, user_id: str, first: date, last: date) -> Totals:
    """Return the sums of the local days `first` to `last`."""
    return facts.totals(await facts.read(session, user_id, first, last))


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
    return await session.scalar(_FIRST_DAY, {"user_id": user_id})


async def first_active(session: AsyncSession, user_id: str, day: date) -> datetime | None:
    """Return the first moment of `day` with somebody at the keyboard, UTC."""
    return facts.first_active(await facts.read(session, user_id, day, day))


async def _parts(session: AsyncSession, user_id: str, first: date, last: date) -> list[Part]:
    """Return the active time of some local days, each different thing once."""
    rows = await session.execute(_PARTS, {"user_id": user_id, "first": first, "last": last})
    return [tally.as_part(row) for row in rows]


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
    values = list(row)
    for place, kind in ((10, State), (12, Presence), (13, Origin)):
        values[place] = kind(values[place]) if values[place] else None
    return Block(*values)
