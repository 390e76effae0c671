"""Categories and the user's rules."""

import csv
import re
from collections.abc import Iterable
from glob import escape
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from productify import paths
from productify.domain import Activity, Category, Productivity, Rule
from productify.store import schema
from productify.store.edits import Change, changes
from productify.store.images import RULES, Image, packed

LEARNED_PRIORITY = 100


async def sync_catalogue(session: AsyncSession) -> None:
    """Make the shipped categories what this version of the product says they are; writes only what differs."""
    known = {row.key: row for row in await session.scalars(select(schema.Category))}
    for values in _shipped():
        row = known.get(values["key"])
        if row is None:
            session.add(schema.Category(**values))
            continue
        for name, value in values.items():
            setattr(row, name, value)
    await session.flush()


async def categories(session: AsyncSession) -> tuple[Category, ...]:
    """Return every category, in the order that menus show them."""
    query = select(schema.Category).order_by(schema.Category.position, schema.Category.key)
    return tuple(
        Category(
            row.key, row.name, row.parent, row.colour, row.counts_focus, row.counts_work, Productivity(row.productivity)
        )
        for row in await session.scalars(query)
    )


async def user_rules(session: AsyncSession, user_id: str) -> tuple[Rule, ...]:
    """Return the user's rules, the stronger first and among equals the newer; inactive ones too."""
    table = schema.ClassificationRule
    query = select(table).where(table.user_id == user_id)
    query = query.order_by(table.priority.desc(), table.created_at.desc(), table.id.desc())
    return tuple(_as_rule(row) for row in await session.scalars(query))


async def add_rule(
    session: AsyncSession,
    user_id: str,
    *,
    category: str,
    productivity: int,
    app_name: str | None = None,
    url_pattern: str | None = None,
    priority: int = 0,
) -> Rule:
    """Add a rule, or change the one for the same app and address, and return it.

    `app_name` is a glob, `url_pattern` a regular expression; at least one is needed, else ValueError.
    """
    if not app_name and not url_pattern:
        raise ValueError("a rule needs an app or an address")
    row = await _same_rule(session, user_id, app_name, url_pattern)
    if row is None:
        row = schema.ClassificationRule(user_id=user_id, app_name=app_name, url_pattern=url_pattern)
        session.add(row)
    row.category, row.productivity, row.is_productive = category, productivity, productivity > 0
    row.priority, row.is_active = priority, True
    await session.flush()
    return _as_rule(row)


async def learn(session: AsyncSession, user_id: str, activity: Activity) -> Rule:
    """Add a rule for everything like `activity`, which has a category: for its site where it has one, else its app."""
    assert activity.category is not None
    by_site = {"url_pattern": _within(activity.site)} if activity.site else {"app_name": escape(activity.app_name)}
    return await add_rule(
        session,
        user_id,
        category=activity.category,
        productivity=activity.productivity or 0,
        priority=LEARNED_PRIORITY,
        **by_site,
    )


async def learned(session: AsyncSession, user_id: str, rows: Iterable[Activity]) -> list[Change]:
    """Learn a rule from each of `rows`, and return what that changed."""
    old = await _images(session, user_id)
    for row in rows:
        await learn(session, user_id, row)
    return changes(RULES, old, await _images(session, user_id))


async def _images(session: AsyncSession, user_id: str) -> dict[str, Image]:
    rows = await session.execute(select(RULES).where(RULES.c.user_id == user_id))
    return {row.id: packed(RULES, row._asdict()) for row in rows}


def _within(site: str) -> str:
    """Return the pattern of every address of `site` and its subdomains."""
    return rf"^https?://([^/?#]*[.@])?{re.escape(site)}(:\d+)?([/?#]|$)"


async def _same_rule(
    session: AsyncSession, user_id: str, app_name: str | None, url_pattern: str | None
) -> schema.ClassificationRule | None:
    table = schema.ClassificationRule
    query = select(table).where(
        table.user_id == user_id, table.app_name.is_not_distinct_from(app_name),
        table.url_pattern.is_not_distinct_from(url_pattern),
    )  # fmt: skip
    return (await session.scalars(query.limit(1))).first()


def _as_rule(row: schema.ClassificationRule) -> Rule:
    productivity = row.productivity
    if productivity is None:  # a rule of the reference's own making, without our finer verdict
        productivity = Productivity.PRODUCTIVE if row.is_productive else Productivity.DISTRACTING
    return Rule(row.id, row.app_name, row.url_pattern, row.category, productivity, row.priority, row.is_active)


def _shipped() -> list[dict[str, Any]]:
    with (paths.catalogue_dir() / "categories.csv").open(encoding="utf-8", newline="") as file:
        return [_category(position, line) for position, line in enumerate(csv.DictReader(file))]


def _category(position: int, line: dict[str, str]) -> dict[str, Any]:
    return {
        **line,
        "parent": line["parent"] or None,
        "counts_focus": line["counts_focus"] == "1",
        "counts_work": line["counts_work"] == "1",
        "productivity": int(line["productivity"]),
        "position": position,
    }
