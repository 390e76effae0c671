"""Two minutes of known work, on X11 and on a headless sway: the record must say the same.

Both are lived at the same time, each on a desktop of its own, as most of either is waiting.
"""

import json
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

import sway_session
from desktop.conftest import RunningApp
from desktop.timetable import Lived, World, compare, live, record, set_idle_timeout
from desktop_session import DesktopSession, missing_programs
from sway_session import SwaySession

pytestmark = pytest.mark.desktop
_PATIENCE = 180.0
"""Seconds that one waits for the other's windows at most."""


class X11World(World):
    """Witnessed by xprop."""

    witness = ("xprop", "-root", "-spy", "_NET_ACTIVE_WINDOW")

    def terminals(self) -> dict[str, int]:
        """Open two terminals and return their windows by title."""
        return {title: self.session.xterm(title)[1] for title in ("compile", "read the log")}

    def find(self, part: str) -> int:
        """Return the window with `part` in its title, 0 where there is none."""
        found = self.session.xdotool("search", "--onlyvisible", "--name", part).split()
        return int(found[0]) if found else 0

    def activate(self, window: int) -> None:
        """Bring a window to the front."""
        self.session.activate(window)

    def press(self) -> None:
        """Press a key that does nothing."""
        self.session.xdotool("key", "--clearmodifiers", "shift")

    def seen(self, line: str) -> int:
        """Return the window that xprop names."""
        return int(line.split("#")[1].split(",")[0], 16)


class SwayWorld(World):
    """Witnessed by swaymsg."""

    witness = ("swaymsg", "--raw", "-t", "subscribe", "-m", '["window"]')
    session: SwaySession

    def terminals(self) -> dict[str, int]:
        """Open a Wayland and an X11 terminal and return their windows by title."""
        self.session.foot("compile")
        self.session.xterm("read the log")
        return {title: self.find(title) for title in ("compile", "read the log")}

    def find(self, part: str) -> int:
        """Return the window with `part` in its title, 0 where there is none."""
        return next((node["id"] for node in self.session.nodes() if part in (node.get("name") or "")), 0)

    def activate(self, window: int) -> None:
        """Bring a window to the front."""
        self.session.swaymsg(f"[con_id={window}] focus")

    def press(self) -> None:
        """Press a key that does nothing."""
        self.session.press()

    def seen(self, line: str) -> int:
        """Return the window that sway gives the focus."""
        event = json.loads(line)
        return int(event["container"]["id"]) if event.get("change") == "focus" else 0


def _on_x11(folder: Path, ready: threading.Barrier) -> Lived:
    """By the app, in the tray."""
    with DesktopSession("1600x1000", tint2=True, dunst=True) as session:
        app = RunningApp(session, folder / "data")
        app.start()
        app.ask("quit")
        assert app.process is not None
        app.process.wait(15)
        set_idle_timeout(app)
        app.start("--minimized")
        table, back = live(app, X11World(session), folder, ready)
        assert app.stop() == 0
        assert app.ask("check").returncode == 0
        return Lived(table, back, record(app))


def _on_sway(folder: Path, ready: threading.Barrier) -> Lived:
    """By `productify track`, in Wayland and X11 windows: the app's own would come to the front without a tray."""
    with SwaySession() as session:
        app = RunningApp(session, folder / "data")
        app.start("track")
        app.ask("quit")
        assert app.process is not None
        app.process.wait(15)
        set_idle_timeout(app)
        app.start("track")
        table, back = live(app, SwayWorld(session), folder, ready)
        assert app.stop() == 0
        return Lived(table, back, record(app))


_LIVES: dict[str, Callable[[Path, threading.Barrier], Lived]] = {"x11": _on_x11, "sway": _on_sway}


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, "Future[Lived]"]:
    """Both, lived to their ends."""
    missing = {*missing_programs(), *sway_session.missing_programs()}
    assert not missing, f"sh installer/test.sh installs these: {missing}"
    ready = threading.Barrier(len(_LIVES), timeout=_PATIENCE)
    folders = {name: tmp_path_factory.mktemp(name) for name in _LIVES}

    def lived(name: str) -> Lived:
        try:
            return _LIVES[name](folders[name], ready)
        except BaseException:
            ready.abort()  # the other need not wait
            raise

    with ThreadPoolExecutor(len(_LIVES)) as together:
        return {name: together.submit(lived, name) for name in _LIVES}


@pytest.mark.parametrize("name", _LIVES)
def test_the_record_is_the_timetable(name: str, lives: dict[str, "Future[Lived]"]) -> None:
    compare(lives[name].result())
