"""One connection to a Wayland compositor on the loop: as much of the wire protocol as watching needs.

No file descriptors are passed and no surfaces are made, so a message is a header of two words (the object; size and
opcode) and arguments padded to words, in the byte order of this machine.
"""

import asyncio
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from productify.errors import UnavailableError

_HEADER = struct.Struct("=II")
_WORD = struct.Struct("=I")
_DISPLAY = 1
_SYNC, _GET_REGISTRY, _BIND = 0, 1, 0
_ERROR, _GLOBAL, _GLOBAL_REMOVE = 0, 0, 1
_TIMEOUT = 3.0

Argument = int | str
Hear = Callable[[int, "Arguments"], None]
"""Takes an event's opcode and its arguments."""


class Arguments:
    """The arguments of an event, read one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._offset = 0

    def number(self) -> int:
        """Return the next unsigned number, object or new object."""
        (value,) = _WORD.unpack_from(self._data, self._offset)
        self._offset += _WORD.size
        return int(value)

    def array(self) -> bytes:
        """Return the next array."""
        length = self.number()
        value = self._data[self._offset : self._offset + length]
        self._offset += -(-length // 4) * 4
        return value

    def text(self) -> str:
        """Return the next string."""
        return self.array().rstrip(b"\0").decode("utf-8", "replace")


class WaylandConnection(asyncio.Protocol):
    """`globals` is what the compositor offers, (interface, version) by name; `settled` is called after each batch."""

    def __init__(self, settled: Callable[[], None]) -> None:
        self.globals: dict[int, tuple[str, int]] = {}
        self._settled = settled
        self._transport: asyncio.Transport | None = None
        self._lost = asyncio.Event()
        self._buffer = b""
        self._hearers: dict[int, Hear] = {_DISPLAY: self._hear_display}
        self._last_id = _DISPLAY
        self._problem = "it closed the connection"
        self._registry = 0

    @classmethod
    async def open(cls, environment: Mapping[str, str], settled: Callable[[], None] = lambda: None) -> Self:
        """Return a connection that knows the compositor's globals; raises UnavailableError."""
        path = socket_path(environment)
        if path is None:
            raise UnavailableError("no Wayland display")
        connection = cls(settled)
        try:
            await asyncio.get_running_loop().create_unix_connection(lambda: connection, str(path))
            connection._registry = connection.new_object(connection._hear_registry)
            connection.request(_DISPLAY, _GET_REGISTRY, connection._registry)
            await connection.synced()
        except OSError as error:
            raise UnavailableError(f"no Wayland compositor at {path}: {error!r}") from error
        except UnavailableError:
            connection.close()
            raise
        return connection

    def names_of(self, interface: str) -> list[tuple[int, int]]:
        """Return (name, version) of every global with `interface`."""
        return [(name, version) for name, (offered, version) in self.globals.items() if offered == interface]

    def bind(self, name: int, version: int, hear: Hear = lambda _opcode, _arguments: None) -> int:
        """Return a new object for the global `name`, in `version`; its events go to `hear`."""
        interface, _ = self.globals[name]
        bound = self.new_object(hear)
        self.request(self._registry, _BIND, name, interface, version, bound)
        return bound

    def new_object(self, hear: Hear) -> int:
        """Return a fresh id, to be named in a request that makes the object."""
        self._last_id += 1
        self._hearers[self._last_id] = hear
        return self._last_id

    def adopt(self, made: int, hear: Hear) -> None:
        """Hear the events of an object that the compositor made."""
        self._hearers[made] = hear

    def disown(self, gone: int) -> None:
        """Hear no more of an object."""
        self._hearers.pop(gone, None)

    def request(self, target: int, opcode: int, *arguments: Argument) -> None:
        """Send a request."""
        if self._transport is None or self._transport.is_closing():
            return
        body = b"".join(_packed(argument) for argument in arguments)
        self._transport.write(_HEADER.pack(target, (_HEADER.size + len(body)) << 16 | opcode) + body)

    async def synced(self) -> None:
        """Return when the compositor has done all that was asked; raises UnavailableError."""
        done = asyncio.Event()
        self.request(_DISPLAY, _SYNC, self.new_object(lambda _opcode, _arguments: done.set()))
        waits = [asyncio.ensure_future(done.wait()), asyncio.ensure_future(self._lost.wait())]
        try:
            await asyncio.wait(waits, timeout=_TIMEOUT, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        if self._lost.is_set():
            raise UnavailableError(f"the Wayland compositor refuses: {self._problem}")
        if not done.is_set():
            raise UnavailableError("the Wayland compositor does not answer")

    async def lost(self) -> None:
        """Return when the compositor is gone."""
        await self._lost.wait()

    def close(self) -> None:
        """End the connection; a second call does nothing."""
        self._hearers.clear()
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember what to write to."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Let whoever waits know."""
        self._lost.set()

    def data_received(self, data: bytes) -> None:
        """Take the messages that are complete, in order."""
        self._buffer += data
        offset = 0
        while len(self._buffer) - offset >= _HEADER.size:
            source, word = _HEADER.unpack_from(self._buffer, offset)
            size, opcode = word >> 16, word & 0xFFFF
            if size < _HEADER.size:
                self._problem = "it speaks another protocol"
                self.close()
                return
            if len(self._buffer) - offset < size:
                break
            if (hear := self._hearers.get(source)) is not None:
                hear(opcode, Arguments(self._buffer[offset + _HEADER.size : offset + size]))
            offset += size
        self._buffer = self._buffer[offset:]
        self._settled()

    def _hear_display(self, opcode: int, arguments: Arguments) -> None:
        if opcode == _ERROR:
            _object, code = arguments.number(), arguments.number()
            self._problem = f"{arguments.text()} ({code})"
        else:
            self.disown(arguments.number())

    def _hear_registry(self, opcode: int, arguments: Arguments) -> None:
        if opcode == _GLOBAL:
            name, interface, version = arguments.number(), arguments.text(), arguments.number()
            self.globals[name] = (interface, version)
        elif opcode == _GLOBAL_REMOVE:
            self.globals.pop(arguments.number(), None)


def socket_path(environment: Mapping[str, str]) -> Path | None:
    """Return where the compositor listens, None where no session names one."""
    display, runtime = environment.get("WAYLAND_DISPLAY"), environment.get("XDG_RUNTIME_DIR")
    if not display:
        return None
    if display.startswith("/"):
        return Path(display)
    return Path(runtime) / display if runtime else None


def _packed(argument: Argument) -> bytes:
    if isinstance(argument, int):
        return _WORD.pack(argument)
    raw = argument.encode() + b"\0"
    return _WORD.pack(len(raw)) + raw.ljust(-(-len(raw) // 4) * 4, b"\0")
