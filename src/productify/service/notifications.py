"""Telling a person who does not look at the window, and hearing what they choose."""

import asyncio
import logging
from collections.abc import Callable

from productify.domain import Notification
from productify.notify import Notifier, NotifierUnavailableError
from productify.service.notices import Notices

_log = logging.getLogger(__name__)


class Notifications:
    """Shows notifications by the desktop's means; where it has none the window tells them instead."""

    def __init__(self, notifier: Notifier, notices: Notices) -> None:
        self._notifier = notifier
        self._notices = notices
        self._shown: set[asyncio.Task[None]] = set()

    async def show(self, notification: Notification) -> str | None:
        """Show it, wait until it went away, and return the key of the chosen action; None where none was."""
        try:
            return await self._notifier.show(notification)
        except NotifierUnavailableError as error:
            _log.info("told in the window instead: %s", error)
            self._notices.notified(notification)
            return None

    def tell(self, notification: Notification, chosen: Callable[[str], None] | None = None) -> None:
        """Show it without waiting; `chosen` is called with the key of the action, if one is chosen."""
        task = asyncio.create_task(self._telling(notification, chosen), name="notification")
        self._shown.add(task)
        task.add_done_callback(self._ended)

    async def close(self) -> None:
        """Take back what is still shown."""
        await self._notifier.close()
        for task in self._shown:
            task.cancel()
        if self._shown:
            await asyncio.wait(self._shown)

    async def _telling(self, notification: Notification, chosen: Callable[[str], None] | None) -> None:
        key = await self.show(notification)
        if key is not None and chosen is not None:
            chosen(key)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._shown.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("a notification failed", exc_info=error)
