"""What the record says of focus: the hours of the week that it fills, and what a list's allowance was used for."""

from datetime import date, datetime

from sqlalchemy import BigInteger, case, cast, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from productify.clock import LocalDays
from productify.store.schema import Activity, Category
from productify.store.sql import milliseconds_between, of_days, since_1970

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


async def uses(
    session: AsyncSession, user_id: str, day: date, days: LocalDays
) -> list[tuple[str, str | None, str | None, str | None, int]]:
    """Return (app, its id, address, category, milliseconds) of what was in front on a local day."""
    length = func.sum(milliseconds_between(Activity.start_time, Activity.end_time))
    kinds = (Activity.app_name, Activity.app_id, Activity.url, Activity.category)
    query = select(*kinds, length).where(of_days(user_id, day, day, days.day_start), Activity.cause.is_(None))
    rows = await session.execute(query.group_by(*kinds))
    return [(app, app_id, url, category, int(ms)) for app, app_id, url, category, ms in rows]
