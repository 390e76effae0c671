"""The overlay on two real monitors: over what is blocked, with the ways back, past it, and its end."""

import json
import time
from collections.abc import Iterator

import pytest

from capture.stage import two_monitors
from desktop.conftest import RunningApp
from desktop_session import DesktopSession, wait_until

pytestmark = pytest.mark.desktop

MONITORS = {(0, 0, 800, 1000), (800, 0, 800, 1000)}
_HOLD = 5.4


@pytest.fixture(scope="module")
def session() -> Iterator[DesktopSession]:
    with DesktopSession("1600x1000") as session:
        two_monitors(session)
        yield session


@pytest.fixture
def focused(app: RunningApp) -> RunningApp:
    """The app in the tray, in a session that blocks what is distracting."""
    app.start("--minimized")
    begun = app.ask("focus", "start", "--minutes", "25", "--title", "WAL checkpointing")
    assert begun.returncode == 0, begun.stderr
    return app


def steam(session: DesktopSession) -> int:
    """Open something that is blocked, and return its window."""
    session.spawn("xterm", "-class", "steam", "-name", "steam", "-T", "Steam", "-e", "sleep", "1000")
    return wait_until(lambda: int((session.xdotool("search", "--name", "^Steam$").split() or ["0"])[-1]), "Steam")


def overlays(session: DesktopSession) -> dict[int, tuple[int, int, int, int]]:
    """Return the windows of the overlay that are in view, and where they are."""
    found = session.xdotool("search", "--onlyvisible", "--name", "is blocked").split()
    return {int(each): place(session, int(each)) for each in found}


def place(session: DesktopSession, window: int) -> tuple[int, int, int, int]:
    """Return left, top, width and height."""
    lines = session.xdotool("getwindowgeometry", "--shell", window).splitlines()
    found = dict(line.split("=") for line in lines)
    return int(found["X"]), int(found["Y"]), int(found["WIDTH"]), int(found["HEIGHT"])


def is_shown(session: DesktopSession, window: int) -> bool:
    """Return whether a window is in view, not an icon."""
    return str(window) in session.xdotool("search", "--onlyvisible", "--name", "^Steam$").split()


def covered(session: DesktopSession) -> None:
    """Wait until every monitor is covered and the keyboard is the overlay's."""
    wait_until(lambda: set(overlays(session).values()) == MONITORS, "the overlay on both monitors")
    wait_until(lambda: session.active() in overlays(session), "the keyboard")


def test_it_covers_both_monitors_and_goes_back_to_what_was_allowed(focused: RunningApp) -> None:
    session = focused.session
    _process, work = session.xterm("work")
    time.sleep(1)  # it was in front for a while
    game = steam(session)
    covered(session)
    wait_until(lambda: not is_shown(session, game), "the blocked window as an icon")
    focused.picture("overlay")
    session.xdotool("key", "Return")
    wait_until(lambda: not overlays(session), "its end")
    wait_until(lambda: session.active() == work, "the window that was worked in")
    session.xdotool("windowactivate", game)
    covered(session)
    session.xdotool("key", "Escape")
    wait_until(lambda: session.active() == work, "the window that was worked in")
    status = json.loads(focused.ask("focus", "status", "--json").stdout)
    assert status["session"]["attempts"] == 2


def test_a_pass_costs_a_reason_and_five_seconds_by_keyboard_alone(focused: RunningApp) -> None:
    session = focused.session
    session.xterm("work")
    game = steam(session)
    covered(session)
    session.xdotool("key", "Tab")
    session.xdotool("type", "--delay", "10", "Checking the talk Priya linked")
    session.xdotool("key", "Return")
    focused.picture("overlay-reason")
    session.xdotool("keydown", "space")
    time.sleep(_HOLD)
    session.xdotool("keyup", "space")
    wait_until(lambda: not overlays(session), "its end")
    wait_until(lambda: session.active() == game, "what the pass is for")


def test_it_goes_with_the_session(focused: RunningApp) -> None:
    session = focused.session
    session.xterm("work")
    game = steam(session)
    covered(session)
    assert focused.ask("focus", "stop").returncode == 0
    wait_until(lambda: not overlays(session), "its end")
    session.activate(game)
    time.sleep(0.5)
    assert not overlays(session), "nothing is blocked any more"
