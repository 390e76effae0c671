"""Log-out, shut-down, suspend and a terminal that closes: the record ends truthfully, and so does the app."""

import json
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from desktop.conftest import RunningApp
from desktop_session import DesktopSession, wait_until
from system_bus import SystemBus

pytestmark = pytest.mark.desktop
_AT_ONCE = timedelta(seconds=1)
_LEAST = 1.2
"""Seconds that something has to last to stand in the record by itself."""


@dataclass
class SessionManager:
    """A session manager of X11 (xsm), used as a person does."""

    session: DesktopSession

    def log_out(self, *, politely: bool) -> datetime:
        """Choose to shut down, after asking every program or at once; returns when that was."""
        main = self._window("xsm: Default")
        self.session.xdotool("mousemove", "--window", main, 150, 48, "mousedown", 1)
        time.sleep(0.3)
        self.session.xdotool("mousemove_relative", 0, 22 if politely else 45)
        if not politely:
            return self._release()
        self.session.xdotool("mouseup", 1)
        asked = self._window("Shutdown")
        self.session.xdotool("type", "test")
        self.session.xdotool("mousemove", "--window", asked, 48, 138, "mousedown", 1)
        return self._release()

    def _release(self) -> datetime:
        now = datetime.now(UTC)
        self.session.xdotool("mouseup", 1)
        return now

    def _window(self, name: str) -> int:
        def found() -> int:
            windows = self.session.xdotool("search", "--onlyvisible", "--name", f"^{name}$").split()
            return int(windows[-1]) if windows else 0

        return wait_until(found, name)


@pytest.fixture
def manager(session: DesktopSession, app: RunningApp, tmp_path: Path) -> Iterator[SessionManager]:
    """A session manager that the app will find; it ends with the test's other programs."""
    told = session.root / "home" / "address"
    told.unlink(missing_ok=True)
    startup = f"sh -c 'echo $SESSION_MANAGER > {told}; exec sleep 1000'\n"
    (session.root / "home" / ".xsmstartup").write_text(startup)
    session.spawn("xsm", env={"SM_SAVE_DIR": str(tmp_path)})
    address = wait_until(lambda: told.exists() and told.read_text().strip(), "the session manager")
    session.env["SESSION_MANAGER"] = str(address)
    yield SessionManager(session)
    del session.env["SESSION_MANAGER"]


@pytest.fixture
def system(session: DesktopSession, app: RunningApp) -> Iterator[SystemBus]:
    """A system bus with logind that the app will find."""
    bus = SystemBus(session)
    session.env["DBUS_SYSTEM_BUS_ADDRESS"] = bus.env["DBUS_SYSTEM_BUS_ADDRESS"]
    yield bus
    del session.env["DBUS_SYSTEM_BUS_ADDRESS"]


def at_work(app: RunningApp) -> None:
    """Start the app with a window in front, and let some of it be recorded."""
    app.start("--minimized")
    app.session.xterm("at work")
    wait_until(lambda: any(row["app_name"] == "XTerm" for row in rows(app)), "the row", 15)


def rows(app: RunningApp) -> list[dict[str, Any]]:
    """Return what is on disk."""
    return list(json.loads(app.ask("activities", "--json").stdout))


def ends(app: RunningApp) -> datetime:
    """Return the end of what was recorded last."""
    return max(datetime.fromisoformat(row["end_time"]) for row in rows(app))


def whole(app: RunningApp) -> bool:
    """Whether what was recorded has neither a gap nor an overlap."""
    spans = sorted((row["start_time"], row["end_time"]) for row in rows(app))
    return all(one[1] == other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize("politely", [True, False])
def test_a_log_out_by_the_session_manager(app: RunningApp, manager: SessionManager, politely: bool) -> None:
    at_work(app)
    asked = manager.log_out(politely=politely)
    assert app.process.wait(15) == 0
    assert abs(ends(app) - asked) < _AT_ONCE
    assert whole(app)
    assert not (app.data / "control.json").exists()


_REFUSES = """
import asyncio, ctypes, os
from productify.tracker.backends import xsmp

library = xsmp._library()
library.SmcInteractRequest.argtypes = [ctypes.c_void_p, ctypes.c_int, xsmp._WORD, ctypes.c_void_p]
library.SmcInteractDone.argtypes = [ctypes.c_void_p, ctypes.c_int]


class Editor(xsmp.SessionManager):
    def _save_yourself(self, sm, data, kind, shutdown, style, fast):
        if shutdown:
            library.SmcInteractRequest(self._connection, 1, refuse, None)
        else:
            super()._save_yourself(sm, data, kind, shutdown, style, fast)


@xsmp._WORD
def refuse(sm, data):
    library.SmcInteractDone(sm, 1)
    library.SmcSaveYourselfDone(sm, 1)
    print("refused", flush=True)


async def main():
    editor = Editor(os.environ)
    await editor.start(lambda event: None)
    print("here", flush=True)
    await editor.lost()


asyncio.run(main())
"""


def test_a_log_out_that_another_app_cancels_goes_on_recording(app: RunningApp, manager: SessionManager) -> None:
    session = app.session
    at_work(app)
    log = session.root / f"{sys.executable.rpartition('/')[2]}.log"
    before = log.read_text().count("refused") if log.exists() else 0
    session.spawn(sys.executable, "-c", _REFUSES)
    wait_until(lambda: "here" in log.read_text(), "the other app")
    manager.log_out(politely=True)
    wait_until(lambda: log.read_text().count("refused") > before, "the other app to refuse")
    time.sleep(_LEAST)
    later = datetime.now(UTC)
    wait_until(lambda: ends(app) > later, "recording to go on", 15)
    assert app.process.poll() is None
    assert app.stop() == 0


@pytest.mark.parametrize(("name", "cause"), [("PrepareForShutdown", None), ("PrepareForSleep", "asleep")])
def test_what_logind_announces_is_on_disk_before_it_happens(
    app: RunningApp, system: SystemBus, name: str, cause: str | None
) -> None:
    at_work(app)
    asked = datetime.now(UTC)
    system.signal(name, "true")
    time.sleep(_LEAST)
    front = [row for row in rows(app) if row["cause"] is None]
    assert abs(datetime.fromisoformat(front[-1]["end_time"]) - asked) < _AT_ONCE
    system.signal(name, "false")
    later = datetime.now(UTC)
    wait_until(lambda: ends(app) > later and rows(app)[-1]["app_name"] == "XTerm", "recording to go on", 15)
    assert [row["cause"] for row in rows(app)[-3:] if row["cause"]] == ([cause] if cause else [])
    assert app.stop() == 0


def test_a_terminal_that_closes_ends_the_app_and_the_record(app: RunningApp) -> None:
    at_work(app)
    asked = datetime.now(UTC)
    assert app.stop(signal.SIGHUP) == 0
    assert abs(ends(app) - asked) < _AT_ONCE
    assert whole(app)
