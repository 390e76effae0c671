"""For a desktop that lets nobody take pictures."""

from typing import Self

from productify.capture.grabbers import KEY, TITLE, Environment, Grab, GrabError
from productify.domain import Capability, Health, Monitor

_NOTHING = "This desktop does not let screenshots be taken."


class NoGrabber:
    """Takes nothing, and says so."""

    takes_all = False

    def __init__(self, environment: Environment) -> None:
        self._is_wayland = bool(environment.get("WAYLAND_DISPLAY"))

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return the lowest score that fits."""
        return 1

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one that advises for the desktop that `environment` names."""
        return cls(environment)

    def monitors(self) -> tuple[Monitor, ...]:
        """Raise GrabError."""
        raise GrabError(f"{_NOTHING} {self._advice()}")

    def grab(self, monitor: Monitor) -> Grab:
        """Raise GrabError."""
        raise GrabError(f"{_NOTHING} {self._advice()}")

    def close(self) -> None:
        """Do nothing."""

    def capability(self) -> Capability:
        """Return what is missing."""
        return Capability(KEY, TITLE, Health.MISSING, "none", _NOTHING, self._advice())

    def _advice(self) -> str:
        return "Log in to an X11 session." if self._is_wayland else "Log in to a desktop session."
