"""Do not disturb with dunst, the notification server of desktops that bring none: it is paused."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Self

from dbus_fast import Message, Variant
from dbus_fast.aio import MessageBus

from productify import bus as dbus
from productify.errors import UnavailableError
from productify.quiet.silence import desktops

_NAME = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_COMMANDS = "org.dunstproject.cmd0"
_OTHERS = frozenset({"GNOME", "KDE"})
"""Desktops with a server of their own."""


class DunstSilence:
    """Connects for each question; what comes while dunst is paused is shown when it goes on."""

    name = "dunst"
    outlives_us = True

    def __init__(self, address: str | None) -> None:
        self._address = address

    @classmethod
    def score(cls, environment: Mapping[str, str]) -> int:
        """Return whether dunst may run here: a session bus, on a desktop that brings no server."""
        return 20 if dbus.session_address(environment) and not _OTHERS & set(desktops(environment)) else 0

    @classmethod
    def create(cls, environment: Mapping[str, str]) -> Self:
        """Return one for the session that `environment` names."""
        return cls(dbus.session_address(environment))

    async def is_on(self) -> bool:
        """Return whether it is paused."""
        async with self._connected() as bus:
            return bool(await dbus.get_property(bus, _NAME, _PATH, _COMMANDS, "paused"))

    async def switch(self, on: bool) -> None:
        """Pause it, or let it go on."""
        async with self._connected() as bus:
            await dbus.set_property(bus, _NAME, _PATH, _COMMANDS, "paused", Variant("b", on))

    async def close(self) -> None:
        """Do nothing: nothing is held."""

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[MessageBus]:
        if self._address is None:
            raise UnavailableError("no session D-Bus")
        bus = await dbus.connected(self._address, _ignore)
        try:
            yield bus
        finally:
            dbus.disconnect(bus)


def _ignore(_message: Message) -> None:
    """Nothing that the bus signals is needed here."""
