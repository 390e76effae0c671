"""Hiding and activating apps on macOS, through PyObjC (the extra `macos`): the tracker tells apps there, not windows.

No Mac tests this project: everything here is tested by contract, against fakes of Apple's modules.
"""

import logging
import sys
from importlib import import_module
from typing import Any, Self

from productify.domain import Capability, Health
from productify.tracker.hands import KEY, TITLE
from productify.tracker.probe import Environment

_log = logging.getLogger(__name__)
_IGNORING_OTHER_APPS = 2


class MacHands:
    """Hides an app instead of minimising its windows."""

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether this is macOS."""
        return 50 if sys.platform == "darwin" else 0

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one."""
        return cls()

    async def iconify(self, handle: int) -> bool:
        """Hide an app."""
        app = self._app(handle)
        return app is not None and bool(app.hide())

    async def activate(self, handle: int) -> bool:
        """Bring an app to the front."""
        app = self._app(handle)
        if app is None:
            return False
        app.unhide()
        return bool(app.activateWithOptions_(_IGNORING_OTHER_APPS))

    async def close(self) -> None:
        """Do nothing."""

    def capability(self) -> Capability:
        """Return that it works, and how far that is proved."""
        return Capability(KEY, TITLE, Health.WORKS, "macOS", "Tested against fakes of macOS only.")

    def _app(self, pid: int) -> Any:
        try:
            running = import_module("AppKit").NSRunningApplication
        except ImportError as error:
            _log.info("no app can be hidden: %s", error)
            return None
        return running.runningApplicationWithProcessIdentifier_(pid)
