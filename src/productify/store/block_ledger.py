"""The ledger of blocks: what blocks, until when, and what ended it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from productify.store.changes import report_as
from productify.store.schema import BlockExpiry


@dataclass(frozen=True, slots=True)
class Entry:
    """A block that has not been lifted: `left` seconds of it were left at `seen_at` (UTC), `boot_seconds` into `boot`.

    `expires_at` (UTC) is its end by the wall clock.
    """

    id: str
    session_id: str | None
    strict: bool
    begun_at: datetime
    expires_at: datetime
    seen_at: datetime
    left: float
    boot: str
    boot_seconds: float


async def write(session: AsyncSession, user_id: str, entry: Entry) -> None:
    """Write a block that is about to begin."""
    session.add(BlockExpiry(id=entry.id, user_id=user_id, **_told(entry), **_seen(entry)))
    await session.flush()


async def see(session: AsyncSession, entry: Entry, *, beat: bool = False) -> None:
    """Write what is left of a block; a `beat` is told to nobody."""
    query = update(BlockExpiry).where(BlockExpiry.id == entry.id).values(**_seen(entry))
    await session.execute(query, execution_options=report_as() if beat else {})


async def lift(session: AsyncSession, ids: Iterable[str], at: datetime, by: str) -> None:
    """Note that blocks have ended; one that had is left as it is."""
    query = update(BlockExpiry).where(BlockExpiry.id.in_(sorted(ids)), BlockExpiry.lifted_at.is_(None))
    await session.execute(query.values(lifted_at=at, lifted_by=by))


async def standing(session: AsyncSession, user_id: str) -> list[Entry]:
    """Return every block that was not lifted, the oldest first."""
    query = select(BlockExpiry).where(BlockExpiry.user_id == user_id, BlockExpiry.lifted_at.is_(None))
    return [_entry(row) for row in await session.scalars(query.order_by(BlockExpiry.begun_at, BlockExpiry.id))]


def _told(entry: Entry) -> dict[str, Any]:
    return {"session_id": entry.session_id, "strict": entry.strict, "begun_at": entry.begun_at}


def _seen(entry: Entry) -> dict[str, Any]:
    return {
        "expires_at": entry.expires_at,
        "seen_at": entry.seen_at,
        "left_seconds": entry.left,
        "boot_id": entry.boot,
        "boot_seconds": entry.boot_seconds,
    }


def _entry(row: BlockExpiry) -> Entry:
    return Entry(
        row.id, row.session_id, row.strict, row.begun_at, row.expires_at, row.seen_at, row.left_seconds,
        row.boot_id or "", row.boot_seconds or 0.0,
    )  # fmt: skip
