"""Files that no row names and rows whose file is gone, as a kill or a foreign hand leaves them: both are taken away.

A kill leaves a few files. Many of them tell of another database, as after a backup was restored: they are set aside,
and come back should the one that knows them. Likewise many rows without a file tell of a folder that is away, as on a
drive that is not mounted: they stay.
"""

import asyncio
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from productify.capture.album import Album
from productify.store import shooting
from productify.store.database import Database

_log = logging.getLogger(__name__)
_OURS = re.compile(r"([0-9a-f]{32})\.(?:webp|jpg|thumb\.jpg)(?:\.sealed)?(?:\.part)?")
_AT_ONCE = 1000
_FEW = 32
"""Files that a kill may leave: two for each monitor that was being taken, and for each of a dozen that were deleted.

More rows than that do not lose their files one by one either.
"""


@dataclass(frozen=True, slots=True)
class Mended:
    """How many files without a row and rows without a file were taken away, and how many files were set aside."""

    files: int
    rows: int
    set_aside: int = 0


async def mended(db: Database, album: Album, before: datetime) -> Mended:
    """Take away what lacks its other half; files that were written after `before` (UTC) may still get their row.

    A file is touched only where its name is one that the album gives.
    """
    names, gone = set[bytes](), list[tuple[str, str]]()
    forgotten = 0
    after = ""
    while True:
        async with db.read() as session:
            rows = await shooting.files(session, after, _AT_ONCE)
        if not rows:
            break
        after = rows[-1][0]
        names.update(name for _, *paths in rows for path in paths if path and (name := _name(path)))
        gone += await asyncio.to_thread(_missing, album, rows)
    if await asyncio.to_thread(_is_away, album, len(gone)):
        _log.info("the files of %s screenshots are not there, maybe for a moment: their rows stay", len(gone))
    elif gone:
        async with db.write() as session:
            forgotten = await shooting.forget(session, gone)
    deleted, set_aside = await asyncio.to_thread(_swept, album, names, before)
    return Mended(deleted, forgotten, set_aside)


def _is_away(album: Album, missing: int) -> bool:
    """Return whether it is rather the folder that lacks than some of its files."""
    return missing > _FEW or (missing > 0 and album.is_empty())


def _missing(album: Album, rows: Sequence[tuple[str, str, str | None]]) -> list[tuple[str, str]]:
    gone = []
    for row_id, path, thumbnail in rows:
        if thumbnail and not album.has(thumbnail):
            album.aside.give_back(thumbnail)
        if not album.has(path) and not album.aside.give_back(path):
            gone.append((row_id, path))
    return gone


def _swept(album: Album, names: set[bytes], before: datetime) -> tuple[int, int]:
    """Delete the few files that no row names, or set the many aside; return how many of each."""
    album.aside.forget(before.date())
    found = [(path, _name(path), written) for path, written in album.files()]
    unknown = [path for path, name, written in found if name and name not in names and written < before.timestamp()]
    if len(unknown) <= _FEW:
        return album.delete(unknown), 0
    return 0, album.aside.take(unknown, before.date())


def _name(path: str) -> bytes | None:
    """Return what a picture and its thumbnail have in common, as few bytes; None where no album named it."""
    ours = _OURS.fullmatch(PurePosixPath(path).name)
    return None if ours is None else bytes.fromhex(ours[1])
