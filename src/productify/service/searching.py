"""Finding what was in front, by its words, its app, its category or its day."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import date

from productify.clock import Clock, LocalDays
from productify.domain import Findings, Hit, Period, PeriodKind
from productify.store import rollups
from productify.store.database import Database
from productify.store.search import index

_AT_ONCE = 31
"""Days that a search brings up to date by itself: what was corrected is found, or gone, at once."""

_OF_MANY = 2
"""Where more wait, an import say: today, and the day that just ended; the others are prepared in the background."""

_FRESH_FOR = 30.0
"""Seconds for which today's texts are good enough; whoever opens a search makes them fresh before the first letter."""

_APPS = 3
_APPS_FROM = 60
"""How many of the texts seen last are looked at for the names of apps."""

_LOOK_EVERY = 20.0
_BREATH = 0.05


class Searching:
    """Searches; `run` prepares the days that wait, in the background."""

    def __init__(self, db: Database, user_id: str, clock: Clock, local_days: Callable[[], LocalDays]) -> None:
        self._db = db
        self._user_id = user_id
        self._clock = clock
        self._local_days = local_days
        self._refreshed: float | None = None
        self._wanted = asyncio.Event()

    def corrected(self) -> None:
        """Take note that the record was corrected: what is gone must not be found any more."""
        self._refreshed = None
        self._wanted.set()

    async def find(self, typed: str, limit: int = 50) -> tuple[Hit, ...]:
        """Return what fits a typed line, newest first: words, "phrases", app: site: category: and `last tuesday`."""
        from productify.store.search.find import find  # nobody searches in a day in the tray
        from productify.store.search.query import parsed

        question = parsed(typed, self._today())
        await self._catch_up()
        if question.is_empty:
            return ()
        async with self._db.read() as session:
            return tuple(await find(session, self._user_id, question, limit))

    async def _catch_up(self) -> None:
        """Bring up to date what was corrected since the last search, and today where it is not fresh."""
        stale = await self.waiting(_AT_ONCE + 1)
        now = self._clock.steady()
        is_fresh = self._refreshed is not None and now - self._refreshed < _FRESH_FOR
        if is_fresh and (len(stale) > _AT_ONCE or stale in ([], [self._today()])):
            return
        await self._refresh(stale if len(stale) <= _AT_ONCE else stale[:_OF_MANY])
        self._refreshed = now

    async def look_up(self, typed: str, limit: int = 20) -> Findings:
        """Return where a typed line can lead: days, apps and texts."""
        from productify.store.search.find import apps

        hits = await self.find(typed, limit)
        begins = typed.strip()
        async with self._db.read() as session:
            named = await apps(session, self._user_id, begins, _APPS_FROM) if begins else {}
        return Findings(self._named(typed), tuple(named.items())[:_APPS], hits)

    def _named(self, typed: str) -> Period | None:
        from productify.store.search.query import named_days

        days = named_days(typed.strip(), self._today())
        if days is None:
            return None
        for kind in (PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.MONTH):
            if Period.around(kind, days[0]) == Period(kind, *days):
                return Period(kind, *days)
        return Period(PeriodKind.SPAN, *days)

    async def prepare(self) -> int:
        """Make every day ready for search, and return how many were not."""
        days = await self.waiting()
        await self._refresh(days)
        return len(days)

    async def waiting(self, limit: int | None = None) -> list[date]:
        """Return the newest local days that are not ready, at most `limit` of them; today is among them again soon."""
        async with self._db.read() as session:
            return await index.stale_days(session, self._user_id, limit)

    async def run(self) -> None:
        """Prepare what waits, a day at a time and newest first, until cancelled."""
        while True:
            days = [day for day in await self.waiting(_OF_MANY) if day < self._today()]
            await self._refresh(days[:1])
            self._wanted.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(_BREATH if days else _LOOK_EVERY):
                    await self._wanted.wait()

    def _today(self) -> date:
        return self._local_days().day_of(self._clock.now())

    async def _refresh(self, days: list[date]) -> None:
        for day in days:
            await rollups.settle(self._db, self._user_id, day, day, self._local_days())
            async with self._db.write() as session:
                await index.refresh(session, self._user_id, day)
