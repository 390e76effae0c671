"""The screen lock, as the desktops' screen savers tell of it on the session bus."""

import logging
from typing import Self

from dbus_fast import Message
from dbus_fast.aio import MessageBus

from productify import bus as dbus
from productify.clock import Clock
from productify.domain import Capability, Health
from productify.errors import UnavailableError
from productify.tracker.probe import SCREEN_SAVER, Environment, Listener, Locked, Unlocked

_log = logging.getLogger(__name__)
_SAVERS = {
    "org.freedesktop.ScreenSaver": ("/org/freedesktop/ScreenSaver", "/ScreenSaver"),
    "org.gnome.ScreenSaver": ("/org/gnome/ScreenSaver",),
    "org.cinnamon.ScreenSaver": ("/org/cinnamon/ScreenSaver",),
    "org.mate.ScreenSaver": ("/org/mate/ScreenSaver", "/"),
    "org.xfce.ScreenSaver": ("/org/xfce/ScreenSaver", "/"),
}


class ScreenSavers:
    """Listens for ActiveChanged of every screen saver that is or will be there."""

    def __init__(self, environment: Environment) -> None:
        self._address = dbus.session_address(environment)
        self._listener: Listener | None = None
        self._bus: MessageBus | None = None
        self._active: set[str] = set()

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether there is a session bus to try."""
        return 10 if dbus.session_address(environment) else 0

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe."""
        return cls(environment)

    async def start(self, listener: Listener) -> None:
        """Connect, tell whether the screen is locked, and listen; raises UnavailableError."""
        if self._address is None:
            raise UnavailableError("no session D-Bus")
        self._listener = listener
        bus = self._bus = await dbus.connected(self._address, self._hear)
        for interface in _SAVERS:
            await dbus.listen(bus, f"type='signal',interface='{interface}',member='ActiveChanged'")
        for interface, paths in _SAVERS.items():
            if await dbus.has_owner(bus, interface) and await _is_active(bus, interface, paths):
                self._tell(interface, True)

    async def lost(self) -> None:
        """Return when the session bus is gone."""
        assert self._bus is not None
        await dbus.disconnected(self._bus)

    async def stop(self) -> None:
        """Disconnect."""
        self._listener = None
        dbus.disconnect(self._bus)

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that locks are heard of."""
        return (Capability("lock", "Screen lock", Health.WORKS, "session D-Bus"),)

    def _hear(self, message: Message) -> None:
        if message.member == "ActiveChanged" and message.interface in _SAVERS and message.signature == "b":
            self._tell(message.interface, message.body[0])

    def _tell(self, interface: str, active: bool) -> None:
        if active:
            self._active.add(interface)
        else:
            self._active.discard(interface)
        if self._listener is not None:
            self._listener(Locked(SCREEN_SAVER) if self._active else Unlocked(SCREEN_SAVER))


async def _is_active(bus: MessageBus, interface: str, paths: tuple[str, ...]) -> bool:
    for path in paths:
        try:
            return bool(await dbus.call(bus, interface, path, interface, "GetActive"))
        except UnavailableError as error:
            _log.debug("%s at %s: %s", interface, path, error)
    return False
