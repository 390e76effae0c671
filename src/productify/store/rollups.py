"""Sums of activities per local day and hour, made anew for days that changed, before somebody reads them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    delete,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from productify.clock import LocalDays
from productify.domain import AT_KEYBOARD
from productify.store import course, facts
from productify.store.course import Stretch
from productify.store.database import Database
from productify.store.schema import Activity, RollupDay, RollupDirty, RollupFacts, RollupHour
from productify.store.schema.types import UtcDateTime
from productify.store.sql import chunks, earlier_of, later_of, milliseconds_between, of_days, since_1970

HOURS_KEPT = timedelta(days=90)
"""How long sums by hour are kept, back from the newest activity; older days are summed when they are asked for."""

_DAYS_AT_ONCE = 8
_HOUR = timedelta(hours=1)

_NONE: ColumnElement[str] = literal_column(
    "''"
)  # spelt out: PostgreSQL takes two parameters for two different expressions
PART: tuple[Any, ...] = (
    Activity.app_name,
    func.coalesce(Activity.app_id, _NONE).label("app_id"),
    func.coalesce(Activity.site, _NONE).label("site"),
    func.coalesce(Activity.category, _NONE).label("category"),
    func.coalesce(Activity.productivity, literal_column("0")).label("productivity"),
    func.coalesce(Activity.cause, _NONE).label("cause"),
)
"""What time is told apart by: the rollups' key columns."""

_NAMES = ["app_name", "app_id", "site", "category", "productivity", "cause"]
ACTIVE = or_(Activity.cause.is_(None), Activity.cause.in_(AT_KEYBOARD))
"""Whether somebody was at the keyboard."""


async def settle(db: Database, user_id: str, first: date, last: date, days: LocalDays) -> None:
    """Bring the sums of the local days `first` to `last` up to date; only reads where they are."""
    async with db.read() as session:
        dirty = await _dirty(session, user_id, first, last)
    for part in chunks(dirty, _DAYS_AT_ONCE):
        async with db.write() as session:
            since = await _hours_since(session, user_id)
            for day in part:
                await _recompute(session, user_id, day, days, with_hours=day >= since)
            await prune_hours(session, user_id)


async def recompute(session: AsyncSession, user_id: str, day: date, days: LocalDays) -> None:
    """Make the sums and facts of `day` anew, by hour too where it is recent, and clear its mark."""
    since = await _hours_since(session, user_id)
    await _recompute(session, user_id, day, days, with_hours=day >= since)


async def prune_hours(session: AsyncSession, user_id: str) -> None:
    """Forget the sums by hour of days that are no longer recent."""
    since = await _hours_since(session, user_id)
    await session.execute(delete(RollupHour).where(RollupHour.user_id == user_id, RollupHour.local_day < since))


async def differences(db: Database, user_id: str, days: LocalDays) -> list[str]:
    """Return a sentence for every settled day whose sums are not what its activities add up to."""
    async with db.read() as session:
        settled = await _settled(session, user_id)
    wrong = []
    for day in settled:
        async with db.read() as session:
            if not await _is_right(session, user_id, day, days):
                wrong.append(f"The sums of {day} do not match its activities.")
    return wrong


def by_hour(user_id: str, day: date, days: LocalDays, cuts: Sequence[tuple[datetime, datetime]]) -> Select[Any]:
    """Return the query for a day's sums by clock hours that hold all of it: hour_start, PART, milliseconds."""
    # Not VALUES, which SQLAlchemy compiles anew each time.
    rows = [select(_moment(begins).label("begins"), _moment(ends).label("ends")) for begins, ends in cuts]
    hours = union_all(*rows).cte("hours")
    inside = milliseconds_between(
        later_of(Activity.start_time, hours.c.begins), earlier_of(Activity.end_time, hours.c.ends)
    )
    # Every activity meets an hour. The join is an outer one to keep SQLite from reading the activities once an hour.
    overlap = and_(Activity.start_time < hours.c.ends, Activity.end_time > hours.c.begins)
    return (
        select(hours.c.begins.label("hour_start"), *PART, func.sum(inside).label("milliseconds"))
        .join_from(Activity, hours, overlap, isouter=True)
        .where(of_days(user_id, day, day, days.day_start), Activity.end_time > Activity.start_time)
        .group_by(hours.c.begins, *PART)
    )


def _moment(value: datetime) -> ColumnElement[datetime]:
    return literal(value, UtcDateTime)


def by_part(user_id: str, first: date, last: date, days: LocalDays) -> Select[Any]:
    """Return the query for the sums of some local days: PART, milliseconds."""
    length = func.sum(milliseconds_between(Activity.start_time, Activity.end_time)).label("milliseconds")
    return (
        select(*PART, length)
        .where(of_days(user_id, first, last, days.day_start), Activity.end_time > Activity.start_time)
        .group_by(*PART)
    )


async def _recompute(session: AsyncSession, user_id: str, day: date, days: LocalDays, *, with_hours: bool) -> None:
    for table in (RollupDay, RollupHour, RollupFacts, RollupDirty):
        await session.execute(delete(table).where(table.user_id == user_id, table.local_day == day))
    stretches = await _stretches(session, user_id, day, days)
    owner = (literal(user_id).label("user_id"), literal(day, Date).label("local_day"))
    sums = by_part(user_id, day, day, days)
    await session.execute(_filled(RollupDay, [*_NAMES, "milliseconds"], sums, owner))
    if with_hours:
        sums = by_hour(user_id, day, days, course.hours_of(day, days, stretches))
        await session.execute(_filled(RollupHour, ["hour_start", *_NAMES, "milliseconds"], sums, owner))
    if runs := course.joined(stretches):
        await session.execute(insert(RollupFacts).values(user_id=user_id, local_day=day, **facts.as_columns(runs)))


async def _stretches(session: AsyncSession, user_id: str, day: date, days: LocalDays) -> list[Stretch]:
    """Return the activities of a day as bare stretches, in order."""
    columns = Activity.__table__.c
    query = (
        select(since_1970(columns.start_time), since_1970(columns.end_time), course.kind_of(columns))
        .where(of_days(user_id, day, day, days.day_start), columns.end_time > columns.start_time)
        .order_by(columns.start_time, columns.id)
    )
    return [Stretch(*row) for row in await session.execute(query)]


def _filled(table: Any, names: list[str], sums: Select[Any], owner: tuple[Any, ...]) -> Any:
    inner = sums.subquery()
    rows = select(*owner, *(inner.c[name] for name in names))
    return insert(table).from_select(["user_id", "local_day", *names], rows)


async def _dirty(session: AsyncSession, user_id: str, first: date, last: date) -> list[date]:
    query = select(RollupDirty.local_day).where(
        RollupDirty.user_id == user_id, RollupDirty.local_day.between(first, last)
    )
    return list(await session.scalars(query.order_by(RollupDirty.local_day)))


async def _hours_since(session: AsyncSession, user_id: str) -> date:
    """Return the first day whose sums are kept by hour."""
    query = select(Activity.local_day).where(Activity.user_id == user_id).order_by(Activity.start_time.desc())
    newest = await session.scalar(query.limit(1))
    return date.min if newest is None else newest - HOURS_KEPT


async def _settled(session: AsyncSession, user_id: str) -> list[date]:
    recorded, rolled, dirty = [
        set(await session.scalars(select(table.local_day).where(table.user_id == user_id).distinct()))
        for table in (Activity, RollupDay, RollupDirty)
    ]
    return sorted((recorded | rolled) - dirty)


async def _is_right(session: AsyncSession, user_id: str, day: date, days: LocalDays) -> bool:
    sums = await _rows(session, by_part(user_id, day, day, days))
    if sums != await _stored(session, RollupDay, user_id, day, _NAMES):
        return False
    stretches = await _stretches(session, user_id, day, days)
    by_hours = await _stored(session, RollupHour, user_id, day, ["hour_start", *_NAMES])
    if by_hours:
        cuts = course.hours_of(day, days, stretches)
        if by_hours != await _rows(session, by_hour(user_id, day, days, cuts)):
            return False
    stored = await session.get(RollupFacts, (user_id, day))
    runs = course.joined(stretches)
    if stored is None or not runs:
        return stored is None and not runs
    return all(getattr(stored, name) == value for name, value in facts.as_columns(runs).items())


async def _rows(session: AsyncSession, query: Select[Any]) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in await session.execute(query)}


async def _stored(session: AsyncSession, table: Any, user_id: str, day: date, names: list[str]) -> set[tuple[Any, ...]]:
    columns = [getattr(table, name) for name in (*names, "milliseconds")]
    return await _rows(session, select(*columns).where(table.user_id == user_id, table.local_day == day))
