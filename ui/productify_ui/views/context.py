"""What every page gets: the way to the data, the look, and the few things that all pages know."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QIcon

from productify.clock import Clock, system_zone
from productify.domain import Category, Mode, Period, Productivity, Status, Totals
from productify.settings import Settings
from productify_ui.bridge import Bridge
from productify_ui.text.words import words
from productify_ui.theme import Theme
from productify_ui.views.focus_actions import FocusActions
from productify_ui.views.live_focus import LiveFocus
from productify_ui.widgets.look import Look
from productify_ui.widgets.news import News
from productify_ui.widgets.tile import Face, glyph_for

_ZONE_SECONDS = 60.0


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


@dataclass(frozen=True, slots=True)
class Place:
    """A period on the page of that key, and the moment in it (UTC) that is meant, if one is."""

    page: str
    period: Period
    moment: datetime | None = None


class ViewContext(QObject):
    """Handed to every page.

    `bridge.call` reaches the data, `look` holds theme and icons, `clock` tells the time. `focus` is the running focus
    session, `focus_actions` what can be done with it. Whoever shows toasts and pages listens to `told`, `page_wanted`,
    `place_wanted` and `palette_wanted`. `has_tray` tells whether this desktop shows a tray; None where the app has no
    business in one. `shot_size` is how large the gallery's pictures are: small, medium or large. `side_taken` carries
    how many pixels of the window's right side a panel takes up, which toasts keep clear of.
    """

    told = Signal(object)
    page_wanted = Signal(str)
    place_wanted = Signal(object)
    palette_wanted = Signal()
    side_taken = Signal(int)

    def __init__(self, bridge: Bridge, look: Look, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.look = look
        self.theme = look.theme
        self.clock = clock
        self.categories = Categories(bridge, look.theme, self)
        self.faces = Faces(bridge, self)
        self.preferences = Preferences(bridge, self)
        self.status = LiveStatus(bridge, self)
        self.focus = LiveFocus(self.status, clock, self)
        self.focus_actions = FocusActions(self, self)
        self.has_tray: Callable[[], bool] | None = None
        self.shot_size = "medium"
        self._zone: tuple[float, tzinfo] | None = None

    async def load(self) -> None:
        """Read what all pages share, once the service is open."""
        await self.categories.load()
        await self.preferences.load()
        await self.status.load()

    def tell(self, news: News) -> None:
        """Show a toast."""
        self.told.emit(news)

    def open_page(self, key: str) -> None:
        """Go to the page of that key, or with `page/part` to that part of it."""
        self.page_wanted.emit(key)

    def go_to(self, place: Place) -> None:
        """Go to a period on a page."""
        self.place_wanted.emit(place)

    @property
    def zone(self) -> tzinfo:
        """The machine's time zone; looked up at most once a minute, for it reads files."""
        steady = self.clock.steady()
        if self._zone is None or steady - self._zone[0] > _ZONE_SECONDS:
            self._zone = (steady, system_zone())
        return self._zone[1]

    @property
    def tracking_enabled(self) -> bool:
        """Whether the settings let anything be recorded."""
        return self.preferences.settings.flag("tracking_enabled")

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return self.clock.now()


def _icon(name_or_path: str) -> QIcon | None:
    icon = QIcon(name_or_path) if name_or_path.startswith("/") else QIcon.fromTheme(name_or_path)
    return None if icon.isNull() or (not icon.availableSizes() and not name_or_path.endswith(".svg")) else icon
