"""What was recorded, and the rules and categories that name it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from productify.domain.states import AWAY_STATES, Origin, Presence, Productivity, State


@dataclass(frozen=True, slots=True)
class Activity:
    """One stretch of time that was one thing; `start` <= `end`, both UTC, millisecond precision.

    `cause` is None for an app, else the state that the time was; then `app_name` is that state's key and
    title, URL and site are None. `local_day` and `tz_min` (minutes east of UTC) are fixed when it is recorded.
    `classified_by` tells who decided category and productivity: `user`, `rule`, `catalogue` or None. `presence` is
    what told of somebody there without input, `origin` where it came from if it was not tracked.
    """

    id: str
    app_name: str
    start: datetime
    end: datetime
    local_day: date
    tz_min: int
    app_id: str | None = None
    window_title: str | None = None
    url: str | None = None
    site: str | None = None
    category: str | None = None
    productivity: int | None = None
    classified_by: str | None = None
    cause: State | None = None
    note: str | None = None
    presence: Presence | None = None
    origin: Origin | None = None

    @property
    def is_afk(self) -> bool:
        """Whether nobody was at the keyboard."""
        return self.cause in AWAY_STATES

    @property
    def seconds(self) -> float:
        """The length in seconds."""
        return (self.end - self.start).total_seconds()


@dataclass(frozen=True, slots=True)
class InputGap:
    """A stretch without any keyboard or mouse input, kept whatever the idle timeout makes of it; UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of activity; `key` is what rows hold, `colour` names one of the twelve colours of the themes."""

    key: str
    name: str
    parent: str | None
    colour: str
    counts_focus: bool
    counts_work: bool
    productivity: Productivity


@dataclass(frozen=True, slots=True)
class Rule:
    """A user's rule: where `app_name` (glob, any case) and `url_pattern` (regex) match, what an activity is."""

    id: str
    app_name: str | None
    url_pattern: str | None
    category: str
    productivity: int
    priority: int = 0
    is_active: bool = True


class EditScope(StrEnum):
    """How far a change of category reaches."""

    THIS_ONE = "this"
    FROM_NOW = "from_now"
    """This one, and a rule for everything like it from now on."""
    PAST_TOO = "past"
    """FROM_NOW, and everything like it that was recorded before, but for what the user classified."""
