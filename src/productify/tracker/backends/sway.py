"""The window in front and its title on sway, by its IPC: process, Wayland and XWayland windows alike."""

import asyncio
import json
import logging
import struct
from collections.abc import Iterator
from typing import Any, Self

from productify.clock import Clock
from productify.domain import Capability, Health
from productify.errors import UnavailableError
from productify.tracker.identity import Identities, shared_identities
from productify.tracker.probe import Environment, Listener, Window, WindowSeen

_log = logging.getLogger(__name__)
_MAGIC = b"i3-ipc"
_HEADER = struct.Struct("=6sII")
_RUN, _SUBSCRIBE, _GET_TREE = 0, 2, 4
_WORKSPACE_EVENT, _WINDOW_EVENT = 0x80000000, 0x80000003
_OF_ITSELF = frozenset({"title", "fullscreen_mode"})
"""Changes that matter where they happen to the window in front."""

_WITHOUT_EFFECT = frozenset({"mark", "urgent", "floating"})
"""Changes of a window that leave what is in front as it is."""

TIMEOUT = 3.0
"""Seconds that sway may take to answer."""

BROKEN = (OSError, EOFError, ValueError)
"""What comes of a sway that is gone, or that is none."""

Node = dict[str, Any]


class SwayWindows:
    """Tells of every other window in front, and of every other title of it, as sway reports it."""

    def __init__(self, environment: Environment, identities: Identities) -> None:
        self._path = environment.get("SWAYSOCK")
        self._identities = identities
        self._listener: Listener | None = None
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._task: asyncio.Task[None] | None = None
        self._window: Window | None = None

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether sway names its socket."""
        return 80 if environment.get("SWAYSOCK") else 0

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe for the sway that `environment` names."""
        return cls(environment, shared_identities())

    async def start(self, listener: Listener) -> None:
        """Tell what is in front, and whatever comes there; raises UnavailableError."""
        try:
            async with asyncio.timeout(TIMEOUT):
                self._reader, self._writer = await asyncio.open_unix_connection(self._path)
                await self._ask(_SUBSCRIBE, b'["window", "workspace"]')
                tree = await self._ask(_GET_TREE)
        except (*BROKEN, TimeoutError) as error:
            raise UnavailableError(f"sway does not answer at {self._path}: {error!r}") from error
        self._listener = listener
        self._window = self._front(tree)
        listener(WindowSeen(self._window))
        self._task = asyncio.create_task(self._hear(), name="sway")

    async def lost(self) -> None:
        """Return when sway is gone."""
        assert self._task is not None
        await asyncio.wait([self._task])
        if not self._task.cancelled():
            self._task.result()

    async def stop(self) -> None:
        """Disconnect."""
        self._listener = None
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        if self._writer is not None:
            self._writer.close()

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that it works."""
        return (Capability("window", "Active window", Health.WORKS, "sway"),)

    async def _hear(self) -> None:
        """Follow the events until sway is gone."""
        try:
            while True:
                kind, message = await self._message()
                if kind == _GET_TREE:
                    self._show(self._front(message))
                elif kind == _WINDOW_EVENT:
                    self._hear_window(message["change"], message["container"])
                elif kind == _WORKSPACE_EVENT:
                    self._send(_GET_TREE)
        except BROKEN as error:
            _log.debug("sway went away: %r", error)

    def _hear_window(self, change: str, container: Node) -> None:
        if change == "focus" or (change in _OF_ITSELF and self._is_front(container)):
            self._show(self._as_window(container))
        elif change not in _OF_ITSELF | _WITHOUT_EFFECT:
            self._send(_GET_TREE)  # what came, moved or went may leave another window in front, or none

    def _is_front(self, container: Node) -> bool:
        return self._window is not None and self._window.handle == container["id"]

    def _show(self, window: Window | None) -> None:
        if window != self._window and self._listener is not None:
            self._window = window
            self._listener(WindowSeen(window))

    def _front(self, tree: Node) -> Window | None:
        focused = next((node for node in nodes(tree) if node.get("focused")), None)
        return self._as_window(focused) if focused is not None and focused.get("pid") else None

    def _as_window(self, container: Node) -> Window:
        return described(container, self._identities)

    def _send(self, kind: int, payload: bytes = b"") -> None:
        assert self._writer is not None
        self._writer.write(_packed(kind, payload))

    async def _ask(self, kind: int, payload: bytes = b"") -> Any:
        """Return the answer; events that come before it are older than the answer and told by it."""
        self._send(kind, payload)
        while True:
            answered, message = await self._message()
            if answered == kind:
                return message

    async def _message(self) -> tuple[int, Any]:
        assert self._reader is not None
        return await _message_of(self._reader)


async def tree(path: str) -> Node:
    """Return all outputs, workspaces and windows, asked over a connection of its own; raises what is in BROKEN."""
    found: Node = await _answer(path, _GET_TREE)
    return found


async def command(path: str, text: str) -> list[dict[str, Any]]:
    """Let sway do something, and return what came of each part; raises what is in BROKEN."""
    done: list[dict[str, Any]] = await _answer(path, _RUN, text.encode())
    return done


async def _answer(path: str, kind: int, payload: bytes = b"") -> Any:
    reader, writer = await asyncio.open_unix_connection(path)
    try:
        writer.write(_packed(kind, payload))
        return (await _message_of(reader))[1]
    finally:
        writer.close()


def described(container: Node, identities: Identities) -> Window:
    """Return a window of the tree by the name that a person knows."""
    x11 = container.get("window_properties") or {}
    app_id = container.get("app_id") or ""
    wm_class = (x11.get("instance") or app_id, x11.get("class") or app_id)
    pid = container.get("pid") or None
    identity = identities.of(wm_class, pid)
    return Window(
        app_name=identity.app_name,
        app_id=identity.app_id,
        title=container.get("name") or None,
        pid=pid,
        wm_class=wm_class,
        exe=identity.exe,
        script=identity.script,
        handle=container["id"],
        fullscreen=bool(container.get("fullscreen_mode")),
    )


def _packed(kind: int, payload: bytes = b"") -> bytes:
    return _HEADER.pack(_MAGIC, len(payload), kind) + payload


async def _message_of(reader: asyncio.StreamReader) -> tuple[int, Any]:
    magic, length, kind = _HEADER.unpack(await reader.readexactly(_HEADER.size))
    if magic != _MAGIC:
        raise ValueError(f"not a message of sway: {magic!r}")
    return kind, json.loads(await reader.readexactly(length))


def nodes(tree: Node) -> Iterator[Node]:
    """Yield a node and all that it holds."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += node.get("nodes", ())
        waiting += node.get("floating_nodes", ())
