"""The verbs that correct the record; each is one step, logged with what was there before."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from productify.clock import Clock, LocalDays
from productify.domain import Activity, Done, EditKind, EditScope, Steps, Verdict
from productify.errors import KnownError
from productify.store import activities, cutting, edits, rules, undo
from productify.store.cutting import Cut
from productify.store.database import Database

_USER = "user"
_GONE = ("This activity is no longer there.", "It may have been changed elsewhere; look again.")
Hold = Callable[[], AbstractAsyncContextManager[list[tuple[datetime, datetime]]]]
"""Lets a block correct what the tracker records; the list takes the stretches that were given an answer."""


@dataclass(frozen=True, slots=True)
class Editing:
    """Corrections of recorded activities. `hold` keeps the tracker from what is being corrected, and `rules_changed`
    lets it obey other rules. One correction is made at a time.
    """

    db: Database
    user_id: str
    clock: Clock
    local_days: Callable[[], LocalDays]
    hold: Hold
    rules_changed: Callable[[], Awaitable[None]]
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def reclassify(
        self, activity_id: str, category: str | None, productivity: int | None, scope: EditScope = EditScope.THIS_ONE
    ) -> Activity:
        """Give one activity another category and productivity, and return it; see `change`."""
        await self.change([activity_id], Verdict(category, productivity), scope=scope)
        async with self.db.read() as session:
            changed = await activities.get(session, activity_id)
        if changed is None:
            raise KnownError(*_GONE)
        return changed

    async def change(
        self,
        ids: Sequence[str],
        verdict: Verdict | None = None,
        note: str | None = None,
        scope: EditScope = EditScope.THIS_ONE,
    ) -> Done:
        """Give activities another verdict, another note ("" for none), or both; None leaves it as it is.

        With FROM_NOW a rule is learned for all like them: for the site where there is one, else the app. What is no
        app keeps having no verdict. Raises KnownError where none is left, or none can have a verdict.
        """
        async with self._changing() as (session, _):
            rows = await self._those(session, ids)
            if verdict is not None and note is None:
                rows = [row for row in rows if row.cause is None]
                if not rows:
                    raise KnownError("This time belongs to no app, so it has no category.")
            changed = [_said(row, verdict, note) for row in rows]
            ruled = []
            if verdict is not None and verdict.category is not None and scope is not EditScope.THIS_ONE:
                ruled = await rules.learned(session, self.user_id, [row for row in changed if row.cause is None])
            done = await self._make(session, EditKind.CHANGE, Cut(changed), ruled)
        if ruled:
            await self.rules_changed()
        return done

    async def split(self, activity_id: str, at: datetime) -> Done:
        """Make one activity two, the second from `at` (UTC) on; KnownError where `at` does not lie within it."""
        async with self._changing() as (session, _):
            (row,) = await self._those(session, [activity_id])
            at = cutting.to_millisecond(at)
            if not row.start < at < row.end:
                raise KnownError("An activity can only be split at a moment within it.")
            return await self._make(session, EditKind.SPLIT, cutting.split(row, at))

    async def delete(self, ids: Sequence[str]) -> Done:
        """Take activities away; their time has no answer then."""
        async with self._changing() as (session, _):
            rows = await self._those(session, ids)
            return await self._make(session, EditKind.DELETE, Cut(drop=[row.id for row in rows]))

    async def undo(self) -> Done:
        """Undo the newest step and return it; KnownError where there is none."""
        async with self._changing() as (session, stretches):
            batch = await edits.newest(session, self.user_id)
            if batch is None:
                raise KnownError("There is nothing to undo.")
            turned = await undo.turn(session, batch, self.local_days().day_start, self.clock.now())
            stretches += turned.stretches
        if turned.rules:
            await self.rules_changed()
        return turned.done

    async def redo(self) -> Done:
        """Make the step anew that was undone last, and return it; KnownError where there is none."""
        async with self._changing() as (session, stretches):
            batch = await edits.next_undone(session, self.user_id)
            if batch is None:
                raise KnownError("There is nothing to redo.")
            turned = await undo.turn(session, batch, self.local_days().day_start, None)
            stretches += turned.stretches
        if turned.rules:
            await self.rules_changed()
        return turned.done

    async def steps(self) -> Steps:
        """Return what `undo` and `redo` would do."""
        async with self.db.read() as session:
            return await edits.steps(session, self.user_id)

    @asynccontextmanager
    async def _changing(self) -> AsyncIterator[tuple[AsyncSession, list[tuple[datetime, datetime]]]]:
        async with self._one_at_a_time, self.hold() as stretches, self.db.write() as session:
            yield session, stretches

    async def _make(self, session: AsyncSession, kind: EditKind, cut: Cut, ruled: Sequence[edits.Change] = ()) -> Done:
        return await edits.make(session, self.user_id, kind, self.clock.now(), cut.put, cut.drop, ruled)

    async def _those(self, session: AsyncSession, ids: Sequence[str]) -> list[Activity]:
        """Return the activities that are still there, in order; KnownError where none is."""
        rows = await activities.of_ids(session, self.user_id, ids)
        if not rows:
            raise KnownError(*_GONE)
        return rows


def _said(row: Activity, verdict: Verdict | None, note: str | None) -> Activity:
    if verdict is not None and row.cause is None:
        row = replace(row, category=verdict.category, productivity=verdict.productivity, classified_by=_USER)
    return row if note is None else replace(row, note=note or None)
