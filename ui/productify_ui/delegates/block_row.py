"""How a block looks as a row: when, the app's face with its title, the category's colour, how long."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from productify.domain import AWAY_STATES, Block, State
from productify_ui.models.blocks import BLOCK, Column
from productify_ui.text.editing import editing_words
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, elided_text, fill_round
from productify_ui.widgets.table import RowTable
from productify_ui.widgets.tile import Face, paint_face

Index = QModelIndex | QPersistentModelIndex
_NAMEABLE = AWAY_STATES | {State.OFF, State.PAUSED}


def can_be_named(block: Block) -> bool:
    """Whether a block is a time that the user may say something of."""
    return block.cause in _NAMEABLE


class BlockRow(QStyledItemDelegate):
    """Paints the cells of a BlockModel; `face_of` and `colour_of` give a block's face and its category's colour."""

    def __init__(
        self,
        look: Look,
        face_of: Callable[[Block], Face],
        colour_of: Callable[[Block], str | None],
        view: RowTable,
    ) -> None:
        super().__init__(view)
        self._look = look
        self._view = view
        self._face_of = face_of
        self._colour_of = colour_of

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(80, self._look.theme.scaled("timeline.list-row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        block: Block = index.data(BLOCK)
        painter.save()
        antialiased(painter)
        self._paint_ground(painter, option, index)
        cell = QRectF(option.rect)
        pad = self._look.theme.metric("table.side")
        cell.adjust(pad, 0, -pad if index.column() == Column.DURATION else 0, 0)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        match index.column():
            case Column.ACTIVITY:
                self._paint_activity(painter, cell, block, text)
            case Column.CATEGORY:
                self._paint_category(painter, cell, block, text)
            case Column.DURATION:
                self._write(painter, cell, text, "body-strong", "text-primary", Qt.AlignmentFlag.AlignRight)
            case _:
                self._write(painter, cell, text, "body", "text-secondary")
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._look.theme
        rect = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent-soft"))
        elif index.row() == self._view.lit:
            painter.fillRect(rect, theme.colour("surface-hover"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.colour("grid"))
        if self._view.ring_shown and self._view.currentIndex().row() == index.row():
            self._paint_ring(painter, rect, index.column())

    def _paint_ring(self, painter: QPainter, cell: QRectF, column: int) -> None:
        """Draw this cell's part of the ring around the row that the keyboard is on."""
        theme = self._look.theme
        width, colour = theme.metric("size.focus-ring"), theme.colour("focus-ring")
        edges = [
            QRectF(cell.left(), cell.top(), cell.width(), width),
            QRectF(cell.left(), cell.bottom() - width, cell.width(), width),
        ]
        if column == 0:
            edges.append(QRectF(cell.left(), cell.top(), width, cell.height()))
        if column == Column.DURATION:
            edges.append(QRectF(cell.right() - width, cell.top(), width, cell.height()))
        for edge in edges:
            painter.fillRect(edge, colour)

    def _paint_activity(self, painter: QPainter, cell: QRectF, block: Block, text: str) -> None:
        theme = self._look.theme
        side = theme.scaled("timeline.tile")
        face = self._face_of(block)
        place = QRectF(cell.left(), round(cell.center().y() - side / 2), side, side)
        if block.cause is not None and face.glyph:
            self._look.icons.paint(painter, face.glyph, theme.colour("text-tertiary"), place.adjusted(1, 1, -1, -1))
        else:
            paint_face(painter, self._look, face, place)
        room = cell.adjusted(side + theme.metric("space.4"), 0, 0, 0)
        if block.cause is not None:
            self._write(painter, room, text, "body", "text-secondary")
            return
        self._write(painter, room, block.app_name, "body-strong", "text-primary")
        used = theme.font_metrics("body-strong").horizontalAdvance(block.app_name) + theme.metric("space.5")
        rest = room.adjusted(used, 0, 0, 0)
        if block.window_title and rest.width() > side:
            self._write(painter, rest, block.window_title, "body", "text-tertiary")

    def _paint_category(self, painter: QPainter, cell: QRectF, block: Block, text: str) -> None:
        if can_be_named(block):
            self._write(painter, cell, editing_words.what_was_this, "body", "accent-text")
        colour = self._colour_of(block)
        if colour is None:
            return
        theme, side = self._look.theme, self._look.theme.scaled("chip.swatch")
        mark = QRectF(cell.left(), cell.center().y() - side / 2, side, side)
        fill_round(painter, mark, theme.metric("radius.swatch"), QColor(colour))
        self._write(painter, cell.adjusted(side + theme.metric("space.3"), 0, 0, 0), text, "body", "text-secondary")

    def _write(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        role: str,
        tone: str,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        painter.setFont(self._look.theme.font(role))
        painter.setPen(self._look.theme.colour(tone))
        elided_text(painter, rect, text, align)
