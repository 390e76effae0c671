"""What the user called time that no tracker saw."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from productify.domain import Activity, EditKind
from productify.store import activities
from productify.store.schema import Edit, EditBatch

_NAMING = (EditKind.LABEL, EditKind.ADD)
_STEPS = 60
_ROWS = 400


async def recent(session: AsyncSession, user_id: str, limit: int) -> list[Activity]:
    """Return the newest entry of each name, the name used last first; only the newest steps are looked through."""
    steps = (
        select(EditBatch.id, EditBatch.position)
        .where(EditBatch.user_id == user_id, EditBatch.kind.in_(_NAMING), EditBatch.undone_at.is_(None))
        .order_by(EditBatch.position.desc())
        .limit(_STEPS)
        .subquery()
    )
    query = (
        select(Edit.row_id)
        .join(steps, steps.c.id == Edit.batch)
        .where(Edit.table_name == "activities", Edit.before.is_(None))
        .order_by(steps.c.position.desc())
        .limit(_ROWS)
    )
    ids = list(await session.scalars(query))
    place = {row_id: number for number, row_id in enumerate(ids)}
    rows = [row for row in await activities.of_ids(session, user_id, ids) if row.origin is not None]
    named: dict[str, Activity] = {}
    for row in sorted(rows, key=lambda row: place[row.id]):
        named.setdefault(row.app_name.casefold(), row)
    return list(named.values())[:limit]
