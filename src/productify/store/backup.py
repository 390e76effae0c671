"""Copies of the store: made while it is in use, checked before they are trusted, the newest seven kept.

All of this is plain blocking sqlite3; callers run it in a thread.
"""

import os
import shutil
import sqlite3
import threading
from contextlib import closing, suppress
from datetime import date, datetime
from pathlib import Path

from productify.errors import KnownError
from productify.store import migrate

KEPT = 7
_DAILY = "productify-{day}.db"
_BEFORE_UPGRADE = "before-upgrade-{moment}.db"
_UPGRADES_KEPT = 3
_LOOKS_UP_EVERY = 20_000
"""Steps of SQLite's machine, some milliseconds, between two looks at whether a copy is still wanted."""


def copy_to(database: Path, target: Path, unwanted: threading.Event | None = None) -> None:
    """Write a sound, compact copy of `database` to `target`, whole or not at all (VACUUM INTO, then rename).

    Once `unwanted` is set it is given up. Raises KnownError then, and where the source is damaged or the target
    cannot be written.
    """
    if target.exists() and (not target.is_file() or target.samefile(database)):
        raise KnownError(f"The backup {target} could not be written: that is no place for it.", "Name another file.")
    draft = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        with closing(_readable(database)) as source:
            if unwanted is not None:
                source.set_progress_handler(unwanted.is_set, _LOOKS_UP_EVERY)
            source.execute("VACUUM INTO ?", (str(draft),))
        draft.chmod(0o600)
        os.replace(draft, target)
    except (sqlite3.Error, OSError) as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise KnownError(
            f"The backup {target} could not be written: {reason}.", "Free some space, or name another place."
        ) from error


def daily(database: Path, folder: Path, day: date, unwanted: threading.Event | None = None) -> Path | None:
    """Make the backup of `day` unless it is there, and forget all but the newest seven; return it if it was made.

    Of the copies made before upgrades the newest three stay. Raises KnownError where less than twice the database's
    size is free, or it is given up as in `copy_to`.
    """
    target = folder / _DAILY.format(day=day.isoformat())
    if target.exists():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < 2 * database.stat().st_size:
        raise KnownError("The daily backup was not made: the disk is nearly full.", "Free some space.")
    copy_to(database, target, unwanted)
    for old in [*dailies(folder)[KEPT:], *_newest_first(folder, _BEFORE_UPGRADE)[_UPGRADES_KEPT:]]:
        old.unlink(missing_ok=True)
    return target


def dailies(folder: Path) -> list[Path]:
    """Return the daily backups, newest first."""
    return sorted(folder.glob(_DAILY.format(day="????-??-??")), reverse=True)


def before_upgrade(folder: Path, moment: datetime) -> Path:
    """Return where the copy goes that is made before an upgrade at `moment` (UTC)."""
    return folder / _BEFORE_UPGRADE.format(moment=f"{moment:%Y%m%d-%H%M%S}")


def _newest_first(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern.format(moment="*")), reverse=True)


def day_of(daily_backup: Path) -> date:
    """Return the day that a daily backup was made on."""
    return date.fromisoformat(daily_backup.stem.removeprefix("productify-"))


def newest_good(folder: Path) -> Path | None:
    """Return the newest backup of any kind that could be put back, None where there is none."""
    copies = sorted(folder.glob("*.db"), key=lambda path: path.stat().st_mtime, reverse=True)
    return next((copy for copy in copies if not damage(copy) and _is_ours(copy)), None)


def damage(database: Path, *, thorough: bool = True) -> list[str]:
    """Return what is wrong with a database file, an empty list where it is sound.

    `thorough` checks indexes against rows and foreign keys as well, which takes some seconds a gigabyte.
    """
    try:
        with closing(_readable(database)) as connection:
            kind = "integrity_check" if thorough else "quick_check"
            found = [row[0] for row in connection.execute(f"PRAGMA {kind}(20)") if row[0] != "ok"]
            if thorough:
                found += [f"{row[0]} row {row[1]} points to a missing {row[2]}" for row in _orphans(connection)]
            return found
    except sqlite3.DatabaseError as error:
        return [str(error)]


def _readable(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)


def _orphans(connection: sqlite3.Connection) -> list[tuple[str, int, str]]:
    return [(row[0], row[1], row[2]) for row in connection.execute("PRAGMA foreign_key_check")]


def put_back(backup: Path, database: Path, aside: Path) -> None:
    """Make `backup` the database; the one that was there is moved to `aside` with all that belongs to it.

    Nobody may have the database open. Raises KnownError where the backup is missing, damaged, none of ours or newer
    than this app, changing nothing.
    """
    if not backup.is_file():
        raise KnownError(f"There is no backup at {backup}.", "Name another file.")
    if wrong := damage(backup):
        raise KnownError(f"The backup {backup} is damaged: {wrong[0]}.", "Name another one.")
    revision = _revision(backup)
    if revision is None:
        raise KnownError(f"{backup} is no backup of Productify Pro.", "Name another file.")
    if migrate.is_newer(revision):
        raise KnownError(f"{backup} was written by a newer version of Productify Pro.", "Update the app.")
    draft = database.with_name(database.name + ".restoring")
    moved: list[tuple[Path, Path]] = []
    try:
        _copy_to_disk(backup, draft)
        for suffix in ("", "-wal", "-shm"):
            part, kept = database.with_name(database.name + suffix), aside.with_name(aside.name + suffix)
            if part.exists():
                os.replace(part, kept)
                moved.append((part, kept))
        os.replace(draft, database)
    except OSError as error:
        for part, kept in moved:
            os.replace(kept, part)
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise KnownError(
            f"The backup could not be put back: {error.strerror}.", "Nothing was changed; free space and try again."
        ) from error


def _copy_to_disk(source: Path, target: Path) -> None:
    """Copy a file, readable by its user alone, and return when the disk has it."""
    shutil.copyfile(source, target)
    target.chmod(0o600)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _is_ours(copy: Path) -> bool:
    revision = _revision(copy)
    return revision is not None and not migrate.is_newer(revision)


def _revision(database: Path) -> str | None:
    """Return the revision of a sound database, None where it is another program's."""
    with closing(_readable(database)) as connection:
        try:
            row = connection.execute(f"SELECT version_num FROM {migrate.VERSION_TABLE}").fetchone()
        except sqlite3.OperationalError:
            return None
    return None if row is None else str(row[0])
