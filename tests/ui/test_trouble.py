"""The real app over a record that cannot be opened: it says so, and offers the ways out."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from productify.engine import EngineRoom
from productify.errors import KnownError
from productify.paths import DataDir
from productify_ui.app import App
from productify_ui.opening import day_of
from productify_ui.text import formats
from ui.conftest import until

pytestmark = [
    pytest.mark.logs,  # the off-screen platform remarks on raised windows and on the tray
    pytest.mark.filterwarnings("default::ResourceWarning"),
]
PICTURES = os.environ.get("PRODUCTIFY_TEST_PICTURES")


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    """A data folder with two days and a backup of them."""
    folder = tmp_path_factory.mktemp("sound")
    command = [sys.executable, "-m", "productify_ui", "--data-dir", str(folder)]
    for words in (("demo", "--days", "2", "--per-day", "40"), ("backup", str(folder / "backups" / "mine.db"))):
        subprocess.run([*command, *words], check=True, capture_output=True, timeout=60)
    return folder


@pytest.fixture
def data(sound: Path, tmp_path: Path) -> DataDir:
    shutil.copytree(sound, tmp_path / "data")
    return DataDir(tmp_path / "data")


def _tear(database: Path) -> None:
    """Overwrite the middle of a database, as a failing disk does; its head stays whole."""
    for part in database.parent.glob(f"{database.name}-*"):
        part.unlink()
    with database.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(database.stat().st_size - 8192))


def _keep(app: App, name: str) -> None:
    if PICTURES:
        assert app.window is not None
        app.window.grab().save(str(Path(PICTURES) / f"{name}.png"))


def _rows(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM activities").fetchone()[0])


def test_a_torn_record_is_put_back_from_its_backup(data: DataDir, run_app) -> None:
    before = _rows(data.database)
    _tear(data.database)
    torn = data.database.read_bytes()

    async def play(app: App) -> None:
        await until(lambda: app.trouble is not None, 20)
        window, trouble = app.window, app.trouble
        assert window is not None
        assert trouble is not None
        assert trouble.isVisible()
        assert not window.page.isVisible()
        assert not window.sidebar.isVisible()
        assert "damaged" in trouble.text.text()
        day = formats.day(day_of(data.backups / "mine.db"))
        assert day in trouble.restore.text()
        assert day in trouble.hint.text()
        assert "trouble" in app.tray.summary.text().casefold()
        assert "cannot be read" in app.tray.current.text()
        _keep(app, "trouble-damaged")
        QTest.mouseClick(trouble.restore, Qt.MouseButton.LeftButton)
        assert not trouble.retry.isEnabled()
        assert trouble.quit.isEnabled()
        await until(lambda: app.trouble is None, 20)
        await until(lambda: window.page.isVisible() and window.page.settled, 20)
        assert not window.page.banner.isVisible()
        assert window.sidebar.isVisible()
        assert "cannot be read" not in app.tray.current.text()
        assert [toast.accessibleName() for toast in window.toasts.shown if day in toast.accessibleName()]
        _keep(app, "trouble-mended")

    run_app(data, play)
    assert _rows(data.database) >= before
    kept = next(data.root.glob("productify-before-restore-*.db"))
    assert kept.read_bytes() == torn


def test_without_a_backup_it_can_be_tried_again(data: DataDir, run_app) -> None:
    (data.backups / "mine.db").unlink()
    whole = data.database.read_bytes()
    _tear(data.database)

    async def play(app: App) -> None:
        await until(lambda: app.trouble is not None, 20)
        trouble = app.trouble
        assert trouble is not None
        assert not trouble.restore.isVisible()
        assert "no good backup" in trouble.hint.text()
        _keep(app, "trouble-no-backup")
        trouble.retry.click()
        assert not trouble.retry.isEnabled()
        await until(trouble.retry.isEnabled, 20)
        assert app.trouble is trouble
        data.database.write_bytes(whole)
        trouble.retry.click()
        await until(lambda: app.trouble is None, 20)

    run_app(data, play)


def test_a_newer_record_is_told_when_the_window_is_opened(data: DataDir, run_app) -> None:
    with closing(sqlite3.connect(data.database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'from_the_future'")
        connection.commit()

    async def play(app: App) -> None:
        await until(lambda: app.opening.error is not None, 20)
        app.show_window()
        trouble = app.trouble
        assert trouble is not None
        assert "newer version" in trouble.title.text()
        assert not trouble.restore.isVisible()
        assert not trouble.hint.isVisible()
        _keep(app, "trouble-newer")
        window = app.window
        assert window is not None
        window.close()  # with no record there is nothing to stay for
        await asyncio.wait_for(app._ended.wait(), 5)

    run_app(data, play, minimized=True)


def test_the_engine_room_opens_again_and_repairs_before() -> None:
    done: list[str] = []

    async def open_service():
        done.append("open")
        if "repair" not in done:
            raise KnownError("It is broken.")
        return _Service(done)

    async def ask(service: _Service) -> str:
        return service.name

    room = EngineRoom(open_service)
    room.start()
    try:
        for _ in range(2):
            with pytest.raises(KnownError, match="It is broken"):
                room.submit(ask).result(5)
        room.reopen()
        with pytest.raises(KnownError, match="It is broken"):
            room.submit(ask).result(5)
        room.reopen(_refuse)
        with pytest.raises(KnownError, match="No copy"):
            room.submit(ask).result(5)
        room.reopen(lambda: done.append("repair"))
        assert room.submit(ask).result(5) == "whole"
        room.reopen()  # what is open stays open
        assert room.submit(ask).result(5) == "whole"
    finally:
        room.stop()
    assert done == ["open", "open", "repair", "open", "close"]


class _Service:
    name = "whole"

    def __init__(self, done: list[str]) -> None:
        self._done = done

    async def close(self) -> None:
        self._done.append("close")


def _refuse() -> None:
    raise KnownError("No copy.")
