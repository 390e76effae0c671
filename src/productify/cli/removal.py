"""Taking away what the app has put on the system, outside of its own folder and of the user's data."""

import argparse
import asyncio
import os
import shutil
import sys
from pathlib import Path

from productify.cli.hold import strict_session_left
from productify.cli.rooms import Run
from productify.control import ask
from productify.errors import KnownError
from productify.paths import DataDir

_PATIENCE = 15.0
_LOOK_EVERY = 0.1


async def remove(data_dir: DataDir, _chosen: argparse.Namespace) -> int:
    """End the app, and take away every entry and extension that it made; data stay. Refused in a strict session."""
    if await strict_session_left(data_dir):
        raise KnownError("A strict session runs.", "See when it ends with: productify focus status")
    if ask(data_dir.control, "quit") is not None:
        await _gone(data_dir)
    from productify.cli.session import opened
    from productify.service.focusing import restart_unit

    async with opened(data_dir) as service:
        await service.focus.release()
        await service.quiet.take_back(os.environ)
        await service.preferences.save("start_on_boot", False)
    if restart_unit.is_there(data_dir.root):
        await asyncio.to_thread(restart_unit.remove)
    for folder in _extensions(data_dir):
        shutil.rmtree(folder, ignore_errors=True)
    print(f"Taken away. Your data stay in {data_dir.root}: delete that folder if you want none of them.")
    print("In browsers remove the extension yourself; what it blocks ends on its own time in any case.")
    return 0


async def _gone(data_dir: DataDir) -> None:
    try:
        async with asyncio.timeout(_PATIENCE):
            while data_dir.control.exists():  # noqa: ASYNC110 - what ends tells no one
                await asyncio.sleep(_LOOK_EVERY)
    except TimeoutError:
        raise KnownError("The app does not end.", "End it from its tray, and try again.") from None


def _extensions(data_dir: DataDir) -> list[Path]:
    from productify.tracker.gnome_extension import place

    return [data_dir.browser_extension, *([place(os.environ)] if sys.platform == "linux" else [])]


COMMANDS: dict[str, Run] = {"remove": remove}
