"""A real store and, where a test asks for it, a real desktop."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_session import DesktopSession, missing_programs
from productify.domain import Activity
from productify.store import activities, upgrade, users
from productify.store.database import Database

from .world import NOON


@dataclass(frozen=True)
class Store:
    """A migrated database with one user."""

    db: Database
    user_id: str

    async def rows(self) -> list[Activity]:
        """Return every activity, in order."""
        async with self.db.read() as session:
            return await activities.between(
                session, self.user_id, NOON - timedelta(days=800), NOON + timedelta(days=800)
            )

    async def brief(self) -> list[tuple[str, float, float]]:
        """Return (name, from, to) of every activity, in seconds since NOON."""
        rows = await self.rows()
        return [(row.app_name, (row.start - NOON).total_seconds(), (row.end - NOON).total_seconds()) for row in rows]


async def until(condition: Callable[[], object], what: str = "the condition", patience: float = 10.0) -> None:
    """Return when `condition` holds; fails after `patience` seconds."""
    end = asyncio.get_running_loop().time() + patience
    while not condition():
        assert asyncio.get_running_loop().time() < end, f"waited {patience} s for {what}"
        await asyncio.sleep(0.01)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A migrated database with one user, closed at the end."""
    path = tmp_path / "productify.db"
    db = Database(path)
    await upgrade.bring_up_to_date(db, path, tmp_path / "backups", NOON, suspicious=False)
    async with db.write() as session:
        user_id = await users.local_user(session)
    yield Store(db, user_id)
    await db.close()


@pytest.fixture(scope="module")
def desktop() -> Iterator[DesktopSession]:
    """An X11 desktop with a window manager, one for all tests of a module."""
    if missing := missing_programs():
        pytest.fail(f"a desktop session needs {', '.join(missing)}")
    with DesktopSession() as session:
        yield session
