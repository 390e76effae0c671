"""Which apps ask that the desktop does not become idle: what logind knows, and what the desktop's session knows."""

import logging
import os
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar, Self

from dbus_fast import Message
from dbus_fast.aio import MessageBus

from productify import bus as dbus
from productify.clock import Clock
from productify.domain import Capability, Health
from productify.errors import UnavailableError
from productify.tracker.presence.later import Later
from productify.tracker.probe import Environment, Listener, Sign, SignKind, SignsSeen

_log = logging.getLogger(__name__)
_LOGIND = "org.freedesktop.login1"
_LOGIND_PATH = "/org/freedesktop/login1"
_MANAGER = "org.freedesktop.login1.Manager"
_GNOME = "org.gnome.SessionManager"
_GNOME_PATH = "/org/gnome/SessionManager"
_KDE = "org.kde.Solid.PowerManagement.PolicyAgent"
_KDE_PATH = "/org/kde/Solid/PowerManagement/PolicyAgent"
_POWER = "org.freedesktop.PowerManagement"
_POWER_INHIBIT = "org.freedesktop.PowerManagement.Inhibit"
_POWER_PATH = "/org/freedesktop/PowerManagement/Inhibit"
_IDLE = 8
"""The bit of GNOME's flags that means idleness."""

_MEANS_NOTHING = ("caffeine", "keepawake")
"""Apps whose whole purpose is to keep the screen awake while nobody is there."""


@dataclass(frozen=True, slots=True)
class Holder:
    """An app that holds an inhibitor, and the reason that it gives."""

    name: str
    reason: str
    pid: int | None = None


class _Inhibitors(ABC):
    """Asks for the list anew whenever it changed."""

    source: ClassVar[str]

    def __init__(self, address: str | None) -> None:
        self._address = address
        self._bus: MessageBus | None = None
        self._listener: Listener | None = None
        self._later = Later(self._look, self.source)

    async def start(self, listener: Listener) -> None:
        """Connect, look and listen; raises UnavailableError."""
        assert self._address is not None
        self._bus = await dbus.connected(self._address, self._hear)
        self._listener = listener
        await self._listen(self._bus)
        await self._look()

    async def lost(self) -> None:
        """Return when the bus is gone."""
        assert self._bus is not None
        await dbus.disconnected(self._bus)

    async def stop(self) -> None:
        """Disconnect."""
        self._listener = None
        await self._later.stop()
        dbus.disconnect(self._bus)

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that inhibitors are heard of."""
        return (Capability("presence", "Calls and videos", Health.WORKS, self.source),)

    def _hear(self, message: Message) -> None:
        self._later.soon()

    @abstractmethod
    async def _listen(self, bus: MessageBus) -> None:
        """Ask for the signals of a change; raises UnavailableError where nobody sends them."""

    @abstractmethod
    async def _held(self, bus: MessageBus) -> list[Holder]:
        """Return who holds an inhibitor now."""

    async def _look(self) -> None:
        assert self._bus is not None
        signs = signs_of(await self._held(self._bus))
        if self._listener is not None:
            self._listener(SignsSeen(self.source, signs))


class LogindInhibitors(_Inhibitors):
    """What holds off idleness for the whole system."""

    source = "logind inhibitors"

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return that any Linux desktop may have it; the bus tells."""
        return 10

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe."""
        return cls(dbus.system_address(environment))

    def _hear(self, message: Message) -> None:
        match message.member, message.body:
            case "PropertiesChanged", [_, changed, gone] if "BlockInhibited" in changed or "BlockInhibited" in gone:
                self._later.soon()
            case _:
                pass

    async def _listen(self, bus: MessageBus) -> None:
        if not await dbus.has_owner(bus, _LOGIND):
            raise UnavailableError("logind does not run")
        await dbus.listen(
            bus, f"type='signal',sender='{_LOGIND}',path='{_LOGIND_PATH}',member='PropertiesChanged',arg0='{_MANAGER}'"
        )

    async def _held(self, bus: MessageBus) -> list[Holder]:
        listed = await dbus.call(bus, _LOGIND, _LOGIND_PATH, _MANAGER, "ListInhibitors")
        return [
            Holder(who, why, pid)
            for what, who, why, mode, _uid, pid in listed or ()
            if "idle" in what.split(":") and mode == "block"
        ]


class SessionInhibitors(_Inhibitors):
    """What holds off idleness for the desktop's session: GNOME and its kin, KDE, Xfce."""

    source = "session inhibitors"

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether there is a session bus to try."""
        return 10 if dbus.session_address(environment) else 0

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe."""
        return cls(dbus.session_address(environment))

    def _hear(self, message: Message) -> None:
        if message.member != "NameOwnerChanged" or message.body[0] in (_GNOME, _KDE, _POWER):
            self._later.soon()

    async def _listen(self, bus: MessageBus) -> None:
        for rule in (
            f"type='signal',interface='{_GNOME}',path='{_GNOME_PATH}',member='InhibitorAdded'",
            f"type='signal',interface='{_GNOME}',path='{_GNOME_PATH}',member='InhibitorRemoved'",
            f"type='signal',interface='{_KDE}',member='InhibitionsChanged'",
            f"type='signal',interface='{_POWER_INHIBIT}',member='HasInhibitChanged'",
            *(
                f"type='signal',interface='org.freedesktop.DBus',member='NameOwnerChanged',arg0='{name}'"
                for name in (_GNOME, _KDE, _POWER)
            ),
        ):
            await dbus.listen(bus, rule)

    async def _held(self, bus: MessageBus) -> list[Holder]:
        """Return what the first keeper of such a list that answers has in it."""
        keepers: tuple[tuple[str, Callable[[MessageBus], Awaitable[list[Holder]]]], ...] = (
            (_GNOME, _gnome), (_KDE, _kde), (_POWER, _power),
        )  # fmt: skip
        for name, ask in keepers:
            if await dbus.has_owner(bus, name):
                try:
                    return await ask(bus)
                except dbus.CallFailedError as error:
                    _log.debug("%s tells of no inhibitors: %s", name, error)
        return []


async def _gnome(bus: MessageBus) -> list[Holder]:
    held, interface = [], f"{_GNOME}.Inhibitor"
    for path in await dbus.call(bus, _GNOME, _GNOME_PATH, _GNOME, "GetInhibitors") or ():
        try:
            if await dbus.call(bus, _GNOME, path, interface, "GetFlags") & _IDLE:
                name = await dbus.call(bus, _GNOME, path, interface, "GetAppId")
                held.append(Holder(name, await dbus.call(bus, _GNOME, path, interface, "GetReason")))
        except dbus.CallFailedError as error:
            _log.debug("an inhibitor went away while it was asked: %s", error)
    return held


async def _kde(bus: MessageBus) -> list[Holder]:
    listed = await dbus.call(bus, _KDE, _KDE_PATH, _KDE, "ListInhibitions")
    return [Holder(name, reason) for name, reason in listed or ()]


async def _power(bus: MessageBus) -> list[Holder]:
    if not await dbus.call(bus, _POWER, _POWER_PATH, _POWER_INHIBIT, "HasInhibit"):
        return []
    return [Holder(name, "") for name in await dbus.call(bus, _POWER, _POWER_PATH, _POWER_INHIBIT, "GetInhibitors")]


def signs_of(holders: Iterable[Holder]) -> frozenset[Sign]:
    """Return a sign for each holder that may be watched by somebody: not ours, not for sound alone."""
    return frozenset(
        Sign(SignKind.AWAKE, frozenset({each.name.casefold()}), each.pid)
        for each in holders
        if each.pid != os.getpid()
        and "audio" not in each.reason.casefold()
        and not each.name.casefold().startswith(_MEANS_NOTHING)
    )
