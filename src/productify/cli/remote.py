"""Commands to the running app. What the store would be needed for is asked of the app, which has it open."""

import argparse
from typing import Any

from productify.cli import plain
from productify.cli.rooms import Run
from productify.control import ask
from productify.errors import KnownError
from productify.paths import DataDir

_SAID = {
    "tracking": "Recording.",
    "paused": "Paused.",
    "incognito": "Incognito: time is counted as private.",
    "off": "Recording is switched off in the settings.",
}


async def pause(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    """Pause the running app for some minutes, until tomorrow or until resumed."""
    return _say(_asked(data_dir, "pause", minutes=chosen.minutes))


async def resume(data_dir: DataDir, _chosen: argparse.Namespace) -> int:
    """End a pause; incognito stays as it is."""
    return _say(_asked(data_dir, "resume"))


async def incognito(data_dir: DataDir, _chosen: argparse.Namespace) -> int:
    """Switch incognito on or off."""
    state = _asked(data_dir, "incognito")
    print("Incognito is on: time is counted as private." if state["incognito"] else "Incognito is off.")
    return 0


async def end(data_dir: DataDir, _chosen: argparse.Namespace) -> int:
    """End the running app."""
    _asked(data_dir, "quit")
    return 0


async def status(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    """Say what is being recorded, from the running app where there is one, and the sums of a day."""
    answer = ask(data_dir.control, "status")
    state = answer
    if state is None or chosen.day or chosen.first or chosen.last:
        from productify.cli import reading

        state = await reading.stored_status(data_dir, chosen, answer)
    return plain.show(chosen, {**state, "recording": answer is not None}, plain.status)


async def doctor(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    """Say what can be tracked on this desktop, from the running app where there is one."""
    answer = ask(data_dir.control, "doctor")
    if answer is None:
        from productify.service.doctor import examine

        answer = {"capabilities": await examine()}
    return plain.show(chosen, answer["capabilities"], plain.doctor)


def _asked(data_dir: DataDir, command: str, **arguments: Any) -> dict[str, Any]:
    answer = ask(data_dir.control, command, **arguments)
    if answer is None:
        raise KnownError("Productify Pro is not running.", "Start it with: productify")
    return answer


def _say(state: dict[str, Any]) -> int:
    until = state["paused_until"]
    print(plain.paused(until) if until else _SAID[state["mode"]])
    return 0


COMMANDS: dict[str, Run] = {
    "pause": pause,
    "resume": resume,
    "incognito": incognito,
    "quit": end,
    "status": status,
    "doctor": doctor,
}
