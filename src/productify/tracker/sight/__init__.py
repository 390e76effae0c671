"""Which windows are in view on all monitors, and where: what the gate before each picture judges."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, Self

from productify.domain import Capability, Rect
from productify.tracker.probe import Environment, Window

_log = logging.getLogger(__name__)
_HERE = "productify.tracker.sight"

CANDIDATES = (
    (f"{_HERE}.gnome", "GnomeSight"),
    (f"{_HERE}.kde", "KdeSight"),
    (f"{_HERE}.sway", "SwaySight"),
    (f"{_HERE}.x11", "X11Sight"),
    (f"{_HERE}.wlr", "WlrSight"),
    (f"{_HERE}.windows", "WindowsSight"),
    (f"{_HERE}.macos", "MacSight"),
    (f"{_HERE}.null", "NoSight"),
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


def sight_for(environment: Environment, candidates: Sequence[tuple[str, str]] = CANDIDATES) -> Sight:
    """Return the one that fits the desktop best; one that cannot be imported does not."""
    scored: list[tuple[int, type[Sight]]] = []
    for module_name, class_name in candidates:
        try:
            sight: type[Sight] = getattr(import_module(module_name), class_name)
        except (ImportError, OSError) as error:
            _log.info("%s is left out: %s", class_name, error)
            continue
        scored.append((sight.score(environment), sight))
    return max(scored, key=lambda pair: pair[0])[1].create(environment)
