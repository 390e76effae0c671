"""Focus from the command line: by the running app, which alone runs sessions."""

import argparse
import os
from collections.abc import Mapping
from typing import Any

from productify.cli import plain
from productify.cli.hold import hold
from productify.cli.rooms import Run
from productify.control import ask
from productify.errors import KnownError
from productify.paths import DataDir

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
            await service.quiet.take_back(os.environ)
    else:
        lifted, goes_on = answer["lifted"], answer["session"] is not None
    said = "Nothing was left to lift." if not lifted else f"{lifted} {'block' if lifted == 1 else 'blocks'} lifted."
    print(f"{said} A session goes on." if goes_on else said)
    return 0


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


_VERBS: Mapping[str, Run] = {"start": _start, "status": _status, "release": _release, "hold": hold}
COMMANDS: dict[str, Run] = {"focus": focus}
