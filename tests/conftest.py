"""What every test must keep: no unexpected log record, no thread and no file left behind."""

import gc
import logging
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

# Threads that outlive a test by design: the pool of a loop's executor is joined when the loop closes.
LASTING_THREADS = ("pytest", "MainThread", "ThreadPoolExecutor", "asyncio_")


@pytest.fixture(autouse=True)
def _no_unexpected_records(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that logs a WARNING or worse, unless it is marked `logs` because that is what it is about."""
    caplog.set_level(logging.INFO)
    yield
    if request.node.get_closest_marker("logs"):
        return
    records = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not records, [record.getMessage() for record in records]


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """Fail a test that leaves a thread running or a file open."""
    threads, files = set(threading.enumerate()), _open_files()
    yield
    gc.collect()
    left = [thread.name for thread in set(threading.enumerate()) - threads if not _lasts(thread)]
    assert not left, f"threads left running: {left}"
    assert not (_open_files() - files), f"files left open: {_open_files() - files}"


def _lasts(thread: threading.Thread) -> bool:
    if thread.name.startswith(LASTING_THREADS):
        return True
    thread.join(1.0)
    return not thread.is_alive()


def _open_files() -> set[str]:
    """Return the regular files below a temporary folder that this process has open."""
    found = set()
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            target = os.readlink(descriptor)
        except OSError:
            continue
        if target.startswith("/tmp/pytest-") and os.path.isfile(target):
            found.add(target)
    return found
