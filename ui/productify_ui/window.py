"""The window: sidebar, one page at a time, and what lies over them."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QHideEvent,
    QIcon,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from productify_ui.pages import PAGES, PageSpec
from productify_ui.sidebar import Sidebar
from productify_ui.text.focus import focus_words
from productify_ui.text.focus_time import digits_of
from productify_ui.text.words import words
from productify_ui.tracking_actions import TrackingActions
from productify_ui.tracking_card import TrackingCard
from productify_ui.views.context import Place, ViewContext
from productify_ui.views.page import Page
from productify_ui.views.palette import Palette
from productify_ui.widgets.news import News
from productify_ui.widgets.toast import Toasts
from productify_ui.window_state import WindowState

_NEIGHBOURS_MS = 3_000


class Window(QWidget):
    """Shows the pages; each is made when it is first opened.

    While `stays` is set, closing it only emits `left`: whoever listens hides or minimises it. `first_painted` comes
    once, when there is something to see. `in_view` tells any thread whether it is neither hidden nor minimised.
    """

    left = Signal()
    first_painted = Signal()

    def __init__(
        self, context: ViewContext, state: WindowState, actions: TrackingActions | None = None, *,
        specs: Sequence[PageSpec] = PAGES,
    ) -> None:  # fmt: skip
        super().__init__()
        self.context = context
        self.theme = context.theme
        context.shot_size = state.shot_size
        self.stays = False
        self.in_view = False
        self._painted = False
        self._specs = {spec.key: spec for spec in specs}
        self._pages: dict[str, Page] = {}
        self._state = state
        self.tracking_actions = actions or TrackingActions(context, self)
        self.tracking = TrackingCard(context, self.tracking_actions)
        self.sidebar = Sidebar(context.look, specs, self.tracking, self)
        self.sidebar.chosen.connect(self.open_page)
        self._stack = QStackedWidget(self)
        self._alone: QWidget | None = None
        self._palette: Palette | None = None
        self.toasts = Toasts(context.look, self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.sidebar)
        self._row.addWidget(self._stack, 1)
        self._neighbours = QTimer(self)
        self._neighbours.setInterval(_NEIGHBOURS_MS)
        self._neighbours.timeout.connect(self._look_at_neighbours)
        self._dress()
        self._add_keys()
        context.told.connect(self._tell)
        context.side_taken.connect(self.toasts.keep_clear)
        context.page_wanted.connect(self.open_page)
        context.place_wanted.connect(self._go_to)
        context.palette_wanted.connect(self.open_palette)
        context.focus.changed.connect(self._show_focus)
        context.focus.ticked.connect(self._show_focus)
        self.theme.changed.connect(self.update)
        self.open_page(state.page if state.page in self._specs else next(iter(self._specs)))

    @property
    def page(self) -> Page:
        """The page in view."""
        page = self._stack.currentWidget()
        assert isinstance(page, Page)
        return page

    @property
    def page_key(self) -> str:
        """The key of the page in view."""
        return next(key for key, page in self._pages.items() if page is self.page)

    @Slot(str)
    def open_page(self, key: str) -> None:
        """Show the page of that key, or with `page/part` that part of it."""
        key, _, part = key.partition("/")
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = self._specs[key].make(self.context, self._stack)
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.sidebar.choose(key)
        if part:
            page.show_part(part)

    @Slot()
    def open_palette(self) -> None:
        """Let the user search or jump; not while something stands in the way of the record."""
        if self._alone is None:
            if self._palette is None:
                self._palette = Palette(self.context, self.tracking_actions, self._specs.values(), self)
            self._palette.open_palette()

    def show_alone(self, widget: QWidget) -> None:
        """Show nothing but this widget, until `show_pages`."""
        if self._alone is not widget:
            self._drop_alone()
            self._alone = widget
            self._row.addWidget(widget, 1)
        for each in (self.sidebar, self._stack):
            each.hide()
        widget.show()

    def show_pages(self) -> None:
        """Show the pages again, with fresh data."""
        self._drop_alone()
        for page in self._pages.values():
            page.mark_dirty()
        for each in (self.sidebar, self._stack):
            each.show()

    def state(self) -> WindowState:
        """Return how it looks, for the next start."""
        size = self.normalGeometry().size() if self.isMaximized() else self.size()
        return replace(
            self._state,
            width=size.width(),
            height=size.height(),
            maximised=self.isMaximized(),
            page=self.page_key,
            shot_size=self.context.shot_size,
        )

    def bring_up(self) -> None:
        """Show it in front, whatever it was before."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        rail = self.width() < self.theme.px("breakpoint.rail")
        if self._palette is not None:
            self._palette.setGeometry(self.rect())
        self.tracking.set_rail(rail)
        self.sidebar.set_rail(rail)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("bg"))
        painter.end()
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.first_painted.emit)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.in_view = not self.isMinimized()
        self._neighbours.start()
        self.context.focus.watch(self)
        self._show_focus()

    def hideEvent(self, event: QHideEvent) -> None:
        self._neighbours.stop()
        self.context.focus.unwatch(self)
        self.in_view = False
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self.in_view = self.isVisible() and not self.isMinimized()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.stays:
            event.ignore()
            self.left.emit()
        else:
            super().closeEvent(event)

    def _drop_alone(self) -> None:
        if self._alone is not None:
            self._row.removeWidget(self._alone)
            self._alone.hide()
            self._alone.deleteLater()
            self._alone = None

    def _dress(self) -> None:
        theme = self.theme
        self.setWindowTitle(words.app_name)
        logo = QIcon()
        for side in (16, 24, 32, 48, 64, 128):
            logo.addPixmap(self.context.look.icons.pixmap("logo", theme.colour("accent"), side))
        self.setWindowIcon(logo)
        self.setMinimumSize(theme.px("size.window-min-width"), theme.px("size.window-min-height"))
        width = self._state.width or theme.px("size.window-default-width")
        height = self._state.height or theme.px("size.window-default-height")
        room = self.screen().availableSize()
        self.resize(
            min(width, max(room.width(), self.minimumWidth())), min(height, max(room.height(), self.minimumHeight()))
        )
        if self._state.maximised:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _add_keys(self) -> None:
        for spec in self._specs.values():
            shortcut = QShortcut(QKeySequence(spec.keys), self)
            shortcut.setObjectName(spec.key)
            shortcut.activated.connect(self._page_key_pressed)
        for keys, slot in (
            ("Ctrl+K", self.open_palette),
            ("Ctrl+Shift+I", self.tracking_actions.toggle_incognito),
            ("Ctrl+Shift+Space", self._toggle_pause),
            ("Ctrl+Return", self.context.focus_actions.toggle),
            ("Ctrl+Enter", self.context.focus_actions.toggle),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(slot)

    @Slot()
    def _toggle_pause(self) -> None:
        """Pause what runs: a focus session where there is one, else tracking."""
        if self.context.focus.now is not None:
            self.context.focus_actions.toggle_pause()
        else:
            self.tracking_actions.toggle_pause()

    @Slot()
    def _show_focus(self) -> None:
        now = self.context.focus.now
        digits = "" if now is None else digits_of(now)
        self.sidebar.show_live("focus", digits, focus_words.pill.format(time=digits) if digits else "")

    @Slot()
    def _page_key_pressed(self) -> None:
        self.open_page(self.sender().objectName())

    @Slot()
    def _look_at_neighbours(self) -> None:
        """See whether a command or another process wrote; only once the store is open, and while the window shows."""
        if self.context.status.now is not None:
            self.context.bridge.start(self.context.bridge.call(lambda service: service.neighbours.look()))

    @Slot(object)
    def _go_to(self, place: Place) -> None:
        self.open_page(place.page)
        self.page.go_to(place)

    @Slot(object)
    def _tell(self, news: News) -> None:
        self.toasts.tell(news)
