"""Corrections that may reach far back: made in short transactions, so that recording goes on meanwhile."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from productify.domain import Activity, Done, EditKind, IdlePreview, Preview, Verdict
from productify.errors import KnownError
from productify.service.editing.desk import Desk, Told
from productify.store import activities, edits, idling, likeness, rollups, rules, undo
from productify.store.idling import Rethought
from productify.store.likeness import Likeness
from productify.store.sql import chunks

_DAYS_AT_ONCE = 4
_STILL_CHANGING = timedelta(days=2)
"""The tracker may still change what is younger."""

_AROUND = timedelta(days=1)


async def preview(desk: Desk, ids: Sequence[str], verdict: Verdict, *, past: bool) -> Preview:
    """Return what giving `verdict` to activities, and with `past` to all like them, would move."""
    async with desk.db.read() as session:
        rows = [row for row in await activities.of_ids(session, desk.user_id, ids) if row.cause is None]
        likes = await _likes(session, desk, rows) if past else []
    if not past or verdict.category is None:
        return _preview_of(rows, verdict)
    async with rollups.settled(desk.db, desk.user_id, date.min, date.max, desk.local_days()) as session:
        return await likeness.preview(session, desk.user_id, likes, verdict, ids)


async def change_past(desk: Desk, done: Done, rows: Sequence[Activity], verdict: Verdict, told: Told | None) -> Done:
    """Give all that is like `rows` their new verdict, as a part of the step `done`."""
    async with rollups.settled(desk.db, desk.user_id, date.min, date.max, desk.local_days()) as session:
        likes = await _likes(session, desk, rows)
        days = await likeness.days_like(session, desk.user_id, likes, verdict)
    for part in _reported(desk, list(chunks(days, _DAYS_AT_ONCE)), told):
        async with _writing(desk, max(part)) as session:
            moved = {day: await likeness.move(session, desk.user_id, day, likes, verdict) for day in part}
            made = [edits.many(day, *pair) for day, pairs in moved.items() for pair in pairs]
            touched = [day for day, pairs in moved.items() if pairs]
            await activities.mark_dirty(session, desk.user_id, touched)
            done = await edits.widen(session, done.id, made, _count(made), touched)
        await rollups.settle(desk.db, desk.user_id, min(part), max(part), desk.local_days())
    return await take_back(desk, done.id) if desk.stopped else done


async def preview_idle(desk: Desk, first: date, last: date, idle: timedelta) -> IdlePreview:
    """Return what another idle timeout would do to the local days `first` to `last`."""
    away = regained = timedelta()
    changed = 0
    for day in _days(first, last):
        async with desk.db.read() as session:
            found = await _rethought(session, desk, day, idle)
        away, regained = away + found.away, regained + found.regained
        changed += bool(found.cut.put)
    return IdlePreview(changed, _milliseconds(away), _milliseconds(regained))


async def apply_idle(desk: Desk, first: date, last: date, idle: timedelta, told: Told | None) -> Done:
    """Record the local days `first` to `last` as another idle timeout would have."""
    done: Done | None = None
    for part in _reported(desk, list(chunks(_days(first, last), _DAYS_AT_ONCE)), told):
        async with _writing(desk, max(part)) as session:
            for day in part:
                found = await _rethought(session, desk, day, idle)
                if not found.cut.put:
                    continue
                if done is None:
                    begun = await edits.begin(session, desk.user_id, EditKind.IDLE, desk.clock.now())
                    done = edits.as_done(begun)
                made, days = await edits.write(session, desk.user_id, found.cut.put, found.cut.drop)
                done = await edits.widen(session, done.id, made, len(made), days)
    if done is None:
        raise KnownError("Another idle timeout changes nothing on these days.")
    return await take_back(desk, done.id) if desk.stopped else done


async def turn_parts(desk: Desk, batch_id: str, *, back: bool) -> None:
    """Undo or redo what a step did to many rows at once."""
    async with desk.db.read() as session:
        parts = await edits.parts(session, batch_id)
    for part in chunks(parts, _DAYS_AT_ONCE):
        async with _writing(desk, max(day for _edit, day in part)) as session:
            for edit_id, _day in part:
                await undo.turn_part(session, desk.user_id, edit_id, back=back)


async def take_back(desk: Desk, batch_id: str) -> Done:
    """Undo a step that was stopped, and forget it."""
    await turn_parts(desk, batch_id, back=True)
    async with desk.held() as change:
        batch = await edits.get(change.session, batch_id)
        turned = await undo.turn(change.session, batch, change.days.day_start, change.now)
        await change.session.delete(batch)
        change.stretches.extend(turned.stretches)
    return turned.done


async def _likes(session: AsyncSession, desk: Desk, rows: Sequence[Activity]) -> list[Likeness]:
    user_rules = await rules.user_rules(session, desk.user_id)
    return await likeness.likenesses(session, desk.user_id, rows, user_rules)


def _preview_of(rows: Sequence[Activity], verdict: Verdict) -> Preview:
    moving = [row for row in rows if (row.category, row.productivity) != (verdict.category, verdict.productivity)]
    moved: Counter[tuple[str, date]] = Counter()
    for row in moving:
        moved[row.category or "", row.local_day] += _milliseconds(row.end - row.start)
    return likeness.as_preview(moved, len(moving))


async def _rethought(session: AsyncSession, desk: Desk, day: date, idle: timedelta) -> Rethought:
    """Return what another timeout does to the gaps that begin on a local day."""
    start, end = desk.local_days().bounds(day)
    gaps = await idling.gaps_between(session, desk.user_id, start, end)
    if not gaps:
        return Rethought()
    until = max(gap.end for gap in gaps)
    rows = await activities.between(
        session, desk.user_id, gaps[0].start - timedelta(seconds=1), until + timedelta(seconds=1), limit=None
    )
    return idling.rethought(rows, gaps, idle)


@asynccontextmanager
async def _writing(desk: Desk, newest: date) -> AsyncIterator[AsyncSession]:
    """Give a transaction, with the tracker held where the days up to `newest` may still concern it."""
    if desk.local_days().bounds(newest)[1] > desk.clock.now() - _STILL_CHANGING:
        async with desk.held() as change:
            yield change.session
    else:
        async with desk.db.write() as session:
            yield session


def _reported(desk: Desk, parts: list[Sequence[date]], told: Told | None) -> Iterator[Sequence[date]]:
    """Yield the parts until the user stops it, and tell how many days are done."""
    whole, done = sum(len(part) for part in parts), 0
    for part in parts:
        if desk.stopped:
            return
        yield part
        done += len(part)
        if told is not None:
            told(done, whole)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _count(made: Sequence[edits.Change]) -> int:
    return sum(len((change.before or {})[edits.MANY]) for change in made)


def _milliseconds(length: timedelta) -> int:
    return length // timedelta(milliseconds=1)
