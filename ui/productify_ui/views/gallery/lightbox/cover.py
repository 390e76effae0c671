"""What covers the window around one screenshot: dark in both themes, as pictures want it."""

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from productify.domain import Shot
from productify_ui.icons import Icons
from productify_ui.text.lightbox import lightbox_words as say
from productify_ui.theme import Theme
from productify_ui.views.context import ViewContext
from productify_ui.views.gallery.lightbox.frame import Arrow, CoverBar, KeyLine, TopLine
from productify_ui.views.gallery.lightbox.scrubber import Scrubber
from productify_ui.views.gallery.lightbox.side import Side
from productify_ui.views.gallery.lightbox.stage import Stage
from productify_ui.widgets.look import Look
from productify_ui.widgets.scroll import ScrollColumn


class Cover(QWidget):
    """Lies over all of a window with everything that stands around a picture; the keyboard stays within."""

    def __init__(self, context: ViewContext, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._shot: Shot | None = None
        self._theme = Theme("dark", self)
        self._look = Look(self._theme, Icons(), self)
        self._follow_theme()
        context.theme.changed.connect(self._follow_theme)
        self.top = TopLine(self._look, self)
        self.stage = Stage(self._look, self)
        self.previous = Arrow(self._look, "chevron-left", say.previous, self.stage)
        self.next = Arrow(self._look, "chevron-right", say.next, self.stage)
        self.bar = CoverBar(self._look, self)
        self.side = Side(context, self._look, self)
        self.scrubber = Scrubber(context, self._look, self)
        self.scrubber.setAccessibleDescription(say.strip_help)
        self.keys = KeyLine(self._look, self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()
        window.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_window()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("lightbox"))
        painter.end()

    def focusNextPrevChild(self, following: bool) -> bool:
        """Keep the keyboard within, as nothing below can be seen."""
        reachable = [
            each
            for each in self.findChildren(QWidget)
            if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        if not reachable or self._shot is None:  # closing: Qt asks where the keyboard goes as each part is hidden
            return super().focusNextPrevChild(following)
        here = QApplication.focusWidget()
        place = reachable.index(here) if here in reachable else -1 if following else 0
        reason = Qt.FocusReason.TabFocusReason if following else Qt.FocusReason.BacktabFocusReason
        reachable[(place + (1 if following else -1)) % len(reachable)].setFocus(reason)
        return True

    def _lay_out(self) -> None:
        theme = self._theme
        column = self._column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addWidget(self.top)
        row = QHBoxLayout()
        row.setSpacing(theme.px("lightbox.column-gap"))
        row.addWidget(self.stage, 1)
        self._scroll = ScrollColumn(self._look, self.side, self)
        row.addWidget(self._scroll)
        column.addLayout(row, 1)
        column.addSpacing(theme.px("lightbox.thumb-gap"))
        column.addWidget(self.scrubber)
        column.addSpacing(theme.px("lightbox.keys-gap"))
        column.addWidget(self.keys)

    def _fit_window(self) -> None:
        """Leave less room around everything in a small window."""
        theme = self._theme
        small = self.width() < theme.px("breakpoint.rail")
        side = theme.px("size.page-padding-compact" if small else "lightbox.side")
        bottom = theme.px("size.page-padding-compact" if small else "lightbox.keys-bottom")
        short = self.height() < theme.px("lightbox.short")
        self.keys.setVisible(not short)
        self._column.setContentsMargins(side, 0, side, bottom - (theme.px("lightbox.keys-gap") if short else 0))
        self._scroll.setFixedWidth(theme.scaled("lightbox.column"))
        self._column.activate()
        inset = theme.px("lightbox.arrow-inset")
        middle = (self.stage.height() - self.previous.height()) // 2
        self.previous.move(inset, middle)
        self.next.move(self.stage.width() - inset - self.next.width(), middle)
        gap = theme.px("space.2")  # the bar stands above the picture, all of which can be drawn on
        self.bar.setGeometry(side, gap, self.width() - 2 * side, self.top.height() - 2 * gap)

    @Slot()
    def _follow_theme(self) -> None:
        """Take over text size, motion and patterns; the colours stay dark."""
        theme = self._context.theme
        self._theme.choose("dark", theme.text_scale, theme.motion, theme.patterns)
