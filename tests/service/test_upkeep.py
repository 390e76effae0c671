"""Daily backups, copies that are given up, checks and sizes."""

import os
import shutil
import sqlite3
import threading
from collections import namedtuple
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from productify.clock import SettableClock
from productify.errors import KnownError
from productify.store import backup
from service.rig import EDITOR, NOON, reading, recording, until

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
async def filled(tmp_path: Path) -> Path:
    """A data folder with two weeks in it."""
    async with reading(tmp_path / "data") as service:
        await service.demonstration.fill(14, 1, 300, lambda _done, _of: None)
    return tmp_path / "data"


async def test_one_backup_a_day_is_made_by_itself(tmp_path: Path) -> None:
    clock = SettableClock(NOON)
    first, second = (tmp_path / "backups" / f"productify-2026-11-{day}.db" for day in (19, 20))
    async with recording(tmp_path, clock) as rig:
        await rig.show(EDITOR, 10)
        await until(first.exists, "the first day's backup")
    made = first.stat().st_mtime_ns
    clock.advance(3600)
    async with recording(tmp_path, clock) as rig:
        await rig.service.upkeep.back_up_today()
    assert first.stat().st_mtime_ns == made
    clock.advance(86400)
    async with recording(tmp_path, clock) as rig:
        await until(second.exists, "the second day's backup")
        storage = await rig.service.upkeep.storage()
    assert sorted((tmp_path / "backups").iterdir()) == [first, second]
    assert storage.last_backup == date(2026, 11, 20)
    assert storage.backup_bytes == first.stat().st_size + second.stat().st_size
    assert storage.database_bytes >= (tmp_path / "productify.db").stat().st_size
    assert backup.damage(first) == []
    assert first.stat().st_mode & 0o777 == 0o600


async def test_seven_are_kept_beside_three_copies_of_upgrades(filled: Path) -> None:
    backups = filled / "backups"
    backups.mkdir(exist_ok=True)
    for number in range(1, 6):
        shutil.copy(filled / "productify.db", backups / f"before-upgrade-2026010{number}-000000.db")
    days = [date(2026, 2, 25) + timedelta(days=number) for number in range(9)]
    for day in days:
        assert backup.daily(filled / "productify.db", backups, day) is not None
        assert backup.daily(filled / "productify.db", backups, day) is None
    assert [backup.day_of(path) for path in backup.dailies(backups)] == days[:1:-1]
    copies = sorted(path.name[21:23] for path in backups.glob("before-upgrade-*"))
    assert copies == ["03", "04", "05"]


async def test_a_damaged_database_pushes_no_good_backup_out(filled: Path) -> None:
    good = backup.daily(filled / "productify.db", filled / "backups", date(2026, 11, 19))
    with (filled / "productify.db").open("r+b") as file:
        file.seek(8192)
        file.write(os.urandom(200_000))
    with pytest.raises(KnownError, match="could not be written"):
        backup.daily(filled / "productify.db", filled / "backups", date(2026, 11, 20))
    assert list((filled / "backups").iterdir()) == [good]
    assert backup.newest_good(filled / "backups") == good


async def test_a_copy_that_is_no_longer_wanted_is_given_up(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "_LOOKS_UP_EVERY", 1000)  # a few days are copied sooner than the first look comes
    unwanted = threading.Event()
    unwanted.set()
    with pytest.raises(KnownError, match="interrupted"):
        backup.copy_to(filled / "productify.db", filled / "copy.db", unwanted)
    assert not list(filled.glob("copy.db*"))


@pytest.mark.logs
async def test_a_disk_that_is_nearly_full_gets_no_backup_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(10**9, 10**9, 1000))
    async with recording(tmp_path) as rig:
        await rig.show(EDITOR, 10)
        await until(lambda: "disk is nearly full" in caplog.text, "the warning")
        assert await rig.brief() == [("Editor", 0, 10)]
    assert list((tmp_path / "backups").iterdir()) == []


async def test_the_database_is_no_place_for_its_own_copy(filled: Path) -> None:
    before = (filled / "productify.db").read_bytes()
    async with reading(filled) as service:
        for place in (filled / "productify.db", filled):
            with pytest.raises(KnownError, match="no place"):
                await service.upkeep.backup(place)
    assert (filled / "productify.db").read_bytes() == before


async def test_a_check_finds_what_contradicts_itself(filled: Path) -> None:
    async with reading(filled) as service:
        assert await service.upkeep.check() == []
        with closing(sqlite3.connect(filled / "productify.db")) as connection:
            late = connection.execute("SELECT id FROM activities ORDER BY start_time LIMIT 1 OFFSET 50").fetchone()
            connection.execute("UPDATE activities SET start_time = start_time - 600000 WHERE id = ?", late)
            connection.commit()
        wrong = await service.upkeep.check()
    assert any("overlaps" in sentence for sentence in wrong)
    assert any("sums of" in sentence for sentence in wrong)
