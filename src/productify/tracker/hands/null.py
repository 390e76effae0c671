"""For a desktop that lets nobody move windows: the overlay alone covers what is blocked."""

from typing import Self

from productify.domain import Capability, Health
from productify.tracker.hands import KEY, TITLE
from productify.tracker.probe import Environment


class NoHands:
    """Moves nothing, and says so."""

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return the lowest score that fits."""
        return 1

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one."""
        return cls()

    async def iconify(self, handle: int) -> bool:
        """Return False."""
        return False

    async def activate(self, handle: int) -> bool:
        """Return False."""
        return False

    async def close(self) -> None:
        """Do nothing."""

    def capability(self) -> Capability:
        """Return what is missing."""
        detail = "Windows cannot be minimised here: what is blocked is only covered."
        return Capability(KEY, TITLE, Health.MISSING, "none", detail, "X11, GNOME, KDE Plasma and sway let it.")
