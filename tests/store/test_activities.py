"""Recording, growing, correcting and reading activities, on both databases."""

from dataclasses import replace
from datetime import date, time, timedelta

from sqlalchemy import select, update

from productify.clock import LocalDays
from productify.domain import Activity, State
from productify.ids import uuid7
from productify.store import activities, rollups, schema
from store.conftest import Store
from store.making import AWAY, BERLIN, DOCS, EDITOR, MAIL, VIDEOS, activity, at, day_of_work

MORNING = at("2026-05-04 06:00")
MONDAY = date(2026, 5, 4)


async def put(store: Store, rows: list[Activity], drop: tuple[str, ...] = ()) -> None:
    async with store.db.write() as session:
        await activities.record(session, store.user_id, rows, drop)


async def everything(store: Store) -> list[Activity]:
    async with store.db.read() as session:
        return await activities.page_forward(session, store.user_id, limit=10_000)


async def dirty(store: Store) -> set[date]:
    async with store.db.read() as session:
        return set(await session.scalars(select(schema.RollupDirty.local_day)))


async def test_what_is_recorded_is_read_back(store: Store) -> None:
    full = activity(
        DOCS, MORNING, timedelta(milliseconds=61_501),
        window_title="Title – ☕", url="https://docs.example.org/a", classified_by="rule",
    )  # fmt: skip
    away = activity(AWAY, full.end, timedelta(minutes=7))
    await put(store, [full, away])
    assert await everything(store) == [full, away]
    async with store.db.read() as session:
        assert await activities.get(session, full.id) == full
        assert await activities.get(session, "nothing") is None
        assert await activities.newest(session, store.user_id) == away
        row, idle = (await session.scalars(select(schema.Activity).order_by(schema.Activity.start_time))).all()
    assert (row.duration, row.is_productive, row.is_afk) == (62, True, False)
    assert (idle.is_productive, idle.is_afk, idle.app_name) == (None, True, "away")
    assert store.told == [frozenset({"activities"})]


async def test_recording_again_replaces_and_drops(store: Store) -> None:
    first, second, third = day_of_work(MORNING, [(EDITOR, 5), (MAIL, 5), (VIDEOS, 5)])
    await put(store, [first, second, third])
    longer = replace(first, end=second.end, category=None, productivity=None)
    await put(store, [longer], (second.id, "never there"))
    assert await everything(store) == [longer, third]


async def test_another_users_activity_is_left_alone(store: Store) -> None:
    mine = activity(EDITOR, MORNING, timedelta(minutes=5))
    await put(store, [mine])
    async with store.db.write() as session:
        other = schema.User(email="other@example.org")
        session.add(other)
        await session.flush()
        await activities.record(session, other.id, [replace(mine, app_name="Stolen")], [mine.id])
    assert await everything(store) == [mine]


async def test_many_are_recorded_in_one_go(local: Store) -> None:
    rows = day_of_work(MORNING, [(n % 6, 0.1) for n in range(1234)])
    await put(local, rows)
    assert await everything(local) == rows
    await put(local, [], tuple(row.id for row in rows[:1200]))
    assert await everything(local) == rows[1200:]


async def test_texts_are_cut_to_their_columns(store: Store) -> None:
    odd = activity(EDITOR, MORNING, timedelta(minutes=1), window_title="x\0y" + "z" * 2000, url="u" * 3000)
    await put(store, [odd])
    (found,) = await everything(store)
    assert found.window_title == "xy" + "z" * 998
    assert found.url == "u" * 2000


async def test_growing_tells_only_that_it_runs(store: Store) -> None:
    running = activity(EDITOR, MORNING, timedelta(seconds=5))
    await put(store, [running])
    await rollups.settle(store.db, store.user_id, MONDAY, MONDAY, BERLIN)
    store.told.clear()
    end = MORNING + timedelta(seconds=12, milliseconds=500)
    async with store.db.write() as session:
        await activities.extend(session, running.id, end)
    assert store.told == [frozenset({"running"})]
    assert await everything(store) == [replace(running, end=end)]
    assert await dirty(store) == {MONDAY}
    async with store.db.write() as session:
        await activities.extend(session, running.id, end - timedelta(seconds=3))
        await activities.extend(session, "gone", end)
        assert await session.scalar(select(schema.Activity.duration)) == 13
    assert await everything(store) == [replace(running, end=end)]


async def test_pages_follow_each_other_both_ways(store: Store) -> None:
    rows = day_of_work(MORNING, [(EDITOR, 1)] * 5)
    twins = [replace(rows[2], id=uuid7()), replace(rows[2], id=uuid7())]
    await put(store, [*rows, *twins])
    ordered = sorted([*rows, *twins], key=lambda row: (row.start, row.id))
    forward: list[Activity] = []
    back: list[Activity] = []
    async with store.db.read() as session:
        while page := await activities.page_forward(
            session, store.user_id, after=(forward[-1].start, forward[-1].id) if forward else None, limit=2
        ):
            forward += page
        while page := await activities.page(
            session, store.user_id, before=(back[-1].start, back[-1].id) if back else None, limit=2
        ):
            back += page
    assert forward == ordered
    assert back == ordered[::-1]


async def test_between_takes_whatever_touches(store: Store) -> None:
    rows = day_of_work(MORNING, [(EDITOR, 10), (MAIL, 10), (DOCS, 10)])
    await put(store, rows)
    async with store.db.read() as session:
        middle = await activities.between(
            session, store.user_id, MORNING + timedelta(minutes=9), MORNING + timedelta(minutes=20)
        )
        edge = await activities.between(session, store.user_id, rows[1].end, rows[2].end, limit=1)
    assert middle == rows[:2]
    assert edge == [rows[2]]


async def test_another_day_start_moves_and_splits(store: Store) -> None:
    """04:00 in Berlin is 02:00 UTC in summer; the day shall begin at midnight instead."""
    night = day_of_work(at("2026-05-03 21:30"), [(EDITOR, 120), (MAIL, 30), (AWAY, 300)])
    assert [row.local_day for row in night] == [date(2026, 5, 3), date(2026, 5, 3), date(2026, 5, 3), MONDAY]
    await put(store, night)
    await rollups.settle(store.db, store.user_id, date(2026, 5, 1), date(2026, 5, 9), BERLIN)
    midnight = LocalDays(BERLIN.zone, time(0))
    assert await activities.move_days(store.db, store.user_id, midnight) == 4
    found = await everything(store)
    assert [(row.app_name, row.start, row.end, row.local_day) for row in found] == [
        ("Editor", at("2026-05-03 21:30"), at("2026-05-03 22:00"), date(2026, 5, 3)),
        ("Editor", at("2026-05-03 22:00"), at("2026-05-03 23:30"), MONDAY),
        ("Mail", at("2026-05-03 23:30"), at("2026-05-04 00:00"), MONDAY),
        ("away", at("2026-05-04 00:00"), at("2026-05-04 02:00"), MONDAY),
        ("away", at("2026-05-04 02:00"), at("2026-05-04 05:00"), MONDAY),
    ]
    assert await dirty(store) == {date(2026, 5, 3), MONDAY}
    await rollups.settle(store.db, store.user_id, date(2026, 5, 1), date(2026, 5, 9), midnight)
    assert await rollups.differences(store.db, store.user_id, midnight) == []
    assert await activities.move_days(store.db, store.user_id, midnight) == 0
    assert found[3].cause is State.AWAY


async def test_moving_goes_through_long_histories_by_the_zone_of_each_row(local: Store) -> None:
    rows = day_of_work(MORNING, [(EDITOR, 1)] * 2500)
    await put(local, [replace(row, local_day=date(2000, 1, 1)) for row in rows])
    assert await activities.move_days(local.db, local.user_id, BERLIN) == 2500
    assert await everything(local) == rows
    async with local.db.write() as session:  # recorded far to the west: still the day before there
        await session.execute(update(schema.Activity).values(tz_min=-8 * 60))
    await activities.move_days(local.db, local.user_id, BERLIN)
    assert (await everything(local))[0].local_day == date(2026, 5, 3)


async def test_a_day_is_found_wherever_on_earth_it_was(store: Store) -> None:
    from productify.store.sql import of_days

    for tz_min, start in ((14 * 60, "2026-05-03 14:00"), (-12 * 60, "2026-05-05 15:30")):
        row = replace(activity(EDITOR, at(start), timedelta(minutes=30)), tz_min=tz_min, local_day=MONDAY)
        await put(store, [row])
    async with store.db.read() as session:
        found = await session.scalars(
            select(schema.Activity.tz_min).where(of_days(store.user_id, MONDAY, MONDAY, time(4)))
        )
        assert set(found) == {14 * 60, -12 * 60}
