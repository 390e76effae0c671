"""Going back over a step and forward again.

Wherever something recorded since made a difference, the step is logged anew as what the turn really did, so that the
way back is exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from productify.domain import Done
from productify.store import edits, images, likeness
from productify.store.activities import mark_dirty
from productify.store.cutting import Stretch
from productify.store.edits import MANY, Change
from productify.store.images import ACTIVITIES, RULES
from productify.store.schema import Edit, EditBatch
from productify.store.sql import chunks
from productify.store.turning import Turn, target

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Turned:
    """The step that was turned, the stretches (UTC) that have an answer by it, and whether it changed rules."""

    done: Done
    stretches: Sequence[Stretch]
    rules: bool


async def turn(session: AsyncSession, batch: EditBatch, day_start: time, undone_at: datetime | None) -> Turned:
    """Undo a step, or with `undone_at` None redo it."""
    made = await edits.of_batch(session, batch.id)
    way = [change.turned() if undone_at else change for change in made]
    took = [change for change in way if change.table is ACTIVITIES]
    ruled = await _turn_rules(session, batch.user_id, [change for change in way if change.table is RULES])
    turning = await Turn.of(session, batch.user_id, took, day_start)
    days = await turning.write(session, batch.user_id)
    real = turning.made
    if _differ(real, took):
        await _forget(session, batch.id, took)
        turned = [change.turned() if undone_at else change for change in real]
        await edits.keep(session, batch.id, batch.user_id, turned)
    batch.days = sorted({*batch.days, *(day.isoformat() for day in days)})
    batch.undone_at = undone_at
    await session.flush()
    return Turned(edits.as_done(batch, kept=turning.kept), turning.stretches, ruled)


async def turn_part(session: AsyncSession, user_id: str, edit_id: str, *, back: bool) -> None:
    """Undo or redo what a step did to many rows of one day, as far as they are what it left; then `turn` the step."""
    edit = await session.get(Edit, edit_id)
    assert edit is not None
    assert edit.before is not None
    assert edit.after is not None
    before = {name: value for name, value in edit.before.items() if name != MANY}
    now, then = (edit.after, before) if back else (before, edit.after)
    await likeness.move_back(session, edit.before[MANY], now, then)
    await mark_dirty(session, user_id, [date.fromisoformat(edit.row_id)])


async def _turn_rules(session: AsyncSession, user_id: str, way: Sequence[Change]) -> bool:
    old = await images.stored(session, RULES, user_id, [change.row_id for change in way])
    await images.store(session, RULES, old, {change.row_id: target(change, old.get(change.row_id)) for change in way})
    return bool(way)


async def _forget(session: AsyncSession, batch_id: str, made: Sequence[Change]) -> None:
    for part in chunks([change.row_id for change in made], _AT_ONCE):
        await session.execute(delete(Edit).where(Edit.batch == batch_id, Edit.row_id.in_(part)))


def _differ(made: Sequence[Change], logged: Sequence[Change]) -> bool:
    one, other = ({change.row_id: (change.before, change.after) for change in side} for side in (made, logged))
    return one != other
