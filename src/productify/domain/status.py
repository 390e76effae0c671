"""What the recorder is doing right now."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from productify.domain.activity import Activity
from productify.domain.figures import Totals
from productify.domain.focus import FocusNow


class Mode(StrEnum):
    """Whether the recorder records."""

    TRACKING = "tracking"
    PAUSED = "paused"
    INCOGNITO = "incognito"
    OFF = "off"
    """Tracking is switched off in the settings, or no recorder runs."""


class Capturing(StrEnum):
    """Whether pictures of the screen are taken."""

    OFF = "off"
    ON = "on"
    PAUSED = "paused"
    """The user paused pictures alone."""
    UNABLE = "unable"
    """They are wanted, and cannot be taken or kept now."""


class Health(StrEnum):
    """How well a capability works on this desktop."""

    WORKS = "works"
    DEGRADED = "degraded"
    MISSING = "missing"


class Repair(StrEnum):
    """What the app itself can do about its desktop, when the user asks for it."""

    GNOME_EXTENSION = "gnome-extension"
    """Install what tells GNOME's window in front."""
    ACCESSIBILITY = "accessibility"
    """Switch on what Firefox tells its addresses by."""
    AUTOSTART = "autostart"
    """Start with the session."""
    NOTIFICATION = "notification"
    """Send a notification, to see that it comes."""


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing the desktop lets the app do: by which backend, how well, and how to mend it.

    `detail` and `fix` are sentences. `repair` is what the app can do about it, `command` what the user can paste into
    a terminal.
    """

    key: str
    title: str
    health: Health
    backend: str
    detail: str = ""
    fix: str = ""
    repair: Repair | None = None
    command: str = ""


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
    incognito: bool = False
    """Whether incognito is switched on, also while a pause is in front of it."""
    capturing: Capturing = Capturing.OFF
    capture_problem: str | None = None
    """A sentence for the user where `capturing` is UNABLE."""
    focus: FocusNow | None = None
    """The running focus session."""
