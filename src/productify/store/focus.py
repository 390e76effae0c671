"""Focus sessions: the open one, those that were, and the sums beside the timer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from productify.domain import FocusDay, FocusPlan, FocusRecord, FocusState, Pomodoro
from productify.store import focus_attempts
from productify.store.changes import report_as
from productify.store.schema import FocusSession

_OPEN = (FocusState.ACTIVE, FocusState.PAUSED)
_RUNNING = "running"
_WEEK = timedelta(days=7)
_RECORD = (
    FocusSession.id,
    FocusSession.title,
    FocusSession.project,
    FocusSession.status,
    FocusSession.duration_minutes,
    func.coalesce(FocusSession.seconds, FocusSession.actual_duration * 60, 0),
    FocusSession.started_at,
    FocusSession.ended_at,
    FocusSession.local_day,
    FocusSession.distraction_count,
    FocusSession.strict,
)


@dataclass(frozen=True, slots=True)
class KeptSession:
    """A session as the store keeps it; moments UTC. `seconds` is the focus that was seen, `paused_ms` what is over.

    `reckoning` holds what is needed to go on with it after a restart.
    """

    id: str
    plan: FocusPlan
    state: FocusState
    started_at: datetime
    local_day: date
    ends_at: datetime | None = None
    paused_at: datetime | None = None
    paused_ms: int = 0
    seconds: int = 0
    origin: str = "manual"
    ended_at: datetime | None = None
    attempts: int = 0
    reckoning: dict[str, Any] | None = None


async def begin(
    session: AsyncSession, user_id: str, kept: KeptSession, apps: Iterable[str], sites: Iterable[str]
) -> None:
    """Write a new session, with the apps and sites that it blocks."""
    plan = kept.plan
    cycles = plan.pomodoro
    row = FocusSession(
        id=kept.id,
        user_id=user_id,
        title=plan.title,
        project=plan.project,
        duration_minutes=plan.minutes,
        strict=plan.strict,
        lists=list(plan.lists),
        pomodoro=None if cycles is None else _packed(cycles),
        started_at=kept.started_at,
        local_day=kept.local_day,
        origin=kept.origin,
        blocked_apps=list(apps),
        blocked_websites=list(sites),
        distraction_count=kept.attempts,
    )
    session.add(row)
    await session.flush()
    await save(session, kept)


async def save(session: AsyncSession, kept: KeptSession, *, beat: bool = False) -> None:
    """Write what changes in the course of a session; with `beat` told as "running" alone."""
    values = {
        "status": kept.state.value,
        "ends_at": kept.ends_at,
        "paused_at": kept.paused_at,
        "paused_ms": kept.paused_ms,
        "seconds": kept.seconds,
        "actual_duration": kept.seconds // 60,
        "ended_at": kept.ended_at,
        "reckoning": kept.reckoning,
    }
    told = report_as(_RUNNING) if beat else {}
    await session.execute(update(FocusSession).where(FocusSession.id == kept.id).values(values), execution_options=told)


async def open_ones(session: AsyncSession, user_id: str) -> list[KeptSession]:
    """Return the sessions that have not ended, the newest first: one, or more where somebody else wrote them."""
    query = select(FocusSession).where(FocusSession.user_id == user_id, FocusSession.status.in_(_OPEN))
    return [_kept(row) for row in await session.scalars(query.order_by(FocusSession.started_at.desc()))]


async def history(session: AsyncSession, user_id: str, first: date, last: date) -> tuple[FocusRecord, ...]:
    """Return the sessions of the local days `first` to `last`, in order."""
    query = select(*_RECORD).where(FocusSession.user_id == user_id, FocusSession.local_day.between(first, last))
    rows = await session.execute(query.order_by(FocusSession.started_at, FocusSession.id))
    return tuple(_record(*row) for row in rows)


async def record(session: AsyncSession, session_id: str) -> FocusRecord:
    """Return one session, which is there."""
    return _record(*(await session.execute(select(*_RECORD).where(FocusSession.id == session_id))).one())


async def day(session: AsyncSession, user_id: str, of: date) -> FocusDay:
    """Return the sums of a local day, of its week from Monday on, and of the seven days up to it."""
    monday = of - timedelta(days=of.weekday())
    focused = await _by_day(session, user_id, monday, monday + _WEEK - timedelta(days=1))
    blocked = await focus_attempts.by_day(session, user_id, of - timedelta(days=1), of)
    streak, best = _streaks(await _completed_days(session, user_id), of)
    return FocusDay(
        focused=focused.get(of, 0),
        blocked_today=blocked.get(of, 0),
        blocked_yesterday=blocked.get(of - timedelta(days=1), 0),
        streak=streak,
        best_streak=best,
        week=tuple((each, focused.get(each, 0)) for each in (monday + timedelta(days=n) for n in range(7))),
        sessions=await history(session, user_id, of, of),
        pulled=await focus_attempts.greatest(session, user_id, of - _WEEK + timedelta(days=1), of),
    )


async def last_lists(session: AsyncSession, user_id: str) -> tuple[str, ...] | None:
    """Return the ids of the lists that the newest session blocked, None where there was none."""
    query = select(FocusSession.lists).where(FocusSession.user_id == user_id)
    found = (await session.execute(query.order_by(FocusSession.started_at.desc()).limit(1))).first()
    return None if found is None else tuple(found.lists or ())


async def _by_day(session: AsyncSession, user_id: str, first: date, last: date) -> dict[date, int]:
    seconds = func.coalesce(FocusSession.seconds, FocusSession.actual_duration * 60, 0)
    query = (
        select(FocusSession.local_day, func.sum(seconds) * 1000)
        .where(FocusSession.user_id == user_id, FocusSession.local_day.between(first, last))
        .group_by(FocusSession.local_day)
    )
    return {each: int(length) for each, length in await session.execute(query) if each is not None}


async def _completed_days(session: AsyncSession, user_id: str) -> list[date]:
    done = FocusSession.status == FocusState.COMPLETED.value
    query = select(FocusSession.local_day).where(FocusSession.user_id == user_id, done).distinct()
    return [each for each in await session.scalars(query.order_by(FocusSession.local_day)) if each is not None]


def _streaks(days: Iterable[date], today: date) -> tuple[int, int]:
    """Return how many of `days` (in order) stand in a row up to `today` or the day before, and the most that ever did.

    Days after `today` are not known yet.
    """
    run = best = 0
    last: date | None = None
    for each in days:
        if each > today:
            break
        run = run + 1 if last is not None and each - last == timedelta(days=1) else 1
        best, last = max(best, run), each
    is_going_on = last is not None and today - last <= timedelta(days=1)
    return (run if is_going_on else 0), best


def _kept(row: FocusSession) -> KeptSession:
    plan = FocusPlan(
        row.duration_minutes, row.title, row.project, _unpacked(row.pomodoro), tuple(row.lists or ()), bool(row.strict)
    )
    return KeptSession(
        row.id, plan, FocusState(row.status), row.started_at, row.local_day or row.started_at.date(), row.ends_at,
        row.paused_at, row.paused_ms or 0, row.seconds or 0, row.origin or "manual", row.ended_at,
        row.distraction_count, row.reckoning,
    )  # fmt: skip


def _packed(cycles: Pomodoro) -> dict[str, int]:
    return {"work": cycles.work, "rest": cycles.rest, "long_rest": cycles.long_rest, "cycles": cycles.cycles}


def _unpacked(held: dict[str, Any] | None) -> Pomodoro | None:
    return None if held is None else Pomodoro(**held)


def _record(*fields: Any) -> FocusRecord:
    session_id, title, project, state, planned, seconds, start, end, local_day, attempts, strict = fields
    return FocusRecord(
        session_id, title, project, FocusState(state), planned, seconds, start, end, local_day or start.date(),
        attempts, bool(strict),
    )  # fmt: skip
