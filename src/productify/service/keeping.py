"""How long pictures are kept: by age, by the room they take, and a day in the trash."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from productify.capture.album import Album
from productify.clock import Clock, LocalDays
from productify.domain import Forecast
from productify.settings import Settings
from productify.store import shooting, shot_keeping, shot_texts
from productify.store.database import Database
from productify.store.overwriting import overwriting
from productify.store.shot_keeping import DaySize, Usage
from productify.store.sql import chunks

LIMITS = frozenset({"screenshot_days", "screenshot_gigabytes"})
"""The settings that say how much is kept."""

_log = logging.getLogger(__name__)
_GIGABYTE = 1_000_000_000
_IN_TRASH = timedelta(hours=24)
_SKIPS_KEPT = timedelta(days=90)
_EVERY = 3600.0
_SHOTS = 25
"""After so many new pictures the limits are looked at, and not only once an hour."""

_AT_ONCE = 500
_PORTION = 12
"""Pictures whose rows go before their files do: a kill in between leaves so few files that the next start deletes."""

_DAYS_TOLD = 14
_FEWEST_DAYS = 2
_MONTH = 30


@dataclass(slots=True)
class Keeping:
    """Deletes pictures as the settings say, whole ones and the oldest first.

    Files are unlinked, not overwritten: on the disks of today that would not reach the old blocks anyway.
    """

    db: Database
    user_id: str
    clock: Clock
    settings: Callable[[], Settings]
    local_days: Callable[[], LocalDays]
    album: Album
    _new: int = field(default=0, init=False)
    _words_went: bool = field(default=False, init=False)
    _wanted: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    async def run(self) -> None:
        """Sweep at once, then each hour and after some new pictures; until cancelled."""
        while True:
            self._wanted.clear()  # before the sweep: a limit that is changed during one asks for another
            self._new = 0
            if await self.has_any():
                await self.sweep()
            try:
                async with asyncio.timeout(_EVERY):
                    await self._wanted.wait()
            except TimeoutError:
                continue

    async def has_any(self) -> bool:
        """Return whether there are pictures, or traces of any: those who take none pay nothing for them."""
        if not self.album.is_empty():
            return True
        async with self.db.read() as session:
            return not await shooting.is_empty(session)

    def stored(self, count: int = 1) -> None:
        """Hear of new pictures."""
        self._new += count
        if self._new >= _SHOTS:
            self._wanted.set()

    def wake(self) -> None:
        """Sweep now, as when a limit was changed."""
        self._wanted.set()

    async def sweep(self) -> int:
        """Delete what is beyond its time or the room for it, and return how many pictures went."""
        now, settings = self.clock.now(), self.settings()
        kept = timedelta(days=settings.number("screenshot_days"))
        try:
            gone = await self._empty_trash(now - _IN_TRASH)
            gone += await self._delete_older(now - kept)
            gone += await self._delete_beyond(settings.number("screenshot_gigabytes") * _GIGABYTE)
        finally:
            await self._forget_words()
        async with self.db.write() as session:
            await shot_keeping.drop_skips(session, self.user_id, now - _SKIPS_KEPT)
        if gone:
            _log.info("%s screenshots were deleted as the settings say", gone)
        return gone

    async def empty_trash(self, until: datetime) -> int:
        """Delete for good what was put into the trash up to a moment (UTC); return how many pictures went."""
        try:
            return await self._empty_trash(until)
        finally:
            await self._forget_words()

    async def delete(self, ids: Sequence[str]) -> None:
        """Delete pictures for good, with the words that were read in them."""
        try:
            await self._delete(ids)
        finally:
            await self._forget_words()

    async def delete_files(self, paths: Sequence[str]) -> None:
        """Unlink files that no row names any more."""
        await asyncio.to_thread(self.album.delete, paths)

    async def forecast(self) -> Forecast:
        """Return what pictures take, and will take if the next days are like the last two weeks with any."""
        settings = self.settings()
        async with self.db.read() as session:
            sizes = await shot_keeping.sizes_by_day(session, self.user_id)
            usage = await shot_keeping.usage(session, self.user_id)
        now = self.clock.now()
        limit, kept = settings.number("screenshot_gigabytes") * _GIGABYTE, settings.number("screenshot_days")
        per_day = _bytes_a_day(sizes, self.local_days().day_of(now))
        return Forecast(
            used=usage.size,
            limit=limit,
            shots=sum(day.shots for day in sizes),
            a_month=None if per_day is None else round(per_day * _MONTH),
            days_left=_days_left(usage, limit, per_day, timedelta(days=kept), now),
            kept_days=kept,
        )

    async def _empty_trash(self, until: datetime) -> int:
        async with self.db.read() as session:
            ids = await shot_keeping.trashed(session, self.user_id, until)
        await self._delete(ids)
        return len(ids)

    async def _delete(self, ids: Sequence[str]) -> None:
        """Delete rows, then their files, by the portion. What a kill leaves of those is found at the start."""
        for part in chunks(ids, _PORTION):
            async with self.db.write() as session, overwriting(session):
                were_read = await shot_keeping.were_read(session, self.user_id, part)
                paths = await shot_keeping.drop(session, self.user_id, part)
            self._words_went |= were_read
            await self.delete_files(paths)

    async def _forget_words(self) -> None:
        """Let nothing of what was read in deleted pictures stay in the database's file."""
        if not self._words_went:
            return
        async with self.db.write() as session, overwriting(session):
            await shot_texts.repack(session)
        self._words_went = False
        await self.db.checkpoint(emptying=True)

    async def _delete_older(self, moment: datetime) -> int:
        gone = 0
        while True:
            async with self.db.read() as session:
                ids = await shot_keeping.taken_before(session, self.user_id, moment, _AT_ONCE)
            if not ids:
                return gone
            await self._delete(ids)
            gone += len(ids)

    async def _delete_beyond(self, limit: int) -> int:
        gone = 0
        while True:
            async with self.db.read() as session:
                usage = await shot_keeping.usage(session, self.user_id)
                ids = await shot_keeping.oldest(session, self.user_id, usage.size - limit, _AT_ONCE)
            if not ids:
                return gone
            await self._delete(ids)
            gone += len(ids)


def _bytes_a_day(sizes: Sequence[DaySize], today: date) -> float | None:
    """Return what a day adds, over the days from the fourteenth newest with pictures to today."""
    newest = sizes[:_DAYS_TOLD]
    if len(newest) < _FEWEST_DAYS:
        return None
    span = (max(today, newest[0].local_day) - newest[-1].local_day).days + 1
    return sum(day.size for day in newest) / span


def _days_left(usage: Usage, limit: int, per_day: float | None, kept: timedelta, now: datetime) -> int | None:
    """Return the whole days until age or size begins to delete; pictures that are there get old in any case."""
    if usage.oldest is None:
        return None
    left = [(usage.oldest + kept - now) / timedelta(days=1)]
    if per_day:
        left.append((limit - usage.size) / per_day)
    return max(0, int(min(left)))
