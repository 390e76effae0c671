"""Back to what was recorded of a day, and away for ever."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from productify.domain import Activity, Done, EditKind
from productify.store import edits, images
from productify.store.cutting import Stretch
from productify.store.images import ACTIVITIES, Image
from productify.store.schema import Edit, EditBatch
from productify.store.sql import chunks
from productify.store.turning import Turn

_AT_ONCE = 500


async def restore(
    session: AsyncSession, user_id: str, day: date, day_start: time, now: datetime, stretches: list[Stretch]
) -> Done | None:
    """Take back, as one more step, what all steps did to the activities of a local day; None where they did nothing.

    `stretches` is told the time that has an answer by it.
    """
    turn = await Turn.of(session, user_id, await _way_back(session, user_id, day), day_start)
    made = turn.made
    if not made:
        return None
    stretches += turn.stretches
    return await edits.log(session, user_id, EditKind.RESTORE, now, made, await turn.write(session, user_id))


async def erase(session: AsyncSession, user_id: str, rows: Iterable[Activity]) -> list[date]:
    """Take activities away for ever, with every image of them or of what was in their time; return their days."""
    gone = list(rows)
    ids, days = [row.id for row in gone], sorted({row.local_day for row in gone})
    old = await images.stored(session, ACTIVITIES, user_id, ids)
    await images.store(session, ACTIVITIES, old, dict.fromkeys(ids))
    await _drop(session, user_id, ids)
    for day in days:
        spans = [(image["start_time"], image["end_time"]) for image in old.values() if image["local_day"] == str(day)]
        await _forget(session, user_id, day, spans)
    left = exists().where(Edit.batch == EditBatch.id)
    await session.execute(delete(EditBatch).where(EditBatch.user_id == user_id, ~left))
    await edits.touch(session, user_id, old, {})
    return days


async def _way_back(session: AsyncSession, user_id: str, day: date) -> list[edits.Change]:
    """Return what has to change so that the activities of a day become those that no step has touched."""
    first: dict[str, Image | None] = {}
    now: dict[str, Image] = {}
    for batch in await edits.of_day(session, user_id, day):
        if batch.undone_at is not None:
            continue
        made = [change for change in await edits.of_batch(session, batch.id, day) if change.table is ACTIVITIES]
        there = await images.stored(session, ACTIVITIES, user_id, {change.row_id for change in made} - first.keys())
        for change in made:
            if change.row_id not in first and change.row_id in there:
                now[change.row_id] = _as_left(there[change.row_id], change)
            first[change.row_id] = _before(change, first.get(change.row_id, there.get(change.row_id)))
    own = {row_id: image for row_id, image in first.items() if day.isoformat() in _days(image, now.get(row_id))}
    return edits.changes(ACTIVITIES, now, own)


def _as_left(image: Image, change: edits.Change) -> Image:
    """Return a row as the step left it, so that what it has grown since is seen as growth."""
    return {**image, "end_time": (change.after or {}).get("end_time", image["end_time"])}


def _before(change: edits.Change, image: Image | None) -> Image | None:
    """Return what a row was before a step; what is gone for ever stays so."""
    if change.before is None or (image is None and change.after is not None):
        return None
    return {**(image or {}), **change.before}


def _days(*there: Image | None) -> set[str]:
    return {image["local_day"] for image in there if image is not None}


async def _forget(session: AsyncSession, user_id: str, day: date, spans: list[tuple[int, int]]) -> None:
    """Forget every image of what lay in the time that is erased: a row that was merged into it, say, held its title.

    Only whole images tell where a row lay; its others, of a note alone, go with them.
    """
    gone: set[str] = set()
    for batch in await edits.of_day(session, user_id, day):
        query = select(Edit.row_id, Edit.before, Edit.after).where(Edit.batch == batch.id)
        gone |= {row.row_id for row in await session.execute(query) if any(_lies_in(image, spans) for image in row[1:])}
    await _drop(session, user_id, sorted(gone))


async def _drop(session: AsyncSession, user_id: str, ids: Sequence[str]) -> None:
    for part in chunks(ids, _AT_ONCE):
        await session.execute(delete(Edit).where(Edit.user_id == user_id, Edit.row_id.in_(part)))


def _lies_in(image: Mapping[str, Any] | None, spans: list[tuple[int, int]]) -> bool:
    if image is None or "app_name" not in image or "start_time" not in image:
        return False
    return any(image["start_time"] < end and image["end_time"] > start for start, end in spans)
