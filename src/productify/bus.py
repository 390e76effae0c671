"""D-Bus calls with a time limit, and failures in one shape."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

from dbus_fast import BusType, Message, MessageFlag, MessageType, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.errors import DBusFastError

from productify.errors import UnavailableError

_log = logging.getLogger(__name__)
_TIMEOUT = 3.0
_DAEMON = "org.freedesktop.DBus"
_DAEMON_PATH = "/org/freedesktop/DBus"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_BROKEN = (OSError, EOFError, TimeoutError, DBusFastError)
"""What a bus that is not there, or goes away, makes dbus-fast raise."""


class CallFailedError(UnavailableError):
    """The other side answered with an error."""


def session_address(environment: Mapping[str, str]) -> str | None:
    """Return the address of the user's session bus, None where there is none."""
    if address := environment.get("DBUS_SESSION_BUS_ADDRESS"):
        return address
    runtime = environment.get("XDG_RUNTIME_DIR")
    return f"unix:path={runtime}/bus" if runtime else None


def system_address(environment: Mapping[str, str]) -> str:
    """Return the address of the system bus."""
    return environment.get("DBUS_SYSTEM_BUS_ADDRESS") or "unix:path=/run/dbus/system_bus_socket"


async def connected(address: str, hear: Callable[[Message], None], *, unix_fds: bool = False) -> MessageBus:
    """Return a connection to the bus at `address` that passes signals to `hear`; raises UnavailableError."""
    try:
        bus = MessageBus(bus_address=address, bus_type=BusType.SESSION, negotiate_unix_fd=unix_fds)
        async with asyncio.timeout(_TIMEOUT):
            await bus.connect()
    except _BROKEN as error:
        raise UnavailableError(f"no D-Bus at {address}: {error!r}") from error

    def pass_on(message: Message) -> None:
        if message.message_type is MessageType.SIGNAL:
            hear(message)

    bus.add_message_handler(pass_on)
    return bus


async def ask(
    bus: MessageBus,
    destination: str,
    path: str,
    interface: str,
    member: str,
    signature: str = "",
    *body: Any,
    may_start: bool = False,
) -> Message:
    """Return the answer to a call; raises CallFailedError for an error, UnavailableError for silence.

    A service that does not run is started only with `may_start`.
    """
    question = Message(
        destination=destination,
        path=path,
        interface=interface,
        member=member,
        signature=signature,
        body=list(body),
        flags=MessageFlag.NONE if may_start else MessageFlag.NO_AUTOSTART,
    )
    try:
        async with asyncio.timeout(_TIMEOUT):
            answer = await bus.call(question)
    except _BROKEN as error:
        raise UnavailableError(f"{destination} does not answer: {error!r}") from error
    if answer.message_type is MessageType.ERROR:
        raise CallFailedError(f"{destination} says {answer.error_name} {answer.body}")
    return answer


async def call(
    bus: MessageBus,
    destination: str,
    path: str,
    interface: str,
    member: str,
    signature: str = "",
    *body: Any,
    may_start: bool = False,
) -> Any:
    """Return the first value of the answer, None where there is none; raises as `ask` does."""
    answer = await ask(bus, destination, path, interface, member, signature, *body, may_start=may_start)
    return answer.body[0] if answer.body else None


async def get_property(
    bus: MessageBus, destination: str, path: str, interface: str, name: str, *, may_start: bool = False
) -> Any:
    """Return the value of a property."""
    value = await call(bus, destination, path, _PROPERTIES, "Get", "ss", interface, name, may_start=may_start)
    return value.value if isinstance(value, Variant) else value


async def set_property(bus: MessageBus, destination: str, path: str, interface: str, name: str, value: Variant) -> None:
    """Set a property."""
    await call(bus, destination, path, _PROPERTIES, "Set", "ssv", interface, name, value)


async def has_owner(bus: MessageBus, name: str) -> bool:
    """Return whether somebody on the bus goes by `name`."""
    return bool(await call(bus, _DAEMON, _DAEMON_PATH, _DAEMON, "NameHasOwner", "s", name))


async def names(bus: MessageBus) -> list[str]:
    """Return every name that somebody on the bus goes by."""
    return list(await call(bus, _DAEMON, _DAEMON_PATH, _DAEMON, "ListNames") or ())


async def can_be_asked(bus: MessageBus, name: str) -> bool:
    """Return whether somebody goes by `name`, or would if asked."""
    startable = await call(bus, _DAEMON, _DAEMON_PATH, _DAEMON, "ListActivatableNames")
    return name in (startable or ()) or await has_owner(bus, name)


async def pid_of(bus: MessageBus, name: str) -> int:
    """Return the process behind a name on the bus."""
    return int(await call(bus, _DAEMON, _DAEMON_PATH, _DAEMON, "GetConnectionUnixProcessID", "s", name))


async def listen(bus: MessageBus, rule: str) -> None:
    """Ask the bus for the signals that `rule` describes."""
    await call(bus, _DAEMON, _DAEMON_PATH, _DAEMON, "AddMatch", "s", rule)


async def disconnected(bus: MessageBus) -> None:
    """Return when the connection ended, however it did."""
    try:
        await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]
    except _BROKEN as error:
        _log.debug("the bus went away: %r", error)


async def gone(bus: MessageBus, peer: asyncio.Event) -> None:
    """Return when the connection ended, or when `peer` says that whoever was asked over it is gone."""
    waits = [asyncio.ensure_future(disconnected(bus)), asyncio.ensure_future(peer.wait())]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()


def disconnect(bus: MessageBus | None) -> None:
    """End a connection, which may have ended by itself."""
    if bus is not None and bus.connected:
        bus.disconnect()
