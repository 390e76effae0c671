"""Two minutes of known work on X11: the record must say the same."""

from pathlib import Path

import pytest

from desktop.conftest import RunningApp
from desktop.timetable import World, compare, live, record, set_idle_timeout

pytestmark = pytest.mark.desktop


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


def test_the_record_is_the_timetable(app: RunningApp, tmp_path: Path) -> None:
    app.start()
    app.ask("quit")
    app.process.wait(15)
    set_idle_timeout(app)
    app.start("--minimized")
    table, back = live(app, X11World(app.session), tmp_path)
    assert app.stop() == 0
    compare(record(app), table, back)
    assert app.ask("check").returncode == 0
