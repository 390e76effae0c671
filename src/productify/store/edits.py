"""The user's steps: each is logged with what was there before and after, and can be undone and redone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Table, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from productify.domain import Activity, Done, EditKind, Steps
from productify.ids import uuid7
from productify.store import images
from productify.store.activities import mark_dirty
from productify.store.images import ACTIVITIES, Image
from productify.store.rows import as_row
from productify.store.schema import Edit, EditBatch
from productify.store.sql import chunks

_AT_ONCE = 500
_DAY_LENGTH = 10
MANY = "ids"
"""In an image: the ids of many rows of one day that had the same verdict and got another; `row_id` is that day then."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one row was and is; None is not there. Whole images, or where both are given those columns that differ."""

    table: Table
    row_id: str
    before: Image | None
    after: Image | None

    def turned(self) -> "Change":
        """Return the way back."""
        return Change(self.table, self.row_id, self.after, self.before)


async def make(
    session: AsyncSession,
    user_id: str,
    kind: EditKind,
    now: datetime,
    put: Iterable[Activity],
    drop: Iterable[str] = (),
    ruled: Sequence[Change] = (),
) -> Done:
    """Write `put` by id, take away `drop`, and log it with the changed rules as one step.

    What had been undone before can no longer be redone then.
    """
    made, days = await write(session, user_id, put, drop)
    return await log(session, user_id, kind, now, [*made, *ruled], days)


async def write(
    session: AsyncSession, user_id: str, put: Iterable[Activity], drop: Iterable[str]
) -> tuple[list[Change], list[date]]:
    """Write `put` by id and take away `drop`; return what that changed, and the local days that it touched."""
    new: dict[str, Image | None] = dict.fromkeys(drop)
    rows = {activity.id: images.packed(ACTIVITIES, as_row(activity, user_id)) for activity in put}
    old = await images.stored(session, ACTIVITIES, user_id, {*new, *rows})
    for row_id, image in rows.items():
        new[row_id] = {**image, "created_at": old[row_id]["created_at"]} if row_id in old else image
    await images.store(session, ACTIVITIES, old, new)
    return changes(ACTIVITIES, old, new), await touch(session, user_id, old, new)


async def log(
    session: AsyncSession, user_id: str, kind: EditKind, now: datetime, made: Sequence[Change], days: Sequence[date]
) -> Done:
    """Keep a step that was made, as the newest."""
    before = await newest(session, user_id)
    position = before.position if before else 0
    await session.execute(delete(EditBatch).where(EditBatch.user_id == user_id, EditBatch.position > position))
    batch = EditBatch(
        id=uuid7(), user_id=user_id, position=position + 1, kind=kind, made_at=now,
        row_count=_count(made), days=[day.isoformat() for day in days],
    )  # fmt: skip
    session.add(batch)
    await session.flush()
    await keep(session, batch.id, user_id, made)
    return as_done(batch)


async def keep(session: AsyncSession, batch_id: str, user_id: str, made: Iterable[Change]) -> None:
    """Add the images of `made` to a step."""
    rows = [
        {
            "id": uuid7(), "user_id": user_id, "batch": batch_id, "table_name": change.table.name,
            "row_id": change.row_id, "before": change.before, "after": change.after,
        }
        for change in made
    ]  # fmt: skip
    for part in chunks(rows, _AT_ONCE):
        await session.execute(insert(Edit), list(part))


def many(day: date, before: Image, after: Image) -> Change:
    """Return what many rows of one day were, with their ids, and are."""
    return Change(ACTIVITIES, day.isoformat(), before, after)


async def get(session: AsyncSession, batch_id: str) -> EditBatch:
    """Return a step that is there."""
    batch = await session.get(EditBatch, batch_id, populate_existing=True)
    assert batch is not None
    return batch


async def begin(session: AsyncSession, user_id: str, kind: EditKind, now: datetime) -> EditBatch:
    """Begin a step that is made in several transactions; what is there of it can be undone at any time."""
    done = await log(session, user_id, kind, now, (), ())
    return await get(session, done.id)


async def widen(session: AsyncSession, batch_id: str, made: Sequence[Change], count: int, days: Iterable[date]) -> Done:
    """Add to a step what was made of it just now, `count` rows, and return all of it.

    A row that it had changed before keeps one image, from what it was at first to what it is now.
    """
    batch = await get(session, batch_id)
    batch.row_count += count
    batch.days = sorted({*batch.days, *(day.isoformat() for day in days)})
    await session.flush()
    single = {change.row_id: change for change in made if MANY not in (change.before or {})}
    for part in chunks(sorted(single), _AT_ONCE):
        for edit in (await session.scalars(select(Edit).where(Edit.batch == batch_id, Edit.row_id.in_(part)))).all():
            single[edit.row_id] = _joined(edit, single[edit.row_id])
            await session.delete(edit)
    await session.flush()
    await keep(session, batch_id, batch.user_id, [single.get(change.row_id, change) for change in made])
    return as_done(batch)


async def parts(session: AsyncSession, batch_id: str) -> list[tuple[str, date]]:
    """Return the images of many rows at once in a step: their ids and days."""
    query = select(Edit.id, Edit.row_id).where(Edit.batch == batch_id, func.length(Edit.row_id) == _DAY_LENGTH)
    return [(edit_id, date.fromisoformat(day)) for edit_id, day in await session.execute(query)]


def changes(table: Table, old: Mapping[str, Image], new: Mapping[str, Image | None]) -> list[Change]:
    """Return what differs between the rows of `old` and of `new`, which names all that are touched."""
    made = []
    for row_id, image in new.items():
        was = old.get(row_id)
        if was is not None and image is not None:
            before, after = images.changed(was, image)
            if after:
                made.append(Change(table, row_id, before, after))
        elif was is not None or image is not None:
            made.append(Change(table, row_id, was, image))
    return made


async def touch(
    session: AsyncSession, user_id: str, old: Mapping[str, Image], new: Mapping[str, Image | None]
) -> list[date]:
    """Let the sums of every day that the activities lay or lie on be made anew, and return the days."""
    there = [*old.values(), *(image for image in new.values() if image is not None)]
    days = sorted({date.fromisoformat(image["local_day"]) for image in there})
    await mark_dirty(session, user_id, days)
    return days


async def steps(session: AsyncSession, user_id: str) -> Steps:
    """Return what can be undone and redone next."""
    undo, redo = await newest(session, user_id), await next_undone(session, user_id)
    return Steps(as_done(undo) if undo else None, as_done(redo) if redo else None)


async def newest(session: AsyncSession, user_id: str) -> EditBatch | None:
    """Return the newest step that is not undone."""
    query = select(EditBatch).where(EditBatch.user_id == user_id, EditBatch.undone_at.is_(None))
    return (await session.scalars(query.order_by(EditBatch.position.desc()).limit(1))).first()


async def next_undone(session: AsyncSession, user_id: str) -> EditBatch | None:
    """Return the step that was undone last."""
    before = await newest(session, user_id)
    query = select(EditBatch).where(
        EditBatch.user_id == user_id, EditBatch.position > (before.position if before else 0)
    )
    return (await session.scalars(query.order_by(EditBatch.position).limit(1))).first()


async def of_batch(session: AsyncSession, batch_id: str, day: date | None = None) -> list[Change]:
    """Return every image of single rows in a step, and those of many rows at once that are of `day`."""
    query = select(Edit.table_name, Edit.row_id, Edit.before, Edit.after).where(Edit.batch == batch_id)
    found: list[Change] = []
    for name, row_id, before, after in await session.execute(query):
        if before is None or MANY not in before:
            found.append(Change(images.TABLES[name], row_id, before, after))
        elif day is not None and row_id == day.isoformat():
            was = {column: value for column, value in before.items() if column != MANY}
            found += [Change(ACTIVITIES, each, was, after) for each in before[MANY]]
    return found


async def history(session: AsyncSession, user_id: str, day: date) -> tuple[Done, ...]:
    """Return every step that touched a local day, the newest first, undone ones too."""
    return tuple(as_done(batch) for batch in await of_day(session, user_id, day))


async def of_day(session: AsyncSession, user_id: str, day: date) -> list[EditBatch]:
    """Return every step that touched a local day, the newest first."""
    query = select(EditBatch).where(EditBatch.user_id == user_id).order_by(EditBatch.position.desc())
    return [batch for batch in await session.scalars(query) if day.isoformat() in batch.days]


def as_done(batch: EditBatch, *, kept: bool = False) -> Done:
    """Return a step as the user sees it."""
    days = tuple(date.fromisoformat(day) for day in batch.days)
    is_undone = batch.undone_at is not None
    return Done(batch.id, EditKind(batch.kind), batch.row_count, days, batch.made_at, is_undone, kept)


def _joined(earlier: Edit, later: Change) -> Change:
    before, after = earlier.before, later.after
    if before is not None:
        before = {**(later.before or {}), **before}
    if after is not None:
        after = {**(earlier.after or {}), **after}
    return Change(later.table, later.row_id, before, after)


def _count(made: Sequence[Change]) -> int:
    return sum(change.table is ACTIVITIES for change in made)
