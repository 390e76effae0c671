"""What is blocked is kept away from the front: over a real store, with a desktop and a clock that the test moves."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from productify.domain import Target
from service.guard_stage import APP, GAME, OVERLAY, Stage, guarded
from service.rig import EDITOR

STEAM = Target(APP, "Steam")


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
