"""Pictures of the screen: what was in view, what may be kept of it, and what was kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class Rect(NamedTuple):
    """A rectangle; `left` and `top` may be negative on a desktop of several monitors."""

    left: int
    top: int
    width: int
    height: int

    def overlaps(self, other: "Rect") -> bool:
        """Return whether they share a pixel."""
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.top + other.height
            and other.top < self.top + self.height
        )


class Skip(StrEnum):
    """Why no picture was taken (`screenshot_skips.reason`)."""

    INCOGNITO = "incognito"
    PAUSED = "paused"
    NOT_TRACKING = "not tracking"
    AWAY = "away"
    LOCKED = "locked"
    ASLEEP = "asleep"
    PRIVATE_WINDOW = "private window"
    """A browser's private window was in view."""
    MAYBE_PRIVATE = "maybe private"
    """A window of a browser was in view that does not show which of its windows are private."""
    PASSWORD_MANAGER = "password manager"
    EXCLUDED_APP = "excluded app"
    EXCLUDED_SITE = "excluded site"
    """A browser was in view on a site that is excluded, or on one that nobody can tell while some are."""
    EXCLUDED_TITLE = "excluded title"
    UNSEEN = "unseen"
    """Nothing here can tell which windows are in view."""
    MOVED = "moved"
    """Windows came, went or moved while the picture was taken."""
    CALL = "call"
    """Somebody was in a call, and the user wants none then."""
    DISK_FULL = "disk full"
    FAILED = "failed"
    """The desktop did not let the picture be taken, or it could not be written."""


class Trigger(StrEnum):
    """What let a picture be taken (`screenshots.trigger`)."""

    INTERVAL = "interval"
    SWITCH = "switch"
    """Another app came to the front."""
    ASKED = "asked"
    """The user took one by hand."""


class KeyPlace(StrEnum):
    """Where the key is that pictures are encrypted with."""

    KEYRING = "keyring"
    FILE = "file"
    """A file in the data folder, as the system's keyring could not be used."""


@dataclass(frozen=True, slots=True)
class Pane:
    """One window in view, as the gate judges it; no text of a hidden one is in here.

    `rect` is in the desktop's own pixels, None where the desktop does not tell it: it may be anywhere then. `hidden`
    is why it must not be in a picture, None where it may. `blurred` asks for the whole picture to be blurred.
    """

    handle: int
    rect: Rect | None
    hidden: Skip | None
    blurred: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """What is in view on all monitors at one moment, and what is in front.

    `skip` is why no picture at all may be taken now, whatever the panes say. `app_name` and `window_title` are of
    the activity in front and None where the record keeps none. Two scenes with equal `panes` show the same windows in
    the same places.
    """

    skip: Skip | None
    panes: tuple[Pane, ...] = ()
    app_name: str | None = None
    window_title: str | None = None


@dataclass(frozen=True, slots=True)
class Monitor:
    """A monitor: `number` counts from 1 in the desktop's order, `name` is the desktop's, `rect` in its pixels."""

    number: int
    name: str
    rect: Rect


@dataclass(frozen=True, slots=True)
class Shot:
    """One stored picture; times UTC, sizes in pixels and bytes.

    `width` and `height` are the stored picture's, `screen_width` and `screen_height` the monitor's. From `captured_at`
    to `seen_until` the screen stayed the same. `category` and `productivity` are those of the activity that the record
    has at that moment now. `trashed_at` is set while it waits to be deleted for good.
    """

    id: str
    captured_at: datetime
    seen_until: datetime
    local_day: date
    monitor: str
    monitor_number: int
    monitor_count: int
    screen_width: int
    screen_height: int
    width: int
    height: int
    file_size: int
    format: str
    app_name: str | None
    window_title: str | None
    category: str | None
    productivity: int | None
    is_blurred: bool
    is_sealed: bool
    trigger: Trigger
    trashed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShotFilter:
    """Which pictures: between `start` and `end` (UTC, half open), and what else narrows them; None does not narrow.

    `text` is what was typed: words in a picture, in its window's title or in its app's name.
    """

    start: datetime
    end: datetime
    app_name: str | None = None
    category: str | None = None
    blurred: bool | None = None
    monitor: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class ShotHour:
    """One hour of the gallery: it begins at `start` (UTC) and holds `count` pictures; `active` in milliseconds."""

    start: datetime
    count: int
    active: int


@dataclass(frozen=True, slots=True)
class ShotCounts:
    """How many pictures a period has, and by what they can be filtered; the greatest count first."""

    all: int
    blurred: int
    apps: tuple[tuple[str, int], ...]
    categories: tuple[tuple[str, int], ...]
    monitors: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A stretch (UTC) in which `count` pictures were not taken on `monitor` (None: on all) for one reason."""

    start: datetime
    end: datetime
    reason: Skip
    monitor: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What pictures take and will take on the disk; bytes and days.

    `a_month` is None while there are too few days to tell; `days_left` is how long until the older of the limits
    starts to delete, None where none ever will.
    """

    used: int
    limit: int
    shots: int
    a_month: int | None
    days_left: int | None
    kept_days: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was read in a picture, and where, as fractions of its width and height."""

    text: str
    left: float
    top: float
    width: float
    height: float


def covers(panes: Sequence[Pane], monitor: Rect) -> tuple[Pane, ...]:
    """Return the panes that are, or may be, on a monitor."""
    return tuple(pane for pane in panes if pane.rect is None or pane.rect.overlaps(monitor))
