"""One recorder, a sound store, an upgrade with a copy: what opening a data folder promises."""

import asyncio
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from productify import paths
from productify.errors import DamagedDatabaseError, KnownError
from productify.paths import DataDir
from productify.service import Service, rescue
from productify.store import migrate
from service.rig import EDITOR, reading, recording, until

RECORD_AND_BE_KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from productify.paths import DataDir
from productify.service import Service

async def record():
    await Service.open(DataDir(Path(sys.argv[1])), record=True, probes=[])
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(record())
"""
RELEASED = migrate.HEAD
NEXT_REVISION = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "{head}", None, None

def upgrade():
    op.add_column("users", sa.Column("nickname", sa.String(50)))
    {more}
"""


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """A data folder with ten seconds and a daily backup in it."""
    backups = tmp_path / "data" / "backups"
    async with recording(tmp_path / "data") as rig:
        await rig.show(EDITOR, 10)
        await until(lambda: any(backups.glob("*.db")), "the daily backup")
    return tmp_path / "data"


async def test_one_recorder_and_any_number_of_readers(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(EDITOR, 10)
        with pytest.raises(KnownError, match="already records into .* productify quit"):
            await Service.open(DataDir(tmp_path), record=True)
        async with reading(tmp_path) as reader:
            assert [row.app_name for row in await reader.reports.activities(*2 * [await reader.reports.today()])] == [
                "Editor"
            ]
        assert (await rig.ask("status") or {})["mode"] == "tracking"
    async with recording(tmp_path):
        pass  # the lock was let go


async def test_an_opening_that_fails_leaves_nothing_behind(folder: Path) -> None:
    """Neither the lock nor a connection, a listener, a mark or a thread stays."""
    (folder / "control.new").mkdir()  # so that the control line cannot write its address
    with pytest.raises(KnownError, match=r"control.json cannot be written"):
        await Service.open(DataDir(folder), record=True, probes=[])
    (folder / "control.new").rmdir()
    async with recording(folder):
        assert (folder / "control.json").exists()
    assert sorted(path.name for path in folder.iterdir()) == ["backups", "productify.db", "recorder.lock"]


async def test_closing_twice_is_harmless(tmp_path: Path) -> None:
    service = await Service.open(DataDir(tmp_path), record=True, probes=[])
    await service.close()
    await service.close()


async def test_a_kill_leaves_its_mark_and_an_orderly_end_none(tmp_path: Path) -> None:
    data_dir = DataDir(tmp_path)
    async with recording(tmp_path):
        assert data_dir.running_mark.exists()
    assert not data_dir.running_mark.exists()
    killed = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", RECORD_AND_BE_KILLED, tmp_path], timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert data_dir.running_mark.exists()
    async with recording(tmp_path):
        pass
    assert not data_dir.running_mark.exists()


@pytest.mark.parametrize("clean", [True, False])
async def test_the_whole_file_is_checked_after_an_unclean_end_only(folder: Path, clean: bool) -> None:
    _spoil_page_of(folder / "productify.db", "screenshots")  # which nobody reads on opening
    if clean:
        async with recording(folder):
            return
    (folder / "running").touch()
    with pytest.raises(DamagedDatabaseError) as told:
        await Service.open(DataDir(folder), record=True)
    newest = next((folder / "backups").glob("*.db"))
    assert told.value.backup == newest
    assert str(newest) in told.value.hint
    assert (folder / "running").exists(), "the next start has to look as well"

    aside = rescue.restore(DataDir(folder), newest)
    assert aside is not None
    async with recording(folder) as rig:
        assert await rig.service.upkeep.check() == []


async def test_damage_that_is_met_later_names_the_newest_good_backup(folder: Path) -> None:
    backups = folder / "backups"
    shutil.copy(next(backups.glob("productify-*.db")), backups / "productify-2026-11-20.db")
    _spoil_page_of(backups / "productify-2026-11-20.db", "screenshots")
    _spoil_page_of(folder / "productify.db", "users")
    with pytest.raises(DamagedDatabaseError) as told:
        await Service.open(DataDir(folder), record=False)
    assert told.value.backup == backups / "productify-2026-11-19.db"


async def test_without_any_backup_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "productify.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(DamagedDatabaseError, match="There is no good backup") as told:
        await Service.open(DataDir(tmp_path), record=False)
    assert told.value.backup is None


async def test_a_backup_of_another_program_is_refused(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "places.sqlite")) as other:
        other.execute("CREATE TABLE moz_places (id)")
    before = (folder / "productify.db").read_bytes()
    with pytest.raises(KnownError, match="no backup of Productify Pro"):
        rescue.restore(DataDir(folder), folder / "places.sqlite")
    assert (folder / "productify.db").read_bytes() == before


async def test_nothing_is_restored_under_a_running_app(folder: Path) -> None:
    async with recording(folder):
        with pytest.raises(KnownError, match="is running"):
            rescue.restore(DataDir(folder), next((folder / "backups").glob("*.db")))


async def test_a_folder_with_odd_characters(tmp_path: Path) -> None:
    folder = tmp_path / "100% odd?#&'ü"
    folder.mkdir()
    async with recording(folder) as rig:
        await rig.show(EDITOR, 10)
        assert await rig.service.upkeep.check() == []
        await rig.service.upkeep.backup(folder / "copy.db")
    (folder / "productify.db").write_bytes(b"gone")
    rescue.restore(DataDir(folder), folder / "copy.db")
    async with recording(folder) as rig:
        assert await rig.brief() == [("Editor", 0, 10)]


async def test_an_older_database_is_copied_and_then_upgraded(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ship_next_revision(tmp_path, monkeypatch)
    async with recording(folder) as rig:
        assert await rig.brief() == [("Editor", 0, 10)]
    (copy,) = (folder / "backups").glob("before-upgrade-*.db")
    assert (_revision(copy), _revision(folder / "productify.db")) == (RELEASED, "9999")
    assert "nickname" not in _columns(copy)
    assert "nickname" in _columns(folder / "productify.db")


async def test_an_upgrade_that_fails_changes_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ship_next_revision(tmp_path, monkeypatch, "raise RuntimeError('half-way')")
    with pytest.raises(RuntimeError, match="half-way"):
        await Service.open(DataDir(folder), record=True)
    assert _revision(folder / "productify.db") == RELEASED
    assert "nickname" not in _columns(folder / "productify.db")


async def test_a_newer_database_is_refused_untouched(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer_app:
        _ship_next_revision(tmp_path, newer_app)
        async with recording(folder):
            pass
    before = (folder / "productify.db").read_bytes()
    for record in (True, False):
        with pytest.raises(KnownError, match="newer version"):
            await Service.open(DataDir(folder), record=record)
    assert (folder / "productify.db").read_bytes() == before
    with pytest.raises(KnownError, match="newer version"):
        rescue.restore(DataDir(folder), folder / "productify.db")


def _ship_next_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str = "") -> None:
    """Make this the app of tomorrow, with one more revision."""
    shipped = tmp_path / "migrations"
    shutil.copytree(paths.migrations_dir(), shipped, ignore=shutil.ignore_patterns("__pycache__"))
    (shipped / "versions" / "9999_next.py").write_text(NEXT_REVISION.format(head=migrate.HEAD, more=more))
    monkeypatch.setattr(paths, "migrations_dir", lambda: shipped)
    monkeypatch.setattr(migrate, "REVISIONS", (*migrate.REVISIONS, "9999"))
    monkeypatch.setattr(migrate, "HEAD", "9999")


def _spoil_page_of(database: Path, table: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


def _revision(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def _columns(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return [row[1] for row in connection.execute("PRAGMA table_info(users)")]
