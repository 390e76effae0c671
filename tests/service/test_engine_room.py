"""The engine room: one thread that starts, works, tells its failures, and ends whatever hangs in it."""

import asyncio
import threading
import time
from pathlib import Path

import pytest

from productify.engine import EngineRoom
from productify.errors import KnownError
from productify.paths import open_data_dir
from productify.service import Service

PATIENCE = 10.0


def _room(folder: Path) -> EngineRoom:
    return EngineRoom(lambda: Service.open(open_data_dir(folder), record=True, probes=[]))


def _threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "engine-room"]


def test_work_runs_on_its_thread_and_its_result_comes_back(tmp_path: Path) -> None:
    async def where(service: Service) -> tuple[str, str]:
        return threading.current_thread().name, (await service.tracking.status()).mode

    room = _room(tmp_path)
    room.start()
    assert room.submit(where).result(PATIENCE) == ("engine-room", "tracking")
    assert (tmp_path / "running").exists()
    room.stop()
    room.stop()
    assert _threads() == []
    assert not (tmp_path / "running").exists()


def test_what_work_raises_is_raised_where_it_is_awaited(tmp_path: Path) -> None:
    async def fail(_service: Service) -> None:
        raise KnownError("It failed.")

    room = _room(tmp_path)
    room.start()
    with pytest.raises(KnownError, match="It failed"):
        room.submit(fail).result(PATIENCE)
    room.stop()


def test_a_service_that_does_not_open_fails_every_question(tmp_path: Path) -> None:
    async def ask(service: Service) -> object:
        return await service.reports.today()

    first, second = _room(tmp_path), _room(tmp_path)
    first.start()
    first.submit(ask).result(PATIENCE)
    second.start()
    for _ in range(2):
        with pytest.raises(KnownError, match="already records"):
            second.submit(ask).result(PATIENCE)
    second.stop()
    first.stop()
    assert _threads() == []


def test_stopping_ends_work_that_hangs(tmp_path: Path) -> None:
    async def hang(_service: Service) -> None:
        await asyncio.get_running_loop().create_future()

    room = _room(tmp_path)
    room.start()
    hanging = room.submit(hang)
    began = time.monotonic()
    room.stop()
    assert time.monotonic() - began < 3
    assert hanging.cancelled()
    assert _threads() == []


@pytest.mark.logs
def test_a_service_that_does_not_close_is_left_after_its_time(tmp_path: Path) -> None:
    class Stubborn(Service):
        async def close(self) -> None:
            await super().close()
            await asyncio.get_running_loop().create_future()

    room = EngineRoom(lambda: Stubborn.open(open_data_dir(tmp_path), record=True, probes=[]))
    room.start()
    room.submit(lambda service: service.reports.today()).result(PATIENCE)
    began = time.monotonic()
    room.stop(timeout=0.5)
    assert 0.4 < time.monotonic() - began < 3
    assert _threads() == []


def test_stopping_while_it_still_opens_lets_go_of_everything(tmp_path: Path) -> None:
    for delay in (0.0, 0.02, 0.1):
        room = _room(tmp_path)
        room.start()
        time.sleep(delay)
        room.stop()
    room = _room(tmp_path)
    room.start()
    room.submit(lambda service: service.reports.today()).result(PATIENCE)
    room.stop()
    assert _threads() == []


def test_a_room_that_was_never_entered_leaves_nothing(tmp_path: Path) -> None:
    _room(tmp_path).stop()
    assert _threads() == []
