"""Whatever happens to clock, machine and process: a block is in the ledger, and it ends when it should."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from productify.clock import SettableClock
from productify.domain import FocusPlan, FocusState, Pomodoro
from productify.errors import KnownError
from productify.focus.reckoning import Reading
from productify.service.focusing import Focusing
from service.focus_stage import ledger, over, shipped
from service.rig import NOON, Rig, recording

STEPS = 80


class Machine:
    """A machine that sleeps, reboots, and whose wall clock is set; `real` is the time that truly passed."""

    def __init__(self, clock: SettableClock) -> None:
        self.real = 0.0
        self._clock = clock
        self._boot, self._begun = 0, 0.0

    def wake(self, seconds: float) -> None:
        self._clock.advance(seconds)
        self.real += seconds

    def sleep(self, seconds: float) -> None:
        self._clock.jump(seconds)
        self.real += seconds

    def reboot(self, seconds: float) -> None:
        self.sleep(seconds)
        self._boot, self._begun = self._boot + 1, self.real

    def read(self) -> Reading:
        return Reading(self._clock.now(), f"boot {self._boot}", self.real - self._begun)


async def _restarted(rig: Rig, machine: Machine) -> Focusing:
    focus = over(rig, machine)
    await focus.begin()
    return focus


async def _is_sound(rig: Rig, focus: Focusing) -> None:
    standing = [left for how, left in await ledger(rig) if how == "stands"]
    if focus.blocking():
        assert len(standing) == 1
        assert focus.now is not None
        assert focus.now.state is FocusState.ACTIVE
        assert focus.now.phase_left > 0
    async with rig.service._db.read() as session:
        open_ones = await session.execute(text("SELECT count(*) FROM focus_sessions WHERE ended_at IS NULL"))
    assert open_ones.scalar_one() == (focus.now is not None)


@pytest.mark.parametrize("seed", range(4))
async def test_no_order_of_events_leaves_a_block_behind(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    async with recording(tmp_path) as rig:
        machine = Machine(rig.clock)
        focus = await _restarted(rig, machine)
        lists = ((await shipped(focus)).id,)
        for _ in range(STEPS):
            event = random.choice(["start", "pause", "resume", "extend", "end", "wake", "wake", "sleep", "set", "kill"])
            plan = FocusPlan(random.randint(1, 60), lists=lists, strict=random.random() < 0.3)
            plan = replace(plan, pomodoro=Pomodoro(2, 1, 3, 2)) if random.random() < 0.3 else plan
            with suppress(KnownError):
                if event == "start":
                    await focus.start(plan)
                elif event in ("pause", "resume", "extend", "end"):
                    await getattr(focus, event)()
            if event == "wake":
                machine.wake(random.uniform(1, 900))
            elif event == "sleep":
                machine.sleep(random.uniform(1, 4000))
            elif event == "set":
                rig.clock.jump(random.uniform(-1e6, 1e6))
            elif event == "kill":
                machine.sleep(random.uniform(1, 300))
                focus = await _restarted(rig, machine)
            await focus.look()
            await _is_sound(rig, focus)
        machine.wake(25 * 3600)
        await focus.look()
        assert not focus.blocking()
        assert await focus.release() == 0
        assert not [how for how, _ in await ledger(rig) if how == "stands"], "the end itself lifts, without being asked"


@pytest.mark.parametrize(
    ("set_by", "left"),
    [(0, 20), (-20 * 60, 40), (-30 * 24 * 3600, 40), (10 * 60, 10), (30 * 24 * 3600, None)],
)
async def test_over_a_reboot_the_wall_decides_and_gives_no_more_than_was_left(
    tmp_path: Path, set_by: float, left: int | None
) -> None:
    async with recording(tmp_path) as rig:
        machine = Machine(rig.clock)
        focus = await _restarted(rig, machine)
        await focus.start(FocusPlan(50, lists=((await shipped(focus)).id,), strict=True))
        machine.wake(10 * 60)
        await focus.look()
        machine.reboot(20 * 60)
        rig.clock.jump(set_by)
        focus = await _restarted(rig, machine)
        now = focus.now
        assert (None if now is None else now.left) == (None if left is None else left * 60)
        assert bool(focus.blocking()) is (left is not None)
        machine.wake((left or 0) * 60 + 1)
        await focus.look()
        assert not focus.blocking()


async def test_the_emergency_outlasts_reboots_and_a_clock_that_is_set(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        machine = Machine(rig.clock)
        focus = await _restarted(rig, machine)
        await focus.start(FocusPlan(50, strict=True))
        await focus.emergency_end()
        await focus.start(FocusPlan(700, strict=True))
        rig.clock.jump(timedelta(days=30).total_seconds())
        machine.wake(700)
        await focus.look()  # the app is running: what is left of the wait is written with the new wall
        machine.reboot(60)
        focus = await _restarted(rig, machine)
        with pytest.raises(KnownError, match="Strict mode"):
            await focus.emergency_end()
        assert focus.now is not None
        assert focus.now.emergency_at is not None
        wait = focus.now.emergency_at - rig.clock.now()
        assert abs(wait - timedelta(days=7) + timedelta(seconds=760)) < timedelta(seconds=1)


async def test_a_block_ends_even_where_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The full disk is made up: what the database says then is the same KnownError."""
    async with recording(tmp_path, SettableClock(NOON)) as rig:
        focus = rig.service.focus
        await focus.start(FocusPlan(50, lists=((await shipped(focus)).id,), strict=True))

        def refuse() -> None:
            raise KnownError("The disk is full.", "Free some space.")

        with monkeypatch.context() as full:
            full.setattr(type(rig.service._db), "write", lambda _self: refuse())
            rig.clock.advance(49 * 60)
            with pytest.raises(KnownError):
                await focus.look()
            assert focus.blocking()
            rig.clock.advance(61)
            assert not focus.blocking()
        assert (await focus.end()).state is FocusState.COMPLETED
