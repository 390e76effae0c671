"""What a probe tells, kept with the time of each event."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from productify.tracker.probe import Event, Probe, Window, WindowSeen

FOOT = {"foot", "org.codeberg.dnkl.foot"}
"""The ids of foot's desktop file, older and newer."""


class Heard:
    """Keeps what a probe tells, with the time of each."""

    def __init__(self) -> None:
        self.events: list[tuple[float, Event]] = []

    def __call__(self, event: Event) -> None:
        self.events.append((time.monotonic(), event))

    async def recorded(self) -> None:
        """Return at once."""

    @property
    def window(self) -> Window | None:
        """The window told of last."""
        seen = [event.window for _, event in self.events if isinstance(event, WindowSeen)]
        return seen[-1] if seen else None

    @property
    def title(self) -> str | None:
        """The title told of last."""
        return self.window.title if self.window else None


@asynccontextmanager
async def listening(probe: Probe) -> AsyncIterator[Heard]:
    """Start a probe and stop it at the end."""
    heard = Heard()
    await probe.start(heard)
    try:
        yield heard
    finally:
        await probe.stop()


async def in_thread(call: Callable[..., object], *arguments: object) -> object:
    """Do what blocks beside the loop, as another program would."""
    return await asyncio.to_thread(call, *arguments)
