"""The windows of compositors with wlr-foreign-toplevel-management: Hyprland, labwc, river, Wayfire, niri, sway.

The protocol tells app id and title, but neither the process, nor whether a window lives on XWayland, nor where it is.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import partial

from productify.errors import UnavailableError
from productify.tracker.identity import Identities
from productify.tracker.probe import Environment, Window
from productify.wayland import Arguments, WaylandConnection

_MANAGER = "zwlr_foreign_toplevel_manager_v1"
_NEWEST = 3
_TOPLEVEL = 0
_DESTROY = 7


class _Event(IntEnum):
    """The events of a window that matter here, by opcode."""

    TITLE = 0
    APP_ID = 1
    STATE = 4
    DONE = 5
    CLOSED = 6


class _State(IntEnum):
    """What a window can be."""

    MINIMIZED = 1
    ACTIVATED = 2
    FULLSCREEN = 3


@dataclass(frozen=True, slots=True)
class Toplevel:
    """A window as its last complete description has it; `handle` numbers it in the order of coming."""

    handle: int
    title: str = ""
    app_id: str = ""
    states: frozenset[int] = frozenset()

    @property
    def is_active(self) -> bool:
        """Whether it has the keyboard."""
        return _State.ACTIVATED in self.states

    @property
    def is_minimized(self) -> bool:
        """Whether it is put away."""
        return _State.MINIMIZED in self.states

    def window(self, identities: Identities) -> Window:
        """Return it by the name that a person knows."""
        wm_class = (self.app_id, self.app_id)
        identity = identities.of(wm_class, None)
        return Window(
            app_name=identity.app_name,
            app_id=identity.app_id,
            title=self.title or None,
            wm_class=wm_class,
            handle=self.handle,
            fullscreen=_State.FULLSCREEN in self.states,
        )


@dataclass
class _Coming:
    """A window whose events describe it bit by bit; `told` is what held at the last `done`, None before the first."""

    handle: int
    title: str = ""
    app_id: str = ""
    states: frozenset[int] = frozenset()
    told: Toplevel | None = None


class Toplevels:
    """Every window that the compositor tells of, kept up to date over one connection."""

    def __init__(self) -> None:
        self.connection: WaylandConnection | None = None
        self._known: dict[int, _Coming] = {}
        self._count = 0

    def __iter__(self) -> Iterator[Toplevel]:
        """Iterate over the windows that are described."""
        return (each.told for each in self._known.values() if each.told is not None)

    async def follow(self, environment: Environment, settled: Callable[[], None] = lambda: None) -> None:
        """Connect and read what there is; `settled` is called after each batch. Raises UnavailableError."""
        connection = self.connection = await WaylandConnection.open(environment, settled)
        offered = connection.names_of(_MANAGER)
        if not offered:
            raise UnavailableError("the Wayland compositor tells nothing about windows")
        name, version = offered[0]
        connection.bind(name, min(version, _NEWEST), self._hear_manager)
        await connection.synced()

    def close(self) -> None:
        """Disconnect."""
        if self.connection is not None:
            self.connection.close()

    def _hear_manager(self, opcode: int, arguments: Arguments) -> None:
        assert self.connection is not None
        if opcode == _TOPLEVEL:
            made = arguments.number()
            self._count += 1
            self._known[made] = _Coming(self._count)
            self.connection.adopt(made, partial(self._hear, made))
        else:  # the compositor has finished with this protocol
            self.connection.close()

    def _hear(self, which: int, opcode: int, arguments: Arguments) -> None:
        assert self.connection is not None
        coming = self._known[which]
        match opcode:
            case _Event.TITLE:
                coming.title = arguments.text()
            case _Event.APP_ID:
                coming.app_id = arguments.text()
            case _Event.STATE:
                coming.states = frozenset(state for (state,) in struct.iter_unpack("=I", arguments.array()))
            case _Event.DONE:
                coming.told = Toplevel(coming.handle, coming.title, coming.app_id, coming.states)
            case _Event.CLOSED:
                del self._known[which]
                self.connection.disown(which)
                self.connection.request(which, _DESTROY)
            case _:
                pass
