"""The command that records."""

import argparse
import asyncio
import signal
from contextlib import suppress

from productify.cli.display import require_display
from productify.cli.rooms import Run
from productify.paths import DataDir
from productify.service import Notices, Service


async def track(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    """Record until asked to stop; what was recorded is flushed before this returns."""
    require_display()
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, ended.set)
    service = await Service.open(data_dir, record=True, notices=Notices(quit=ended.set))
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(chosen.seconds):
                await ended.wait()
    finally:
        await service.close()
    return 0


COMMANDS: dict[str, Run] = {"track": track}
