"""For a desktop where nobody can tell which windows are in view: no picture is ever taken there."""

import sys
from typing import Self

from productify.domain import Capability, Health
from productify.tracker.backends.session import is_wayland
from productify.tracker.probe import Environment
from productify.tracker.sight import KEY, TITLE, InView


class NoSight:
    """Sees nothing, and says so."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return the lowest score that fits."""
        return 1

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one that advises for the desktop that `environment` names."""
        return cls(environment)

    async def windows(self) -> tuple[InView, ...] | None:
        """Return None: nobody can tell."""
        return None

    async def close(self) -> None:
        """Do nothing."""

    def capability(self) -> Capability:
        """Return what is missing."""
        detail = "Nothing here tells which windows are in view, so no screenshots are taken."
        return Capability(KEY, TITLE, Health.MISSING, "none", detail, self._advice())

    def _advice(self) -> str:
        if sys.platform in ("win32", "darwin"):
            return ""
        return "Log in to an X11 session." if is_wayland(self._environment) else "Log in to a desktop session."
