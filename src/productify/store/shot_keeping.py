"""The fate of stored pictures: kept, in the trash, blurred for good, gone. Their files are the caller's to delete."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, CursorResult, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from productify.store import shot_texts
from productify.store.schema import Screenshot, ScreenshotSkip
from productify.store.screenshots import of_ids
from productify.store.sql import chunks

_AT_ONCE = 500
_LONGEST_STAY = timedelta(days=2)
"""No screen is told to have stayed the same for longer."""

_S = Screenshot.__table__.c
_BYTES = func.coalesce(_S.file_size, 0) + func.coalesce(_S.thumbnail_size, 0)


class DaySize(NamedTuple):
    """What a local day's pictures that are not in the trash take: how many, and their bytes."""

    local_day: date
    shots: int
    size: int


class Blurred(NamedTuple):
    """What blurring a row did: `words_went` is whether anything that was read in it was deleted."""

    words_went: bool


class Usage(NamedTuple):
    """What all pictures take, those in the trash too; `oldest` is when the first of them was taken, UTC."""

    size: int
    oldest: datetime | None


async def trash(session: AsyncSession, user_id: str, ids: Iterable[str], now: datetime) -> int:
    """Put pictures into the trash; return how many were not in it."""
    return await _change(session, user_id, ids, _S.trashed_at.is_(None), {"trashed_at": now})


async def restore(session: AsyncSession, user_id: str, ids: Iterable[str]) -> int:
    """Take pictures out of the trash; return how many were in it."""
    return await _change(session, user_id, ids, _S.trashed_at.is_not(None), {"trashed_at": None})


async def blur(session: AsyncSession, user_id: str, shot_id: str, before: str, now: dict[str, Any]) -> Blurred | None:
    """Let a row tell of its blurred file and forget what was read in the old one, whose path was `before`.

    Returns None where the picture went, or got another file, meanwhile; nothing is changed then.
    """
    same = (of_ids([shot_id], user_id), _S.file_path == before)
    changed = await session.execute(update(Screenshot).where(*same).values(is_blurred=True, read_at=None, **now))
    if not cast("CursorResult[Any]", changed).rowcount:
        return None
    return Blurred(await shot_texts.forget(session, [shot_id]))


async def were_read(session: AsyncSession, user_id: str, ids: Iterable[str]) -> bool:
    """Return whether words were looked for in any of some pictures, in the trash or not."""
    for part in chunks(sorted(set(ids)), _AT_ONCE):
        if await session.scalar(select(_S.id).where(of_ids(part, user_id), _S.read_at.is_not(None)).limit(1)):
            return True
    return False


async def drop(session: AsyncSession, user_id: str, ids: Iterable[str]) -> list[str]:
    """Delete the rows of pictures, whether in the trash or not, and return the paths of their files."""
    paths: list[str] = []
    for part in chunks(sorted(set(ids)), _AT_ONCE):
        theirs = of_ids(part, user_id)
        for row in await session.execute(select(_S.file_path, _S.thumbnail_url).where(theirs)):
            paths += [path for path in row if path]
        await session.execute(delete(Screenshot).where(theirs))
    return paths


async def drop_skips(session: AsyncSession, user_id: str, before: datetime) -> None:
    """Forget what was not taken before a moment (UTC)."""
    table = ScreenshotSkip.__table__.c
    await session.execute(delete(ScreenshotSkip).where(table.user_id == user_id, table.started_at < before))


async def trashed(session: AsyncSession, user_id: str, until: datetime, limit: int | None = None) -> list[str]:
    """Return the pictures that were put into the trash up to a moment (UTC)."""
    query = select(_S.id).where(_S.user_id == user_id, _S.trashed_at <= until).order_by(_S.trashed_at)
    return list(await session.scalars(query.limit(limit)))


async def taken_before(session: AsyncSession, user_id: str, moment: datetime, limit: int) -> list[str]:
    """Return the oldest pictures that were taken before a moment (UTC), those in the trash too."""
    query = select(_S.id).where(_S.user_id == user_id, _S.captured_at < moment).order_by(_S.captured_at, _S.id)
    return list(await session.scalars(query.limit(limit)))


async def seen_within(session: AsyncSession, user_id: str, start: datetime, end: datetime) -> list[str]:
    """Return the pictures that show what was on the screen between two moments (UTC), those in the trash too."""
    query = select(_S.id).where(_S.user_id == user_id, _S.captured_at < end)
    shown: ColumnElement[bool] = or_(_S.captured_at >= start, _S.seen_until > start)
    return list(await session.scalars(query.where(_S.captured_at > start - _LONGEST_STAY, shown)))


async def oldest(session: AsyncSession, user_id: str, size: int, limit: int) -> list[str]:
    """Return the oldest pictures that together take at least `size` bytes, at most `limit` of them."""
    query = select(_S.id, _BYTES).where(_S.user_id == user_id).order_by(_S.captured_at, _S.id).limit(limit)
    found: list[str] = []
    for shot_id, taken in await session.execute(query):
        if size <= 0:
            break
        found.append(shot_id)
        size -= taken
    return found


async def usage(session: AsyncSession, user_id: str) -> Usage:
    """Return what all pictures take."""
    query = select(func.coalesce(func.sum(_BYTES), 0), func.min(_S.captured_at)).where(_S.user_id == user_id)
    size, first = (await session.execute(query)).one()
    return Usage(int(size), first)


async def sizes_by_day(session: AsyncSession, user_id: str) -> list[DaySize]:
    """Return what the pictures of each local day take, the newest first."""
    query = select(_S.local_day, func.count(), func.sum(_BYTES)).where(
        _S.user_id == user_id, _S.trashed_at.is_(None), _S.local_day.is_not(None)
    )
    rows = await session.execute(query.group_by(_S.local_day).order_by(_S.local_day.desc()))
    return [DaySize(day, count, int(size)) for day, count, size in rows]


async def _change(
    session: AsyncSession, user_id: str, ids: Iterable[str], there: ColumnElement[bool], values: dict[str, Any]
) -> int:
    count = 0
    for part in chunks(sorted(set(ids)), _AT_ONCE):
        query = update(Screenshot).where(of_ids(part, user_id), there).values(**values)
        count += cast("CursorResult[Any]", await session.execute(query)).rowcount
    return count
