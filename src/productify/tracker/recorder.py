"""Brings changes to the store, each bundle in one transaction, and keeps them while the store cannot be written."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from productify.domain import Activity
from productify.errors import KnownError
from productify.store import activities
from productify.store.database import Database
from productify.tracker.changes import Changes, Pending

_log = logging.getLogger(__name__)
_MILLISECOND = timedelta(milliseconds=1)
_AHEAD = timedelta(days=366)
_MOST = 20_000
"""Things that wait at most while the store cannot be written: weeks of them. The newest are given up beyond it."""


class Recorder:
    """What one user's spans want recorded. `problem` is a sentence for the user while nothing can be written."""

    def __init__(self, db: Database, user_id: str) -> None:
        self._db = db
        self._user_id = user_id
        self._pending = Pending()
        self._writing = asyncio.Lock()
        self.problem: str | None = None

    def add(self, changes: Changes) -> None:
        """Remember `changes` for the next flush."""
        if len(self._pending) < _MOST:
            self._pending.add(changes)

    async def flush(self) -> bool:
        """Write everything that waits; return whether the store holds all of it."""
        async with self._writing:
            return await self._flush()

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Write everything that waits, then nothing until the block ends; KnownError where it cannot be written."""
        async with self._writing:
            if not await self._flush():
                raise KnownError("The record cannot be changed now.", self.problem or "")
            yield

    async def _flush(self) -> bool:
        if not len(self._pending):
            return True
        changes = self._pending.taken()
        try:
            await self._write(changes)
        except KnownError as error:
            self._keep(changes)
            if self.problem is None:
                _log.warning("recording waits: %s", error)
            self.problem = str(error)
            return False
        except BaseException:  # cancelled, or a bug that is told elsewhere: what was not written is still wanted
            self._keep(changes)
            raise
        if self.problem is not None:
            _log.warning("recording goes on")
        self.problem = None
        return True

    async def stretches(self, since: datetime) -> list[tuple[datetime, datetime]]:
        """Return the stretches after `since` (UTC) that the store holds, for a year ahead."""
        async with self._db.read() as session:
            rows = await activities.between(session, self._user_id, since, since + _AHEAD, limit=None)
        return [(row.start, row.end) for row in rows]

    async def ending(self, moment: datetime) -> Activity | None:
        """Return the tracked activity that the store holds up to just `moment`."""
        async with self._db.read() as session:
            rows = await activities.between(session, self._user_id, moment - _MILLISECOND, moment)
        return next((row for row in rows if row.end == moment and row.origin is None), None)

    def _keep(self, changes: Changes) -> None:
        newer = self._pending.taken()
        self._pending.add(changes)
        self._pending.add(newer)

    async def _write(self, changes: Changes) -> None:
        async with self._db.write() as session:
            if changes.put or changes.drop:
                await activities.record(session, self._user_id, changes.put, changes.drop)
            for row_id, end in changes.grown:
                await activities.extend(session, row_id, end)
            for gap in changes.gaps:
                await activities.add_gap(session, self._user_id, gap)
