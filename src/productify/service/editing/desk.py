"""What every correction needs: the store, the clocks, and the tracker's hand held still."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from productify.clock import Clock, LocalDays
from productify.domain import Activity, Done, EditKind, Origin, Part
from productify.errors import KnownError
from productify.ids import uuid7
from productify.store import activities, cutting, edits
from productify.store.cutting import Cut, Stretch
from productify.store.database import Database
from productify.tracker.cuts import pieces

USER = "user"
Told = Callable[[int, int], None]
"""Hears how much of a longer work is done, and how much there is."""

Hold = Callable[[], AbstractAsyncContextManager[list[Stretch]]]
"""Lets a block correct what the tracker records; the list takes the stretches that were given an answer."""


@dataclass(slots=True)
class Desk:
    """The part of the service that corrections are made with, one at a time.

    `hold` keeps the tracker from what is being corrected; `rules_changed` lets it obey other rules. `refuse_rule`
    raises KnownError where what counts as some categories must not count as another. `delete_files` unlinks the
    pictures of what is erased.
    """

    db: Database
    user_id: str
    clock: Clock
    local_days: Callable[[], LocalDays]
    hold: Hold
    rules_changed: Callable[[], Awaitable[None]]
    refuse_rule: Callable[[Iterable[str | None], str | None], None]
    delete_files: Callable[[Sequence[str]], Awaitable[None]]
    stopped: bool = False
    alone: asyncio.Lock = field(default_factory=asyncio.Lock)

    @asynccontextmanager
    async def changing(self) -> AsyncIterator["Change"]:
        """Give one correction its transaction, while the tracker writes nothing."""
        async with self.alone, self.held() as change:
            yield change

    @asynccontextmanager
    async def held(self) -> AsyncIterator["Change"]:
        """Do so within a work that is alone already."""
        now = cutting.to_millisecond(self.clock.now())
        async with self.hold() as stretches, self.db.write() as session:
            yield Change(self, session, now, stretches)


@dataclass(frozen=True, slots=True)
class Change:
    """One correction on its way; `now` is when it was asked for, UTC."""

    desk: Desk
    session: AsyncSession
    now: datetime
    stretches: list[Stretch]

    async def those(self, ids: Sequence[str]) -> list[Activity]:
        """Return the activities that are still there, in order; KnownError where none is."""
        rows = await activities.of_ids(self.session, self.desk.user_id, ids)
        if not rows:
            raise KnownError("This activity is no longer there.", "It may have been changed elsewhere; look again.")
        return rows

    async def between(self, start: datetime, end: datetime) -> list[Activity]:
        """Return the activities with any time between two moments, in order."""
        return await activities.between(self.session, self.desk.user_id, start, end, limit=None)

    async def make(self, kind: EditKind, cut: Cut, ruled: Sequence[edits.Change] = ()) -> Done:
        """Do it, and log it as one step."""
        self.stretches.extend((row.start, row.end) for row in cut.put)
        return await edits.make(self.session, self.desk.user_id, kind, self.now, cut.put, cut.drop, ruled)

    async def lay(self, kind: EditKind, rows: Sequence[Activity]) -> Done:
        """Let `rows`, none over another, lie where they do; what was there is cut around them."""
        there = {each.id: each for row in rows for each in await self.between(row.start, row.end)}
        return await self.make(kind, cutting.laid(there.values(), rows))

    def entries(self, part: Part, origin: Origin) -> list[Activity]:
        """Return the rows of what the user says a stretch was: one for each local day and offset that it lies in.

        Raises KnownError where it has no length, no name, or has not passed yet.
        """
        start, end = cutting.to_millisecond(part.start), cutting.to_millisecond(part.end)
        name = part.name.strip()
        if not name:
            raise KnownError("An entry needs a name.")
        if start >= end:
            raise KnownError("An entry must end after it begins.")
        if end > self.now:
            raise KnownError("That time has not passed yet.", "What is to come cannot be recorded.")
        return [self._entry(part, name, begin, stop, origin) for begin, stop in pieces(self.days, start, end)]

    @property
    def days(self) -> LocalDays:
        """How local days are cut now."""
        return self.desk.local_days()

    def dated(self, row: Activity, start: datetime, end: datetime, origin: Origin) -> list[Activity]:
        """Return `row` anew, from `start` to `end`: a row for each local day and offset that it lies in."""
        return [self._on_its_day(row, begin, stop, origin) for begin, stop in pieces(self.days, start, end)]

    def _entry(self, part: Part, name: str, start: datetime, end: datetime, origin: Origin) -> Activity:
        verdict = part.verdict
        row = Activity("", name, start, end, self.days.day_of(start), 0, note=part.note or None)
        if verdict is not None:
            row = replace(row, category=verdict.category, productivity=verdict.productivity, classified_by=USER)
        return self._on_its_day(row, start, end, origin)

    def _on_its_day(self, row: Activity, start: datetime, end: datetime, origin: Origin) -> Activity:
        return replace(
            row,
            id=uuid7(int(start.timestamp() * 1000)),
            start=start,
            end=end,
            local_day=self.days.day_of(start),
            tz_min=self.days.offset_minutes(start),
            origin=origin,
        )
