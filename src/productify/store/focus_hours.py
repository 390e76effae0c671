"""What the record says of focus: the hours of the week that it fills, and what a list's allowance was used for."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, case, cast, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from productify.clock import LocalDays
from productify.store.schema import Activity, Category
from productify.store.sql import milliseconds_between, of_days, since_1970


class Use(NamedTuple):
    """What was in front, and for how long; `title` is told only where no address is known."""

    app_name: str
    app_id: str | None
    url: str | None
    title: str | None
    category: str | None
    milliseconds: int


_MINUTE, _HOUR = 60_000, 3_600_000
_MOST_HOURS = 49
"""Clock hours that one activity can touch: none is longer than two days."""

_THURSDAY = 3
"""The weekday of 1970-01-01."""


async def by_weekday_and_hour(session: AsyncSession, user_id: str, since: datetime) -> dict[tuple[int, int], int]:
    """Return milliseconds in categories that count as focus by (weekday from Monday, local clock hour)."""
    shift = cast(Activity.tz_min, BigInteger) * _MINUTE
    start, end = since_1970(Activity.start_time) + shift, since_1970(Activity.end_time) + shift
    spans = (
        select(start.label("start"), end.label("end"), (start // _HOUR).label("first"))
        .join(Category, Category.key == Activity.category)
        .where(Activity.user_id == user_id, Activity.start_time >= since, Category.counts_focus)
        .where(Activity.cause.is_(None))
        .cte("spans")
    )
    numbers = union_all(*(select(literal(n).label("n")) for n in range(_MOST_HOURS))).cte("numbers")
    hour = spans.c.first + numbers.c.n
    begins, ends = hour * _HOUR, (hour + 1) * _HOUR
    until = case((spans.c.end < ends, spans.c.end), else_=ends)
    inside = until - case((spans.c.start > begins, spans.c.start), else_=begins)
    query = select(hour, func.sum(inside)).join_from(spans, numbers, begins < spans.c.end).group_by(hour)
    found: dict[tuple[int, int], int] = {}
    for number, length in await session.execute(query):
        day, clock_hour = divmod(int(number), 24)
        key = (day + _THURSDAY) % 7, clock_hour
        found[key] = found.get(key, 0) + int(length)
    return found


async def seen_days(session: AsyncSession, user_id: str, since: datetime) -> list[date]:
    """Return the local days with anything recorded at the keyboard, in order."""
    query = select(Activity.local_day).where(
        Activity.user_id == user_id, Activity.start_time >= since, Activity.cause.is_(None)
    )
    return list(await session.scalars(query.distinct().order_by(Activity.local_day)))


async def uses(session: AsyncSession, user_id: str, day: date, days: LocalDays) -> list[Use]:
    """Return what was in front on a local day."""
    length = func.sum(milliseconds_between(Activity.start_time, Activity.end_time))
    title = case((Activity.url.is_(None), Activity.window_title))
    kinds = (Activity.app_name, Activity.app_id, Activity.url, title, Activity.category)
    query = select(*kinds, length).where(of_days(user_id, day, day, days.day_start), Activity.cause.is_(None))
    rows = await session.execute(query.group_by(*kinds))
    return [Use(app, app_id, url, title, category, int(ms)) for app, app_id, url, title, category, ms in rows]
