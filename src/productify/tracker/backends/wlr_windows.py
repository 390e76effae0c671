"""The window in front on compositors with wlr-foreign-toplevel-management: Hyprland, labwc, river, Wayfire, niri.

The protocol tells app id and title, but neither the process nor whether a window lives on XWayland.
"""

import struct
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from typing import Self

from productify.clock import Clock
from productify.domain import Capability, Health
from productify.tracker.backends.wayland_connection import Arguments, WaylandConnection, socket_path
from productify.tracker.identity import Identities, shared_identities
from productify.tracker.probe import Environment, Listener, ProbeUnavailableError, Window, WindowSeen

_MANAGER = "zwlr_foreign_toplevel_manager_v1"
_NEWEST = 3
_TOPLEVEL = 0
_DESTROY = 7
_ACTIVATED, _FULLSCREEN = 2, 3


class _Event(IntEnum):
    """The events of a window that matter here, by opcode."""

    TITLE = 0
    APP_ID = 1
    STATE = 4
    DONE = 5
    CLOSED = 6


@dataclass
class _Toplevel:
    """A window as its events describe it, bit by bit; `shown` is what held at the last `done`."""

    handle: int
    title: str = ""
    app_id: str = ""
    states: frozenset[int] = frozenset()
    shown: tuple[str, str, bool] | None = None
    """Title, app id and whether it fills the screen, while it is in front."""


class WlrWindows:
    """Tells of every other window in front, and of every other title of it, as the compositor reports it."""

    def __init__(self, environment: Environment, identities: Identities) -> None:
        self._environment = environment
        self._identities = identities
        self._connection: WaylandConnection | None = None
        self._listener: Listener | None = None
        self._toplevels: dict[int, _Toplevel] = {}
        self._count = 0
        self._told: Window | None = None
        self._is_ready = False

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether there is a Wayland display."""
        return 60 if socket_path(environment) is not None else 0

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe for the display that `environment` names."""
        return cls(environment, shared_identities())

    async def start(self, listener: Listener) -> None:
        """Tell what is in front, and whatever comes there; raises ProbeUnavailableError."""
        self._listener = listener
        connection = self._connection = await WaylandConnection.open(self._environment, self._settle)
        offered = connection.names_of(_MANAGER)
        if not offered:
            raise ProbeUnavailableError("the Wayland compositor tells nothing about windows")
        name, version = offered[0]
        connection.bind(name, min(version, _NEWEST), self._hear_manager)
        await connection.synced()
        self._is_ready = True
        self._told = self._front()
        listener(WindowSeen(self._told))

    async def lost(self) -> None:
        """Return when the compositor is gone."""
        assert self._connection is not None
        await self._connection.lost()

    async def stop(self) -> None:
        """Disconnect."""
        self._listener = None
        if self._connection is not None:
            self._connection.close()

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that it works, by name and title alone."""
        return (Capability("window", "Active window", Health.WORKS, "wlr-foreign-toplevel"),)

    def _hear_manager(self, opcode: int, arguments: Arguments) -> None:
        assert self._connection is not None
        if opcode == _TOPLEVEL:
            made = arguments.number()
            self._count += 1
            self._toplevels[made] = _Toplevel(self._count)
            self._connection.adopt(made, partial(self._hear_toplevel, made))
        else:  # the compositor has finished with this protocol
            self._connection.close()

    def _hear_toplevel(self, which: int, opcode: int, arguments: Arguments) -> None:
        assert self._connection is not None
        toplevel = self._toplevels[which]
        match opcode:
            case _Event.TITLE:
                toplevel.title = arguments.text()
            case _Event.APP_ID:
                toplevel.app_id = arguments.text()
            case _Event.STATE:
                toplevel.states = frozenset(state for (state,) in struct.iter_unpack("=I", arguments.array()))
            case _Event.DONE:
                is_active, fullscreen = _ACTIVATED in toplevel.states, _FULLSCREEN in toplevel.states
                toplevel.shown = (toplevel.title, toplevel.app_id, fullscreen) if is_active else None
            case _Event.CLOSED:
                del self._toplevels[which]
                self._connection.disown(which)
                self._connection.request(which, _DESTROY)
            case _:
                pass

    def _settle(self) -> None:
        """Tell the change once a batch is read: one window leaves the front and another comes there within it."""
        if self._listener is None or not self._is_ready or (front := self._front()) == self._told:
            return
        self._told = front
        self._listener(WindowSeen(front))

    def _front(self) -> Window | None:
        for toplevel in self._toplevels.values():
            if toplevel.shown is not None:
                title, app_id, fullscreen = toplevel.shown
                wm_class = (app_id, app_id)
                identity = self._identities.of(wm_class, None)
                return Window(
                    app_name=identity.app_name,
                    app_id=identity.app_id,
                    title=title or None,
                    wm_class=wm_class,
                    handle=toplevel.handle,
                    fullscreen=fullscreen,
                )
        return None
