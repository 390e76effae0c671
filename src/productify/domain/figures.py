"""The sums that the dashboard shows; all times in milliseconds, so that parts add up to totals exactly."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from productify.domain.period import Period
from productify.domain.states import Band


@dataclass(frozen=True, slots=True)
class Totals:
    """How a stretch of time divides, in milliseconds; `active` + `idle` is what was recorded of it.

    `unclassified` and `private` are parts of `neutral`.
    """

    productive: int = 0
    neutral: int = 0
    distracting: int = 0
    idle: int = 0
    unclassified: int = 0
    private: int = 0

    @property
    def active(self) -> int:
        """Time at the keyboard."""
        return self.productive + self.neutral + self.distracting


class FigureSet(StrEnum):
    """What a list of sums is grouped by."""

    APP = "app"
    SITE = "site"
    CATEGORY = "category"
    TITLE = "title"
    PRODUCTIVITY = "productivity"


@dataclass(frozen=True, slots=True)
class Share:
    """One group's part of a total: an app, a site, a category, a title or a verdict.

    `category` is the key of the category that most of it was; None is unclassified.
    `is_site` tells a site from an app where both stand in one list; `app_id` finds the icon.
    """

    name: str
    milliseconds: int
    category: str | None = None
    band: Band = Band.NEUTRAL
    is_site: bool = False
    app_id: str | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the time chart: an hour of a day, or a day of a longer period; UTC. `top` is for its hover."""

    start: datetime
    end: datetime
    totals: Totals
    day: date
    top: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True)
class FocusBlock:
    """A stretch of productive time that nothing broke for longer than four minutes; UTC."""

    start: datetime
    end: datetime

    @property
    def milliseconds(self) -> int:
        """The length."""
        return round((self.end - self.start).total_seconds() * 1000)


@dataclass(frozen=True, slots=True)
class Dashboard:
    """All that the dashboard shows of one period.

    `before` holds the sums of the period before up to the same clock time (all of it for a past period), None
    where nothing was recorded then. `shares` holds apps and sites together, each second once: a browser's time
    on a known site counts for the site alone. `apps` counts every second by app, `sites` by site. Each list is
    complete, greatest first. `first` and `last` bound the active time, UTC; of a day, `stretches` holds it without
    breaks of less than five minutes.
    """

    period: Period
    totals: Totals
    before: Totals | None
    bars: tuple[Bar, ...]
    shares: tuple[Share, ...]
    apps: tuple[Share, ...]
    sites: tuple[Share, ...]
    categories: tuple[Share, ...]
    focus: FocusBlock | None
    focus_before: FocusBlock | None
    first: datetime | None
    last: datetime | None
    first_day_ever: date | None
    stretches: tuple[tuple[datetime, datetime], ...] = ()
