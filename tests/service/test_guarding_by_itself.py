"""Lists that block by themselves: in their hours, and once the minutes of a day are spent, recorded or not."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from productify.domain import BlockList, Target, Weekly
from service.guard_stage import APP, GAME, OVERLAY, SITE, Stage, firefox, guarded
from service.rig import EDITOR, NOON, until

MINUTE = 60.0
STEAM, YOUTUBE = Target(APP, "Steam"), Target(SITE, "youtube.com")
VIDEO = firefox("A song - YouTube — Mozilla Firefox")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with guarded(tmp_path) as found:
        yield found


@pytest.mark.parametrize("how", ["pause", "incognito"])
async def test_what_is_not_recorded_uses_an_allowance_too(stage: Stage, how: str) -> None:
    service = stage.rig.service
    await service.focus.save_list(BlockList("", "Games", targets=(STEAM,), allowance=20))
    await service.focus.look()
    await stage.rig.show(GAME, 5 * MINUTE)
    await (service.tracking.pause(None) if how == "pause" else service.tracking.set_incognito(True))
    await until(lambda: stage.guard._spending._unrecorded_since is not None, "the guard to hear of it")
    for _ in range(14):
        await stage.rig.pass_time(MINUTE)
        stage.guard._news.set()
        assert stage.guard.now is None
    stage.rig.clock.advance(1.1 * MINUTE)
    stage.guard._news.set()
    await until(lambda: stage.guard.now, "the block")
    assert service.focus.blocking()


async def test_a_list_blocks_in_its_hours(stage: Stage) -> None:
    focus, days = stage.rig.service.focus, stage.rig.service.local_days()
    local = NOON.astimezone(days.zone)
    start = local.hour * 60 + local.minute + 10
    hours = (Weekly(frozenset({local.weekday()}), start, start + 60),)
    await focus.save_list(BlockList("", "Mornings", targets=(STEAM,), hours=hours))
    stage.show(GAME)
    assert stage.guard.now is None
    stage.rig.clock.advance(11 * MINUTE)
    await focus.look()
    said = stage.guard.now
    assert said is not None
    assert (said.in_session, said.title, said.left, said.total) == (False, None, 59 * MINUTE, 60 * MINUTE)
    stage.rig.clock.advance(60 * MINUTE)
    await focus.look()
    assert stage.guard.now is None


async def test_an_allowance_ends_at_its_minute(stage: Stage) -> None:
    focus = stage.rig.service.focus
    await focus.save_list(BlockList("", "Videos", targets=(YOUTUBE,), allowance=20))
    await focus.look()
    await stage.rig.show(VIDEO, 12 * MINUTE)
    stage.show(EDITOR)
    await stage.rig.pass_time(30 * MINUTE)
    stage.show(VIDEO)
    spending = stage.guard._spending
    await until(lambda: spending.due is not None, "the reckoning")
    assert spending.due == pytest.approx(stage.rig.clock.steady() + 8 * MINUTE, abs=0.1)
    stage.rig.clock.advance(8 * MINUTE + 0.1)
    stage.guard._news.set()
    await until(lambda: stage.guard.now, "the block")
    said = stage.guard.now
    assert said is not None
    assert (said.list_name, said.in_session) == ("Videos", False)
    stage.show(OVERLAY)
    stage.rig.clock.advance(24 * 3600)
    await focus.look()
    assert stage.guard.now is None, "anew tomorrow"
    assert focus.blocking() == ()
