"""What asking once a second has in common on systems whose hooks cannot be proved by this project's tests."""

import asyncio
import sys
from abc import ABC, abstractmethod
from datetime import timedelta
from typing import ClassVar, Self

from productify.clock import Clock
from productify.domain import Capability
from productify.errors import UnavailableError
from productify.tracker.probe import (
    INPUT_FLOOR,
    SCREEN_SAVER,
    Environment,
    InputBack,
    InputStopped,
    Listener,
    Locked,
    Unlocked,
    Window,
    WindowSeen,
)

_LOOK_EVERY = 1.0


class Polled(ABC):
    """Asks the system again and again; an OSError means that it tells no more."""

    platform: ClassVar[str]

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether this is the system."""
        return 50 if sys.platform == cls.platform else 0

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe."""
        return cls(clock)

    async def start(self, listener: Listener) -> None:
        """Tell how it stands and go on asking; raises UnavailableError."""
        try:
            self._open()
            self._look(listener)
        except (OSError, ImportError) as error:
            raise UnavailableError(f"{self.platform} does not tell: {error}") from error
        self._task = asyncio.create_task(self._poll(listener), name=type(self).__name__)

    async def lost(self) -> None:
        """Return when the system tells no more."""
        assert self._task is not None
        await asyncio.wait([self._task])
        if not self._task.cancelled():
            self._task.result()

    async def stop(self) -> None:
        """Stop asking."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    @abstractmethod
    def capabilities(self) -> tuple[Capability, ...]:
        """Return what this probe sees here."""

    @abstractmethod
    def _open(self) -> None:
        """Load what is asked; raises OSError or ImportError where it is not there."""

    @abstractmethod
    def _look(self, listener: Listener) -> None:
        """Tell what has changed."""

    async def _poll(self, listener: Listener) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            try:
                self._look(listener)
            except OSError:
                return


class PolledWindows(Polled):
    """Tells of another window in front, or another title of it, within a second."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self._told: Window | None = None
        self._has_told = self._was_bare = False

    @abstractmethod
    def _front(self) -> Window | None:
        """Return the window in front."""

    def _look(self, listener: Listener) -> None:
        window = self._front()
        was_bare, self._was_bare = self._was_bare, window is None
        if window is None and self._told is not None and not was_bare:
            return  # between two windows there may be none for a moment
        if window != self._told or not self._has_told:
            self._told, self._has_told = window, True
            listener(WindowSeen(window))


class PolledIdle(Polled):
    """Tells when there was no input for the floor, and when it is back."""

    def __init__(self, clock: Clock, floor: float = INPUT_FLOOR) -> None:
        super().__init__(clock)
        self._floor = floor
        self._was_still: bool | None = None

    @classmethod
    def create(cls, environment: Environment, clock: Clock, floor: float = INPUT_FLOOR) -> Self:
        """Return a probe that tells after `floor` seconds."""
        return cls(clock, floor)

    @abstractmethod
    def _idle_seconds(self) -> float:
        """Return the seconds since the last input."""

    def _look(self, listener: Listener) -> None:
        idle = self._idle_seconds()
        is_still = idle >= self._floor
        if is_still != self._was_still:
            self._was_still = is_still
            last_input = self._clock.now() - timedelta(seconds=idle)
            listener(InputStopped(last_input) if is_still else InputBack(last_input))


class PolledLock(Polled):
    """Tells when the session is locked, and when no longer."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self._was_locked: bool | None = None

    @abstractmethod
    def _is_locked(self) -> bool | None:
        """Return whether the session is locked, None where the system does not tell."""

    def _look(self, listener: Listener) -> None:
        locked = self._is_locked()
        if locked is None and self._was_locked is None:
            raise OSError("it does not say whether the session is locked")
        if locked is not None and locked != self._was_locked:
            self._was_locked = locked
            listener(Locked(SCREEN_SAVER) if locked else Unlocked(SCREEN_SAVER))
