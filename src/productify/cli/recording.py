"""Commands that record, or speak to the app that does."""

import argparse
import asyncio
import signal
from collections.abc import Callable, Coroutine
from typing import Any

from productify.cli.display import require_display
from productify.control import ask
from productify.errors import KnownError
from productify.paths import DataDir
from productify.service import Notices, Service

Run = Callable[[DataDir, argparse.Namespace], Coroutine[Any, Any, int]]
_SAID = {
    "tracking": "Recording.",
    "paused": "Paused.",
    "incognito": "Incognito: time is counted as private.",
    "off": "Recording is switched off in the settings.",
}


async def track(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    """Record until asked to stop; what was recorded is flushed before this returns."""
    require_display()
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, ended.set)
    service = await Service.open(data_dir, record=True, notices=Notices(quit=ended.set))
    try:
        async with asyncio.timeout(chosen.seconds):
            await ended.wait()
    except TimeoutError:
        pass
    finally:
        await service.close()
    return 0


async def pause(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    """Pause the running app for some minutes, until tomorrow or until resumed."""
    return _say(_asked(data_dir, "pause", minutes=chosen.minutes))


async def resume(data_dir: DataDir, _chosen: argparse.Namespace) -> int:
    """End a pause and incognito."""
    return _say(_asked(data_dir, "resume"))


async def incognito(data_dir: DataDir, _chosen: argparse.Namespace) -> int:
    """Switch incognito on or off."""
    return _say(_asked(data_dir, "incognito"))


async def end(data_dir: DataDir, _chosen: argparse.Namespace) -> int:
    """End the running app."""
    _asked(data_dir, "quit")
    return 0


def _asked(data_dir: DataDir, command: str, **arguments: Any) -> dict[str, Any]:
    answer = ask(data_dir.control, command, **arguments)
    if answer is None:
        raise KnownError("Productify Pro is not running.", "Start it with: productify")
    return answer


def _say(status: dict[str, Any]) -> int:
    until = status.get("paused_until")
    print(f"Paused until {until[11:16]}." if until else _SAID[status["mode"]])
    return 0


COMMANDS: dict[str, Run] = {"track": track, "pause": pause, "resume": resume, "incognito": incognito, "quit": end}
