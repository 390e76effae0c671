"""What a strict session does not let go, what passes cost, and that every block ends."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from productify.clock import SettableClock
from productify.domain import BlockList, EditScope, FocusPlan, FocusState, ListMode, Target, TargetKind, Verdict
from productify.errors import KnownError
from productify.store import preferences
from productify.tracker.probe import Window
from service.focus_stage import MINUTE, go_on, ledger, orphan, shipped
from service.rig import EDITOR, NOON, Rig, reading, recording


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    async with recording(tmp_path) as found:
        yield found


async def test_strict_mode_says_when_it_ends_and_has_one_emergency(rig: Rig) -> None:
    focus = rig.service.focus
    deep = await shipped(focus)
    await focus.start(FocusPlan(50, lists=(deep.id,), strict=True))
    with pytest.raises(KnownError, match="cannot be paused"):
        await focus.pause()
    with pytest.raises(KnownError) as refused:
        await focus.end()
    ends = (NOON + timedelta(minutes=50)).astimezone(rig.service.local_days().zone)
    assert f"{ends:%H:%M}" in refused.value.title
    assert "emergency" in refused.value.hint
    assert focus.now is not None
    assert (focus.now.passes_left, focus.now.emergency_at) == (0, None)
    await go_on(rig, 5)
    assert (await focus.emergency_end()).state is FocusState.CANCELLED
    assert [how for how, _ in await ledger(rig)] == ["emergency"]
    await focus.start(FocusPlan(50, lists=(deep.id,), strict=True))
    with pytest.raises(KnownError, match="Strict mode"):
        await focus.emergency_end()
    assert focus.now is not None
    assert focus.now.emergency_at == NOON + timedelta(minutes=5, days=7)
    rig.clock.jump(8 * 24 * 3600)
    with pytest.raises(KnownError, match="Strict mode"):
        await focus.emergency_end()
    await go_on(rig, 51)
    assert (await focus.end()).state is FocusState.COMPLETED


async def test_the_emergency_is_there_again_after_a_week(tmp_path: Path) -> None:
    clock = SettableClock(NOON)
    plan = FocusPlan(50, strict=True)
    async with recording(tmp_path, clock) as rig:
        await rig.service.focus.start(plan)
        await rig.service.focus.emergency_end()
    clock.advance(7 * 24 * 3600 - 60)
    async with recording(tmp_path, clock) as rig:
        await rig.service.focus.start(plan)
        with pytest.raises(KnownError, match="Strict mode: this session ends at"):
            await rig.service.focus.emergency_end()
        clock.advance(61)
        assert (await rig.service.focus.emergency_end()).state is FocusState.CANCELLED


async def test_an_emergency_end_that_cannot_be_written_is_not_used_up(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object, **__: object) -> None:
        raise KnownError("The disk is full.", "Free some space.")

    focus = rig.service.focus
    await focus.start(FocusPlan(50, strict=True))
    with monkeypatch.context() as patched:
        patched.setattr(preferences, "remember", full)
        with pytest.raises(KnownError, match="The disk is full"):
            await focus.emergency_end()
    assert (await focus.emergency_end()).state is FocusState.CANCELLED


async def test_strict_mode_lets_its_lists_only_become_stricter(rig: Rig) -> None:
    focus = rig.service.focus
    deep = await shipped(focus)
    other = await focus.save_list(BlockList("", "Other", targets=(Target(TargetKind.APP, "Steam"),)))
    await focus.start(FocusPlan(50, lists=(deep.id,), strict=True))
    more = replace(deep, targets=(*deep.targets, Target(TargetKind.SITE, "example.org")))
    assert (await focus.save_list(more)).targets[-1].value == "example.org"
    assert focus.blocking() == (more,), "it holds at once"
    for weaker in (replace(more, targets=more.targets[1:]), replace(more, mode=ListMode.ALLOW)):
        with pytest.raises(KnownError, match="strict session uses"):
            await focus.save_list(weaker)
    for refused in (focus.delete_list(deep.id), focus.reset_shipped()):
        with pytest.raises(KnownError, match="strict session uses"):
            await refused
    await focus.delete_list(other.id)
    await go_on(rig, 50.1)
    await focus.delete_list(deep.id)
    assert await focus.lists() == ()
    assert (await focus.reset_shipped()).targets == deep.targets


@pytest.mark.parametrize(("key", "value"), [("tracking_enabled", False), ("track_urls", False), ("focus_passes", 10)])
async def test_strict_mode_holds_the_settings_that_it_needs(rig: Rig, key: str, value: bool | int) -> None:
    save = rig.service.preferences.save
    await rig.service.focus.start(FocusPlan(50, strict=True))
    with pytest.raises(KnownError, match="strict mode"):
        await save(key, value)
    await save("focus_passes", 1)
    await save("theme", "dark")
    await rig.service.focus.emergency_end()
    await save(key, value)


async def test_strict_mode_holds_what_its_categories_mean(rig: Rig) -> None:
    focus, editing = rig.service.focus, rig.service.editing
    await rig.show(Window("Steam", "steam", "Library"), 60)
    await rig.show(EDITOR, 60)
    game, work = await rig.rows()
    assert game.category == "games"
    games = await focus.save_list(BlockList("", "Games", targets=(Target(TargetKind.CATEGORY, "games"),)))
    await focus.start(FocusPlan(50, lists=(games.id,), strict=True))
    with pytest.raises(KnownError, match="“Games” blocks this category"):
        await editing.change([game.id], Verdict("development", 2), scope=EditScope.FROM_NOW)
    await editing.change([game.id], Verdict("development", 2))
    await editing.change([work.id], Verdict("games", -2), scope=EditScope.FROM_NOW)
    await focus.emergency_end()
    await editing.change([work.id], Verdict("development", 2), scope=EditScope.FROM_NOW)


async def test_strict_mode_forgets_no_browser(rig: Rig) -> None:
    focus, browsers = rig.service.focus, rig.service.browsers
    made = await browsers.pair(browsers.pairing().code, "firefox", "Home", None)
    assert made is not None
    await focus.start(FocusPlan(50, lists=((await shipped(focus)).id,), strict=True))
    with pytest.raises(KnownError, match="No browser is forgotten in strict mode"):
        await browsers.revoke(made[0].id)
    await focus.emergency_end()
    await browsers.revoke(made[0].id)
    assert await browsers.paired() == ()


async def test_passes_cost_a_reason_and_are_few(rig: Rig) -> None:
    focus = rig.service.focus
    await focus.start(FocusPlan(50, lists=((await shipped(focus)).id,)))
    with pytest.raises(KnownError, match="was not blocked"):
        await focus.pass_taken("YouTube", "the talk on checkpoints")
    for left in (2, 1, 0):
        await focus.attempted("YouTube", True, "Deep work")
        assert await focus.pass_taken("YouTube", "the talk on checkpoints") == rig.clock.now() + timedelta(minutes=1)
        assert focus.now is not None
        assert focus.now.passes_left == left
    with pytest.raises(KnownError, match="no pass left"):
        await focus.pass_taken("YouTube", "the talk on checkpoints")
    with pytest.raises(KnownError, match="needs a reason"):
        await focus.pass_taken("YouTube", "  because ")
    noted = await focus.attempts(focus.now.session_id)
    assert [(each.passed, each.reason) for each in noted] == [(True, "the talk on checkpoints")] * 3
    rig.clock.advance(24 * 3600)
    assert focus.now.passes_left == 3


async def test_release_lifts_what_is_orphaned_and_never_what_runs(rig: Rig) -> None:
    focus = rig.service.focus
    await focus.start(FocusPlan(50, lists=((await shipped(focus)).id,), strict=True))
    await orphan(rig)
    assert [how for how, _ in await ledger(rig)] == ["stands", "stands"]
    assert await focus.release() == 1
    assert sorted(how for how, _ in await ledger(rig)) == ["release", "stands"]
    assert focus.blocking()
    assert await focus.release() == 0


async def test_release_without_the_app_closes_what_is_over(tmp_path: Path) -> None:
    clock = SettableClock(NOON)
    async with recording(tmp_path, clock) as rig:
        await rig.service.focus.start(FocusPlan(50, lists=((await shipped(rig.service.focus)).id,), strict=True))
        await go_on(rig, 10)
    async with reading(tmp_path, clock) as service:
        assert await service.focus.release() == 0
        stored = await service.focus.stored()
        assert stored is not None
        assert stored.left == 40 * 60
    clock.advance(41 * MINUTE)
    async with reading(tmp_path, clock) as service:
        assert await service.focus.release() == 1
        assert await service.focus.stored() is None
        [record] = await service.focus.history(NOON.date(), NOON.date())
        assert record.state is FocusState.CANCELLED
