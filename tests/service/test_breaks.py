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

    def __init__(self, clock: SettableClock) -> None:
        self.is_typing = False
        self.asked = 0
        self._clock = clock
        self._touched = clock.now() - timedelta(minutes=1)

    async def idle(self) -> float | None:
        self.asked += 1
        if self.is_typing:
            self._touched = self._clock.now()
        return (self._clock.now() - self._touched).total_seconds()

    async def close(self) -> None:
        """Nothing is held."""


class Stage:
    """A service with somebody at its editor."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.keyboard = Keyboard(rig.clock)
        self.breaks: Breaks = rig.service.breaks
        self.breaks.gauge = self.keyboard

    async def pass_minutes(self, minutes: float, step: float = 20.0) -> None:
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
    await stage.pass_minutes(40)
    assert len(stage.told) == 1, "nobody is nagged"


async def test_a_pause_at_the_keyboard_begins_a_sitting_anew(stage: Stage) -> None:
    await stage.pass_minutes(40)
    await stage.leave(6)
    assert stage.breaks.now.sitting == 0
    await stage.pass_minutes(49)
    assert stage.told == []


async def test_so_does_one_that_is_shorter_than_the_idle_timeout(stage: Stage) -> None:
    await stage.set("idle_timeout", 1800)
    await stage.pass_minutes(40)
    await stage.leave(6)
    await stage.pass_minutes(49)
    assert stage.told == []
    assert not [row for row in await stage.rig.rows() if row.is_afk]


async def test_so_does_a_locked_screen(stage: Stage) -> None:
    await stage.pass_minutes(40)
    stage.rig.probe.tell(Locked("screen saver"))
    await stage.pass_minutes(5.1)
    stage.rig.probe.tell(Unlocked("screen saver"))
    await stage.pass_minutes(49)
    assert stage.told == []


async def test_and_sleep_that_nobody_announced(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        rig.probe.tell(WindowSeen(EDITOR))
        machine, on = Sleeper(rig.clock), rig.service
        stage = Stage(rig)
        stage.breaks = Breaks(
            on._db, on._user_id, rig.clock, on.local_days, lambda: on.settings, on.tracking, on.notifications, machine
        )
        await stage.breaks.begin()
        await stage.breaks.look()
        await stage.pass_minutes(40)
        machine.sleep(600)
        await stage.breaks.look()
        assert stage.breaks.now.sitting == 0
        await stage.pass_minutes(3)
        machine.sleep(60)
        await stage.breaks.look()
        assert stage.breaks.now.sitting == 240, "a nap of the machine is none of its user"


async def test_a_paused_tracking_reminds_of_nothing(stage: Stage) -> None:
    await stage.pass_minutes(49)
    await stage.rig.service.tracking.pause(None)
    await stage.pass_minutes(10)
    assert (stage.told, stage.breaks.now.sitting) == ([], 0)
    await stage.rig.service.tracking.resume()
    await stage.pass_minutes(49)
    assert stage.told == []


async def test_an_incognito_one_does(stage: Stage) -> None:
    await stage.rig.service.tracking.set_incognito(True)
    await stage.pass_minutes(50.1)
    assert len(stage.told) == 1


@pytest.mark.parametrize("held", [BreakHold.CALL, BreakHold.FULL_SCREEN])
async def test_a_call_and_a_full_screen_are_left_alone(stage: Stage, held: BreakHold) -> None:
    if held is BreakHold.CALL:
        stage.rig.probe.tell(SignsSeen("sound server", frozenset({Sign(SignKind.MICROPHONE)})))
    else:
        stage.rig.probe.tell(WindowSeen(replace(EDITOR, fullscreen=True)))
    await stage.pass_minutes(70)
    now = stage.breaks.now
    assert (stage.told, now.is_due, now.held) == ([], True, held)
    stage.rig.probe.tell(SignsSeen("sound server", frozenset()))
    stage.rig.probe.tell(WindowSeen(TERMINAL))
    await stage.pass_minutes(0.1)
    assert [each.body.partition(".")[0] for each in stage.told] == ["You have been here for 70 minutes"]


async def test_focus_is_left_alone_and_the_first_minutes_after_it(stage: Stage) -> None:
    focus = stage.rig.service.focus
    await stage.pass_minutes(10)
    await focus.start(FocusPlan(50))
    await stage.pass_minutes(49.9)
    assert (stage.told, stage.breaks.now.held) == ([], BreakHold.FOCUS)
    await stage.pass_minutes(4.9)
    assert stage.told == [], "its own end was told just now"
    await stage.pass_minutes(1)
    assert len(stage.told) == 1


async def test_a_break_can_follow_a_session(stage: Stage) -> None:
    focus = stage.rig.service.focus
    await focus.start(FocusPlan(25))
    await stage.pass_minutes(25.1)
    await focus._end_for_break()
    assert focus.now is None
    assert stage.breaks.now.in_break_until == stage.rig.clock.now() + timedelta(minutes=5)


async def test_quiet_hours(stage: Stage) -> None:
    local = NOON.astimezone(stage.rig.service.local_days().zone)
    await stage.set("break_quiet_from", local.hour * 60)
    await stage.set("break_quiet_until", (local.hour + 1) % 24 * 60)
    await stage.pass_minutes(59.9)
    assert (stage.told, stage.breaks.now.held) == ([], BreakHold.QUIET_HOURS)
    await stage.pass_minutes(0.3)
    assert len(stage.told) == 1


async def test_the_end_of_a_sentence_is_waited_for(stage: Stage) -> None:
    stage.keyboard.is_typing = True
    await stage.pass_minutes(51)
    assert stage.told == []
    stage.keyboard.is_typing = False
    await stage.pass_minutes(0.1)
    assert len(stage.told) == 1


async def test_but_not_for_ever(stage: Stage) -> None:
    stage.keyboard.is_typing = True
    await stage.pass_minutes(53.1)
    assert len(stage.told) == 1


async def test_snoozing_twice_at_most(stage: Stage) -> None:
    breaks = stage.breaks
    with pytest.raises(KnownError, match="No break is due"):
        await breaks.snooze()
    await stage.pass_minutes(50)
    for left in (1, 0):
        now = await breaks.snooze()
        assert (now.snoozes_left, now.due_in, now.is_due) == (left, 300, False)
        await stage.pass_minutes(5)
    assert [key for key, _ in stage.told[-1].actions] == ["break-start", "break-skip"]
    with pytest.raises(KnownError, match="twice"):
        await breaks.snooze()
    now = await breaks.skip()
    assert (now.due_in, now.snoozes_left, now.sitting) == (3000, 2, 3600)


async def test_the_break_itself(stage: Stage) -> None:
    await stage.pass_minutes(50)
    stage.keyboard.is_typing = True
    now = await stage.breaks.start_break()
    assert (now.sitting, now.due_in, now.in_break_until) == (0, None, stage.rig.clock.now() + timedelta(minutes=5))
    await stage.pass_minutes(2)
    assert stage.breaks.now.in_break_until == stage.rig.clock.now() + timedelta(minutes=5), "nobody has left yet"
    stage.keyboard.is_typing = False
    await stage.pass_minutes(4.9)
    assert stage.breaks.now.in_break_until is not None
    await stage.pass_minutes(0.2)
    assert stage.breaks.now.in_break_until is None
    assert [(each.title, each.urgency) for each in stage.told[1:]] == [("Your break is over", Urgency.LOW)]


async def test_its_end_need_not_be_told(stage: Stage) -> None:
    await stage.set("break_over_note", False)
    await stage.breaks.start_break()
    await stage.pass_minutes(6)
    assert (stage.told, stage.breaks.now.in_break_until) == ([], None)


async def test_eyes_and_sound_are_options(stage: Stage) -> None:
    await stage.set("break_reminders", False)
    await stage.pass_minutes(60)
    assert stage.told == []
    assert stage.breaks.now.due_in is None
    await stage.set("break_sound", True)
    await stage.set("break_eyes", True)
    await stage.pass_minutes(1)
    (note,) = stage.told
    assert (note.title, note.urgency, note.seconds, note.sound) == ("Rest your eyes", Urgency.LOW, 20, True)
    assert note.actions == (("break-skip", "Skip"),)


async def test_a_restart_forgets_nothing(tmp_path: Path) -> None:
    clock = SettableClock(NOON)
    async with recording(tmp_path, clock) as rig:
        rig.probe.tell(WindowSeen(EDITOR))
        stage = Stage(rig)
        await stage.breaks.look()
        await stage.pass_minutes(50)
        await stage.breaks.snooze()
        await stage.pass_minutes(2)
    clock.advance(60)
    async with recording(tmp_path, clock) as rig:
        rig.probe.tell(WindowSeen(EDITOR))
        stage = Stage(rig)
        await stage.breaks.look()
        now = stage.breaks.now
        assert (now.sitting, now.due_in, now.snoozes_left) == (53 * MINUTE, 120, 1)
    clock.advance(600)
    async with recording(tmp_path, clock) as rig:
        rig.probe.tell(WindowSeen(EDITOR))
        assert rig.service.breaks.now.sitting == 0, "ten minutes that nobody saw are a break"


async def test_nothing_wakes_up_while_nothing_is_due(stage: Stage) -> None:
    breaks = stage.breaks
    assert breaks._patience() == 3000
    await stage.pass_minutes(20)
    assert stage.keyboard.asked == 0
    assert breaks._patience() == 1800
    await stage.set("break_reminders", False)
    assert breaks._patience() is None


async def test_the_running_app_reminds_by_itself(stage: Stage) -> None:
    stage.rig.clock.advance(51 * MINUTE)
    stage.breaks.wake()
    await until(lambda: stage.told, "the reminder")
