"""Lists of things with a share of the time: apps and sites with bars, categories with squares."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from productify.domain import Band
from productify_ui.widgets.base import by_keyboard
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, elided_text, fill_round, focus_ring
from productify_ui.widgets.tile import Face, paint_face

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One row: a face with a bar, or without a face a square of `colour`."""

    name: str
    time: str
    spoken: str
    detail: str = ""
    fraction: float = 0.0
    band: Band = Band.NEUTRAL
    face: Face | None = None
    colour: str = ""


class _Rows(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[ShareRow, ...] = ()

    def replace(self, rows: tuple[ShareRow, ...]) -> None:
        if len(rows) == len(self.rows):
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class _Painter(QStyledItemDelegate):
    def __init__(self, look: Look, rows: _Rows, parent: "ShareList") -> None:
        super().__init__(parent)
        self._look = look
        self._rows = rows
        self._list = parent

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(80, self._look.theme.scaled("size.row-list"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = self._rows.rows[index.row()]
        rect = QRectF(option.rect)
        state = option.state
        painter.save()
        antialiased(painter)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver) or index.row() == self._list.lit
        ringed = bool(state & QStyle.StateFlag.State_HasFocus) and self._list.ring_shown
        if row.face is not None:
            self._paint_bar_row(painter, rect, row, hovered=hovered)
        else:
            self._paint_square_row(painter, rect, row, hovered=hovered)
        if ringed:
            focus_ring(painter, rect, self._look.theme.metric("radius.control"), self._look.theme)
        painter.restore()

    def _paint_bar_row(self, painter: QPainter, rect: QRectF, row: ShareRow, *, hovered: bool) -> None:
        theme = self._look.theme
        side = theme.px("size.app-tile")
        tile = QRectF(rect.left(), round(rect.center().y() - side / 2), side, side)
        assert row.face is not None
        paint_face(painter, self._look, row.face, tile)
        left = tile.right() + theme.px("bar-row.gap")
        text_height, bar = theme.line("body"), theme.metric("bar-row.bar")
        top = rect.center().y() - (text_height + theme.metric("bar-row.bar-gap") + bar) / 2
        line = QRectF(left, top, rect.right() - left, text_height)
        self._paint_texts(painter, line, row, strong_time=hovered)
        track = QRectF(left, line.bottom() + theme.metric("bar-row.bar-gap"), line.width(), bar)
        self._paint_bar(painter, track, row)

    def _paint_bar(self, painter: QPainter, track: QRectF, row: ShareRow) -> None:
        radius = self._look.theme.metric("bar-row.bar-radius")
        fill_round(painter, track, radius, self._look.theme.colour("track"))
        if row.fraction > 0:
            width = max(track.height(), track.width() * row.fraction)
            brush = self._look.band(row.band, painter.device().devicePixelRatioF())
            fill_round(painter, QRectF(track.left(), track.top(), width, track.height()), radius, brush)

    def _paint_square_row(self, painter: QPainter, rect: QRectF, row: ShareRow, *, hovered: bool) -> None:
        theme = self._look.theme
        side = theme.metric("chip.swatch")
        square = QRectF(rect.left(), rect.center().y() - side / 2, side, side)
        fill_round(painter, square, theme.metric("radius.swatch"), QBrush(QColor(row.colour)))
        left = square.right() + theme.metric("space.4") + 1
        line = QRectF(left, rect.top(), rect.right() - left, rect.height())
        self._paint_texts(painter, line, row, strong_time=hovered, name_role="body-strong" if hovered else "body")

    def _paint_texts(
        self, painter: QPainter, line: QRectF, row: ShareRow, *, strong_time: bool, name_role: str = "body-strong"
    ) -> None:
        theme = self._look.theme
        time_role = "card-title" if strong_time else "body-strong"
        time_width = theme.font_metrics(time_role).horizontalAdvance(row.time)
        painter.setFont(theme.font(time_role))
        painter.setPen(theme.colour("text-primary"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.time)
        room = line.width() - time_width - theme.metric("bar-row.detail-gap")
        name_width = min(room, theme.font_metrics(name_role).horizontalAdvance(row.name) + 1)
        painter.setFont(theme.font(name_role))
        elided_text(painter, QRectF(line.left(), line.top(), name_width, line.height()), row.name)
        left = line.left() + name_width + theme.metric("bar-row.detail-gap")
        rest = line.left() + room - left
        if row.detail and rest > theme.metric("size.app-tile"):
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("text-tertiary"))
            elided_text(painter, QRectF(left, line.top(), rest, line.height()), row.detail)


class ShareList(QListView):
    """Shows rows of equal height; collapsed it shows as many as fit, expanded it scrolls.

    `lit_changed` carries the index of the row under the mouse or the keyboard, -1 for none.
    """

    lit_changed = Signal(int)
    resized = Signal()

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._all: tuple[ShareRow, ...] = ()
        self._limit: int | None = None
        look.dress(self)
        self.lit = -1
        self.ring_shown = False
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Painter(look, self._rows, self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(name)
        self.entered.connect(self._entered)
        look.theme.changed.connect(self._restyle)
        self.set_limit(None)

    @property
    def shown_count(self) -> int:
        """How many rows are in view or can be scrolled to."""
        return len(self._rows.rows)

    @property
    def rows(self) -> tuple[ShareRow, ...]:
        """All rows, shown or not."""
        return self._all

    def show_rows(self, rows: Sequence[ShareRow]) -> None:
        """Show other rows; scroll position and current row stay where they can."""
        self._all = tuple(rows)
        self._fill()

    def set_limit(self, limit: int | None) -> None:
        """Show at most `limit` rows and no scroll bar; None shows all and scrolls."""
        self._limit = limit
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if limit is None else policy.ScrollBarAlwaysOff)
        self._fill()

    def light(self, index: int) -> None:
        """Show a row as hovered, as when its slice of a donut is."""
        if index != self.lit:
            self.lit = index
            self.viewport().update()

    def row_height(self) -> int:
        """Return the height of a row in logical pixels."""
        return self._look.theme.scaled("size.row-list")

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        if self.ring_shown:
            self.lit_changed.emit(current.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def leaveEvent(self, event: QEvent) -> None:
        self.light(-1)
        self.lit_changed.emit(-1)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ring_shown = by_keyboard(event)
        super().focusInEvent(event)
        if self.ring_shown and not self.currentIndex().isValid() and self._rows.rows:
            self.setCurrentIndex(self._rows.index(0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.ring_shown = False
        self.lit_changed.emit(-1)
        super().focusOutEvent(event)

    def _fill(self) -> None:
        self._rows.replace(self._all if self._limit is None else self._all[: self._limit])

    @Slot(QModelIndex)
    def _entered(self, index: QModelIndex) -> None:
        self.light(index.row())
        self.lit_changed.emit(index.row())

    @Slot()
    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
