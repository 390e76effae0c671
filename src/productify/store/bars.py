"""The bars of the time chart: a day's clock hours, or the days of a longer period."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from sqlalchemy.ext.asyncio import AsyncSession

from productify.clock import LocalDays
from productify.domain import Bar, Period, Totals
from productify.store import course, hours
from productify.store.course import Run
from productify.store.facts import DayFacts
from productify.store.hours import Top


async def of_hours(
    session: AsyncSession, user_id: str, day: date, runs: Sequence[Run], top: Top, days: LocalDays
) -> tuple[Bar, ...]:
    """Return a bar for each clock hour of `day`, whose course `runs` is.

    `top` is taken unless its hours are none of ours: they were cut in another zone, before a journey. Then the
    activities themselves are summed.
    """
    cuts = hours.of_day(day, days, runs)
    if not top.keys() <= {start for start, _end in cuts}:
        top = hours.greatest(await hours.sums(session, user_id, day, days, cuts))
    totals = course.totals_by_hour(runs, cuts)
    return tuple(Bar(*cut, sums, day, top.get(cut[0], ())) for cut, sums in zip(cuts, totals, strict=True))


def of_days(period: Period, found: Iterable[DayFacts], days: LocalDays) -> tuple[Bar, ...]:
    """Return a bar for each local day of `period`."""
    totals = {day.local_day: day.totals for day in found}
    borders = pairwise(map(days.start_of, (*period.days(), period.after().first)))
    return tuple(
        Bar(start, end, totals.get(day, Totals()), day)
        for day, (start, end) in zip(period.days(), borders, strict=True)
    )
