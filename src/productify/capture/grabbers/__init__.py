"""Taking the pixels of a monitor, by whatever means the desktop has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, Self

from productify.candidates import Candidate, Where, fitting
from productify.domain import Capability, Monitor

Environment = Mapping[str, str]
_HERE = "productify.capture.grabbers"

CANDIDATES = (
    Candidate(f"{_HERE}.screen", "ScreenGrabber"),
    Candidate(f"{_HERE}.wlroots", "WlrootsGrabber", Where.WAYLAND),
    Candidate(f"{_HERE}.portal", "PortalGrabber", Where.WAYLAND),
    Candidate(f"{_HERE}.null", "NoGrabber"),
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


def grabber_for(environment: Environment, candidates: Sequence[Candidate] = CANDIDATES) -> Grabber:
    """Return the one that fits the desktop best."""
    best: type[Grabber] = fitting(candidates, environment)[0]
    return best.create(environment)
