"""Rollups are always what the activities add up to, whatever was written, on both databases."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from productify.clock import LocalDays
from productify.domain import AT_KEYBOARD, Activity, InputGap, Share, Totals
from productify.ids import uuid7
from productify.store import activities, course, hours, reports, rollups, schema
from productify.store.course import Kind, Run
from store import making
from store.conftest import Store
from store.making import BERLIN, EDITOR, MAIL, activity, at, cut, day_of_work, expected
from store.test_focus_blocks import every_block

EVER = (date(2000, 1, 1), date(2100, 1, 1))
NAMES = ("app_name", "app_id", "site", "category", "productivity", "cause")

# Where clocks change, where zones are odd, and a plain day; each the morning that the writing begins.
STARTS = (
    (BERLIN, at("2026-03-28 20:00")),
    (BERLIN, at("2026-10-24 21:00")),
    (LocalDays(ZoneInfo("America/St_Johns"), time(0)), at("2026-03-07 18:00")),
    (LocalDays(ZoneInfo("Asia/Kolkata"), time(6)), at("2026-06-01 10:00")),
    (LocalDays(ZoneInfo("Australia/Lord_Howe"), time(4)), at("2026-04-04 08:00")),
)

stretch = st.tuples(
    st.integers(-1, len(making.KINDS) - 1),
    st.one_of(st.integers(1, 90_000), st.integers(60_000, 8 * 3_600_000)),
)
batch = st.tuples(
    st.lists(stretch, max_size=12),
    st.lists(st.integers(0, 200), max_size=3),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, len(making.KINDS) - 1)), max_size=3),
    st.booleans(),
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.sampled_from(STARTS), batches=st.lists(batch, min_size=1, max_size=4))
async def test_sums_equal_a_recomputation(store: Store, where: tuple[LocalDays, datetime], batches: list[Any]) -> None:
    days, now = where
    user_id = await _another_user(store)
    ids: list[str] = []
    for stretches, dropped, changed, settled in batches:
        put = []
        for kind, length in stretches:
            span = timedelta(milliseconds=length)
            put += cut(activity(kind, now, span, days), days) if kind >= 0 else []
            now += span
        drop = [ids[index] for index in dropped if index < len(ids)]
        async with store.db.write() as session:
            put += await _changed(session, [(ids[i], kind) for i, kind in changed if i < len(ids)], drop)
            await activities.record(session, user_id, put, drop)
        ids += [each.id for each in put if each.id not in ids]
        if settled:
            await rollups.settle(store.db, user_id, *EVER, days)
    await rollups.settle(store.db, user_id, *EVER, days)
    await _check(store, user_id, days)


async def _another_user(store: Store) -> str:
    async with store.db.write() as session:
        user = schema.User(email=f"{uuid7()}@example.org")
        session.add(user)
    return user.id


async def _changed(session: AsyncSession, changes: list[tuple[str, int]], drop: list[str]) -> list[Activity]:
    """Return other versions of some recorded activities, each at most once."""
    found: dict[str, Activity] = {}
    for activity_id, kind in changes:
        known = await activities.get(session, activity_id)
        if known is not None and activity_id not in drop:
            values = {"app_id": None, "site": None, "category": None, "productivity": None, "cause": None}
            found[activity_id] = replace(known, **{**values, **making.KINDS[kind]})
    return list(found.values())


async def _check(store: Store, user_id: str, days: LocalDays) -> None:
    """Compare every rollup with sums made here, in Python, from the activities."""
    async with store.db.read() as session:
        rows = await activities.page_forward(session, user_id, limit=10_000)
        by_day = await _stored(session, user_id)
        facts = list(await session.scalars(select(schema.RollupFacts).where(schema.RollupFacts.user_id == user_id)))
        assert not (await session.scalars(select(schema.RollupDirty.local_day))).all()
    assert by_day == _sums_by_day(rows)
    assert {fact.local_day: _told(fact) for fact in facts} == _facts(rows)
    for fact in facts:
        here = [row for row in rows if row.local_day == fact.local_day]
        _check_course(here, course.unpacked(fact.runs))
        assert {start: _named(shares) for start, shares in hours.unpacked(fact.top).items()} == _top(here, days)
    assert await rollups.differences(store.db, user_id, days) == []


async def _stored(session: AsyncSession, user_id: str) -> Counter[Any]:
    columns = [getattr(schema.RollupDay, name) for name in ("local_day", *NAMES, "milliseconds")]
    found = await session.execute(select(*columns).where(schema.RollupDay.user_id == user_id))
    return Counter({tuple(key): total for *key, total in found})


def _key(row: Activity) -> tuple[Any, ...]:
    return (row.app_name, row.app_id or "", row.site or "", row.category or "", row.productivity or 0, row.cause or "")


def _milliseconds(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)


def _sums_by_day(rows: list[Activity]) -> Counter[Any]:
    sums: Counter[Any] = Counter()
    for row in rows:
        sums[(row.local_day, *_key(row))] += _milliseconds(row.end - row.start)
    return sums


def _top(rows: list[Activity], days: LocalDays) -> dict[datetime, list[tuple[str, int]]]:
    """Return the three greatest apps and sites of each hour with active time."""
    found = {}
    for begins, ends in days.hours(rows[0].local_day):
        sums: Counter[tuple[str, bool]] = Counter()
        for row in rows:
            inside = _milliseconds(min(row.end, ends) - max(row.start, begins))
            if inside > 0 and (row.cause is None or row.cause in AT_KEYBOARD):
                sums[(row.site or row.app_name, bool(row.site))] += inside
        if sums:
            ordered = sorted(sums.items(), key=lambda each: (-each[1], each[0]))
            found[begins] = [(name, total) for (name, _), total in ordered[:3]]
    return found


def _named(shares: tuple[Share, ...]) -> list[tuple[str, int]]:
    return [(share.name, share.milliseconds) for share in shares]


def _told(fact: schema.RollupFacts) -> tuple[Any, ...]:
    focus = fact.focus_end - fact.focus_start if fact.focus_start and fact.focus_end else None
    totals = Totals(*(getattr(fact, name) for name in Totals.__slots__))
    return totals, fact.first_active, fact.last_active, focus


def _facts(rows: list[Activity]) -> dict[date, tuple[Any, ...]]:
    found = {}
    for day in {row.local_day for row in rows if _kind(row) is not None}:
        here = [row for row in rows if row.local_day == day]
        active = [row for row in here if row.cause is None or row.cause in AT_KEYBOARD]
        bounds = (active[0].start, max(row.end for row in active)) if active else (None, None)
        found[day] = (expected(here), *bounds, _focus(active))
    return found


def _check_course(rows: list[Activity], runs: list[Run]) -> None:
    """Find every activity in the course of its day, and nothing else there."""
    counted = [row for row in rows if _kind(row) is not None]
    for row in counted:
        start, end = (_milliseconds(moment - at("1970-01-01 00:00")) for moment in (row.start, row.end))
        inside = [(run.kind, min(run.end, end) - max(run.start, start)) for run in runs]
        assert [(kind, length) for kind, length in inside if length > 0] == [(_kind(row), end - start)]
    assert sum(run.end - run.start for run in runs) == sum(_milliseconds(row.end - row.start) for row in counted)
    assert all(a.end < b.start or a.kind != b.kind for a, b in pairwise(runs))


def _kind(row: Activity) -> Kind | None:
    """Return the kind that only this activity's time is counted as."""
    totals = expected([row])
    for kind in reversed(Kind):
        if getattr(totals, kind.name.lower()):
            return kind
    return None


def _focus(active: list[Activity]) -> timedelta | None:
    joined: list[tuple[int, int]] = []
    for row in active:
        if row.cause is None and (row.productivity or 0) > 0:
            start, end = (_milliseconds(moment - at("1970-01-01 00:00")) for moment in (row.start, row.end))
            if joined and joined[-1][1] == start:
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
    best = max(every_block(joined), default=None)
    return None if best is None else timedelta(milliseconds=best)


async def test_a_change_of_the_day_dirties_both_days(store: Store) -> None:
    first = activity(EDITOR, at("2026-05-04 08:00"), timedelta(minutes=10))
    async with store.db.write() as session:
        await activities.record(session, store.user_id, [first])
    await rollups.settle(store.db, store.user_id, *EVER, BERLIN)
    async with store.db.write() as session:
        await activities.record(session, store.user_id, [replace(first, local_day=date(2026, 5, 3))])
        dirty = set(await session.scalars(select(schema.RollupDirty.local_day)))
    assert dirty == {date(2026, 5, 3), date(2026, 5, 4)}


async def test_settling_tells_nobody_and_clean_days_are_only_read(store: Store) -> None:
    async with store.db.write() as session:
        await activities.record(session, store.user_id, day_of_work(at("2026-05-04 08:00"), [(EDITOR, 30)]))
    store.told.clear()
    await rollups.settle(store.db, store.user_id, *EVER, BERLIN)
    assert store.told == []
    async with store.db.write():  # would wait for ever if settling wanted to write
        await rollups.settle(store.db, store.user_id, *EVER, BERLIN)


async def test_a_settled_session_reads_what_adds_up(store: Store) -> None:
    rows = day_of_work(at("2026-05-04 08:00"), [(EDITOR, 30), (MAIL, 5)])
    for count in (1, 2):
        async with store.db.write() as session:
            await activities.record(session, store.user_id, rows[:count])
        for _look in range(2):
            async with rollups.settled(store.db, store.user_id, *EVER, BERLIN) as session:
                assert await reports.totals(session, store.user_id, *EVER) == expected(rows[:count])


async def test_differences_name_the_day(store: Store) -> None:
    days = [date(2026, 5, 4) + timedelta(days=n) for n in range(5)]
    for day in days:
        async with store.db.write() as session:
            await activities.record(session, store.user_id, day_of_work(at(f"{day} 08:00"), [(EDITOR, 30), (MAIL, 5)]))
    await rollups.settle(store.db, store.user_id, *EVER, BERLIN)
    sums, facts = schema.RollupDay, schema.RollupFacts
    async with store.db.write() as session:
        await session.execute(update(sums).where(sums.local_day == days[0]).values(milliseconds=1))
        await session.execute(update(facts).where(facts.local_day == days[1]).values(top=[]))
        await session.execute(delete(facts).where(facts.local_day == days[2]))
        await session.execute(update(facts).where(facts.local_day == days[3]).values(runs=[0, 1, 0]))
    wrong = await rollups.differences(store.db, store.user_id, BERLIN)
    assert wrong == [f"The sums of {day} do not match its activities." for day in days[:4]]


async def test_recompute_mends_a_day(store: Store) -> None:
    async with store.db.write() as session:
        await activities.record(session, store.user_id, day_of_work(at("2026-05-04 08:00"), [(EDITOR, 30)]))
        await rollups.recompute(session, store.user_id, date(2026, 5, 4), BERLIN)
        await session.execute(update(schema.RollupDay).values(milliseconds=1))
        await rollups.recompute(session, store.user_id, date(2026, 5, 4), BERLIN)
        assert list(await session.scalars(select(schema.RollupDay.milliseconds))) == [30 * 60_000]


async def test_a_travellers_hours_lie_where_they_were(store: Store) -> None:
    """A day recorded in Tokyo, summed up in Berlin: seven hours of it lie before Berlin's day."""
    tokyo = LocalDays(ZoneInfo("Asia/Tokyo"), time(4))
    work = day_of_work(at("2026-05-03 22:00"), [(EDITOR, 240)], tokyo)
    async with store.db.write() as session:
        await activities.record(session, store.user_id, work)
        await rollups.recompute(session, store.user_id, date(2026, 5, 4), BERLIN)
        [top] = await session.scalars(select(schema.RollupFacts.top))
    assert {start: _named(shares) for start, shares in hours.unpacked(top).items()} == {
        at("2026-05-03 22:00") + timedelta(hours=n): [("Editor", 3_600_000)] for n in range(4)
    }


async def test_a_gap_is_kept(store: Store) -> None:
    gap = InputGap(at("2026-05-04 08:00"), at("2026-05-04 08:03"))
    async with store.db.write() as session:
        await activities.add_gap(session, store.user_id, gap)
    async with store.db.read() as session:
        row = (await session.scalars(select(schema.InputGap))).one()
    assert (row.start_time, row.end_time) == (gap.start, gap.end)
    assert store.told == [frozenset({"input_gaps"})]


@pytest.mark.parametrize(("zone_day", "count"), [(date(2026, 3, 28), 23), (date(2026, 10, 24), 25)])
async def test_hours_of_a_day_with_a_clock_change(local: Store, zone_day: date, count: int) -> None:
    start, end = BERLIN.bounds(zone_day)
    async with local.db.write() as session:
        await activities.record(session, local.user_id, [activity(EDITOR, start, end - start)])
        await rollups.recompute(session, local.user_id, zone_day, BERLIN)
        [top] = await session.scalars(select(schema.RollupFacts.top))
    assert [_named(shares) for shares in hours.unpacked(top).values()] == [[("Editor", 3_600_000)]] * count
