"""Minimising and activating windows on Windows."""

import sys
from typing import Self

from productify.domain import Capability, Health
from productify.tracker.backends.win32 import Win32
from productify.tracker.hands import KEY, TITLE
from productify.tracker.probe import Environment


class WindowsHands:
    """Asks user32, whose libraries are loaded when they are needed first."""

    def __init__(self) -> None:
        self._win32: Win32 | None = None

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether this is Windows."""
        return 50 if sys.platform == "win32" else 0

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one."""
        return cls()

    async def iconify(self, handle: int) -> bool:
        """Minimise a window."""
        return self._loaded().minimize(handle)

    async def activate(self, handle: int) -> bool:
        """Bring a window to the front, as far as Windows lets the app."""
        return self._loaded().activate(handle)

    async def close(self) -> None:
        """Do nothing."""

    def capability(self) -> Capability:
        """Return that it works, and how far that is proved."""
        return Capability(KEY, TITLE, Health.WORKS, "Windows", "Proved under wine only.")

    def _loaded(self) -> Win32:
        if self._win32 is None:
            self._win32 = Win32()
        return self._win32
