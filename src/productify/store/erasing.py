"""Away for ever: nothing of an activity or a picture stays in the file, not in its free pages either."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from productify.clock import LocalDays
from productify.domain import Activity
from productify.store import restoring, rollups, shot_keeping, shot_texts
from productify.store.overwriting import overwriting
from productify.store.search import index


@dataclass(frozen=True, slots=True)
class Erased:
    """The local days that were touched, and the paths of the picture files that nothing names any more."""

    days: list[date]
    files: list[str]


async def erase(session: AsyncSession, user_id: str, rows: Iterable[Activity], days: LocalDays) -> Erased:
    """Erase activities, what corrections kept of them, what sums and search say of them, and pictures of their time.

    SQLite overwrites what it frees meanwhile. Its log still holds the older pages until it is emptied. The files of
    the pictures are the caller's to delete.
    """
    gone = list(rows)
    async with overwriting(session):
        touched = await restoring.erase(session, user_id, gone)
        for day in touched:
            await rollups.recompute(session, user_id, day, days)
            await index.refresh(session, user_id, day)
        await index.repack(session)
        shown: set[str] = set()
        for start, end in _stretches(gone):
            shown.update(await shot_keeping.seen_within(session, user_id, start, end))
        files = await shot_keeping.drop(session, user_id, shown)
        if shown:
            await shot_texts.repack(session)
    return Erased(touched, files)


def _stretches(rows: Iterable[Activity]) -> list[tuple[datetime, datetime]]:
    """Return the time of activities without the borders between those that follow one another."""
    found: list[tuple[datetime, datetime]] = []
    for row in sorted(rows, key=lambda row: row.start):
        if found and row.start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], row.end))
        else:
            found.append((row.start, row.end))
    return found
