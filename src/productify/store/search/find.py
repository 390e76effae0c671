"""The search itself: the newest texts that fit, each with its time."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, column, func, or_, select, table, text
from sqlalchemy.ext.asyncio import AsyncSession

from productify.domain import Hit, Question
from productify.store.schema import Category, SearchDay, SearchText
from productify.store.schema.search import FTS

_FTS = table(FTS, column("rowid", Integer))
_APP = "app_name"
_FEW = 200
_SHOWN = (
    SearchText.app_name, SearchText.app_id, SearchText.title, SearchText.url, SearchText.site, SearchText.note,
    SearchText.category,
)  # fmt: skip


async def find(session: AsyncSession, user_id: str, question: Question, limit: int = 50) -> list[Hit]:
    """Return the texts that fit `question`, those seen last first, at most `limit`."""
    query = await _fitting(session, user_id, question, SearchText.id)
    ids = list(await session.scalars(query.limit(limit))) if query is not None else []
    return await _hits(session, ids, question)


async def apps(session: AsyncSession, user_id: str, beginning: str, limit: int) -> dict[str, str | None]:
    """Return names of apps that begin so with the ids of their icons, looked for in the `limit` texts seen last."""
    columns = (SearchText.app_name, SearchText.app_id)
    query = await _fitting(session, user_id, Question(apps=(beginning.lower(),)), *columns)
    found: dict[str, str | None] = {}
    for name, app_id in (await session.execute(query.limit(limit))).all() if query is not None else ():
        found.setdefault(name, app_id)
    return found


async def _fitting(
    session: AsyncSession, user_id: str, question: Question, *columns: Any
) -> Select[*tuple[Any, ...]] | None:
    """Return the query for the texts that fit, those seen last first; None where nothing is asked."""
    if _asks_nothing(question):
        return None
    sqlite = session.get_bind().dialect.name == "sqlite"
    ways = [*(_full_text(question) if sqlite else []), *_on_days_of(user_id, question)]
    fits = [*_filters(question), *([] if sqlite else _like(question)), *(SearchText.id.in_(way) for way in ways)]
    if question.categories:
        keys = await _category_keys(session, question.categories)
        fits.append(SearchText.category.in_(keys))
        ways.append(select(SearchText.id).where(SearchText.user_id == user_id, SearchText.category.in_(keys)))
    owner: ColumnElement[str] = SearchText.user_id.expression
    newest: ColumnElement[date] = SearchText.last_day.expression
    if await _is_few(session, ways):
        # Expressions are in no index: the few are looked up and sorted, where else the newest are walked through.
        owner, newest = func.coalesce(owner, None), func.coalesce(newest, None)
    query = select(*columns).where(owner == user_id, *fits)
    return query.order_by(newest.desc(), SearchText.id.desc())


async def _is_few(session: AsyncSession, ways: list[Select[Any]]) -> bool:
    """Return whether one of the conditions leaves so few texts that looking them all up beats walking back in time."""
    for way in ways:
        counted = select(func.count()).select_from(way.limit(_FEW + 1).subquery())
        if (await session.scalar(counted) or 0) <= _FEW:
            return True
    return False


async def _category_keys(session: AsyncSession, beginnings: Iterable[str]) -> list[str]:
    named = or_(_begins(Category.name, beginnings), _begins(Category.key, beginnings))
    return list(await session.scalars(select(Category.key).where(named)))


async def _hits(session: AsyncSession, ids: list[int], question: Question) -> list[Hit]:
    """Return the hits of some texts, in their order, with the times of the days that fit."""
    days = (
        select(
            SearchDay.text_id,
            func.max(SearchDay.local_day).label("day"),
            func.sum(SearchDay.milliseconds).label("milliseconds"),
            func.count().label("days"),
        )
        .where(SearchDay.text_id.in_(ids), *_on_days(question))
        .group_by(SearchDay.text_id)
        .subquery()
    )
    newest = and_(SearchDay.text_id == days.c.text_id, SearchDay.local_day == days.c.day)
    query = (
        select(SearchText.id, *_SHOWN, days.c.day, SearchDay.first_start, days.c.milliseconds, days.c.days)
        .join(days, days.c.text_id == SearchText.id)
        .join(SearchDay, newest)
    )
    found = {row[0]: Hit(*row[1:]) for row in await session.execute(query)}
    hits = [found[text_id] for text_id in ids if text_id in found]
    return sorted(hits, key=lambda hit: (hit.day, hit.first_start), reverse=True)


def _on_days(question: Question) -> list[ColumnElement[bool]]:
    if question.first is None or question.last is None:
        return []
    return [SearchDay.local_day.between(question.first, question.last)]


def _on_days_of(user_id: str, question: Question) -> list[Select[Any]]:
    if question.first is None:
        return []
    return [select(SearchDay.text_id).where(SearchDay.user_id == user_id, *_on_days(question))]


def _full_text(question: Question) -> list[Select[Any]]:
    """Return the texts that SQLite's index finds; words are quoted, so that nothing in them is its syntax."""
    parts = [f"{_quoted(word)} *" for word in question.words if _has_letters(word)]
    parts += [_quoted(phrase) for phrase in question.phrases if _has_letters(phrase)]
    apps = [f"{_APP} : ^ {_quoted(app)} *" for app in question.apps if _has_letters(app)]
    if apps:
        parts.append(f"({' OR '.join(apps)})")
    if not parts:
        return []
    return [select(_FTS.c.rowid).where(text(f"{FTS} MATCH :words").bindparams(words=" AND ".join(parts)))]


def _like(question: Question) -> list[ColumnElement[bool]]:
    columns = (SearchText.app_name, SearchText.title, SearchText.url, SearchText.note)
    return [
        or_(*(each.icontains(word, autoescape=True) for each in columns))
        for word in (*question.words, *question.phrases)
    ]


def _filters(question: Question) -> list[ColumnElement[bool]]:
    found = []
    if question.apps:
        found.append(_begins(SearchText.app_name, question.apps))
    if question.sites:
        found.append(_begins(SearchText.site, question.sites))
    return found


def _begins(where: Any, beginnings: Iterable[str]) -> ColumnElement[bool]:
    return or_(*(where.istartswith(each, autoescape=True) for each in beginnings))


def _asks_nothing(question: Question) -> bool:
    """Whether nothing is left to look for, as words of punctuation alone are in no index."""
    words = [word for word in (*question.words, *question.phrases) if _has_letters(word)]
    return not (words or question.apps or question.sites or question.categories or question.first)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _has_letters(word: str) -> bool:
    """Whether the index knows anything of it: it holds letters and digits alone."""
    return any(letter.isalnum() for letter in word)
