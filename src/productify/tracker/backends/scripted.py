"""A probe that tells what a test says."""

import asyncio
from typing import Self

from productify.clock import Clock
from productify.domain import Capability, Health
from productify.errors import UnavailableError
from productify.tracker.probe import Environment, Event, Listener


class Scripted:
    """Tells the events it is given, can be broken, and can refuse to start."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.refuses = refuses
        self.started = asyncio.Event()
        self.starts = 0
        self._broken = asyncio.Event()
        self._listener: Listener | None = None

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return that it always fits."""
        return 1

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a fresh one."""
        return cls()

    async def start(self, listener: Listener) -> None:
        """Begin to pass events on."""
        if self.refuses:
            raise UnavailableError("scripted to refuse")
        self._broken.clear()
        self._listener = listener
        self.starts += 1
        self.started.set()

    def tell(self, *events: Event) -> None:
        """Tell `events`, in order."""
        assert self._listener is not None
        for event in events:
            self._listener(event)

    async def recorded(self) -> None:
        """Wait until what was told is on disk."""
        assert self._listener is not None
        await self._listener.recorded()

    def break_off(self) -> None:
        """Lose the connection to the desktop."""
        self.started.clear()
        self._broken.set()

    async def lost(self) -> None:
        """Wait for `break_off`."""
        await self._broken.wait()

    async def stop(self) -> None:
        """Stop passing events on."""
        self._listener = None

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that everything works."""
        return (Capability("scripted", "Scripted events", Health.WORKS, "script"),)
