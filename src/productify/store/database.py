"""The one door to the database: a writer, two readers, and who is told of a commit."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from productify.store.changes import StoreSession, touched
from productify.store.failures import known_failures
from productify.store.uncut import UncutSession, uncut

_READERS = 2
_WAIT_SECONDS = 60
_PRAGMAS = (
    "busy_timeout=5000",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "cache_size=-8192",
    "mmap_size=0",
)
_ASYNC_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}


class Database:
    """One SQLite file (a path or an address) or one PostgreSQL database (`postgresql+psycopg://`).

    `tell` is called after each commit with the names of the tables it touched, on the loop's thread.
    What the user's world does to a database leaves `read` and `write` as KnownError.
    """

    def __init__(self, path_or_url: Path | str, tell: Callable[[frozenset[str]], None] | None = None) -> None:
        url = database_url(path_or_url)
        self._tell = tell
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self.writer = _engine(url, 1, "BEGIN IMMEDIATE")
        self.reader = _engine(url, _READERS, "BEGIN", "query_only=ON")
        self._writing = _sessions(self.writer)
        self._reading = _sessions(self.reader)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """Give the session that may write, one at a time; commits at the end, rolls back on any exception.

        The write lock is taken at the first statement. Never write within a write. A cancellation waits for what the
        session does, so it ends a transaction only where the block waits for something else.
        """
        with known_failures():
            async with self._writing() as session:
                yield session
                await session.commit()
                names = touched(session.sync_session)
        if names and self._tell is not None:
            self._tell(names)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Give a session that sees one unchanging state of the database and cannot write."""
        with known_failures():
            async with self._reading() as session:
                yield session

    async def checkpoint(self, *, emptying: bool = False) -> None:
        """Copy what has been committed from the write-ahead log into the file, as far as no reader is in the way.

        With `emptying` the log is cut to nothing then, so that it keeps no older state of a page.
        """
        if self.is_sqlite:
            await self._pragma(f"wal_checkpoint({'TRUNCATE' if emptying else 'PASSIVE'})")

    async def data_version(self) -> int:
        """Return a number that changes when another process commits to the file; 0 on a server database."""
        return await self._pragma("data_version") if self.is_sqlite else 0

    async def close(self) -> None:
        """Close all connections."""
        await self.reader.dispose()
        await self.writer.dispose()

    async def _pragma(self, pragma: str) -> int:
        with known_failures():
            return await uncut(self._answered(pragma))

    async def _answered(self, pragma: str) -> int:
        """Ask on the writer's own connection, outside of any transaction; its own commits do not count as others'."""
        async with self.writer.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            async with driver.execute(f"PRAGMA {pragma}") as cursor:
                return int((await cursor.fetchone())[0])


def database_url(path_or_url: Path | str) -> URL:
    """Return the address of a database with the async driver that the product uses for it."""
    if isinstance(path_or_url, Path):
        return URL.create("sqlite+aiosqlite", database=str(path_or_url))
    url = make_url(path_or_url)
    return url.set(drivername=_ASYNC_DRIVERS.get(url.get_backend_name(), url.drivername))


def _sessions(engine: AsyncEngine) -> async_sessionmaker[UncutSession]:
    return async_sessionmaker(engine, class_=UncutSession, expire_on_commit=False, sync_session_class=StoreSession)


def _engine(url: URL, size: int, begin: str, *pragmas: str) -> AsyncEngine:
    # Parameters are titles and addresses: they must not reach a log or a report by way of an error's text.
    engine = create_async_engine(url, pool_size=size, max_overflow=0, pool_timeout=_WAIT_SECONDS, hide_parameters=True)
    if url.get_backend_name() == "sqlite":
        event.listen(engine.sync_engine, "connect", _prepare((*_PRAGMAS, *pragmas)))
        event.listen(engine.sync_engine, "begin", _begin(begin))
    return engine


def _prepare(pragmas: tuple[str, ...]) -> Callable[[Any, Any], None]:
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin by itself: it would begin deferred, and late
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return prepare


def _begin(statement: str) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return begin
