"""The period before, up to the same clock time, and the longest focus block of either."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from productify.clock import LocalDays
from productify.domain import FocusBlock, Period, Totals
from productify.store import tally
from productify.store.blocks import longest_block
from productify.store.rollups import PART, productive_stretches
from productify.store.schema import Activity, RollupDay, RollupFacts
from productify.store.schema.types import EPOCH, MILLISECOND, UtcDateTime
from productify.store.sql import earlier_of, milliseconds_between, of_days

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Reach:
    """What is compared: whole local days, and of one more day what lies before `cut` (UTC)."""

    first: date
    last: date
    cut_day: date | None = None
    cut: datetime | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What sums cannot tell of some days; UTC."""

    focus: FocusBlock | None
    first_active: datetime | None
    last_active: datetime | None


async def before(
    session: AsyncSession, user_id: str, period: Period, now: datetime, days: LocalDays
) -> tuple[Totals | None, FocusBlock | None]:
    """Return sums and longest focus block of the period before: all of it for a past period, else up to this time.

    The sums are None where nothing was recorded then.
    """
    reach = _reach(period, now, days)
    sums, blocks = [], []
    if reach.first <= reach.last:
        sums.append(await totals(session, user_id, reach.first, reach.last))
        blocks.append((await facts(session, user_id, reach.first, reach.last)).focus)
    if reach.cut_day is not None and reach.cut is not None:
        sums.append(await _totals_until(session, user_id, reach.cut_day, reach.cut, days))
        blocks.append(await _focus_until(session, user_id, reach.cut_day, reach.cut, days))
    summed = tally.added(sums)
    return summed if summed.active + summed.idle else None, longest(blocks)


async def totals(session: AsyncSession, user_id: str, first: date, last: date) -> Totals:
    """Return the sums of the local days `first` to `last`."""
    sums = RollupDay.__table__.c
    query = select(*tally.sums(sums)).where(sums.user_id == user_id, sums.local_day.between(first, last))
    return tally.as_totals((await session.execute(query)).one())


async def facts(session: AsyncSession, user_id: str, first: date, last: date) -> Facts:
    """Return the longest focus block of the local days `first` to `last`, and the bounds of their active time."""
    columns = (RollupFacts.focus_start, RollupFacts.focus_end, RollupFacts.first_active, RollupFacts.last_active)
    query = select(*columns).where(RollupFacts.user_id == user_id, RollupFacts.local_day.between(first, last))
    rows = (await session.execute(query)).all()
    blocks = [FocusBlock(row.focus_start, row.focus_end) for row in rows if row.focus_start and row.focus_end]
    return Facts(
        longest(blocks),
        min((row.first_active for row in rows if row.first_active), default=None),
        max((row.last_active for row in rows if row.last_active), default=None),
    )


def longest(blocks: Iterable[FocusBlock | None]) -> FocusBlock | None:
    """Return the longest of the blocks that there are, the earliest of equal ones."""
    return max((block for block in blocks if block), key=lambda b: (b.milliseconds, -b.start.timestamp()), default=None)


def _reach(period: Period, now: datetime, days: LocalDays) -> _Reach:
    earlier = period.before()
    today = days.day_of(now)
    if today not in period:
        return _Reach(earlier.first, earlier.last)
    day = earlier.first + (today - period.first)
    if day > earlier.last:  # a month that is shorter than this one has come to its end by now
        return _Reach(earlier.first, earlier.last)
    return _Reach(earlier.first, day - _DAY, day, _same_time(now, day, days))


def _same_time(now: datetime, day: date, days: LocalDays) -> datetime:
    """Return when the wall clock showed on the local day `day` what it shows now; UTC."""
    wall = now.astimezone(days.zone).time()
    calendar_day = day if wall >= days.day_start else day + _DAY
    return datetime.combine(calendar_day, wall, days.zone).astimezone(now.tzinfo)


async def _totals_until(session: AsyncSession, user_id: str, day: date, cut: datetime, days: LocalDays) -> Totals:
    """Sum the activities themselves, the last one up to `cut`."""
    until = earlier_of(Activity.end_time, literal(cut, UtcDateTime))
    length = milliseconds_between(Activity.start_time, until).label("milliseconds")
    parts = select(*PART, length).where(_started(user_id, day, cut, days)).subquery()
    return tally.as_totals((await session.execute(select(*tally.sums(parts.c)))).one())


async def _focus_until(
    session: AsyncSession, user_id: str, day: date, cut: datetime, days: LocalDays
) -> FocusBlock | None:
    stretches = await productive_stretches(session, _started(user_id, day, cut, days))
    until = (cut - EPOCH) // MILLISECOND
    return longest_block([(start, min(end, until)) for start, end in stretches])


def _started(user_id: str, day: date, cut: datetime, days: LocalDays) -> Any:
    return and_(
        of_days(user_id, day, day, days.day_start),
        Activity.start_time < cut,
        func.coalesce(Activity.end_time, Activity.start_time) > Activity.start_time,
    )
