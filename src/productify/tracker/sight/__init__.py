"""Which windows are in view on all monitors, and where: what the gate before each picture judges."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self

from productify.candidates import Candidate, Where, fitting
from productify.domain import Capability, Rect
from productify.tracker.probe import Environment, Window

_HERE = "productify.tracker.sight"

CANDIDATES = (
    Candidate(f"{_HERE}.gnome", "GnomeSight", Where.WAYLAND),
    Candidate(f"{_HERE}.kde", "KdeSight", Where.WAYLAND),
    Candidate(f"{_HERE}.sway", "SwaySight", Where.WAYLAND),
    Candidate(f"{_HERE}.x11", "X11Sight", Where.X11),
    Candidate(f"{_HERE}.wlr", "WlrSight", Where.WAYLAND),
    Candidate(f"{_HERE}.windows", "WindowsSight", Where.WINDOWS),
    Candidate(f"{_HERE}.macos", "MacSight", Where.MACOS),
    Candidate(f"{_HERE}.null", "NoSight"),
)
"""A module and the class in it; the one with the highest score is taken, the null one last."""

KEY, TITLE = "visible-windows", "Windows in view"
"""What each sight calls its capability."""


@dataclass(frozen=True, slots=True)
class InView:
    """A window in view, whatever lies over it.

    `rect` is in the pixels that pictures are taken in, None where the desktop does not tell it: it may be anywhere.
    `attached` marks menus, tooltips and dialogs: they bear names of their own and show what their app's windows hold.
    """

    window: Window
    rect: Rect | None
    attached: bool = False


class Sight(Protocol):
    """Sees the windows of one kind of desktop."""

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return how well it fits the desktop: 0 not at all."""
        ...

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one for the desktop that `environment` names; nothing is asked yet."""
        ...

    async def windows(self) -> tuple[InView, ...] | None:
        """Return every window in view; None while nobody can tell, never only a part of them."""
        ...

    async def close(self) -> None:
        """Let go of the desktop; `windows` may be asked again."""
        ...

    def capability(self) -> Capability:
        """Return how well windows in view can be told here."""
        ...


def sight_for(environment: Environment, candidates: Sequence[Candidate] = CANDIDATES) -> Sight:
    """Return the one that fits the desktop best."""
    best: type[Sight] = fitting(candidates, environment)[0]
    return best.create(environment)
