"""What is asked of stored pictures, on both kinds of database."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from productify.clock import LocalDays
from productify.domain import Monitor, Rect, Shot, ShotCounts, ShotFilter, Skip, Skipped, Trigger, Word
from productify.store import activities, rollups, screenshots, shooting, shot_keeping, shot_texts
from productify.store.overwriting import overwriting
from productify.store.schema import Screenshot, ScreenshotSkip, ShotText
from productify.store.shooting import Taken
from store.conftest import Store
from store.making import AWAY, BERLIN, DOCS, EDITOR, VIDEOS, activity, at, day_of_work
from store.test_query_plans import WHOLE_HISTORY, heard, plans

NOON = at("2026-05-04 10:00")
ALL = ShotFilter(at("2026-05-01 00:00"), at("2026-06-01 00:00"))
LEFT = Monitor(1, "DP-1", Rect(0, 0, 2560, 1440))
RIGHT = Monitor(2, "HDMI-1", Rect(2560, 0, 1920, 1080))


def taken(moment: datetime, app: str | None = "Editor", monitor: Monitor = LEFT, **more: Any) -> Taken:
    """Return a picture; its files are named for nothing, as these tests read none."""
    values: dict[str, Any] = {
        "captured_at": moment, "local_day": BERLIN.day_of(moment), "monitor": monitor, "monitor_count": 2,
        "width": 1920, "height": 1080, "format": "webp", "file_path": f"screenshots/x/{moment.timestamp()}.webp",
        "thumbnail_path": f"screenshots/x/{moment.timestamp()}.thumb.jpg", "file_size": 1000, "thumbnail_size": 100,
        "app_name": app, "window_title": "a.py", "is_blurred": False, "is_sealed": False, "trigger": Trigger.INTERVAL,
    }  # fmt: skip
    return Taken(**{**values, **more})


async def keep(store: Store, *pictures: Taken) -> list[str]:
    async with store.db.write() as session:
        return await shooting.add(session, store.user_id, pictures)


async def record(store: Store, *rows: Any) -> None:
    async with store.db.write() as session:
        await activities.record(session, store.user_id, rows)


async def page(store: Store, which: ShotFilter = ALL, offset: int = 0, limit: int = 200) -> tuple[Shot, ...]:
    async with store.db.read() as session:
        return await screenshots.page(session, store.user_id, which, offset, limit)


async def test_a_picture_comes_back_as_it_was_kept(store: Store) -> None:
    (shot_id,) = await keep(store, taken(NOON, monitor=RIGHT, is_blurred=True, is_sealed=True, trigger=Trigger.SWITCH))
    async with store.db.write() as session:
        assert await shooting.extend_seen(session, shot_id, NOON + timedelta(minutes=5))
    expected = Shot(
        shot_id, NOON, NOON + timedelta(minutes=5), BERLIN.day_of(NOON), "HDMI-1", 2, 2, 1920, 1080, 1920, 1080, 1000,
        "webp", "Editor", "a.py", None, None, True, True, Trigger.SWITCH,
    )  # fmt: skip
    assert await page(store) == (expected,)
    async with store.db.read() as session:
        assert await screenshots.get(session, store.user_id, shot_id) == expected
        assert await screenshots.get(session, "somebody else", shot_id) is None
        assert await screenshots.between(session, store.user_id, NOON, NOON + timedelta(seconds=1)) == (expected,)
        assert await screenshots.between(session, store.user_id, NOON - timedelta(hours=1), NOON) == ()


async def test_a_row_of_another_program_is_shown_as_far_as_it_tells(store: Store) -> None:
    async with store.db.write() as session:
        session.add(Screenshot(id="x", user_id=store.user_id, file_path="a.png", captured_at=NOON))
    (shot,) = await page(store)
    assert (shot.captured_at, shot.seen_until, shot.width, shot.monitor) == (NOON, NOON, 0, "")
    assert (shot.is_sealed, shot.trigger, shot.app_name) == (False, Trigger.INTERVAL, None)


async def test_the_category_is_that_of_the_record_now(store: Store) -> None:
    minute = timedelta(minutes=1)
    editor = activity(EDITOR, NOON, 10 * minute)
    empty = activity(VIDEOS, NOON + 10 * minute, timedelta())
    away = activity(AWAY, NOON + 10 * minute, 5 * minute)
    await record(store, editor, empty, away)
    moments = [NOON - minute, NOON, NOON + 9 * minute, NOON + 10 * minute, NOON + 15 * minute]
    await keep(store, *(taken(moment) for moment in moments))
    said = [(shot.category, shot.productivity) for shot in reversed(await page(store))]
    assert said == [(None, None), ("development", 2), ("development", 2), (None, None), (None, None)]
    await record(store, replace(editor, category="writing", productivity=1))
    assert [shot.category for shot in reversed(await page(store))] == [None, "writing", "writing", None, None]
    assert len(await page(store, replace(ALL, category="writing"))) == 2
    assert await page(store, replace(ALL, category="development")) == ()


async def test_pages_are_newest_first_and_filters_narrow_them(store: Store) -> None:
    await keep(
        store,
        *(
            taken(NOON + timedelta(minutes=n), "Editor" if n % 3 else "Mail", RIGHT if n % 2 else LEFT)
            for n in range(30)
        ),
        taken(NOON, "Chat", is_blurred=True),
        taken(NOON, None),
        taken(at("2026-06-01 00:00"), "Later"),
    )
    whole = await page(store)
    assert len(whole) == 32
    assert [shot.captured_at for shot in whole] == sorted((shot.captured_at for shot in whole), reverse=True)
    assert await page(store, offset=5, limit=7) == whole[5:12]
    assert await page(store, offset=30, limit=7) == whole[30:]
    assert await page(store, offset=40) == ()
    for narrow, fits in (
        ({"app_name": "Mail"}, lambda shot: shot.app_name == "Mail"),
        ({"monitor": "HDMI-1"}, lambda shot: shot.monitor == "HDMI-1"),
        ({"blurred": True}, lambda shot: shot.is_blurred),
        ({"blurred": False, "app_name": "Editor"}, lambda shot: shot.app_name == "Editor"),
    ):
        assert await page(store, replace(ALL, **narrow)) == tuple(filter(fits, whole))
    half = replace(ALL, start=NOON + timedelta(minutes=10), end=NOON + timedelta(minutes=20))
    assert len(await page(store, half)) == 10


async def test_counts_say_by_what_can_be_filtered(store: Store) -> None:
    await record(store, *day_of_work(NOON, [(EDITOR, 10), (DOCS, 10)]))
    await keep(
        store,
        taken(NOON + timedelta(minutes=1)),
        taken(NOON + timedelta(minutes=2), monitor=RIGHT, is_blurred=True),
        taken(NOON + timedelta(minutes=11), "Browser"),
        taken(NOON + timedelta(minutes=30), None, is_blurred=True),
    )
    async with store.db.read() as session:
        assert await screenshots.counts(session, store.user_id, ALL.start, ALL.end) == ShotCounts(
            all=4, blurred=2, apps=(("Editor", 2), ("Browser", 1)),
            categories=(("development", 2), ("research", 1)), monitors=(("DP-1", 3), ("HDMI-1", 1)),
        )  # fmt: skip
        nothing = await screenshots.counts(session, store.user_id, ALL.end, ALL.end + timedelta(days=1))
        assert nothing == ShotCounts(0, 0, (), (), ())
        assert await screenshots.count_of_app(session, store.user_id, "Editor") == 2
        assert len(await screenshots.ids_of_app(session, store.user_id, "Editor")) == 2


@pytest.mark.parametrize(
    ("zone", "starts"),
    [
        ("Europe/Berlin", ["2026-05-04 10:00", "2026-05-04 09:00"]),
        ("Asia/Kathmandu", ["2026-05-04 10:15", "2026-05-04 09:15"]),
    ],
)
async def test_hours_are_those_on_the_wall(store: Store, zone: str, starts: list[str]) -> None:
    days = LocalDays(ZoneInfo(zone), time(4))
    first = at(starts[1])
    for minutes in (0, 59.99, 60, 61):
        await keep(store, taken(first + timedelta(minutes=minutes)))
    async with store.db.read() as session:
        found = await screenshots.by_hour(session, store.user_id, ALL, days)
    assert list(found.items()) == [(at(starts[0]), 2), (at(starts[1]), 2)]


async def test_active_time_of_an_hour_is_that_of_the_record(store: Store) -> None:
    await record(store, *day_of_work(at("2026-05-04 09:30"), [(EDITOR, 45), (AWAY, 15), (DOCS, 40)]))
    day = BERLIN.day_of(NOON)
    await rollups.settle(store.db, store.user_id, day, day, BERLIN)
    async with store.db.read() as session:
        active = await screenshots.active_by_hour(session, store.user_id, day, day, BERLIN)
    minutes = {f"{start.astimezone(UTC):%H:%M}": length // 60_000 for start, length in active.items() if length}
    assert minutes == {"09:00": 30, "10:00": 45, "11:00": 10}


async def test_the_trash_never_shows(store: Store) -> None:
    gone, left = await keep(store, taken(NOON), taken(NOON + timedelta(minutes=1)))
    async with store.db.write() as session:
        assert await shot_keeping.trash(session, store.user_id, [gone, "unknown"], NOON) == 1
        assert await shot_keeping.trash(session, store.user_id, [gone], NOON) == 0
        assert await shot_keeping.trash(session, "somebody else", [left], NOON) == 0
    assert [shot.id for shot in await page(store)] == [left]
    async with store.db.read() as session:
        assert await screenshots.get(session, store.user_id, gone) is None
        assert [each.id for each in await screenshots.files(session, store.user_id, [gone, left])] == [left]
        assert (await screenshots.counts(session, store.user_id, ALL.start, ALL.end)).all == 1
        assert await screenshots.count_of_app(session, store.user_id, "Editor") == 1
        assert sum((await screenshots.by_hour(session, store.user_id, ALL, BERLIN)).values()) == 1
        assert [shot.id for shot in await screenshots.between(session, store.user_id, ALL.start, ALL.end)] == [left]
        assert [day.shots for day in await shot_keeping.sizes_by_day(session, store.user_id)] == [1]
        assert (await shot_keeping.usage(session, store.user_id)) == (2200, NOON)
        assert await shot_keeping.trashed(session, store.user_id, NOON - timedelta(seconds=1)) == []
        assert await shot_keeping.trashed(session, store.user_id, NOON) == [gone]
    async with store.db.write() as session:
        assert await shot_keeping.restore(session, store.user_id, [gone, left]) == 1
    assert len(await page(store)) == 2


async def test_the_oldest_are_told_by_age_and_by_size(store: Store) -> None:
    ids = await keep(store, *(taken(NOON + timedelta(minutes=n)) for n in range(5)))
    async with store.db.write() as session:
        await shot_keeping.trash(session, store.user_id, ids[:1], NOON)
    async with store.db.read() as session:
        two = NOON + timedelta(minutes=2)
        assert await shot_keeping.taken_before(session, store.user_id, two, 10) == ids[:2]
        assert await shot_keeping.taken_before(session, store.user_id, two, 1) == ids[:1]
        assert await shot_keeping.oldest(session, store.user_id, 0, 10) == []
        assert await shot_keeping.oldest(session, store.user_id, 1, 10) == ids[:1]
        assert await shot_keeping.oldest(session, store.user_id, 1101, 10) == ids[:2]
        assert await shot_keeping.oldest(session, store.user_id, 99_999, 3) == ids[:3]


async def test_a_row_goes_with_its_words_and_tells_its_files(store: Store) -> None:
    first, second = await keep(store, taken(NOON), taken(NOON + timedelta(minutes=1)))
    async with store.db.write() as session:
        await shot_texts.keep(session, store.user_id, first, [Word("secret", 0, 0, 0.1, 0.1)], NOON)
    async with store.db.write() as session, overwriting(session):
        paths = await shot_keeping.drop(session, store.user_id, [first, "unknown"])
        await shot_texts.repack(session)
    assert paths == [f"screenshots/x/{NOON.timestamp()}.webp", f"screenshots/x/{NOON.timestamp()}.thumb.jpg"]
    assert [shot.id for shot in await page(store)] == [second]
    async with store.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(ShotText)) == 0


async def test_a_blurred_row_forgets_what_was_read(store: Store) -> None:
    (shot_id,) = await keep(store, taken(NOON))
    path = f"screenshots/x/{NOON.timestamp()}.webp"
    async with store.db.write() as session:
        await shot_texts.keep(session, store.user_id, shot_id, [Word("secret", 0, 0, 0.1, 0.1)], NOON)
    async with store.db.read() as session:
        assert await session.scalar(select(Screenshot.read_at)) == NOON
    async with store.db.write() as session:
        new = {"file_path": "screenshots/x/new.webp", "file_size": 7}
        assert not await shot_keeping.blur(session, store.user_id, shot_id, "another path", new)
        assert await shot_keeping.blur(session, store.user_id, shot_id, path, new)
    (shot,) = await page(store)
    assert (shot.is_blurred, shot.file_size) == (True, 7)
    async with store.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(ShotText)) == 0
        assert await session.scalar(select(Screenshot.read_at)) is None


async def test_what_a_stretch_shows_was_seen_in_it(store: Store) -> None:
    hour = timedelta(hours=1)
    ids = await keep(store, *(taken(NOON + n * hour) for n in range(-1, 3)))
    async with store.db.write() as session:
        await shooting.extend_seen(session, ids[0], NOON + timedelta(seconds=1))
        await shot_keeping.trash(session, store.user_id, ids[1:2], NOON)
    async with store.db.read() as session:
        seen = await shot_keeping.seen_within(session, store.user_id, NOON, NOON + hour)
    assert sorted(seen) == sorted(ids[:2])


async def test_what_was_skipped_is_told_and_forgotten(store: Store) -> None:
    async with store.db.write() as session:
        row = await shooting.add_skip(session, store.user_id, Skip.LOCKED, None, NOON)
        await shooting.extend_skip(session, row, NOON + timedelta(minutes=10))
        await shooting.add_skip(session, store.user_id, Skip.PASSWORD_MANAGER, "DP-1", NOON + timedelta(minutes=5))
    inside = NOON + timedelta(minutes=6), NOON + timedelta(minutes=7)
    async with store.db.read() as session:
        assert await screenshots.skipped(session, store.user_id, ALL.start, ALL.end) == (
            Skipped(NOON + timedelta(minutes=5), NOON + timedelta(minutes=5), Skip.PASSWORD_MANAGER, "DP-1", 1),
            Skipped(NOON, NOON + timedelta(minutes=10), Skip.LOCKED, None, 2),
        )
        assert [each.reason for each in await screenshots.skipped(session, store.user_id, *inside)] == [Skip.LOCKED]
    async with store.db.write() as session:
        await shot_keeping.drop_skips(session, store.user_id, NOON + timedelta(minutes=1))
    async with store.db.read() as session:
        assert list(await session.scalars(select(ScreenshotSkip.reason))) == [Skip.PASSWORD_MANAGER]


async def test_no_question_about_pictures_reads_a_whole_history(local: Store) -> None:
    await record(local, *day_of_work(NOON, [(EDITOR, 1), (DOCS, 1)] * 100))
    ids = await keep(local, *(taken(NOON + timedelta(minutes=n)) for n in range(100)))
    user, which = local.user_id, replace(ALL, start=NOON, end=NOON + timedelta(days=1))
    with heard(local.db.writer.sync_engine, local.db.reader.sync_engine) as statements:
        async with local.db.read() as session:
            for narrow in ({}, {"category": "development"}, {"app_name": "Editor"}, {"monitor": "DP-1"}):
                await screenshots.page(session, user, replace(which, **narrow), 20, 20)
                await screenshots.by_hour(session, user, replace(which, **narrow), BERLIN)
            await screenshots.counts(session, user, which.start, which.end)
            await screenshots.between(session, user, which.start, which.end)
            await screenshots.get(session, user, ids[0])
            await screenshots.files(session, user, ids[:3])
            await screenshots.skipped(session, user, which.start, which.end)
            await shot_keeping.taken_before(session, user, NOON, 10)
            await shot_keeping.seen_within(session, user, NOON, NOON + timedelta(hours=1))
            await shot_keeping.trashed(session, user, NOON)
        async with local.db.write() as session:
            await shot_keeping.trash(session, user, ids[:3], NOON)
            await shot_keeping.restore(session, user, ids[:3])
            await shot_keeping.blur(session, user, ids[4], "", {})
            await shot_keeping.drop(session, user, ids[:3])
    found = await plans(local, statements)
    assert len(found) > 15
    for statement, plan in found.items():
        assert "SCAN screenshots" not in plan, (statement, plan)
        assert "trashed_at=?" not in plan, (statement, plan)  # nearly all are not in the trash
        assert not WHOLE_HISTORY.search(plan), (statement, plan)
