"""The windows that the guard moves: the blocked one away, the last allowed one back."""

import asyncio
import os

from productify.service.guarding.holding import Held
from productify.tracker.hands import WindowControl, hands_for
from productify.tracker.probe import Window
from productify.tracker.tracker import Tracker

_PATIENCE, _LOOKED_EVERY = 0.3, 0.02
_REMEMBERED = 8


class Moving:
    """Remembers what there is to go back to. `hands` are the desktop's own, found when they are needed first."""

    def __init__(self) -> None:
        self.hands: WindowControl | None = None
        self._allowed: list[Window] = []

    @property
    def back_to(self) -> str | None:
        """The app that was allowed in front last."""
        return self._allowed[-1].app_name if self._allowed else None

    def remember(self, window: Window) -> None:
        """Hear that an allowed window is in front."""
        self.forget(window)
        self._allowed = [*self._allowed, window][-_REMEMBERED:]

    def forget(self, window: Window) -> None:
        """Let it be nothing to go back to: what it showed before was allowed, but is no longer in it."""
        self._allowed = [each for each in self._allowed if each.handle != window.handle]

    async def put_away(self, held: Held) -> None:
        """Minimise a blocked window."""
        held.iconify_at = None
        await self._at_hand().iconify(held.window.handle)

    async def bring(self, held: Held) -> None:
        """Bring a window back that is let through."""
        held.iconify_at = None
        await self._at_hand().activate(held.window.handle)

    async def go_back(self, tracker: Tracker) -> None:
        """Bring the last allowed window that is still there, and wait a little until it is in front."""
        for window in reversed(self._allowed):
            if await self._at_hand().activate(window.handle):
                await _came(tracker, window.handle)
                return

    async def close(self) -> None:
        """Let go of the desktop."""
        if self.hands is not None:
            await self.hands.close()

    def _at_hand(self) -> WindowControl:
        if self.hands is None:
            self.hands = hands_for(os.environ)
        return self.hands


async def _came(tracker: Tracker, handle: int) -> None:
    for _ in range(round(_PATIENCE / _LOOKED_EVERY)):
        front = tracker.fronted()
        if front is not None and front.window.handle == handle:
            return
        await asyncio.sleep(_LOOKED_EVERY)
