"""How soon the overlay covers every monitor once something blocked comes to the front, over many switches.

The time runs from the request that brings the blocked window to the front, as Alt Tab would, until both monitors show
the overlay in all their corners and in the middle. It is an upper bound: the window manager's own work is part of it.
"""

import statistics
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import xcffib
import xcffib.xproto
from xcffib.xproto import EventMask, ImageFormat

from commands import command, environment
from desktop_session import DesktopSession, wait_until

_SWITCHES = 40
_BUDGET_MS = 250
_BUCKETS = (25, 50, 75, 100, 150, 200, 250, 400)
_PAGER = 2
_LIMIT = 5.0
_INSET = 3
_MONITORS = ((0, 0, 800, 1000), (800, 0, 800, 1000))


def main() -> None:
    """Print the 95th percentile, and the histogram beside it."""
    with DesktopSession("1600x1000") as session, tempfile.TemporaryDirectory() as folder:
        for name, left, output in (("left", 0, "screen"), ("right", 800, "none")):
            place = f"800/200x1000/250+{left}+0"
            subprocess.run(["xrandr", "--setmonitor", name, place, output], env=session.env, check=True)
        times = _measured(session, Path(folder) / "data")
    print(_histogram(times), file=sys.stderr)
    worst = statistics.quantiles(times, n=20, method="inclusive")[-1]
    detail = f"p95 of {len(times)} switches, median {statistics.median(times):.0f} ms, two monitors"
    print("figure", "Overlay over a blocked app", f"{worst:.1f}", _BUDGET_MS, "ms", detail, sep="\t")


def _measured(session: DesktopSession, data: Path) -> list[float]:
    process = session.spawn(*command("--minimized"), env=environment(data, session.env))
    wait_until(lambda: (data / "control.json").exists(), "the app", 30)
    start = command("focus", "start", "--minutes", "60")
    subprocess.run(start, env=environment(data, session.env), check=True, capture_output=True)
    _process, work = session.xterm("work")
    session.spawn("xterm", "-class", "steam", "-name", "steam", "-T", "Steam", "-e", "sleep", "1000")
    eye = _Eye(session)
    try:
        game = wait_until(lambda: int((session.xdotool("search", "--name", "^Steam$").split() or ["0"])[-1]), "Steam")
        _go_back(session, eye, work)
        return [_switch(session, eye, work, game) for _ in range(_SWITCHES + 1)][1:]
    finally:
        eye.close()
        session.end(process)


def _switch(session: DesktopSession, eye: "_Eye", work: int, game: int) -> float:
    """Return the milliseconds until the overlay was over everything, and go back to work."""
    begin = time.monotonic()
    eye.bring_up(game)
    while not eye.sees_overlay():
        if time.monotonic() > begin + _LIMIT:
            raise TimeoutError(f"no overlay after {_LIMIT:.0f} s")
        time.sleep(0.001)
    took = time.monotonic() - begin
    _go_back(session, eye, work)
    return 1000 * took


def _go_back(session: DesktopSession, eye: "_Eye", work: int) -> None:
    """Go back as people do, and let the desktop come to rest."""
    wait_until(eye.sees_overlay, "the overlay")
    time.sleep(0.6)  # by now the blocked window is an icon
    session.xdotool("key", "Return")
    wait_until(lambda: not eye.sees_overlay() and session.active() == work, "the window that was worked in")
    time.sleep(0.2)


class _Eye:
    """Looks at pixels and brings windows up, over a connection of its own."""

    def __init__(self, session: DesktopSession) -> None:
        self._raw: Any = xcffib.connect(display=session.env["DISPLAY"])
        self._root = self._raw.get_setup().roots[0].root
        name = "_NET_ACTIVE_WINDOW"
        self._activate = self._raw.core.InternAtom(False, len(name), name).reply().atom
        self._before = self._pixels()

    def close(self) -> None:
        """Let go of the display."""
        self._raw.disconnect()

    def bring_up(self, window: int) -> None:
        """Ask for a window in front, as a pager or Alt Tab does."""
        fields = struct.pack("=BBHII5I", 33, 32, 0, window, self._activate, _PAGER, 0, 0, 0, 0)
        mask = EventMask.SubstructureNotify | EventMask.SubstructureRedirect
        self._raw.core.SendEvent(False, self._root, mask, fields)
        self._raw.flush()

    def sees_overlay(self) -> bool:
        """Return whether every corner and the middle of both monitors show other than the bare desktop."""
        return all(now != before for now, before in zip(self._pixels(), self._before, strict=True))

    def _pixels(self) -> list[bytes]:
        asked = [
            self._raw.core.GetImage(ImageFormat.ZPixmap, self._root, x, y, 1, 1, 0xFFFFFFFF)
            for left, top, width, height in _MONITORS
            for x, y in _points(left, top, width, height)
        ]
        return [bytes(each.reply().data.buf()) for each in asked]


def _points(left: int, top: int, width: int, height: int) -> list[tuple[int, int]]:
    right, bottom = left + width - _INSET, top + height - _INSET
    middle = (left + width // 2, top + height // 2)
    return [(left + _INSET, top + _INSET), (right, top + _INSET), (left + _INSET, bottom), (right, bottom), middle]


def _histogram(times: list[float]) -> str:
    lines, low = [], 0
    for high in (*_BUCKETS, None):
        count = sum(low <= each and (high is None or each < high) for each in times)
        name = f"{low:>4} ms and more" if high is None else f"{low:>4} to {high:>4} ms "
        lines.append(f"{name}  {'#' * count} {count or ''}".rstrip())
        low = high or low
    return "\n".join(lines)


if __name__ == "__main__":
    main()
