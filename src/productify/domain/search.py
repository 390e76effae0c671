"""What is looked for in the record, and what was found."""

from dataclasses import dataclass
from datetime import date, datetime

from productify.domain.period import Period


@dataclass(frozen=True, slots=True)
class Question:
    """What a line typed into the search field means.

    Every one of `words` must occur, each as the beginning of a word; those of `phrases` exactly so. `apps`, `sites`
    and `categories` hold beginnings, in lower case, of which one must fit; `first` and `last` bound the local days,
    both included.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    apps: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing."""
        return self == Question()


@dataclass(frozen=True, slots=True)
class Findings:
    """Where a typed line can lead: the days it names, apps that begin like it, and the texts that fit it."""

    days: Period | None = None
    apps: tuple[tuple[str, str | None], ...] = ()
    """Names of apps with the ids that find their icons, those seen last first."""
    hits: tuple["Hit", ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One text that was found, on the newest day that fits; `first_start` is when it was first in front that day, UTC.

    `milliseconds` and `days` count all the days that fit.
    """

    app_name: str
    app_id: str | None
    title: str | None
    url: str | None
    site: str | None
    note: str | None
    category: str | None
    day: date
    first_start: datetime
    milliseconds: int
    days: int
