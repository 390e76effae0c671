"""What databases say of the user's world, turned into sentences with a way out."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from productify.errors import DamagedDatabaseError, DiskFullError, KnownError

_DISK_FULL = ("The disk is full.", "Free some space; recording goes on by itself.")
_BUSY = ("The database is busy.", "Another program holds it; try again in a moment.")
_DAMAGED = ("The database is damaged.", "Put a backup back with: productify restore FILE")
_NO_DATABASE = ("The file is not a database.", "Put a backup back with: productify restore FILE")
_UNREACHABLE = ("The database server cannot be reached.", "Check its address and that it runs.")

_SQLITE = {
    sqlite3.SQLITE_FULL: _DISK_FULL,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: ("The database cannot be written.", "Make its file and folder writable."),
    sqlite3.SQLITE_PERM: ("The database cannot be read.", "Give your account access to its file and folder."),
    sqlite3.SQLITE_CANTOPEN: ("The database cannot be opened.", "Check that its folder exists and is writable."),
    sqlite3.SQLITE_IOERR: ("The disk reported an error.", "Check the disk, and keep a backup elsewhere."),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _NO_DATABASE,
}
_SPOILT = (_DAMAGED, _NO_DATABASE)

_POSTGRESQL = {
    "53100": _DISK_FULL,
    "40001": _BUSY,
    "40P01": _BUSY,
    "55P03": _BUSY,
}
_SERVER_GONE = ("08", "57P")


@contextmanager
def known_failures() -> Iterator[None]:
    """Let failures of the user's world (disk, locks, damage, an absent server) leave as KnownError; bugs stay bugs."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        sentence = _sentence(error.orig if isinstance(error, DBAPIError) else error)
        if sentence is None:
            raise
        raise _kind(sentence)(*sentence) from error


def _kind(sentence: tuple[str, str]) -> type[KnownError]:
    if sentence == _DISK_FULL:
        return DiskFullError
    return DamagedDatabaseError if sentence in _SPOILT else KnownError


def _sentence(error: BaseException | None) -> tuple[str, str] | None:
    if isinstance(error, sqlite3.Error):
        return _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    if type(error).__name__ in {"OperationalError", "DiskFull", "SerializationFailure"} or hasattr(error, "sqlstate"):
        return _server_sentence(error)
    return None


def _server_sentence(error: BaseException | None) -> tuple[str, str] | None:
    state = getattr(error, "sqlstate", None)
    if state is None:
        return _UNREACHABLE if type(error).__name__ == "OperationalError" else None
    return _UNREACHABLE if state.startswith(_SERVER_GONE) else _POSTGRESQL.get(state)
