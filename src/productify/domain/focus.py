"""Focus sessions, what they block, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class FocusState(StrEnum):
    """What a session is (`focus_sessions.status`)."""

    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    """It reached its planned end."""
    CANCELLED = "cancelled"
    """It was ended before, or nobody can tell how it went on."""


class Phase(StrEnum):
    """What a running session is in."""

    FOCUS = "focus"
    BREAK = "break"
    LONG_BREAK = "long break"
    OVERTIME = "overtime"
    """The planned end has passed and the user goes on: nothing is blocked any more, the time counts."""


class TargetKind(StrEnum):
    """What an entry of a block list names."""

    APP = "app"
    SITE = "site"
    CATEGORY = "category"


class ListMode(StrEnum):
    """What a list does to what it names."""

    BLOCK = "block"
    ALLOW = "allow"
    """Everything but what it names is blocked."""


@dataclass(frozen=True, slots=True)
class Target:
    """An app (its name or id, * stands for anything), a site (a domain, or with a path as in reddit.com/r/all), or a
    category's key.
    """

    kind: TargetKind
    value: str


@dataclass(frozen=True, slots=True)
class Weekly:
    """A stretch of each week: `weekdays` count from 0, Monday; minutes since local midnight, `end` may be past it."""

    weekdays: frozenset[int]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class BlockList:
    """A named list. With `hours` it blocks in those by itself, session or not; `allowance` is minutes a day before it
    does, None for none. `is_shipped` marks the one that comes with the product.
    """

    id: str
    name: str
    mode: ListMode = ListMode.BLOCK
    targets: tuple[Target, ...] = ()
    hours: tuple[Weekly, ...] = ()
    allowance: int | None = None
    is_on: bool = True
    is_shipped: bool = False


@dataclass(frozen=True, slots=True)
class Pomodoro:
    """Minutes of work, of a short and a long break, and how many stretches of work there are."""

    work: int = 25
    rest: int = 5
    long_rest: int = 15
    cycles: int = 4


@dataclass(frozen=True, slots=True)
class FocusPlan:
    """What is asked for: `minutes` of focus, or the cycles of `pomodoro`; `lists` are ids of block lists."""

    minutes: int
    title: str | None = None
    project: str | None = None
    pomodoro: Pomodoro | None = None
    lists: tuple[str, ...] = ()
    strict: bool = False


@dataclass(frozen=True, slots=True)
class FocusNow:
    """The running session; lengths in seconds, moments UTC.

    `elapsed` counts what was not paused, `left` until the planned end, `phase_left` until the phase ends (0 in
    overtime), `phase_total` is the whole length of the phase with what it was extended by (0 in overtime); `ends_at` is
    when it will end if it is not paused, None while it is. `overtime` counts from the planned end on. `attempts` are
    blocked visits so far.
    """

    session_id: str
    plan: FocusPlan
    state: FocusState
    phase: Phase
    cycle: int
    elapsed: float
    left: float
    phase_left: float
    phase_total: float
    overtime: float
    started_at: datetime
    ends_at: datetime | None
    attempts: int
    passes_left: int
    emergency_at: datetime | None
    """When the one emergency end of seven days is there again; None where it is there now."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A blocked visit: `name` is the app's or the site's, `passed` whether the user took a pass, for `reason`."""

    at: datetime
    name: str
    is_site: bool
    list_name: str
    session_id: str | None
    passed: bool = False
    reason: str | None = None


PASS_REASON_LEAST = 10
"""Characters that the reason for a pass has at least."""

ASIDE_SECONDS = 10
"""For how long the browser of a blocked site may be in front so that its tab can be closed."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """What the overlay says: `name` is in front and blocked until `until` (UTC).

    `left` and `total` are seconds until `until` and from the beginning of what blocks to it; `title` is the session's.
    `back_to` is the last allowed app, `earlier` how often `name` was blocked before: in this session, or else today.
    No pass can be had where `passes_left` of the day's `passes` is 0. `can_step_aside` is true where only the overlay
    keeps a site away, so that its tab cannot be closed under it.
    """

    name: str
    is_site: bool
    list_name: str
    title: str | None
    until: datetime
    left: float
    total: float
    back_to: str | None
    passes_left: int
    earlier: int
    strict: bool
    passes: int = 3
    pass_seconds: int = 60
    in_session: bool = True
    can_step_aside: bool = False


@dataclass(frozen=True, slots=True)
class FocusSchedule:
    """A session that begins by itself each week: `weekdays` from 0, Monday, `start` in minutes since local midnight."""

    id: str
    weekdays: frozenset[int]
    start: int
    minutes: int
    title: str | None = None
    project: str | None = None
    lists: tuple[str, ...] = ()
    strict: bool = False
    is_on: bool = True


@dataclass(frozen=True, slots=True)
class FocusRecord:
    """A session as it was; `seconds` counts the focus that was seen, overtime included, without pauses and breaks."""

    session_id: str
    title: str | None
    project: str | None
    state: FocusState
    planned_minutes: int
    seconds: int
    started_at: datetime
    ended_at: datetime | None
    local_day: date
    attempts: int
    strict: bool


@dataclass(frozen=True, slots=True)
class FocusDay:
    """What the page shows beside the timer; milliseconds.

    `week` has seven days from Monday on; `pulled` what was blocked most in the last seven days, most often first.
    """

    focused: int
    blocked_today: int
    blocked_yesterday: int
    streak: int
    best_streak: int
    week: tuple[tuple[date, int], ...]
    sessions: tuple[FocusRecord, ...]
    pulled: tuple[tuple[str, bool, int], ...]


@dataclass(frozen=True, slots=True)
class FocusOffer:
    """The hours in which the user focuses best: `start` in minutes since local midnight, on `weekdays`."""

    weekdays: frozenset[int]
    start: int
    minutes: int
    share: int
    """Per cent of that time that was focused so far."""


@dataclass(frozen=True, slots=True)
class TabSeen:
    """The tab in front of a browser, as its extension tells it; a private one has neither address nor title.

    `browser` is what the extension calls its browser ("firefox", "chrome", "chromium", "edge", "brave" ...), `profile`
    tells two paired ones apart. `is_front` is false while the browser has not the keyboard.
    """

    profile: str
    browser: str
    url: str | None
    title: str | None
    audible: bool
    private: bool
    is_front: bool


@dataclass(frozen=True, slots=True)
class SiteBlock:
    """What a list blocks in browsers: `sites` as targets write them, in mode ALLOW all but them.

    `until` (UTC) is when that ends, whatever else is heard; `title` is the session's, where that is what blocks.
    """

    sites: tuple[str, ...]
    until: datetime
    mode: ListMode = ListMode.BLOCK
    title: str | None = None


@dataclass(frozen=True, slots=True)
class SiteRules:
    """What browsers block now, what ends last first; `version` grows.

    `let_in` are sites that a pass is open for, until a moment (UTC). `passes_left` can be had today, each of
    `pass_seconds`.
    """

    version: int
    blocks: tuple[SiteBlock, ...] = ()
    let_in: tuple[tuple[str, datetime], ...] = ()
    passes_left: int = 0
    pass_seconds: int = 60
