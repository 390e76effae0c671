"""Minimising and activating windows on X11, by asking the window manager (ICCCM, EWMH)."""

import asyncio
import logging
from typing import Any, Self

import xcffib
from xcffib.xproto import (
    CW,
    Atom,
    ClientMessageData,
    ClientMessageEvent,
    EventMask,
    PropertyNotifyEvent,
    PropMode,
    WindowClass,
)

from productify.domain import Capability, Health
from productify.errors import UnavailableError
from productify.tracker.backends.x11_connection import X11Connection
from productify.tracker.hands import KEY, TITLE
from productify.tracker.probe import Environment

_log = logging.getLogger(__name__)
_ICONIC = 3
_PAGER = 2
"""Who asks to activate a window: somebody whom the user told to, so that the window manager obeys."""

_TIME_PATIENCE = 0.5
_LONGEST = 4096


class X11Hands:
    """Asks over a connection of its own, kept once it is needed."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._connection: X11Connection | None = None
        self._own = 0
        self._times: list[asyncio.Future[int]] = []

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether the X server shows all there is; in a Wayland session it has only some windows."""
        return 50 if environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY") else 0

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one for the display that `environment` names."""
        return cls(environment)

    async def iconify(self, handle: int) -> bool:
        """Ask the window manager to minimise a window."""
        return await self._ask(handle, "WM_CHANGE_STATE", lambda _time: [_ICONIC, 0, 0, 0, 0], timed=False)

    async def activate(self, handle: int) -> bool:
        """Ask the window manager to bring a window to the front, as of now: older requests are ignored."""
        return await self._ask(handle, "_NET_ACTIVE_WINDOW", lambda time: [_PAGER, time, 0, 0, 0], timed=True)

    async def close(self) -> None:
        """Disconnect."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def capability(self) -> Capability:
        """Return that it works."""
        return Capability(KEY, TITLE, Health.WORKS, "X11")

    async def _ask(self, handle: int, message: str, words: Any, *, timed: bool) -> bool:
        try:
            connection = self._connected()
            if handle not in _clients(connection):
                return False
            time = await self._time(connection) if timed else 0
            data = ClientMessageData.synthetic(words(time), "IIIII")  # type: ignore[no-untyped-call]
            event = ClientMessageEvent.synthetic(32, handle, connection.atom(message), data)  # type: ignore[no-untyped-call]
            mask = EventMask.SubstructureNotify | EventMask.SubstructureRedirect
            connection.core.SendEvent(False, connection.root, mask, event.pack())
            connection.raw.flush()
        except (UnavailableError, xcffib.XcffibException) as error:
            _log.info("no window can be moved: %r", error)
            await self.close()
            return False
        return True

    def _connected(self) -> X11Connection:
        if self._connection is None:
            connection = self._connection = X11Connection(self._environment, self._hear)
            self._own = connection.raw.generate_id()
            connection.core.CreateWindow(
                0, self._own, connection.root, -1, -1, 1, 1, 0, WindowClass.InputOnly, 0,
                CW.OverrideRedirect | CW.EventMask, [1, EventMask.PropertyChange],
            )  # fmt: skip
            connection.listen()
        return self._connection

    async def _time(self, connection: X11Connection) -> int:
        """Return the server's time, which it tells with a change to a window of our own; 0 where it does not."""
        told: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._times.append(told)
        connection.core.ChangeProperty(PropMode.Append, self._own, Atom.WM_NAME, Atom.STRING, 8, 0, b"")
        connection.raw.flush()
        try:
            async with asyncio.timeout(_TIME_PATIENCE):
                return await told
        except TimeoutError:
            return 0
        finally:
            self._times.remove(told)

    def _hear(self, event: Any) -> None:
        if isinstance(event, PropertyNotifyEvent) and event.window == self._own:
            for told in self._times:
                if not told.done():
                    told.set_result(int(event.time))


def _clients(connection: X11Connection) -> list[int]:
    """Return the windows that the window manager manages: it moves no others."""
    cookie = connection.core.GetProperty(False, connection.root, connection.atom("_NET_CLIENT_LIST"), 0, 0, _LONGEST)
    reply = cookie.reply()
    return [int(number) for number in reply.value.to_atoms()] if reply.format == 32 and reply.value_len else []
