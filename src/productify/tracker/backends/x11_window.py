"""The window in front and its title on X11, by the properties that window managers keep (EWMH)."""

from dataclasses import replace
from typing import Any, Self

import xcffib
from xcffib.xproto import CW, Atom, DestroyNotifyEvent, EventMask, PropertyNotifyEvent, UnmapNotifyEvent

from productify.clock import Clock
from productify.domain import Capability, Health
from productify.errors import UnavailableError
from productify.tracker.backends.session import window_advice
from productify.tracker.backends.x11_connection import X11Connection
from productify.tracker.backends.x11_properties import X11Properties
from productify.tracker.identity import Identities, shared_identities
from productify.tracker.probe import Environment, Listener, Window, WindowSeen, WindowUnknown

_EVENTS = EventMask.PropertyChange | EventMask.StructureNotify


class X11Windows:
    """Tells of every other window in front, and of every other title of it, as the X server reports it."""

    def __init__(self, environment: Environment, identities: Identities) -> None:
        self._environment = environment
        self._identities = identities
        self._connection: X11Connection | None = None
        self._listener: Listener | None = None
        self._window: Window | None = None
        self._manager_tells = False

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether there is a display; a Wayland session's X server sees only some windows."""
        if not environment.get("DISPLAY"):
            return 0
        return 10 if environment.get("WAYLAND_DISPLAY") else 50

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe for the display that `environment` names."""
        return cls(environment, shared_identities())

    async def start(self, listener: Listener) -> None:
        """Tell what is in front, and whatever comes there; raises UnavailableError."""
        self._listener = listener
        connection = self._connection = X11Connection(self._environment, self._hear)
        self._properties = X11Properties(connection, self._identities)
        try:
            self._watch(connection.root, EventMask.PropertyChange)
            self._manager_tells = self._properties.get(connection.root, "_NET_SUPPORTING_WM_CHECK") is not None
            self._switch()
        except xcffib.ConnectionException as error:
            raise UnavailableError(f"the X server went away: {error}") from error
        connection.listen()

    async def lost(self) -> None:
        """Return when the X server is gone."""
        assert self._connection is not None
        await self._connection.lost()

    async def stop(self) -> None:
        """Disconnect."""
        self._listener = None
        if self._connection is not None:
            self._connection.close()

    def capabilities(self) -> tuple[Capability, ...]:
        """Return whether the window manager tells which window is in front."""
        if not self._manager_tells:
            return (
                Capability(
                    "window",
                    "Active window",
                    Health.DEGRADED,
                    "X11",
                    "The window manager does not tell which window is in front.",
                    "Use a window manager with EWMH support.",
                ),
            )
        if self._environment.get("WAYLAND_DISPLAY"):
            return (
                Capability(
                    "window",
                    "Active window",
                    Health.DEGRADED,
                    "X11 (XWayland)",
                    "Only windows of X11 apps are seen in this Wayland session.",
                    window_advice(self._environment),
                ),
            )
        return (Capability("window", "Active window", Health.WORKS, "X11"),)

    def _hear(self, event: Any) -> None:
        connection = self._connection
        assert connection is not None
        if isinstance(event, DestroyNotifyEvent | UnmapNotifyEvent):
            self._vanish(event.window)
        elif not isinstance(event, PropertyNotifyEvent):
            return
        elif event.window == connection.root:
            if event.atom == connection.atom("_NET_ACTIVE_WINDOW"):
                self._manager_tells = True
                self._switch()
        elif event.atom in (connection.atom("_NET_WM_NAME"), Atom.WM_NAME) and self._window is not None:
            self._retitle(self._window)
        elif event.atom == connection.atom("_NET_WM_STATE") and self._window is not None:
            self._resize(self._window)

    def _switch(self) -> None:
        assert self._connection is not None
        handle = next(iter(self._properties.numbers(self._connection.root, "_NET_ACTIVE_WINDOW") or ()), 0)
        before = self._window.handle if self._window is not None else 0
        if handle and handle == before:
            return
        if before:
            self._watch(before, EventMask.NoEvent)
        if handle:
            self._watch(handle)
        self._window = self._properties.window(handle) if handle else None
        self._tell()

    def _vanish(self, handle: int) -> None:
        """Some window managers go on naming a window that is gone when no other takes its place."""
        if self._window is not None and self._window.handle == handle:
            self._window = None
            self._tell()

    def _retitle(self, window: Window) -> None:
        title = self._properties.title(window.handle)
        if title is None or title == window.title:
            return
        self._window = replace(window, title=title)
        self._tell()

    def _resize(self, window: Window) -> None:
        fullscreen = self._properties.is_full(window.handle)
        if fullscreen != window.fullscreen:
            self._window = replace(window, fullscreen=fullscreen)
            self._tell()

    def _tell(self) -> None:
        if self._listener is None:
            return
        if self._window is None and self._environment.get("WAYLAND_DISPLAY"):
            self._listener(WindowUnknown())  # a Wayland window, or the bare desktop
        else:
            self._listener(WindowSeen(self._window))

    def _watch(self, window: int, mask: int = _EVENTS) -> None:
        assert self._connection is not None
        self._connection.core.ChangeWindowAttributes(window, CW.EventMask, [mask])
