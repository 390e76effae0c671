"""Says that something does not work to a person who does not see the window, which would show it."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from productify.domain import Notification, Urgency
from productify.service.notices import Notices
from productify.service.notifications import Notifications

_LASTING = 10.0
"""Seconds that a problem must last: a desktop that restarts is back sooner."""

_OPEN = "default"


_ANSWERS = ((_OPEN, "Open Productify Pro"),)
CANNOT_RECORD = Notification("Productify Pro cannot record", "", _ANSWERS, Urgency.CRITICAL, key="problem")
CANNOT_CAPTURE = Notification("Screenshots have stopped", "", _ANSWERS, key="capture problem")


class Problems:
    """Follows `problem`, and tells each once as `said`, with the problem for its body."""

    def __init__(
        self,
        problem: Callable[[], str | None],
        notifications: Notifications,
        notices: Notices,
        lasting: float = _LASTING,
        said: Notification = CANNOT_RECORD,
    ) -> None:
        self._problem = problem
        self._notifications = notifications
        self._notices = notices
        self._lasting = lasting
        self._said = said
        self._changed = asyncio.Event()

    def look(self) -> None:
        """Take note that there may be another problem, or none any more."""
        self._changed.set()

    async def run(self) -> None:
        """Tell of problems until cancelled."""
        told: str | None = None
        while True:
            await self._changed.wait()
            self._changed.clear()
            problem = self._problem()
            if problem is None:
                told = None
            elif told is None:
                await asyncio.sleep(self._lasting)
                told = self._problem()
                if told is not None and not self._notices.is_seen():
                    self._notifications.tell(replace(self._said, body=told), self._chosen)

    def _chosen(self, key: str) -> None:
        if key == _OPEN:
            self._notices.show()
