import asyncio
import json
from pathlib import Path

import pytest

from productify.control import ControlServer, ask
from productify.errors import KnownError


async def _echo(request):
    if request["command"] == "fail":
        raise KnownError("It failed.", "Do this.")
    return {"got": request["command"], "minutes": request.get("minutes")}


async def _asked(path: Path, command: str, **arguments):
    return await asyncio.to_thread(ask, path, command, **arguments)


@pytest.fixture
async def server(tmp_path: Path):
    server = ControlServer(tmp_path / "control.json", _echo)
    await server.start()
    yield tmp_path / "control.json"
    await server.stop()


async def test_a_command_is_answered(server: Path) -> None:
    assert await _asked(server, "pause", minutes=15) == {"got": "pause", "minutes": 15}


async def test_its_address_is_private(server: Path) -> None:
    assert server.stat().st_mode & 0o777 == 0o600


async def test_a_known_error_comes_back_as_one(server: Path) -> None:
    with pytest.raises(KnownError, match="It failed. Do this."):
        await _asked(server, "fail")


async def test_without_the_token_nothing_is_done(server: Path) -> None:
    address = json.loads(server.read_text())
    server.write_text(json.dumps({**address, "token": "guessed"}))
    with pytest.raises(KnownError, match="refused"):
        await _asked(server, "pause")


async def test_nonsense_does_no_harm(server: Path) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", json.loads(server.read_text())["port"])
    writer.write(b"GET / HTTP/1.0\r\n")
    assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()
    assert await _asked(server, "pause") == {"got": "pause", "minutes": None}


async def test_nobody_runs(tmp_path: Path) -> None:
    assert await _asked(tmp_path / "control.json", "status") is None
    (tmp_path / "control.json").write_text(json.dumps({"port": 1, "token": "left by a crash", "pid": 1}))
    assert await _asked(tmp_path / "control.json", "status") is None


async def test_the_address_is_gone_with_the_server(tmp_path: Path) -> None:
    server = ControlServer(tmp_path / "control.json", _echo)
    await server.start()
    await server.stop()
    assert not (tmp_path / "control.json").exists()
