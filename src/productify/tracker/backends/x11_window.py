"""The window in front and its title on X11, by the properties that window managers keep (EWMH)."""

import logging
import socket
from dataclasses import replace
from typing import Any, Self

import xcffib
from xcffib.xproto import CW, Atom, DestroyNotifyEvent, EventMask, PropertyNotifyEvent, UnmapNotifyEvent

from productify.clock import Clock
from productify.domain import Capability, Health
from productify.tracker.backends.session import window_advice
from productify.tracker.backends.x11_connection import X11Connection
from productify.tracker.identity import Identities, shared_identities
from productify.tracker.probe import Environment, Listener, ProbeUnavailableError, Window, WindowSeen, WindowUnknown

_log = logging.getLogger(__name__)
_EVENTS = EventMask.PropertyChange | EventMask.StructureNotify
_LONGEST = 4096
"""32-bit units of a property that are asked for."""


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
        """Tell what is in front, and whatever comes there; raises ProbeUnavailableError."""
        self._listener = listener
        connection = self._connection = X11Connection(self._environment, self._hear)
        try:
            self._watch(connection.root, EventMask.PropertyChange)
            self._manager_tells = self._property(connection.root, "_NET_SUPPORTING_WM_CHECK") is not None
            self._switch()
        except xcffib.ConnectionException as error:
            raise ProbeUnavailableError(f"the X server went away: {error}") from error
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
        reply = self._property(self._connection.root, "_NET_ACTIVE_WINDOW")
        handle = reply.value.to_atoms()[0] if reply is not None and reply.format == 32 and reply.value_len else 0
        before = self._window.handle if self._window is not None else 0
        if handle and handle == before:
            return
        if before:
            self._watch(before, EventMask.NoEvent)
        if handle:
            self._watch(handle)
        self._window = self._ask(handle) if handle else None
        self._tell()

    def _vanish(self, handle: int) -> None:
        """Some window managers go on naming a window that is gone when no other takes its place."""
        if self._window is not None and self._window.handle == handle:
            self._window = None
            self._tell()

    def _ask(self, handle: int) -> Window | None:
        """Return what `handle` is, None if it is gone by now."""
        assert self._connection is not None
        core, atom = self._connection.core, self._connection.atom
        cookies = [
            core.GetProperty(False, handle, atom(name), 0, 0, _LONGEST)
            for name in ("WM_CLASS", "_NET_WM_PID", "WM_CLIENT_MACHINE", "_NET_WM_NAME", "WM_NAME", "_NET_WM_STATE")
        ]
        replies = [_answer(cookie) for cookie in cookies]
        if all(reply is None for reply in replies):
            return None
        wm_class = _class(replies[0])
        pid = self._pid(replies[1], replies[2])
        identity = self._identities.of(wm_class, pid)
        return Window(
            app_name=identity.app_name,
            app_id=identity.app_id,
            title=_title(replies[3], replies[4]),
            pid=pid,
            wm_class=wm_class,
            exe=identity.exe,
            script=identity.script,
            handle=handle,
            fullscreen=self._is_full(replies[5]),
        )

    def _retitle(self, window: Window) -> None:
        assert self._connection is not None
        core, atom = self._connection.core, self._connection.atom
        cookies = [
            core.GetProperty(False, window.handle, atom(name), 0, 0, _LONGEST) for name in ("_NET_WM_NAME", "WM_NAME")
        ]
        title = _title(*[_answer(cookie) for cookie in cookies])
        if title is None or title == window.title:
            return
        self._window = replace(window, title=title)
        self._tell()

    def _resize(self, window: Window) -> None:
        fullscreen = self._is_full(self._property(window.handle, "_NET_WM_STATE"))
        if fullscreen != window.fullscreen:
            self._window = replace(window, fullscreen=fullscreen)
            self._tell()

    def _is_full(self, state: Any) -> bool:
        assert self._connection is not None
        if state is None or state.format != 32 or not state.value_len:
            return False
        return self._connection.atom("_NET_WM_STATE_FULLSCREEN") in state.value.to_atoms()

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

    def _property(self, window: int, name: str) -> Any:
        assert self._connection is not None
        atom = self._connection.atom(name)
        return _answer(self._connection.core.GetProperty(False, window, atom, 0, 0, _LONGEST))

    def _pid(self, pid: Any, machine: Any) -> int | None:
        """Return the process of a window of this machine; elsewhere the number means nothing here."""
        if pid is None or pid.format != 32 or not pid.value_len:
            return None
        host = _text(machine)
        return int(pid.value.to_atoms()[0]) if host in (None, socket.gethostname()) else None


def _answer(cookie: Any) -> Any:
    """Return the property, None where it is not set or the window is gone."""
    try:
        reply = cookie.reply()
    except xcffib.Error as error:
        _log.debug("a window went away while it was asked: %r", error)
        return None
    return reply if reply.type else None


def _title(modern: Any, old: Any) -> str | None:
    """Return _NET_WM_NAME, which is UTF-8 whatever its declared type, else WM_NAME."""
    return _text(modern, "utf-8") or _text(old)


def _text(reply: Any, encoding: str | None = None) -> str | None:
    if reply is None or reply.format != 8:
        return None
    raw: bytes = bytes(reply.value.buf())
    encoding = encoding or ("latin-1" if reply.type == Atom.STRING else "utf-8")
    return raw.rstrip(b"\0").decode(encoding, "replace") or None


def _class(reply: Any) -> tuple[str, str]:
    names = [*(_text(reply) or "").split("\0"), "", ""]
    return names[0], names[1]
