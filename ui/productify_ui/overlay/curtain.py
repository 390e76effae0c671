"""Draws the overlay over every monitor while something blocked is in front, and takes it away."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QScreen

from productify.domain import Blocked, Status
from productify.errors import KnownError
from productify_ui.icons import Icons
from productify_ui.theme import Theme
from productify_ui.views.context import ViewContext
from productify_ui.widgets.look import Look

if TYPE_CHECKING:
    from productify.service import Service
    from productify_ui.overlay.screen import OverlayScreen


class Curtain(QObject):
    """Hears what is blocked. Its windows are made when a session begins, so that showing them takes one frame.

    It is dark in both themes: it is to calm, and it covers whatever is below.
    """

    def __init__(self, context: ViewContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._theme: Theme | None = None
        self._look: Look | None = None
        self._screens: dict[QScreen, OverlayScreen] = {}
        self._blocked: Blocked | None = None
        self._is_in_session = False
        self._clock = QTimer(self)
        self._clock.setInterval(context.theme.px("motion.ring-tick"))
        self._clock.timeout.connect(self._tick)
        context.bridge.blocked.connect(self._show)
        context.bridge.status.connect(self._prepare)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._screens_changed)
        application.screenRemoved.connect(self._screen_gone)
        application.primaryScreenChanged.connect(self._screens_changed)

    @property
    def screens(self) -> "tuple[OverlayScreen, ...]":
        """Its windows, one a monitor, the main one first; made ahead or shown."""
        return tuple(self._screens.values())

    def close(self) -> None:
        """Take everything down for good."""
        self._context.bridge.blocked.disconnect(self._show)
        self._context.bridge.status.disconnect(self._prepare)
        self._take_away()
        self._forget()

    @Slot(object)
    def _prepare(self, status: Status) -> None:
        """Make the windows when a session begins that blocks, and let go of them when it is over."""
        self._is_in_session = status.focus is not None and bool(status.focus.plan.lists)
        if self._is_in_session:
            self._make()
        elif self._blocked is None:
            self._forget()

    @Slot(object)
    def _show(self, blocked: Blocked | None) -> None:
        self._blocked = blocked
        if blocked is None:
            self._take_away()
            if not self._is_in_session:
                self._forget()
            return
        self._make()
        for screen, window in reversed(self._screens.items()):  # the main one comes last and keeps the keyboard
            window.show_blocked(blocked, self._context.clock.now(), self._context.zone)
            self._cover(screen, window)
        self._clock.start()

    def _cover(self, screen: QScreen, window: "OverlayScreen") -> None:
        window.setGeometry(screen.geometry())
        if not window.isVisible():
            window.showFullScreen()
        window.raise_()
        if screen is next(iter(self._screens)):
            window.activateWindow()

    def _take_away(self) -> None:
        self._clock.stop()
        for window in self._screens.values():
            window.pass_card.hold.let_go()
            window.hide()

    def _make(self) -> None:
        """Have one window for each monitor, the first one's with the keyboard; those of monitors that stay are kept."""
        primary = QGuiApplication.primaryScreen()
        wanted = sorted(QGuiApplication.screens(), key=lambda screen: screen is not primary)
        if list(self._screens) == wanted:
            return
        if self._screens and next(iter(self._screens)) is not primary:
            self._forget()
        kept = self._screens
        self._screens = {each: kept.get(each) or self._window(each, main=each is primary) for each in wanted}

    def _window(self, screen: QScreen, *, main: bool) -> "OverlayScreen":
        from productify_ui.overlay.screen import OverlayScreen  # in the tray nobody needs it

        window = OverlayScreen(self._dark_look(), main=main)
        window.setScreen(screen)
        window.setGeometry(screen.geometry())
        screen.geometryChanged.connect(window.setGeometry)
        window.winId()  # the window system's part of the work, done ahead
        window.went_back.connect(self._go_back)
        window.stepped_aside.connect(self._step_aside)
        window.pass_card.wanted.connect(self._take_pass)
        return window

    def _dark_look(self) -> Look:
        if self._look is None:
            self._context.theme.bring_fonts()
            self._theme = Theme("dark", self)
            self._look = Look(self._theme, Icons(), self)
            self._context.theme.changed.connect(self._follow)
            self._follow()
        return self._look

    @Slot()
    def _follow(self) -> None:
        """Take over text size and motion, which people choose once for all of the app."""
        theme = self._context.theme
        if self._theme is not None:
            self._theme.choose("dark", theme.text_scale, theme.motion, theme.patterns)

    def _forget(self) -> None:
        for window in self._screens.values():
            window.hide()
            window.deleteLater()
        self._screens.clear()

    @Slot()
    def _tick(self) -> None:
        now, zone = self._context.clock.now(), self._context.zone
        for window in self._screens.values():
            window.tick(now, zone)

    @Slot()
    def _screens_changed(self) -> None:
        if self._blocked is not None:
            self._show(self._blocked)
        elif self._is_in_session:
            self._make()

    @Slot(QScreen)
    def _screen_gone(self, screen: QScreen) -> None:
        window = self._screens.pop(screen, None)
        if window is not None:
            window.hide()
            window.deleteLater()
        QTimer.singleShot(0, self, self._screens_changed)

    @Slot()
    def _go_back(self) -> None:
        self._context.bridge.start(self._context.bridge.call(lambda service: service.guard.back_to_work()))

    @Slot()
    def _step_aside(self) -> None:
        self._context.bridge.start(self._stepping_aside())

    @Slot(str)
    def _take_pass(self, reason: str) -> None:
        self._context.bridge.start(self._taking_pass(reason))

    async def _stepping_aside(self) -> None:
        try:
            await self._context.bridge.call(lambda service: service.guard.step_aside())
        except KnownError as error:
            self._say_trouble(error)

    async def _taking_pass(self, reason: str) -> None:
        try:
            await self._context.bridge.call(partial(_pass, reason))
        except KnownError as error:
            self._say_trouble(error)

    def _say_trouble(self, error: KnownError) -> None:
        for window in self.screens[:1]:
            window.say_trouble(f"{error.title} {error.hint}".strip())


async def _pass(reason: str, service: "Service") -> object:
    return await service.guard.take_pass(reason)
