"""Which media players say that they play (MPRIS on the session bus)."""

import logging
from typing import Any, Self

from dbus_fast import Message, Variant
from dbus_fast.aio import MessageBus

from productify import bus as dbus
from productify.clock import Clock
from productify.domain import Capability, Health
from productify.errors import UnavailableError
from productify.tracker.presence.later import Later
from productify.tracker.probe import Environment, Listener, Sign, SignKind, SignsSeen

_log = logging.getLogger(__name__)
SOURCE = "media players"
_PREFIX = "org.mpris.MediaPlayer2."
_PATH = "/org/mpris/MediaPlayer2"
_PLAYER = "org.mpris.MediaPlayer2.Player"
_ROOT = "org.mpris.MediaPlayer2"
_ELSEWHERE = ("playerctld", "kdeconnect", "plasma-browser-integration")
"""Names that stand for players which answer by themselves, or that play on another device."""


class Players:
    """Tells which players play; listens for players that come, go, start and stop."""

    def __init__(self, environment: Environment) -> None:
        self._address = dbus.session_address(environment)
        self._bus: MessageBus | None = None
        self._listener: Listener | None = None
        self._later = Later(self._look, SOURCE)

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether there is a session bus to try."""
        return 10 if dbus.session_address(environment) else 0

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe."""
        return cls(environment)

    async def start(self, listener: Listener) -> None:
        """Connect, look and listen; raises UnavailableError."""
        assert self._address is not None
        self._bus = bus = await dbus.connected(self._address, self._hear)
        self._listener = listener
        await dbus.listen(
            bus,
            "type='signal',interface='org.freedesktop.DBus',member='NameOwnerChanged',"
            f"arg0namespace='{_PREFIX.removesuffix('.')}'",
        )
        await dbus.listen(bus, f"type='signal',path='{_PATH}',member='PropertiesChanged',arg0='{_PLAYER}'")
        await self._look()

    async def lost(self) -> None:
        """Return when the session bus is gone."""
        assert self._bus is not None
        await dbus.disconnected(self._bus)

    async def stop(self) -> None:
        """Disconnect."""
        self._listener = None
        await self._later.stop()
        dbus.disconnect(self._bus)

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that players are heard of."""
        return (Capability("presence", "Calls and videos", Health.WORKS, SOURCE),)

    def _hear(self, message: Message) -> None:
        match message.member, message.body:
            case "NameOwnerChanged", [str(name), *_] if name.startswith(_PREFIX):
                self._later.soon()
            case "PropertiesChanged", [interface, changed, *_] if interface == _PLAYER and "PlaybackStatus" in changed:
                self._later.soon()
            case _:
                pass

    async def _look(self) -> None:
        assert self._bus is not None
        names = await dbus.names(self._bus)
        players = [name for name in names if name.startswith(_PREFIX) and not _is_elsewhere(name)]
        signs = [sign for name in players if (sign := await self._sign(name)) is not None]
        if self._listener is not None:
            self._listener(SignsSeen(SOURCE, frozenset(signs)))

    async def _sign(self, name: str) -> Sign | None:
        """Return the sign of a player that plays, None of one that does not, or is gone."""
        assert self._bus is not None
        try:
            if await self._property(name, _PLAYER, "PlaybackStatus") != "Playing":
                return None
            pid = await dbus.pid_of(self._bus, name)
            called = [name.removeprefix(_PREFIX).partition(".")[0]]
            called += [str(await self._property(name, _ROOT, key) or "") for key in ("Identity", "DesktopEntry")]
        except UnavailableError as error:
            _log.debug("the player %s does not answer: %s", name, error)
            return None
        return Sign(SignKind.SOUND, frozenset(text.casefold() for text in called if text), pid)

    async def _property(self, name: str, interface: str, key: str) -> Any:
        """Return a property, None where the player has none of that name."""
        assert self._bus is not None
        try:
            value = await dbus.get_property(self._bus, name, _PATH, interface, key)
        except dbus.CallFailedError:
            return None
        return value.value if isinstance(value, Variant) else value


def _is_elsewhere(name: str) -> bool:
    return name.removeprefix(_PREFIX).startswith(_ELSEWHERE)
