"""Ways out where the store itself may no longer open."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import filelock

from productify.errors import DamagedDatabaseError, KnownError
from productify.paths import DataDir
from productify.store import backup, upgrade


def restore(data_dir: DataDir, copy: Path) -> Path | None:
    """Make `copy` the database and return where the one before is kept, None where there was none.

    Raises KnownError where the app is running, or the copy is missing, damaged or none of ours; nothing is changed
    then.
    """
    try:
        with filelock.FileLock(data_dir.recorder_lock, timeout=0):
            return _put_back(data_dir, copy)
    except filelock.Timeout:
        raise KnownError("Productify Pro is running.", "End it first with: productify quit") from None


@asynccontextmanager
async def naming_backup(data_dir: DataDir) -> AsyncIterator[None]:
    """Let a DamagedDatabaseError from inside name the newest good backup, if it does not yet."""
    try:
        yield
    except DamagedDatabaseError as error:
        if error.backup is not None:
            raise
        raise await upgrade.damaged(f"The database {data_dir.database} is damaged.", data_dir.backups) from error


def _put_back(data_dir: DataDir, copy: Path) -> Path | None:
    existed = data_dir.database.exists()
    aside = data_dir.root / f"productify-before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.db"
    backup.put_back(copy, data_dir.database, aside)
    return aside if existed else None
