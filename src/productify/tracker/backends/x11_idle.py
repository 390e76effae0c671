"""When there was input last on X11: by alarms on the server's idle counter, or by asking its screen saver."""

import asyncio
import struct
from datetime import timedelta
from typing import Any, Self

import xcffib
import xcffib.screensaver
import xcffib.sync
from xcffib.ffi import ffi
from xcffib.sync import CA, TESTTYPE, VALUETYPE, AlarmNotifyEvent

from productify.clock import Clock
from productify.domain import Capability, Health
from productify.errors import UnavailableError
from productify.tracker.backends.x11_connection import X11Connection
from productify.tracker.probe import (
    INPUT_FLOOR,
    Environment,
    InputBack,
    InputStopped,
    Listener,
)

_COUNTER = b"IDLETIME"
_RECORD = struct.Struct("=IiIH")
_LOOK_EVERY = 1.0


class _X11Idle:
    """What both ways share: the connection and what is told."""

    def __init__(self, environment: Environment, clock: Clock, floor: float = INPUT_FLOOR) -> None:
        self._environment = environment
        self._clock = clock
        self._floor_ms = round(floor * 1000)
        self._connection: X11Connection | None = None
        self._listener: Listener | None = None

    @classmethod
    def create(cls, environment: Environment, clock: Clock, floor: float = INPUT_FLOOR) -> Self:
        """Return a probe for the display that `environment` names, which tells after `floor` seconds."""
        return cls(environment, clock, floor)

    async def lost(self) -> None:
        """Return when the X server is gone."""
        assert self._connection is not None
        await self._connection.lost()

    async def stop(self) -> None:
        """Disconnect."""
        self._listener = None
        if self._connection is not None:
            self._connection.close()

    def _tell(self, idle_ms: int) -> None:
        """Tell whether input has stopped, `idle_ms` after the last of it."""
        if self._listener is None:
            return
        last_input = self._clock.now() - timedelta(milliseconds=idle_ms)
        self._listener(InputStopped(last_input) if idle_ms >= self._floor_ms else InputBack(last_input))


class X11IdleAlarms(_X11Idle):
    """Sleeps until the server says that the idle counter passed the floor, one way or the other (XSync)."""

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether there is a display of its own: XWayland counts only the input into X11 windows."""
        return 50 if _has_own_display(environment) else 0

    async def start(self, listener: Listener) -> None:
        """Tell how it stands and set the alarms; raises UnavailableError."""
        self._listener = listener
        connection = self._connection = X11Connection(self._environment, self._hear)
        try:
            sync = connection.raw(xcffib.sync.key)
            sync.Initialize(3, 1).reply()
            counter = _idle_counter(connection.raw, sync)
            for test in (TESTTYPE.PositiveTransition, TESTTYPE.NegativeTransition):
                self._set_alarm(connection.raw, sync, counter, test)
            value = sync.QueryCounter(counter).reply().counter_value
        except (xcffib.XcffibException, KeyError) as error:
            raise UnavailableError(f"no idle counter: {error!r}") from error
        self._tell((value.hi << 32) + value.lo)
        connection.listen()

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that it works."""
        return (Capability("idle", "Time away", Health.WORKS, "X11 idle alarms"),)

    def _set_alarm(self, raw: Any, sync: Any, counter: int, test: int) -> None:
        mask = CA.Counter | CA.ValueType | CA.Value | CA.TestType | CA.Delta | CA.Events
        high, low = divmod(self._floor_ms, 1 << 32)
        values = [counter, VALUETYPE.Absolute, (high, low), test, (0, 0), 1]
        sync.CreateAlarm(raw.generate_id(), mask, values, is_checked=True).check()

    def _hear(self, event: Any) -> None:
        if isinstance(event, AlarmNotifyEvent):
            self._tell((event.counter_value.hi << 32) + event.counter_value.lo)


class X11IdleQuery(_X11Idle):
    """Asks the screen saver's counter: rarely while there is input, once a second while there is none."""

    def __init__(self, environment: Environment, clock: Clock, floor: float = INPUT_FLOOR) -> None:
        super().__init__(environment, clock, floor)
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether there is a display of its own; alarms are better."""
        return 20 if _has_own_display(environment) else 0

    async def start(self, listener: Listener) -> None:
        """Begin to ask; raises UnavailableError."""
        self._listener = listener
        connection = self._connection = X11Connection(self._environment, lambda _event: None)
        try:
            saver = connection.raw(xcffib.screensaver.key)
            idle_ms = _asked(saver, connection)
        except xcffib.XcffibException as error:
            raise UnavailableError(f"no screen saver counter: {error!r}") from error
        self._tell(idle_ms)
        connection.listen()
        self._task = asyncio.create_task(self._look(saver, connection, idle_ms))

    async def stop(self) -> None:
        """Stop asking and disconnect."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        await super().stop()

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that it works, at the price of asking."""
        return (Capability("idle", "Time away", Health.WORKS, "X11 screen saver counter"),)

    async def _look(self, saver: Any, connection: X11Connection, idle_ms: int) -> None:
        while True:
            was_idle = idle_ms >= self._floor_ms
            await asyncio.sleep(_LOOK_EVERY if was_idle else max((self._floor_ms - idle_ms) / 1000, 0.05))
            try:
                idle_ms = _asked(saver, connection)
            except xcffib.XcffibException:
                return  # the connection notices its end by itself
            if was_idle != (idle_ms >= self._floor_ms):
                self._tell(idle_ms)


def _has_own_display(environment: Environment) -> bool:
    return bool(environment.get("DISPLAY")) and not environment.get("WAYLAND_DISPLAY")


def _asked(saver: Any, connection: X11Connection) -> int:
    return int(saver.QueryInfo(connection.root).reply().ms_since_user_input)


def _idle_counter(raw: Any, sync: Any) -> int:
    """Return the id of the server's idle counter; raises KeyError where it has none.

    The reply is read by hand, because xcffib forgets that each counter's record is padded to four bytes.
    """
    unpacker = raw.wait_for_reply(sync.ListSystemCounters().sequence)
    length = 32 + 4 * struct.unpack_from("=I", bytes(ffi.buffer(unpacker.cdata, 8)), 4)[0]
    data = bytes(ffi.buffer(unpacker.cdata, length))
    (count,) = struct.unpack_from("=I", data, 8)
    offset = 32
    for _ in range(count):
        counter, _high, _low, size = _RECORD.unpack_from(data, offset)
        name = data[offset + _RECORD.size : offset + _RECORD.size + size]
        if name == _COUNTER:
            return int(counter)
        offset += (_RECORD.size + size + 3) // 4 * 4
    raise KeyError(_COUNTER)
