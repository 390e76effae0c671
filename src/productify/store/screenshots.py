"""What is asked of stored pictures: pages, hours, counts, what was skipped. What lies in the trash is in none of them.

Category and productivity are not kept with a picture: they are those of the activity that covers its moment now.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from productify.clock import LocalDays
from productify.domain import Shot, ShotCounts, ShotFilter, Skip, Skipped, Trigger
from productify.store import course, facts, hours
from productify.store.schema import Activity, Screenshot, ScreenshotSkip
from productify.store.shot_texts import saying
from productify.store.sql import chunks, since_1970

Query = Select[*tuple[Any, ...]]
_AT_ONCE = 500
_QUARTER = 15 * 60_000
"""Milliseconds; every zone's hours begin at a multiple of it."""

_S = Screenshot.__table__.c
_Seen = aliased(Activity)
_SHOT: tuple[Any, ...] = (
    _S.id,
    _S.captured_at,
    _S.seen_until,
    _S.local_day,
    _S.monitor,
    _S.monitor_number,
    _S.monitor_count,
    _S.screen_width,
    _S.screen_height,
    _S.width,
    _S.height,
    _S.file_size,
    _S.format,
    _S.app_name,
    _S.window_title,
    _Seen.category,
    _Seen.productivity,
    _S.is_blurred,
    _S.is_sealed,
    _S.trigger,
    _S.trashed_at,
)
"""The columns of a Shot, in the order of its fields."""


class Files(NamedTuple):
    """Where the picture and the thumbnail of a row lie, relative to the data folder, and what the picture is."""

    id: str
    file_path: str
    thumbnail_path: str | None
    format: str
    is_sealed: bool

    @property
    def paths(self) -> list[str]:
        """The files that there are."""
        return [path for path in (self.file_path, self.thumbnail_path) if path]


async def counts(session: AsyncSession, user_id: str, start: datetime, end: datetime) -> ShotCounts:
    """Return how many pictures lie between two moments (UTC, half open), and by what they can be filtered."""
    key = (_S.app_name, _Seen.category, _S.monitor, _S.is_blurred)
    query = _with_activity(select(*key, func.count())).where(*_fits(user_id, ShotFilter(start, end))).group_by(*key)
    rows = list(await session.execute(query))
    return ShotCounts(
        sum(row[4] for row in rows),
        sum(row[4] for row in rows if row[3]),
        *(_greatest((row[place], row[4]) for row in rows) for place in range(3)),
    )


async def by_hour(session: AsyncSession, user_id: str, which: ShotFilter, days: LocalDays) -> dict[datetime, int]:
    """Return how many pictures each local clock hour (by its start, UTC) has; the newest first."""
    quarter = since_1970(_S.captured_at) // _QUARTER
    query = _narrowed(select(quarter, func.count()), which).where(*_fits(user_id, which)).group_by(quarter)
    found: Counter[datetime] = Counter()
    for number, count in await session.execute(query):
        found[_hour_of(course.moment(int(number) * _QUARTER), days)] += count
    return dict(sorted(found.items(), reverse=True))


async def active_by_hour(
    session: AsyncSession, user_id: str, first: date, last: date, days: LocalDays
) -> dict[datetime, int]:
    """Return the active milliseconds of each local clock hour of settled local days."""
    every = {first + timedelta(days=number) for number in range((last - first).days + 1)}
    found: Counter[datetime] = Counter()
    for day in await facts.read(session, user_id, first, last, every):
        cuts = hours.of_day(day.local_day, days, day.course)
        for (start, _end), totals in zip(cuts, course.totals_by_hour(day.course, cuts), strict=True):
            found[_hour_of(start, days)] += totals.active
    return dict(found)


async def page(session: AsyncSession, user_id: str, which: ShotFilter, offset: int, limit: int) -> tuple[Shot, ...]:
    """Return `limit` pictures from the `offset`th on, the newest first."""
    # The ids alone come from an index; what they stand for is looked up for those that are shown.
    ids = _narrowed(select(_S.id), which).where(*_fits(user_id, which)).order_by(_S.captured_at.desc(), _S.id.desc())
    wanted = ids.offset(offset).limit(limit).subquery()
    query = select(*_SHOT).select_from(wanted).join(Screenshot, _S.id == wanted.c.id)
    query = query.outerjoin(_Seen, _covers()).order_by(_S.captured_at.desc(), _S.id.desc())
    return tuple(map(_as_shot, await session.execute(query)))


async def between(session: AsyncSession, user_id: str, start: datetime, end: datetime) -> tuple[Shot, ...]:
    """Return the pictures taken between two moments (UTC, half open), the oldest first."""
    query = _with_activity(select(*_SHOT)).where(*_fits(user_id, ShotFilter(start, end)))
    return tuple(map(_as_shot, await session.execute(query.order_by(_S.captured_at, _S.id))))


async def get(session: AsyncSession, user_id: str, shot_id: str) -> Shot | None:
    """Return one picture, None where it is gone."""
    query = _with_activity(select(*_SHOT)).where(_S.id == shot_id, _S.user_id == user_id, _S.trashed_at.is_(None))
    row = (await session.execute(query)).first()
    return None if row is None else _as_shot(row)


async def files(session: AsyncSession, user_id: str, ids: Iterable[str]) -> list[Files]:
    """Return where those of some pictures lie that are still there."""
    found: list[Files] = []
    for part in chunks(sorted(set(ids)), _AT_ONCE):
        query = select(_S.id, _S.file_path, _S.thumbnail_url, _S.format, _S.is_sealed)
        query = query.where(of_ids(part, user_id), _S.trashed_at.is_(None))
        found += [Files(*row[:3], row.format or "webp", bool(row.is_sealed)) for row in await session.execute(query)]
    return found


async def ids_of_app(session: AsyncSession, user_id: str, app_name: str) -> list[str]:
    """Return the pictures that had an app in front, the newest first."""
    query = select(_S.id).where(_S.user_id == user_id, _S.app_name == app_name, _S.trashed_at.is_(None))
    return list(await session.scalars(query.order_by(_S.captured_at.desc())))


async def count_of_app(session: AsyncSession, user_id: str, app_name: str) -> int:
    """Return how many pictures had an app in front."""
    query = select(func.count()).select_from(Screenshot)
    query = query.where(_S.user_id == user_id, _S.app_name == app_name, _S.trashed_at.is_(None))
    return await session.scalar(query) or 0


async def skipped(session: AsyncSession, user_id: str, start: datetime, end: datetime) -> tuple[Skipped, ...]:
    """Return what was not taken and why with any time between two moments (UTC), the newest first."""
    table = ScreenshotSkip.__table__.c
    query = select(table.started_at, table.ended_at, table.reason, table.monitor, table.count)
    query = query.where(table.user_id == user_id, table.started_at < end, table.ended_at >= start)
    query = query.order_by(table.started_at.desc(), table.id.desc())
    return tuple(
        Skipped(begun, ended, Skip(reason), monitor, count)
        for begun, ended, reason, monitor, count in await session.execute(query)
    )


def of_ids(ids: Sequence[str], user_id: str) -> ColumnElement[bool]:
    """Return the condition for those of some pictures that are a user's; they are looked up one by one."""
    # An expression is in no index: with the bare column SQLite walks through all that the user has.
    return and_(_S.id.in_(ids), func.coalesce(_S.user_id, None) == user_id)


def _fits(user_id: str, which: ShotFilter) -> Iterator[ColumnElement[bool]]:
    yield from (_S.user_id == user_id, _S.captured_at >= which.start, _S.captured_at < which.end)
    yield _S.trashed_at.is_(None)
    if which.app_name is not None:
        yield _S.app_name == which.app_name
    if which.category is not None:
        yield _Seen.category == which.category
    if which.blurred is not None:
        yield _S.is_blurred.is_(which.blurred)
    if which.monitor is not None:
        yield _S.monitor == which.monitor
    if which.text is not None:
        yield saying(which.text)


def _narrowed(query: Query, which: ShotFilter) -> Query:
    """Return the query over pictures, with their activities where `which` asks about those."""
    return query.select_from(Screenshot) if which.category is None else _with_activity(query)


def _with_activity(query: Query) -> Query:
    return query.select_from(Screenshot).outerjoin(_Seen, _covers())


def _covers() -> ColumnElement[bool]:
    """Return the condition for the activity that covers a picture's moment: none overlap, so the last before it may."""
    before = aliased(Activity)
    last = select(before.id).where(
        before.user_id == _S.user_id, before.start_time <= _S.captured_at, before.end_time > before.start_time
    )
    newest = last.order_by(before.start_time.desc()).limit(1).correlate(Screenshot).scalar_subquery()
    return and_(_Seen.id == newest, _Seen.end_time > _S.captured_at)


def _as_shot(row: Any) -> Shot:
    """Return the picture of a row of _SHOT; columns that another program left empty are as good as can be told."""
    held: Mapping[str, Any] = row._mapping
    values = list(row)
    values[2] = held["seen_until"] or held["captured_at"]
    values[3] = held["local_day"] or held["captured_at"].date()
    values[4] = held["monitor"] or ""
    for place in range(5, 12):
        values[place] = values[place] or 0
    values[12] = held["format"] or "webp"
    values[18] = bool(held["is_sealed"])
    values[19] = Trigger(held["trigger"] or Trigger.INTERVAL)
    return Shot(*values)


def _greatest(pairs: Iterable[tuple[str | None, int]]) -> tuple[tuple[str, int], ...]:
    """Return the sum of each name, the greatest first."""
    sums: Counter[str] = Counter()
    for name, count in pairs:
        if name is not None:
            sums[name] += count
    return tuple(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))


def _hour_of(moment: datetime, days: LocalDays) -> datetime:
    """Return the start of the local clock hour that `moment` lies in, UTC."""
    wall = moment.astimezone(days.zone)
    past = timedelta(minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond)
    return (moment - past).astimezone(UTC)
