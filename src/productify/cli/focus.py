"""Focus from the command line: by the running app, which alone runs sessions."""

import argparse
import asyncio
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from productify.cli import plain
from productify.cli.rooms import Run
from productify.control import ask
from productify.errors import KnownError
from productify.paths import DataDir

_LOOKED_EVERY = 2.0
_NONE = "No focus session runs."


async def focus(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    """Do what a verb says."""
    return await _VERBS.get(chosen.verb, _steer)(data_dir, chosen)


async def _start(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    wanted = {name: getattr(chosen, name) for name in ("minutes", "title", "project", "lists", "pomodoro", "strict")}
    return _say(_asked(data_dir, "start", **wanted))


async def _steer(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    return _say(_asked(data_dir, chosen.verb, minutes=getattr(chosen, "minutes", None)))


async def _status(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    answer = ask(data_dir.control, "focus", verb="status")
    session = await _stored(data_dir) if answer is None else answer["session"]
    if session is None:
        return plain.show(chosen, {"running": answer is not None, "session": None}, lambda _value: _NONE)
    value = {"running": answer is not None, "session": session}
    return plain.show(chosen, value, lambda _value: plain.focus(session, is_running=answer is not None))


async def _release(data_dir: DataDir, _chosen: argparse.Namespace) -> int:
    answer = ask(data_dir.control, "focus", verb="release")
    if answer is None:
        from productify.cli.session import opened

        async with opened(data_dir) as service:
            lifted, goes_on = await service.focus.release(), service.focus.now is not None
    else:
        lifted, goes_on = answer["lifted"], answer["session"] is not None
    said = "Nothing was left to lift." if not lifted else f"{lifted} {'block' if lifted == 1 else 'blocks'} lifted."
    print(f"{said} A session goes on." if goes_on else said)
    return 0


async def _hold(data_dir: DataDir, _chosen: argparse.Namespace) -> int:
    """Start the app again whenever it is gone, until no strict session is left."""
    while True:
        if not _is_there(data_dir):
            if not await _is_locked(data_dir):
                return 0
            command = [sys.executable, "-m", "productify_ui", "--minimized", "--data-dir", str(data_dir.root)]
            app = await asyncio.create_subprocess_exec(*command, start_new_session=True, stdin=subprocess.DEVNULL)
            await app.wait()
        await asyncio.sleep(_LOOKED_EVERY)


def _is_there(data_dir: DataDir) -> bool:
    try:
        return ask(data_dir.control, "focus", verb="status") is not None
    except KnownError:  # it is busy, so it is there
        return True


async def _is_locked(data_dir: DataDir) -> bool:
    session = await _stored(data_dir)
    return session is not None and session["strict"] and session["left_seconds"] > 0


async def _stored(data_dir: DataDir) -> dict[str, Any] | None:
    from productify.cli.session import opened
    from productify.service.focusing.remote import now_dict

    async with opened(data_dir) as service:
        now = await service.focus.stored()
        return None if now is None else now_dict(now)


def _asked(data_dir: DataDir, verb: str, **arguments: Any) -> dict[str, Any]:
    answer = ask(data_dir.control, "focus", verb=verb, **arguments)
    if answer is None:
        raise KnownError("Productify Pro is not running.", "Start it with: productify")
    return answer


def _say(answer: dict[str, Any]) -> int:
    print(plain.focus_ended(answer["ended"]) if "ended" in answer else plain.focus(answer["session"], is_running=True))
    return 0


_VERBS: Mapping[str, Run] = {"start": _start, "status": _status, "release": _release, "hold": _hold}
COMMANDS: dict[str, Run] = {"focus": focus}
