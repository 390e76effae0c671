"""Do not disturb on KDE Plasma: an inhibition of its notification server, which ends with our connection."""

from collections.abc import Mapping
from typing import Self

from dbus_fast import Message
from dbus_fast.aio import MessageBus

from productify import bus as dbus
from productify.errors import UnavailableError
from productify.quiet.silence import desktops

_NAME = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_WHO, _WHY = "productify", "Focus session"


class KdeSilence:
    """Holds one inhibition; Plasma takes it back when the user switches do not disturb off."""

    name = "KDE Plasma"
    outlives_us = False

    def __init__(self, address: str | None) -> None:
        self._address = address
        self._bus: MessageBus | None = None
        self._cookie: int | None = None

    @classmethod
    def score(cls, environment: Mapping[str, str]) -> int:
        """Return whether this is Plasma, with a session bus."""
        return 50 if "KDE" in desktops(environment) and dbus.session_address(environment) else 0

    @classmethod
    def create(cls, environment: Mapping[str, str]) -> Self:
        """Return one for the session that `environment` names."""
        return cls(dbus.session_address(environment))

    async def is_on(self) -> bool:
        """Return whether anybody inhibits notifications."""
        return bool(await dbus.get_property(await self._connected(), _NAME, _PATH, _NAME, "Inhibited"))

    async def switch(self, on: bool) -> None:
        """Inhibit notifications, or take our inhibition back."""
        bus = await self._connected()
        if on:
            self._cookie = int(await dbus.call(bus, _NAME, _PATH, _NAME, "Inhibit", "ssa{sv}", _WHO, _WHY, {}))
        elif self._cookie is not None:
            cookie, self._cookie = self._cookie, None
            await dbus.call(bus, _NAME, _PATH, _NAME, "UnInhibit", "u", cookie)

    async def close(self) -> None:
        """Disconnect, which ends our inhibition."""
        bus, self._bus, self._cookie = self._bus, None, None
        dbus.disconnect(bus)

    async def _connected(self) -> MessageBus:
        if self._bus is None or not self._bus.connected:
            if self._address is None:
                raise UnavailableError("no session D-Bus")
            self._bus, self._cookie = await dbus.connected(self._address, _ignore), None
        return self._bus


def _ignore(_message: Message) -> None:
    """Nothing that the bus signals is needed here."""
