"""Stored pictures of the screen: finding them, showing them, and taking them away."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from productify.capture.album import SEALED, Album, Seal
from productify.clock import Clock, LocalDays
from productify.domain import KeyPlace, Shot, ShotCounts, ShotFilter, ShotHour, Skipped
from productify.errors import KnownError
from productify.service.sealing import Sealing
from productify.store import rollups, screenshots
from productify.store.database import Database

_log = logging.getLogger(__name__)
_INSTANT = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Screenshots:
    """The gallery's questions and verbs; all moments are UTC. What lies in the trash is in no answer."""

    db: Database
    user_id: str
    clock: Clock
    local_days: Callable[[], LocalDays]
    album: Album
    sealing: Sealing

    async def counts(self, start: datetime, end: datetime) -> ShotCounts:
        """Return how many pictures lie in a period (half open), and by what they can be filtered."""
        async with self.db.read() as session:
            return await screenshots.counts(session, self.user_id, start, end)

    async def hours(self, which: ShotFilter) -> tuple[ShotHour, ...]:
        """Return the local clock hours with such pictures, the newest first, and how active each was."""
        days = self.local_days()
        first, last = days.day_of(which.start), days.day_of(max(which.start, which.end - _INSTANT))
        async with self.db.read() as session:
            found = await screenshots.by_hour(session, self.user_id, which, days)
        if not found:
            return ()
        # A day begins at an hour of its own; what an hour has of two days is added up.
        first, last = max(first, days.day_of(min(found))), min(last, days.day_of(max(found) + timedelta(hours=1)))
        async with rollups.settled(self.db, self.user_id, first, last, days) as session:
            active = await screenshots.active_by_hour(session, self.user_id, first, last, days)
        return tuple(ShotHour(start, count, active.get(start, 0)) for start, count in found.items())

    async def page(self, which: ShotFilter, offset: int, limit: int) -> tuple[Shot, ...]:
        """Return `limit` such pictures from the `offset`th on, the newest first.

        A far offset is walked to, 100,000 pictures in 60 ms; whoever knows the hours can narrow `end` instead.
        """
        async with self.db.read() as session:
            return await screenshots.page(session, self.user_id, which, offset, limit)

    async def between(self, start: datetime, end: datetime) -> tuple[Shot, ...]:
        """Return the pictures of a period (half open), the oldest first."""
        async with self.db.read() as session:
            return await screenshots.between(session, self.user_id, start, end)

    async def shot(self, shot_id: str) -> Shot | None:
        """Return one picture's row, None where it is gone."""
        async with self.db.read() as session:
            return await screenshots.get(session, self.user_id, shot_id)

    async def thumbnails(self, ids: Sequence[str]) -> dict[str, bytes]:
        """Return the JPEG thumbnails of some pictures by id; those that cannot be read are absent."""
        async with self.db.read() as session:
            files = await screenshots.files(session, self.user_id, ids)
        paths = {each.id: each.thumbnail_path for each in files if each.thumbnail_path is not None}
        try:
            seal = await self.sealing.for_paths(paths.values())
        except KnownError as error:
            _log.info("encrypted thumbnails stay closed: %s", error)
            paths, seal = {key: path for key, path in paths.items() if not path.endswith(SEALED)}, None
        return await asyncio.to_thread(self._read_all, paths, seal)

    async def picture(self, shot_id: str) -> bytes:
        """Return the picture's file, opened where it is encrypted; raises KnownError where it is gone or closed."""
        async with self.db.read() as session:
            files = await screenshots.files(session, self.user_id, [shot_id])
        if not files:
            raise _gone()
        seal = await self.sealing.for_paths([files[0].file_path])
        try:
            return await asyncio.to_thread(self.album.read, files[0].file_path, seal)
        except FileNotFoundError:
            raise _gone() from None
        except OSError as error:
            raise KnownError(f"The screenshot cannot be read: {error.strerror}.") from error

    async def count_of_app(self, app_name: str) -> int:
        """Return how many pictures had an app in front."""
        async with self.db.read() as session:
            return await screenshots.count_of_app(session, self.user_id, app_name)

    async def skipped(self, start: datetime, end: datetime) -> tuple[Skipped, ...]:
        """Return what was not taken in a period, and why; the newest first."""
        async with self.db.read() as session:
            return await screenshots.skipped(session, self.user_id, start, end)

    async def key_place(self) -> KeyPlace | None:
        """Return where the key is that pictures are encrypted with, None where none was needed so far."""
        return await self.sealing.keys.place()

    def _read_all(self, paths: dict[str, str], seal: Seal | None) -> dict[str, bytes]:
        """Return what can be read of some files."""
        found: dict[str, bytes] = {}
        for key, path in paths.items():
            try:
                found[key] = self.album.read(path, seal)
            except (OSError, KnownError) as error:
                _log.info("the thumbnail of %s cannot be read: %s", key, error)
        return found


def _gone() -> KnownError:
    return KnownError("This screenshot's file is no longer there.", "It may have been deleted outside of the app.")
