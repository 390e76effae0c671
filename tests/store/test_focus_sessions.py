"""Focus sessions in the store, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text

from productify.clock import LocalDays
from productify.domain import (
    Attempt,
    BlockList,
    FocusPlan,
    FocusSchedule,
    FocusState,
    ListMode,
    Pomodoro,
    Target,
    TargetKind,
    Weekly,
)
from productify.ids import uuid7
from productify.store import (
    activities,
    block_ledger,
    block_lists,
    focus,
    focus_attempts,
    focus_hours,
    rules,
)
from productify.store.block_ledger import Entry
from productify.store.focus import KeptSession
from store.conftest import Store
from store.making import BERLIN, DOCS, EDITOR, VIDEOS, activity, at, day_of_work

THURSDAY = date(2026, 11, 19)
NOON = at("2026-11-19 12:00")


def made(day: date, state: FocusState = FocusState.COMPLETED, minutes: int = 50, **more: object) -> KeptSession:
    start = datetime.combine(day, NOON.timetz())
    is_open = state in (FocusState.ACTIVE, FocusState.PAUSED)
    kept = KeptSession(
        uuid7(), FocusPlan(50, "Work"), state, start, day, seconds=minutes * 60,
        ended_at=None if is_open else start + timedelta(minutes=minutes),
    )  # fmt: skip
    return replace(kept, **more)  # type: ignore[arg-type]


async def put(store: Store, *sessions: KeptSession) -> None:
    async with store.db.write() as session:
        for each in sessions:
            await focus.begin(session, store.user_id, each, ["Steam"], ["reddit.com"])


async def block(store: Store, name: str, day: date, session_id: str | None = None, times: int = 1) -> int:
    earlier = -1
    async with store.db.write() as session:
        for _ in range(times):
            attempt = Attempt(datetime.combine(day, NOON.timetz()), name, "." in name, "Deep work", session_id)
            earlier = await focus_attempts.add(session, store.user_id, attempt, day)
    return earlier


async def test_a_session_comes_back_as_it_was_written(store: Store) -> None:
    plan = FocusPlan(100, "Cycles", "Atlas", Pomodoro(25, 5, 15, 4), ("a", "b"), strict=True)
    kept = made(
        THURSDAY, FocusState.PAUSED, plan=plan, ends_at=NOON, paused_at=NOON, paused_ms=1500, origin="schedule",
        reckoning={"position": 12.5},
    )  # fmt: skip
    await put(store, kept)
    async with store.db.read() as session:
        assert await focus.open_ones(session, store.user_id) == [kept]
    async with store.db.write() as session:
        await focus.save(session, replace(kept, state=FocusState.CANCELLED, ended_at=NOON, reckoning=None))
    async with store.db.read() as session:
        assert await focus.open_ones(session, store.user_id) == []
        [record] = await focus.history(session, store.user_id, THURSDAY, THURSDAY)
        assert await focus.record(session, kept.id) == record
        assert await focus.last_lists(session, store.user_id) == ("a", "b")
    assert (record.state, record.strict, record.project) == (FocusState.CANCELLED, True, "Atlas")


async def test_a_beat_is_told_as_running_alone(store: Store) -> None:
    kept = made(THURSDAY, FocusState.ACTIVE)
    await put(store, kept)
    assert store.told.pop() == {"focus_sessions"}
    async with store.db.write() as session:
        await focus.save(session, replace(kept, seconds=3100), beat=True)
    assert store.told == [{"running"}]
    async with store.db.read() as session:
        row = (await session.execute(text("SELECT seconds, actual_duration FROM focus_sessions"))).one()
    assert tuple(row) == (3100, 51)


async def test_the_sums_of_a_day_and_its_week(store: Store) -> None:
    monday = THURSDAY - timedelta(days=3)
    today = made(THURSDAY, FocusState.CANCELLED, 20)
    later = made(THURSDAY, FocusState.ACTIVE, 5, started_at=NOON + timedelta(hours=1))
    sunday = made(monday - timedelta(days=1))
    await put(store, made(monday), made(monday, minutes=70), today, later, sunday)
    await block(store, "youtube.com", THURSDAY, today.id, 2)
    await block(store, "Steam", THURSDAY, today.id)
    await block(store, "youtube.com", THURSDAY - timedelta(days=1))
    await block(store, "old.example.org", THURSDAY - timedelta(days=7))
    async with store.db.read() as session:
        day = await focus.day(session, store.user_id, THURSDAY)
    assert day.focused == 25 * 60_000
    assert (day.blocked_today, day.blocked_yesterday) == (3, 1)
    assert day.week == (
        (monday, 120 * 60_000),
        *((monday + timedelta(days=n), 0) for n in (1, 2)),
        (THURSDAY, 25 * 60_000),
        *((monday + timedelta(days=n), 0) for n in (4, 5, 6)),
    )
    assert [(each.state, each.attempts) for each in day.sessions] == [
        (FocusState.CANCELLED, 3),
        (FocusState.ACTIVE, 0),
    ]
    assert day.pulled == (("youtube.com", True, 3), ("Steam", False, 1))


async def test_an_empty_day(store: Store) -> None:
    async with store.db.read() as session:
        day = await focus.day(session, store.user_id, THURSDAY)
        assert await focus.last_lists(session, store.user_id) is None
    assert (day.focused, day.streak, day.best_streak, day.sessions, day.pulled) == (0, 0, 0, (), ())


@pytest.mark.parametrize(
    ("days_ago", "streaks"),
    [
        ([], (0, 0)),
        ([0], (1, 1)),
        ([1, 2], (2, 2)),
        ([2, 3, 4], (0, 3)),
        ([0, 1, 1, 2, 5, 6, 7, 8, 9], (3, 5)),
        ([0, 2, 3], (1, 2)),
    ],
)
async def test_streaks_are_of_days_with_a_completed_session(
    local: Store, days_ago: list[int], streaks: tuple[int, int]
) -> None:
    await put(local, *(made(THURSDAY - timedelta(days=ago)) for ago in days_ago))
    await put(local, made(THURSDAY - timedelta(days=20), FocusState.CANCELLED), made(THURSDAY + timedelta(days=1)))
    async with local.db.read() as session:
        day = await focus.day(session, local.user_id, THURSDAY)
    assert (day.streak, day.best_streak) == streaks


async def test_blocked_visits_count_for_their_session_and_tell_how_often_before(store: Store) -> None:
    kept = made(THURSDAY, FocusState.ACTIVE)
    await put(store, kept)
    assert await block(store, "Steam", THURSDAY) == 0
    assert await block(store, "Steam", THURSDAY, kept.id) == 0, "what was before the session is not of it"
    assert await block(store, "Steam", THURSDAY, kept.id, 2) == 2
    assert await block(store, "Steam", THURSDAY) == 1
    async with store.db.write() as session:
        assert await focus_attempts.passed(session, store.user_id, "Steam", kept.id, THURSDAY, "a reason")
        assert not await focus_attempts.passed(session, store.user_id, "Chess", kept.id, THURSDAY, "a reason")
    async with store.db.read() as session:
        noted = await focus_attempts.of_session(session, kept.id)
        assert await focus_attempts.passes(session, store.user_id, THURSDAY) == 1
        assert await focus_attempts.passes(session, store.user_id, THURSDAY + timedelta(days=1)) == 0
    assert [(each.name, each.passed, each.reason) for each in noted] == [
        ("Steam", False, None), ("Steam", False, None), ("Steam", True, "a reason"),
    ]  # fmt: skip


async def test_lists_come_back_in_order_with_all_that_they_hold(store: Store) -> None:
    hours = (Weekly(frozenset({0, 4}), 540, 1500),)
    targets = (Target(TargetKind.SITE, "b.org"), Target(TargetKind.APP, "A"), Target(TargetKind.CATEGORY, "games"))
    one = BlockList(uuid7(), "One", ListMode.ALLOW, targets, hours, 20, False, True)
    two = BlockList(uuid7(), "Two")
    async with store.db.write() as session:
        await block_lists.save(session, store.user_id, one)
        await block_lists.save(session, store.user_id, two)
    async with store.db.read() as session:
        assert await block_lists.lists(session, store.user_id) == (one, two)
    less = replace(one, targets=targets[1:], hours=(), allowance=None)
    async with store.db.write() as session:
        await block_lists.save(session, store.user_id, less)
        await block_lists.drop(session, two.id)
    async with store.db.read() as session:
        assert await block_lists.lists(session, store.user_id) == (less,)
    async with store.db.write() as session:
        await block_lists.drop(session, one.id)
    async with store.db.read() as session:
        assert (await session.execute(text("SELECT count(*) FROM block_targets"))).scalar_one() == 0


async def test_weekly_sessions_come_back_by_their_hour(store: Store) -> None:
    late = FocusSchedule(uuid7(), frozenset({0, 2}), 900, 50, "Late", "Atlas", ("x",), True, False)
    early = FocusSchedule(uuid7(), frozenset({6}), 540, 25)
    async with store.db.write() as session:
        await block_lists.save_schedule(session, store.user_id, late)
        await block_lists.save_schedule(session, store.user_id, early)
    async with store.db.read() as session:
        assert await block_lists.schedules(session, store.user_id) == (early, late)
    async with store.db.write() as session:
        await block_lists.save_schedule(session, store.user_id, replace(late, minutes=90))
        await block_lists.drop_schedule(session, early.id)
    async with store.db.read() as session:
        assert await block_lists.schedules(session, store.user_id) == (replace(late, minutes=90),)


async def test_the_ledger_keeps_what_stands_until_it_is_lifted(store: Store) -> None:
    kept = made(THURSDAY, FocusState.ACTIVE)
    await put(store, kept)
    entry = Entry(uuid7(), kept.id, True, NOON, NOON + timedelta(minutes=50), NOON, 3000.0, "boot", 12.25)
    async with store.db.write() as session:
        await block_ledger.write(session, store.user_id, entry)
    seen = replace(entry, seen_at=NOON + timedelta(minutes=1), left=2940.0, boot_seconds=72.25)
    store.told.clear()
    async with store.db.write() as session:
        await block_ledger.see(session, seen, beat=True)
    assert store.told == [], "a beat is told to nobody"
    async with store.db.read() as session:
        assert await block_ledger.standing(session, store.user_id) == [seen]
    for by in ("emergency", "time"):
        async with store.db.write() as session:
            await block_ledger.lift(session, [entry.id], NOON, by)
    async with store.db.read() as session:
        assert await block_ledger.standing(session, store.user_id) == []
        assert (await session.execute(text("SELECT lifted_by FROM block_ledger"))).scalar_one() == "emergency"


async def test_focus_by_weekday_and_local_hour(store: Store) -> None:
    async with store.db.write() as session:
        await rules.sync_catalogue(session)
        monday = at("2026-11-16 07:30")
        rows = day_of_work(monday, [(EDITOR, 90), (VIDEOS, 30), (DOCS, 15)])
        rows += day_of_work(monday + timedelta(days=7), [(EDITOR, 30)])
        rows += [activity(EDITOR, at("2026-11-18 22:50"), timedelta(minutes=20))]
        await activities.record(session, store.user_id, rows)
    async with store.db.read() as session:
        found = await focus_hours.by_weekday_and_hour(session, store.user_id, monday - timedelta(days=1))
        days = await focus_hours.seen_days(session, store.user_id, monday - timedelta(days=1))
    minutes = {key: length / 60_000 for key, length in found.items()}
    assert minutes == {(0, 8): 60, (0, 9): 60, (0, 10): 15, (2, 23): 10, (3, 0): 10}
    assert days == [date(2026, 11, 16), date(2026, 11, 18), date(2026, 11, 23)]


async def test_what_was_in_front_on_a_day(store: Store) -> None:
    async with store.db.write() as session:
        rows = day_of_work(at("2026-11-19 08:00"), [(EDITOR, 10), (VIDEOS, 5), (EDITOR, 2)])
        await activities.record(session, store.user_id, rows)
    days: LocalDays = BERLIN
    async with store.db.read() as session:
        uses = await focus_hours.uses(session, store.user_id, THURSDAY, days)
        assert await focus_hours.uses(session, store.user_id, THURSDAY + timedelta(days=1), days) == []
    assert sorted((use.app_name, use.milliseconds // 60_000) for use in uses) == [("Browser", 5), ("Editor", 12)]
