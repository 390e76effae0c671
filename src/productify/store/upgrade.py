"""Opening a store: sound, not newer than this app, brought up to date with a copy made first."""

import asyncio
import logging
from datetime import datetime
from pathlib import Path

from productify.errors import DamagedDatabaseError, KnownError
from productify.store import backup, migrate
from productify.store.database import Database

_MAGIC = b"SQLite format 3\x00"
_log = logging.getLogger(__name__)


async def bring_up_to_date(db: Database, path: Path, backups: Path, now: datetime, *, suspicious: bool) -> None:
    """Check and upgrade the database at `path`, which `db` has open.

    `suspicious` (the last exit was unclean) asks for an integrity check first. Raises DamagedDatabaseError with the
    newest good backup, or KnownError for a database that a newer app has written; nothing is changed then.
    """
    await refuse_damaged(path, backups, thorough=suspicious)
    current = await migrate.current_revision(db.writer)
    if current == migrate.HEAD:
        return
    if current is not None:
        if migrate.is_newer(current):
            raise KnownError(
                "This data folder was written by a newer version of Productify Pro.",
                "Update the app; nothing was changed.",
            )
        copy = backup.before_upgrade(backups, now)
        await asyncio.to_thread(backup.copy_to, path, copy)
        _log.info("upgrading the database from %s to %s; a copy is at %s", current, migrate.HEAD, copy)
    await migrate.migrate(db.writer)


async def refuse_damaged(path: Path, backups: Path, *, thorough: bool) -> None:
    """Raise DamagedDatabaseError where the file is no sound database; without `thorough` only its head is read.

    A missing or empty file is a new database, and sound.
    """
    if wrong := await asyncio.to_thread(_damage, path, thorough):
        raise await damaged(f"The database {path} is damaged: {wrong[0]}.", backups)


async def damaged(title: str, backups: Path) -> DamagedDatabaseError:
    """Return the error that says so and names the newest good backup."""
    good = await asyncio.to_thread(backup.newest_good, backups)
    hint = f"Put the newest good backup back with: productify restore {good}" if good else "There is no good backup."
    return DamagedDatabaseError(title, hint, good)


def _damage(path: Path, thorough: bool) -> list[str]:
    if not path.exists() or not path.stat().st_size:
        return []
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            return ["it is not a database"]
    return backup.damage(path, thorough=False) if thorough else []
