"""The window in front on GNOME with Wayland: by the Shell extension shipped here, or by the Shell's introspection."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, Self

from dbus_fast import Message
from dbus_fast.aio import MessageBus

from productify import bus as dbus
from productify.clock import Clock
from productify.domain import Capability, Health
from productify.errors import UnavailableError
from productify.tracker.backends.session import is_gnome, is_wayland
from productify.tracker.gnome_extension import INSTALL
from productify.tracker.identity import Identities, shared_identities
from productify.tracker.probe import (
    Environment,
    Listener,
    Window,
    WindowSeen,
    WindowUnknown,
)

_log = logging.getLogger(__name__)
FOCUS = "org.productify.Focus"
FOCUS_PATH = "/org/productify/Focus"
_SHELL = "org.gnome.Shell.Introspect"
_SHELL_PATH = "/org/gnome/Shell/Introspect"
_LOOK_EVERY = 1.0
_DAEMON = "org.freedesktop.DBus"


class GnomeExtension:
    """Listens to the extension; while the Shell has it switched off, as on the lock screen, nothing is known."""

    def __init__(self, environment: Environment, identities: Identities) -> None:
        self._environment = environment
        self._identities = identities
        self._listener: Listener | None = None
        self._bus: MessageBus | None = None
        self._is_on = False

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether this is GNOME on Wayland."""
        return 90 if is_gnome(environment) and is_wayland(environment) else 0

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe for the session that `environment` names."""
        return cls(environment, shared_identities())

    async def start(self, listener: Listener) -> None:
        """Tell what is in front, and whatever comes there; raises UnavailableError without the extension."""
        bus = self._bus = await _connected(self._environment, self._hear)
        await dbus.listen(bus, f"type='signal',sender='{FOCUS}',interface='{FOCUS}'")
        await dbus.listen(bus, f"type='signal',sender='{_DAEMON}',member='NameOwnerChanged',arg0='{FOCUS}'")
        described = await dbus.call(bus, FOCUS, FOCUS_PATH, FOCUS, "Get")
        self._listener = listener
        self._show(described)

    async def lost(self) -> None:
        """Return when the session bus is gone."""
        assert self._bus is not None
        await dbus.disconnected(self._bus)

    async def stop(self) -> None:
        """Disconnect."""
        self._listener = None
        dbus.disconnect(self._bus)

    def capabilities(self) -> tuple[Capability, ...]:
        """Return whether the extension is on."""
        health = Health.WORKS if self._is_on else Health.MISSING
        detail = "" if self._is_on else "The GNOME Shell extension is switched off."
        return (
            Capability("window", "Active window", health, "GNOME extension", detail, "" if self._is_on else INSTALL),
        )

    def _hear(self, message: Message) -> None:
        if self._listener is None:
            return
        match message.interface, message.member, message.body:
            case (name, "Changed", [described]) if name == FOCUS:
                self._show(described)
            case (name, "NameOwnerChanged", [_, _, ""]) if name == _DAEMON:
                self._is_on = False
                self._listener(WindowUnknown())
            case _:
                pass

    def _show(self, described: Mapping[str, Any]) -> None:
        assert self._listener is not None
        self._is_on = True
        known = {key: variant.value for key, variant in described.items()}
        self._listener(WindowSeen(described_window(self._identities, known.get("id", 0), known) if known else None))


class GnomeIntrospection:
    """Asks the Shell each second; it answers in unsafe mode only, and names no process."""

    def __init__(self, environment: Environment, identities: Identities) -> None:
        self._environment = environment
        self._identities = identities
        self._bus: MessageBus | None = None
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether this is GNOME on Wayland; a makeshift for the extension."""
        return 15 if is_gnome(environment) and is_wayland(environment) else 0

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe for the session that `environment` names."""
        return cls(environment, shared_identities())

    async def start(self, listener: Listener) -> None:
        """Tell what is in front, and go on asking; raises UnavailableError where the Shell refuses."""
        bus = self._bus = await _connected(self._environment, lambda _message: None)
        window = await self._front(bus)
        listener(WindowSeen(window))
        self._task = asyncio.create_task(self._look(bus, window, listener), name="introspection")

    async def lost(self) -> None:
        """Return when the Shell answers no more."""
        assert self._task is not None
        await asyncio.wait([self._task])
        if not self._task.cancelled():
            self._task.result()

    async def stop(self) -> None:
        """Stop asking and disconnect."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        dbus.disconnect(self._bus)

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that it is a makeshift."""
        return (
            Capability(
                "window",
                "Active window",
                Health.DEGRADED,
                "GNOME introspection",
                "The Shell is in unsafe mode and is asked each second.",
                INSTALL,
            ),
        )

    async def _look(self, bus: MessageBus, window: Window | None, listener: Listener) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            try:
                front = await self._front(bus)
            except UnavailableError as error:
                _log.debug("the Shell answers no more: %s", error)
                return
            if front != window:
                window = front
                listener(WindowSeen(window))

    async def _front(self, bus: MessageBus) -> Window | None:
        windows = await dbus.call(bus, _SHELL, _SHELL_PATH, _SHELL, "GetWindows")
        for handle, described in windows.items():
            known = {key: variant.value for key, variant in described.items()}
            if known.get("has-focus"):
                known["wm_class"], known["app_id"] = known.get("wm-class", ""), known.get("app-id", "")
                return described_window(self._identities, handle, known)
        return None


async def _connected(environment: Environment, hear: Any) -> MessageBus:
    address = dbus.session_address(environment)
    if address is None:
        raise UnavailableError("no session D-Bus")
    return await dbus.connected(address, hear)


def described_window(identities: Identities, handle: int, known: Mapping[str, Any]) -> Window:
    """Return the window; the Shell's own idea of the app goes before the window's class."""
    wm_class = str(known.get("wm_class") or "")
    app_id = str(known.get("app_id") or "")
    entry = app_id.removesuffix(".desktop") if app_id.endswith(".desktop") else ""
    pid = int(known.get("pid") or 0) or None
    identity = identities.of((wm_class, entry or wm_class), pid)
    return Window(
        app_name=identity.app_name,
        app_id=identity.app_id,
        title=str(known.get("title") or "") or None,
        pid=pid,
        wm_class=(str(known.get("wm_class_instance") or wm_class), wm_class),
        exe=identity.exe,
        script=identity.script,
        handle=handle,
        fullscreen=bool(known.get("fullscreen")),
    )
