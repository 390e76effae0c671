"""Sums of activities per local day, made anew for days that changed, before somebody reads them."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from productify.clock import LocalDays
from productify.store import course, facts, hours
from productify.store.course import Stretch
from productify.store.database import Database
from productify.store.schema import Activity, RollupDay, RollupDirty, RollupFacts
from productify.store.search import index
from productify.store.sql import chunks, of_days, since_1970
from productify.store.tally import Part

_DAYS_AT_ONCE = 8
_KEPT = cast("Table", RollupDay.__table__)
_FACTS = cast("Table", RollupFacts.__table__)

_MARKS = RollupDirty.__table__.c
_DIRTY = (
    select(_MARKS.local_day)
    .where(_MARKS.user_id == bindparam("user_id"), _MARKS.local_day.between(bindparam("first"), bindparam("last")))
    .order_by(_MARKS.local_day)
)


class _Day(NamedTuple):
    """What is kept of a local day: the sums of its parts, and its row of facts, None where nothing counts."""

    parts: frozenset[Part]
    facts: dict[str, Any] | None


async def settle(db: Database, user_id: str, first: date, last: date, days: LocalDays) -> None:
    """Bring the sums of the local days `first` to `last` up to date; only reads where they are."""
    async with db.read() as session:
        dirty = await _dirty(session, user_id, first, last)
    for part in chunks(dirty, _DAYS_AT_ONCE):
        async with db.write() as session:
            for day in part:
                await recompute(session, user_id, day, days)


@asynccontextmanager
async def settled(db: Database, user_id: str, first: date, last: date, days: LocalDays) -> AsyncIterator[AsyncSession]:
    """Give a session that reads, in which the sums of the local days `first` to `last` are up to date."""
    async with db.read() as session:
        if not await _dirty(session, user_id, first, last):
            yield session
            return
    await settle(db, user_id, first, last, days)
    async with db.read() as session:
        yield session


async def recompute(session: AsyncSession, user_id: str, day: date, days: LocalDays) -> None:
    """Make the sums and facts of `day` anew, and clear its mark."""
    for table in (RollupDay, RollupFacts, RollupDirty):
        await session.execute(delete(table).where(table.user_id == user_id, table.local_day == day))
    await index.mark(session, user_id, day)
    made = await _made(session, user_id, day, days)
    owner = {"user_id": user_id, "local_day": day}
    if made.parts:
        await session.execute(insert(_KEPT), [{**owner, **part._asdict()} for part in sorted(made.parts)])
    if made.facts is not None:
        await session.execute(insert(_FACTS), {**owner, **made.facts})


async def differences(db: Database, user_id: str, days: LocalDays) -> list[str]:
    """Return a sentence for every settled day whose sums are not what its activities add up to."""
    async with db.read() as session:
        settled = await _settled(session, user_id)
    wrong = []
    for day in settled:
        async with db.read() as session:
            if await _stored(session, user_id, day) != await _made(session, user_id, day, days):
                wrong.append(f"The sums of {day} do not match its activities.")
    return wrong


async def _made(session: AsyncSession, user_id: str, day: date, days: LocalDays) -> _Day:
    """Return what the activities of a day add up to."""
    stretches = await _stretches(session, user_id, day, days)
    by_hour = await hours.sums(session, user_id, day, days, hours.of_day(day, days, stretches))
    lengths: Counter[tuple[Any, ...]] = Counter()
    for hour in by_hour.values():
        for *key, length in hour:
            lengths[tuple(key)] += length
    parts = frozenset(Part._make((*key, length)) for key, length in lengths.items())
    runs = course.joined(stretches)
    return _Day(parts, facts.as_columns(runs, hours.greatest(by_hour)) if runs else None)


async def _stored(session: AsyncSession, user_id: str, day: date) -> _Day:
    """Return what is kept of a day."""
    kept = _KEPT.c
    query = select(*(kept[name] for name in Part._fields)).where(kept.user_id == user_id, kept.local_day == day)
    parts = frozenset(Part._make(row) for row in await session.execute(query))
    row = await session.get(RollupFacts, (user_id, day))
    return _Day(parts, {name: getattr(row, name) for name in facts.NAMES} if row else None)


async def _stretches(session: AsyncSession, user_id: str, day: date, days: LocalDays) -> list[Stretch]:
    """Return the activities of a day as bare stretches, in order."""
    columns = Activity.__table__.c
    query = (
        select(since_1970(columns.start_time), since_1970(columns.end_time), course.kind_of(columns))
        .where(of_days(user_id, day, day, days.day_start), columns.end_time > columns.start_time)
        .order_by(columns.start_time, columns.id)
    )
    return [Stretch._make(row) for row in await session.execute(query)]


async def _dirty(session: AsyncSession, user_id: str, first: date, last: date) -> list[date]:
    return list(await session.scalars(_DIRTY, {"user_id": user_id, "first": first, "last": last}))


async def _settled(session: AsyncSession, user_id: str) -> list[date]:
    recorded, rolled, dirty = [
        set(await session.scalars(select(table.local_day).where(table.user_id == user_id).distinct()))
        for table in (Activity, RollupDay, RollupDirty)
    ]
    return sorted((recorded | rolled) - dirty)
