"""Block lists and the weekly schedule of sessions."""

from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from productify.domain import BlockList, FocusSchedule, ListMode, Target, TargetKind, Weekly
from productify.store import schema
from productify.store.schema import BlockListRow, BlockTarget


async def lists(session: AsyncSession, user_id: str) -> tuple[BlockList, ...]:
    """Return every list, in the user's order."""
    mine = select(BlockTarget).where(BlockTarget.user_id == user_id).order_by(BlockTarget.position, BlockTarget.id)
    targets: dict[str, list[Target]] = {}
    for row in await session.scalars(mine):
        targets.setdefault(row.list_id, []).append(Target(TargetKind(row.kind), row.value))
    query = select(BlockListRow).where(BlockListRow.user_id == user_id)
    rows = await session.scalars(query.order_by(BlockListRow.position, BlockListRow.id))
    return tuple(_list(row, tuple(targets.get(row.id, ()))) for row in rows)


async def save(session: AsyncSession, user_id: str, given: BlockList) -> None:
    """Write a list as it is now, a new one behind the others."""
    row = await session.get(BlockListRow, given.id)
    if row is None:
        row = BlockListRow(id=given.id, user_id=user_id, position=await _behind(session, user_id))
        session.add(row)
    row.name, row.mode, row.allowance = given.name, given.mode.value, given.allowance
    row.is_on, row.is_shipped, row.hours = given.is_on, given.is_shipped, [_week(each) for each in given.hours]
    await session.flush()
    await session.execute(delete(BlockTarget).where(BlockTarget.list_id == given.id))
    session.add_all(
        BlockTarget(user_id=user_id, list_id=given.id, kind=target.kind.value, value=target.value, position=position)
        for position, target in enumerate(given.targets)
    )
    await session.flush()


async def drop(session: AsyncSession, list_id: str) -> None:
    """Delete a list with its targets."""
    await session.execute(delete(BlockTarget).where(BlockTarget.list_id == list_id))
    await session.execute(delete(BlockListRow).where(BlockListRow.id == list_id))


async def schedules(session: AsyncSession, user_id: str) -> tuple[FocusSchedule, ...]:
    """Return the weekly sessions, by their hour."""
    table = schema.FocusSchedule
    rows = await session.scalars(select(table).where(table.user_id == user_id).order_by(table.start, table.id))
    return tuple(_schedule(row) for row in rows)


async def save_schedule(session: AsyncSession, user_id: str, given: FocusSchedule) -> None:
    """Write a weekly session as it is now."""
    row = await session.get(schema.FocusSchedule, given.id)
    if row is None:
        row = schema.FocusSchedule(id=given.id, user_id=user_id)
        session.add(row)
    row.weekdays, row.start, row.minutes = sorted(given.weekdays), given.start, given.minutes
    row.title, row.project, row.lists = given.title, given.project, list(given.lists)
    row.strict, row.is_on = given.strict, given.is_on
    await session.flush()


async def drop_schedule(session: AsyncSession, schedule_id: str) -> None:
    """Delete a weekly session."""
    await session.execute(delete(schema.FocusSchedule).where(schema.FocusSchedule.id == schedule_id))


async def _behind(session: AsyncSession, user_id: str) -> int:
    last = await session.scalar(select(func.max(BlockListRow.position)).where(BlockListRow.user_id == user_id))
    return 0 if last is None else last + 1


def _list(row: BlockListRow, targets: tuple[Target, ...]) -> BlockList:
    hours = tuple(Weekly(frozenset(days), start, end) for days, start, end in row.hours)
    return BlockList(row.id, row.name, ListMode(row.mode), targets, hours, row.allowance, row.is_on, row.is_shipped)


def _schedule(row: schema.FocusSchedule) -> FocusSchedule:
    return FocusSchedule(
        row.id, frozenset(row.weekdays), row.start, row.minutes, row.title, row.project, tuple(row.lists), row.strict,
        row.is_on,
    )  # fmt: skip


def _week(hours: Weekly) -> list[Any]:
    return [sorted(hours.weekdays), hours.start, hours.end]
