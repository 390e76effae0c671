"""The tracker with scripted probes and a real store."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, time, timedelta
from itertools import pairwise

import pytest

from productify.candidates import Candidate
from productify.clock import LocalDays, SettableClock
from productify.domain import Mode, Rule, State
from productify.settings import Settings
from productify.store import activities
from productify.tracker.backends.scripted import Scripted
from productify.tracker.choose import KINDS, Kind
from productify.tracker.probe import (
    LOCK_REQUEST,
    InputBack,
    InputStopped,
    Locked,
    SessionEnding,
    Slept,
    Window,
    WindowSeen,
    WindowUnknown,
    Woke,
)
from productify.tracker.tracker import Tracker

from .conftest import Store, until
from .world import NOON

EDITOR = Window("Editor", "editor", "a.py", wm_class=("editor", "Editor"), handle=1)
TERMINAL = Window("XTerm", "debian-xterm", "shell", wm_class=("xterm", "XTerm"), handle=2)
FIREFOX = Window("Firefox", "firefox", "Inbox", wm_class=("Navigator", "firefox"), handle=3)


class OneProbe(Kind):
    """A kind that is always watched by the probe of a test."""

    probe: Scripted

    def __new__(cls, probe: Scripted):
        kind = super().__new__(cls)
        object.__setattr__(kind, "probe", probe)
        return kind

    def __init__(self, probe: Scripted) -> None:
        super().__init__("scripted", (), lambda _now: (WindowUnknown(),))

    async def start(self, environment, clock, listener):
        await self.probe.start(listener)
        return self.probe, False


@dataclass
class Rig:
    """A tracker that runs, its probe, its clock and what it told."""

    tracker: Tracker
    probe: Scripted
    clock: SettableClock
    store: Store
    told: list[str | None] = field(default_factory=list)

    async def pass_time(self, seconds: float) -> None:
        """Let time pass in beats."""
        left = seconds
        while left > 0:
            self.clock.advance(min(left, 4.8))
            left -= 4.8
            await self.tracker.flush()

    async def brief(self):
        """Bring everything to the store and return (name, from, to) of every row."""
        await self.tracker.flush()
        return await self.store.brief()


@asynccontextmanager
async def running(
    store: Store, *, settings: Settings | None = None, rules: tuple[Rule, ...] = (), clock: SettableClock | None = None
) -> AsyncIterator[Rig]:
    """Run a tracker with a scripted probe until the block ends, then end it orderly."""
    clock = clock or SettableClock(NOON)
    probe = Scripted()
    rig: Rig | None = None

    def tell() -> None:
        if rig is not None:
            now = rig.tracker.running
            rig.told.append(now.activity.app_name if now else None)

    tracker = Tracker(
        store.db, store.user_id, clock, settings or Settings(), rules, tell, probes=[OneProbe(probe)], zone=lambda: UTC
    )
    rig = Rig(tracker, probe, clock, store)
    task = asyncio.create_task(tracker.run())
    await probe.started.wait()
    try:
        yield rig
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_windows_become_classified_rows(store):
    async with running(store) as rig:
        rig.probe.tell(WindowSeen(TERMINAL))
        await rig.pass_time(60)
        rig.probe.tell(WindowSeen(EDITOR))
        await rig.pass_time(30)
    terminal, editor = await store.rows()
    assert (terminal.app_name, terminal.category, terminal.classified_by) == ("XTerm", "development", "catalogue")
    assert (terminal.window_title, terminal.app_id, terminal.seconds) == ("shell", "debian-xterm", 60)
    assert (editor.category, editor.productivity, editor.classified_by, editor.seconds) == (None, None, None, 30)


async def test_the_end_is_written_when_tracking_is_cancelled(store):
    async with running(store) as rig:
        rig.probe.tell(WindowSeen(EDITOR))
        rig.clock.advance(2.5)
    assert await store.brief() == [("Editor", 0, 2.5)]


async def test_the_bare_desktop_is_the_systems_time(store):
    async with running(store) as rig:
        rig.probe.tell(WindowSeen(None))
        await rig.pass_time(10)
    (row,) = await store.rows()
    assert (row.app_name, row.cause, row.window_title) == ("system", State.SYSTEM, None)


async def test_flickering_titles_are_one_row(store):
    async with running(store) as rig:
        for count in range(30):
            rig.probe.tell(WindowSeen(replace(FIREFOX, title=f"({count}) Inbox")))
            await rig.pass_time(2)
    assert await store.brief() == [("Firefox", 0, 60)]


async def test_idle_trims_to_the_last_input_and_keeps_the_gap(store):
    async with running(store) as rig:
        rig.probe.tell(WindowSeen(EDITOR))
        await rig.pass_time(90)
        rig.probe.tell(InputStopped(NOON + timedelta(seconds=30)))
        await rig.pass_time(300)
        rig.probe.tell(InputBack(rig.clock.now()))
        await rig.pass_time(10)
    assert await store.brief() == [("Editor", 0, 30), ("away", 30, 390), ("Editor", 390, 400)]


async def test_pause_resume_and_their_mode(store):
    async with running(store) as rig:
        rig.probe.tell(WindowSeen(EDITOR))
        await rig.pass_time(10)
        until = rig.clock.now() + timedelta(minutes=15)
        await rig.tracker.pause(until)
        assert (rig.tracker.mode, rig.tracker.paused_until) == (Mode.PAUSED, until)
        await rig.pass_time(20)
        await rig.tracker.resume()
        assert (rig.tracker.mode, rig.tracker.paused_until) == (Mode.TRACKING, None)
        await rig.pass_time(10)
    assert await store.brief() == [("Editor", 0, 10), ("paused", 10, 30), ("Editor", 30, 40)]


async def test_a_pause_set_before_it_runs_holds(store):
    clock = SettableClock(NOON)
    tracker = Tracker(store.db, store.user_id, clock, Settings(), (), lambda: None, probes=[], zone=lambda: UTC)
    await tracker.pause(NOON + timedelta(hours=1))
    assert tracker.mode is Mode.PAUSED
    task = asyncio.create_task(tracker.run())
    await asyncio.sleep(0)
    clock.advance(60)
    await tracker.flush()
    task.cancel()
    await asyncio.wait([task])
    assert await store.brief() == [("paused", 0, 60)]


async def test_incognito_hides_names_from_then_on(store):
    async with running(store) as rig:
        rig.probe.tell(WindowSeen(EDITOR))
        await rig.pass_time(10)
        await rig.tracker.set_incognito(True)
        assert rig.tracker.mode is Mode.INCOGNITO
        rig.probe.tell(WindowSeen(TERMINAL))
        await rig.pass_time(10)
        await rig.tracker.set_incognito(False)
        await rig.pass_time(10)
    rows = await store.rows()
    assert [(row.app_name, row.cause, row.window_title) for row in rows] == [
        ("Editor", None, "a.py"),
        ("private", State.PRIVATE, None),
        ("XTerm", None, "shell"),
    ]


async def test_an_exclusion_holds_from_the_moment_it_is_made(store):
    async with running(store) as rig:
        rig.probe.tell(WindowSeen(EDITOR))
        await rig.pass_time(10)
        await rig.tracker.apply(Settings().with_value("excluded_apps", ["edit*"]), ())
        await rig.pass_time(10)
    assert await store.brief() == [("Editor", 0, 10), ("private", 10, 20)]


async def test_a_new_rule_judges_what_runs_from_its_start(store):
    async with running(store) as rig:
        rig.probe.tell(WindowSeen(EDITOR))
        await rig.pass_time(10)
        await rig.tracker.apply(Settings(), (Rule("r", "editor", None, "writing", 2),))
        await rig.pass_time(10)
    (row,) = await store.rows()
    assert (row.category, row.classified_by, row.seconds) == ("writing", "rule", 20)


async def test_what_the_user_said_survives_the_stretch(store):
    async with running(store) as rig:
        rig.probe.tell(WindowSeen(TERMINAL))
        await rig.pass_time(10)
        await rig.tracker.flush()
        async with rig.tracker.held():
            (row,) = await store.rows()
            said = replace(row, category="games", productivity=-2, classified_by="user")
            async with store.db.write() as session:
                await activities.record(session, store.user_id, [said])
        await rig.tracker.apply(Settings(), ())
        rig.probe.tell(WindowSeen(TERMINAL))
        await rig.pass_time(10)
    (row,) = await store.rows()
    assert (row.category, row.classified_by, row.seconds) == ("games", "user", 20)


async def test_switched_off_in_the_settings_records_nothing(store):
    off = Settings().with_value("tracking_enabled", False)
    async with running(store, settings=off) as rig:
        assert rig.tracker.mode is Mode.OFF
        rig.probe.tell(WindowSeen(EDITOR))
        await rig.pass_time(10)
        await rig.tracker.apply(Settings(), ())
        await rig.pass_time(10)
    assert await store.brief() == [("Editor", 10, 20)]


async def test_log_out_closes_the_row_on_disk_before_it_goes_on(store):
    async with running(store) as rig:
        rig.probe.tell(WindowSeen(EDITOR))
        rig.clock.advance(10)
        rig.probe.tell(SessionEnding())
        await rig.probe.recorded()
        assert await store.brief() == [("Editor", 0, 10)]
        rig.clock.advance(10)
    assert await store.brief() == [("Editor", 0, 10)]


async def test_sleep_is_on_disk_before_the_machine_sleeps(store):
    async with running(store) as rig:
        rig.probe.tell(WindowSeen(EDITOR))
        rig.clock.advance(10)
        rig.probe.tell(Slept())
        await rig.probe.recorded()
        assert await store.brief() == [("Editor", 0, 10)]
        rig.clock.jump(3600)
        rig.probe.tell(Woke())
        await rig.pass_time(10)
    assert await store.brief() == [("Editor", 0, 10), ("asleep", 10, 3610), ("Editor", 3610, 3620)]


async def test_a_lock_that_was_only_asked_for_ends_with_the_next_window(store):
    async with running(store) as rig:
        rig.probe.tell(WindowSeen(EDITOR))
        await rig.pass_time(10)
        rig.probe.tell(Locked(LOCK_REQUEST))
        await rig.pass_time(10)
        rig.probe.tell(WindowSeen(replace(EDITOR, title="b.py")))
        await rig.pass_time(10)
        rig.probe.tell(WindowSeen(TERMINAL))
        await rig.pass_time(10)
    assert await store.brief() == [("Editor", 0, 10), ("locked", 10, 30), ("XTerm", 30, 40)]


async def test_a_probe_that_breaks_is_chosen_again_and_nothing_is_made_up_meanwhile(store):
    async with running(store) as rig:
        rig.probe.tell(WindowSeen(EDITOR))
        await rig.pass_time(10)
        rig.probe.break_off()
        await until(lambda: rig.tracker.running is None)
        await rig.pass_time(10)
        await rig.probe.started.wait()
        assert rig.probe.starts == 2
        rig.probe.tell(WindowSeen(TERMINAL))
        await rig.pass_time(10)
    assert await store.brief() == [("Editor", 0, 10), ("XTerm", 20, 30)]


async def test_a_clock_set_back_into_an_earlier_run_records_nothing_twice(store):
    clock = SettableClock(NOON)
    async with running(store, clock=clock) as rig:
        rig.probe.tell(WindowSeen(EDITOR))
        await rig.pass_time(90)
    async with running(store, clock=clock) as rig:
        rig.probe.tell(WindowSeen(TERMINAL))
        clock.jump(-60)
        await rig.tracker.flush()
        await until(lambda: rig.tracker._spans.asks_since is None)
        await rig.pass_time(90)
    assert await store.brief() == [("Editor", 0, 90), ("XTerm", 90, 120)]


async def test_who_listens_is_told_of_another_activity_and_not_of_growth(store):
    async with running(store) as rig:
        rig.probe.tell(WindowSeen(EDITOR))
        await rig.pass_time(20)
        rig.probe.tell(WindowSeen(TERMINAL))
        await rig.tracker.pause(None)
        assert rig.told == ["Editor", "XTerm", "paused"]


async def test_a_new_day_start_agrees_with_the_store_that_was_moved(store):
    async with running(store) as rig:
        rig.probe.tell(WindowSeen(EDITOR))
        await rig.pass_time(1800)
        settings = Settings().with_value("day_start", 720)
        await activities.move_days(store.db, store.user_id, LocalDays(UTC, time(12)))
        await rig.tracker.apply(settings, ())
        await rig.pass_time(10)
        rig.probe.tell(WindowSeen(TERMINAL))
        later = Settings().with_value("day_start", 12 * 60 - 660)
        await activities.move_days(store.db, store.user_id, LocalDays(UTC, time(1)))
        await rig.tracker.apply(later, ())
        await rig.pass_time(10)
    rows = await store.rows()
    assert all(one.end <= other.start for one, other in pairwise(rows))
    assert sum(row.seconds for row in rows) == 1820


@pytest.mark.logs
async def test_what_cannot_be_written_waits_and_nothing_is_lost(store, caplog):
    """Another program holds the database for longer than the writer waits; recording goes on and catches up."""
    async with running(store) as rig:
        async with store.db.write() as session:
            await session.connection()
        await _set_patience(store, 50)
        rig.probe.tell(WindowSeen(EDITOR))
        await rig.pass_time(10)
        blocker = sqlite3.connect(str(store.db.writer.url.database), isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        rig.probe.tell(WindowSeen(TERMINAL))
        await rig.pass_time(10)
        rig.probe.tell(WindowSeen(EDITOR))
        await rig.pass_time(10)
        assert rig.tracker.problem is not None
        assert "busy" in rig.tracker.problem
        assert (await store.brief())[-1][0] == "Editor"
        blocker.execute("ROLLBACK")
        blocker.close()
        await rig.pass_time(1)
        assert rig.tracker.problem is None
        assert await rig.brief() == [("Editor", 0, 10), ("XTerm", 10, 20), ("Editor", 20, 31)]
    assert [record.message for record in caplog.records if "record" in record.message] == [
        "recording waits: The database is busy. Another program holds it; try again in a moment.",
        "recording goes on",
    ]


async def _set_patience(store: Store, milliseconds: int) -> None:
    async with store.db.writer.connect() as connection:
        raw = await connection.get_raw_connection()
        async with raw.driver_connection.execute(f"PRAGMA busy_timeout={milliseconds}"):
            return


async def test_nothing_in_reach_says_so(store):
    """Without any desktop the tracker runs, records nothing and says why."""
    bare = [
        replace(
            kind,
            candidates=(
                Candidate("no.such.module", "Nothing"),
                *[each for each in kind.candidates if "null" in each.module],
            ),
        )
        for kind in KINDS
    ]
    clock = SettableClock(NOON)
    tracker = Tracker(store.db, store.user_id, clock, Settings(), (), lambda: None, probes=bare, zone=lambda: UTC)
    task = asyncio.create_task(tracker.run())
    kinds = {"window", "idle", "sleep", "lock", "presence"}
    await until(lambda: {each.key for each in tracker.capabilities()} >= kinds)
    assert tracker.problem == "No desktop answers. Log in to a desktop session."
    clock.advance(100)
    await tracker.flush()
    task.cancel()
    await asyncio.wait([task])
    assert await store.brief() == []
