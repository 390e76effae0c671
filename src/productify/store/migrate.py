"""Bringing the tables up to date, in-process."""

from collections.abc import Callable

from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from productify import paths
from productify.store.failures import known_failures
from productify.store.schema.search import FTS
from productify.store.schema.shot_text import SHOT_FTS

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
"""Every revision in `migrations/`, oldest first; known here, so that alembic is only imported to upgrade."""

HEAD = REVISIONS[-1]
VERSION_TABLE = "alembic_version"


def is_newer(revision: str) -> bool:
    """Whether a database at `revision` was written by a newer app than this one."""
    return revision not in REVISIONS


def is_compared(_item: object, name: str | None, kind: str, *_more: object) -> bool:
    """Whether autogeneration looks at it: not at full-text indexes, which SQLite keeps in tables of its own."""
    return not (kind == "table" and name is not None and name.startswith((FTS, SHOT_FTS)))


async def current_revision(engine: AsyncEngine) -> str | None:
    """Return the revision that the database is at; None for one without tables."""
    with known_failures():
        async with engine.connect() as connection:
            return await connection.run_sync(_current)


async def migrate(engine: AsyncEngine) -> None:
    """Bring the database to HEAD, in one transaction; does nothing, and imports nothing, where it is there already."""
    if await current_revision(engine) == HEAD:
        return
    with known_failures():
        await change_tables(engine, _upgrade)


async def change_tables(engine: AsyncEngine, work: Callable[[Connection], None]) -> None:
    """Run `work` in one transaction without foreign keys, which SQLite's table rebuilds would trip over.

    Raises RuntimeError, and changes nothing, where a foreign key points nowhere afterwards.
    """
    async with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            await _foreign_keys(connection, "OFF")
        try:
            async with connection.begin():
                await connection.run_sync(work)
                if sqlite:
                    await _check_foreign_keys(connection)
        finally:
            if sqlite:
                await _foreign_keys(connection, "ON")


async def _foreign_keys(connection: AsyncConnection, switch: str) -> None:
    """Switch them on the driver's connection: inside a transaction SQLite ignores it."""
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    await (await driver.execute(f"PRAGMA foreign_keys={switch}")).close()


async def _check_foreign_keys(connection: AsyncConnection) -> None:
    broken = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).fetchall()
    if broken:
        raise RuntimeError(f"the migration leaves rows without their parents: {broken[:5]}")


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    row = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").first()
    return None if row is None else str(row[0])


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(paths.migrations_dir()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
