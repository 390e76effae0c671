"""The tray, used as a person does: the icon is clicked, its menu opened and chosen from."""

import json
import subprocess
import time

import pytest

from desktop.conftest import RunningApp
from desktop_session import DesktopSession, wait_until

pytestmark = pytest.mark.desktop
_LEAST = 1.2
"""Seconds that something has to last to stand in the record by itself."""

_PAST_FOCUS = ("Down", "Down")
"""Keys that go past "Start focus" and "Take a break"."""


def _geometry(session: DesktopSession, window: str) -> dict[str, int]:
    lines = session.xdotool("getwindowgeometry", "--shell", window).splitlines()
    return {key: int(value) for key, _, value in (line.partition("=") for line in lines) if value.isdigit()}


def _icon(session: DesktopSession) -> tuple[int, int]:
    """Return the middle of the icon in the panel."""

    def found() -> tuple[int, int] | None:
        for window in session.xdotool("search", "--onlyvisible", "--class", "productify").split():
            place = _geometry(session, window)
            if 0 < place.get("WIDTH", 0) <= 48 and place["Y"] > 900:
                return place["X"] + place["WIDTH"] // 2, place["Y"] + place["HEIGHT"] // 2
        return None

    return wait_until(found, "the icon in the tray", 20)


def _shown(session: DesktopSession) -> int:
    """Return the app's window if it is in view, else 0."""
    found = session.xdotool("search", "--onlyvisible", "--name", "^Productify Pro$").split()
    return next((int(window) for window in found if _geometry(session, window).get("WIDTH", 0) > 500), 0)


def _menus(session: DesktopSession) -> int:
    """Return how many of the app's windows are in view, menus included."""
    return len(session.xdotool("search", "--onlyvisible", "--class", "productify").split())


def _close(session: DesktopSession, window: int) -> None:
    subprocess.run(["wmctrl", "-i", "-c", str(window)], env=session.env, check=True)


def _asks(session: DesktopSession) -> bool:
    return session.active() != 0 and "in the tray" in session.xdotool("getwindowname", session.active())


def _mode(app: RunningApp) -> str:
    return str(json.loads(app.ask("status", "--json").stdout)["mode"])


def _open_menu(session: DesktopSession, icon: tuple[int, int]) -> None:
    before = _menus(session)
    session.xdotool("mousemove", *icon, "click", 3)
    wait_until(lambda: _menus(session) > before, "the menu")
    time.sleep(0.3)  # a menu takes no key before it has faded in


def test_the_menu_pauses_resumes_and_quits(app: RunningApp) -> None:
    session = app.session
    app.start("--minimized")
    icon = _icon(session)
    session.xterm("at work")
    _open_menu(session, icon)
    app.picture("tray-menu")
    session.xdotool("key", *_PAST_FOCUS, "Down", "Right")
    time.sleep(0.3)
    app.picture("tray-pause")
    session.xdotool("key", "Return")
    wait_until(lambda: _mode(app) == "paused", "the pause")
    time.sleep(_LEAST)
    until = json.loads(app.ask("status", "--json").stdout)["paused_until"]
    assert until is not None  # the first choice is a quarter of an hour
    _open_menu(session, icon)
    app.picture("tray-paused")
    session.xdotool("key", *_PAST_FOCUS, "Down", "Return")
    wait_until(lambda: _mode(app) == "tracking", "recording")
    _open_menu(session, icon)
    session.xdotool("key", *_PAST_FOCUS, "Down", "Down", "Return")
    wait_until(lambda: _mode(app) == "incognito", "incognito")
    time.sleep(_LEAST)
    _open_menu(session, icon)
    app.picture("tray-incognito")
    session.xdotool("key", "Up", "Return")
    assert app.process.wait(15) == 0
    causes = [row["cause"] for row in json.loads(app.ask("activities", "--json").stdout)]
    assert "paused" in causes
    assert "private" in causes


def test_closing_the_window_keeps_tracking_and_a_click_brings_it_back(app: RunningApp) -> None:
    session = app.session
    app.start()
    front = wait_until(lambda: _shown(session), "the window")
    assert str(front) in session.xdotool("search", "--classname", "^productify$").split()
    _close(session, front)
    wait_until(lambda: _asks(session), "the question")
    app.picture("closing")
    session.xdotool("key", "Return")
    wait_until(lambda: not _shown(session), "the window to go")
    assert _mode(app) == "tracking"
    session.xdotool("mousemove", *_icon(session), "click", 1)
    _close(session, wait_until(lambda: _shown(session), "the window again"))
    wait_until(lambda: not _shown(session), "the window to go without a question")
    assert _mode(app) == "tracking"
    session.xdotool("mousemove", *_icon(session), "click", 1)
    wait_until(lambda: _shown(session), "the window a third time")
    app.picture("window-again")
    assert app.stop() == 0


def test_a_second_start_shows_the_first_window(app: RunningApp) -> None:
    session = app.session
    app.start("--minimized")
    assert not _shown(session)
    second = app.ask()
    assert second.returncode == 0, second.stderr
    wait_until(lambda: _shown(session), "the window")
    assert app.ask("track", "--for", "1").returncode == 1
    assert app.stop() == 0
