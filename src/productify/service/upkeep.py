"""Keeping the store well: daily backups, checkpoints, checks."""

import asyncio
import logging
import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from productify.clock import Clock
from productify.errors import KnownError
from productify.paths import DataDir
from productify.service.reports import Reports
from productify.store import backup, rollups
from productify.store import check as store_check
from productify.store.database import Database

_log = logging.getLogger(__name__)
_CHECKPOINT_SECONDS = 60.0
_ROUNDS_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Storage:
    """What lies on the disk, in bytes; `last_backup` is the day of the newest daily one."""

    folder: Path
    database_bytes: int
    backup_bytes: int
    last_backup: date | None


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Backups, checks and the loop that does them by itself."""

    db: Database
    user_id: str
    clock: Clock
    data_dir: DataDir
    reports: Reports

    async def run(self) -> None:
        """Each minute bound what a power cut may take, each hour see to the daily backup; until cancelled."""
        while True:
            await self.back_up_today()
            for _ in range(_ROUNDS_AN_HOUR):
                await asyncio.sleep(_CHECKPOINT_SECONDS)
                await self.db.checkpoint()

    async def backup(self, target: Path) -> None:
        """Write a copy of everything to `target`."""
        await asyncio.to_thread(backup.copy_to, self.data_dir.database, target)

    async def back_up_today(self) -> None:
        """Make today's backup unless it is there; where that cannot be done the log says why."""
        day = await self.reports.today()
        try:
            made = await self._daily(day)
        except KnownError as error:
            _log.warning("%s", error)
        else:
            if made:
                _log.info("daily backup written to %s", made)

    async def check(self) -> list[str]:
        """Return what is wrong with the store, in sentences; an empty list where nothing is."""
        wrong = await asyncio.to_thread(backup.damage, self.data_dir.database)
        async with self.db.read() as session:
            wrong += await store_check.contradictions(session, self.user_id)
        wrong += await rollups.differences(self.db, self.user_id, self.reports.local_days())
        return wrong

    async def storage(self) -> Storage:
        """Return the sizes of what is stored and the newest daily backup."""
        return await asyncio.to_thread(self._storage)

    async def _daily(self, day: date) -> Path | None:
        """Make the backup of `day` in a thread; a quit gives it up, as a copy of gigabytes must not hold it up."""
        unwanted = threading.Event()
        folder = self.data_dir.backups
        copying = asyncio.ensure_future(asyncio.to_thread(backup.daily, self.data_dir.database, folder, day, unwanted))
        try:
            return await asyncio.shield(copying)
        except asyncio.CancelledError:
            unwanted.set()
            await asyncio.wait([copying])
            raise

    def _storage(self) -> Storage:
        dailies = backup.dailies(self.data_dir.backups)
        database = self.data_dir.database
        parts = [database, database.with_name(database.name + "-wal")]
        return Storage(
            self.data_dir.root,
            sum(part.stat().st_size for part in parts if part.exists()),
            sum(path.stat().st_size for path in self.data_dir.backups.glob("*.db")),
            backup.day_of(dailies[0]) if dailies else None,
        )
