"""The window in front on KDE Plasma with Wayland, told by a script that KWin is given over D-Bus.

KWin could not be started on the machines that test this project: the contract is tested with the real script, in
Qt's JavaScript engine, against a mock of KWin's D-Bus interface and of its `workspace`.
"""

import asyncio
import json
import logging
import os
import tempfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus

from productify.clock import Clock
from productify.domain import Capability, Health
from productify.tracker import bus as dbus
from productify.tracker.backends.session import is_kde, is_wayland
from productify.tracker.identity import Identities, shared_identities
from productify.tracker.probe import Environment, Listener, ProbeUnavailableError, Window, WindowSeen

_log = logging.getLogger(__name__)
_KWIN = "org.kde.KWin"
_SCRIPTING_PATH, _SCRIPTING = "/Scripting", "org.kde.kwin.Scripting"
_SCRIPT = "org.kde.kwin.Script"
_SCRIPT_PATHS = ("/Scripting/Script{}", "/{}")
"""Where a loaded script lies, by its number: Plasma 6, Plasma 5."""

_OURS, _OUR_PATH = "org.productify.Focus", "/org/productify/Focus"
_DAEMON = "org.freedesktop.DBus"
_FIRST_WORD = 3.0

_CODE = """
let followed = null;

function tell() {
    const window = followed;
    callDBus("%(name)s", "%(path)s", "%(interface)s", "Show", JSON.stringify(window && !window.desktopWindow ? {
        id: String(window.internalId),
        pid: window.pid,
        title: window.caption,
        instance: String(window.resourceName),
        wm_class: String(window.resourceClass),
        app_id: String(window.desktopFileName),
        fullscreen: window.fullScreen,
    } : {}));
}

function follow(window) {
    try {
        followed.captionChanged.disconnect(tell);
        followed.fullScreenChanged.disconnect(tell);
    } catch (error) {
        // there was none, or it is gone
    }
    followed = window;
    if (window) {
        window.captionChanged.connect(tell);
        window.fullScreenChanged.connect(tell);
    }
    tell();
}

// Plasma 6 calls them windows, Plasma 5 clients.
(workspace.windowActivated || workspace.clientActivated).connect(follow);
follow("activeWindow" in workspace ? workspace.activeWindow : workspace.activeClient);
"""


class KdeWindows:
    """Has KWin run a script that calls back with the window in front, and with every other one, and other titles."""

    def __init__(self, environment: Environment, identities: Identities) -> None:
        self._environment = environment
        self._identities = identities
        self._plugin = f"productify-focus-{os.getpid()}"
        self._listener: Listener | None = None
        self._bus: MessageBus | None = None
        self._spoke = asyncio.Event()
        self._gone = asyncio.Event()

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether this is KDE on Wayland."""
        return 90 if is_kde(environment) and is_wayland(environment) else 0

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe for the session that `environment` names."""
        return cls(environment, shared_identities())

    async def start(self, listener: Listener) -> None:
        """Hand KWin the script, which tells what is in front; raises ProbeUnavailableError."""
        address = dbus.session_address(self._environment)
        if address is None:
            raise ProbeUnavailableError("no session D-Bus")
        self._listener = listener
        bus = self._bus = await dbus.connected(address, self._hear)
        bus.add_message_handler(self._answer)
        await dbus.listen(bus, f"type='signal',sender='{_DAEMON}',member='NameOwnerChanged',arg0='{_KWIN}'")
        code = _CODE % {"name": bus.unique_name, "path": _OUR_PATH, "interface": _OURS}
        with tempfile.TemporaryDirectory(prefix="productify-") as folder:
            script = Path(folder) / "focus.js"
            script.write_text(code)
            await self._run(bus, script)
            try:
                async with asyncio.timeout(_FIRST_WORD):
                    await self._spoke.wait()
            except TimeoutError:
                raise ProbeUnavailableError("KWin does not run the script") from None

    async def lost(self) -> None:
        """Return when KWin or the session bus is gone."""
        assert self._bus is not None
        await dbus.gone(self._bus, self._gone)

    async def stop(self) -> None:
        """Take the script away and disconnect."""
        self._listener = None
        if self._bus is not None and self._bus.connected:
            with suppress(ProbeUnavailableError):  # a KWin that is gone has no script
                await self._ask(self._bus, "unloadScript", "s", self._plugin)
        dbus.disconnect(self._bus)

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that it works, and how far that is proved."""
        detail = "Tested against a mock of KWin only."
        return (Capability("window", "Active window", Health.WORKS, "KWin script", detail),)

    async def _run(self, bus: MessageBus, script: Path) -> None:
        """Let KWin load and run the script."""
        await self._ask(bus, "unloadScript", "s", self._plugin)
        number = int(await self._ask(bus, "loadScript", "ss", str(script), self._plugin))
        for path in _SCRIPT_PATHS:
            try:
                await dbus.call(bus, _KWIN, path.format(number), _SCRIPT, "run")
            except dbus.CallFailedError as error:
                _log.debug("not this version of KWin: %s", error)
            else:
                return
        raise ProbeUnavailableError("KWin knows no script at the usual places")

    async def _ask(self, bus: MessageBus, member: str, signature: str, *body: str) -> Any:
        return await dbus.call(bus, _KWIN, _SCRIPTING_PATH, _SCRIPTING, member, signature, *body)

    def _hear(self, message: Message) -> None:
        match message.member, message.body:
            case ("NameOwnerChanged", [_, _, ""]):
                self._gone.set()
            case _:
                pass

    def _answer(self, message: Message) -> Message | None:
        """Take the script's call."""
        ours = (MessageType.METHOD_CALL, _OURS, "Show", "s")
        if (message.message_type, message.interface, message.member, message.signature) != ours:
            return None
        if self._listener is not None:
            known = json.loads(message.body[0])
            self._listener(WindowSeen(_window(self._identities, known) if known else None))
        self._spoke.set()
        return Message.new_method_return(message)


def _window(identities: Identities, known: Mapping[str, Any]) -> Window:
    """Return the window; KWin's own idea of the desktop file goes before the window's class."""
    wm_class, app_id = known["wm_class"], known["app_id"]
    pid = known["pid"] or None
    identity = identities.of((wm_class, app_id or wm_class), pid)
    return Window(
        app_name=identity.app_name,
        app_id=identity.app_id,
        title=known["title"] or None,
        pid=pid,
        wm_class=(known["instance"] or wm_class, wm_class),
        exe=identity.exe,
        script=identity.script,
        handle=zlib.crc32(known["id"].encode()),
        fullscreen=bool(known["fullscreen"]),
    )
