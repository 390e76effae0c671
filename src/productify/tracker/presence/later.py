"""Looking again soon after something changed: once for many changes, and never twice at the same time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from productify.errors import UnavailableError

_log = logging.getLogger(__name__)
_TOGETHER = 0.2


class Later:
    """Runs `look` soon after `soon` was called; `name` says in the log what could not be asked."""

    def __init__(self, look: Callable[[], Awaitable[None]], name: str) -> None:
        self._look = look
        self._name = name
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    def soon(self, seconds: float = _TOGETHER) -> None:
        """Look within `seconds`."""
        loop = asyncio.get_running_loop()
        if self._timer is not None:
            if self._timer.when() <= loop.time() + seconds:
                return
            self._timer.cancel()
        self._timer = loop.call_later(seconds, self._begin)

    async def stop(self) -> None:
        """Look no more, and wait until a look that has begun has ended."""
        if self._timer is not None:
            self._timer.cancel()
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    def _begin(self) -> None:
        self._timer = None
        if self._task is not None and not self._task.done():
            self.soon()
        else:
            self._task = asyncio.create_task(self._run(), name=self._name)

    async def _run(self) -> None:
        try:
            await self._look()
        except UnavailableError as error:
            _log.debug("%s could not be asked: %s", self._name, error)
