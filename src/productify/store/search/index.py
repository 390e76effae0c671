"""Keeps the distinct texts of the record ready for search, day by day, like the sums."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, exists, func, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from productify.store import sql
from productify.store.schema import Activity, RollupDirty, SearchDay, SearchDirty, SearchText
from productify.store.schema.search import FTS
from productify.store.sql import chunks, milliseconds_between, of_days

_CHUNK = 400
_WORDS = ("app_name", "window_title", "url", "note")
_LENGTH = func.sum(milliseconds_between(Activity.start_time, Activity.end_time))


class _Seen(NamedTuple):
    """A text of one day: its words, what else is known of it, and its time."""

    app_name: str
    title: str | None
    url: str | None
    note: str | None
    app_id: str | None
    site: str | None
    category: str | None
    first_start: datetime
    milliseconds: int

    @property
    def digest(self) -> str:
        """What tells two texts apart."""
        words = "\\0".join("" if word is None else f"={word}" for word in self[:4])
        return hashlib.blake2b(words.encode(errors="surrogatepass"), digest_size=16).hexdigest()


async def stale_days(session: AsyncSession, user_id: str, limit: int | None) -> list[date]:
    """Return the newest local days whose texts are not up to date, at most `limit` of them."""
    waiting = [select(table.local_day).where(table.user_id == user_id) for table in (RollupDirty, SearchDirty)]
    days = waiting[0].union(waiting[1]).subquery()
    return list(await session.scalars(select(days.c.local_day).order_by(days.c.local_day.desc()).limit(limit)))


async def refresh(session: AsyncSession, user_id: str, day: date) -> None:
    """Make the texts of a local day what its activities say, and clear its mark."""
    await session.execute(delete(SearchDirty).where(SearchDirty.user_id == user_id, SearchDirty.local_day == day))
    seen = _by_text(await _seen(session, user_id, day))
    before = set(
        await session.scalars(select(SearchDay.text_id).where(SearchDay.user_id == user_id, SearchDay.local_day == day))
    )
    ids = await _ids(session, user_id, day, seen)
    await session.execute(delete(SearchDay).where(SearchDay.user_id == user_id, SearchDay.local_day == day))
    rows = [
        {
            "text_id": ids[digest],
            "local_day": day,
            "user_id": user_id,
            "first_start": text.first_start,
            "milliseconds": text.milliseconds,
        }
        for digest, text in seen.items()
    ]
    if rows:
        await session.execute(insert(SearchDay), rows)
    await _let_go(session, sorted(before - set(ids.values())), day)


async def repack(session: AsyncSession) -> None:
    """Write SQLite's full-text index anew, as it keeps the words of deleted texts until it is merged."""
    if session.get_bind().dialect.name == "sqlite":
        await session.execute(text(f"INSERT INTO {FTS} ({FTS}) VALUES ('optimize')"))


async def mark(session: AsyncSession, user_id: str, day: date) -> None:
    """Let the texts of a day whose sums were just made be looked at before the next search."""
    row = {"user_id": user_id, "local_day": day}
    await session.execute(sql.insert(session, SearchDirty).on_conflict_do_nothing(), row)


async def _seen(session: AsyncSession, user_id: str, day: date) -> list[_Seen]:
    words = [getattr(Activity, name) for name in _WORDS]
    query = (
        select(
            *words, func.max(Activity.app_id), func.max(Activity.site), Activity.category,
            func.min(Activity.start_time), _LENGTH,
        )
        .where(of_days(user_id, day, day), Activity.end_time > Activity.start_time)
        .where(or_(Activity.cause.is_(None), Activity.note.is_not(None)))
        .group_by(*words, Activity.category)
        .order_by(_LENGTH.desc())
    )  # fmt: skip
    return [_Seen._make(row) for row in await session.execute(query)]


def _by_text(seen: Sequence[_Seen]) -> dict[str, _Seen]:
    """Return each text once, by its digest, with all its time; of several categories the one with most of it."""
    found: dict[str, _Seen] = {}
    for text_seen in seen:
        first = found.setdefault(text_seen.digest, text_seen)
        if first is not text_seen:
            found[text_seen.digest] = first._replace(
                first_start=min(first.first_start, text_seen.first_start),
                milliseconds=first.milliseconds + text_seen.milliseconds,
            )
    return found


async def _ids(session: AsyncSession, user_id: str, day: date, seen: dict[str, _Seen]) -> dict[str, int]:
    """Return the id of each text by its digest, after adding those that are new."""
    ids = await _known(session, user_id, list(seen))
    await _renew(session, day, {text_id: seen[digest] for digest, text_id in ids.items()})
    new = [digest for digest in seen if digest not in ids]
    for few in chunks(new, _CHUNK):
        await session.execute(insert(SearchText), [_row(user_id, day, digest, seen[digest]) for digest in few])
    return ids | await _known(session, user_id, new)


async def _renew(session: AsyncSession, day: date, texts: dict[int, _Seen]) -> None:
    """Let texts whose newest day this is say what they were on it: a correction may have changed it."""
    for part in chunks(sorted(texts), _CHUNK):
        columns = (SearchText.id, SearchText.app_id, SearchText.site, SearchText.category, SearchText.last_day)
        query = select(*columns).where(SearchText.id.in_(part), SearchText.last_day <= day)
        for text_id, *before in (await session.execute(query)).all():
            now = [texts[text_id].app_id, texts[text_id].site, texts[text_id].category, day]
            if now != before:
                names = ("app_id", "site", "category", "last_day")
                values = dict(zip(names, now, strict=True))
                await session.execute(update(SearchText).where(SearchText.id == text_id).values(values))


async def _known(session: AsyncSession, user_id: str, digests: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in chunks(digests, _CHUNK):
        query = select(SearchText.digest, SearchText.id)
        query = query.where(SearchText.user_id == user_id, SearchText.digest.in_(part))
        found.update((digest, text_id) for digest, text_id in await session.execute(query))
    return found


def _row(user_id: str, day: date, digest: str, text: _Seen) -> dict[str, Any]:
    return {
        "user_id": user_id,
        "digest": digest,
        "app_name": text.app_name,
        "app_id": text.app_id,
        "title": text.title,
        "url": text.url,
        "site": text.site,
        "note": text.note,
        "category": text.category,
        "last_day": day,
    }


async def _let_go(session: AsyncSession, ids: Sequence[int], day: date) -> None:
    """Delete the texts that no day holds any more, and let the others end with the newest day that does."""
    held = exists().where(SearchDay.text_id == SearchText.id)
    newest = select(func.max(SearchDay.local_day)).where(SearchDay.text_id == SearchText.id).scalar_subquery()
    for part in chunks(ids, _CHUNK):
        await session.execute(delete(SearchText).where(SearchText.id.in_(part), ~held))
        shrunk = update(SearchText).where(SearchText.id.in_(part), SearchText.last_day == day)
        await session.execute(shrunk.values(last_day=newest))
