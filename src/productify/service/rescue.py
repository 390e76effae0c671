"""Putting a backup back, where the store itself may no longer open."""

from datetime import UTC, datetime
from pathlib import Path

import filelock

from productify.errors import KnownError
from productify.paths import DataDir
from productify.store import backup


def restore(data_dir: DataDir, copy: Path) -> Path | None:
    """Make `copy` the database and return where the one before is kept, None where there was none.

    Raises KnownError where the app is running, or the copy is missing or damaged; nothing is changed then.
    """
    try:
        with filelock.FileLock(data_dir.recorder_lock, timeout=0):
            return _put_back(data_dir, copy)
    except filelock.Timeout:
        raise KnownError("Productify Pro is running.", "End it first with: productify quit") from None


def newest_good_backup(data_dir: DataDir) -> Path | None:
    """Return the newest sound backup, None where there is none."""
    return backup.newest_good(data_dir.backups)


def _put_back(data_dir: DataDir, copy: Path) -> Path | None:
    existed = data_dir.database.exists()
    aside = data_dir.root / f"productify-before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}.db"
    backup.put_back(copy, data_dir.database, aside)
    return aside if existed else None
