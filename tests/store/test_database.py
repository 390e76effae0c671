"""The one door: who is told, who waits for whom, and what a broken disk says."""

import asyncio
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from productify.errors import KnownError
from productify.store import preferences, schema
from productify.store.changes import report_as
from productify.store.database import Database
from productify.store.migrate import migrate
from store.conftest import Store
from store.making import at

DAY = date(2026, 5, 4)
NOBODY = 65534


def goal(store: Store, name: str = "More") -> schema.Goal:
    return schema.Goal(user_id=store.user_id, name=name, type="daily_productive", target_hours=4.0)


async def test_a_commit_names_its_tables_once(store: Store) -> None:
    async with store.db.write() as session:
        session.add(goal(store))
        await session.flush()
        await session.execute(insert(schema.WorkSession), [_work(store), _work(store)])
        assert store.told == []
    assert store.told == [frozenset({"goals", "work_sessions"})]


async def test_every_way_to_write_is_noticed(store: Store) -> None:
    async with store.db.write() as session:
        session.add(goal(store))
    ways = [
        update(schema.Goal).values(name="Less"),
        update(schema.Goal.__table__).values(name="Other"),
        insert(schema.Goal.__table__).values(id="x", user_id=store.user_id, name="n", type="t", target_hours=1),
        delete(schema.Goal).where(schema.Goal.id == "x"),
        delete(schema.Goal.__table__),
    ]
    for statement in ways:
        async with store.db.write() as session:
            await session.execute(statement)
    assert store.told == [frozenset({"goals"})] * 6


async def test_what_fails_or_changes_nothing_is_silent(store: Store) -> None:
    async def fail() -> None:
        async with store.db.write() as session:
            session.add(goal(store))
            await session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with store.db.write() as session:
        user = (await session.scalars(select(schema.User))).one()
        user.plan = user.plan + ""
    assert store.told == []
    async with store.db.read() as session:
        assert (await session.scalars(select(schema.Goal))).all() == []


async def test_a_statement_can_be_told_under_another_name(store: Store) -> None:
    async with store.db.write() as session:
        await session.execute(update(schema.User).values(name="Ada").execution_options(**report_as("running")))
        await session.execute(update(schema.Team).values(name="x").execution_options(**report_as()))
    assert store.told == [frozenset({"running"})]


async def test_derived_tables_are_nobodys_news(store: Store) -> None:
    async with store.db.write() as session:
        session.add(schema.RollupDirty(user_id=store.user_id, local_day=DAY))
        await session.execute(delete(schema.RollupDay))
    assert store.told == []


async def test_readers_cannot_write_and_see_one_state(local: Store) -> None:
    async with local.db.read() as session:
        before = (await session.scalars(select(schema.User.name))).one()
        async with local.db.write() as writing:
            await writing.execute(update(schema.User).values(name="Ada"))
        assert (await session.scalars(select(schema.User.name))).one() == before
    with pytest.raises(KnownError):
        async with local.db.read() as session:
            await session.execute(update(schema.User).values(name="Bob"))


async def test_read_then_write_never_fails_across_connections(local: Store) -> None:
    """Two processes' worth of connections: a deferred transaction would fail at once where it turns to writing."""
    other = Database(local.url)

    async def count(db: Database) -> None:
        async with db.write() as session:
            seen = await preferences.recall(session, local.user_id, "count") or 0
            await asyncio.sleep(0)
            await preferences.remember(session, local.user_id, "count", seen + 1)

    await asyncio.gather(*(count(db) for _ in range(10) for db in (local.db, other)))
    async with local.db.read() as session:
        assert await preferences.recall(session, local.user_id, "count") == 20
    await other.close()


async def test_cancelled_writes_are_whole_or_nothing(store: Store) -> None:
    """Quitting cancels tasks wherever they are; the next write must find an open door and no half work."""

    async def write_two() -> None:
        async with store.db.write() as session:
            session.add(goal(store, "first"))
            await session.flush()
            session.add(goal(store, "second"))

    for turns in range(0, 60, 4):
        task = asyncio.create_task(write_two())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
    await write_two()
    async with store.db.read() as session:
        names = list(await session.scalars(select(schema.Goal.name)))
    assert names.count("first") == names.count("second") > 0


async def test_a_cancellation_breaks_no_connection(local: Store) -> None:
    """Not even one that comes while the transaction ends; SQLAlchemy would log what it had to throw away."""

    async def read() -> None:
        async with local.db.read() as session:
            await session.scalars(select(schema.Goal.name))

    async def write() -> None:
        async with local.db.write() as session:
            session.add(goal(local))

    for work in (read, write):
        for number in range(300):
            task = asyncio.create_task(work())
            await asyncio.sleep(number * 1e-5)
            task.cancel()
            await asyncio.wait([task])
        await work()


async def test_only_other_processes_commits_change_the_data_version(local: Store) -> None:
    first = await local.db.data_version()
    async with local.db.write() as session:
        session.add(goal(local))
    assert await local.db.data_version() == first
    other = Database(local.url)
    async with other.write() as session:
        session.add(goal(local))
    await other.close()
    assert await local.db.data_version() != first


async def test_the_pragmas_are_set_on_every_connection(local: Store) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "busy_timeout": 5000, "cache_size": -8192}
    for engine in (local.db.writer, local.db.reader):
        async with engine.connect() as connection:
            for pragma, value in wanted.items():
                assert (await connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar() == value


async def test_a_checkpoint_moves_the_log_into_the_file(local: Store) -> None:
    async with local.db.write() as session:
        session.add_all([goal(local, "x" * 200) for _ in range(500)])
    path = Path(local.url.removeprefix("sqlite:///"))
    before = path.stat().st_size
    await local.db.checkpoint()
    assert path.stat().st_size > before


async def test_a_bug_stays_a_bug(store: Store) -> None:
    with pytest.raises(IntegrityError):
        async with store.db.write() as session:
            session.add(schema.User(email="local@localhost"))


async def test_a_full_disk(local: Store) -> None:
    await _pragma(local.db, "max_page_count=1")  # SQLite takes the present size instead: not one page more
    with pytest.raises(KnownError, match="The disk is full"):
        async with local.db.write() as session:
            session.add_all([goal(local, "x" * 200) for _ in range(2000)])
    assert local.told == []
    await _pragma(local.db, "max_page_count=100000")
    async with local.db.write() as session:
        session.add(goal(local))
    assert local.told == [frozenset({"goals"})]


async def test_a_lock_that_is_not_let_go(local: Store) -> None:
    await _pragma(local.db, "busy_timeout=20")
    with closing(sqlite3.connect(local.url.removeprefix("sqlite:///"), isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(KnownError, match="busy"):
            async with local.db.write() as session:
                session.add(goal(local))


@pytest.mark.parametrize(
    "content", [b"This is a letter, not a database. " * 200, b"SQLite format 3\0" + b"\x07" * 4080]
)
async def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.db"
    path.write_bytes(content)
    db = Database(path)
    with pytest.raises(KnownError, match="not a database|damaged"):
        async with db.read() as session:
            await session.execute(select(schema.User))
    await db.close()


async def test_a_damaged_page(local: Store) -> None:
    await local.db.checkpoint()
    await local.db.close()
    path = Path(local.url.removeprefix("sqlite:///"))
    data = bytearray(path.read_bytes())
    data[4096:] = b"\x5a" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(KnownError, match="damaged"):
        async with local.db.read() as session:
            await session.execute(select(schema.User))


async def test_a_file_that_may_not_be_written(local: Store, tmp_path: Path) -> None:
    await local.db.close()
    path = Path(local.url.removeprefix("sqlite:///"))
    path.chmod(0o444)
    for folder in (tmp_path, *list(tmp_path.parents)[:2]):
        folder.chmod(folder.stat().st_mode | 0o055)
    tmp_path.chmod(0o777)
    with _without_privileges(), pytest.raises(KnownError, match="cannot be written"):
        async with local.db.write() as session:
            session.add(goal(local))
    await local.db.close()


async def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    db = Database(tmp_path / "missing" / "store.db")
    with pytest.raises(KnownError, match="cannot be opened"):
        await db.checkpoint()
    await db.close()
    await asyncio.to_thread(_workers_ended)


def _workers_ended() -> None:
    """Wait for the thread of a connection that failed: aiosqlite stops it, and does not wait."""
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            thread.join(5)


async def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    db = Database(f"postgresql://nobody@/nothing?host={tmp_path}")
    with pytest.raises(KnownError, match="server cannot be reached"):
        async with db.read() as session:
            await session.execute(select(schema.User))
    assert await db.data_version() == 0
    await db.close()


def _work(store: Store) -> dict[str, Any]:
    return {"user_id": store.user_id, "started_at": at("2026-05-04 08:00")}


async def _pragma(db: Database, pragma: str) -> None:
    async with db.writer.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await (await driver.execute(f"PRAGMA {pragma}")).close()


@contextmanager
def _without_privileges() -> Iterator[None]:
    """Be an ordinary user for a while, where this process is root and may do anything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


async def test_an_error_tells_no_title(tmp_path: Path) -> None:
    db = Database(tmp_path / "store.db")
    await migrate(db.writer)
    row = {"id": "1", "user_id": "nobody", "app_name": "App", "window_title": "my secret"}
    with pytest.raises(IntegrityError) as caught:
        async with db.write() as session:
            await session.execute(insert(schema.Activity), [row])
    assert "my secret" not in str(caught.value)
    await db.close()
