"""The windows in view on macOS, through PyObjC (the extra `macos`); tested by contract, against a fake of Quartz.

Titles are told only where the user allows the app to record the screen, which pictures need anyway.
"""

import asyncio
import logging
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Self

from productify.domain import Capability, Health, Rect
from productify.tracker.probe import Environment, Window
from productify.tracker.sight import KEY, TITLE, InView

_log = logging.getLogger(__name__)
_ON_SCREEN_ONLY, _NO_WINDOW = 1, 0
_APPS_LAYER = 0


class MacSight:
    """Asks the window server for all windows on the screen."""

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether this is macOS."""
        return 50 if sys.platform == "darwin" else 0

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one; there is but one desktop."""
        return cls()

    async def windows(self) -> tuple[InView, ...] | None:
        """Return every window in view; None where the window server does not tell, or titles are withheld."""
        return await asyncio.to_thread(_look)

    async def close(self) -> None:
        """Do nothing: no connection is kept."""

    def capability(self) -> Capability:
        """Return that it works, and how far that is proved."""
        detail = "Needs the permission to record the screen. Tested against fakes of macOS only."
        return Capability(KEY, TITLE, Health.WORKS, "macOS window server", detail)


def _look() -> tuple[InView, ...] | None:
    try:
        quartz = import_module("Quartz")
        apps = import_module("AppKit").NSRunningApplication
    except ImportError as error:
        _log.debug("macOS does not tell windows: %s", error)
        return None
    if not quartz.CGPreflightScreenCaptureAccess():
        return None  # without titles nobody knows which windows are private
    told = quartz.CGWindowListCopyWindowInfo(_ON_SCREEN_ONLY, _NO_WINDOW)
    return None if told is None else tuple(_in_view(each, apps) for each in told)


def _in_view(known: Mapping[str, Any], apps: Any) -> InView:
    pid, place = int(known["kCGWindowOwnerPID"]), known["kCGWindowBounds"]
    app = apps.runningApplicationWithProcessIdentifier_(pid)
    bundle = str(app.bundleIdentifier() or "") if app is not None else ""
    name = str(known.get("kCGWindowOwnerName") or bundle or "Unknown app")
    title = str(known.get("kCGWindowName") or "") or None
    window = Window(name, bundle or None, title, pid=pid, wm_class=(bundle, name), handle=pid)
    rect = Rect(*(round(place[side]) for side in ("X", "Y", "Width", "Height")))
    return InView(window, rect, attached=int(known.get("kCGWindowLayer", 0)) != _APPS_LAYER)
