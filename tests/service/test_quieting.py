"""Do not disturb in focus, with a stand-in for the desktop's switch; the real ones are in tests/desktop."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from productify.clock import SettableClock
from productify.domain import FocusPlan, Pomodoro
from productify.errors import UnavailableError
from productify.service import quieting
from productify.store import preferences
from service.focus_stage import go_on
from service.rig import NOON, Rig, recording


class Switch:
    """A desktop's do not disturb; `told` is what it heard, with what stood on the disk then."""

    name = "stand-in"

    def __init__(self, *, outlives_us: bool = True) -> None:
        self.outlives_us = outlives_us
        self.on = self.is_broken = False
        self.told: list[tuple[bool, Any]] = []
        self.rig: Rig | None = None

    async def is_on(self) -> bool:
        if self.is_broken:
            raise UnavailableError("it does not answer")
        return self.on

    async def switch(self, on: bool) -> None:
        assert self.rig is not None
        self.on = on
        self.told.append((on, await left_on(self.rig)))

    async def close(self) -> None:
        """Let it go: what does not outlive us ends."""
        self.on = self.on and self.outlives_us


async def left_on(rig: Rig) -> Any:
    async with rig.service._db.read() as session:
        return await preferences.recall(session, rig.service._user_id, "do not disturb")


@pytest.fixture
def switch() -> Switch:
    return Switch()


@pytest.fixture
async def rig(tmp_path: Path, switch: Switch) -> AsyncIterator[Rig]:
    async with running(tmp_path, switch) as found:
        yield found


@asynccontextmanager
async def running(folder: Path, switch: Switch, clock: SettableClock | None = None) -> AsyncIterator[Rig]:
    """Run a recording service on a desktop with that switch."""

    async def answering(_environment: object) -> Switch | None:
        return None if switch.is_broken else switch

    with (
        patch.object(quieting, "fitting_here", lambda _environment: [switch]),
        patch.object(quieting, "answering", answering),
    ):
        async with recording(folder, clock) as rig:
            switch.rig = rig
            await rig.service.quiet.begin()
            yield rig


async def test_it_is_on_in_focus_alone(rig: Rig, switch: Switch) -> None:
    await rig.service.focus.start(FocusPlan(0, pomodoro=Pomodoro(25, 5, 15, 2)))
    seen = [switch.on]
    for _ in range(3):
        await go_on(rig, 27)
        seen.append(switch.on)
    assert seen == [True, False, True, False]
    assert switch.told == [(True, ["stand-in"]), (False, ["stand-in"])] * 2
    assert await left_on(rig) is None


async def test_a_pause_and_the_end_let_others_be_heard(rig: Rig, switch: Switch) -> None:
    focus = rig.service.focus
    await focus.start(FocusPlan(25))
    await focus.pause()
    assert not switch.on
    await focus.resume()
    assert switch.on
    await focus.end()
    assert not switch.on


async def test_the_end_is_told_after_it_is_off(rig: Rig, switch: Switch) -> None:
    told: list[bool] = []
    tell = rig.service.notifications.tell
    rig.service.notifications.tell = lambda *what: (told.append(switch.on), tell(*what))[1]  # type: ignore[method-assign]
    await rig.service.focus.start(FocusPlan(25))
    await go_on(rig, 25.1)
    assert told == [False]


async def test_the_setting_holds_at_once(rig: Rig, switch: Switch) -> None:
    await rig.service.focus.start(FocusPlan(25))
    await rig.service.preferences.save("focus_quiet", False)
    assert not switch.on
    await rig.service.preferences.save("focus_quiet", True)
    assert switch.on


async def test_the_users_own_is_left_alone(rig: Rig, switch: Switch) -> None:
    switch.on = True
    await rig.service.focus.start(FocusPlan(25))
    await rig.service.focus.end()
    assert (switch.on, switch.told) == (True, [])


async def test_who_switches_it_off_meanwhile_has_it_off(rig: Rig, switch: Switch) -> None:
    await rig.service.focus.start(FocusPlan(25))
    switch.on = False
    await rig.service.focus.extend()
    await go_on(rig, 10)
    await rig.service.focus.end()
    assert switch.told == [(True, ["stand-in"])]
    assert await left_on(rig) is None


async def test_quitting_takes_it_back_and_a_restart_goes_on(tmp_path: Path, switch: Switch) -> None:
    clock = SettableClock(NOON)
    async with running(tmp_path, switch, clock) as rig:
        await rig.service.focus.start(FocusPlan(50))
    assert not switch.on
    clock.advance(60)
    async with running(tmp_path, switch, clock) as rig:
        assert switch.on
        assert rig.service.focus.now is not None


@pytest.mark.parametrize("minutes", [1, 60])
async def test_a_crash_leaves_nothing_on(tmp_path: Path, switch: Switch, minutes: int) -> None:
    clock = SettableClock(NOON)
    async with running(tmp_path, switch, clock) as rig:
        await rig.service.focus.start(FocusPlan(50))
        rig.service.quiet._silence = None  # this run does not come to take it back
    assert switch.on
    clock.advance(minutes * 60)
    async with running(tmp_path, switch, clock) as rig:
        assert switch.on is (minutes == 1), "it stays on for the rest of the session alone"
        if minutes == 1:
            await rig.service.focus.end()
        assert (switch.on, await left_on(rig)) == (False, None)


async def test_one_that_ends_with_the_app_is_not_remembered(tmp_path: Path) -> None:
    switch = Switch(outlives_us=False)
    async with running(tmp_path, switch) as rig:
        await rig.service.focus.start(FocusPlan(50))
        assert switch.told == [(True, None)]


async def test_a_desktop_that_does_not_answer_costs_nothing(rig: Rig, switch: Switch) -> None:
    await rig.service.focus.start(FocusPlan(25))
    switch.is_broken = True
    await rig.service.focus.end()
    assert (switch.on, await left_on(rig)) == (True, ["stand-in"])
    await rig.service.focus.start(FocusPlan(25))
    await rig.service.focus.end()
    switch.is_broken = False
    await rig.service.focus.start(FocusPlan(25))
    await rig.service.focus.end()
    assert (switch.on, await left_on(rig)) == (False, None), "what was left on is taken back with the next"
