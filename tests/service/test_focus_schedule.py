"""Lists that block by themselves, and sessions that begin by themselves."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from productify.clock import SettableClock
from productify.domain import BlockList, FocusPlan, Target, TargetKind, Urgency, Weekly
from productify.errors import UsageError
from productify.store import activities
from productify.tracker.probe import Sign, SignKind, SignsSeen
from service.focus_stage import MINUTE, go_on, session_row, shipped, weekly
from service.rig import EDITOR, NOON, TERMINAL, Rig, recording, until
from store.making import EDITOR as EDITING
from store.making import activity


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    async with recording(tmp_path) as found:
        yield found


async def test_a_list_blocks_by_itself_in_its_hours(rig: Rig) -> None:
    focus, zone = rig.service.focus, rig.service.local_days().zone
    local = NOON.astimezone(zone)
    begins = local.hour * 60 + local.minute + 10
    heard: list[int] = []
    focus.on_blocking = lambda: heard.append(len(focus.blocking()))
    hours = Weekly(frozenset({local.weekday()}), begins, begins + 60)
    news = await focus.save_list(
        BlockList("", "News", targets=(Target(TargetKind.SITE, "news.example.org"),), hours=(hours,))
    )
    assert not focus.blocking()
    await go_on(rig, 11)
    assert focus.blocking() == (news,)
    assert focus.blocked_until(news.id) == NOON + timedelta(minutes=70)
    await go_on(rig, 60)
    assert not focus.blocking()
    assert heard == [0, 1, 0]
    await focus.save_list(replace(news, hours=(), is_on=False))


async def test_a_list_with_an_allowance_blocks_once_it_is_used_up(rig: Rig) -> None:
    focus = rig.service.focus
    games = await focus.save_list(BlockList("", "Games", targets=(Target(TargetKind.APP, "xterm"),), allowance=20))
    await rig.show(EDITOR, 30 * MINUTE)
    await rig.show(TERMINAL, 19 * MINUTE)
    await focus.look()
    assert not focus.blocking()
    await rig.show(TERMINAL, 2 * MINUTE)
    await focus.look()
    assert focus.blocking() == (games,)
    assert focus.blocked_until(games.id) == rig.service.local_days().bounds(NOON.date())[1]
    await rig.show(EDITOR, 24 * 3600)
    assert not focus.blocking(), "another day, another allowance, before anybody looks"
    await focus.look()
    assert not focus.blocking()


async def test_a_weekly_session_begins_by_itself(rig: Rig) -> None:
    focus = rig.service.focus
    deep = await shipped(focus)
    await focus.save_schedule(weekly(rig, 10, 60, lists=(deep.id,), title="Write"))
    await go_on(rig, 9)
    assert focus.now is None
    await go_on(rig, 0.1)
    assert [each.title for each in rig.heard.notified] == ["Write begins in a minute"]
    await go_on(rig, 1)
    assert focus.now is not None
    assert (focus.now.plan.title, focus.now.plan.minutes, focus.blocking()) == ("Write", 60, (deep,))
    await focus.end()
    await go_on(rig, 5)
    assert focus.now is None, "it begins once"
    assert (await session_row(rig))["origin"] == "schedule"


async def test_a_weekly_session_can_be_skipped_for_a_day(rig: Rig) -> None:
    focus = rig.service.focus
    made = await focus.save_schedule(weekly(rig, 10, 60))
    await go_on(rig, 9.5)
    coming = rig.heard.notified[-1]
    assert coming.actions == (("skip", "Skip today"),)
    await focus.skip(made.id)
    await go_on(rig, 5)
    assert focus.now is None
    rig.clock.advance(7 * 24 * 3600 - 15 * MINUTE)
    await go_on(rig, 11)
    assert focus.now is not None, "another week it begins"


async def test_a_missed_start_begins_late_with_what_is_left(tmp_path: Path) -> None:
    clock = SettableClock(NOON)
    async with recording(tmp_path, clock) as rig:
        await rig.service.focus.save_schedule(weekly(rig, 10, 60, strict=True))
    clock.advance(30 * MINUTE)
    async with recording(tmp_path, clock) as rig:
        await until(lambda: rig.service.focus.now, "the session that is late")
        assert rig.service.focus.now is not None
        assert (rig.service.focus.now.plan.minutes, rig.service.focus.now.plan.strict) == (40, True)
    clock.advance(120 * MINUTE)
    async with recording(tmp_path, clock) as rig:
        await rig.service.focus.look()
        assert rig.service.focus.now is None


async def test_what_was_begun_by_hand_goes_before_the_schedule(rig: Rig) -> None:
    focus = rig.service.focus
    await focus.save_schedule(weekly(rig, 10, 60))
    await focus.start(FocusPlan(25, "By hand"))
    await go_on(rig, 12)
    assert focus.now is not None
    assert focus.now.plan.title == "By hand"
    await focus.end()
    await go_on(rig, 1)
    assert focus.now is not None, "a short session of one's own is no way around a weekly one"
    assert focus.now.plan.minutes == 58
    await focus.end()
    await go_on(rig, 1)
    assert focus.now is None, "it begins once"


async def test_a_weekly_session_ends_one_that_is_paused(rig: Rig) -> None:
    focus = rig.service.focus
    await focus.save_schedule(weekly(rig, 10, 60, title="Weekly"))
    await focus.start(FocusPlan(25, "By hand"))
    await go_on(rig, 2)
    await focus.pause()
    await go_on(rig, 9)
    assert focus.now is not None
    assert focus.now.plan.title == "Weekly"


async def test_a_weekly_session_whose_lists_are_gone_is_not_strict(rig: Rig) -> None:
    focus = rig.service.focus
    kept = await focus.save_list(BlockList("", "Gone soon"))
    await focus.save_schedule(weekly(rig, 1, 60, lists=(kept.id,), strict=True))
    await focus.delete_list(kept.id)
    await go_on(rig, 2)
    assert focus.now is not None
    assert not focus.now.plan.strict


async def test_a_schedule_that_is_made_in_its_own_time_begins_the_next_time(rig: Rig) -> None:
    made = await rig.service.focus.save_schedule(weekly(rig, -10, 60))
    await go_on(rig, 1)
    assert rig.service.focus.now is None
    await rig.service.focus.delete_schedule(made.id)
    assert await rig.service.focus.schedules() == ()
    for wrong in (replace(made, weekdays=frozenset()), replace(made, minutes=0), replace(made, start=1440)):
        with pytest.raises(UsageError):
            await rig.service.focus.save_schedule(wrong)


async def test_the_offer_is_of_ones_own_best_hours(rig: Rig) -> None:
    focus, zone = rig.service.focus, rig.service.local_days().zone
    assert await focus.offer() is None
    nine = NOON.astimezone(zone).replace(hour=9, minute=0)
    mornings = [nine - timedelta(days=ago) for ago in range(1, 20) if (nine - timedelta(days=ago)).weekday() < 3]
    days = rig.service.local_days()
    rows = [activity(EDITING, start.astimezone(UTC), timedelta(minutes=100), days) for start in mornings]
    async with rig.service._db.write() as session:
        await activities.record(session, rig.service._user_id, rows[:2])
    assert await focus.offer() is None, "that is less than two weeks"
    async with rig.service._db.write() as session:
        await activities.record(session, rig.service._user_id, rows)
    offer = await focus.offer()
    assert offer is not None
    assert (offer.weekdays, offer.start, offer.minutes, offer.share) == (frozenset({0, 1, 2}), 9 * 60, 120, 83)


async def test_in_a_call_it_is_told_quietly(rig: Rig) -> None:
    focus = rig.service.focus
    await rig.show(EDITOR, 5)
    await focus.start(FocusPlan(25))
    rig.probe.tell(SignsSeen("sound", frozenset({Sign(SignKind.MICROPHONE, frozenset({"call"}))})))
    await rig.pass_time(0)
    await go_on(rig, 25)
    told = rig.heard.notified[-1]
    assert (told.urgency, told.actions) == (Urgency.LOW, ())
