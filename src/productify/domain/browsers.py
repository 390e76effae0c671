"""Browsers that the extension pairs with the app."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PairingCode:
    """Six digits to type into the extension until `until` (UTC)."""

    code: str
    until: datetime


@dataclass(frozen=True, slots=True)
class PairedBrowser:
    """A browser profile whose extension may talk to the app; `browser` is its kind ("firefox", "chromium" ...).

    `seen_at` is when it was last heard of while this app has been running, None where it was not; UTC.
    """

    id: str
    name: str
    browser: str
    paired_at: datetime
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProbeAsked:
    """A request to a paired browser: open `url` out of sight, and say whether it was blocked."""

    id: str
    url: str


@dataclass(frozen=True, slots=True)
class Probed:
    """What a paired browser found: whether the address was `blocked`, and whether private windows are covered."""

    id: str
    blocked: bool
    in_private: bool


@dataclass(frozen=True, slots=True)
class Leak:
    """What the leak test found of one browser profile; where it `leaks`, `fix` is a sentence on what to do."""

    browser: str
    profile: str
    leaks: bool
    detail: str
    fix: str = ""
