"""Stored pictures of the screen: finding them, showing them, and taking them away."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from productify.capture.album import SEALED, Album, Seal
from productify.clock import Clock, LocalDays
from productify.domain import Forecast, KeyPlace, Shot, ShotCounts, ShotFilter, ShotHour, Skipped
from productify.errors import KnownError
from productify.keys import Keys
from productify.paths import DataDir
from productify.service.capturing import Capture
from productify.service.keeping import Keeping
from productify.service.redacting import Box, Redacting, Told
from productify.service.sealing import Sealing
from productify.settings import Settings
from productify.store import rollups, screenshots, shot_keeping
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
    keeping: Keeping
    redacting: Redacting
    capture: Capture
    root: Path
    """The data folder."""

    @classmethod
    def over(
        cls,
        data_dir: DataDir,
        db: Database,
        user_id: str,
        clock: Clock,
        local_days: Callable[[], LocalDays],
        settings: Callable[[], Settings],
    ) -> "Screenshots":
        """Return the gallery of one data folder with all that it needs."""
        album, sealing = Album(data_dir), Sealing(Keys(data_dir.root), settings)
        keeping = Keeping(db, user_id, clock, settings, local_days, album)
        redacting = Redacting(db, user_id, album, sealing)
        capture = Capture(db, user_id, clock, settings, local_days, album, sealing, keeping.stored, keeping.has_any)
        return cls(db, user_id, clock, local_days, album, sealing, keeping, redacting, capture, data_dir.root)

    async def take_now(self) -> int:
        """Take a picture of every monitor now and return how many; raises KnownError with why there is none."""
        return await self.capture.take_now()

    async def pause(self, until: datetime | None) -> None:
        """Take no pictures until `until` (UTC), or until resumed; tracking goes on. Survives a restart."""
        await self.capture.pause(until)

    async def resume(self) -> None:
        """Take pictures again."""
        await self.capture.resume()

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

    async def paths(self, ids: Sequence[str]) -> dict[str, Path]:
        """Return where the files of some pictures lie, by id; encrypted ones as they are on the disk."""
        async with self.db.read() as session:
            files = await screenshots.files(session, self.user_id, ids)
        return {each.id: self.root / each.file_path for each in files}

    async def trash(self, ids: Sequence[str]) -> int:
        """Put pictures into the trash, from where they go for good after a day; return how many."""
        async with self.db.write() as session:
            return await shot_keeping.trash(session, self.user_id, ids, self.clock.now())

    async def restore(self, ids: Sequence[str]) -> int:
        """Take pictures out of the trash; return how many were still in it."""
        async with self.db.write() as session:
            return await shot_keeping.restore(session, self.user_id, ids)

    async def empty_trash(self) -> int:
        """Delete for good all that is in the trash; return how many pictures."""
        count = await self.keeping.empty_trash(self.clock.now())
        await self.db.checkpoint(emptying=True)
        return count

    async def blur(self, ids: Sequence[str], told: Told | None = None) -> int:
        """Blur pictures for good and return how many; `told` hears of each, and `stop_blurring` ends it early."""
        return await self.redacting.blur(ids, told)

    async def cover(self, shot_id: str, boxes: Sequence[Box]) -> Shot:
        """Paint over parts of a picture for good: (left, top, width, height) as fractions of it."""
        await self.redacting.cover(shot_id, boxes)
        covered = await self.shot(shot_id)
        if covered is None:
            raise _gone()
        return covered

    def stop_blurring(self) -> None:
        """End the blurring of many pictures after the one it is at."""
        self.redacting.stop()

    async def trash_app(self, app_name: str) -> int:
        """Put all pictures that had an app in front into the trash; return how many."""
        return await self.trash(await self._of_app(app_name))

    async def blur_app(self, app_name: str, told: Told | None = None) -> int:
        """Blur all pictures that had an app in front, for good; see `blur`."""
        return await self.blur(await self._of_app(app_name), told)

    async def forecast(self) -> Forecast:
        """Return what pictures take on the disk, and when the limits begin to delete some."""
        return await self.keeping.forecast()

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

    async def _of_app(self, app_name: str) -> list[str]:
        async with self.db.read() as session:
            return await screenshots.ids_of_app(session, self.user_id, app_name)

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
