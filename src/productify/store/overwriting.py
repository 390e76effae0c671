"""Letting nothing of what is deleted stay in the file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


@asynccontextmanager
async def overwriting(session: AsyncSession) -> AsyncIterator[None]:
    """Let SQLite overwrite what a block frees."""
    if session.get_bind().dialect.name != "sqlite":
        yield
        return
    await session.execute(text("PRAGMA secure_delete=ON"))
    try:
        yield
    finally:
        await session.execute(text("PRAGMA secure_delete=OFF"))
