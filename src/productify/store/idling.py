"""Another idle timeout for what was recorded, from the stretches without input that were kept. Mostly pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from productify.domain import AT_KEYBOARD, Activity, InputGap, State
from productify.ids import uuid7
from productify.store import schema
from productify.store.cutting import Cut, cleared

_SHORT = timedelta(seconds=1)
"""What the recorder does not keep as a visit of its own."""

_LONGEST_GAP = timedelta(days=2)


@dataclass(slots=True)
class Rethought:
    """What is to be done to rows, and how much time becomes away or is regained by it."""

    cut: Cut = field(default_factory=Cut)
    away: timedelta = timedelta()
    regained: timedelta = timedelta()


async def gaps_between(session: AsyncSession, user_id: str, start: datetime, end: datetime) -> list[InputGap]:
    """Return the stretches without input that begin between two moments, in order."""
    table = schema.InputGap
    query = select(table.start_time, table.end_time).where(table.user_id == user_id)
    query = query.where(table.start_time >= start, table.start_time < end).order_by(table.start_time)
    return [InputGap(*row) for row in await session.execute(query)]


def rethought(rows: Sequence[Activity], gaps: Iterable[InputGap], timeout: timedelta) -> Rethought:
    """Return how `rows`, which are in order and hold all around `gaps`, would have been recorded with another timeout.

    A gap that reaches it is time away, but for what something vouched for or the user entered; time away in a
    shorter one was what surrounded it. Locked and asleep stay what they were.
    """
    found = Rethought()
    there = {row.id: row for row in rows}
    for gap in gaps:
        if gap.end - gap.start >= timeout:
            found.away += _leave(there, gap)
        else:
            found.regained += _regain(there, gap)
    left = _joined(sorted(there.values(), key=lambda row: row.start), {row.id: row for row in rows})
    before = {row.id: row for row in rows}
    found.cut.put = [row for row in left if before.get(row.id) != row]
    found.cut.drop = [row_id for row_id in before if row_id not in {row.id for row in left}]
    return found


def _leave(there: dict[str, Activity], gap: InputGap) -> timedelta:
    """Make what was at the keyboard within a gap time away."""
    taken = timedelta()
    for row in list(there.values()):
        start, end = max(row.start, gap.start), min(row.end, gap.end)
        if not _was_seen(row) or row.presence is not None or end - start < _SHORT:
            continue
        cut = cleared([row], start, end)
        for row_id in cut.drop:
            del there[row_id]
        there.update({piece.id: piece for piece in cut.put})
        away = Activity(_new_id(start), State.AWAY, start, end, row.local_day, row.tz_min, cause=State.AWAY)
        there[away.id] = away
        taken += end - start
    return taken


def _regain(there: dict[str, Activity], gap: InputGap) -> timedelta:
    """Make time away within a gap what surrounded it."""
    regained = timedelta()
    for row in [row for row in there.values() if row.cause is State.AWAY and row.origin is None]:
        start, end = max(row.start, gap.start), min(row.end, gap.end)
        around = _around(there.values(), row, gap) if end - start >= _SHORT else None
        if around is None:
            continue
        start = row.start if start - row.start < _SHORT else start
        end = row.end if row.end - end < _SHORT else end
        cut = cleared([row], start, end)
        del there[row.id]
        there.update({piece.id: piece for piece in cut.put})
        back = replace(
            around, id=row.id if not cut.put else _new_id(start), start=start, end=end, local_day=row.local_day,
            tz_min=row.tz_min, note=None, presence=None, origin=None,
        )  # fmt: skip
        there[back.id] = back
        regained += end - start
    return regained


def _around(rows: Iterable[Activity], away: Activity, gap: InputGap) -> Activity | None:
    """Return what was at the keyboard before a time away, from where its gap began, else after it."""
    seen = sorted((row for row in rows if _was_seen(row)), key=lambda row: row.start)
    before = [row for row in seen if gap.start - _SHORT <= row.end <= away.start]
    after = [row for row in seen if away.end <= row.start <= gap.end + _SHORT]
    return next(iter([*before[-1:], *after]), None)


def _was_seen(row: Activity) -> bool:
    """Whether the tracker saw somebody at the keyboard."""
    return row.origin is None and (row.cause is None or row.cause in AT_KEYBOARD)


def _joined(rows: Sequence[Activity], before: dict[str, Activity]) -> list[Activity]:
    """Make one of neighbours that are the same, where one of them is new."""
    left: list[Activity] = []
    for row in rows:
        last = left[-1] if left else None
        is_new = last is not None and (before.get(row.id) != row or before.get(last.id) != last)
        if last is not None and is_new and last.end == row.start and _same(last, row):
            left[-1] = replace(last, end=row.end)
        else:
            left.append(row)
    return left


def _same(one: Activity, other: Activity) -> bool:
    return replace(one, id=other.id, start=other.start, end=other.end) == other


def _new_id(start: datetime) -> str:
    return uuid7(int(start.timestamp() * 1000))
