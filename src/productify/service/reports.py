"""What was recorded, summed up for the views."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from productify.clock import Clock, LocalDays
from productify.domain import (
    Activity,
    Block,
    Dashboard,
    FigureSet,
    Period,
    PeriodKind,
    Share,
    TimelineDay,
    Totals,
)
from productify.store import activities, reports, rollups
from productify.store.database import Database


@dataclass(frozen=True, slots=True)
class Reports:
    """Sums and lists over local days; `local_days` is asked each time, as zone and day start may change."""

    db: Database
    user_id: str
    clock: Clock
    local_days: Callable[[], LocalDays]

    async def today(self) -> date:
        """Return the local day it is now."""
        return self.local_days().day_of(self.clock.now())

    async def dashboard(self, period: Period) -> Dashboard:
        """Return all that the dashboard shows of `period`, compared with the one before."""
        days = self.local_days()
        async with rollups.settled(self.db, self.user_id, period.before().first, period.last, days) as session:
            return await reports.dashboard(session, self.user_id, period, self.clock.now(), days)

    async def timeline(self, day: date) -> TimelineDay:
        """Return every recorded block of `day`."""
        async with self.db.read() as session:
            return await reports.timeline(session, self.user_id, day, self.local_days())

    async def recent(self, minutes: int) -> tuple[Block, ...]:
        """Return the blocks of which anything lies in the last minutes."""
        now = self.clock.now()
        async with self.db.read() as session:
            return await reports.recent(session, self.user_id, now - timedelta(minutes=minutes), now)

    async def totals(self, first: date, last: date) -> Totals:
        """Return the sums of the local days `first` to `last`."""
        async with rollups.settled(self.db, self.user_id, first, last, self.local_days()) as session:
            return await reports.totals(session, self.user_id, first, last)

    async def shares(self, first: date, last: date, by: FigureSet) -> tuple[Share, ...]:
        """Return the sums of `first` to `last` by app, site, category, title or verdict, greatest first."""
        async with rollups.settled(self.db, self.user_id, first, last, self.local_days()) as session:
            return await reports.shares(session, self.user_id, first, last, by)

    async def activities(self, first: date, last: date) -> list[Activity]:
        """Return what was recorded on the local days `first` to `last`, in order."""
        days = self.local_days()
        async with self.db.read() as session:
            return await activities.between(
                session, self.user_id, days.start_of(first), days.bounds(last)[1], limit=None
            )

    async def all_time(self) -> Period | None:
        """Return the days from the first recorded one to today, None where nothing was recorded yet."""
        async with self.db.read() as session:
            first = await reports.first_day(session, self.user_id)
        return Period(PeriodKind.SPAN, first, await self.today()) if first else None

    async def first_active(self, day: date) -> datetime | None:
        """Return the first moment of `day` with somebody at the keyboard, UTC."""
        async with self.db.read() as session:
            return await reports.first_active(session, self.user_id, day)

    def moment(self) -> datetime:
        """Return the time it is now, UTC, by the clock that the sums go by."""
        return self.clock.now()
