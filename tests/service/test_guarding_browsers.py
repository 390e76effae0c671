"""What browsers with the extension are told to block, and what the guard leaves to them."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from productify.domain import (
    BlockList,
    FocusPlan,
    ListMode,
    PairedBrowser,
    SiteBlock,
    SiteRules,
    TabSeen,
    Target,
    Weekly,
)
from productify.errors import KnownError
from productify.service.guarding.counting import NAMELESS
from service.guard_stage import APP, CATEGORY, OVERLAY, SITE, Stage, firefox, guarded
from service.rig import EDITOR, NOON

YOUTUBE, STEAM = Target(SITE, "youtube.com"), Target(APP, "Steam")
HOME = PairedBrowser("b1", "Home", "firefox", NOON)
MINUTE = 60.0


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with guarded(tmp_path) as found:
        yield found


def rules(stage: Stage) -> SiteRules:
    return stage.rig.service.browsers.rules.rules


def block(stage: Stage) -> SiteBlock:
    [found] = rules(stage).blocks
    return found


def tab(url: str | None, title: str | None, **more: bool) -> TabSeen:
    return TabSeen("b1", "firefox", url, title, False, more.get("private", False), more.get("is_front", True))


async def test_browsers_hear_what_is_blocked_from_begin_to_end(stage: Stage) -> None:
    before = rules(stage)
    assert before.blocks == ()
    await stage.focus_on(YOUTUBE, STEAM, Target(CATEGORY, "adult"))
    told = rules(stage)
    assert told.version > before.version
    mine = block(stage)
    assert (mine.mode, mine.title, mine.until) == (ListMode.BLOCK, "Checkpoints", NOON + timedelta(minutes=50))
    assert {"youtube.com", "pornhub.com"} <= set(mine.sites)
    assert "Steam" not in mine.sites
    assert (told.passes_left, told.pass_seconds) == (3, 60)
    stage.step(5)
    await stage.rig.service.focus.look()
    assert rules(stage) is told, "nothing is told twice"
    await stage.rig.service.focus.pause()
    assert rules(stage).blocks == ()
    await stage.rig.service.focus.resume()
    assert rules(stage).version > told.version
    await stage.rig.service.focus.end()
    assert rules(stage).blocks == ()


async def test_a_clock_that_is_set_moves_the_end(stage: Stage) -> None:
    await stage.focus_on(YOUTUBE)
    focus = stage.rig.service.focus
    await focus.look()
    for seconds in (86400.0, -3 * 86400.0):
        stage.rig.clock.jump(seconds)
        await focus.look()
        assert abs((block(stage).until - stage.rig.clock.now()).total_seconds() - 50 * MINUTE) < 1


async def test_a_pass_lets_browsers_in_and_out(stage: Stage) -> None:
    await stage.focus_on(YOUTUBE)
    stage.show(firefox("A song - YouTube — Mozilla Firefox"), OVERLAY)
    await stage.guard.take_pass("the answer is in there")
    assert rules(stage).let_in == (("youtube.com", NOON + timedelta(minutes=1)),)
    stage.rig.clock.advance(61)
    stage.guard._give_orders()
    assert rules(stage).let_in == ()


async def test_hours_and_a_session_together(stage: Stage) -> None:
    local = NOON.astimezone(stage.rig.service.local_days().zone)
    start = local.hour * 60 + local.minute
    hours = (Weekly(frozenset({local.weekday()}), start, start + 120),)
    await stage.rig.service.focus.save_list(
        BlockList("", "Reading", targets=(Target(SITE, "reddit.com"),), hours=hours)
    )
    await stage.focus_on(YOUTUBE)
    by_hours = SiteBlock(("reddit.com",), NOON + timedelta(hours=2))
    in_session = SiteBlock(("youtube.com",), NOON + timedelta(minutes=50), title="Checkpoints")
    assert rules(stage).blocks == (by_hours, in_session), "each until its own end"
    await stage.rig.service.focus.end()
    assert block(stage) == by_hours


async def test_everything_but_a_list(stage: Stage) -> None:
    await stage.focus_on(Target(APP, "editor"), Target(SITE, "docs.python.org"), mode=ListMode.ALLOW)
    assert (block(stage).mode, block(stage).sites) == (ListMode.ALLOW, ("docs.python.org",))


async def test_a_pass_that_is_taken_on_the_blocked_page(stage: Stage) -> None:
    browsers, reason = stage.rig.service.browsers, "the answer is in there"
    with pytest.raises(KnownError, match="not blocked now"):
        await browsers.let_pass(HOME, "youtube.com", reason)
    await stage.focus_on(YOUTUBE)
    with pytest.raises(KnownError, match="not blocked now"):
        await browsers.let_pass(HOME, "example.org", reason)
    with pytest.raises(KnownError, match="needs a reason"):
        await browsers.let_pass(HOME, "youtube.com", "  because  ")
    assert await stage.attempts() == []
    assert await browsers.let_pass(HOME, "youtube.com", reason) == NOON + timedelta(minutes=1)
    assert await stage.attempts() == [("youtube.com", True, "Mine")], "that it was open before counts as well"
    assert (rules(stage).let_in, rules(stage).passes_left) == ((("youtube.com", NOON + timedelta(minutes=1)),), 2)
    stage.show(firefox("A song - YouTube — Mozilla Firefox"))
    assert stage.guard.now is None
    browsers.attempted(HOME, "youtube.com")
    for left in (1, 0):
        await browsers.let_pass(HOME, "youtube.com", reason)
        assert rules(stage).passes_left == left
    with pytest.raises(KnownError, match="new ones tomorrow"):
        await browsers.let_pass(HOME, "youtube.com", reason)
    now = stage.rig.service.focus.now
    assert now is not None
    found = await stage.rig.service.focus.attempts(now.session_id)
    assert [(each.passed, each.reason) for each in found] == [(True, reason)] * 3, "a visit gives one pass"


async def test_strict_mode_gives_browsers_no_pass(stage: Stage) -> None:
    made = await stage.focus_on(YOUTUBE)
    browsers = stage.rig.service.browsers
    await browsers.let_pass(HOME, "youtube.com", "the answer is in there")
    await stage.rig.service.focus.end()
    await stage.rig.service.focus.start(FocusPlan(25, lists=(made.id,), strict=True))
    assert (rules(stage).passes_left, rules(stage).let_in) == (0, ())
    with pytest.raises(KnownError, match="Strict mode gives none"):
        await browsers.let_pass(HOME, "youtube.com", "the answer is in there")


async def test_what_is_tried_stays_in_the_rules_whatever_is_told_meanwhile(stage: Stage) -> None:
    trial = SiteBlock(("trial.invalid",), NOON + timedelta(minutes=1))
    holder, seen = stage.rig.service.browsers.rules, {rules(stage).version}
    with holder.trying(trial):
        assert block(stage) == trial
        seen.add(rules(stage).version)
        made = await stage.focus_on(YOUTUBE)
        assert [each.sites for each in rules(stage).blocks] == [("youtube.com",), ("trial.invalid",)]
        seen.add(rules(stage).version)
    assert block(stage).sites == ("youtube.com",)
    assert len({*seen, rules(stage).version}) == 4, "each is news"
    assert made.targets == (YOUTUBE,)


async def test_visits_that_a_browser_blocks_are_counted(stage: Stage) -> None:
    browsers = stage.rig.service.browsers
    await stage.focus_on(YOUTUBE)
    browsers.attempted(HOME, "youtube.com")
    browsers.attempted(HOME, "example.org")
    assert await stage.attempts() == [("youtube.com", True, "Mine")]
    await stage.rig.service.tracking.set_incognito(True)
    browsers.attempted(HOME, "youtube.com")
    assert (await stage.attempts())[1:] == [(NAMELESS, False, "Mine")]
    await stage.rig.service.tracking.set_incognito(False)
    await stage.rig.service.preferences.save("excluded_sites", ["youtube.com"])
    browsers.attempted(HOME, "youtube.com")
    assert (await stage.attempts())[2:] == [(NAMELESS, False, "Mine")]
    assert stage.told == [], "the browser shows its own page"


async def test_a_browser_that_has_the_extension_is_left_to_it(stage: Stage) -> None:
    await stage.focus_on(YOUTUBE)
    browsers = stage.rig.service.browsers
    stage.show(firefox("Blocked for now — Mozilla Firefox"))
    browsers.saw(tab(None, None))
    assert stage.guard.now is None
    stage.show(firefox("A song - YouTube — Mozilla Firefox"))
    browsers.saw(tab("https://www.youtube.com/watch?v=1", "A song - YouTube"))
    stage.step(1)
    assert stage.guard.now is None, "it may still block the page itself"
    stage.step(1.5)
    assert stage.guard.now is not None, "it did not: the extension may be off there"
    assert stage.guard.now.back_to == "Editor", "not the window itself"
    stage.show(OVERLAY)
    await stage.asked(("iconify", 21))
    stage.show(EDITOR)
    assert stage.guard.now is None


async def test_another_browser_without_the_extension_is_not(stage: Stage) -> None:
    await stage.focus_on(YOUTUBE)
    stage.rig.service.browsers.saw(tab("https://example.org/", "Example", is_front=False))
    stage.show(firefox("A song - YouTube — Mozilla Firefox"))
    assert stage.guard.now is not None


async def test_a_private_tab_is_judged_by_its_browser_alone(stage: Stage) -> None:
    await stage.focus_on(YOUTUBE)
    stage.rig.service.browsers.saw(tab(None, None, private=True))
    stage.show(firefox("A song - YouTube — Mozilla Firefox Private Browsing"))
    stage.step(5)
    assert stage.told == []
    assert await stage.attempts() == []
