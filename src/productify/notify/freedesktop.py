"""Notifications on Linux desktops: org.freedesktop.Notifications on the session bus, with buttons."""

import asyncio
import logging
from html import escape
from typing import Any

from dbus_fast import BusType, Message, MessageType, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.errors import DBusFastError

from productify.domain import Notification
from productify.notify.notifier import NotifierUnavailableError

_log = logging.getLogger(__name__)
_NAME = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_DAEMON = "org.freedesktop.DBus"
_DAEMON_PATH = "/org/freedesktop/DBus"
_PATIENCE = 5.0
_APP_NAME, _ICON = "Productify Pro", "productify"
_SOUND = "message-new-instant"
_BY_THE_SERVER = -1
_BROKEN = (OSError, EOFError, TimeoutError, DBusFastError)


class FreedesktopNotifier:
    """Connects when the first notification is shown, and again after the bus went away."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._bus: MessageBus | None = None
        self._can: frozenset[str] = frozenset()
        self._shown: dict[int, asyncio.Future[str | None]] = {}
        self._ids: dict[str, int] = {}
        self._opening = asyncio.Lock()

    async def show(self, notification: Notification) -> str | None:
        """Show it, with its buttons where the desktop has any, and return what was chosen.

        Waits until it went away; None where it did so without a choice, or was replaced. Raises
        NotifierUnavailableError where no server answers.
        """
        async with self._opening:
            bus = await self._connected()
            before = self._ids.get(notification.key, 0)
            shown_id = int(await self._call(bus, "Notify", "susssasa{sv}i", *self._arguments(notification, before)))
            self._settle(before, None)
            chosen: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
            self._shown[shown_id] = chosen
            if notification.key:
                self._ids[notification.key] = shown_id
        try:
            answer = await chosen
            if answer is not None:
                await self._take_back(bus, shown_id)
            return answer
        finally:
            if self._shown.get(shown_id) is chosen:  # one that took its place may bear the same number
                del self._shown[shown_id]
                self._ids.pop(notification.key, None)

    async def close(self) -> None:
        """Take back what is still shown, and disconnect."""
        bus, self._bus = self._bus, None
        if bus is None:
            return
        for shown_id in list(self._shown):
            self._settle(shown_id, None)
            await self._take_back(bus, shown_id)
        if bus.connected:
            bus.disconnect()

    async def _take_back(self, bus: MessageBus, shown_id: int) -> None:
        """Let one go from the screen: some servers leave it there after a choice."""
        try:
            await self._call(bus, "CloseNotification", "u", shown_id)
        except NotifierUnavailableError as error:
            _log.debug("a notification could not be taken back: %s", error)

    async def _connected(self) -> MessageBus:
        if self._bus is not None and self._bus.connected:
            return self._bus
        self._forget()
        bus = MessageBus(bus_address=self._address, bus_type=BusType.SESSION)
        try:
            async with asyncio.timeout(_PATIENCE):
                await bus.connect()
        except _BROKEN as error:
            raise NotifierUnavailableError(f"no session D-Bus: {error!r}") from error
        try:
            bus.add_message_handler(self._hear)
            for rule in (
                f"type='signal',interface='{_NAME}',path='{_PATH}'",
                f"type='signal',sender='{_DAEMON}',member='NameOwnerChanged',arg0='{_NAME}'",
            ):
                await self._ask(bus, Message(_DAEMON, _DAEMON_PATH, _DAEMON, "AddMatch", signature="s", body=[rule]))
            self._can = frozenset(await self._call(bus, "GetCapabilities", ""))
        except BaseException:
            bus.disconnect()
            raise
        self._bus = bus
        return bus

    def _arguments(self, notification: Notification, replaces: int) -> tuple[Any, ...]:
        body = escape(notification.body, quote=False) if "body-markup" in self._can else notification.body
        actions = [word for action in notification.actions for word in action] if "actions" in self._can else []
        hints = {
            "urgency": Variant("y", int(notification.urgency)),
            "desktop-entry": Variant("s", "productify"),
            **({"sound-name": Variant("s", _SOUND)} if notification.sound else {"suppress-sound": Variant("b", True)}),
        }
        expires = _BY_THE_SERVER if notification.seconds is None else round(notification.seconds * 1000)
        return _APP_NAME, replaces, _ICON, notification.title, body, actions, hints, expires

    def _hear(self, message: Message) -> None:
        if message.message_type is not MessageType.SIGNAL:
            return
        match message.member, message.body:
            case "ActionInvoked", [int(shown_id), str(key)]:
                self._settle(shown_id, key)
            case "NotificationClosed", [int(shown_id), _]:
                self._settle(shown_id, None)
            case "NameOwnerChanged", [name, *_] if name == _NAME:
                self._forget()  # another server, which knows nothing of what its forerunner showed
            case _:
                pass

    def _settle(self, shown_id: int, chosen: str | None) -> None:
        waiting = self._shown.get(shown_id)
        if waiting is not None and not waiting.done():
            waiting.set_result(chosen)

    def _forget(self) -> None:
        for shown_id in list(self._shown):
            self._settle(shown_id, None)
        self._ids.clear()

    async def _call(self, bus: MessageBus, member: str, signature: str, *body: Any) -> Any:
        """Return the first value of the server's answer, None where it has none."""
        answer = await self._ask(bus, Message(_NAME, _PATH, _NAME, member, signature=signature, body=list(body)))
        return answer.body[0] if answer.body else None

    async def _ask(self, bus: MessageBus, question: Message) -> Message:
        try:
            async with asyncio.timeout(_PATIENCE):
                answer = await bus.call(question)
        except _BROKEN as error:
            raise NotifierUnavailableError(f"the notification server does not answer: {error!r}") from error
        if answer.message_type is MessageType.ERROR:
            raise NotifierUnavailableError(f"the notification server says {answer.error_name} {answer.body}")
        return answer
