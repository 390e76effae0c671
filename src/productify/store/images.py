"""Rows as images that JSON can hold, and back: whole, exact, and of any table that edits may touch."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, cast

from sqlalchemy import Date, Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from productify.store import schema
from productify.store.schema.types import EPOCH, MILLISECOND, UtcDateTime
from productify.store.sql import chunks

Image = dict[str, Any]
"""A row's columns as JSON: moments in milliseconds since 1970, days as ISO 8601."""

ACTIVITIES = cast("Table", schema.Activity.__table__)
RULES = cast("Table", schema.ClassificationRule.__table__)
TABLES = {table.name: table for table in (ACTIVITIES, RULES)}
_AT_ONCE = 500


def packed(table: Table, row: Mapping[str, Any]) -> Image:
    """Return the image of a row of `table`, or of some of its columns."""
    return {name: _packed(value) for name, value in row.items() if name in table.c}


def unpacked(table: Table, image: Image) -> dict[str, Any]:
    """Return the columns that an image holds."""
    return {name: _unpacked(table.c[name].type, value) for name, value in image.items()}


def changed(old: Image, new: Image) -> tuple[Image, Image]:
    """Return the columns that differ, as they were and as they are."""
    names = [name for name in new if old.get(name) != new[name]]
    return {name: old.get(name) for name in names}, {name: new[name] for name in names}


async def stored(session: AsyncSession, table: Table, user_id: str, ids: Iterable[str]) -> dict[str, Image]:
    """Return the images of those rows that are there and the user's, by id."""
    found: dict[str, Image] = {}
    for part in chunks(sorted(set(ids)), _AT_ONCE):
        for row in await session.execute(select(table).where(table.c.id.in_(part))):
            if row.user_id == user_id:
                found[row.id] = packed(table, row._asdict())
    return found


async def store(session: AsyncSession, table: Table, old: Mapping[str, Image], new: Mapping[str, Image | None]) -> None:
    """Make the rows of `old`, which are there now, those of `new`: None takes away."""
    gone = sorted(row_id for row_id in old if new.get(row_id, old[row_id]) is None)
    for part in chunks(gone, _AT_ONCE):
        await session.execute(delete(table).where(table.c.id.in_(part)))
    added = [unpacked(table, image) for row_id, image in new.items() if image is not None and row_id not in old]
    for rows in chunks(added, _AT_ONCE):
        await session.execute(insert(table), list(rows))
    for values, ids in _alike(old, new):
        for part in chunks(ids, _AT_ONCE):
            await session.execute(update(table).where(table.c.id.in_(part)).values(unpacked(table, values)))


def _alike(old: Mapping[str, Image], new: Mapping[str, Image | None]) -> list[tuple[Image, list[str]]]:
    """Return the columns that change, each time with the rows that change so."""
    found: dict[str, tuple[Image, list[str]]] = {}
    for row_id, image in new.items():
        if image is not None and row_id in old and (values := changed(old[row_id], image)[1]):
            found.setdefault(json.dumps(values), (values, []))[1].append(row_id)
    return list(found.values())


def _packed(value: Any) -> Any:
    if isinstance(value, datetime):
        return ((value if value.tzinfo else value.replace(tzinfo=UTC)) - EPOCH) // MILLISECOND
    return value.isoformat() if isinstance(value, date) else value


def _unpacked(kind: Any, value: Any) -> Any:
    if isinstance(kind, UtcDateTime) and value is not None:
        return EPOCH + value * MILLISECOND
    return date.fromisoformat(value) if isinstance(kind, Date) and value is not None else value
