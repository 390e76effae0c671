"""Away for ever: nothing of an activity stays in the file, not in its free pages either."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from productify.clock import LocalDays
from productify.domain import Activity
from productify.store import restoring, rollups
from productify.store.search import index


async def erase(session: AsyncSession, user_id: str, rows: Iterable[Activity], days: LocalDays) -> list[date]:
    """Erase activities, what corrections kept of them, and what sums and search say of them; return their days.

    SQLite overwrites what it frees meanwhile. Its log still holds the older pages until it is emptied.
    """
    async with _overwriting(session):
        touched = await restoring.erase(session, user_id, rows)
        for day in touched:
            await rollups.recompute(session, user_id, day, days)
            await index.refresh(session, user_id, day)
        await index.repack(session)
    return touched


@asynccontextmanager
async def _overwriting(session: AsyncSession) -> AsyncIterator[None]:
    if session.get_bind().dialect.name != "sqlite":
        yield
        return
    await session.execute(text("PRAGMA secure_delete=ON"))
    try:
        yield
    finally:
        await session.execute(text("PRAGMA secure_delete=OFF"))
