"""Pictures under kill -9 and on a full disk: no row without its file, no file without its row."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from commands import environment
from desktop_session import DesktopSession, missing_programs
from productify.capture.album import Album
from productify.capture.mend import mended
from productify.paths import DataDir
from productify.store import shooting
from productify.store.database import Database

pytestmark = pytest.mark.desktop

SIDE_BY_SIDE, LIVES = 2, 25
_COMMAND = (sys.executable, "-m", "faults.shooting")


@pytest.fixture(scope="module")
def session() -> Iterator[DesktopSession]:
    assert not missing_programs(), f"sh installer/test.sh installs these: {missing_programs()}"
    with DesktopSession("800x600") as session:
        session.xterm("something to see")
        yield session


def test_fifty_kills_while_pictures_are_taken(session: DesktopSession, tmp_path: Path) -> None:
    folders = [tmp_path / f"data {number}" for number in range(SIDE_BY_SIDE)]
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        lives = [pool.submit(_live_and_die, session, folder, Random(place)) for place, folder in enumerate(folders)]
        left_over = sum(each.result() for each in lives)
    assert left_over > 0, "no kill came between a file and its row: they were not where it matters"


def _live_and_die(session: DesktopSession, folder: Path, random: Random) -> int:
    """Kill a camera again and again, and mend as each start does; return how many files were left without a row."""
    left_over = 0
    for _ in range(LIVES):
        process = _start(session, folder)
        try:
            time.sleep(random.uniform(0.0, 0.15))
        finally:
            process.send_signal(signal.SIGKILL)
            process.communicate()
        assert process.returncode == -signal.SIGKILL
        left_over += asyncio.run(_mend_and_look(folder))
    return left_over


def _start(session: DesktopSession, folder: Path) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        (*_COMMAND, str(folder)),
        cwd=Path(__file__).parents[1],
        env=environment(None, session.env),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n", process.communicate()
    return process


async def _mend_and_look(folder: Path) -> int:
    album, db = Album(DataDir(folder)), Database(DataDir(folder).database)
    done = await mended(db, album, datetime.now(UTC))
    async with db.read() as session:
        rows = await shooting.files(session, "", 100_000)
    await db.close()
    assert done.rows == 0, "a row was there before its file"
    assert {path for path, _ in album.files()} == {path for _, *paths in rows for path in paths}
    assert rows
    return done.files


FULL_DISK = """
mkdir -p "$1/screenshots" && mount -t tmpfs -o size=400k none "$1/screenshots" || exit 77
shift
exec "$@"
"""


def test_a_disk_that_is_full_of_pictures(session: DesktopSession, tmp_path: Path) -> None:
    """A small disk of its own for the pictures, seen by this one process alone."""
    root = () if os.geteuid() == 0 else ("--map-root-user",)
    done = subprocess.run(
        ("unshare", *root, "--mount", "sh", "-c", FULL_DISK, "sh", tmp_path, *_COMMAND, tmp_path, "full"),
        cwd=Path(__file__).parents[1],
        env=environment(None, session.env),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if done.returncode == 77 or done.stderr.startswith("unshare:"):
        pytest.skip("mounting is not allowed here; the limit on the size of files stands in for it")
    assert done.stdout.splitlines() == [
        "ready",
        "disk full, The disk is full. Free some space; screenshots go on by themselves.",
        "0 unfinished",
        "1 None",
    ], done.stderr
