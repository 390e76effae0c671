"""What is blocked is kept away from the front: over a real store, with a desktop and a clock that the test moves."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from productify.clock import SettableClock
from productify.domain import BlockList, FocusPlan, ListMode, Pomodoro, Target
from productify.errors import KnownError
from productify.service.guarding.counting import NAMELESS
from productify.tracker.probe import Locked, Unlocked, Window
from service.guard_stage import APP, CATEGORY, GAME, LUTRIS, OVERLAY, SITE, Stage, firefox, guarded
from service.rig import EDITOR, NOON, TERMINAL

STEAM, YOUTUBE = Target(APP, "Steam"), Target(SITE, "youtube.com")
VIDEO = firefox("A song - YouTube — Mozilla Firefox")
MINUTE = 60.0
REASON = "the answer is in there"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with guarded(tmp_path) as found:
        yield found


async def test_a_blocked_app_is_told_at_once_and_minimised_once_the_overlay_is_there(stage: Stage) -> None:
    await stage.focus_on(STEAM)
    stage.show(GAME)
    said = stage.told[-1]
    assert said is not None, "told before anything else happens"
    assert (said.name, said.is_site, said.list_name, said.title) == ("Steam", False, "Mine", "Checkpoints")
    assert (said.left, said.total, said.back_to, said.earlier) == (3000, 3000, "Editor", 0)
    assert (said.strict, said.in_session, said.can_step_aside, said.passes_left) == (False, True, False, 3)
    assert stage.hands.asked == [], "not before the overlay is there"
    stage.show(OVERLAY)
    await stage.asked(("iconify", GAME.handle))
    assert stage.guard.now == said
    assert await stage.attempts() == [("Steam", False, "Mine")]
    stage.show(EDITOR)
    assert stage.told[-1] is None, "the user went elsewhere by himself"
    assert len(stage.told) == 2


async def test_back_to_work_brings_the_last_allowed_window(stage: Stage) -> None:
    await stage.focus_on(STEAM)
    stage.show(GAME, OVERLAY)
    await stage.asked(("iconify", GAME.handle))
    await stage.guard.back_to_work()
    assert stage.hands.asked[-1] == ("activate", EDITOR.handle)
    assert stage.told[-1] is None
    assert stage.guard.now is None


async def test_what_cannot_be_brought_back_just_leaves(stage: Stage) -> None:
    await stage.focus_on(STEAM)
    stage.show(TERMINAL, GAME, OVERLAY)
    assert stage.guard.now is not None
    assert stage.guard.now.back_to == "XTerm"
    stage.hands.refuses = {TERMINAL.handle}
    await stage.guard.back_to_work()
    assert stage.hands.asked[-2:] == [("activate", TERMINAL.handle), ("activate", EDITOR.handle)], "the one before"
    stage.show(GAME)
    stage.hands.refuses = {TERMINAL.handle, EDITOR.handle}
    await stage.guard.back_to_work()
    assert stage.told[-1] is None


async def test_what_the_desktop_focuses_by_itself_does_not_end_it(stage: Stage) -> None:
    await stage.focus_on(STEAM)
    stage.show(GAME)
    stage.step(0.5)
    await stage.asked(("iconify", GAME.handle))
    stage.show(EDITOR)
    assert stage.guard.now is not None, "nobody has seen the overlay yet"
    stage.show(OVERLAY, None)
    assert stage.guard.now is not None
    stage.show(EDITOR)
    assert stage.guard.now is None, "now it is the user's choice"


async def test_an_overlay_that_never_comes_does_not_stay(stage: Stage) -> None:
    await stage.focus_on(STEAM)
    stage.show(GAME)
    stage.step(0.5)
    await stage.asked(("iconify", GAME.handle))
    stage.show(EDITOR)
    stage.step(0.6)
    assert stage.guard.now is None


async def test_each_visit_counts_once(stage: Stage) -> None:
    await stage.focus_on(STEAM, Target(CATEGORY, "games"))
    stage.show(GAME, OVERLAY, GAME, OVERLAY)
    assert await stage.attempts() == [("Steam", False, "Mine")], "a window that fights for the front is one visit"
    stage.step(2)
    stage.show(GAME, OVERLAY)
    assert len(await stage.attempts()) == 2
    assert stage.guard.now is not None
    assert stage.guard.now.earlier == 1, "told once it was counted"
    stage.show(LUTRIS)
    assert stage.guard.now.name == LUTRIS.app_name
    assert [name for name, _, _ in await stage.attempts()] == ["Steam", "Steam", LUTRIS.app_name]


async def test_a_pass_lets_in_and_ends(stage: Stage) -> None:
    focus = stage.rig.service.focus
    await stage.focus_on(STEAM)
    with pytest.raises(KnownError, match="Nothing is blocked"):
        await stage.guard.take_pass(REASON)
    stage.show(GAME, OVERLAY)
    with pytest.raises(KnownError, match="needs a reason"):
        await stage.guard.take_pass("why")
    assert stage.guard.now is not None
    assert await stage.guard.take_pass(REASON) == NOON + timedelta(minutes=1)
    assert stage.guard.now is None
    assert stage.hands.asked[-1] == ("activate", GAME.handle)
    stage.show(GAME, EDITOR, GAME)
    stage.step(59)
    assert stage.guard.now is None
    stage.step(2)
    assert stage.guard.now is not None, "blocked again where it is still in front"
    assert stage.guard.now.passes_left == 2
    await stage.counted()
    await stage.guard.take_pass(REASON)
    now = focus.now
    assert now is not None
    found = await focus.attempts(now.session_id)
    assert [(each.passed, each.reason) for each in found] == [(True, REASON)] * 2
    await stage.guard.back_to_work()
    assert stage.hands.asked[-1] == ("activate", EDITOR.handle), "what was passed is nothing to go back to"


async def test_a_pass_ends_where_a_strict_session_begins(stage: Stage) -> None:
    made = await stage.focus_on(STEAM)
    stage.show(GAME, OVERLAY)
    await stage.guard.take_pass(REASON)
    stage.show(GAME)
    assert stage.guard.now is None
    await stage.rig.service.focus.end()
    await stage.rig.service.focus.start(FocusPlan(25, lists=(made.id,), strict=True))
    assert stage.guard.now is not None


async def test_what_comes_while_a_window_is_moved_stays_away(stage: Stage) -> None:
    """The desktop takes its time to bring a window, in which another blocked one comes to the front."""
    await stage.focus_on(STEAM, Target(CATEGORY, "games"), YOUTUBE)
    moved, activate = asyncio.Event(), stage.hands.activate

    async def slowly(handle: int) -> bool:
        stage.show(OVERLAY, LUTRIS)
        moved.set()
        return await activate(handle)

    stage.hands.activate = slowly
    for way in (stage.guard.back_to_work, lambda: stage.guard.take_pass(REASON), stage.guard.step_aside):
        moved.clear()
        stage.show(VIDEO, OVERLAY)
        await way()
        assert moved.is_set()
        assert stage.guard.now is not None
        assert stage.guard.now.name == LUTRIS.app_name
        stage.step(61)


async def test_all_but_some_sites_leaves_no_private_window_but_lets_it_be_closed(stage: Stage) -> None:
    await stage.focus_on(Target(APP, "Editor"), Target(SITE, "docs.python.org"), mode=ListMode.ALLOW)
    stage.show(firefox("New Tab — Mozilla Firefox"))
    assert stage.guard.now is None, "nobody knows the page: it may be one of the list"
    stage.show(firefox("Mozilla Firefox Private Browsing", handle=22), OVERLAY)
    said = stage.guard.now
    assert said is not None
    assert (said.name, said.is_site, said.can_step_aside) == ("Firefox", False, True)
    await stage.asked(("iconify", 22))
    await stage.guard.step_aside()
    stage.show(firefox("Mozilla Firefox Private Browsing", handle=22))
    assert stage.guard.now is None
    stage.show(EDITOR)
    assert await stage.attempts() == [(NAMELESS, False, "Mine")]


async def test_strict_mode_gives_no_pass(stage: Stage) -> None:
    await stage.focus_on(STEAM, strict=True)
    stage.show(GAME)
    assert stage.guard.now is not None
    assert (stage.guard.now.strict, stage.guard.now.passes_left) == (True, 0)
    with pytest.raises(KnownError, match="no pass left"):
        await stage.guard.take_pass(REASON)


async def test_a_site_by_its_title_and_ten_seconds_to_close_it(stage: Stage) -> None:
    await stage.focus_on(YOUTUBE, strict=True)
    stage.show(VIDEO, OVERLAY)
    said = stage.guard.now
    assert said is not None
    assert (said.name, said.is_site, said.can_step_aside) == ("youtube.com", True, True)
    assert await stage.guard.step_aside() == NOON + timedelta(seconds=10)
    stage.show(VIDEO)
    stage.step(9)
    assert stage.guard.now is None
    stage.step(2)
    assert stage.guard.now is not None, "the tab was not closed"
    with pytest.raises(KnownError, match="just now"):
        await stage.guard.step_aside()
    stage.step(50)
    stage.show(OVERLAY)
    await stage.guard.step_aside()
    stage.show(firefox("News — Mozilla Firefox"))
    stage.step(20)
    assert stage.guard.now is None
    assert await stage.attempts() == [("youtube.com", True, "Mine")], "one visit, whatever it took to close it"


async def test_only_a_site_has_a_tab_to_close(stage: Stage) -> None:
    await stage.focus_on(STEAM)
    stage.show(GAME)
    with pytest.raises(KnownError, match="tab"):
        await stage.guard.step_aside()


async def test_a_page_by_its_address(stage: Stage) -> None:
    await stage.focus_on(Target(SITE, "reddit.com/r/all"))
    stage.show(firefox("Reddit — Mozilla Firefox", "https://reddit.com/r/python"))
    assert stage.guard.now is None
    stage.show(firefox("What a day", "https://old.reddit.com/r/all/top"))
    assert stage.guard.now is not None
    assert stage.guard.now.name == "reddit.com/r/all"


async def test_a_private_window_is_judged_by_its_app_and_not_named(stage: Stage) -> None:
    await stage.focus_on(YOUTUBE)
    private = firefox("A song - YouTube — Mozilla Firefox Private Browsing")
    stage.show(private)
    assert stage.guard.now is None
    await stage.rig.service.focus.end()
    await stage.rig.service.focus.save_list(BlockList("", "Browsers", targets=(Target(APP, "Firefox"),)))
    lists = {each.name: each.id for each in await stage.rig.service.focus.lists()}
    await stage.rig.service.focus.start(FocusPlan(25, lists=(lists["Browsers"],)))
    assert stage.guard.now is not None
    assert stage.guard.now.name == "Firefox"
    assert await stage.attempts() == [(NAMELESS, False, "Browsers")]


@pytest.mark.parametrize("how", ["paused", "incognito", "off"])
async def test_a_session_blocks_where_nothing_is_recorded_and_names_nothing(stage: Stage, how: str) -> None:
    service = stage.rig.service
    await stage.focus_on(STEAM)
    if how == "paused":
        await service.tracking.pause(None)
    elif how == "incognito":
        await service.tracking.set_incognito(True)
    else:
        await service.preferences.save("tracking_enabled", False)
    stage.show(GAME)
    assert stage.guard.now is not None
    assert stage.guard.now.name == "Steam"
    assert await stage.attempts() == [(NAMELESS, False, "Mine")]
    await stage.guard.take_pass(REASON)
    assert stage.guard.now is None


async def test_an_absence_blocks_nothing_and_counts_nothing(stage: Stage) -> None:
    await stage.focus_on(STEAM)
    stage.rig.probe.tell(Locked("screen saver"))
    stage.show(GAME)
    assert stage.told == []
    stage.rig.probe.tell(Unlocked("screen saver"))
    assert stage.guard.now is not None
    stage.rig.probe.tell(Locked("screen saver"))
    assert stage.guard.now is None
    assert len(await stage.attempts()) == 1


@pytest.mark.parametrize("verb", ["pause", "end", "overtime", "break"])
async def test_it_goes_at_once_when_nothing_is_blocked_any_more(stage: Stage, verb: str) -> None:
    focus = stage.rig.service.focus
    await stage.focus_on(STEAM)
    stage.show(GAME, OVERLAY)
    if verb == "pause":
        await focus.pause()
    elif verb == "end":
        await focus.end()
    elif verb == "overtime":
        stage.rig.clock.advance(50 * MINUTE + 1)
        await focus.look()
    else:
        await focus.end()
        mine = next(each for each in await focus.lists() if each.name == "Mine")
        await focus.start(FocusPlan(0, pomodoro=Pomodoro(), lists=(mine.id,)))
        stage.show(GAME)
        assert stage.guard.now is not None
        assert stage.guard.now.total == 25 * MINUTE
        stage.rig.clock.advance(25 * MINUTE + 1)
        await focus.look()
    assert stage.told[-1] is None
    if verb == "pause":
        stage.show(GAME)
        await focus.resume()
        assert stage.guard.now is not None, "what is in front when it goes on is blocked"


async def test_more_time_is_told(stage: Stage) -> None:
    await stage.focus_on(STEAM)
    stage.show(GAME, OVERLAY)
    await stage.rig.service.focus.extend(5)
    assert stage.guard.now is not None
    assert stage.guard.now.until == NOON + timedelta(minutes=55)
    assert stage.guard.now.left == 55 * MINUTE


async def test_a_running_call_of_an_allowed_app_is_left_alone(stage: Stage) -> None:
    """Only what is in front is judged: a blocked app that starts behind the call is none of it."""
    await stage.focus_on(STEAM)
    stage.show(Window("Zoom", "zoom", "Meeting", wm_class=("zoom", "zoom"), handle=31))
    stage.step(30)
    assert stage.told == []


async def test_the_clock_makes_no_difference(stage: Stage) -> None:
    focus = stage.rig.service.focus
    await stage.focus_on(STEAM, strict=True)
    stage.show(GAME, OVERLAY)
    for seconds in (-7 * 86400.0, 30 * 86400.0):
        stage.rig.clock.jump(seconds)
        await focus.look()
        assert stage.guard.now is not None
        assert stage.guard.now.left == pytest.approx(3000, abs=1)
        assert stage.guard.now.until == stage.rig.clock.now() + timedelta(minutes=50)
        rules = stage.rig.service.browsers.rules.rules
        assert rules.blocks == (), "there is no site on the list"
    stage.rig.clock.advance(50 * MINUTE)
    await focus.look()
    assert stage.guard.now is None


async def test_everything_but_a_list(stage: Stage) -> None:
    await stage.focus_on(Target(APP, "editor"), Target(SITE, "docs.python.org"), mode=ListMode.ALLOW)
    for window in (EDITOR, OVERLAY, firefox("3.11 Documentation", "https://docs.python.org/3/")):
        stage.show(window)
        assert stage.guard.now is None
    stage.show(TERMINAL)
    assert stage.guard.now is not None
    assert stage.guard.now.name == "XTerm"
    stage.show(firefox("Top", "https://reddit.com/"))
    assert stage.guard.now is not None
    assert (stage.guard.now.name, stage.guard.now.is_site) == ("reddit.com", True)


async def test_it_blocks_again_after_a_restart(tmp_path: Path) -> None:
    clock = SettableClock(NOON)
    async with guarded(tmp_path, clock) as stage:
        await stage.focus_on(STEAM, strict=True)
    clock.advance(60)
    async with guarded(tmp_path, clock) as stage:
        stage.show(GAME)
        assert stage.guard.now is not None
        assert stage.guard.now.left == 49 * MINUTE
        clock.advance(49 * MINUTE)
        await stage.rig.service.focus.look()
        assert stage.guard.now is None


async def test_the_budget_is_not_spent_here(stage: Stage) -> None:
    """From the probe's word to the overlay's, with the shipped list of hundreds of entries."""
    focus = stage.rig.service.focus
    deep = next(each for each in await focus.lists() if each.is_shipped)
    await focus.start(FocusPlan(50, lists=(deep.id,)))
    stage.show(VIDEO)
    loop, took = asyncio.get_running_loop(), []
    for _ in range(50):
        stage.show(EDITOR)
        stage.step(2)
        began = loop.time()
        stage.show(VIDEO)
        took.append(loop.time() - began)
        stage.show(OVERLAY)
    assert sorted(took)[-3] < 0.05
