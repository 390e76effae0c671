"""What a desktop can tell, and who asks it: the events and the Protocols that backends fulfil."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, Self

from productify.clock import Clock
from productify.domain import Capability

Environment = Mapping[str, str]

INPUT_FLOOR = 60
"""Seconds without input after which probes say so, whatever the idle timeout is."""

LOGIND = "logind"
"""The source of locks that the session's own state shows."""

LOCK_REQUEST = "lock request"
"""The source of locks that were asked for, and that nobody may take back."""

SCREEN_SAVER = "screen saver"
"""The source of locks that a screen saver tells of."""


@dataclass(frozen=True, slots=True)
class Window:
    """The window in front, named the way a person names it.

    `app_id` is the desktop file's id or the nearest thing; `wm_class` is (instance, class); `script` is what an
    interpreter runs; `handle` tells two windows of one app apart; `fullscreen` where the desktop tells it, `private`
    where its browser does.
    """

    app_name: str
    app_id: str | None = None
    title: str | None = None
    url: str | None = None
    pid: int | None = None
    wm_class: tuple[str, str] = ("", "")
    exe: str | None = None
    script: str | None = None
    handle: int = 0
    fullscreen: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class WindowSeen:
    """Another window, or another title of it, is in front; None is the bare desktop."""

    window: Window | None


@dataclass(frozen=True, slots=True)
class WindowUnknown:
    """Nothing can tell any more which window is in front."""


@dataclass(frozen=True, slots=True)
class InputStopped:
    """There was no keyboard or mouse input since `last_input` (UTC), for a minute or longer."""

    last_input: datetime


@dataclass(frozen=True, slots=True)
class InputBack:
    """The first input after a stop came `at` (UTC)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Locked:
    """`source` says that the screen is locked."""

    source: str


@dataclass(frozen=True, slots=True)
class Unlocked:
    """`source` no longer says that the screen is locked."""

    source: str


@dataclass(frozen=True, slots=True)
class Slept:
    """The machine is about to sleep."""


@dataclass(frozen=True, slots=True)
class Woke:
    """The machine is back from sleep."""


@dataclass(frozen=True, slots=True)
class SessionEnding:
    """The user logs out or the machine shuts down."""


@dataclass(frozen=True, slots=True)
class SessionStays:
    """The shutdown that was announced does not happen."""


class SignKind(StrEnum):
    """What an app does that may show that somebody is there."""

    SOUND = "sound"
    """It plays something that can be heard, or says that it plays."""
    MICROPHONE = "microphone"
    CAMERA = "camera"
    AWAKE = "awake"
    """It asks the desktop not to become idle."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One app that does something; `names` are all that it goes by in lower case, `pid` is its process if known."""

    kind: SignKind
    names: frozenset[str] = frozenset()
    pid: int | None = None


@dataclass(frozen=True, slots=True)
class SignsSeen:
    """All signs that `source` sees now."""

    source: str
    signs: frozenset[Sign]


Event = (
    WindowSeen
    | WindowUnknown
    | InputStopped
    | InputBack
    | Locked
    | Unlocked
    | Slept
    | Woke
    | SessionEnding
    | SessionStays
    | SignsSeen
)


class Listener(Protocol):
    """Who hears what a probe sees."""

    def __call__(self, event: Event) -> None:
        """Take note of `event`, at once and without waiting."""
        ...

    async def recorded(self) -> None:
        """Return when all that was told is on disk, or could not be brought there."""
        ...


class Probe(Protocol):
    """One thing that is watched, by events wherever the desktop has them."""

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return how well this probe fits the desktop: 0 not at all, the highest is tried first."""
        ...

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe for the desktop that `environment` names, not yet started."""
        ...

    async def start(self, listener: Listener) -> None:
        """Begin to tell; raises UnavailableError where this desktop cannot."""
        ...

    async def lost(self) -> None:
        """Return when the connection to the desktop broke."""
        ...

    async def stop(self) -> None:
        """Stop telling and let go of everything; may be called at any time."""
        ...

    def capabilities(self) -> tuple[Capability, ...]:
        """Return what this probe sees here."""
        ...


WindowProbe = Probe
"""Tells WindowSeen."""


class IdleProbe(Probe, Protocol):
    """Tells InputStopped and InputBack."""

    @classmethod
    def create(cls, environment: Environment, clock: Clock, floor: float = INPUT_FLOOR) -> Self:
        """Return a probe that tells once there was no input for `floor` seconds."""
        ...


SessionProbe = Probe
"""Tells Locked, Unlocked, Slept, Woke, SessionEnding, SessionStays."""

PresenceProbe = Probe
"""Tells SignsSeen."""
