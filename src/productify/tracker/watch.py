"""Keeps one kind of probe going: chooses it, waits until it is lost, chooses again."""

import asyncio
import logging

from productify.clock import Clock
from productify.domain import Capability
from productify.tracker.choose import Kind
from productify.tracker.probe import Environment, Listener, Probe

_log = logging.getLogger(__name__)
_FIRST_WAIT = 0.5
_LONGEST_WAIT = 60.0


class Watch:
    """Watches one kind of thing for as long as it runs."""

    def __init__(self, kind: Kind, environment: Environment, clock: Clock) -> None:
        self.kind = kind
        self._environment = environment
        self._clock = clock
        self._probe: Probe | None = None

    def capabilities(self) -> tuple[Capability, ...]:
        """Return what the probe that runs now can see."""
        return self._probe.capabilities() if self._probe is not None else ()

    async def run(self, listener: Listener) -> None:
        """Watch until cancelled."""
        wait = _FIRST_WAIT
        while True:
            began = self._clock.steady()
            probe, hoping = await self.kind.start(self._environment, self._clock, listener)
            self._probe = probe
            try:
                lost = await _lost(probe, wait if hoping else None)
            finally:
                self._probe = None
                await probe.stop()
            if lost:
                _log.info("%s was lost", type(probe).__name__)
                for event in self.kind.farewell(self._clock.now()):
                    listener(event)
                await asyncio.sleep(wait)
            lived_long = self._clock.steady() - began > _LONGEST_WAIT and not hoping
            wait = _FIRST_WAIT if lived_long else min(wait * 2, _LONGEST_WAIT)


async def _lost(probe: Probe, patience: float | None) -> bool:
    """Return True when `probe` lost its desktop, False when `patience` (seconds) ended first."""
    try:
        async with asyncio.timeout(patience):
            await probe.lost()
    except TimeoutError:
        return False
    return True
