"""Moving what was recorded to other local days, once a day begins at another hour."""

import asyncio
import logging
from collections.abc import Callable

from productify.clock import LocalDays
from productify.settings import Settings
from productify.store import activities, preferences
from productify.store.database import Database

_log = logging.getLogger(__name__)
_DONE_FOR = "days_begin_at"
_AT_FIRST = Settings().number("day_start")


class Redating:
    """Lets every recorded activity lie on the local day that the settings say, in the background.

    What the past was last cut for is remembered, so that an interruption is made up for at the next start. Whoever
    holds the running activity has cut it himself before this is woken: it then finds that one right.
    """

    def __init__(self, db: Database, user_id: str, local_days: Callable[[], LocalDays]) -> None:
        self._db = db
        self._user_id = user_id
        self._local_days = local_days
        self._wanted = asyncio.Event()

    def wake(self) -> None:
        """Say that the day start has changed."""
        self._wanted.set()

    async def run(self) -> None:
        """Move what has to be moved, now and whenever the day start has changed; until cancelled."""
        while True:
            self._wanted.clear()
            days = self._local_days()
            minutes = days.day_start.hour * 60 + days.day_start.minute
            if minutes != await self._done_for():
                moved = await activities.move_days(self._db, self._user_id, days)
                _log.info("days begin at %s: %s activities moved", days.day_start, moved)
                await self._remember(minutes)
            await self._wanted.wait()

    async def _done_for(self) -> int:
        async with self._db.read() as session:
            saved = await preferences.recall(session, self._user_id, _DONE_FOR)
        return _AT_FIRST if saved is None else int(saved)

    async def _remember(self, minutes: int) -> None:
        async with self._db.write() as session:
            await preferences.remember(session, self._user_id, _DONE_FOR, minutes)
