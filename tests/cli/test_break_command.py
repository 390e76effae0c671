"""Breaks by command: a service in this process, the commands in theirs."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from commands import productify
from productify.tracker.probe import WindowSeen
from service.rig import EDITOR, NOON, Rig, recording


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    async with recording(tmp_path) as found:
        found.probe.tell(WindowSeen(EDITOR))
        await found.service.breaks.look()
        yield found


async def _ran(rig: Rig, *words: str) -> tuple[int, str, str]:
    done = await asyncio.to_thread(productify, "break", *words, data=rig.service.data_dir.root)
    return done.returncode, done.stdout, done.stderr


async def _said(rig: Rig, *words: str) -> str:
    code, out, errors = await _ran(rig, *words)
    assert (code, errors) == (0, "")
    return out


async def test_a_break_from_due_to_taken(rig: Rig) -> None:
    await rig.pass_time(20 * 60)
    assert await _said(rig) == "20m in one sitting; a break is due in 30m.\n"
    assert await _ran(rig, "snooze") == (1, "", "productify: No break is due. See: productify break status\n")
    await rig.pass_time(31 * 60)
    assert await _said(rig, "status") == "51m in one sitting; a break is due.\n"
    assert await _said(rig, "snooze") == "51m in one sitting; a break is due in 5m.\n"
    assert (await _said(rig, "start")).startswith("A break, until ")
    told = json.loads(await _said(rig, "status", "--json"))
    assert told["running"] is True
    assert datetime.fromisoformat(told["break"]["in_break_until"]) == NOON + timedelta(minutes=56)
    assert await _said(rig, "skip") == "0m in one sitting; a break is due in 50m.\n"


async def test_what_holds_it_back(rig: Rig) -> None:
    rig.probe.tell(WindowSeen(EDITOR.__class__("Player", fullscreen=True, handle=9)))
    await rig.pass_time(51 * 60)
    assert (
        await _said(rig) == "51m in one sitting; a break is due. No reminder comes while something fills the screen.\n"
    )
    await rig.service.preferences.save("break_reminders", False)
    assert await _said(rig) == "51m in one sitting; no reminder will come.\n"


def test_without_the_app(tmp_path: Path) -> None:
    assert productify("break", data=tmp_path).stdout == "Productify Pro is not running.\n"
    assert json.loads(productify("break", "--json", data=tmp_path).stdout) == {"running": False, "break": None}
    done = productify("break", "start", data=tmp_path)
    assert (done.returncode, done.stderr) == (
        1,
        "productify: Productify Pro is not running. Start it with: productify\n",
    )
    assert productify("break", "dance", data=tmp_path).returncode == 2
