"""A client of PulseAudio's native protocol, which PipeWire speaks as well: asks who plays, who records, and when.

Spoken directly over the server's socket: no library, no thread and no program in between, and nothing to do while
nothing changes. Messages are tagged values, each told apart by its first byte.
"""

import asyncio
import os
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from productify.errors import UnavailableError
from productify.tracker.probe import Environment

_VERSION = 22
"""The newest version whose lists this module can read; the server answers in it."""

_ERROR, _REPLY = 0, 2
_AUTH, _SET_CLIENT_NAME, _GET_SOURCE, _PLAYING, _RECORDING = 8, 9, 23, 30, 32
_SUBSCRIBE, _EVENT = 35, 66
_OUTPUTS_AND_INPUTS = 0x4 | 0x8
_DESCRIPTOR = struct.Struct(">IIIII")
_CONTROL = 0xFFFFFFFF
_NO_INDEX = 0xFFFFFFFF
_LONGEST = 4 * 1024 * 1024
_PATIENCE = 3.0
_FIELDS = 18
"""Values that describe one stream, playing or recording, in this version."""

_FIXED = {
    ord("L"): struct.Struct(">I"),
    ord("B"): struct.Struct(">B"),
    ord("U"): struct.Struct(">Q"),
    ord("R"): struct.Struct(">Q"),
    ord("r"): struct.Struct(">q"),
    ord("V"): struct.Struct(">I"),
    ord("T"): struct.Struct(">II"),
    ord("a"): struct.Struct(">BBI"),
}


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream of an app; `source` is what it records from, None for one that plays."""

    index: int
    running: bool
    muted: bool
    properties: dict[str, str]
    resampler: str | None
    source: int | None = None


class RefusedError(UnavailableError):
    """The sound server answered with an error."""


class PulseConnection:
    """One connection; `changed` is called whenever streams come, go or change."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._answers: dict[int, asyncio.Future[list[Any]]] = {}
        self._tag = 0
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None

    async def open(self, environment: Environment) -> None:
        """Connect and subscribe; raises UnavailableError where no server answers."""
        path = server_path(environment)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(path)
            connection.setblocking(False)
            reader, self._writer = await asyncio.open_unix_connection(sock=connection)
            # The first byte carries who we are, by which PulseAudio knows its user.
            who = struct.pack("iii", os.getpid(), os.getuid(), os.getgid())
            first = self._message(_AUTH, _u32(_VERSION), _arbitrary(_cookie(environment)))
            connection.sendmsg([first[:1]], [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, who)])
        except OSError as error:
            connection.close()
            raise UnavailableError(f"no sound server at {path}: {error}") from error
        self._reading = asyncio.create_task(self._read(reader), name="sound server")
        [version] = await self._answer_to(first[1:])
        if version & 0xFFFF < _VERSION:
            raise UnavailableError(f"the sound server is too old: version {version & 0xFFFF}")
        await self._ask(_SET_CLIENT_NAME, _properties({"application.name": "Productify Pro"}))
        await self._ask(_SUBSCRIBE, _u32(_OUTPUTS_AND_INPUTS))

    async def ended(self) -> None:
        """Return when the server is gone."""
        assert self._reading is not None
        await asyncio.wait([self._reading])

    async def close(self) -> None:
        """Disconnect; may be called at any time."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.wait([self._reading])
        if self._writer is not None:
            self._writer.close()

    async def playing(self) -> list[Stream]:
        """Return every stream that apps play."""
        return [
            Stream(each[0], running=not each[14], muted=each[12], properties=each[13], resampler=each[10])
            for each in _chunks(await self._ask(_PLAYING))
        ]

    async def recording(self) -> list[Stream]:
        """Return every stream that apps record."""
        return [
            Stream(each[0], not each[12], each[14], properties=each[11], resampler=each[9], source=each[4])
            for each in _chunks(await self._ask(_RECORDING))
        ]

    async def is_monitor(self, source: int) -> bool:
        """Return whether a source is what some output plays, and no microphone; False where it is gone."""
        try:
            values = await self._ask(_GET_SOURCE, _u32(source), b"N")
        except RefusedError:
            return False
        return bool(values[8] != _NO_INDEX)

    async def _ask(self, command: int, *arguments: bytes) -> list[Any]:
        return await self._answer_to(self._message(command, *arguments))

    def _message(self, command: int, *arguments: bytes) -> bytes:
        self._tag += 1
        body = b"".join((_u32(command), _u32(self._tag), *arguments))
        return _DESCRIPTOR.pack(len(body), _CONTROL, 0, 0, 0) + body

    async def _answer_to(self, message: bytes) -> list[Any]:
        """Send the message that was made last and return its answer; RefusedError for an error."""
        assert self._writer is not None
        answer: asyncio.Future[list[Any]] = asyncio.get_running_loop().create_future()
        self._answers[self._tag] = answer
        tag = self._tag
        try:
            self._writer.write(message)
            async with asyncio.timeout(_PATIENCE):
                return await answer
        except (OSError, TimeoutError) as error:
            raise UnavailableError(f"the sound server does not answer: {error!r}") from error
        finally:
            self._answers.pop(tag, None)

    async def _read(self, reader: asyncio.StreamReader) -> None:
        try:
            while True:
                length, channel, *_ = _DESCRIPTOR.unpack(await reader.readexactly(_DESCRIPTOR.size))
                if length > _LONGEST:
                    raise ConnectionError("the sound server sent nonsense")
                body = await reader.readexactly(length)
                if channel == _CONTROL:
                    self._hear(body)
        except (OSError, EOFError, struct.error) as error:
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_exception(UnavailableError(f"the sound server went away: {error!r}"))

    def _hear(self, body: bytes) -> None:
        command, tag, *values = read_values(body)
        if command == _EVENT:
            self._changed()
        elif (answer := self._answers.get(tag)) is not None and not answer.done():
            if command == _REPLY:
                answer.set_result(values)
            else:
                answer.set_exception(RefusedError(f"the sound server says error {values[:1]}"))


def server_path(environment: Environment) -> str:
    """Return the path of the sound server's socket; raises UnavailableError where there can be none."""
    if server := environment.get("PULSE_SERVER"):
        path = server.rpartition("}")[2].removeprefix("unix:")
        if path.startswith("/"):
            return path
        raise UnavailableError(f"the sound server {server} is on another machine")
    if runtime := environment.get("PULSE_RUNTIME_PATH"):
        return f"{runtime}/native"
    if runtime := environment.get("XDG_RUNTIME_DIR"):
        return f"{runtime}/pulse/native"
    raise UnavailableError("no sound server")


def read_values(body: bytes) -> list[Any]:
    """Return the values of a message in order; raises struct.error for what is none."""
    values, offset = [], 0
    try:
        while offset < len(body):
            value, offset = _value(body, offset)
            values.append(value)
    except (IndexError, ValueError) as error:
        raise struct.error(f"not a message: {error}") from error
    return values


def _value(body: bytes, offset: int) -> tuple[Any, int]:
    kind, offset = body[offset], offset + 1
    if (fixed := _FIXED.get(kind)) is not None:
        numbers = fixed.unpack_from(body, offset)
        return (numbers[0] if len(numbers) == 1 else numbers), offset + fixed.size
    match chr(kind):
        case "1" | "0":
            return kind == ord("1"), offset
        case "N":
            return None, offset
        case "t":
            end = body.index(0, offset)
            return body[offset:end].decode("utf-8", "replace"), end + 1
        case "x":
            start = offset + 4
            length = int.from_bytes(body[offset:start])
            return body[start : start + length], start + length
        case "m":
            return None, offset + 1 + body[offset]
        case "v":
            return None, offset + 1 + 4 * body[offset]
        case "f":
            _encoding, offset = _value(body, offset)
            return _value(body, offset)
        case "P":
            return _read_properties(body, offset)
    raise ValueError(f"a value of the unknown kind {kind}")


def _read_properties(body: bytes, offset: int) -> tuple[dict[str, str], int]:
    properties: dict[str, str] = {}
    while True:
        key, offset = _value(body, offset)
        if key is None:
            return properties, offset
        _length, offset = _value(body, offset)
        value, offset = _value(body, offset)
        properties[key] = value.rstrip(b"\0").decode("utf-8", "replace")


def _chunks(values: list[Any]) -> list[list[Any]]:
    return [values[start : start + _FIELDS] for start in range(0, len(values), _FIELDS)]


def _u32(number: int) -> bytes:
    return struct.pack(">cI", b"L", number)


def _arbitrary(data: bytes) -> bytes:
    return struct.pack(">cI", b"x", len(data)) + data


def _properties(properties: dict[str, str]) -> bytes:
    parts = [b"P"]
    for key, value in properties.items():
        data = value.encode() + b"\0"
        parts += [b"t", key.encode(), b"\0", _u32(len(data)), _arbitrary(data)]
    return b"".join((*parts, b"N"))


def _cookie(environment: Environment) -> bytes:
    """Return the word by which the server knows its user; servers that do not ask take any."""
    home = environment.get("HOME", "/")
    config = environment.get("XDG_CONFIG_HOME") or f"{home}/.config"
    for path in (environment.get("PULSE_COOKIE"), f"{config}/pulse/cookie", f"{home}/.pulse-cookie"):
        try:
            if path and len(cookie := Path(path).read_bytes()) == 256:
                return cookie
        except OSError:
            continue
    return bytes(256)
