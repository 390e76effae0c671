"""How long from the start of the process until the window has painted: python -m bench.first_paint FOLDER."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

from commands import environment
from desktop_session import DesktopSession

_RUNS = 5
_INSIDE = """
import os, signal, sys, time
from productify_ui import window

def painted(self, event, paint=window.Window.paintEvent):
    paint(self, event)
    window.Window.paintEvent = paint
    print(time.time(), flush=True)
    from PySide6.QtCore import QTimer
    QTimer.singleShot(1500, lambda: os.kill(os.getpid(), signal.SIGTERM))

window.Window.paintEvent = painted
from productify_ui.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def main(data: Path) -> None:
    """Print the median over five warm starts, the first being thrown away."""
    with DesktopSession("1600x1000") as session:
        times = [_once(session, data) for _ in range(_RUNS + 1)][1:]
    print(f"figure\tFirst window painted, 1 year of data\t{statistics.median(times)}\t0.6\ts\tmedian of {_RUNS}, warm")


def _once(session: DesktopSession, data: Path) -> float:
    started = time.time()
    done = subprocess.run(
        [sys.executable, "-c", _INSIDE, "--data-dir", str(data)],
        env=environment(data, session.env),
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,  # it is ended by a signal once it has painted
    )
    return float(done.stdout.split()[0]) - started


if __name__ == "__main__":
    main(Path(sys.argv[1]))
