"""What can happen to the record: what the user does, what is in front, and all that probes tell but signs."""

from dataclasses import dataclass
from datetime import datetime

from productify.clock import LocalDays
from productify.domain import Activity
from productify.tracker.face import Face
from productify.tracker.probe import (
    InputBack,
    InputStopped,
    Locked,
    SessionEnding,
    SessionStays,
    Slept,
    Unlocked,
    Woke,
)
from productify.tracker.vouching import Vouched


@dataclass(frozen=True, slots=True)
class Shown:
    """Something else is in front; None while nobody can tell what."""

    face: Face | None


@dataclass(frozen=True, slots=True)
class Amended:
    """More is known of what is in front since it came there: its address, or a new verdict."""

    face: Face


@dataclass(frozen=True, slots=True)
class LetGo:
    """The record is about to be corrected: what was recorded so far is no longer the tracker's."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """The record was corrected: `stretches` have an answer now, and the running row goes on where `last` ends."""

    stretches: tuple[tuple[datetime, datetime], ...]
    last: Activity | None


@dataclass(frozen=True, slots=True)
class Paused:
    """The user paused, until a moment (UTC) or until they resume."""

    until: datetime | None


@dataclass(frozen=True, slots=True)
class Resumed:
    """The user goes on."""


@dataclass(frozen=True, slots=True)
class Switched:
    """Recording as a whole was switched on or off."""

    on: bool


@dataclass(frozen=True, slots=True)
class Retimed:
    """Another idle timeout, in seconds, or other local days."""

    idle_timeout: int
    days: LocalDays


Happening = (
    Shown
    | Amended
    | LetGo
    | Corrected
    | Paused
    | Resumed
    | Switched
    | Retimed
    | Vouched
    | InputStopped
    | InputBack
    | Locked
    | Unlocked
    | Slept
    | Woke
    | SessionEnding
    | SessionStays
)
