"""Who has a camera open, told by the kernel (inotify) whenever a device is opened or closed."""

import asyncio
import ctypes
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Self

from productify.clock import Clock
from productify.domain import Capability, Health
from productify.errors import UnavailableError
from productify.tracker.probe import Environment, Listener, Sign, SignKind, SignsSeen

_log = logging.getLogger(__name__)
SOURCE = "cameras"
_OPEN, _CLOSE_WRITE, _CLOSE, _CREATE, _DELETE = 0x20, 0x8, 0x10, 0x100, 0x200
_ONLY_DIR = 0x01000000
_SETTLED = 1.5
"""Seconds after which it is looked again: apps open every camera for a moment to see what it is."""

_NOT_USERS = frozenset({"wireplumber", "pipewire-media-session"})


class Cameras:
    """Tells which of the user's processes have a camera open."""

    def __init__(self, devices: Path = Path("/dev"), settled: float = _SETTLED) -> None:
        self._devices = devices
        self._settled = settled
        self._descriptor: int | None = None
        self._watched: set[str] = set()
        self._listener: Listener | None = None
        self._next: asyncio.TimerHandle | None = None
        self._inotify = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether this is Linux."""
        return 10 if sys.platform == "linux" else 0

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe for this machine's cameras."""
        return cls()

    async def start(self, listener: Listener) -> None:
        """Look, and listen for cameras that come and go; raises UnavailableError."""
        assert self._inotify is not None
        descriptor = self._inotify.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if descriptor < 0:
            raise UnavailableError(f"no inotify: {os.strerror(ctypes.get_errno())}")
        self._descriptor = descriptor
        self._listener = listener
        if not self._watch(self._devices, _CREATE | _DELETE | _ONLY_DIR):
            raise UnavailableError(f"{self._devices} cannot be watched: {os.strerror(ctypes.get_errno())}")
        self._watch_devices()
        asyncio.get_running_loop().add_reader(descriptor, self._hear)
        self._look()

    async def lost(self) -> None:
        """Wait for ever: the kernel stays."""
        await asyncio.get_running_loop().create_future()

    async def stop(self) -> None:
        """Listen no more."""
        self._listener = None
        if self._next is not None:
            self._next.cancel()
        if self._descriptor is not None:
            asyncio.get_running_loop().remove_reader(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = None

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that cameras are noticed."""
        return (Capability("presence", "Calls and videos", Health.WORKS, SOURCE),)

    def _watch(self, path: Path, mask: int) -> bool:
        assert self._inotify is not None
        return bool(self._inotify.inotify_add_watch(self._descriptor, os.fsencode(path), mask) >= 0)

    def _watch_devices(self) -> None:
        there = {str(path) for path in self._devices.glob("video*")}
        for path in there - self._watched:
            if not self._watch(Path(path), _OPEN | _CLOSE | _CLOSE_WRITE):
                _log.debug("%s cannot be watched", path)
        self._watched = there

    def _hear(self) -> None:
        assert self._descriptor is not None
        os.read(self._descriptor, 64 * 1024)
        self._watch_devices()
        if self._next is None and self._watched:
            self._next = asyncio.get_running_loop().call_later(self._settled, self._look)

    def _look(self) -> None:
        self._next = None
        if self._listener is not None:
            self._listener(SignsSeen(SOURCE, frozenset(self._users()) if self._watched else frozenset()))

    def _users(self) -> Iterator[Sign]:
        prefix = f"{self._devices}/video"
        for process in Path("/proc").glob("[0-9]*"):
            try:
                opened = any(target.startswith(prefix) for target in _open_files(process))
                name = (process / "comm").read_text().strip().casefold() if opened else ""
            except OSError:
                continue  # somebody else's, or gone by now
            if name and name not in _NOT_USERS:
                yield Sign(SignKind.CAMERA, frozenset({name}), int(process.name))


def _open_files(process: Path) -> Iterator[str]:
    folder = process / "fd"
    for name in os.listdir(folder):
        with suppress(OSError):  # closed by now
            yield os.readlink(folder / name)
