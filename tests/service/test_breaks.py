"""Reminders of breaks over a real service, with a clock, a desktop and a keyboard that the test moves."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from productify.clock import SettableClock
from productify.domain import BreakHold, FocusPlan, Notification, Urgency
from productify.errors import KnownError
from productify.service.breaks import Breaks
from productify.tracker.probe import (
    InputBack,
    InputStopped,
    Locked,
    Sign,
    SignKind,
    SignsSeen,
    Unlocked,
    WindowSeen,
)
from service.focus_stage import Sleeper
from service.rig import EDITOR, NOON, TERMINAL, Rig, recording, until

MINUTE = 60.0


class Keyboard:
    """The gauge that the service asks, on which the test types; it counts how often it was asked."""

    def __init__(self) -> None:
        self.seconds: float | None = 60.0
        self.asked = 0

    async def idle(self) -> float | None:
        self.asked += 1
        return self.seconds

    async def close(self) -> None:
        """Nothing is held."""


class Stage:
    """A service with somebody at its editor."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.keyboard = Keyboard()
        self.breaks: Breaks = rig.service.breaks
        self.breaks.gauge = self.keyboard

    async def pass_minutes(self, minutes: float, step: float = 5.0) -> None:
        """Let time pass in steps, as the running app sees it."""
        left = minutes * MINUTE
        while left > 0:
            await self.rig.pass_time(min(step, left))
            left -= step
            await self.rig.service.focus.look()
            await self.breaks.look()
            await asyncio.sleep(0)  # what is told is told by tasks of its own

    async def leave(self, minutes: float) -> None:
        """Touch nothing for some time, and come back."""
        left_at = self.rig.clock.now()
        await self.pass_minutes(1)
        self.rig.probe.tell(InputStopped(left_at))
        await self.pass_minutes(minutes - 1)
        self.rig.probe.tell(InputBack(self.rig.clock.now()))
        await self.breaks.look()

    async def set(self, key: str, value: object) -> None:
        await self.rig.service.preferences.save(key, value)

    @property
    def told(self) -> list[Notification]:
        return [each for each in self.rig.heard.notified if each.key.startswith("break")]


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with recording(tmp_path) as rig:
        rig.probe.tell(WindowSeen(EDITOR))
        stage = Stage(rig)
        await stage.breaks.look()
        yield stage


async def test_a_sitting_of_fifty_minutes_is_told(stage: Stage) -> None:
    await stage.pass_minutes(49.9)
    assert stage.told == []
    assert stage.breaks.now.due_in == pytest.approx(6)
    await stage.pass_minutes(0.2)
    (note,) = stage.told
    assert (note.title, note.body) == (
        "Time for a break",
        "You have been here for 50 minutes. 5 minutes away would do you good.",
    )
    assert [key for key, _ in note.actions] == ["break-start", "break-snooze", "break-skip"]
    assert (note.urgency, note.sound) == (Urgency.NORMAL, False)
    assert stage.breaks.now.is_due
    await stage.pass_minutes(40, 30)
    assert len(stage.told) == 1, "nobody is nagged"
