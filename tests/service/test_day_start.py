"""Another day start: the past is cut anew in the background, the running activity with it, and no second changes."""

import asyncio
import json
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from productify.clock import LocalDays, SettableClock
from productify.domain import Activity
from productify.service import Service
from productify.store import activities
from productify.store.database import Database
from service.rig import EDITOR, TERMINAL, Rig, everything, reading, recording, until

HOUR = 3600.0
NIGHT = datetime(2026, 11, 18, 1).astimezone()
"""One o'clock on the wall of the machine's zone."""


async def _nights(rig: Rig) -> None:
    """Work from one to six in two nights."""
    for _ in range(2):
        await rig.show(EDITOR, 2 * HOUR)
        await rig.show(TERMINAL, 3 * HOUR)
        await rig.service.tracking.pause(None)
        await rig.pass_time(19 * HOUR)
        await rig.service.tracking.resume()


async def _is_cut_for(service: Service, hour: int) -> bool:
    """Return whether every row lies on the day it would be recorded on, and within it."""
    days = service.local_days()
    assert days.day_start.hour == hour
    return all(
        row.local_day == days.day_of(row.start) == days.day_of(row.end - timedelta(milliseconds=1))
        for row in await everything(service)
    )


def _agrees(before: list[Activity], after: list[Activity]) -> None:
    """Check that the same time is there, by name, without overlap."""
    assert all(one.end <= other.start for one, other in pairwise(after))
    for name in {row.app_name for row in before}:
        assert sum(row.seconds for row in after if row.app_name == name) == sum(
            row.seconds for row in before if row.app_name == name
        )


async def test_the_past_and_its_sums_follow(tmp_path: Path) -> None:
    async with recording(tmp_path, SettableClock(NIGHT)) as rig:
        await _nights(rig)
        before = await rig.rows()
        assert (await rig.service.reports.totals(date(2026, 11, 17), date(2026, 11, 17))).active == 3 * HOUR * 1000
        await rig.service.preferences.save("day_start", 120)
        await until(lambda: _is_cut_for(rig.service, 2), "the past")
        _agrees(before, await rig.rows())
        assert (await rig.service.reports.totals(date(2026, 11, 17), date(2026, 11, 17))).active == HOUR * 1000
        assert (await rig.service.reports.totals(date(2026, 11, 17), date(2026, 11, 20))).active == 10 * HOUR * 1000
        assert await rig.service.upkeep.check() == []


async def test_the_running_activity_is_cut_and_grows_on(tmp_path: Path) -> None:
    """It began before the new border and goes on after it; nothing may still extend its first piece."""
    async with recording(tmp_path, SettableClock(NIGHT)) as rig:
        await rig.show(EDITOR, 2 * HOUR)
        await rig.service.preferences.save("day_start", 120)
        await rig.pass_time(600)
        await until(lambda: _is_cut_for(rig.service, 2), "the past")
        await rig.pass_time(600)
        running = (await rig.service.tracking.status()).running
        rows = await rig.rows()
    assert [(row.app_name, row.seconds) for row in rows] == [("Editor", HOUR), ("Editor", HOUR + 1200)]
    assert running is not None
    assert (running.activity.id, running.since) == (rows[1].id, rows[0].start)


async def test_to_and_fro_while_it_still_moves(tmp_path: Path) -> None:
    async with recording(tmp_path, SettableClock(NIGHT)) as rig:
        await _nights(rig)
        await rig.show(EDITOR, 2 * HOUR)
        before = await rig.rows()
        for minutes in (120, 180, 0, 720, 300):
            await rig.service.preferences.save("day_start", minutes)
        await until(lambda: _is_cut_for(rig.service, 5), "the past")
        _agrees(before, await rig.rows())
        assert await rig.service.upkeep.check() == []


async def test_an_interrupted_move_is_made_up_for_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_arguments: object) -> int:
        return await asyncio.get_running_loop().create_future()

    clock = SettableClock(NIGHT)
    async with recording(tmp_path, clock) as rig:
        await _nights(rig)
        before = await rig.rows()
        with monkeypatch.context() as interrupted:
            interrupted.setattr(activities, "move_days", never)
            await rig.service.preferences.save("day_start", 120)
            assert not await _is_cut_for(rig.service, 2)
    async with recording(tmp_path, clock) as rig:
        await until(lambda: _is_cut_for(rig.service, 2), "the past")
        _agrees(before, await rig.rows())


async def test_what_has_been_moved_is_not_looked_through_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moves: list[int] = []
    move = activities.move_days

    async def counted(db: Database, user_id: str, days: LocalDays) -> int:
        moves.append(days.day_start.hour)
        return await move(db, user_id, days)

    monkeypatch.setattr(activities, "move_days", counted)
    clock = SettableClock(NIGHT)
    async with recording(tmp_path, clock) as rig:
        await _nights(rig)
        await rig.service.preferences.save("day_start", 120)
        await until(lambda: _is_cut_for(rig.service, 2), "the past")
        await rig.service.preferences.save("day_start", 60)
        await until(lambda: _is_cut_for(rig.service, 1), "the past, again")
    async with recording(tmp_path, clock) as rig:
        await rig.show(EDITOR, 10)
        await until(lambda: rig.heard.states, "the service to be at work")
    assert moves == [2, 1]


async def test_a_change_from_elsewhere_waits_for_the_recorder(tmp_path: Path) -> None:
    clock = SettableClock(NIGHT)
    async with recording(tmp_path, clock) as rig:
        await _nights(rig)
    async with reading(tmp_path, clock) as reader:
        await reader.preferences.save("day_start", 120)
    async with recording(tmp_path, clock) as rig:
        await until(lambda: _is_cut_for(rig.service, 2), "the past")


async def test_what_was_read_from_a_file_a_moment_ago_stays(tmp_path: Path) -> None:
    """It lies between rows that the tracker may still change, but is none of the tracker's."""
    async with recording(tmp_path, SettableClock(NIGHT)) as rig:
        await rig.show(EDITOR, 600)
        await rig.service.preferences.save("tracking_enabled", False)
        await rig.pass_time(600)
        await rig.service.preferences.save("tracking_enabled", True)
        await rig.show(TERMINAL, 300)
        watched = {"timestamp": (NIGHT + timedelta(seconds=600)).isoformat(), "duration": 600.0}
        bucket = {"type": "currentwindow", "events": [{**watched, "data": {"app": "Browser", "title": "news"}}]}
        (tmp_path / "watched.json").write_text(json.dumps({"buckets": {"window": bucket}}))
        assert await rig.service.transfer.read(tmp_path / "watched.json") == 1
        await rig.service.preferences.save("day_start", 0)
        await until(lambda: _is_cut_for(rig.service, 0), "the past")
        await rig.pass_time(60)
        seconds = [(row.app_name, row.seconds) for row in await rig.rows()]
    assert seconds == [("Editor", 600), ("Browser", 600), ("XTerm", 360)]
