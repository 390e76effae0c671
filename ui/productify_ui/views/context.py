"""What every page gets: the way to the data, the look, and the few things that all pages know."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from PySide6.QtCore import QObject, Signal

from productify.clock import Clock, system_zone
from productify.domain import Period
from productify_ui.bridge import Bridge
from productify_ui.views.focus_actions import FocusActions
from productify_ui.views.live import Categories, Faces, LiveStatus, Preferences
from productify_ui.views.live_focus import LiveFocus
from productify_ui.widgets.look import Look
from productify_ui.widgets.news import News

_ZONE_SECONDS = 60.0


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
        self.focus_actions = FocusActions(bridge, look, self.focus, self.preferences, self.status, self)
        self.focus_actions.told.connect(self.told)
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
