"""A strict session under kill -9: it goes on until its end, with and without what starts the app again."""

import json
import os
import shlex
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from commands import command, environment, productify
from desktop_session import DesktopSession, missing_programs, wait_until
from productify.service.focusing import restart_unit

pytestmark = pytest.mark.desktop

KILLS = 3
START_SECONDS = 40


@pytest.fixture(scope="module")
def session() -> Iterator[DesktopSession]:
    assert not missing_programs(), f"sh installer/test.sh installs these: {missing_programs()}"
    with DesktopSession("800x600") as session:
        yield session


class Supervised:
    """Does with a unit what systemd does, where none runs: starts it, and again when it fails."""

    def __init__(self, unit: str, env: dict[str, str]) -> None:
        said = dict(line.split("=", 1) for line in unit.splitlines() if "=" in line)
        assert said["Restart"] == "on-failure"
        self._words = shlex.split(said["ExecStart"])
        self._pause = float(said["RestartSec"])
        self._env = env
        self._is_wanted = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.process: subprocess.Popen[bytes] | None = None
        self.starts = 0

    def __enter__(self) -> "Supervised":
        self._is_wanted.set()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_wanted.clear()
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
        self._thread.join()

    @property
    def has_ended(self) -> bool:
        return not self._thread.is_alive()

    def _run(self) -> None:
        while self._is_wanted.is_set():
            self.starts += 1
            self.process = subprocess.Popen(self._words, env=self._env, stdin=subprocess.DEVNULL)
            if self.process.wait() == 0:
                return
            threading.Event().wait(self._pause)


def test_a_strict_session_goes_on_after_each_kill(session: DesktopSession, tmp_path: Path) -> None:
    lefts: list[float] = []
    for life in range(KILLS):
        with _recorder(session, tmp_path) as process:
            if life == 0:
                done = productify("focus", "start", "--minutes", "600", "--strict", data=tmp_path)
                assert done.returncode == 0, done.stderr
            lefts.append(_status(tmp_path)["left_seconds"])
            assert productify("focus", "stop", data=tmp_path).returncode == 1
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert productify("focus", "release", data=tmp_path).stdout.endswith("A session goes on.\n")
    assert lefts == sorted(lefts, reverse=True), "time goes on while the app is gone"
    assert 600 * 60 - 120 < lefts[-1] < 600 * 60
    with _recorder(session, tmp_path):
        done = productify("focus", "emergency", data=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "No focus session" in productify("focus", "status", data=tmp_path).stdout
    assert productify("check", data=tmp_path).stdout == "The database is sound.\n"


def test_the_unit_brings_the_app_back_until_no_strict_session_is_left(session: DesktopSession, tmp_path: Path) -> None:
    """No systemd runs here: what it does with the unit is done by the test."""
    env = environment(tmp_path, session.env)
    with _app(session, tmp_path) as app:
        done = productify("focus", "start", "--minutes", "600", "--strict", data=tmp_path)
        assert done.returncode == 0, done.stderr
        with Supervised(restart_unit.unit(tmp_path), env) as unit:
            app.send_signal(signal.SIGKILL)
            app.wait()
            second = _another(tmp_path, app.pid)
            assert _status(tmp_path)["strict"]
            assert unit.process is not None
            unit.process.send_signal(signal.SIGKILL)
            wait_until(lambda: unit.starts == 2, "the unit to start again", START_SECONDS)
            assert _pid(tmp_path) == second, "the app lives on when its starter dies"
            os.kill(second, signal.SIGKILL)
            third = _another(tmp_path, second)
            assert productify("focus", "emergency", data=tmp_path).returncode == 0
            wait_until(lambda: unit.has_ended, "the unit to end", START_SECONDS)
            assert _pid(tmp_path) == third, "the app lives on when nothing has to start it again"
            assert productify("quit", data=tmp_path).returncode == 0
            wait_until(lambda: _pid(tmp_path) is None, "the end", START_SECONDS)


@contextmanager
def _recorder(session: DesktopSession, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    yield from _running(session, folder, "track")


@contextmanager
def _app(session: DesktopSession, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    yield from _running(session, folder, "--minimized")


def _running(session: DesktopSession, folder: Path, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
    (folder / "control.json").unlink(missing_ok=True)
    process = subprocess.Popen(command(*words), env=environment(folder, session.env), stdin=subprocess.DEVNULL)
    try:
        wait_until((folder / "control.json").exists, "the app", START_SECONDS)
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _another(folder: Path, before: int) -> int:
    """Return the process that answers instead of the one that was killed."""

    def found() -> int | None:
        pid = _pid(folder)
        return pid if pid not in (None, before) and _status(folder, patient=True) else None

    return wait_until(found, "the app to come back", START_SECONDS) or 0


def _pid(folder: Path) -> int | None:
    path = folder / "control.json"
    return json.loads(path.read_text("utf-8"))["pid"] if path.exists() else None


def _status(folder: Path, *, patient: bool = False) -> dict[str, Any]:
    done = productify("focus", "status", "--json", data=folder)
    told = json.loads(done.stdout or "{}")
    assert patient or told["running"], done.stderr
    return dict(told.get("session") or {}) if told.get("running") else {}
