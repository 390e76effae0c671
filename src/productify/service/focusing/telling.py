"""Telling with buttons, and doing what is chosen there."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from productify.domain import Notification
from productify.errors import KnownError
from productify.service.notifications import Notifications

_log = logging.getLogger(__name__)


class Telling:
    """Shows notifications whose buttons do something."""

    def __init__(self, notifications: Notifications) -> None:
        self._notifications = notifications
        self._doing: set[asyncio.Task[None]] = set()

    def tell(self, notification: Notification, does: Mapping[str, Callable[[], Awaitable[object]]]) -> None:
        """Show it; `does` is what the choice of an action brings about."""

        def chosen(key: str) -> None:
            if key in does:
                task = asyncio.create_task(_done(does[key]), name=f"do {key}")
                self._doing.add(task)
                task.add_done_callback(self._doing.discard)

        self._notifications.tell(notification, chosen)

    async def close(self) -> None:
        """Wait until what was begun is done."""
        if self._doing:
            await asyncio.wait(self._doing)


async def _done(does: Callable[[], Awaitable[object]]) -> None:
    try:
        await does()
    except KnownError as error:  # time went on meanwhile, and the button is of what was before
        _log.info("a choice came too late: %s", error)
    except Exception:
        _log.exception("a choice in a notification failed")
