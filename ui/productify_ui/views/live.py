"""What all pages know of the data, kept up to date: categories, faces, settings, the recorder's state."""

import asyncio

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QIcon

from productify.domain import Category, Mode, Productivity, Status, Totals
from productify.settings import Settings
from productify_ui.bridge import Bridge
from productify_ui.text.words import words
from productify_ui.theme import Theme
from productify_ui.widgets.tile import Face, glyph_for


class Categories(QObject):
    """The categories by their keys; `changed` tells that they were read anew."""

    changed = Signal()

    def __init__(self, bridge: Bridge, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._by_key: dict[str, Category] = {}
        bridge.changed.connect(self._tables_changed)

    async def load(self) -> None:
        """Read them."""
        found = await self._bridge.call(lambda service: service.catalogue.categories())
        self._by_key = {category.key: category for category in found}
        self.changed.emit()

    def all(self) -> tuple[Category, ...]:
        """Return them in the order that menus show them."""
        return tuple(self._by_key.values())

    def get(self, key: str | None) -> Category | None:
        """Return one, None where there is none of that key."""
        return self._by_key.get(key or "")

    def name(self, key: str | None) -> str:
        """Return its name; what has no category is unclassified."""
        found = self.get(key)
        return found.name if found else (key or words.unclassified)

    def colour(self, key: str | None) -> str:
        """Return the colour of its mark as #RRGGBB."""
        found = self.get(key)
        return self._theme.category(found.colour).fill if found else self._theme.colour("neutral").name()

    def productivity(self, key: str | None) -> int:
        """Return what time in it counts as by default."""
        found = self.get(key)
        return int(found.productivity if found else Productivity.NEUTRAL)

    @Slot(frozenset)
    def _tables_changed(self, tables: frozenset[str]) -> None:
        if "categories" in tables:
            self._bridge.start(self.load())


class Faces(QObject):
    """The faces of apps; icons come from the desktop one by one, and `changed` tells of each that came."""

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._icons: dict[str, QIcon | None] = {}

    def of(self, name: str, app_id: str | None = None) -> Face:
        """Return the face of an app or a site, as far as it is known by now."""
        if app_id is not None and app_id not in self._icons:
            self._icons[app_id] = None
            self._bridge.start(self._find(app_id))
        return Face(name, glyph_for(name), self._icons.get(app_id or ""))

    async def _find(self, app_id: str) -> None:
        found = await self._bridge.call(lambda service: service.catalogue.icon_of(app_id))
        icon = _icon(found) if found else None
        if icon is not None:
            self._icons[app_id] = icon
            self.changed.emit()


class Preferences(QObject):
    """The settings as they stand; `changed` tells that they were read anew."""

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._turn = asyncio.Lock()  # one question at a time: answers may come in another order than they were asked
        self.settings = Settings()
        bridge.changed.connect(self._tables_changed)

    async def load(self) -> None:
        """Read them."""
        async with self._turn:
            self._take(await self._bridge.call(lambda service: service.preferences.load()))

    async def save(self, key: str, value: object) -> None:
        """Change one; raises UsageError where the value does not fit."""
        async with self._turn:
            self._take(await self._bridge.call(lambda service: service.preferences.save(key, value)))  # type: ignore[arg-type]

    def _take(self, settings: Settings) -> None:
        if settings != self.settings:
            self.settings = settings
            self.changed.emit()

    @Slot(frozenset)
    def _tables_changed(self, tables: frozenset[str]) -> None:
        if "user_settings" in tables:
            self._bridge.start(self.load())


class LiveStatus(QObject):
    """The recorder's state as last told; `changed` tells of each new one."""

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.now: Status | None = None
        bridge.status.connect(self._take)

    async def load(self) -> None:
        """Ask for it."""
        self._take(await self._bridge.call(lambda service: service.tracking.status()))

    def fail(self, problem: str) -> None:
        """Take note that nothing is recorded and nothing known, because of what a sentence says."""
        self._take(Status(Mode.OFF, None, None, Totals(), None, problem))

    @Slot(object)
    def _take(self, status: Status) -> None:
        if status != self.now:
            self.now = status
            self.changed.emit()


def _icon(name_or_path: str) -> QIcon | None:
    icon = QIcon(name_or_path) if name_or_path.startswith("/") else QIcon.fromTheme(name_or_path)
    return None if icon.isNull() or (not icon.availableSizes() and not name_or_path.endswith(".svg")) else icon
