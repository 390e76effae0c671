"""Firefox's address over the accessibility bus (AT-SPI), which it serves as soon as anybody asks for accessibility."""

import asyncio
import logging
import re
from collections.abc import Sequence
from typing import Any, Self

from dbus_fast import Message, Variant
from dbus_fast.aio import MessageBus

from productify import bus as dbus
from productify.domain import Capability, Health
from productify.errors import UnavailableError
from productify.tracker.probe import Environment, Window

_log = logging.getLogger(__name__)
_BUS = "org.a11y.Bus"
_BUS_PATH = "/org/a11y/bus"
_STATUS = "org.a11y.Status"
_REGISTRY = "org.a11y.atspi.Registry"
_ROOT = "/org/a11y/atspi/accessible/root"
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_DOCUMENT = "org.a11y.atspi.Document"

_FIREFOX = re.compile(r"firefox|navigator|librewolf|waterfox|icecat|floorp|zen(-\w+)?$", re.IGNORECASE)
_EMBEDS = 13
_DOCUMENT_WEB = 95
_ACTIVE, _FOCUSED, _SHOWING = 1, 12, 25
_IMAGE, _LABEL, _LIST, _LIST_ITEM, _MENU, _MENU_BAR, _MENU_ITEM, _TAB_LIST, _BUTTON, _TOOL_BAR, _ENTRY = (
    27, 29, 31, 32, 33, 34, 35, 38, 43, 63, 79,
)  # fmt: skip
_WITHOUT_PAGE = frozenset(
    {_IMAGE, _LABEL, _LIST, _LIST_ITEM, _MENU, _MENU_BAR, _MENU_ITEM, _TAB_LIST, _BUTTON, _TOOL_BAR, _ENTRY}
)

_MOST_NODES = 300

Node = tuple[str, str]
"""A name on the accessibility bus and an object path there."""


class FirefoxAddresses:
    """Finds the page in front by the window's relation to it, or by walking what is shown; remembers it."""

    def __init__(self, environment: Environment) -> None:
        self._address = dbus.session_address(environment)
        self._asks_at_start = bool(environment.get("WAYLAND_DISPLAY"))
        self._session: MessageBus | None = None
        self._bus: MessageBus | None = None
        self._switched_on = False
        self._apps: dict[int, Node] = {}
        self._connecting = asyncio.Lock()

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether there is a session bus to find the accessibility bus by."""
        return 10 if dbus.session_address(environment) else 0

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return a reader."""
        return cls(environment)

    def accepts(self, window: Window) -> bool:
        """Return whether `window` is Firefox or one of its family."""
        return any(_FIREFOX.search(name) for name in window.wm_class)

    async def read(self, window: Window) -> str | None:
        """Return the address of the page in front, None while there is none; raises UnavailableError."""
        bus = await self._connected()
        frame = await self._in_front(bus, window)
        if frame is None:
            return None
        page = await self._embedded(bus, frame) or await self._walked(bus, frame)
        if page is None:
            return None
        url = await dbus.call(bus, *page, _DOCUMENT, "GetAttributeValue", "s", "DocURL")
        return str(url) if url else None

    async def close(self) -> None:
        """Disconnect, and leave accessibility as it was found."""
        if self._switched_on and self._session is not None and self._session.connected:
            try:
                await self._switch_accessibility(self._session, False)
            except UnavailableError as error:
                _log.info("accessibility stays switched on: %s", error)
        self._forget()

    async def capabilities(self) -> tuple[Capability, ...]:
        """Return whether the accessibility bus can be reached.

        On Wayland, Firefox looks whether anybody asks for accessibility only when it starts; so it is asked for now.
        """
        try:
            if not await dbus.can_be_asked(await self._on_session(), _BUS):
                raise UnavailableError(f"{_BUS} is not installed")
            if self._asks_at_start:
                await self._connected()
        except UnavailableError as error:
            _log.info("no addresses: %s", error)
            detail, fix = "The accessibility bus does not answer.", "Install at-spi2-core and log in again."
            return (Capability("url.firefox", "Addresses in Firefox", Health.MISSING, "none", detail, fix),)
        detail = "A Firefox that was there first tells them once it is restarted." if self._asks_at_start else ""
        return (Capability("url.firefox", "Addresses in Firefox", Health.WORKS, "AT-SPI", detail),)

    async def _connected(self) -> MessageBus:
        async with self._connecting:
            if self._bus is not None and self._bus.connected:
                return self._bus
            self._forget()
            session = await self._on_session()
            address = str(await dbus.call(session, _BUS, _BUS_PATH, _BUS, "GetAddress", may_start=True))
            if not await dbus.get_property(session, _BUS, _BUS_PATH, _STATUS, "IsEnabled"):
                await self._switch_accessibility(session, True)
                self._switched_on = True
            self._bus = await dbus.connected(address, _ignore)
            return self._bus

    async def _on_session(self) -> MessageBus:
        if self._session is None or not self._session.connected:
            if self._address is None:
                raise UnavailableError("no session D-Bus")
            self._session = await dbus.connected(self._address, _ignore)
        return self._session

    async def _switch_accessibility(self, session: MessageBus, on: bool) -> None:
        await dbus.set_property(session, _BUS, _BUS_PATH, _STATUS, "IsEnabled", Variant("b", on))

    def _forget(self) -> None:
        dbus.disconnect(self._bus)
        dbus.disconnect(self._session)
        self._bus = self._session = None
        self._apps = {}

    async def _in_front(self, bus: MessageBus, window: Window) -> Node | None:
        """Return the frame that `window` is; where its process is not known, that of the first such browser."""
        if window.pid is not None:
            app = await self._app(bus, window.pid)
            return await self._frame(bus, app, window.title or "") if app is not None else None
        for app in await _children(bus, (_REGISTRY, _ROOT)):
            try:
                name = str(await dbus.get_property(bus, *app, _ACCESSIBLE, "Name"))
                frame = await self._frame(bus, app, window.title or "") if _FIREFOX.search(name) else None
            except dbus.CallFailedError as error:
                _log.debug("an app left: %s", error)
                continue
            if frame is not None:
                return frame
        return None

    async def _app(self, bus: MessageBus, pid: int) -> Node | None:
        """Return the app of process `pid`."""
        if pid in self._apps:
            if await dbus.has_owner(bus, self._apps[pid][0]):
                return self._apps[pid]
            del self._apps[pid]
        for app in await _children(bus, (_REGISTRY, _ROOT)):
            try:
                if await dbus.pid_of(bus, app[0]) == pid:
                    self._apps[pid] = app
                    return app
            except dbus.CallFailedError as error:
                _log.debug("an app left: %s", error)
        return None

    async def _frame(self, bus: MessageBus, app: Node, title: str) -> Node | None:
        """Return the app's window in front: the active one, or the one with this title, or the only one."""
        frames = await _children(bus, app)
        for frame in frames:
            if _has(await _states(bus, frame), _ACTIVE):
                return frame
        for frame in frames:
            if title and await dbus.get_property(bus, *frame, _ACCESSIBLE, "Name") == title:
                return frame
        return frames[0] if len(frames) == 1 else None

    async def _embedded(self, bus: MessageBus, frame: Node) -> Node | None:
        """Return the page that the window says it holds."""
        relations = await dbus.call(bus, *frame, _ACCESSIBLE, "GetRelationSet") or []
        for kind, targets in relations:
            if kind == _EMBEDS and targets:
                return (targets[0][0], targets[0][1])
        return None

    async def _walked(self, bus: MessageBus, frame: Node) -> Node | None:
        """Return the focused page among what is shown, else the first that is shown."""
        shown: Node | None = None
        waiting = [frame]
        for _ in range(_MOST_NODES):
            if not waiting:
                break
            node = waiting.pop()
            states = await _states(bus, node)
            if node != frame and not _has(states, _SHOWING):
                continue
            role = await dbus.call(bus, *node, _ACCESSIBLE, "GetRole")
            if role == _DOCUMENT_WEB:
                if _has(states, _FOCUSED):
                    return node
                shown = shown or node
            elif role not in _WITHOUT_PAGE:
                waiting.extend(await _children(bus, node))
        return shown


async def _children(bus: MessageBus, node: Node) -> list[Node]:
    children = await dbus.call(bus, *node, _ACCESSIBLE, "GetChildren", may_start=node[0] == _REGISTRY) or []
    return [(name, path) for name, path in children]


async def _states(bus: MessageBus, node: Node) -> Sequence[int]:
    states: Any = await dbus.call(bus, *node, _ACCESSIBLE, "GetState")
    return [int(word) for word in states or ()]


def _has(states: Sequence[int], bit: int) -> bool:
    word, place = divmod(bit, 32)
    return word < len(states) and bool(states[word] >> place & 1)


def _ignore(_message: Message) -> None:
    """Signals of these buses say nothing that is needed here."""
