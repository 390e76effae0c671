"""Runs migrations: on the connection that the app hands in, or for `alembic` on DATABASE_URL or the default store."""

import asyncio
import os
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from productify.paths import open_data_dir
from productify.store.database import Database, database_url
from productify.store.migrate import change_tables, is_compared
from productify.store.schema import Base
from productify.store.schema.types import UtcDateTime


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write the portable time type by its name, not by what it is on one database."""
    if kind == "type" and isinstance(item, UtcDateTime):
        autogen.imports.add("from productify.store.schema.types import UtcDateTime")
        return "UtcDateTime()"
    return False


def migrate(connection: Connection) -> None:
    """Run what alembic was asked for on `connection`, in the transaction that it is in."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_item,
        include_object=is_compared,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def migrate_standalone() -> None:
    """Open the database that the environment names, for the `alembic` command."""
    database = Database(os.environ.get("DATABASE_URL") or open_data_dir().database)
    try:
        await change_tables(database.writer, migrate)
    finally:
        await database.close()


def print_sql() -> None:
    """Print the statements instead of running them (`--sql`)."""
    url = database_url(os.environ.get("DATABASE_URL") or "sqlite://")
    context.configure(dialect_name=url.get_backend_name(), target_metadata=Base.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    print_sql()
elif (given := context.config.attributes.get("connection")) is not None:
    migrate(given)
else:
    asyncio.run(migrate_standalone())
