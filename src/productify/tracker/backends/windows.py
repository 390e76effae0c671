"""The window in front, the last input and the lock on Windows, asked once a second.

Hooks would tell sooner, but cannot be proved on the machines that test this project; a poll can, under wine.
"""

import asyncio
import sys
from abc import ABC, abstractmethod
from datetime import timedelta
from typing import Self

from productify.clock import Clock
from productify.domain import Capability, Health
from productify.tracker.backends.win32 import Front, Win32
from productify.tracker.classify import shipped_catalogue
from productify.tracker.identity import shared_identities
from productify.tracker.probe import (
    INPUT_FLOOR,
    SCREEN_SAVER,
    Environment,
    InputBack,
    InputStopped,
    Listener,
    Locked,
    ProbeUnavailableError,
    Unlocked,
    Window,
    WindowSeen,
)

_LOOK_EVERY = 1.0


class _Polled(ABC):
    """Asks Windows again and again."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._listener: Listener | None = None
        self._task: asyncio.Task[None] | None = None
        self._win32: Win32 | None = None

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether this is Windows."""
        return 50 if sys.platform == "win32" else 0

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe."""
        return cls(clock)

    async def start(self, listener: Listener) -> None:
        """Tell how it stands and go on asking; raises ProbeUnavailableError."""
        try:
            self._win32 = Win32()
            self._listener = listener
            self._look(self._win32, listener)
        except OSError as error:
            raise ProbeUnavailableError(f"Windows does not tell: {error}") from error
        self._task = asyncio.create_task(self._poll(self._win32, listener), name=type(self).__name__)

    async def lost(self) -> None:
        """Return when Windows tells no more."""
        assert self._task is not None
        await asyncio.wait([self._task])
        if not self._task.cancelled():
            self._task.result()

    async def stop(self) -> None:
        """Stop asking."""
        self._listener = None
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _poll(self, win32: Win32, listener: Listener) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            try:
                self._look(win32, listener)
            except OSError:
                return

    @abstractmethod
    def capabilities(self) -> tuple[Capability, ...]:
        """Return what this probe sees here."""

    @abstractmethod
    def _look(self, win32: Win32, listener: Listener) -> None:
        """Tell what has changed."""


class WindowsWindows(_Polled):
    """Tells of another window in front, or another title of it, within a second."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self._told: Window | None = None
        self._has_told = self._was_bare = False

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that it works, with the grain of the poll."""
        detail = "Asked once a second; shorter visits may go unseen."
        return (Capability("window", "Active window", Health.WORKS, "Windows", detail),)

    def _look(self, win32: Win32, listener: Listener) -> None:
        front = win32.front()
        window = _window(front) if front is not None else None
        was_bare, self._was_bare = self._was_bare, window is None
        if window is None and self._told is not None and not was_bare:
            return  # between two windows there may be none for a moment
        if window != self._told or not self._has_told:
            self._told, self._has_told = window, True
            listener(WindowSeen(window))


class WindowsIdle(_Polled):
    """Tells when there was no input for the floor, and when it is back."""

    def __init__(self, clock: Clock, floor: float = INPUT_FLOOR) -> None:
        super().__init__(clock)
        self._floor = floor
        self._was_still: bool | None = None

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that it works."""
        return (Capability("idle", "Time away", Health.WORKS, "Windows last input"),)

    def _look(self, win32: Win32, listener: Listener) -> None:
        idle = win32.idle_seconds()
        is_still = idle >= self._floor
        if is_still != self._was_still:
            self._was_still = is_still
            last_input = self._clock.now() - timedelta(seconds=idle)
            listener(InputStopped(last_input) if is_still else InputBack(last_input))


class WindowsLock(_Polled):
    """Tells when the session is locked, and when no longer."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self._was_locked: bool | None = None

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that it works; wine knows no lock, so it is proved by a fake only."""
        return (Capability("lock", "Screen lock", Health.WORKS, "Windows session", "Not proved on a real Windows."),)

    def _look(self, win32: Win32, listener: Listener) -> None:
        locked = win32.is_locked()
        if locked is None and self._was_locked is None:
            raise OSError("the session does not tell whether it is locked")
        if locked is not None and locked != self._was_locked:
            self._was_locked = locked
            listener(Locked(SCREEN_SAVER) if locked else Unlocked(SCREEN_SAVER))


def _window(front: Front) -> Window:
    program = front.program
    known = shipped_catalogue().display_names.get(program.casefold())
    return Window(
        app_name=known or front.app or shared_identities().of(("", program), None).app_name,
        app_id=program or None,
        title=front.title or None,
        pid=front.pid,
        wm_class=("", program),
        exe=front.path or None,
        handle=front.handle,
    )
