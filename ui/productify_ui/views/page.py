"""What all pages have in common: a header, a banner, and asking again when what they show has changed."""

import logging
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify.errors import KnownError
from productify_ui.text.palette import palette_words
from productify_ui.text.words import words
from productify_ui.views.context import Place, ViewContext
from productify_ui.widgets.banner import Banner
from productify_ui.widgets.button import Button
from productify_ui.widgets.chart_card import ChartCard
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look

_THROTTLE_MS = 200
_log = logging.getLogger(__name__)


class PageHeader(QWidget):
    """The row at the top: title, the page's own controls, room, and more controls at the right end."""

    def __init__(self, look: Look, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.title = Label(look, title, "title", parent=self)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(look.theme.px("space.6"))
        self._row.addWidget(self.title)
        self._row.addSpacing(look.theme.px("space.4"))
        self._row.addStretch(1)
        self._left = 2
        self.set_compact(False)

    def add_left(self, widget: QWidget) -> None:
        """Put a control behind the title and what was put there before."""
        self._row.insertWidget(self._left, widget)
        self._left += 1

    def add_right(self, widget: QWidget) -> None:
        """Put a control at the right end."""
        self._row.addWidget(widget)

    def set_compact(self, compact: bool) -> None:
        """Take less room at the sides."""
        self.set_side(self._look.theme.px("size.page-padding-compact" if compact else "size.page-padding"))

    def set_side(self, side: int) -> None:
        """Leave so much room at both sides, in logical pixels."""
        self._row.setContentsMargins(side, 0, side, 0)
        self.setFixedHeight(self._look.theme.scaled("size.header"))


class Page(QWidget):
    """A page of the window. A subclass names its `tables`, fills `content` and writes `refresh`.

    A commit that touched one of the tables makes the page dirty; if it is in view it refreshes at most every 200 ms,
    else once it is shown. What `refresh` raises of the user's world stands in the banner, and old data stays in view.
    """

    tables: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, title: str, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.look = context.look
        self.theme = context.theme
        self.compact = False
        self._dirty = True
        self._busy = False
        self.search_button: Button | None = None
        self._search_text = ""
        self.setAccessibleName(title)
        self.header = PageHeader(self.look, title, self)
        self.banner = Banner(self.look, parent=self)
        self.banner.acted.connect(self.refresh_now)
        self.content = QVBoxLayout()
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(0)
        self._holder = QVBoxLayout()
        self._holder.addWidget(self.banner)
        self._stack_up()
        self._throttle = QTimer(self)
        self._throttle.setSingleShot(True)
        self._throttle.setInterval(_THROTTLE_MS)
        self._throttle.timeout.connect(self.refresh_now)
        self.shortcut("Alt+T", self.toggle_tables)
        context.bridge.changed.connect(self._tables_changed)
        self.theme.changed.connect(self._theme_changed)

    async def refresh(self) -> None:
        """Ask for the page's data and show it."""
        raise NotImplementedError

    def go_to(self, place: Place) -> None:
        """Show a period, and a moment in it; a page without periods stays as it is."""

    def show_part(self, part: str) -> None:
        """Go to the part of that key; a page without parts stays as it is."""

    def set_compact(self, compact: bool) -> None:
        """Arrange for a small window or for a large one; called when that changes, or the theme and its sizes."""

    @property
    def dirty(self) -> bool:
        """Whether what it shows may be out of date."""
        return self._dirty

    @property
    def settled(self) -> bool:
        """Whether it shows what it asked for, or why that could not be."""
        return not self._dirty and not self._busy

    @Slot()
    def mark_dirty(self) -> None:
        """Ask again soon if in view, else when shown."""
        self._dirty = True
        if self.isVisible() and not self._throttle.isActive():
            self._throttle.start()

    @Slot()
    def refresh_now(self) -> None:
        """Ask again at once, unless an answer is already on its way: then right after it."""
        self._dirty = True
        if not self._busy:
            self._busy = True
            self.context.bridge.start(self._refresh())

    def add_search(self, text: str) -> None:
        """Put a button at the right end of the header that opens the palette, as the key / does."""
        self._search_text = text
        self.search_button = Button(self.look, text, icon="search", name=palette_words.name, parent=self)
        self.search_button.clicked.connect(self.context.palette_wanted)
        self.header.add_right(self.search_button)
        self.shortcut("/", self.context.palette_wanted)
        self._fit_search()

    def _fit_search(self) -> None:
        if self.search_button is not None:
            self.search_button.setText("" if self.compact else self._search_text)
            self.search_button.set_detail("" if self.compact else palette_words.search_keys)

    def shortcut(self, keys: str, slot: object) -> QShortcut:
        """Let keys call a slot while this page is in view."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(slot)
        return shortcut

    @Slot()
    def toggle_tables(self) -> None:
        """Turn the chart with the focus into its table or back; without focus in one, all of them."""
        cards = self.findChildren(ChartCard)
        focus = self.window().focusWidget()
        focused = [card for card in cards if focus is not None and card.isAncestorOf(focus)]
        shown = any(card.shows_table for card in focused or cards)
        for card in focused or cards:
            card.set_table_shown(not shown)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._measure()
        if self._dirty:
            self.refresh_now()

    def hideEvent(self, event: QHideEvent) -> None:
        self._throttle.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _stack_up(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(self._holder)
        column.addLayout(self.content, 1)
        self._pad_banner()

    def _pad_banner(self) -> None:
        side = self.theme.px("size.page-padding-compact" if self.compact else "size.page-padding")
        self._holder.setContentsMargins(side, 0, side, 0)

    def _measure(self) -> None:
        compact = self.window().width() < self.theme.px("breakpoint.rail")
        if compact != self.compact:
            self.compact = compact
            self.header.set_compact(compact)
            self._fit_search()
            self._pad_banner()
            self.set_compact(compact)

    async def _refresh(self) -> None:
        try:
            while self._dirty:
                self._dirty = False
                await self.refresh()
            self.banner.hide()
        except KnownError as error:
            _log.info("%s could not be shown: %s", type(self).__name__, error)
            self.banner.tell(error.title, error.hint, words.retry)
        finally:
            self._busy = False

    @Slot()
    def _theme_changed(self) -> None:
        self.header.set_compact(self.compact)
        self.set_compact(self.compact)

    @Slot(frozenset)
    def _tables_changed(self, tables: frozenset[str]) -> None:
        if tables & self.tables:
            self.mark_dirty()
