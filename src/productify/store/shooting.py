"""What the camera writes: pictures, how long a screen stayed the same, and what was not taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import Table, delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from productify.domain import Monitor, Skip, Trigger
from productify.ids import uuid7
from productify.store.schema import Screenshot, ScreenshotSkip

_S = cast("Table", Screenshot.__table__)
_K = cast("Table", ScreenshotSkip.__table__)


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture that was taken and lies on the disk; times UTC, sizes in pixels and bytes.

    `width` and `height` are the stored picture's, the monitor has its own.
    """

    captured_at: datetime
    local_day: date
    monitor: Monitor
    monitor_count: int
    width: int
    height: int
    format: str
    file_path: str
    thumbnail_path: str
    file_size: int
    thumbnail_size: int
    app_name: str | None
    window_title: str | None
    is_blurred: bool
    is_sealed: bool
    trigger: Trigger


async def add(session: AsyncSession, user_id: str, taken: Sequence[Taken]) -> list[str]:
    """Add pictures and return their ids, in order."""
    rows = [_row(user_id, each) for each in taken]
    await session.execute(insert(_S), rows)
    return [str(row["id"]) for row in rows]


async def is_empty(session: AsyncSession) -> bool:
    """Return whether there is no picture of anybody's and nothing skipped; it costs next to nothing to ask."""
    asked = "SELECT EXISTS (SELECT 1 FROM screenshots) OR EXISTS (SELECT 1 FROM screenshot_skips)"
    return not await session.scalar(text(asked))


async def extend_seen(session: AsyncSession, shot_id: str, until: datetime) -> bool:
    """Note that a screen was the same at `until` (UTC); return whether its picture is there, outside the trash."""
    query = update(_S).where(_S.c.id == shot_id, _S.c.trashed_at.is_(None)).values(seen_until=until)
    return bool((await session.execute(query)).rowcount)  # type: ignore[attr-defined]


async def add_skip(session: AsyncSession, user_id: str, reason: Skip, monitor: str | None, at: datetime) -> str:
    """Begin a stretch in which no picture of `monitor` (None: of any) is taken, and return its id."""
    row_id = uuid7()
    row = {
        "id": row_id,
        "user_id": user_id,
        "reason": reason.value,
        "monitor": monitor,
        "started_at": at,
        "ended_at": at,
        "count": 1,
    }
    await session.execute(insert(_K), [row])
    return row_id


async def extend_skip(session: AsyncSession, skip_id: str, until: datetime) -> bool:
    """Count one more picture that was not taken for the same reason; return whether the stretch is there."""
    query = update(_K).where(_K.c.id == skip_id).values(ended_at=until, count=_K.c.count + 1)
    return bool((await session.execute(query)).rowcount)  # type: ignore[attr-defined]


async def files(session: AsyncSession, after: str, limit: int) -> list[tuple[str, str, str | None]]:
    """Return (id, path, path of the thumbnail) of pictures by id, from just `after` one; whoever's, the trash too."""
    query = select(_S.c.id, _S.c.file_path, _S.c.thumbnail_url).where(_S.c.id > after).order_by(_S.c.id).limit(limit)
    return [(row[0], row[1], row[2]) for row in await session.execute(query)]


async def forget(session: AsyncSession, gone: Iterable[tuple[str, str]]) -> int:
    """Delete rows (id, path) whose files are gone and that still name them; return how many there were.

    A picture that is blurred meanwhile has another file.
    """
    count = 0
    for row_id, path in gone:
        query = delete(_S).where(_S.c.id == row_id, _S.c.file_path == path)
        count += (await session.execute(query)).rowcount  # type: ignore[attr-defined]
    return count


def _row(user_id: str, taken: Taken) -> dict[str, object]:
    return {
        "id": uuid7(int(taken.captured_at.timestamp() * 1000)),
        "user_id": user_id,
        "file_path": taken.file_path,
        "thumbnail_url": taken.thumbnail_path,
        "app_name": taken.app_name,
        "window_title": taken.window_title,
        "is_blurred": taken.is_blurred,
        "file_size": taken.file_size,
        "width": taken.width,
        "height": taken.height,
        "captured_at": taken.captured_at,
        "created_at": taken.captured_at,
        "seen_until": taken.captured_at,
        "local_day": taken.local_day,
        "monitor": taken.monitor.name,
        "monitor_number": taken.monitor.number,
        "monitor_count": taken.monitor_count,
        "screen_width": taken.monitor.rect.width,
        "screen_height": taken.monitor.rect.height,
        "thumbnail_size": taken.thumbnail_size,
        "format": taken.format,
        "is_sealed": taken.is_sealed,
        "trigger": taken.trigger.value,
    }
