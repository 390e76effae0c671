"""kill -9 at any moment: the database stays sound, and at most five seconds are lost."""

import itertools
import json
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from commands import command, environment, productify
from desktop_session import DesktopSession, missing_programs, wait_until

pytestmark = pytest.mark.desktop

KILLS = 50
SIDE_BY_SIDE = 5
"""Recorders that run at once, each over a folder of its own: the same proof in a fifth of the time."""
MOST_LOST = 5.0
SLACK = 0.5
"""Seconds that a busy machine may take from the five-second beat to the disk."""


@pytest.fixture(scope="module")
def session() -> Iterator[DesktopSession]:
    assert not missing_programs(), f"sh installer/test.sh installs these: {missing_programs()}"
    with DesktopSession("800x600") as session:
        yield session


def test_fifty_kills(session: DesktopSession, tmp_path: Path) -> None:
    random = Random(11)
    windows = [session.xterm(f"window {number}")[1] for number in range(3)]
    folders = [tmp_path / f"data {number}" for number in range(SIDE_BY_SIDE)]
    for _ in range(KILLS // SIDE_BY_SIDE):
        _kill_all(session, windows, folders, random)
    for folder in folders:
        assert productify("check", data=folder).stdout.strip() == "The database is sound."


def _kill_all(session: DesktopSession, windows: list[int], folders: list[Path], random: Random) -> None:
    """Start a recorder over each folder, work, kill each at its own moment, and look at what it left."""
    running = [
        subprocess.Popen(command("track"), env=environment(folder, session.env), stderr=subprocess.PIPE)
        for folder in folders
    ]
    for folder in folders:
        wait_until(lambda folder=folder: (folder / "control.json").exists(), "the recorder", 30)
    started = time.time()
    dies = [started + random.uniform(0.3, 8.0) for _ in folders]
    killed: dict[Path, float] = {}
    while len(killed) < len(folders):
        session.xdotool("windowactivate", random.choice(windows), "key", "shift")
        for folder, process, at in zip(folders, running, dies, strict=True):
            if folder not in killed and time.time() >= at:
                process.send_signal(signal.SIGKILL)
                killed[folder] = time.time()
        time.sleep(random.uniform(0.05, 0.4))
    for process in running:
        process.communicate()
        assert process.returncode == -signal.SIGKILL
    for folder, at in killed.items():
        _look(folder, started, at)
        (folder / "control.json").unlink()  # so that the next start is waited for


def _look(folder: Path, started: float, killed: float) -> None:
    done = productify("activities", "--json", data=folder)
    assert done.returncode == 0, done.stderr
    rows = [row for row in json.loads(done.stdout) if _moment(row["end_time"]) > started - 5]
    reached = max((_moment(row["end_time"]) for row in rows), default=started)
    assert killed - reached <= MOST_LOST + SLACK, (killed - reached, rows[-3:])
    assert reached <= killed + SLACK
    spans = sorted((_moment(row["start_time"]), _moment(row["end_time"])) for row in rows)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans)), spans


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
