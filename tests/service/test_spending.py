"""Daily allowances while nothing is recorded: pausing, or going incognito, gives no more of them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from productify.domain import BlockList, Target
from service.guard_stage import APP, GAME, Stage, guarded
from service.rig import until

MINUTE = 60.0


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with guarded(tmp_path) as found:
        yield found


@pytest.mark.parametrize("how", ["pause", "incognito"])
async def test_what_is_not_recorded_uses_an_allowance_too(stage: Stage, how: str) -> None:
    service = stage.rig.service
    await service.focus.save_list(BlockList("", "Games", targets=(Target(APP, "Steam"),), allowance=20))
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
