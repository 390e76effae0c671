"""How long nobody has typed, to the second: asked only where something waits for a pause in the typing."""

import logging
from datetime import datetime, timedelta
from typing import Protocol

from productify.candidates import fitting
from productify.clock import Clock
from productify.errors import UnavailableError
from productify.tracker.backends.null import Nothing
from productify.tracker.choose import IDLE
from productify.tracker.probe import Environment, Event, IdleProbe, InputBack, InputStopped

_log = logging.getLogger(__name__)


class Gauge(Protocol):
    """Tells how long ago there was input."""

    async def idle(self) -> float | None:
        """Return the seconds since the last key or mouse; 0 for a few, None where nobody can tell."""
        ...

    async def close(self) -> None:
        """Let go of everything until it is asked again."""
        ...


class NoGauge:
    """Cannot tell."""

    async def idle(self) -> float | None:
        """Return None."""
        return None

    async def close(self) -> None:
        """Do nothing."""


class InputGauge:
    """Listens to the desktop's idle probe with a floor of its own, from the first question until it is closed.

    A stretch without input that is shorter than `floor` (seconds) is told as 0.
    """

    def __init__(self, environment: Environment, clock: Clock, floor: float) -> None:
        self._environment = environment
        self._clock = clock
        self._floor = floor
        self._probe: IdleProbe | None = None
        self._is_blind = False
        self._last_input: datetime | None = None

    async def idle(self) -> float | None:
        """Return the seconds since the last key or mouse; 0 for a few, None where nobody can tell."""
        if self._probe is None and not self._is_blind:
            await self._open()
        if self._is_blind:
            return None
        since = self._last_input
        return 0.0 if since is None else max(0.0, (self._clock.now() - since) / timedelta(seconds=1))

    async def close(self) -> None:
        """Disconnect; the next question looks for a probe anew."""
        probe, self._probe = self._probe, None
        self._is_blind, self._last_input = False, None
        if probe is not None:
            await probe.stop()

    def __call__(self, event: Event) -> None:
        """Hear what the probe saw."""
        match event:
            case InputStopped(last_input):
                self._last_input = last_input
            case InputBack():
                self._last_input = None
            case _:
                pass

    async def recorded(self) -> None:
        """Return at once: nothing is recorded."""

    async def _open(self) -> None:
        for found in fitting(IDLE.candidates, self._environment):
            probe: IdleProbe = found.create(self._environment, self._clock, self._floor)
            try:
                await probe.start(self)
            except UnavailableError as error:
                _log.debug("%s does not gauge: %s", found.__name__, error)
                await probe.stop()
            else:
                self._probe, self._is_blind = probe, isinstance(probe, Nothing)
                return
