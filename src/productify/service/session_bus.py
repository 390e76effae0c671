"""What answers on the session bus of a Linux desktop, asked without starting anything that does not run."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

from dbus_fast import Message, Variant
from dbus_fast.aio import MessageBus

from productify import bus as dbus
from productify.domain import Capability, Health, Repair
from productify.errors import KnownError, UnavailableError
from productify.service.packages import command_for

_log = logging.getLogger(__name__)
Environment = Mapping[str, str]

_NOTIFICATIONS = "org.freedesktop.Notifications"
_SECRETS = "org.freedesktop.secrets"
_TRAY = "org.kde.StatusNotifierWatcher"
_NOTIFICATIONS_PATH = "/org/freedesktop/Notifications"
_SECRETS_PATH = "/org/freedesktop/secrets"
_SECRET_SERVICE = "org.freedesktop.Secret.Service"
_COLLECTION = "org.freedesktop.Secret.Collection"
_NOTHING = "/"
_A11Y, _A11Y_PATH, _A11Y_STATUS = "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Status"
_ON_DEMAND = "started when it is first needed"
_FOR_KEY = "It takes the key of encrypted screenshots."
_INSTEAD = "The key of encrypted screenshots would lie in a file instead."
_WATCHED = (_NOTIFICATIONS, _SECRETS, _TRAY)
_AGAIN = 60.0
"""Seconds until a bus that is not there, or went away, is looked for again."""


async def services(environment: Environment) -> tuple[Capability, Capability, bool]:
    """Return how notifications are shown here, where secrets could be kept, and whether anybody shows icons."""
    try:
        async with _session_bus(environment) as bus:
            return await _notifications(bus), await _keyring(bus), await dbus.has_owner(bus, _TRAY)
    except UnavailableError as error:
        _log.info("nobody around: %s", error)
        detail = "No session D-Bus answers; they are told in the window."
        return _no_notifications(detail, "Start the desktop with dbus-run-session."), _no_keyring(), False


async def accessibility_is_off(environment: Environment) -> bool:
    """Return whether accessibility could be switched on for good, and is not."""
    try:
        async with _session_bus(environment) as bus:
            if not await dbus.has_owner(bus, _A11Y):
                return await dbus.can_be_asked(bus, _A11Y)
            return not await dbus.get_property(bus, _A11Y, _A11Y_PATH, _A11Y_STATUS, "IsEnabled")
    except UnavailableError:
        return False


async def switch_accessibility_on(environment: Environment) -> None:
    """Let apps tell what they show from now on; raises KnownError where the accessibility bus does not answer."""
    try:
        async with _session_bus(environment) as bus:
            await dbus.call(bus, _A11Y, _A11Y_PATH, _A11Y, "GetAddress", may_start=True)
            await dbus.set_property(bus, _A11Y, _A11Y_PATH, _A11Y_STATUS, "IsEnabled", Variant("b", True))
    except UnavailableError as error:
        raise KnownError("Accessibility could not be switched on.", "Install at-spi2-core and log in again.") from error


async def watch(environment: Environment, changed: Callable[[], None]) -> None:
    """Call `changed` when a tray, a notification server or a secret store comes or goes, until cancelled."""

    def hear(message: Message) -> None:
        if message.member == "NameOwnerChanged" and message.body and message.body[0] in _WATCHED:
            changed()

    while (address := dbus.session_address(environment)) is not None:
        try:
            await _listen(await dbus.connected(address, hear))
            changed()
        except UnavailableError as error:
            _log.debug("nobody tells what comes and goes: %s", error)
        await asyncio.sleep(_AGAIN)


async def _listen(bus: MessageBus) -> None:
    try:
        for name in _WATCHED:
            await dbus.listen(bus, f"type='signal',member='NameOwnerChanged',arg0='{name}'")
        await dbus.disconnected(bus)
    finally:
        dbus.disconnect(bus)


@asynccontextmanager
async def _session_bus(environment: Environment) -> AsyncIterator[MessageBus]:
    """Give a connection to the session bus for a few questions; raises UnavailableError."""
    address = dbus.session_address(environment)
    if address is None:
        raise UnavailableError("no session D-Bus")
    bus = await dbus.connected(address, _ignore)
    try:
        yield bus
    finally:
        dbus.disconnect(bus)


async def _notifications(bus: MessageBus) -> Capability:
    if not await dbus.has_owner(bus, _NOTIFICATIONS):
        if await dbus.can_be_asked(bus, _NOTIFICATIONS):
            return _notified(_ON_DEMAND, with_buttons=True)
        detail = "Nobody shows notifications here; they are told in the window."
        return _no_notifications(detail, "Install a notification server, such as dunst.", command_for("dunst"))
    name = await dbus.call(bus, _NOTIFICATIONS, _NOTIFICATIONS_PATH, _NOTIFICATIONS, "GetServerInformation")
    can = await dbus.call(bus, _NOTIFICATIONS, _NOTIFICATIONS_PATH, _NOTIFICATIONS, "GetCapabilities")
    return _notified(str(name), with_buttons="actions" in (can or ()))


def _notified(backend: str, *, with_buttons: bool) -> Capability:
    health = Health.WORKS if with_buttons else Health.DEGRADED
    detail = "" if with_buttons else "They are shown without buttons."
    fix = "" if with_buttons else "Use a notification server that shows actions, such as dunst."
    return Capability("notifications", "Notifications", health, backend, detail, fix, Repair.NOTIFICATION)


def _no_notifications(detail: str, fix: str = "", command: str = "") -> Capability:
    return Capability("notifications", "Notifications", Health.MISSING, "none", detail, fix, command=command)


async def _keyring(bus: MessageBus) -> Capability:
    title = "Keyring for secrets"
    if not await dbus.has_owner(bus, _SECRETS):
        if await dbus.can_be_asked(bus, _SECRETS):
            return Capability("keyring", title, Health.WORKS, _ON_DEMAND, _FOR_KEY)
        return _no_keyring()
    collection = await dbus.call(bus, _SECRETS, _SECRETS_PATH, _SECRET_SERVICE, "ReadAlias", "s", "default")
    if collection in (None, _NOTHING):
        detail = f"The secret service has no keyring yet. {_INSTEAD}"
        fix = "Create a default keyring, for instance with Seahorse."
        return Capability("keyring", title, Health.DEGRADED, "Secret Service", detail, fix)
    if await dbus.get_property(bus, _SECRETS, collection, _COLLECTION, "Locked"):
        detail, fix = f"It is locked. {_INSTEAD}", "Unlock it, for instance with Seahorse."
        return Capability("keyring", title, Health.DEGRADED, "Secret Service", detail, fix)
    return Capability("keyring", title, Health.WORKS, "Secret Service", _FOR_KEY)


def _no_keyring() -> Capability:
    detail = f"This session offers no secret service. {_INSTEAD}"
    fix = "Install gnome-keyring or KWallet."
    command = command_for("gnome-keyring")
    return Capability("keyring", "Keyring for secrets", Health.MISSING, "none", detail, fix, command=command)


def _ignore(_message: Message) -> None:
    """Nothing that the bus signals is needed here."""
