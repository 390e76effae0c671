"""Tasks that run for as long as the service lives."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from productify.errors import KnownError

_log = logging.getLogger(__name__)
_CANCEL_SECONDS = 6.0
"""Longer than the database waits for another program: what has begun to be written is written."""

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 300.0
_HEALTHY_SECONDS = 60.0


class Supervisor:
    """Keeps tasks going until it is stopped: one that fails is started again, ever more slowly while it goes on."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, name: str, run: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Start a task; what it raises is logged, a bug with its traceback."""
        self._tasks.append(asyncio.create_task(_restarting(name, run), name=name))

    async def stop(self) -> None:
        """Cancel every task and wait until they have ended, at most six seconds."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            _done, hanging = await asyncio.wait(self._tasks, timeout=_CANCEL_SECONDS)
            for task in hanging:
                _log.warning("%s did not stop within %s s", task.get_name(), _CANCEL_SECONDS)
        self._tasks.clear()


async def _restarting(name: str, run: Callable[[], Coroutine[Any, Any, None]]) -> None:
    loop = asyncio.get_running_loop()
    pause = _FIRST_PAUSE
    while True:
        began = loop.time()
        try:
            return await run()
        except KnownError as error:
            _log.warning("%s waits: %s", name, error)
        except Exception:
            _log.exception("%s failed", name)
        if loop.time() - began > _HEALTHY_SECONDS:
            pause = _FIRST_PAUSE
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)
