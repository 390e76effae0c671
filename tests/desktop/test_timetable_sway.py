"""Two minutes of known work on a real, headless sway, in Wayland and X11 windows: the record must say the same."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.conftest import RunningApp
from desktop.timetable import World, compare, live, record, set_idle_timeout
from sway_session import SwaySession, missing_programs

pytestmark = pytest.mark.desktop


@pytest.fixture
def session() -> Iterator[SwaySession]:
    """A sway with XWayland."""
    assert not missing_programs(), f"sh installer/test.sh installs these: {missing_programs()}"
    with SwaySession() as session:
        yield session


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


def test_the_record_is_the_timetable_on_sway(app: RunningApp, session: SwaySession, tmp_path: Path) -> None:
    """By `productify track`: without a tray the app's own window would come to the front once."""
    app.start("track")
    app.ask("quit")
    app.process.wait(15)
    set_idle_timeout(app)
    app.start("track")
    table, back = live(app, SwayWorld(session), tmp_path)
    assert app.stop() == 0
    compare(record(app), table, back)
