"""What must hold of the record itself, whatever wrote it."""

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from productify.store.schema import Activity

_NAMED = 20


async def contradictions(session: AsyncSession, user_id: str) -> list[str]:
    """Return a sentence for each activity that overlaps the one before it or ends before it starts; at most 20."""
    in_order = (Activity.start_time, Activity.id)
    numbered = (
        select(
            Activity.id,
            Activity.start_time,
            Activity.end_time,
            func.lag(Activity.end_time).over(order_by=in_order).label("end_before"),
        )
        .where(Activity.user_id == user_id)
        .subquery()
    )
    wrong = or_(numbered.c.end_time < numbered.c.start_time, numbered.c.start_time < numbered.c.end_before)
    found = await session.execute(select(numbered).where(wrong).limit(_NAMED))
    return [f"Activity {row.id} overlaps the one before it, or ends before it starts." for row in found]
