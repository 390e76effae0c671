"""Focus sessions over a real store, with a clock that the test moves."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from productify.clock import SettableClock
from productify.domain import BlockList, FocusPlan, FocusState, Phase, Pomodoro, Target, TargetKind, Urgency
from productify.errors import KnownError
from productify.tracker.probe import InputStopped, WindowSeen
from service.focus_stage import MINUTE, Sleeper, go_on, ledger, over, session_row, shipped
from service.rig import EDITOR, NOON, Rig, reading, recording


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    async with recording(tmp_path) as found:
        yield found


async def test_a_session_from_its_start_to_its_overtime(rig: Rig) -> None:
    focus = rig.service.focus
    deep = await shipped(focus)
    now = await focus.start(FocusPlan(50, "Checkpoints", "Atlas", lists=(deep.id,)))
    assert (now.state, now.phase, now.left, now.attempts) == (FocusState.ACTIVE, Phase.FOCUS, 3000, 0)
    assert now.ends_at == NOON + timedelta(minutes=50)
    assert focus.blocking() == (deep,)
    assert rig.heard.states[-1].focus == now
    await go_on(rig, 52)
    assert focus.now is not None
    assert (focus.now.phase, focus.now.overtime) == (Phase.OVERTIME, 120)
    assert focus.blocking() == (), "nothing is blocked in overtime"
    record = await focus.end()
    assert (record.state, record.seconds, record.planned_minutes) == (FocusState.COMPLETED, 52 * 60, 50)
    assert (record.title, record.project) == ("Checkpoints", "Atlas")
    assert focus.now is None
    assert rig.heard.states[-1].focus is None


async def test_day_one_has_a_list(rig: Rig) -> None:
    deep = await shipped(rig.service.focus)
    assert (deep.name, deep.is_shipped, deep.is_on) == ("Deep work", True, True)
    named = {target.value for target in deep.targets}
    assert {"youtube.com", "reddit.com", "x.com", "amazon.de", "Steam", "games", "social"} <= named
    assert not named & {"music", "github.com", "VS Code", "browsing", "teams.microsoft.com"}


async def test_the_columns_of_a_session_are_filled_truthfully(rig: Rig) -> None:
    focus = rig.service.focus
    own = await focus.save_list(
        BlockList(
            "",
            "Mine",
            targets=(Target(TargetKind.APP, "Steam"), Target(TargetKind.SITE, "https://www.Reddit.com/r/all/")),
        )
    )
    await focus.start(FocusPlan(25, "Writing", "Atlas", lists=(own.id,)), "command")
    await go_on(rig, 3.5)
    await focus.pause()
    await go_on(rig, 10)
    await focus.resume()
    assert await focus.attempted("Steam", False, "Mine") == 0
    assert await focus.attempted("Steam", False, "Mine") == 1
    await go_on(rig, 5)
    record = await focus.end()
    assert (record.state, record.seconds, record.attempts) == (FocusState.CANCELLED, 510, 2)
    row = await session_row(rig)
    assert (row["title"], row["project"], row["duration_minutes"], row["actual_duration"]) == (
        "Writing",
        "Atlas",
        25,
        8,
    )
    assert (row["status"], row["distraction_count"], row["origin"]) == ("cancelled", 2, "command")
    assert (json.loads(row["blocked_apps"]), json.loads(row["blocked_websites"])) == (["Steam"], ["reddit.com/r/all"])
    assert (row["paused_ms"], row["paused_at"], row["reckoning"]) == (600_000, None, None)
    assert (row["ended_at"] - row["started_at"]) / 1000 == 18.5 * 60
    assert [attempt.name for attempt in await focus.attempts(record.session_id)] == ["Steam", "Steam"]


async def test_one_session_at_a_time(rig: Rig) -> None:
    focus = rig.service.focus
    for verb in (focus.pause, focus.resume, focus.end, focus.extend, focus.emergency_end):
        with pytest.raises(KnownError, match="No focus session runs"):
            await verb()
    await focus.start(FocusPlan(25))
    with pytest.raises(KnownError, match="runs already"):
        await focus.start(FocusPlan(25))
    await focus.end()
    with pytest.raises(KnownError, match="is gone"):
        await focus.start(FocusPlan(25, lists=("none",)))


async def test_a_block_is_in_the_ledger_from_its_begin_to_its_end(rig: Rig) -> None:
    focus = rig.service.focus
    plan = FocusPlan(50, lists=((await shipped(focus)).id,))
    await focus.start(plan)
    assert await ledger(rig) == [("stands", 50 * 60)]
    await go_on(rig, 10)
    await focus.extend(5)
    assert await ledger(rig) == [("stands", 45 * 60)]
    await focus.pause()
    assert (focus.blocking(), await ledger(rig)) == ((), [("pause", 45 * 60)])
    await focus.resume()
    assert await ledger(rig) == [("pause", 45 * 60), ("stands", 45 * 60)]
    await go_on(rig, 46)
    assert [how for how, _ in await ledger(rig)] == ["pause", "time"]
    await focus.extend(5)
    assert focus.blocking(), "five minutes more are a new block"
    await focus.end()
    assert [how for how, _ in await ledger(rig)] == ["pause", "time", "end"]
    await focus.start(FocusPlan(25))
    assert len(await ledger(rig)) == 3, "what blocks nothing needs no entry"


@pytest.mark.parametrize("hours", [-30 * 24, -3, 3, 30 * 24])
async def test_a_clock_that_is_set_neither_ends_nor_lengthens_a_block(rig: Rig, hours: int) -> None:
    focus = rig.service.focus
    await focus.start(FocusPlan(50, lists=((await shipped(focus)).id,), strict=True))
    await go_on(rig, 10)
    await focus.look()
    rig.clock.jump(hours * 3600)
    rig.heard.states.clear()
    await focus.look()
    assert rig.heard.states[-1].focus == focus.now, "its end lies elsewhere on the wall, which is told"
    assert focus.now is not None
    assert focus.now.left == 40 * 60
    assert focus.now.ends_at == rig.clock.now() + timedelta(minutes=40)
    await go_on(rig, 39.9)
    assert focus.blocking()
    await go_on(rig, 0.2)
    assert not focus.blocking()
    record = await focus.end()
    assert (record.state, record.seconds) == (FocusState.COMPLETED, 50 * 60 + 6)
    assert record.ended_at is not None
    assert record.ended_at >= record.started_at


async def test_the_same_over_a_restart_of_the_process(tmp_path: Path) -> None:
    clock = SettableClock(NOON)
    async with recording(tmp_path, clock) as rig:
        focus = rig.service.focus
        await focus.start(FocusPlan(50, lists=((await shipped(focus)).id,), strict=True))
        await go_on(rig, 10)
    clock.jump(-5 * 3600)
    clock.advance(5 * MINUTE)
    async with recording(tmp_path, clock) as rig:
        focus = rig.service.focus
        assert focus.now is not None
        assert focus.now.left == 35 * 60, "the time without the app counts on the course"
        assert focus.blocking()
        await go_on(rig, 36)
        assert not focus.blocking()
        record = await focus.end()
        assert record.seconds == 46 * 60, "but nobody saw it"


async def test_what_ended_while_the_app_was_gone_is_closed_as_of_when_it_was_last_seen(tmp_path: Path) -> None:
    clock = SettableClock(NOON)
    async with recording(tmp_path, clock) as rig:
        await rig.service.focus.start(FocusPlan(50, lists=((await shipped(rig.service.focus)).id,)))
        await go_on(rig, 20)
    clock.advance(60 * MINUTE)
    async with recording(tmp_path, clock) as rig:
        assert rig.service.focus.now is None
        [record] = await rig.service.focus.history(NOON.date(), NOON.date())
        assert (record.state, record.seconds) == (FocusState.CANCELLED, 20 * 60)
        assert record.ended_at == NOON + timedelta(minutes=20)
        assert [how for how, _ in await ledger(rig)] == ["time"]


async def test_what_was_seen_to_its_end_is_completed_after_a_crash(tmp_path: Path) -> None:
    clock = SettableClock(NOON)
    async with recording(tmp_path, clock) as rig:
        await rig.service.focus.start(FocusPlan(25))
        await go_on(rig, 27)
    clock.advance(10 * MINUTE)
    async with recording(tmp_path, clock) as rig:
        [record] = await rig.service.focus.history(NOON.date(), NOON.date())
        assert (record.state, record.seconds) == (FocusState.COMPLETED, 27 * 60)
        assert record.ended_at == NOON + timedelta(minutes=27)


async def test_a_pause_outlives_a_restart(tmp_path: Path) -> None:
    clock = SettableClock(NOON)
    async with recording(tmp_path, clock) as rig:
        await rig.service.focus.start(FocusPlan(25, lists=((await shipped(rig.service.focus)).id,)))
        await go_on(rig, 5)
        await rig.service.focus.pause()
    clock.advance(300 * MINUTE)
    async with recording(tmp_path, clock) as rig:
        focus = rig.service.focus
        assert focus.now is not None
        assert (focus.now.state, focus.now.left, focus.now.ends_at) == (FocusState.PAUSED, 20 * 60, None)
        assert not focus.blocking()
        await focus.resume()
        assert focus.blocking()
        await go_on(rig, 21)
        assert (await focus.end()).seconds == 26 * 60


async def test_a_pause_that_is_forgotten_ends_the_session_as_of_then(rig: Rig) -> None:
    focus = rig.service.focus
    await focus.start(FocusPlan(25, "Half done"))
    await go_on(rig, 10)
    await focus.pause()
    rig.clock.advance(12 * 3600 - 60)
    await focus.look()
    assert focus.now is not None
    rig.clock.advance(120)
    await focus.look()
    assert focus.now is None
    row = await session_row(rig)
    assert (row["status"], row["actual_duration"]) == ("cancelled", 10)
    assert (row["ended_at"] - row["started_at"]) / 1000 == 10 * 60


async def test_sleep_counts_on_the_course_and_is_not_focus(tmp_path: Path) -> None:
    """The machine's own counter goes on in sleep, which the test's does not: here it is moved by hand."""
    async with recording(tmp_path) as rig:
        sleeper = Sleeper(rig.clock)
        focus = over(rig, sleeper)
        await focus.begin()
        await focus.start(FocusPlan(50))
        await go_on(rig, 10, focus)
        sleeper.sleep(20 * MINUTE)
        await focus.look()
        assert focus.now is not None
        assert (focus.now.left, focus.now.elapsed) == (20 * 60, 30 * 60)
        await go_on(rig, 21, focus)
        assert (await focus.end()).seconds == 31 * 60


async def test_a_session_that_ended_in_sleep_ended_when_it_was_last_seen(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        sleeper = Sleeper(rig.clock)
        focus = over(rig, sleeper)
        await focus.begin()
        await focus.start(FocusPlan(50))
        await go_on(rig, 10, focus)
        sleeper.sleep(8 * 60 * MINUTE)
        await focus.look()
        assert focus.now is None
        [record] = await focus.history(NOON.date(), NOON.date())
        assert (record.state, record.seconds) == (FocusState.CANCELLED, 10 * 60)
        assert record.ended_at == NOON + timedelta(minutes=10)


async def test_overtime_ends_after_an_hour(rig: Rig) -> None:
    focus = rig.service.focus
    await focus.start(FocusPlan(25))
    await go_on(rig, 25 + 59)
    assert focus.now is not None
    await go_on(rig, 1.1)
    [record] = await focus.history(NOON.date(), NOON.date())
    assert (record.state, record.seconds) == (FocusState.COMPLETED, 85 * 60)


async def test_overtime_ends_at_the_last_input_of_somebody_who_went_away(rig: Rig) -> None:
    focus = rig.service.focus
    await focus.start(FocusPlan(25))
    rig.probe.tell(WindowSeen(EDITOR))
    await go_on(rig, 27)
    rig.probe.tell(InputStopped(rig.clock.now()))
    await go_on(rig, 4.9)
    await rig.pass_time(0)
    await go_on(rig, 0)
    assert focus.now is not None, "less than the idle timeout is no absence"
    await rig.pass_time(60)
    await focus.look()
    assert focus.now is None
    [record] = await focus.history(NOON.date(), NOON.date())
    assert (record.state, record.seconds) == (FocusState.COMPLETED, 27 * 60)
    assert record.ended_at == NOON + timedelta(minutes=27)


async def test_cycles_end_by_themselves_with_their_last_break(rig: Rig) -> None:
    focus = rig.service.focus
    deep = await shipped(focus)
    await focus.start(FocusPlan(0, lists=(deep.id,), pomodoro=Pomodoro(25, 5, 15, 2)))
    blocks = []
    for _ in range(14):
        blocks.append(bool(focus.blocking()))
        await go_on(rig, 5)
    assert blocks == [*[True] * 5, False, *[True] * 5, *[False] * 3]
    await go_on(rig, 0.2)
    [record] = await focus.history(NOON.date(), NOON.date())
    assert (record.state, record.seconds, record.planned_minutes) == (FocusState.COMPLETED, 50 * 60, 50)
    assert record.ended_at == NOON + timedelta(minutes=70)
    titles = [each.title for each in rig.heard.notified]
    assert titles == ["A break", "Focus again, 2 of 2", "A long break", "Focus session ended"]


async def test_the_end_is_told_with_what_can_be_done(rig: Rig) -> None:
    focus = rig.service.focus
    await focus.start(FocusPlan(25))
    await go_on(rig, 25)
    told = rig.heard.notified[-1]
    assert told.title == "25 minutes of focus done"
    assert told.actions == (("break", "Take a break"), ("extend", "+5 min"), ("end", "End session"))
    assert told.urgency is Urgency.NORMAL


async def test_what_the_user_does_is_not_told_to_them(rig: Rig) -> None:
    focus = rig.service.focus
    await focus.start(FocusPlan(25))
    await go_on(rig, 26)
    await focus.extend()
    await go_on(rig, 1)
    assert [each.title for each in rig.heard.notified] == ["25 minutes of focus done"]


async def test_beats_are_told_to_nobody(rig: Rig) -> None:
    focus = rig.service.focus
    await focus.start(FocusPlan(25, lists=((await shipped(focus)).id,)))
    rig.heard.changed.clear()
    await go_on(rig, 1)
    assert not {name for names in rig.heard.changed for name in names} - {"running"}
    row = await session_row(rig)
    assert row["seconds"] == 60


async def test_what_does_not_record_cannot_start_one(tmp_path: Path) -> None:
    async with reading(tmp_path) as service:
        with pytest.raises(KnownError, match="not running"):
            await service.focus.start(FocusPlan(25))
