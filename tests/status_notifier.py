"""The tray as StatusNotifier hosts know it: what is registered, how it looks, and its menu, asked over D-Bus."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

WATCHER = "org.kde.StatusNotifierWatcher"
_ITEM = "org.kde.StatusNotifierItem"
_MENU = "com.canonical.dbusmenu"


@dataclass(frozen=True)
class Entry:
    """One line of a menu."""

    id: int
    label: str
    enabled: bool
    visible: bool


class Hosts:
    """A member of the session's bus that asks what a host would ask."""

    def __init__(self, bus: MessageBus) -> None:
        self._bus = bus

    @classmethod
    async def on(cls, address: str) -> Self:
        """Return one on the bus at `address`."""
        return cls(await MessageBus(bus_address=address).connect())

    def close(self) -> None:
        """Leave the bus."""
        self._bus.disconnect()

    async def items(self) -> list[str]:
        """Return who is registered, as name and path; nothing where there is no watcher."""
        try:
            return list(
                await self._property(WATCHER, "/StatusNotifierWatcher", WATCHER, "RegisteredStatusNotifierItems")
            )
        except LookupError:
            return []

    async def watcher(self, patience: float = 15.0) -> None:
        """Return as soon as items can be registered."""
        async with asyncio.timeout(patience):
            while True:
                try:
                    await self._property(WATCHER, "/StatusNotifierWatcher", WATCHER, "IsStatusNotifierHostRegistered")
                except LookupError:
                    await asyncio.sleep(0.05)
                else:
                    return

    async def item(self, patience: float = 15.0) -> "Item":
        """Return the one item, as soon as it is there."""
        async with asyncio.timeout(patience):
            while not (items := await self.items()):  # noqa: ASYNC110 - the watcher itself may come and go
                await asyncio.sleep(0.05)
        [where] = items
        name, _, path = where.partition("/")
        return Item(self, name, f"/{path}")

    async def call(self, name: str, path: str, interface: str, method: str, signature: str, *body: object) -> list[Any]:
        """Call a method and return what it answers; LookupError where nobody answers, or with an error."""
        message = Message(name, path, interface, method, signature=signature, body=list(body))
        reply = await asyncio.wait_for(self._bus.call(message), 10)
        if reply is None or reply.message_type is MessageType.ERROR:
            raise LookupError(f"{interface}.{method}: {reply and reply.body}")
        return reply.body

    async def _property(self, name: str, path: str, interface: str, key: str) -> Any:
        [value] = await self.call(name, path, "org.freedesktop.DBus.Properties", "Get", "ss", interface, key)
        return value.value


@dataclass(frozen=True)
class Item:
    """One tray icon."""

    hosts: Hosts
    name: str
    path: str

    async def about(self, key: str) -> Any:
        """Return a property: Title, ToolTip, IconPixmap."""
        return await self.hosts._property(self.name, self.path, _ITEM, key)

    async def activate(self) -> None:
        """Click it."""
        await self.hosts.call(self.name, self.path, _ITEM, "Activate", "ii", 0, 0)

    async def menu(self) -> list[Entry]:
        """Open its menu and return all lines of it that can be read, those of menus within it included."""
        path = await self.about("Menu")
        await self.hosts.call(self.name, path, _MENU, "AboutToShow", "i", 0)
        _revision, layout = await self.hosts.call(self.name, path, _MENU, "GetLayout", "iias", 0, -1, [])
        return list(_entries(layout))

    async def choose(self, label: str) -> None:
        """Choose the line of its menu that begins with `label`."""
        entry = next(
            each for each in await self.menu() if each.label.startswith(label) and each.visible and each.enabled
        )
        clicked = (entry.id, "clicked", Variant("s", ""), 0)
        await self.hosts.call(self.name, await self.about("Menu"), _MENU, "Event", "isvu", *clicked)


def _entries(layout: Any) -> Iterator[Entry]:
    number, properties, children = layout
    said = {key: variant.value for key, variant in properties.items()}
    if said.get("label"):
        label = said["label"].replace("_", "")
        yield Entry(number, label, said.get("enabled", True), said.get("visible", True))
    for child in children:
        yield from _entries(child.value)
