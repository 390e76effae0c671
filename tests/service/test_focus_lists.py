"""Edits of block lists that come at the same time: each counts, and none undoes another."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from productify.domain import BlockList, FocusPlan, Target, TargetKind
from productify.errors import KnownError, UsageError
from service.rig import Rig, recording

ONE, TWO, THREE = (Target(TargetKind.SITE, f"{name}.example.org") for name in ("one", "two", "three"))
MINE = BlockList("", "Mine", targets=(ONE, TWO, THREE))


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    async with recording(tmp_path) as found:
        yield found


async def _kept(rig: Rig, list_id: str) -> BlockList:
    return next(each for each in await rig.service.focus.lists() if each.id == list_id)


async def test_removals_at_the_same_time_all_count(rig: Rig) -> None:
    focus = rig.service.focus
    mine = await focus.save_list(MINE)
    await asyncio.gather(focus.remove_target(mine.id, ONE), focus.remove_target(mine.id, TWO))
    assert await _kept(rig, mine.id) == replace(mine, targets=(THREE,))


async def test_an_entry_comes_back_alone_and_to_its_place(rig: Rig) -> None:
    focus = rig.service.focus
    mine = await focus.save_list(MINE)
    await focus.remove_target(mine.id, TWO)
    await asyncio.gather(
        focus.remove_target(mine.id, THREE),
        focus.change_list(mine.id, lambda kept: replace(kept, name="Ours")),
        focus.add_target(mine.id, TWO, 1),
    )
    assert await _kept(rig, mine.id) == replace(mine, name="Ours", targets=(ONE, TWO))
    await focus.add_target(mine.id, ONE)
    assert (await _kept(rig, mine.id)).targets == (ONE, TWO), "named already"


async def test_new_lists_at_the_same_time_cannot_share_a_name(rig: Rig) -> None:
    focus = rig.service.focus
    made = await asyncio.gather(*(focus.save_list(MINE) for _ in range(2)), return_exceptions=True)
    assert [type(each) for each in made] == [BlockList, KnownError]


async def test_what_is_added_is_tidied_and_told(rig: Rig) -> None:
    focus = rig.service.focus
    mine = await focus.save_list(MINE)
    await focus.start(FocusPlan(25, lists=(mine.id,)))
    heard: list[int] = []
    focus.on_blocking = lambda: heard.append(len(focus.blocking()[0].targets))
    rig.heard.changed.clear()
    await focus.add_target(mine.id, Target(TargetKind.SITE, "https://www.four.example.org/"))
    await focus.remove_target(mine.id, ONE)
    assert heard == [4, 3]
    assert {"block_targets"} <= {name for names in rig.heard.changed for name in names}
    assert (await _kept(rig, mine.id)).targets[0].value == "four.example.org"
    with pytest.raises(UsageError):
        await focus.add_target(mine.id, Target(TargetKind.SITE, "no site"))


async def test_a_strict_session_lets_entries_come_and_not_go(rig: Rig) -> None:
    focus = rig.service.focus
    mine = await focus.save_list(MINE)
    await focus.start(FocusPlan(25, lists=(mine.id,), strict=True))
    more = Target(TargetKind.APP, "Steam")
    await focus.add_target(mine.id, more, 3)
    with pytest.raises(KnownError, match="strict session uses"):
        await focus.remove_target(mine.id, more)
    assert (await _kept(rig, mine.id)).targets == (ONE, TWO, THREE, more)


async def test_a_list_that_is_gone_takes_no_entry(rig: Rig) -> None:
    focus = rig.service.focus
    mine = await focus.save_list(MINE)
    await focus.delete_list(mine.id)
    for late in (focus.add_target(mine.id, ONE), focus.remove_target(mine.id, ONE)):
        with pytest.raises(KnownError, match="is gone"):
            await late
