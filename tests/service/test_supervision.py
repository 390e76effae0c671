"""Tasks of the service: started again when they fail, ended within bounds."""

import asyncio
import logging
import time

import pytest

from productify.errors import KnownError
from productify.service import supervision
from productify.service.supervision import Supervisor
from service.rig import until


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch) -> Supervisor:
    """A supervisor with little patience."""
    monkeypatch.setattr(supervision, "_FIRST_PAUSE", 0.01)
    monkeypatch.setattr(supervision, "_CANCEL_SECONDS", 0.1)
    return Supervisor()


@pytest.mark.logs
async def test_what_fails_starts_again(tasks: Supervisor, caplog: pytest.LogCaptureFixture) -> None:
    runs: list[int] = []

    async def fail_twice() -> None:
        runs.append(len(runs))
        if len(runs) == 1:
            raise KnownError("The database is busy.")
        if len(runs) == 2:
            raise ValueError("a bug")
        await asyncio.get_running_loop().create_future()

    tasks.start("work", fail_twice)
    await until(lambda: len(runs) == 3, "the third run")
    await tasks.stop()
    told = [(record.levelno, record.message, bool(record.exc_info)) for record in caplog.records]
    assert (logging.WARNING, "work waits: The database is busy.", False) in told
    assert (logging.ERROR, "work failed", True) in told


@pytest.mark.logs
async def test_what_does_not_end_is_left_and_told(tasks: Supervisor, caplog: pytest.LogCaptureFixture) -> None:
    may_end = asyncio.Event()

    async def stubborn() -> None:
        while not may_end.is_set():
            try:
                await may_end.wait()
            except asyncio.CancelledError:
                continue

    tasks.start("stubborn", stubborn)
    await asyncio.sleep(0)
    began = time.monotonic()
    await tasks.stop()
    assert time.monotonic() - began < 2
    assert "stubborn did not stop within" in caplog.text
    may_end.set()
    await asyncio.sleep(0)
