"""Commands while an app records: a service in this process, the commands in theirs."""

import asyncio
import json
import sys
from datetime import datetime
from pathlib import Path

from commands import environment, productify
from productify.domain import Mode
from service.rig import EDITOR, NOON, Rig, recording

STORE = ("sqlalchemy", "aiosqlite", "productify.store", "productify.service")
RUN_AND_LIST = """
import sys
from productify_ui.__main__ import main
code = main(sys.argv[1:])
print(*[name for name in sys.modules if name.startswith({store!r})], sep="\\n", file=sys.stderr)
sys.exit(code)
"""


async def _said(rig: Rig, *arguments: str) -> str:
    done = await asyncio.to_thread(productify, *arguments, data=rig.service.data_dir.root)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


async def test_pause_resume_incognito_and_quit(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        tracker = rig.service.tracking.tracker
        assert tracker is not None
        assert (await _said(rig, "pause", "15")).startswith("Paused until ")
        assert tracker.paused_until is not None
        assert (tracker.paused_until - NOON).total_seconds() == 900
        assert await _said(rig, "pause") == "Paused.\n"
        assert (await _said(rig, "pause", "tomorrow")).endswith(" 04:00.\n")
        assert await _said(rig, "resume") == "Recording.\n"
        assert (await _said(rig, "incognito")).startswith("Incognito is on")
        assert tracker.mode is Mode.INCOGNITO
        assert await _said(rig, "incognito") == "Incognito is off.\n"
        assert await _said(rig, "quit") == ""
        assert rig.heard.ended == 1


async def test_status_is_the_apps_own(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(EDITOR, 90)
        status = json.loads(await _said(rig, "status", "--json"))
        assert (status["recording"], status["mode"]) == (True, "tracking")
        assert status["running"]["app_name"] == "Editor"
        assert datetime.fromisoformat(status["running"]["since"]) == NOON
        assert status["today"]["active_seconds"] == 90
        other_day = json.loads(await _said(rig, "status", "--json", "--day", "2020-01-01"))
        assert other_day["today"]["active_seconds"] == 0
        assert other_day["running"]["app_name"] == "Editor"
        text = await _said(rig, "status")
        assert "Recording" in text
        assert "Editor: a.py, since" in text


async def test_what_only_asks_the_app_does_not_load_the_store(tmp_path: Path) -> None:
    """It takes five times as long with it."""
    async with recording(tmp_path):
        for words in (["pause", "5"], ["resume"], ["incognito"], ["status"], ["doctor"], ["quit"]):
            assert await _loaded(*words, data=tmp_path) == (0, [])
    for words, code in ((["--version"], 0), (["-h"], 0), (["pause", "soon"], 2), (["nonsense"], 2)):
        assert await _loaded(*words, data=tmp_path) == (code, [])
    _code, loaded = await _loaded("summary", data=tmp_path)
    assert "productify.store" in loaded, "else this test would notice nothing"


async def _loaded(*words: str, data: Path) -> tuple[int | None, list[str]]:
    """Run a command and return its exit code and which modules of the store it has loaded."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", RUN_AND_LIST.format(store=STORE), *words, env=environment(data),
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _out, errors = await process.communicate()
    return process.returncode, [line for line in errors.decode().splitlines() if line.startswith(STORE)]
