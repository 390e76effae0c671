"""Probes for a desktop that nobody can watch: they tell nothing, and say so."""

import asyncio
import sys
from typing import Self

from productify.clock import Clock
from productify.domain import Capability, Health
from productify.tracker.backends.session import is_wayland, window_advice
from productify.tracker.probe import INPUT_FLOOR, Environment, Listener


class Nothing:
    """Tells nothing, for ever."""

    _missing: Capability

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

    def __init__(self, environment: Environment) -> None:
        detail = "This desktop tells nothing of windows." if is_wayland(environment) else "No desktop answers."
        self._missing = _missing("window", "Active window", detail, window_advice(environment))

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe that advises for the desktop that `environment` names."""
        return cls(environment)


class NoIdle(Nothing):
    """No input can be noticed."""

    @classmethod
    def create(cls, environment: Environment, clock: Clock, floor: float = INPUT_FLOOR) -> Self:
        """Return a probe."""
        return cls()

    _missing = _missing("idle", "Time away", "Nothing tells when there was input last.", "Log in to a desktop session.")


class NoSleep(Nothing):
    """Sleep is not announced; the clocks show it afterwards."""

    _missing = Capability(
        "sleep",
        "Sleep and log-out",
        Health.DEGRADED,
        "clock",
        "Sleep is noticed afterwards, by the clocks.",
        "Run a system D-Bus with systemd-logind or elogind." if sys.platform == "linux" else "",
    )


class NoSessionManager(Nothing):
    """No session manager of X11's kind; logind or the end of the process tells of log-out."""

    def capabilities(self) -> tuple[Capability, ...]:
        """Return nothing: most desktops have none, and need none."""
        return ()


class NoScreenSaver(Nothing):
    """No screen saver tells of locking."""

    _missing = (
        _missing("lock", "Screen lock", "No session D-Bus answers.", "Start the desktop with dbus-run-session.")
        if sys.platform == "linux"
        else _missing("lock", "Screen lock", "The system does not tell; a lock counts once input has stopped.", "")
    )
