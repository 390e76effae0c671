"""The words of screenshots: which are still to be read, what was read, and which pictures say something."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    Boolean,
    ColumnElement,
    CursorResult,
    and_,
    delete,
    insert,
    literal,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from productify.domain import Word
from productify.store.schema import Screenshot, ShotText
from productify.store.schema.shot_text import SHOT_FTS

_READABLE = (
    Screenshot.read_at.is_(None),
    Screenshot.trashed_at.is_(None),
    Screenshot.is_blurred.is_(False),
    Screenshot.is_sealed.is_not(True),
)
"""Sealed pictures are not read: their words would lie open in the database."""


async def unread(session: AsyncSession, user_id: str, limit: int, but: Collection[str] = ()) -> list[tuple[str, str]]:
    """Return ids and paths of pictures whose words were not looked for, the newest first, without those in `but`."""
    query = (
        select(Screenshot.id, Screenshot.file_path)
        .where(Screenshot.user_id == user_id, *_READABLE, Screenshot.id.not_in(but))
        .order_by(Screenshot.captured_at.desc())
        .limit(limit)
    )
    return [(row.id, row.file_path) for row in await session.execute(query)]


async def keep(session: AsyncSession, user_id: str, shot_id: str, words: Sequence[Word], now: datetime) -> None:
    """Keep the words of a picture; none where it went, or was blurred, while it was read."""
    changed = await session.execute(
        update(Screenshot)
        .where(Screenshot.user_id == user_id, Screenshot.id == shot_id, *_READABLE)
        .values(read_at=now)
        .returning(Screenshot.id)
    )
    if changed.first() is None or not words:
        return
    await session.execute(
        insert(ShotText).values(
            screenshot_id=shot_id,
            user_id=user_id,
            content=" ".join(word.text for word in words),
            words=[[word.text, *_rounded(word)] for word in words],
        )
    )


async def forget(session: AsyncSession, shot_ids: Iterable[str]) -> bool:
    """Delete what was read in pictures, as when they are blurred; return whether there was anything."""
    gone = await session.execute(delete(ShotText).where(ShotText.screenshot_id.in_(list(shot_ids))))
    return bool(cast("CursorResult[Any]", gone).rowcount)


async def repack(session: AsyncSession) -> None:
    """Write the index anew, as it keeps the words of deleted pictures until it is merged."""
    if session.get_bind().dialect.name == "sqlite":
        await session.execute(text(f"INSERT INTO {SHOT_FTS} ({SHOT_FTS}) VALUES ('optimize')"))


async def words_of(session: AsyncSession, user_id: str, shot_id: str, typed: str) -> tuple[Word, ...]:
    """Return the words of a picture that begin like one that was typed, with their places."""
    query = select(ShotText.words).where(ShotText.user_id == user_id, ShotText.screenshot_id == shot_id)
    beginnings = tuple(part.casefold() for part in _parts(typed))
    held = await session.scalar(query) or []
    return tuple(Word(*word) for word in held if _begins(word[0], beginnings))


def saying(typed: str) -> ColumnElement[bool]:
    """Return the condition that a picture says every typed word, in itself or in its window's title and app's name.

    Where nothing was typed that could be found, every picture does.
    """
    parts = _parts(typed)
    if not parts:
        return true()
    names = (Screenshot.window_title, Screenshot.app_name)
    named = and_(*(or_(*(name.icontains(part, autoescape=True) for name in names)) for part in parts))
    words = literal(" AND ".join(f'"{part}" *' for part in parts))
    every = and_(*(ShotText.content.icontains(part, autoescape=True) for part in parts))
    return or_(named, Screenshot.id.in_(select(ShotText.screenshot_id).where(_says(words, every))))


class _says(GenericFunction[bool]):  # noqa: N801 - the name of a function in SQL
    """Whether a text matches the first argument in SQLite's index; elsewhere the second argument says it."""

    type = Boolean()
    inherit_cache = True


@compiles(_says, "sqlite")
def _matched(element: _says, compiler: SQLCompiler, **options: Any) -> str:
    words, _every = element.clauses
    found = compiler.process(words, **options)
    return f"shot_texts.id IN (SELECT rowid FROM {SHOT_FTS} WHERE {SHOT_FTS} MATCH {found})"


@compiles(_says)
def _contained(element: _says, compiler: SQLCompiler, **options: Any) -> str:
    _words, every = element.clauses
    return compiler.process(every, **options)


def _parts(typed: str) -> list[str]:
    """Return the runs of letters and digits in it: the index knows nothing else."""
    return "".join(letter if letter.isalnum() else " " for letter in typed).split()


def _begins(word: str, beginnings: tuple[str, ...]) -> bool:
    return any(part.casefold().startswith(beginnings) for part in _parts(word))


def _rounded(word: Word) -> tuple[float, ...]:
    return tuple(round(place, 4) for place in (word.left, word.top, word.width, word.height))
