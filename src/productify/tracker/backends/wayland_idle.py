"""When there was input last on Wayland, by the compositor's own timer: ext-idle-notify, or KDE's older protocol.

Both tell after a stretch without input, and both hold back while an app inhibits idleness (a film, a call), unless the
compositor offers version 2 of ext-idle-notify, which can be asked about input alone.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Self

from productify.clock import Clock
from productify.domain import Capability, Health
from productify.errors import UnavailableError
from productify.tracker.probe import (
    INPUT_FLOOR,
    Environment,
    InputBack,
    InputStopped,
    Listener,
)
from productify.wayland import Arguments, WaylandConnection, socket_path

_EXT, _KDE, _SEAT = "ext_idle_notifier_v1", "org_kde_kwin_idle", "wl_seat"
_EXT_GET_NOTIFICATION, _EXT_GET_INPUT_NOTIFICATION = 1, 2
_KDE_GET_TIMEOUT = 0
_STOPPED = 0


class WaylandIdle:
    """Sleeps until the compositor says that input stopped or came back, on every seat."""

    def __init__(self, environment: Environment, clock: Clock, floor: float = INPUT_FLOOR) -> None:
        self._environment = environment
        self._clock = clock
        self._floor = timedelta(seconds=floor)
        self._connection: WaylandConnection | None = None
        self._listener: Listener | None = None
        self._backend = ""
        self._seats = 0
        self._still: set[int] = set()

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether there is a Wayland display."""
        return 70 if socket_path(environment) is not None else 0

    @classmethod
    def create(cls, environment: Environment, clock: Clock, floor: float = INPUT_FLOOR) -> Self:
        """Return a probe for the display that `environment` names, which tells after `floor` seconds."""
        return cls(environment, clock, floor)

    async def start(self, listener: Listener) -> None:
        """Set a timer on each seat; raises UnavailableError where the compositor has none."""
        self._listener = listener
        connection = self._connection = await WaylandConnection.open(self._environment)
        ask = self._asker(connection)
        seats = connection.names_of(_SEAT)
        if not seats:
            raise UnavailableError("the Wayland compositor has no seat")
        self._seats = len(seats)
        for name, _version in seats:
            ask(connection.bind(name, 1), connection.new_object(partial(self._hear, name)))
        await connection.synced()

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
        """Return that it works."""
        return (Capability("idle", "Time away", Health.WORKS, self._backend),)

    def _asker(self, connection: WaylandConnection) -> Callable[[int, int], None]:
        """Return what asks for a timer, given a seat and a fresh id for the timer."""
        floor_ms = round(self._floor.total_seconds() * 1000)
        if offered := connection.names_of(_EXT):
            name, version = offered[0]
            notifier = connection.bind(name, min(version, 2))
            opcode = _EXT_GET_INPUT_NOTIFICATION if version >= 2 else _EXT_GET_NOTIFICATION
            self._backend = f"ext-idle-notify {min(version, 2)}"
            return lambda seat, timer: connection.request(notifier, opcode, timer, floor_ms, seat)
        if offered := connection.names_of(_KDE):
            idle = connection.bind(offered[0][0], 1)
            self._backend = "KDE idle protocol"
            return lambda seat, timer: connection.request(idle, _KDE_GET_TIMEOUT, timer, seat, floor_ms)
        raise UnavailableError("the Wayland compositor tells nothing about input")

    def _hear(self, seat: int, opcode: int, _arguments: Arguments) -> None:
        """Both protocols number their two events alike."""
        if self._listener is None:
            return
        was_still = len(self._still) == self._seats
        if opcode == _STOPPED:
            self._still.add(seat)
        else:
            self._still.discard(seat)
        now = self._clock.now()
        if was_still:
            self._listener(InputBack(now))
        elif len(self._still) == self._seats:
            self._listener(InputStopped(now - self._floor))
