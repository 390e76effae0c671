"""kill -9 at any moment: the database stays sound, and at most five seconds are lost."""

import itertools
import json
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from commands import command, environment, productify
from desktop_session import DesktopSession, missing_programs, wait_until

pytestmark = pytest.mark.desktop

RECORDERS = ((), ("track",), ("track",), ("track",), ("track",))
"""What lives and dies side by side, each over a folder of its own; the first is the app with its window."""

LIVES = 10
LONGEST_LIFE = 8.0
MOST_LOST = 5.0
SLACK = 0.5
"""Seconds that a busy machine may take from the five-second beat to the disk."""

SURELY_KEPT = 2.0
"""Seconds of a life that leave a row behind: a visit counts after one, and a busy machine takes its time to write."""


@pytest.fixture(scope="module")
def session() -> Iterator[DesktopSession]:
    assert not missing_programs(), f"sh installer/test.sh installs these: {missing_programs()}"
    with DesktopSession("800x600") as session:
        yield session


def test_fifty_kills(session: DesktopSession, tmp_path: Path) -> None:
    random = Random(11)
    windows = [session.xterm(f"window {number}")[1] for number in range(3)]
    folders = [tmp_path / f"data {number}" for number in range(len(RECORDERS))]
    with ThreadPoolExecutor(len(RECORDERS)) as side_by_side:
        lived = [
            side_by_side.submit(_live_and_die, session, words, folder, Random(number))
            for number, (words, folder) in enumerate(zip(RECORDERS, folders, strict=True))
        ]
        while not all(each.done() for each in lived):
            session.xdotool("windowactivate", random.choice(windows), "key", "shift")
            time.sleep(random.uniform(0.05, 0.4))
    for each in lived:
        each.result()
    for folder in folders:
        assert productify("check", data=folder).stdout.strip() == "The database is sound."


def _live_and_die(session: DesktopSession, words: tuple[str, ...], folder: Path, random: Random) -> None:
    """Start a recorder again and again, kill it at any moment, and look at what it left."""
    for _ in range(LIVES):
        process = subprocess.Popen(command(*words), env=environment(folder, session.env), stderr=subprocess.PIPE)
        try:
            wait_until((folder / "control.json").exists, "the recorder", 30)
            started = time.time()
            time.sleep(random.uniform(0.3, LONGEST_LIFE))
        finally:
            process.send_signal(signal.SIGKILL)
            killed = time.time()
            process.communicate()
        assert process.returncode == -signal.SIGKILL
        _look(folder, started, killed)
        (folder / "control.json").unlink()  # so that the next start is waited for


def _look(folder: Path, started: float, killed: float) -> None:
    done = productify("activities", "--json", data=folder)
    assert done.returncode == 0, done.stderr
    rows = [row for row in json.loads(done.stdout) if _moment(row["end_time"]) > started]
    assert rows or killed - started < SURELY_KEPT, (started, killed)
    reached = max((_moment(row["end_time"]) for row in rows), default=started)
    assert killed - reached <= MOST_LOST + SLACK, (killed - reached, rows[-3:])
    assert reached <= killed + SLACK
    spans = sorted((_moment(row["start_time"]), _moment(row["end_time"])) for row in rows)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans)), spans


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
