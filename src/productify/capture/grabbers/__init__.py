"""Taking the pixels of a monitor, by whatever means the desktop has."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, Self

from productify.domain import Capability, Monitor

_log = logging.getLogger(__name__)
Environment = Mapping[str, str]
_HERE = "productify.capture.grabbers"

CANDIDATES = (
    (f"{_HERE}.screen", "ScreenGrabber"),
    (f"{_HERE}.wlroots", "WlrootsGrabber"),
    (f"{_HERE}.portal", "PortalGrabber"),
    (f"{_HERE}.null", "NoGrabber"),
)
"""A module and the class in it; the one with the highest score is taken, the null one last."""

KEY, TITLE = "screenshots", "Screenshots"
"""What each grabber calls its capability."""


class GrabError(Exception):
    """The desktop did not let a picture be taken; the text is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Grab:
    """A monitor's pixels, four bytes each, blue first (BGRX); `width` and `height` are theirs."""

    raw: bytes | bytearray
    width: int
    height: int


class Grabber(Protocol):
    """Takes pictures on one kind of desktop; its functions block, one is called at a time, from any thread.

    `takes_all` marks one that cannot leave out a monitor: the desktop writes a file with all of them.
    """

    takes_all: bool

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return how well it fits the desktop: 0 not at all. It imports nothing that is large."""
        ...

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one for the desktop that `environment` names; nothing is asked yet."""
        ...

    def monitors(self) -> tuple[Monitor, ...]:
        """Return the monitors as they are now; raises GrabError."""
        ...

    def grab(self, monitor: Monitor) -> Grab:
        """Return what `monitor` shows now; raises GrabError."""
        ...

    def close(self) -> None:
        """Let go of the desktop; it may be asked again."""
        ...

    def capability(self) -> Capability:
        """Return how well pictures can be taken here, as far as that can be told without taking one."""
        ...


def grabber_for(environment: Environment, candidates: Sequence[tuple[str, str]] = CANDIDATES) -> Grabber:
    """Return the one that fits the desktop best; one that cannot be imported does not."""
    scored: list[tuple[int, type[Grabber]]] = []
    for module_name, class_name in candidates:
        try:
            grabber: type[Grabber] = getattr(import_module(module_name), class_name)
        except (ImportError, OSError) as error:
            _log.info("%s is left out: %s", class_name, error)
            continue
        scored.append((grabber.score(environment), grabber))
    return max(scored, key=lambda pair: pair[0])[1].create(environment)
