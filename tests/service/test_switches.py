"""Pause, incognito and settings: obeyed at once, remembered after a restart."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from productify.clock import SettableClock
from productify.domain import Mode, State
from productify.errors import KnownError, UsageError
from productify.tracker.probe import InputBack, InputStopped
from service.rig import EDITOR, NOON, TERMINAL, reading, recording, until


async def test_a_pause_survives_a_restart_and_ends_by_itself(tmp_path: Path) -> None:
    clock = SettableClock(NOON)
    end = NOON + timedelta(minutes=30)
    async with recording(tmp_path, clock) as rig:
        await rig.show(EDITOR, 60)
        await rig.service.tracking.pause(end)
        await rig.pass_time(60)
    async with recording(tmp_path, clock) as rig:
        status = await rig.service.tracking.status()
        assert (status.mode, status.paused_until) == (Mode.PAUSED, end)
        await rig.show(TERMINAL, 1800)
        status = await rig.service.tracking.status()
        assert (status.mode, status.paused_until) == (Mode.TRACKING, None)
        assert await rig.brief() == [
            ("Editor", 0, 60),
            ("paused", 60, 120),
            ("paused", 120, 1800),
            ("XTerm", 1800, 1920),
        ]


async def test_a_pause_without_end_lasts_until_resumed(tmp_path: Path) -> None:
    clock = SettableClock(NOON)
    async with recording(tmp_path, clock) as rig:
        await rig.service.tracking.pause(None)
    clock.advance(40 * 86400)
    async with recording(tmp_path, clock) as rig:
        assert (await rig.service.tracking.status()).mode is Mode.PAUSED
        await rig.service.tracking.resume()
    async with recording(tmp_path, clock) as rig:
        assert (await rig.service.tracking.status()).mode is Mode.TRACKING


async def test_a_pause_that_ended_meanwhile_is_over(tmp_path: Path) -> None:
    clock = SettableClock(NOON)
    async with recording(tmp_path, clock) as rig:
        await rig.service.tracking.pause_for(15)
    clock.advance(16 * 60)
    async with recording(tmp_path, clock) as rig:
        assert (await rig.service.tracking.status()).mode is Mode.TRACKING
    clock.jump(-10 * 60)
    async with recording(tmp_path, clock) as rig:
        assert (await rig.service.tracking.status()).mode is Mode.TRACKING, "it was forgotten, not only skipped"


@pytest.mark.parametrize(("wall", "days"), [("2026-11-19T14:00", 1), ("2026-11-20T01:30", 0)])
async def test_until_tomorrow_is_the_next_day_start(tmp_path: Path, wall: str, days: int) -> None:
    now = datetime.fromisoformat(wall).astimezone(UTC)
    async with recording(tmp_path, SettableClock(now)) as rig:
        await rig.service.tracking.pause_until_tomorrow()
        end = (await rig.service.tracking.status()).paused_until
    four = datetime.fromisoformat(f"{wall[:10]}T04:00") + timedelta(days=days)
    assert end == four.astimezone(UTC)


async def test_incognito_survives_a_restart(tmp_path: Path) -> None:
    clock = SettableClock(NOON)
    async with recording(tmp_path, clock) as rig:
        await rig.show(EDITOR, 10)
        await rig.service.tracking.set_incognito(True)
        await rig.pass_time(10)
    async with recording(tmp_path, clock) as rig:
        assert (await rig.service.tracking.status()).mode is Mode.INCOGNITO
        await rig.show(TERMINAL, 10)
        rows = await rig.rows()
    assert [(row.app_name, row.window_title, row.cause) for row in rows] == [
        ("Editor", "a.py", None),
        ("private", None, State.PRIVATE),
        ("private", None, State.PRIVATE),
    ]


async def test_settings_reach_the_tracker_at_once(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(EDITOR, 10)
        await rig.service.preferences.save("excluded_apps", ["Editor"])
        await rig.pass_time(10)
        await rig.service.preferences.save("excluded_apps", [])
        await rig.service.preferences.save("idle_timeout", 60)
        rig.probe.tell(InputStopped(rig.clock.now()))
        await rig.pass_time(90)
        rig.probe.tell(InputBack(rig.clock.now()))
        await rig.service.preferences.save("tracking_enabled", False)
        await rig.pass_time(10)
        await rig.service.preferences.save("tracking_enabled", True)
        await rig.pass_time(10)
        assert await rig.brief() == [("Editor", 0, 10), ("private", 10, 20), ("away", 20, 110), ("Editor", 120, 130)]
    async with reading(tmp_path) as reader:
        assert (await reader.preferences.load()).number("idle_timeout") == 60


async def test_changes_at_the_same_moment_all_hold(tmp_path: Path) -> None:
    wanted = {"idle_timeout": 120, "theme": "light", "track_titles": False, "excluded_words": ("secret",)}
    async with recording(tmp_path) as rig:
        save = rig.service.preferences.save
        await asyncio.gather(*(save(key, value) for key, value in wanted.items()))
        stored = await rig.service.preferences.load()
        for key, value in wanted.items():
            assert stored.get(key) == rig.service.settings.get(key) == value


async def test_what_does_not_fit_or_cannot_take_effect_is_not_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config").write_text("a file where a folder should be")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    async with recording(tmp_path / "data") as rig:
        with pytest.raises(UsageError):
            await rig.service.preferences.save("idle_timeout", 5)
        with pytest.raises(KnownError, match="cannot be changed"):
            await rig.service.preferences.save("start_on_boot", True)
        assert rig.service.settings.flag("start_on_boot") is False
        assert (await rig.service.preferences.load()).flag("start_on_boot") is False


async def test_who_listens_hears_of_every_change(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(EDITOR, 10)
        await until(lambda: any("running" in tables for tables in rig.heard.changed), "the running activity")
        await until(lambda: rig.heard.states and rig.heard.states[-1].running, "the state")
        assert rig.heard.states[-1].running.activity.app_name == "Editor"
        await rig.service.tracking.pause(None)
        assert rig.heard.states[-1].mode is Mode.PAUSED


async def test_a_correction_holds_for_the_activity_that_runs(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(TERMINAL, 10)
        (row,) = await rig.rows()
        await rig.service.editing.reclassify(row.id, "games", -2)
        await rig.pass_time(10)
        (row,) = await rig.rows()
    assert (row.category, row.productivity, row.classified_by, row.seconds) == ("games", -2, "user", 20)
