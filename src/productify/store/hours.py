"""A day by clock hours: how long each was one thing, and the greatest apps and sites of each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from productify.clock import LocalDays
from productify.domain import AT_KEYBOARD, Band, Share
from productify.store import tally
from productify.store.course import Run, Stretch, milliseconds, moment
from productify.store.schema import Activity
from productify.store.schema.types import UtcDateTime
from productify.store.sql import earlier_of, later_of, milliseconds_between, of_days
from productify.store.tally import PART, Part

Hours = Sequence[tuple[datetime, datetime]]
Top = Mapping[datetime, tuple[Share, ...]]
"""The greatest apps and sites by the start of an hour; an hour without active time has none."""

_TOP = 3
_HOUR = timedelta(hours=1)


def of_day(day: date, days: LocalDays, stretches: Sequence[Stretch | Run]) -> Hours:
    """Return the clock hours of `day` (UTC), more of them where its `stretches` lie beyond it.

    That happens to a traveller: the day was another one where it was recorded.
    """
    hours = days.hours(day)
    first = min((stretch.start for stretch in stretches), default=None)
    last = max((stretch.end for stretch in stretches), default=None)
    while first is not None and first < milliseconds(hours[0][0]):
        hours.insert(0, (hours[0][0] - _HOUR, hours[0][0]))
    while last is not None and last > milliseconds(hours[-1][1]):
        hours.append((hours[-1][1], hours[-1][1] + _HOUR))
    return hours


async def sums(
    session: AsyncSession, user_id: str, day: date, days: LocalDays, hours: Hours
) -> dict[datetime, list[Part]]:
    """Sum the activities of `day` by `hours`, which hold all of it."""
    found: dict[datetime, list[Part]] = defaultdict(list)
    for start, *part in await session.execute(_query(user_id, day, days, hours)):
        found[start].append(tally.as_part(part))
    return found


def greatest(parts: Mapping[datetime, Iterable[Part]]) -> dict[datetime, tuple[Share, ...]]:
    """Return the three greatest apps and sites of each hour with active time."""
    active = {start: [part for part in hour if part.cause in ("", *AT_KEYBOARD)] for start, hour in parts.items()}
    return {start: tally.by_site_or_app(hour, _TOP) for start, hour in sorted(active.items()) if hour}


def packed(top: Top) -> list[list[Any]]:
    """Return the greatest of each hour as the column holds them: milliseconds since 1970, and the fields of each."""
    return [[milliseconds(start), *(list(astuple(share)) for share in shares)] for start, shares in top.items()]


def unpacked(column: Iterable[list[Any]]) -> dict[datetime, tuple[Share, ...]]:
    """Return the greatest of each hour that a column holds."""
    return {moment(start): tuple(_share(*fields) for fields in shares) for start, *shares in column}


def _share(name: str, length: int, category: str | None, band: str, is_site: bool, app_id: str | None) -> Share:
    return Share(name, length, category, Band(band), is_site, app_id)


def _query(user_id: str, day: date, days: LocalDays, hours: Hours) -> Select[Any]:
    # Not VALUES, which SQLAlchemy compiles anew each time.
    rows = [select(_literal(begins).label("begins"), _literal(ends).label("ends")) for begins, ends in hours]
    cuts = union_all(*rows).cte("hours")
    inside = milliseconds_between(
        later_of(Activity.start_time, cuts.c.begins), earlier_of(Activity.end_time, cuts.c.ends)
    )
    # Every activity meets an hour. The join is an outer one to keep SQLite from reading the activities once an hour.
    overlap = and_(Activity.start_time < cuts.c.ends, Activity.end_time > cuts.c.begins)
    return (
        select(cuts.c.begins, *PART, func.sum(inside))
        .join_from(Activity, cuts, overlap, isouter=True)
        .where(of_days(user_id, day, day, days.day_start), Activity.end_time > Activity.start_time)
        .group_by(cuts.c.begins, *PART)
    )


def _literal(value: datetime) -> ColumnElement[datetime]:
    return literal(value, UtcDateTime)
