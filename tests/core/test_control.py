import asyncio
import json
from pathlib import Path

import pytest

from productify import control
from productify.control import ControlServer, ask
from productify.errors import KnownError


async def _echo(request):
    if request["command"] == "fail":
        raise KnownError("It failed.", "Do this.")
    if request["command"] == "hang":
        await asyncio.get_running_loop().create_future()
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


@pytest.mark.parametrize("token", ["guessed", "erraten ü", None])
async def test_without_the_token_nothing_is_done(server: Path, token: str | None) -> None:
    address = json.loads(server.read_text())
    server.write_text(json.dumps({**address, "token": token}))
    with pytest.raises(KnownError, match="refused"):
        await _asked(server, "pause")


async def test_a_command_that_takes_too_long_is_told(server: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control, "_WORKING_TIME", 0.05)
    with pytest.raises(KnownError, match="busy"):
        await _asked(server, "hang")


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.0 400 Bad Request\r\n", b"[1]\n", b"\xff\xfe\n"])
async def test_a_stranger_on_a_port_that_a_crash_left_behind_is_nobody(tmp_path: Path, answer: bytes) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(answer)
        writer.close()

    stranger = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = stranger.sockets[0].getsockname()[1]
    (tmp_path / "control.json").write_text(json.dumps({"port": port, "token": "left by a crash", "pid": 1}))
    assert await _asked(tmp_path / "control.json", "show") is None
    stranger.close()


@pytest.mark.parametrize(
    "address", ["", "[]", "{}", '{"port": 99999999999, "token": ""}', '{"port": null, "token": ""}']
)
async def test_an_address_that_is_none_is_nobodys(tmp_path: Path, address: str) -> None:
    (tmp_path / "control.json").write_text(address)
    assert await _asked(tmp_path / "control.json", "status") is None


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
