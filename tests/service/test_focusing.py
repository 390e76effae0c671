"""Focus sessions over a real store, with a clock that the test moves."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from productify.domain import BlockList, FocusPlan, FocusState, Phase
from productify.service.focusing import Focusing
from service.rig import NOON, Rig, recording

MINUTE = 60.0


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    async with recording(tmp_path) as found:
        yield found


async def shipped(focus: Focusing) -> BlockList:
    return (await focus.lists())[0]


async def go_on(rig: Rig, minutes: float) -> None:
    """Let time pass in steps as the running app sees it."""
    left = minutes * MINUTE
    while left > 0:
        rig.clock.advance(min(5.0, left))
        left -= 5.0
        await rig.service.focus.look()


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
