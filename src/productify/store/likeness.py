"""What a learned rule is about, over all that was recorded: how much it would move, and moving it."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, literal_column, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from productify.domain import Activity, Preview, Rule, Verdict
from productify.store.edits import MANY
from productify.store.images import ACTIVITIES, Image
from productify.store.rows import is_productive
from productify.store.rules import LEARNED_PRIORITY
from productify.store.schema import RollupDay
from productify.store.sql import chunks, milliseconds_between, of_days

_AT_ONCE = 500
_ROLLED = RollupDay.__table__.c
_ROWS = ACTIVITIES.c
# Spelt out, as only so the databases see that the index of what the user said holds all that is asked for.
_SAID_BY_USER = _ROWS.classified_by == literal_column("'user'")
_VERDICT = ("category", "productivity", "is_productive", "classified_by")


@dataclass(frozen=True, slots=True)
class Likeness:
    """Every app's activity of `site` and below it; without one that of `app_name`, but on the sites `apart`."""

    app_name: str
    site: str | None
    apart: tuple[str, ...] = ()

    def holds(self, columns: Any) -> ColumnElement[bool]:
        """Return the condition over columns named like those of activities or of the rollups."""
        if self.site is not None:
            return or_(columns.site == self.site, columns.site.endswith(f".{self.site}", autoescape=True))
        same_app: ColumnElement[bool] = columns.app_name == self.app_name
        return and_(same_app, func.coalesce(columns.site, "").not_in(self.apart)) if self.apart else same_app


async def likenesses(
    session: AsyncSession, user_id: str, rows: Sequence[Activity], user_rules: Sequence[Rule]
) -> list[Likeness]:
    """Return what rules learned from `rows` would be about, beside the sites that other rules speak of."""
    found = dict.fromkeys(Likeness("" if row.site else row.app_name, row.site) for row in rows)
    patterns = [pattern for rule in user_rules if (pattern := _sites(rule)) is not None]
    return [like if like.site else await _beside_sites(session, user_id, like, patterns) for like in found]


async def preview(
    session: AsyncSession, user_id: str, likes: Sequence[Likeness], verdict: Verdict, ids: Sequence[str]
) -> Preview:
    """Return what giving `verdict` to all that `likes` are about would move, from sums that are up to date.

    What the user classified stays, but for the activities `ids`.
    """
    moved: Counter[tuple[str, date]] = Counter()
    for category, day, length in await session.execute(_rolled(user_id, likes, verdict)):
        moved[category, day] += int(length)
    said = _sums_of_rows(user_id, and_(_SAID_BY_USER, _would_move(_ROWS, likes, verdict)))
    for category, day, length in await session.execute(said):
        moved[category, day] -= int(length)
    for part in chunks(sorted(ids), _AT_ONCE):
        own = and_(_ROWS.id.in_(part), _ROWS.classified_by == "user", _would_move(_ROWS, likes, verdict))
        for category, day, length in await session.execute(_sums_of_rows(user_id, own)):
            moved[category, day] += int(length)
    return as_preview(moved, None)


def as_preview(moved: Counter[tuple[str, date]], rows: int | None) -> Preview:
    """Return sums by category and day as a preview, the greatest part first."""
    by_category: Counter[str] = Counter()
    for (category, _day), length in moved.items():
        by_category[category] += length
    parts = tuple((category or None, length) for category, length in by_category.most_common() if length > 0)
    days = len({day for (_category, day), length in moved.items() if length > 0})
    return Preview(rows, sum(length for _category, length in parts), days, parts)


async def days_like(session: AsyncSession, user_id: str, likes: Sequence[Likeness], verdict: Verdict) -> list[date]:
    """Return the local days with something to move, the newest first."""
    query = select(_ROLLED.local_day).where(_ROLLED.user_id == user_id, _would_move(_ROLLED, likes, verdict, ""))
    return list(await session.scalars(query.distinct().order_by(_ROLLED.local_day.desc())))


async def move(
    session: AsyncSession, user_id: str, day: date, likes: Sequence[Likeness], verdict: Verdict
) -> list[tuple[Image, Image]]:
    """Give what is like it on one day the verdict of a rule, and return images of many rows before and after."""
    query = select(_ROWS.id, *(_ROWS[name] for name in _VERDICT)).where(
        of_days(user_id, day, day), _ROWS.classified_by.is_distinct_from("user"), _would_move(_ROWS, likes, verdict)
    )
    by_verdict: defaultdict[tuple[Any, ...], list[str]] = defaultdict(list)
    for row_id, *old in await session.execute(query):
        by_verdict[tuple(old)].append(row_id)
    values = (verdict.category, verdict.productivity, is_productive(verdict.productivity), "rule")
    new = dict(zip(_VERDICT, values, strict=True))
    for ids in by_verdict.values():
        await _set(session, ids, new)
    return [({**dict(zip(_VERDICT, old, strict=True)), MANY: ids}, new) for old, ids in by_verdict.items()]


async def move_back(session: AsyncSession, ids: Sequence[str], now: Image, then: Image) -> None:
    """Give rows the verdict `then`, as far as they still have the verdict `now`."""
    await _set(session, ids, then, *(_ROWS[name].is_not_distinct_from(value) for name, value in now.items()))


async def _set(session: AsyncSession, ids: Sequence[str], values: Image, *still: ColumnElement[bool]) -> None:
    for part in chunks(ids, _AT_ONCE):
        await session.execute(update(ACTIVITIES).where(_ROWS.id.in_(part), *still).values(values))


def _rolled(user_id: str, likes: Sequence[Likeness], verdict: Verdict) -> Select[Any]:
    query = select(_ROLLED.category, _ROLLED.local_day, func.sum(_ROLLED.milliseconds))
    query = query.where(_ROLLED.user_id == user_id, _would_move(_ROLLED, likes, verdict, ""))
    return query.group_by(_ROLLED.category, _ROLLED.local_day)


def _sums_of_rows(user_id: str, condition: ColumnElement[bool]) -> Select[Any]:
    category = func.coalesce(_ROWS.category, literal_column("''"))
    length = func.sum(milliseconds_between(_ROWS.start_time, _ROWS.end_time))
    query = select(category, _ROWS.local_day, length).where(_ROWS.user_id == user_id, condition)
    return query.group_by(category, _ROWS.local_day)


def _would_move(
    columns: Any, likes: Sequence[Likeness], verdict: Verdict, app: str | None = None
) -> ColumnElement[bool]:
    """Return the condition for what is like it and has another verdict; `app` is what `cause` holds for an app."""
    is_app = columns.cause.is_(None) if app is None else columns.cause == app
    has_it = and_(
        func.coalesce(columns.category, "") == (verdict.category or ""),
        func.coalesce(columns.productivity, 0) == (verdict.productivity or 0),
    )
    return and_(is_app, not_(has_it), or_(false(), *(like.holds(columns) for like in likes)))


async def _beside_sites(
    session: AsyncSession, user_id: str, like: Likeness, patterns: Sequence[re.Pattern[str]]
) -> Likeness:
    if not patterns:
        return like
    query = select(_ROLLED.site).where(
        _ROLLED.user_id == user_id, _ROLLED.app_name == like.app_name, _ROLLED.site != ""
    )
    sites = await session.scalars(query.distinct())
    spoken_for = (site for site in sites if any(pattern.search(f"https://{site}/") for pattern in patterns))
    return Likeness(like.app_name, None, tuple(sorted(spoken_for)))


def _sites(rule: Rule) -> re.Pattern[str] | None:
    """Return what a rule says of addresses, where it is as strong as a learned one."""
    if not (rule.is_active and rule.url_pattern and rule.priority >= LEARNED_PRIORITY):
        return None
    try:
        return re.compile(rule.url_pattern, re.IGNORECASE)
    except re.error:  # the classifier leaves it out, and says so
        return None
