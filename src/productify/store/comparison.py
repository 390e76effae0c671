"""The period before, up to the same clock time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from productify.clock import LocalDays
from productify.domain import FocusBlock, Period, Totals
from productify.store import course, facts, tally
from productify.store.facts import DayFacts

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reach:
    """What is compared: whole local days, and of one more day what lies before `cut` (UTC)."""

    first: date
    last: date
    cut_day: date | None = None
    cut: datetime | None = None


def reach(period: Period, now: datetime, days: LocalDays) -> Reach:
    """Return what to compare `period` with: all of the one before for a past period, else up to this time."""
    earlier = period.before()
    today = days.day_of(now)
    if today not in period:
        return Reach(earlier.first, earlier.last)
    day = earlier.first + (today - period.first)
    if day > earlier.last:  # a month that is shorter than this one has come to its end by now
        return Reach(earlier.first, earlier.last)
    return Reach(earlier.first, day - _DAY, day, _same_time(now, day, days))


def before(found: Sequence[DayFacts], reach: Reach) -> tuple[Totals | None, FocusBlock | None]:
    """Return sums and longest focus block within `reach`, None where nothing was recorded then."""
    whole = [day for day in found if reach.first <= day.local_day <= reach.last]
    sums, blocks = [facts.totals(whole)], [facts.focus(whole)]
    if reach.cut is not None:
        runs = [run for day in found if day.local_day == reach.cut_day for run in course.until(day.course, reach.cut)]
        sums.append(course.totals(runs))
        blocks.append(course.focus(runs))
    summed = tally.added(sums)
    longest = max((block for block in blocks if block), key=lambda block: block.milliseconds, default=None)
    return summed if summed.active + summed.idle else None, longest


def _same_time(now: datetime, day: date, days: LocalDays) -> datetime:
    """Return when the wall clock showed on the local day `day` what it shows now; UTC."""
    wall = now.astimezone(days.zone).time()
    calendar_day = day if wall >= days.day_start else day + _DAY
    return datetime.combine(calendar_day, wall, days.zone).astimezone(now.tzinfo)
