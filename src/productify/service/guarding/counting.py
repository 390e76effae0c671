"""Counting of blocked visits, beside the guard: showing the overlay never waits for the store."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from productify.errors import KnownError

_log = logging.getLogger(__name__)
NAMELESS = "Private"
"""What is written down of a visit of which nothing may be."""


class Counting:
    """Counts one visit after the other by `attempted`."""

    def __init__(self, attempted: Callable[[str, bool, str], Awaitable[int]]) -> None:
        self._attempted = attempted
        self._waiting: asyncio.Queue[tuple[str, bool, str, Callable[[int], None]]] = asyncio.Queue()

    def add(self, name: str, is_site: bool, list_name: str, counted: Callable[[int], None]) -> None:
        """Count a visit soon; `counted` is told how often the same was blocked before."""
        self._waiting.put_nowait((name, is_site, list_name, counted))

    async def settled(self) -> None:
        """Return when all visits so far are counted."""
        await self._waiting.join()

    async def run(self) -> None:
        """Count until cancelled."""
        while True:
            name, is_site, list_name, counted = await self._waiting.get()
            try:
                counted(await self._attempted(name, is_site, list_name))
            except KnownError as error:
                _log.warning("a blocked visit is not counted: %s", error)
            finally:
                self._waiting.task_done()
