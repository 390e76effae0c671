"""Focus sessions by command: a service in this process, the commands in theirs."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from commands import productify
from productify.clock import SettableClock, SystemClock
from productify.domain import BlockList, FocusState
from service.focus_stage import go_on
from service.rig import NOON, Rig, recording


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    async with recording(tmp_path) as found:
        yield found


async def _ran(rig: Rig, *words: str) -> tuple[int, str, str]:
    done = await asyncio.to_thread(productify, "focus", *words, data=rig.service.data_dir.root)
    return done.returncode, done.stdout, done.stderr


async def _said(rig: Rig, *words: str) -> str:
    code, out, errors = await _ran(rig, *words)
    assert (code, errors) == (0, "")
    return out


async def test_a_session_from_start_to_stop(rig: Rig) -> None:
    focus = rig.service.focus
    assert await _said(rig, "status") == "No focus session runs.\n"
    out = await _said(rig, "start", "--minutes", "90", "--title", "Checkpoints", "--project", "Atlas")
    assert out.startswith("Checkpoints: Focus, 1h 30m left; ends ")
    assert focus.now is not None
    assert [each.name for each in focus.blocking()] == ["Deep work"]
    await go_on(rig, 10)
    assert (await _said(rig, "pause")).startswith("Checkpoints: paused, 1h 20m left.")
    assert focus.now.state is FocusState.PAUSED
    assert (await _said(rig, "resume")).startswith("Checkpoints: Focus")
    assert "1h 30m left" in await _said(rig, "extend", "10")
    told = json.loads(await _said(rig, "status", "--json"))
    assert told["running"] is True
    session = told["session"]
    assert (session["title"], session["project"], session["state"]) == ("Checkpoints", "Atlas", "active")
    assert (session["left_seconds"], session["planned_minutes"], session["strict"]) == (90 * 60, 90, False)
    assert datetime.fromisoformat(session["ends_at"]) == NOON + timedelta(minutes=100)
    assert await _said(rig, "stop") == "Checkpoints: ended early after 10m of focus.\n"
    code, _out, errors = await _ran(rig, "stop")
    assert (code, errors) == (1, "productify: No focus session runs. Start one with: productify focus start\n")


async def test_which_lists_are_blocked(rig: Rig) -> None:
    focus = rig.service.focus
    await focus.lists()
    await focus.save_list(BlockList("", "Mail and chat"))
    await _said(rig, "start", "--list", "deep work", "mail and chat")
    assert [each.name for each in focus.blocking()] == ["Deep work", "Mail and chat"]
    assert focus.now is not None
    assert focus.now.plan.minutes == 50, "as the settings say"
    await _said(rig, "stop")
    await _said(rig, "start", "--no-block")
    assert focus.blocking() == ()
    await _said(rig, "stop")
    await _said(rig, "start")
    assert focus.blocking() == (), "as the time before"
    await _said(rig, "stop")
    code, _out, errors = await _ran(rig, "start", "--list", "Nonsense")
    assert code == 1
    assert "There are: Deep work, Mail and chat." in errors


async def test_strict_and_its_emergency(rig: Rig) -> None:
    out = await _said(rig, "start", "--strict", "--pomodoro")
    assert "Focus 1 of 4, 25m left" in out
    assert "Strict mode." in out
    code, _out, errors = await _ran(rig, "stop")
    assert (code, "this session ends at" in errors, "productify focus emergency" in errors) == (1, True, True)
    assert await _said(rig, "release") == "Nothing was left to lift. A session goes on.\n"
    assert "ended early" in await _said(rig, "emergency")


async def test_without_the_app(tmp_path: Path) -> None:
    async with recording(tmp_path, SettableClock(SystemClock().now())) as rig:
        await _said(rig, "start", "--minutes", "600", "--strict")
    done = await asyncio.to_thread(productify, "focus", "stop", data=tmp_path)
    assert (done.returncode, done.stderr) == (
        1,
        "productify: Productify Pro is not running. Start it with: productify\n",
    )
    done = await asyncio.to_thread(productify, "focus", "status", "--json", data=tmp_path)
    told = json.loads(done.stdout)
    assert (told["running"], told["session"]["strict"]) == (False, True)
    assert 590 * 60 < told["session"]["left_seconds"] <= 600 * 60
    done = await asyncio.to_thread(productify, "focus", "status", data=tmp_path)
    assert "The app is not running; it goes on with it when it starts." in done.stdout


async def test_release_without_the_app_in_a_new_folder(tmp_path: Path) -> None:
    done = await asyncio.to_thread(productify, "focus", "release", data=tmp_path)
    assert (done.returncode, done.stdout) == (0, "Nothing was left to lift.\n")
    done = await asyncio.to_thread(productify, "focus", "status", data=tmp_path)
    assert (done.returncode, done.stdout) == (0, "No focus session runs.\n")


@pytest.mark.parametrize("words", [["start", "--minutes", "0"], ["start", "--minutes", "721"], ["nonsense"], []])
def test_wrong_words(tmp_path: Path, words: list[str]) -> None:
    assert productify("focus", *words, data=tmp_path).returncode == 2
