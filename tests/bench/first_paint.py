"""How long from the start of the process until its window is on the screen: python -m bench.first_paint FOLDER."""

import statistics
import sys
import time
from pathlib import Path

import xcffib
import xcffib.xproto

from commands import command, environment
from desktop_session import DesktopSession

_RUNS = 5
_LIMIT = 30.0
_MIDDLE = (800, 500)


def main(data: Path) -> None:
    """Print the median over five warm starts, the first being thrown away."""
    with DesktopSession("1600x1000") as session:
        screen = xcffib.connect(display=session.env["DISPLAY"])
        try:
            times = [_once(session, screen, data) for _ in range(_RUNS + 1)][1:]
        finally:
            screen.disconnect()
    print(f"figure\tFirst window painted, 1 year of data\t{statistics.median(times)}\t0.6\ts\tmedian of {_RUNS}, warm")


def _once(session: DesktopSession, screen: xcffib.Connection, data: Path) -> float:
    """Return the seconds until the middle of the screen is no longer the desktop's."""
    desktop, started = _pixel(screen), time.monotonic()
    process = session.spawn(*command(), env=environment(data, session.env))
    while _pixel(screen) == desktop:
        if time.monotonic() > started + _LIMIT:
            raise TimeoutError(f"no window after {_LIMIT:.0f} s")
        time.sleep(0.005)
    seconds = time.monotonic() - started
    time.sleep(2)  # what comes after the first picture belongs to this start, not to the next
    session.end(process)
    return seconds


def _pixel(screen: xcffib.Connection) -> bytes:
    root = screen.get_setup().roots[0].root
    answer = screen.core.GetImage(xcffib.xproto.ImageFormat.ZPixmap, root, *_MIDDLE, 1, 1, 0xFFFFFFFF).reply()
    return bytes(answer.data.buf())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
