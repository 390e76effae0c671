"""What other processes ask of the running app, over the real control line."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from productify.control import ask
from productify.errors import KnownError
from service.rig import EDITOR, NOON, Rig, recording


async def _mode(rig: Rig) -> str:
    return (await rig.ask("status") or {})["mode"]


async def test_status_tells_what_runs_and_todays_sums(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(EDITOR, 90)
        status = await rig.ask("status") or {}
    assert set(status) == {"mode", "paused_until", "incognito", "running", "today", "tracking_since", "problem"}
    assert status["mode"] == "tracking"
    assert status["running"]["app_name"] == "Editor"
    assert datetime.fromisoformat(status["running"]["since"]) == NOON
    assert datetime.fromisoformat(status["tracking_since"]) == NOON
    assert status["today"]["active_seconds"] == 90


async def test_pause_and_resume(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        answer = await rig.ask("pause", minutes=15) or {}
        assert datetime.fromisoformat(answer["paused_until"]) == NOON + timedelta(minutes=15)
        answer = await rig.ask("pause", minutes=None) or {}
        assert (answer["mode"], answer["paused_until"]) == ("paused", None)
        answer = await rig.ask("pause", minutes="tomorrow") or {}
        tomorrow = datetime.fromisoformat(answer["paused_until"]).astimezone()
        assert (tomorrow.hour, tomorrow.minute) == (4, 0)
        assert (await rig.ask("resume") or {})["mode"] == "tracking"


async def test_incognito_is_switched_to_and_fro_also_in_a_pause(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        assert (await rig.ask("incognito") or {})["incognito"] is True
        assert await _mode(rig) == "incognito"
        await rig.ask("pause", minutes=15)
        assert (await rig.ask("incognito") or {})["incognito"] is False
        assert (await rig.ask("incognito") or {})["incognito"] is True
        assert await _mode(rig) == "paused"
        assert (await rig.ask("status") or {})["incognito"] is True
        await rig.ask("resume")
        assert await _mode(rig) == "incognito", "resume ends the pause alone"
        assert (await rig.ask("incognito") or {})["incognito"] is False
        assert await _mode(rig) == "tracking"


async def test_doctor_tells_what_its_probes_see(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        capabilities = (await rig.ask("doctor") or {})["capabilities"]
    assert {"key": "scripted", "title": "Scripted events", "health": "works", "backend": "script"}.items() <= (
        capabilities[1].items()
    )


async def test_show_needs_a_window(tmp_path: Path) -> None:
    async with recording(tmp_path / "bare") as rig:
        with pytest.raises(KnownError, match="without a window"):
            await rig.ask("show")
        assert rig.heard.shown == 0
    async with recording(tmp_path / "windowed", has_window=True) as rig:
        assert await rig.ask("show") == {}
        assert rig.heard.shown == 1


async def test_quit_is_passed_on(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        assert await rig.ask("quit") == {}
        assert rig.heard.ended == 1
    assert ask(tmp_path / "control.json", "quit") is None


async def test_an_unknown_command_is_said_to_be_one(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        with pytest.raises(KnownError, match="does not know that command"):
            await rig.ask("dance")


@pytest.mark.logs
async def test_a_bug_in_a_command_is_logged_and_answered(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with recording(tmp_path) as rig:
        with pytest.raises(KnownError, match="failed at this"):
            await rig.ask("pause", minutes="a while")
    assert [record.exc_info for record in caplog.records if record.message == "the command pause failed"] != []
