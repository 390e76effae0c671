"""Probes for a desktop that nobody can watch: they tell nothing, and say so."""

import asyncio
from typing import ClassVar, Self

from productify.clock import Clock
from productify.domain import Capability, Health
from productify.tracker.probe import Environment, Listener


class Nothing:
    """Tells nothing, for ever."""

    _missing: ClassVar[Capability]

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return the lowest score that fits."""
        return 1

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe."""
        return cls()

    async def start(self, listener: Listener) -> None:
        """Do nothing."""

    async def lost(self) -> None:
        """Wait for ever."""
        await asyncio.get_running_loop().create_future()

    async def stop(self) -> None:
        """Do nothing."""

    def capabilities(self) -> tuple[Capability, ...]:
        """Return what is missing."""
        return (self._missing,)


def _missing(key: str, title: str, detail: str, fix: str) -> Capability:
    return Capability(key, title, Health.MISSING, "none", detail, fix)


class NoWindows(Nothing):
    """No window can be seen."""

    _missing = _missing(
        "window", "Active window", "No X11 display answers.", "Log in to a desktop session, or an X11 one."
    )


class NoIdle(Nothing):
    """No input can be noticed."""

    _missing = _missing("idle", "Time away", "Nothing tells when there was input last.", "Log in to an X11 session.")


class NoSleep(Nothing):
    """Sleep is not announced; the clocks show it afterwards."""

    _missing = Capability(
        "sleep",
        "Sleep and log-out",
        Health.DEGRADED,
        "clock",
        "Sleep is noticed afterwards, by the clocks.",
        "Run a system D-Bus with systemd-logind or elogind.",
    )


class NoScreenSaver(Nothing):
    """No screen saver tells of locking."""

    _missing = _missing(
        "lock", "Screen lock", "No session D-Bus answers.", "Start the desktop with dbus-run-session, or install dbus."
    )
