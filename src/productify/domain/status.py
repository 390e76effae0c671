"""What the recorder is doing right now."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from productify.domain.activity import Activity
from productify.domain.figures import Totals


class Mode(StrEnum):
    """Whether the recorder records."""

    TRACKING = "tracking"
    PAUSED = "paused"
    INCOGNITO = "incognito"
    OFF = "off"
    """Tracking is switched off in the settings, or no recorder runs."""


class Health(StrEnum):
    """How well a capability works on this desktop."""

    WORKS = "works"
    DEGRADED = "degraded"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing the tracker can see here: by which backend, how well, and how to mend it."""

    key: str
    title: str
    health: Health
    backend: str
    detail: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """The activity that still grows, and since when the current app or state has been in front; UTC."""

    activity: Activity
    since: datetime


@dataclass(frozen=True, slots=True)
class Status:
    """The recorder's state with today's sums; `paused_until` is None while paused means until resumed; UTC."""

    mode: Mode
    paused_until: datetime | None
    running: Running | None
    today: Totals
    tracking_since: datetime | None
    """The first active moment of today."""
    problem: str | None = None
    """A sentence for the user when recording does not work."""
