"""What recording costs: CPU of the tracker, memory of the app."""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench.table import Figure
from commands import command, environment
from desktop_session import DesktopSession, wait_until

_SECONDS = 60
_SETTLE = 10
_TICKS = os.sysconf("SC_CLK_TCK")


def tracker_cpu(root: Path) -> list[Figure]:
    """Measure the tracker alone, on an idle desktop and while a window is switched to each second."""
    with DesktopSession() as session:
        windows = [session.xterm(f"window {number}")[1] for number in range(2)]
        process = _started(session, "track", data=root / "cpu")
        time.sleep(_SETTLE)
        idle = _share(process.pid, lambda _second: None)
        busy = _share(process.pid, lambda second: session.xdotool("windowactivate", windows[second % 2]))
        session.end(process)
    return [
        Figure("CPU of the tracker, idle", idle, 0.1, "% of a core", f"{_SECONDS} s"),
        Figure("CPU of the tracker, a switch a second", busy, 1.0, "% of a core", f"{_SECONDS} s"),
    ]


def memory(data: Path) -> list[Figure]:
    """Measure the app in the tray, its window never opened, and with its window open."""
    figures = []
    with DesktopSession("1600x1000", tint2=True) as session:
        for what, words, budget in (
            ("Memory in the tray, window never opened", ("--minimized",), 110),
            ("Memory, window opened", (), 170),
        ):
            process = _started(session, *words, data=data)
            time.sleep(_SETTLE)
            figures.append(Figure(what, median(_resident(process.pid) for _ in range(3)), budget, "MB RSS"))
            session.end(process)
            wait_until(lambda: not (data / "control.json").exists(), "the end")
    return figures


def _started(session: DesktopSession, *words: str, data: Path) -> "subprocess.Popen[bytes]":
    process = session.spawn(*command(*words), env=environment(data, session.env))
    wait_until(lambda: (data / "control.json").exists(), "the recorder", 60)
    return process


def _share(pid: int, act: Callable[[int], object]) -> float:
    """Return the percentage of a core that a process takes while `act` is done once a second."""
    before, start = _cpu(pid), time.monotonic()
    for second in range(_SECONDS):
        act(second)
        time.sleep(max(0.0, start + second + 1 - time.monotonic()))
    return 100 * (_cpu(pid) - before) / (time.monotonic() - start)


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
