"""Blocked visits, and the passes that were taken for them."""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from productify.domain import Attempt
from productify.store.schema import FocusAttempt, FocusSession

_MOST = 8


async def add(session: AsyncSession, user_id: str, attempt: Attempt, local_day: date) -> int:
    """Write a blocked visit, count it for its session, and return how often the same was blocked there before.

    Outside of sessions that is how often it was on the same day.
    """
    earlier = await session.scalar(_same(user_id, attempt.name, attempt.session_id, local_day))
    row = FocusAttempt(
        user_id=user_id,
        session_id=attempt.session_id,
        at=attempt.at,
        local_day=local_day,
        name=attempt.name[:255],
        is_site=attempt.is_site,
        list_name=attempt.list_name[:100],
    )
    session.add(row)
    if attempt.session_id is not None:
        counted = update(FocusSession).where(FocusSession.id == attempt.session_id)
        await session.execute(counted.values(distraction_count=FocusSession.distraction_count + 1))
    await session.flush()
    return earlier or 0


async def passed(
    session: AsyncSession, user_id: str, name: str, session_id: str | None, local_day: date, reason: str
) -> bool:
    """Note on the newest visit of `name` that a pass was taken for it; False where there is none without a pass."""
    newest = _newest(user_id, name, session_id, local_day)
    row = (await session.scalars(newest.where(~FocusAttempt.passed))).first()
    if row is None:
        return False
    row.passed, row.reason = True, reason[:500]
    await session.flush()
    return True


async def passes(session: AsyncSession, user_id: str, local_day: date) -> int:
    """Return how many passes were taken on a local day."""
    query = select(func.count()).where(FocusAttempt.user_id == user_id, FocusAttempt.local_day == local_day)
    return await session.scalar(query.where(FocusAttempt.passed)) or 0


async def of_session(session: AsyncSession, session_id: str) -> tuple[Attempt, ...]:
    """Return the blocked visits of a session, in order."""
    query = select(FocusAttempt).where(FocusAttempt.session_id == session_id)
    rows = await session.scalars(query.order_by(FocusAttempt.at, FocusAttempt.id))
    return tuple(
        Attempt(row.at, row.name, row.is_site, row.list_name, row.session_id, row.passed, row.reason) for row in rows
    )


async def by_day(session: AsyncSession, user_id: str, first: date, last: date) -> dict[date, int]:
    """Return how many visits were blocked on each local day with any."""
    query = select(FocusAttempt.local_day, func.count().label("visits")).where(_between(user_id, first, last))
    rows = await session.execute(query.group_by(FocusAttempt.local_day))
    return {row.local_day: row.visits for row in rows}


async def greatest(session: AsyncSession, user_id: str, first: date, last: date) -> tuple[tuple[str, bool, int], ...]:
    """Return (name, whether it is a site, visits) of what was blocked most, most often first."""
    count = func.count()
    query = (
        select(FocusAttempt.name, FocusAttempt.is_site, count)
        .where(_between(user_id, first, last))
        .group_by(FocusAttempt.name, FocusAttempt.is_site)
        .order_by(count.desc(), FocusAttempt.name)
        .limit(_MOST)
    )
    return tuple((name, is_site, visits) for name, is_site, visits in await session.execute(query))


def _between(user_id: str, first: date, last: date) -> ColumnElement[bool]:
    return and_(FocusAttempt.user_id == user_id, FocusAttempt.local_day.between(first, last))


def _same(user_id: str, name: str, session_id: str | None, local_day: date) -> Select[int]:
    query = select(func.count()).where(FocusAttempt.user_id == user_id, FocusAttempt.name == name[:255])
    return query.where(_place(session_id, local_day))


def _newest(user_id: str, name: str, session_id: str | None, local_day: date) -> Select[FocusAttempt]:
    query = select(FocusAttempt).where(FocusAttempt.user_id == user_id, FocusAttempt.name == name[:255])
    return query.where(_place(session_id, local_day)).order_by(FocusAttempt.at.desc(), FocusAttempt.id.desc()).limit(1)


def _place(session_id: str | None, local_day: date) -> ColumnElement[bool]:
    if session_id is not None:
        return FocusAttempt.session_id == session_id
    return and_(FocusAttempt.session_id.is_(None), FocusAttempt.local_day == local_day)
