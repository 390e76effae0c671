"""Monitors that come, go and change their size while the app runs: record and window outlast it."""

import json
import subprocess
import time
from collections.abc import Iterator

import pytest

from desktop.conftest import RunningApp
from desktop_session import DesktopSession, wait_until

pytestmark = pytest.mark.desktop

_MONITORS = {
    "second monitor": (800, 2),
    "one monitor": (1600, 1),
    "small": (1024, 1),
    "dark": (1600, 0),
    "large": (1600, 1),
}
"""How wide the first monitor is after each change, and how many there are."""

_MODE = ("0", "1024", "0", "0", "1024", "768", "0", "0", "768")
_STAY = 1.3
"""Seconds in front of each window: more than a passing visit."""


@pytest.fixture
def session() -> Iterator[DesktopSession]:
    """A desktop of its own, as it does not keep its size; its monitor also knows a small mode."""
    with DesktopSession("1600x1000") as session:
        _xrandr(session, "--newmode", "small", *_MODE)
        _xrandr(session, "--addmode", "screen", "small")
        yield session


def _xrandr(session: DesktopSession, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(["xrandr", *arguments], env=session.env, capture_output=True, timeout=10, check=False)


def _change(session: DesktopSession, change: str) -> tuple[int, int]:
    """Do what docking does to the monitors, and return how wide the first is and how many there are."""
    match change:
        case "second monitor":
            _xrandr(session, "--setmonitor", "left", "800/200x1000/250+0+0", "screen")
            _xrandr(session, "--setmonitor", "right", "800/200x1000/250+800+0", "none")
        case "one monitor":
            _xrandr(session, "--delmonitor", "right")
            _xrandr(session, "--delmonitor", "left")
        case "small":
            _xrandr(session, "--output", "screen", "--mode", "small")
        case "dark":
            _xrandr(session, "--output", "screen", "--off")  # as between two docks; the X server keeps its size
        case "large":
            _xrandr(session, "--output", "screen", "--mode", "1600x1000")
    counted = _xrandr(session, "--listmonitors").stdout.split()
    return int(session.xdotool("getdisplaygeometry").split()[0]), int(counted[1])


def _app_window(session: DesktopSession) -> int:
    """Return the app's window if it is in view and not a dialog or an icon, else 0."""
    found = session.xdotool("search", "--onlyvisible", "--name", "^Productify Pro$").split()
    return next((int(each) for each in found if "Geometry: 1x1" not in session.xdotool("getwindowgeometry", each)), 0)


def test_record_and_window_outlast_other_monitors(app: RunningApp) -> None:
    session = app.session
    app.start()
    window = wait_until(lambda: _app_window(session), "the window")
    changes = ("second monitor", "one monitor", "small", "large", "dark", "large", "small")
    for number, change in enumerate(changes):
        assert _change(session, change) == _MONITORS[change]
        process, _handle = session.xterm(f"after {number}, {change}")
        time.sleep(_STAY)
        session.end(process)
    session.activate(window)
    assert _reaches_into_view(session, window)
    app.picture("small-monitor")
    session.xdotool("key", "ctrl+shift+space")
    wait_until(lambda: json.loads(app.ask("status", "--json").stdout)["mode"] == "paused", "the pause")
    assert app.stop() == 0
    rows = json.loads(app.ask("activities", "--json").stdout)
    stays = {row["window_title"]: row["duration"] for row in rows if (row["window_title"] or "").startswith("after")}
    assert list(stays) == [f"after {number}, {change}" for number, change in enumerate(changes)]
    assert min(stays.values()) >= 1


def _reaches_into_view(session: DesktopSession, window: int) -> bool:
    """Whether the window's upper left part, by which it is moved, lies on the monitor."""
    place = dict(line.split("=") for line in session.xdotool("getwindowgeometry", "--shell", window).splitlines())
    return 0 <= int(place["X"]) < 924 and 0 <= int(place["Y"]) < 668
