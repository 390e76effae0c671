"""Scripts that KWin is handed over D-Bus, and that call back.

KWin could not be started on the machines that test this project: the contract is tested with the real scripts, in
Qt's JavaScript engine, against a mock of KWin's D-Bus interface and of its `workspace`.
"""

import asyncio
import logging
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus

from productify import bus as dbus
from productify.errors import UnavailableError
from productify.tracker.probe import Environment

_log = logging.getLogger(__name__)
_KWIN = "org.kde.KWin"
_SCRIPTING_PATH, _SCRIPTING = "/Scripting", "org.kde.kwin.Scripting"
_SCRIPT = "org.kde.kwin.Script"
_SCRIPT_PATHS = ("/Scripting/Script{}", "/{}")
"""Where a loaded script lies, by its number: Plasma 6, Plasma 5."""

_OURS, _OUR_PATH, _WORD = "org.productify.Focus", "/org/productify/Focus", "Show"
_CALL = f'callDBus("%s", "{_OUR_PATH}", "{_OURS}", "{_WORD}", text);'
_DAEMON = "org.freedesktop.DBus"
_FIRST_WORD = 3.0

DESCRIBED = """
function described(window) {
    return {
        id: String(window.internalId),
        pid: window.pid,
        title: window.caption,
        instance: String(window.resourceName),
        wm_class: String(window.resourceClass),
        app_id: String(window.desktopFileName),
        fullscreen: window.fullScreen,
    };
}
"""
"""What scripts call to describe a window."""


class KwinScript:
    """Runs one script in KWin; `name` tells it apart from the others of this process.

    `hear` takes each text that the script passes to its function `say`.
    """

    def __init__(self, environment: Environment, name: str, hear: Callable[[str], None]) -> None:
        self._environment = environment
        self._plugin = f"productify-{name}-{os.getpid()}"
        self._hear = hear
        self._bus: MessageBus | None = None
        self._spoke = asyncio.Event()
        self._gone = asyncio.Event()

    async def start(self, code: str) -> None:
        """Hand KWin the script, and return once it has spoken; raises UnavailableError."""
        address = dbus.session_address(self._environment)
        if address is None:
            raise UnavailableError("no session D-Bus")
        bus = self._bus = await dbus.connected(address, self._hear_signal)
        bus.add_message_handler(self._answer)
        await dbus.listen(bus, f"type='signal',sender='{_DAEMON}',member='NameOwnerChanged',arg0='{_KWIN}'")
        with tempfile.TemporaryDirectory(prefix="productify-") as folder:
            script = Path(folder) / "script.js"
            script.write_text(f"function say(text) {{ {_CALL % bus.unique_name} }}\n{DESCRIBED}{code}")
            await self._run(bus, script)
            try:
                async with asyncio.timeout(_FIRST_WORD):
                    await self._spoke.wait()
            except TimeoutError:
                raise UnavailableError("KWin does not run the script") from None

    async def lost(self) -> None:
        """Return when KWin or the session bus is gone."""
        assert self._bus is not None
        await dbus.gone(self._bus, self._gone)

    async def stop(self) -> None:
        """Take the script away and disconnect."""
        if self._bus is not None and self._bus.connected:
            with suppress(UnavailableError):  # a KWin that is gone has no script
                await self._ask(self._bus, "unloadScript", "s", self._plugin)
        dbus.disconnect(self._bus)

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
        raise UnavailableError("KWin knows no script at the usual places")

    async def _ask(self, bus: MessageBus, member: str, signature: str, *body: str) -> Any:
        return await dbus.call(bus, _KWIN, _SCRIPTING_PATH, _SCRIPTING, member, signature, *body)

    def _hear_signal(self, message: Message) -> None:
        match message.member, message.body:
            case ("NameOwnerChanged", [_, _, ""]):
                self._gone.set()
            case _:
                pass

    def _answer(self, message: Message) -> Message | None:
        """Take the script's call."""
        ours = (MessageType.METHOD_CALL, _OURS, _WORD, "s")
        if (message.message_type, message.interface, message.member, message.signature) != ours:
            return None
        self._hear(message.body[0])
        self._spoke.set()
        return Message.new_method_return(message)
