"""Recording activities, and reading them back one by one."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Select, Table, bindparam, delete, literal, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from productify.clock import LocalDays
from productify.domain import Activity, InputGap
from productify.store import schema
from productify.store.changes import report_as
from productify.store.database import Database
from productify.store.moving import moved
from productify.store.rows import COLUMNS, as_activity, as_row
from productify.store.schema.types import UtcDateTime
from productify.store.sql import chunks, insert, insert_for, milliseconds_between, touching

_CHUNK = 500
_MOVED_AT_ONCE = 1000
_RUNNING = "running"
_Row = schema.Activity
_TABLE = cast("Table", _Row.__table__)
_GROWN = _TABLE.c.id == bindparam("grown_id")
_UNTIL = bindparam("until", type_=UtcDateTime())
# Kept ready, as it runs every five seconds, and making it anew costs more than running it.
_GROW = (
    update(_TABLE)
    .where(_GROWN, _TABLE.c.end_time < _UNTIL)
    .values(end_time=_UNTIL, duration=(milliseconds_between(_TABLE.c.start_time, _UNTIL) + 500) // 1000)
)
_KEPT_ON_UPDATE = {"id", "user_id", "created_at", "note", "origin"}
"""What the recorder, which writes its row again and again, knows nothing of."""


async def record(session: AsyncSession, user_id: str, put: Sequence[Activity], drop: Sequence[str] = ()) -> None:
    """Insert or replace `put` by id, delete the ids in `drop`, and mark every day that either touches."""
    days, unwanted = {activity.local_day for activity in put}, set(drop)
    for ids in chunks([*drop, *(activity.id for activity in put)], _CHUNK):
        there = await _own_days(session, user_id, ids)
        days.update(there.values())
        if gone := there.keys() & unwanted:
            await session.execute(delete(_TABLE).where(_Row.id.in_(sorted(gone))))
    for part in chunks(put, _CHUNK):
        await _upsert(session, [as_row(activity, user_id) for activity in part])
    await mark_dirty(session, user_id, days)


async def extend(session: AsyncSession, activity_id: str, end: datetime) -> None:
    """Let the running activity grow to `end`; told as "running" alone. One that is gone, or longer, stays as it is."""
    grown = {"grown_id": activity_id, "until": end}
    await session.execute(_GROW, grown, execution_options=report_as(_RUNNING))
    await session.execute(_mark(session.get_bind().dialect.name), {"grown_id": activity_id})


async def newest(session: AsyncSession, user_id: str) -> Activity | None:
    """Return the activity that began last."""
    query = _newest_first(select(*COLUMNS).where(_Row.user_id == user_id)).limit(1)
    row = (await session.execute(query)).first()
    return None if row is None else as_activity(row)


async def get(session: AsyncSession, activity_id: str) -> Activity | None:
    """Return one activity, None where it is gone."""
    row = (await session.execute(select(*COLUMNS).where(_Row.id == activity_id))).first()
    return None if row is None else as_activity(row)


async def of_ids(session: AsyncSession, user_id: str, ids: Iterable[str]) -> list[Activity]:
    """Return those of the user's activities that are there, in order."""
    found = []
    for part in chunks(sorted(set(ids)), _CHUNK):
        rows = await session.execute(select(*COLUMNS, _Row.user_id).where(_Row.id.in_(part)))
        found += [as_activity(row[:-1]) for row in rows if row.user_id == user_id]
    return sorted(found, key=lambda row: (row.start, row.id))


async def known(session: AsyncSession, ids: Sequence[str]) -> set[str]:
    """Return those of `ids` that are taken already, whoever's they are."""
    found: set[str] = set()
    for part in chunks(ids, _CHUNK):
        found.update(await session.scalars(select(_Row.id).where(_Row.id.in_(part))))
    return found


async def between(
    session: AsyncSession, user_id: str, start: datetime, end: datetime, limit: int | None = 10_000
) -> list[Activity]:
    """Return the activities with any time between two moments, in order; whole, not cut."""
    query = select(*COLUMNS).where(touching(user_id, start, end)).order_by(_Row.start_time, _Row.id).limit(limit)
    return [as_activity(row) for row in await session.execute(query)]


async def page(
    session: AsyncSession, user_id: str, *, before: tuple[datetime, str] | None = None, limit: int = 200
) -> list[Activity]:
    """Return the newest activities first, from just `before` the (start, id) that the last page ended with."""
    query = select(*COLUMNS).where(_Row.user_id == user_id)
    if before is not None:
        query = query.where(tuple_(_Row.start_time, _Row.id) < _key(before))
    return [as_activity(row) for row in await session.execute(_newest_first(query).limit(limit))]


async def page_forward(
    session: AsyncSession, user_id: str, *, after: tuple[datetime, str] | None = None, limit: int = 200
) -> list[Activity]:
    """Return the oldest activities first, from just `after` the (start, id) that the last page ended with."""
    query = select(*COLUMNS).where(_Row.user_id == user_id)
    if after is not None:
        query = query.where(tuple_(_Row.start_time, _Row.id) > _key(after))
    query = query.order_by(_Row.start_time, _Row.id).limit(limit)
    return [as_activity(row) for row in await session.execute(query)]


async def move_days(db: Database, user_id: str, days: LocalDays) -> int:
    """Give every activity its local day anew for the day start of `days`; return how many rows were written.

    Works through the history in short transactions, so that recording goes on meanwhile; after an interruption it
    can simply be run again. An activity that spans the new border becomes two: whoever holds the running one must
    read `newest` again.
    """
    written, after = 0, None
    while True:
        async with db.write() as session:
            rows = await page_forward(session, user_id, after=after, limit=_MOVED_AT_ONCE)
            changed = [piece for row in rows for piece in moved(row, days.day_start)]
            if changed:
                await record(session, user_id, changed)
        written += len(changed)
        if len(rows) < _MOVED_AT_ONCE:
            return written
        after = (rows[-1].start, rows[-1].id)


async def add_gap(session: AsyncSession, user_id: str, gap: InputGap) -> None:
    """Keep a stretch without input."""
    session.add(schema.InputGap(user_id=user_id, start_time=gap.start, end_time=gap.end))
    await session.flush()


async def mark_dirty(session: AsyncSession, user_id: str, days: Iterable[date]) -> None:
    """Let the sums of `days` be made anew before they are next read."""
    rows = [{"user_id": user_id, "local_day": day} for day in sorted(days)]
    if rows:
        await session.execute(insert(session, schema.RollupDirty).on_conflict_do_nothing(), rows)


@cache
def _mark(dialect: str) -> Any:
    """Return the statement that marks the day of the activity that grew."""
    day = select(_TABLE.c.user_id, _TABLE.c.local_day).where(_GROWN)
    mark = insert_for(dialect, schema.RollupDirty).from_select(["user_id", "local_day"], day)
    return mark.on_conflict_do_nothing()


async def _own_days(session: AsyncSession, user_id: str, ids: Sequence[str]) -> dict[str, date]:
    """Return the local days of those of `ids` that are the user's.

    Whose they are is looked at here: asked in the query, SQLite would read all of the user's activities instead.
    """
    found = await session.execute(select(_Row.id, _Row.local_day, _Row.user_id).where(_Row.id.in_(ids)))
    return {activity_id: day for activity_id, day, owner in found if owner == user_id}


async def _upsert(session: AsyncSession, rows: list[dict[str, Any]]) -> None:
    statement = insert(session, schema.Activity)
    new = {column.name: column for column in statement.excluded if column.name not in _KEPT_ON_UPDATE}
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["id"], set_=new, where=_Row.user_id == statement.excluded.user_id
        ),
        rows,
    )


def _newest_first(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.order_by(_Row.start_time.desc(), _Row.id.desc())


def _key(place: tuple[datetime, str]) -> Any:
    return tuple_(literal(place[0], UtcDateTime), literal(place[1]))
