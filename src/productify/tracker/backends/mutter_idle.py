"""When there was input last on GNOME, by the watches of Mutter's idle monitor."""

import asyncio
from datetime import timedelta
from typing import Self

from dbus_fast import Message
from dbus_fast.aio import MessageBus

from productify import bus as dbus
from productify.clock import Clock
from productify.domain import Capability, Health
from productify.errors import UnavailableError
from productify.tracker.backends.session import is_gnome, is_wayland
from productify.tracker.probe import (
    INPUT_FLOOR,
    Environment,
    InputBack,
    InputStopped,
    Listener,
)

_MONITOR = "org.gnome.Mutter.IdleMonitor"
_PATH = "/org/gnome/Mutter/IdleMonitor/Core"
_DAEMON = "org.freedesktop.DBus"


class MutterIdle:
    """Sleeps until Mutter says that input stopped for the floor, or came back."""

    def __init__(self, environment: Environment, clock: Clock, floor: float = INPUT_FLOOR) -> None:
        self._address = dbus.session_address(environment)
        self._clock = clock
        self._floor_ms = round(floor * 1000)
        self._listener: Listener | None = None
        self._bus: MessageBus | None = None
        self._still_watch = self._back_watch = 0
        self._gone = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether this is GNOME on Wayland, with a session bus."""
        fits = is_gnome(environment) and is_wayland(environment) and dbus.session_address(environment)
        return 65 if fits else 0

    @classmethod
    def create(cls, environment: Environment, clock: Clock, floor: float = INPUT_FLOOR) -> Self:
        """Return a probe for the session that `environment` names, which tells after `floor` seconds."""
        return cls(environment, clock, floor)

    async def start(self, listener: Listener) -> None:
        """Tell how it stands and set the watches; raises UnavailableError."""
        if self._address is None:
            raise UnavailableError("no session D-Bus")
        bus = self._bus = await dbus.connected(self._address, self._hear)
        await dbus.listen(bus, f"type='signal',sender='{_MONITOR}',interface='{_MONITOR}'")
        await dbus.listen(bus, f"type='signal',sender='{_DAEMON}',member='NameOwnerChanged',arg0='{_MONITOR}'")
        self._still_watch = int(await dbus.call(bus, _MONITOR, _PATH, _MONITOR, "AddIdleWatch", "t", self._floor_ms))
        self._listener = listener
        await self._tell()

    async def lost(self) -> None:
        """Return when Mutter or the session bus is gone."""
        assert self._bus is not None
        await dbus.gone(self._bus, self._gone)

    async def stop(self) -> None:
        """Disconnect, which takes the watches away."""
        self._listener = None
        for task in self._tasks:
            task.cancel()
        dbus.disconnect(self._bus)

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that it works."""
        return (Capability("idle", "Time away", Health.WORKS, "Mutter idle monitor"),)

    def _hear(self, message: Message) -> None:
        if self._listener is None:
            return
        match message.member, message.body:
            case ("WatchFired", [watch]) if watch == self._back_watch:
                self._listener(InputBack(self._clock.now()))
            case ("WatchFired", [watch]) if watch == self._still_watch:
                task = asyncio.create_task(self._tell())
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            case ("NameOwnerChanged", [_, _, ""]):
                self._gone.set()
            case _:
                pass

    async def _tell(self) -> None:
        """Tell how it stands; while there is no input, ask to be told of the next."""
        try:
            idle_ms = await self._asked("GetIdletime")
            if idle_ms >= self._floor_ms:
                self._back_watch = await self._asked("AddUserActiveWatch")
        except UnavailableError:
            self._gone.set()
            return
        if self._listener is not None:
            last_input = self._clock.now() - timedelta(milliseconds=idle_ms)
            self._listener(InputStopped(last_input) if idle_ms >= self._floor_ms else InputBack(last_input))

    async def _asked(self, member: str) -> int:
        assert self._bus is not None
        return int(await dbus.call(self._bus, _MONITOR, _PATH, _MONITOR, member))
