"""Files that no row names and rows whose file is gone, as a kill or a foreign hand leaves them: both are taken away."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from productify.capture.album import Album
from productify.store import shooting
from productify.store.database import Database

_OURS = re.compile(r"([0-9a-f]{32})\.(?:webp|jpg|thumb\.jpg)(?:\.sealed)?(?:\.part)?")
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Mended:
    """How many files without a row and rows without a file were taken away."""

    files: int
    rows: int


async def mended(db: Database, album: Album, before: datetime) -> Mended:
    """Take away what lacks its other half; files that were written after `before` (UTC) may still get their row.

    A file is deleted only where its name is one that the album gives.
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
    if gone:
        async with db.write() as session:
            forgotten = await shooting.forget(session, gone)
    return Mended(await asyncio.to_thread(_swept, album, names, before.timestamp()), forgotten)


def _missing(album: Album, rows: Sequence[tuple[str, str, str | None]]) -> list[tuple[str, str]]:
    return [(row_id, path) for row_id, path, _thumbnail in rows if not album.has(path)]


def _swept(album: Album, names: set[bytes], before: float) -> int:
    found = [(path, _name(path), written) for path, written in album.files()]
    return album.delete(path for path, name, written in found if name and name not in names and written < before)


def _name(path: str) -> bytes | None:
    """Return what a picture and its thumbnail have in common, as few bytes; None where no album named it."""
    ours = _OURS.fullmatch(PurePosixPath(path).name)
    return None if ours is None else bytes.fromhex(ours[1])
