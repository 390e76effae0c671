"""The windows in view on Windows."""

import asyncio
import sys
from typing import Self

from productify.domain import Capability, Health, Rect
from productify.tracker.backends.win32 import Win32
from productify.tracker.backends.windows import named
from productify.tracker.probe import Environment
from productify.tracker.sight import KEY, TITLE, InView


class WindowsSight:
    """Asks for the list of all windows."""

    def __init__(self) -> None:
        self._win32: Win32 | None = None

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether this is Windows."""
        return 50 if sys.platform == "win32" else 0

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one; there is but one desktop."""
        return cls()

    async def windows(self) -> tuple[InView, ...] | None:
        """Return every window in view."""
        return await asyncio.to_thread(self._look)

    async def close(self) -> None:
        """Do nothing: no connection is kept."""

    def capability(self) -> Capability:
        """Return that it works."""
        return Capability(KEY, TITLE, Health.WORKS, "Windows")

    def _look(self) -> tuple[InView, ...]:
        self._win32 = self._win32 or Win32()
        return tuple(InView(named(each.front), Rect(*each.place), each.owned) for each in self._win32.visible())
