"""The app in front and its title, the last input, lock and sleep on macOS, through PyObjC (the extra `macos`).

No Mac tests this project: everything here is tested by contract, against fakes of Apple's modules.
"""

import asyncio
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, Self

from productify.clock import Clock
from productify.domain import Capability, Health
from productify.errors import UnavailableError
from productify.tracker.backends.polled import Polled, PolledIdle, PolledLock, PolledWindows
from productify.tracker.probe import (
    Environment,
    Event,
    Listener,
    SessionEnding,
    Slept,
    Window,
    Woke,
)

_UNPROVED = "Tested against fakes of macOS only."
_HARDWARE, _ANY_INPUT = 1, 0xFFFFFFFF
_FULL_SCREEN, _FOCUSED_WINDOW, _TITLE = "AXFullScreen", "AXFocusedWindow", "AXTitle"
_LOCKED = "CGSSessionScreenIsLocked"
_NOTICES: dict[str, Event] = {
    "NSWorkspaceWillSleepNotification": Slept(),
    "NSWorkspaceDidWakeNotification": Woke(),
    "NSWorkspaceWillPowerOffNotification": SessionEnding(),
}


class MacWindows(PolledWindows):
    """Asks for the app in front, and by accessibility for its window's title where the user allows that."""

    platform = "darwin"

    def capabilities(self) -> tuple[Capability, ...]:
        """Return whether titles can be read."""
        trusted = bool(self._accessibility.AXIsProcessTrusted())
        return (
            Capability(
                "window",
                "Active window",
                Health.WORKS if trusted else Health.DEGRADED,
                "macOS",
                _UNPROVED if trusted else f"Apps are seen, their titles are not. {_UNPROVED}",
                "" if trusted else "Allow it in System Settings, Privacy & Security, Accessibility.",
            ),
        )

    def _open(self) -> None:
        self._workspace = import_module("AppKit").NSWorkspace.sharedWorkspace()
        self._accessibility = import_module("ApplicationServices")

    def _front(self) -> Window | None:
        app = self._workspace.frontmostApplication()
        if app is None:
            return None
        pid, bundle = int(app.processIdentifier()), str(app.bundleIdentifier() or "")
        name = str(app.localizedName() or bundle or "Unknown app")
        program = app.executableURL()
        element = self._accessibility.AXUIElementCreateApplication(pid)
        window = self._attribute(element, _FOCUSED_WINDOW)
        title = self._attribute(window, _TITLE) if window is not None else None
        return Window(
            app_name=name,
            app_id=bundle or None,
            title=str(title) if title else None,
            pid=pid,
            wm_class=(bundle, name),
            exe=str(program.path()) if program is not None else None,
            handle=pid,
            fullscreen=window is not None and bool(self._attribute(window, _FULL_SCREEN)),
        )

    def _attribute(self, element: Any, name: str) -> Any:
        """Return an attribute, None where there is none or the user does not allow it."""
        error, value = self._accessibility.AXUIElementCopyAttributeValue(element, name, None)
        return value if error == 0 else None


class _OnQuartz(Polled):
    """Has Quartz, once it is started."""

    platform = "darwin"

    def _open(self) -> None:
        self._quartz = import_module("Quartz")


class MacIdle(_OnQuartz, PolledIdle):
    """Asks the hardware's event source for its last event."""

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that it works, and how far that is proved."""
        return (Capability("idle", "Time away", Health.WORKS, "macOS event source", _UNPROVED),)

    def _idle_seconds(self) -> float:
        return float(self._quartz.CGEventSourceSecondsSinceLastEventType(_HARDWARE, _ANY_INPUT))


class MacLock(_OnQuartz, PolledLock):
    """Asks for the login session's state."""

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that it works, and how far that is proved."""
        return (Capability("lock", "Screen lock", Health.WORKS, "macOS session", _UNPROVED),)

    def _is_locked(self) -> bool | None:
        session = self._quartz.CGSessionCopyCurrentDictionary()
        return None if session is None else bool(session.get(_LOCKED, False))


class MacSleep:
    """Listens to the workspace's notices of sleep and power-off, which come on the main thread."""

    def __init__(self) -> None:
        self._centre: Any = None
        self._observers: list[Any] = []

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether this is macOS."""
        return 50 if sys.platform == "darwin" else 0

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe."""
        return cls()

    async def start(self, listener: Listener) -> None:
        """Listen; raises UnavailableError without PyObjC."""
        try:
            workspace = import_module("AppKit").NSWorkspace.sharedWorkspace()
        except ImportError as error:
            raise UnavailableError(f"macOS does not tell: {error}") from error
        self._centre = workspace.notificationCenter()
        loop = asyncio.get_running_loop()
        for name, event in _NOTICES.items():
            told = _teller(loop, listener, event)
            self._observers.append(self._centre.addObserverForName_object_queue_usingBlock_(name, None, None, told))

    async def lost(self) -> None:
        """Wait for ever: the workspace stays as long as the process."""
        await asyncio.get_running_loop().create_future()

    async def stop(self) -> None:
        """Stop listening."""
        for observer in self._observers:
            self._centre.removeObserver_(observer)
        self._observers = []

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that it works where the app runs, and how far that is proved."""
        detail = f"Heard by the app, not by `productify track`. {_UNPROVED}"
        return (Capability("sleep", "Sleep and log-out", Health.WORKS, "macOS workspace", detail),)


def _teller(loop: asyncio.AbstractEventLoop, listener: Listener, event: Event) -> Callable[[Any], None]:
    """Return what brings a notice from the main thread to the loop."""

    def told(_notice: Any) -> None:
        loop.call_soon_threadsafe(listener, event)

    return told
