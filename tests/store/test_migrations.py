"""Migrations go up, down and up again, and leave what the tables say, on both databases and from the command line."""

import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from productify import paths
from productify.store import migrate
from productify.store.database import Database
from productify.store.schema import Base
from store.conftest import Store

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def empty(empty_url: str) -> AsyncIterator[Database]:
    """A new database without tables."""
    db = Database(empty_url)
    yield db
    await db.close()


def config(connection: Connection | None = None) -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(paths.migrations_dir()))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": migrate.is_compared})
    return list(compare_metadata(context, Base.metadata))


async def tables(db: Database) -> set[str]:
    async with db.reader.connect() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        return {name for name in names if migrate.is_compared(None, name, "table")}


async def test_up_down_and_up_again(empty: Database) -> None:
    assert await migrate.current_revision(empty.writer) is None
    await migrate.migrate(empty.writer)
    assert await migrate.current_revision(empty.writer) == migrate.HEAD
    await migrate.change_tables(empty.writer, lambda connection: command.downgrade(config(connection), "-1"))
    assert await migrate.current_revision(empty.writer) == migrate.REVISIONS[-2]
    await migrate.migrate(empty.writer)
    assert await tables(empty) == {*Base.metadata.tables, "alembic_version"}
    await migrate.change_tables(empty.writer, lambda connection: command.downgrade(config(connection), "base"))
    assert await tables(empty) == {"alembic_version"}
    await migrate.migrate(empty.writer)
    assert await tables(empty) == {*Base.metadata.tables, "alembic_version"}


async def test_the_migrated_tables_are_those_of_the_code(store: Store) -> None:
    async with store.db.reader.connect() as connection:
        assert await connection.run_sync(differences) == []


def test_the_known_revisions_are_the_scripts() -> None:
    script = ScriptDirectory.from_config(config())
    assert [each.revision for each in script.walk_revisions()][::-1] == list(migrate.REVISIONS)
    assert script.get_heads() == [migrate.HEAD]


def test_only_an_unknown_revision_is_newer() -> None:
    assert not migrate.is_newer(migrate.HEAD)
    assert migrate.is_newer("9999")


def test_a_current_database_needs_no_alembic(migrated_file: Path) -> None:
    code = (
        "import asyncio, sys; from pathlib import Path\n"
        "from productify.store import migrate; from productify.store.database import Database\n"
        "async def main():\n"
        f"    db = Database(Path({str(migrated_file)!r})); await migrate.migrate(db.writer); await db.close()\n"
        "asyncio.run(main()); sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


async def test_a_failed_migration_changes_nothing(local: Store) -> None:
    def break_it(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE added (id INTEGER)")
        connection.exec_driver_sql("UPDATE user_settings SET user_id = 'nobody'")

    with pytest.raises(RuntimeError, match="without their parents"):
        await migrate.change_tables(local.db.writer, break_it)
    assert "added" not in await tables(local.db)
    async with local.db.writer.connect() as connection:
        assert (await connection.exec_driver_sql("PRAGMA foreign_keys")).scalar() == 1
        assert (
            await connection.exec_driver_sql("SELECT count(*) FROM user_settings WHERE user_id = 'nobody'")
        ).scalar() == 0


async def test_a_folder_with_a_percent_sign(
    migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = tmp_path / "100%20 sure"
    shutil.copytree(paths.migrations_dir(), odd, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(paths, "migrations_dir", lambda: odd)
    db = Database(tmp_path / "100%.db")
    await migrate.migrate(db.writer)
    assert await migrate.current_revision(db.writer) == migrate.HEAD
    await db.close()


def alembic(folder: Path, url: str, *arguments: str) -> str:
    """Run the `alembic` command as a developer does, in the project's root."""
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "alembic", *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_documented_commands_work_from_the_root(empty_url: str) -> None:
    alembic(ROOT, empty_url, "upgrade", "head")
    assert migrate.HEAD in alembic(ROOT, empty_url, "current")
    assert "No new upgrade operations" in alembic(ROOT, empty_url, "check")
    alembic(ROOT, empty_url, "downgrade", "-1")
    assert migrate.REVISIONS[-2] in alembic(ROOT, empty_url, "current")
    assert migrate.HEAD in alembic(ROOT, empty_url, "history")


def test_a_new_revision_is_written_in_the_house_style(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "migrations", tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    for script in (tmp_path / "migrations/versions").glob("0*.py"):
        script.unlink()
    alembic(tmp_path, f"sqlite:///{tmp_path / 'new.db'}", "revision", "--autogenerate", "-m", "all tables")
    written = (tmp_path / "migrations/versions/all_tables.py").read_text()
    assert "UtcDateTime()" in written
    assert "from productify.store.schema.types import UtcDateTime" in written
    compile(written, "all_tables.py", "exec")
    assert not list((tmp_path / "migrations/versions").glob("*first*"))


def test_without_an_address_the_default_store_is_meant(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment["PRODUCTIFY_DATA_DIR"] = str(tmp_path)
    subprocess.run([sys.executable, "-m", "alembic", "upgrade", "head"], cwd=ROOT, env=environment, check=True)
    assert (tmp_path / "productify.db").stat().st_size > 0
