"""What the views are told adds up, to the millisecond, and is what was recorded; on both databases."""

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from productify.clock import LocalDays
from productify.domain import (
    Activity,
    Band,
    Dashboard,
    FigureSet,
    Period,
    PeriodKind,
    Share,
    Totals,
)
from productify.store import activities, reports, rollups
from store import making
from store.conftest import Store
from store.making import (
    ASLEEP,
    AWAY,
    BERLIN,
    BROWSER,
    DOCS,
    EDITOR,
    MAIL,
    PAUSED,
    PRIVATE,
    SYSTEM,
    UNKNOWN,
    VIDEOS,
    at,
    day_of_work,
    expected,
)  # fmt: skip

MONDAY = date(2026, 5, 4)
MORNING = at("2026-05-04 06:00")
LATER = at("2026-08-01 12:00")
MINUTE = 60_000


async def shown(
    store: Store, kind: PeriodKind, day: date, now: datetime = LATER, days: LocalDays = BERLIN
) -> Dashboard:
    period = Period.around(kind, day)
    await rollups.settle(store.db, store.user_id, period.before().first, period.last, days)
    async with store.db.read() as session:
        return await reports.dashboard(session, store.user_id, period, now, days)


async def put(store: Store, rows: list[Activity]) -> None:
    async with store.db.write() as session:
        await activities.record(session, store.user_id, rows)


def added(shares: tuple[Share, ...]) -> int:
    return sum(share.milliseconds for share in shares)


def by_name(shares: tuple[Share, ...]) -> dict[str, int]:
    return {share.name: share.milliseconds for share in shares}


def three_months() -> list[Activity]:
    """Three months with everything in them, over a change of clocks."""
    rolled, rows = random.Random(7), []
    for n in range(92):
        start = datetime.combine(date(2026, 2, 10) + timedelta(days=n), time(6), BERLIN.zone)
        stretches = [
            (rolled.randrange(-1, len(making.KINDS)), rolled.choice([0.013, 0.5, 3.2, 17.0, 70.0])) for _ in range(14)
        ]
        rows += day_of_work(start.astimezone(LATER.tzinfo), stretches)
    return rows


async def test_every_list_adds_up_to_the_totals(store: Store) -> None:
    rows = three_months()
    await put(store, rows)
    for kind, day in (
        (PeriodKind.DAY, MONDAY),
        (PeriodKind.DAY, date(2026, 3, 28)),
        (PeriodKind.WEEK, MONDAY),
        (PeriodKind.MONTH, date(2026, 3, 1)),
        (PeriodKind.YEAR, MONDAY),
    ):
        board = await shown(store, kind, day)
        here = [row for row in rows if row.local_day in board.period]
        assert board.totals == expected(here)
        earlier = [row for row in rows if row.local_day in board.period.before()]
        assert board.before == (expected(earlier) if earlier else None)
        assert added(board.shares) == added(board.apps) == added(board.categories) == board.totals.active
        assert added(board.sites) == added(tuple(share for share in board.shares if share.is_site))
        for name in Totals.__slots__:
            assert sum(getattr(bar.totals, name) for bar in board.bars) == getattr(board.totals, name)
        for shares in (board.shares, board.apps, board.sites, board.categories):
            assert list(shares) == sorted(shares, key=lambda share: -share.milliseconds)
        assert board.first_day_ever == rows[0].local_day


async def test_a_day_in_hours(store: Store) -> None:
    await put(
        store, day_of_work(MORNING, [(EDITOR, 90), (VIDEOS, 20), (AWAY, 40), (DOCS, 10), (PAUSED, 30), (MAIL, 5)])
    )
    board = await shown(store, PeriodKind.DAY, MONDAY)
    assert [bar.start for bar in board.bars] == [at("2026-05-04 02:00") + timedelta(hours=n) for n in range(24)]
    seen = [bar.totals for bar in board.bars if bar.totals != Totals()]
    assert seen == [
        Totals(productive=60 * MINUTE),
        Totals(productive=30 * MINUTE, distracting=20 * MINUTE, idle=10 * MINUTE),
        Totals(productive=10 * MINUTE, idle=30 * MINUTE),
        Totals(neutral=5 * MINUTE),
    ]
    assert by_name(board.bars[5].top) == {"Editor": 30 * MINUTE, "videos.example.org": 20 * MINUTE}
    assert (board.first, board.last) == (MORNING, MORNING + timedelta(minutes=195))
    assert board.stretches == tuple(
        (MORNING + timedelta(minutes=start), MORNING + timedelta(minutes=end))
        for start, end in ((0, 110), (150, 160), (190, 195))
    )


async def test_shares_count_a_browser_by_its_sites(store: Store) -> None:
    kinds = [(DOCS, 10), (VIDEOS, 30), (UNKNOWN, 5), (BROWSER, 7), (PRIVATE, 3), (SYSTEM, 2), (AWAY, 50)]
    await put(store, day_of_work(MORNING, kinds))
    board = await shown(store, PeriodKind.DAY, MONDAY)
    sites = {"videos.example.org": 30 * MINUTE, "docs.example.org": 10 * MINUTE, "unknown.example.org": 5 * MINUTE}
    states = {"private": 3 * MINUTE, "system": 2 * MINUTE}
    assert by_name(board.shares) == {**sites, "Browser": 7 * MINUTE, **states}
    assert by_name(board.sites) == sites
    assert by_name(board.apps) == {"Browser": 52 * MINUTE, **states}
    assert by_name(board.categories) == {
        "social": 30 * MINUTE, "research": 10 * MINUTE, "browsing": 7 * MINUTE, "unclassified": 5 * MINUTE, **states,
    }  # fmt: skip
    browser = board.apps[0]
    assert (browser.category, browser.band, browser.app_id) == ("social", Band.DISTRACTING, "browser")
    assert [share.is_site for share in board.shares] == [True, True, False, True, False, False]


async def test_today_is_compared_up_to_this_time(store: Store) -> None:
    yesterday = day_of_work(MORNING, [(EDITOR, 50), (AWAY, 20), (VIDEOS, 60)])
    today = day_of_work(MORNING + timedelta(days=1), [(EDITOR, 20)])
    await put(store, yesterday + today)
    now = MORNING + timedelta(days=1, minutes=80)
    board = await shown(store, PeriodKind.DAY, date(2026, 5, 5), now)
    assert board.before == Totals(productive=50 * MINUTE, idle=20 * MINUTE, distracting=10 * MINUTE)
    assert board.focus_before is not None
    assert board.focus_before.milliseconds == 50 * MINUTE
    half = await shown(store, PeriodKind.DAY, date(2026, 5, 5), now - timedelta(minutes=50))
    assert half.before == Totals(productive=30 * MINUTE)
    assert half.focus_before is not None
    assert half.focus_before.milliseconds == 30 * MINUTE
    past = await shown(store, PeriodKind.DAY, date(2026, 5, 5), LATER)
    assert past.before == expected(yesterday)


@pytest.mark.parametrize("kind", [PeriodKind.WEEK, PeriodKind.MONTH])
async def test_a_running_period_is_compared_up_to_this_time(local: Store, kind: PeriodKind) -> None:
    rows = three_months()
    await put(local, rows)
    now = at("2026-05-06 10:17:03")
    board = await shown(local, kind, now.date(), now)
    back = board.period.before()
    same_day = back.first + (now.date() - board.period.first)
    cut = datetime.combine(same_day, now.astimezone(BERLIN.zone).time(), BERLIN.zone)
    wanted = [
        replace(row, end=min(row.end, cut))
        for row in rows
        if back.first <= row.local_day <= same_day and row.start < cut
    ]
    assert board.before == expected(wanted)
    assert board.before != expected([row for row in rows if row.local_day in back])


async def test_a_longer_month_has_the_whole_of_the_shorter_one_before(local: Store) -> None:
    await put(local, day_of_work(at("2026-02-28 08:00"), [(EDITOR, 60)]))
    board = await shown(local, PeriodKind.MONTH, date(2026, 3, 31), at("2026-03-31 05:00"))
    assert board.before == Totals(productive=60 * MINUTE)


async def test_a_verdict_without_a_category_is_not_unclassified(store: Store) -> None:
    work = day_of_work(MORNING, [(UNKNOWN, 10), (UNKNOWN, 5)])
    await put(store, [work[0], replace(work[1], productivity=1)])
    board = await shown(store, PeriodKind.DAY, MONDAY)
    assert board.totals == Totals(neutral=10 * MINUTE, productive=5 * MINUTE, unclassified=10 * MINUTE)


async def test_nothing_before_is_no_zero(local: Store) -> None:
    await put(local, day_of_work(MORNING, [(EDITOR, 60)]))
    assert (await shown(local, PeriodKind.DAY, MONDAY)).before is None


async def test_an_empty_store_shows_an_empty_day(store: Store) -> None:
    board = await shown(store, PeriodKind.DAY, MONDAY)
    assert (board.totals, board.before, board.shares, board.focus) == (Totals(), None, (), None)
    assert len(board.bars) == 24
    assert (board.first, board.last, board.first_day_ever) == (None, None, None)


async def test_the_longest_focus_block_of_a_week(store: Store) -> None:
    for n, length in enumerate((20, 65, 40)):
        await put(
            store, day_of_work(MORNING + timedelta(days=n), [(EDITOR, length), (MAIL, 4), (DOCS, 10), (ASLEEP, 5)])
        )
    board = await shown(store, PeriodKind.WEEK, MONDAY)
    assert board.focus is not None
    assert board.focus.start == MORNING + timedelta(days=1)
    assert board.focus.milliseconds == 79 * MINUTE


async def test_after_a_journey_the_hours_are_the_new_zones(store: Store) -> None:
    await put(store, day_of_work(at("2026-05-04 08:10"), [(EDITOR, 60)]))
    await rollups.settle(store.db, store.user_id, MONDAY, MONDAY, BERLIN)
    delhi = LocalDays(ZoneInfo("Asia/Kolkata"))
    board = await shown(store, PeriodKind.DAY, MONDAY, days=delhi)
    seen = [(bar.start, bar.totals.productive, by_name(bar.top)) for bar in board.bars if bar.totals.active]
    assert seen == [
        (at("2026-05-04 07:30"), 20 * MINUTE, {"Editor": 20 * MINUTE}),
        (at("2026-05-04 08:30"), 40 * MINUTE, {"Editor": 40 * MINUTE}),
    ]


async def test_what_is_kept_of_an_hours_greatest_is_all_that_a_list_tells(store: Store) -> None:
    await put(store, day_of_work(MORNING, [(DOCS, 10), (VIDEOS, 9), (BROWSER, 8), (MAIL, 7), (PRIVATE, 6)]))
    board = await shown(store, PeriodKind.DAY, MONDAY)
    [top] = [bar.top for bar in board.bars if bar.top]
    assert top == board.shares[:3]
    assert [share.app_id for share in top] == [None, None, "browser-beta"]


async def test_shares_of_the_command_line(store: Store) -> None:
    rows = three_months()
    await put(store, rows)
    first, last = date(2026, 4, 1), date(2026, 4, 30)
    await rollups.settle(store.db, store.user_id, first, last, BERLIN)
    async with store.db.read() as session:
        found = {by: await reports.shares(session, store.user_id, first, last, by) for by in FigureSet}
        totals = await reports.totals(session, store.user_id, first, last)
    wanted = expected([row for row in rows if first <= row.local_day <= last])
    assert totals == wanted
    for by in (FigureSet.APP, FigureSet.CATEGORY, FigureSet.TITLE, FigureSet.PRODUCTIVITY):
        assert added(found[by]) == wanted.active
    assert by_name(found[FigureSet.PRODUCTIVITY]) == {
        "productive": wanted.productive, "neutral": wanted.neutral, "distracting": wanted.distracting,
    }  # fmt: skip


async def test_titles_are_summed_over_apps(local: Store) -> None:
    work = day_of_work(MORNING, [(EDITOR, 10), (DOCS, 5), (EDITOR, 20)])
    titled = [replace(row, window_title="Plan") for row in work[:2]]
    await put(local, [*titled, work[2]])
    async with local.db.read() as session:
        found = await reports.shares(session, local.user_id, MONDAY, MONDAY, FigureSet.TITLE)
    assert by_name(found) == {"Editor": 20 * MINUTE, "Plan": 15 * MINUTE}
    assert found[1].category == "development"


async def test_a_timeline_has_every_activity_in_order(store: Store) -> None:
    rows = [row for row in three_months() if row.local_day in (MONDAY, date(2026, 5, 3), date(2026, 5, 5))]
    await put(store, rows)
    async with store.db.read() as session:
        found = await reports.timeline(session, store.user_id, MONDAY, BERLIN)
    here = [row for row in rows if row.local_day == MONDAY]
    assert [(block.id, block.start, block.end, block.cause) for block in found.blocks] == [
        (row.id, row.start, row.end, row.cause) for row in here
    ]
    assert (found.start, found.end) == BERLIN.bounds(MONDAY)


async def test_the_first_active_moment_of_a_day(local: Store) -> None:
    await put(local, day_of_work(MORNING, [(ASLEEP, 30), (MAIL, 5)]))
    await rollups.settle(local.db, local.user_id, MONDAY, MONDAY, BERLIN)
    async with local.db.read() as session:
        assert await reports.first_active(session, local.user_id, MONDAY) == MORNING + timedelta(minutes=30)
        assert await reports.first_active(session, local.user_id, date(2026, 5, 5)) is None
