"""Putting windows away and bringing them back: what a focus session does with a blocked one. Nothing is closed."""

from collections.abc import Sequence
from typing import Protocol, Self

from productify.candidates import Candidate, Where, fitting
from productify.domain import Capability
from productify.tracker.probe import Environment

_HERE = "productify.tracker.hands"

CANDIDATES = (
    Candidate(f"{_HERE}.gnome", "GnomeHands", Where.WAYLAND),
    Candidate(f"{_HERE}.kde", "KdeHands", Where.WAYLAND),
    Candidate(f"{_HERE}.sway", "SwayHands", Where.WAYLAND),
    Candidate(f"{_HERE}.x11", "X11Hands", Where.X11),
    Candidate(f"{_HERE}.windows", "WindowsHands", Where.WINDOWS),
    Candidate(f"{_HERE}.macos", "MacHands", Where.MACOS),
    Candidate(f"{_HERE}.null", "NoHands"),
)
"""A module and the class in it; the one with the highest score is taken, the null one last."""

KEY, TITLE = "window-control", "Putting blocked windows away"
"""What each calls its capability."""


class WindowControl(Protocol):
    """Moves windows of one kind of desktop, by the handles that the tracker tells them by."""

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return how well it fits the desktop: 0 not at all."""
        ...

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one for the desktop that `environment` names; nothing is done yet."""
        ...

    async def iconify(self, handle: int) -> bool:
        """Minimise a window, and return whether the desktop was asked to: False where it is gone or nobody can."""
        ...

    async def activate(self, handle: int) -> bool:
        """Bring a window to the front, also one that is minimised; False where it is gone or nobody can."""
        ...

    async def close(self) -> None:
        """Let go of the desktop; it may be asked again."""
        ...

    def capability(self) -> Capability:
        """Return how well it works here."""
        ...


def hands_for(environment: Environment, candidates: Sequence[Candidate] = CANDIDATES) -> WindowControl:
    """Return what fits the desktop best."""
    best: type[WindowControl] = fitting(candidates, environment)[0]
    return best.create(environment)
