"""The palette: a field over the page, and below it whatever fits what was typed."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QListView, QVBoxLayout, QWidget

from productify.domain import Findings
from productify_ui.pages import PageSpec
from productify_ui.text.palette import palette_words as say
from productify_ui.tracking_actions import TrackingActions
from productify_ui.views.context import ViewContext
from productify_ui.views.palette.entries import Entry, Sources
from productify_ui.views.palette.rows import Entries, EntryRow
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased
from productify_ui.widgets.popup import paint_plate
from productify_ui.widgets.scrim import Scrim
from productify_ui.widgets.search_field import SearchField

_TYPING_MS = 60
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Plate(QWidget):
    """The surface that field and list stand on."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        edge = self._look.theme.px("popup.shadow")
        plate = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        paint_plate(painter, self._look, plate, self._look.theme.metric("radius.card"))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # a click beside the list must not reach the veil, which closes


class Palette(QWidget):
    """Covers the window while it is open; closing gives the keyboard back to where it was."""

    closed = Signal()

    def __init__(
        self, context: ViewContext, actions: TrackingActions, pages: Iterable[PageSpec], window: QWidget
    ) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._look = context.look
        self._sources = Sources(context, actions, pages)
        self._findings = Findings()
        self._back_to: QWidget | None = None
        self._scrim = Scrim(context.look, self)
        self._scrim.clicked.connect(self.close_palette)
        self._plate = Plate(context.look, self)
        self._resting = QPoint()
        self.field = SearchField(context.look, say.hint, self._plate)
        self.field.setAccessibleName(say.name)
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self.entries = Entries(self)
        self.list = self._make_list()
        self.nothing = Label(context.look, "", "body", "text-secondary", parent=self._plate)
        self.nothing.setWordWrap(True)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_TYPING_MS)
        self._waiting.timeout.connect(self._look_up)
        self._lay_out()
        context.faces.changed.connect(self.list.viewport().update)
        context.theme.changed.connect(self._arrange)
        self.hide()

    def open_palette(self, typed: str = "") -> None:
        """Open it with a text in the field; an open one takes the text over."""
        if not self.isVisible():
            self._back_to = QApplication.focusWidget()
        self._resting = QCursor.pos()
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._findings = Findings()
        self.field.setText(typed)
        self._show_entries()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._look_up()

    @Slot()
    def close_palette(self) -> None:
        """Close it."""
        self._waiting.stop()
        self.hide()
        if self._back_to is not None:
            self._back_to.setFocus(Qt.FocusReason.PopupFocusReason)
            self._back_to = None
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key_pressed(event)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _key_pressed(self, event: QKeyEvent) -> bool:
        """Take the keys that move in the list, choose and close; the field keeps the others."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in _STEPS:
            self._mark(self.entries.step(self.list.currentIndex().row(), _STEPS[Qt.Key(key)]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex())
        else:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        return True

    def _make_list(self) -> QListView:
        view = QListView(self._plate)
        self._look.dress(view)
        view.setModel(self.entries)
        view.setItemDelegate(EntryRow(self._look, view))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setMouseTracking(True)
        view.setAccessibleName(say.results)
        view.entered.connect(self._hovered)
        view.clicked.connect(self._choose)
        return view

    def _lay_out(self) -> None:
        edge, pad = self._look.theme.px("popup.shadow"), self._look.theme.px("popup.pad")
        column = QVBoxLayout(self._plate)
        column.setContentsMargins(edge + pad, edge + pad, edge + pad, edge + pad)
        column.setSpacing(pad)
        column.addWidget(self.field)
        column.addWidget(self.list)
        column.addWidget(self.nothing)

    @Slot()
    def _arrange(self) -> None:
        """Stand in the upper middle of the window, as high as what is found needs, nine rows at most."""
        theme = self._look.theme
        edge, pad = theme.px("popup.shadow"), theme.px("popup.pad")
        self._scrim.setGeometry(self.rect())
        width = min(theme.scaled("palette.width"), self.width() - 2 * theme.px("space.10"))
        top = min(theme.px("palette.top"), round(self.height() / 8))
        rows = sum(self.list.sizeHintForRow(row) for row in range(self.entries.rowCount()))
        room = self.height() - top - self.field.height() - 5 * pad
        list_height = min(rows, theme.px("palette.rows") * theme.scaled("palette.row"), room)
        self.list.setVisible(rows > 0)
        self.list.setFixedHeight(max(list_height, 1))
        self.nothing.setVisible(rows == 0)
        self.nothing.setContentsMargins(pad, 0, pad, pad)
        self._plate.setFixedWidth(width + 2 * edge)
        self._plate.resize(width + 2 * edge, self._plate.sizeHint().height())
        self._plate.move((self.width() - self._plate.width()) // 2, top - edge)

    @Slot()
    def _typed(self) -> None:
        self._show_entries()
        self._waiting.start()

    @Slot()
    def _look_up(self) -> None:
        self._context.bridge.start(self._ask(self.field.text()))

    async def _ask(self, typed: str) -> None:
        """Ask the record; an answer to what is no longer in the field is dropped."""
        findings = await self._context.bridge.call(lambda service: service.search.look_up(typed))
        if typed == self.field.text() and self.isVisible():
            self._findings = findings
            self._show_entries()

    def _show_entries(self) -> None:
        typed = self.field.text()
        found = self._sources.found(self._findings) if typed.strip() else []
        days = [entry for entry in found if entry.group == say.days]
        rest = [entry for entry in found if entry.group != say.days]
        chosen = self._chosen()
        entries = [*days, *self._sources.at_once(typed), *rest]
        self.entries.show_entries(entries)
        self.nothing.setText(f"{say.nothing.format(typed=typed.strip())} {say.try_filters}")
        self._arrange()
        self._mark(self._row_like(chosen))

    def _chosen(self) -> Entry | None:
        return self.entries.entry(self.list.currentIndex().row())

    def _row_like(self, entry: Entry | None) -> int:
        """Return the row that says the same as one chosen before the answer came, else the first."""
        for row in range(self.entries.rowCount()):
            other = self.entries.entry(row)
            if entry and other and (entry.group, entry.title, entry.detail) == (
                other.group, other.title, other.detail,
            ):  # fmt: skip
                return row
        return self.entries.step(-1, 1)

    def _mark(self, row: int) -> None:
        index = self.entries.index(row, 0)
        self.list.setCurrentIndex(index)
        if index.isValid():
            self.list.scrollTo(index if self.entries.entry(row - 1) else index.siblingAtRow(max(row - 1, 0)))

    @Slot(QModelIndex)
    def _hovered(self, index: QModelIndex) -> None:
        """Follow the mouse once it moves: rows that appear below a resting one are not pointed at."""
        if QCursor.pos() != self._resting and self.entries.entry(index.row()) is not None:
            self.list.setCurrentIndex(index)

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        entry = self.entries.entry(index.row())
        if entry is None:
            return
        if entry.narrows:
            self.field.setText(entry.narrows)
            return
        self.close_palette()
        entry.act()
