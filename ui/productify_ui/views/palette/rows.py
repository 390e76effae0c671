"""The entries as rows under headings, and how they look."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from productify_ui.views.palette.entries import Entry
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, elided_text, fill_round
from productify_ui.widgets.tile import paint_face

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()


class Entries(QAbstractListModel):
    """Entries and their headings in one list; a heading is a plain text that cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Entry | str] = []

    def show_entries(self, entries: list[Entry]) -> None:
        """Show these, each group under its heading, in the order in which the groups first come."""
        groups: dict[str, list[Entry]] = {}
        for entry in entries:
            groups.setdefault(entry.group, []).append(entry)
        self.beginResetModel()
        self._rows = []
        for group, members in groups.items():
            self._rows += [group, *members]
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """Return the entry of a row, None for a heading and beyond the end."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Entry) else None

    def step(self, row: int, by: int) -> int:
        """Return the next row with an entry in a direction, round the end; -1 where there is none."""
        count = len(self._rows)
        tries = ((row + by * (1 + index)) % count for index in range(count))
        return next((each for each in tries if self.entry(each) is not None), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == ENTRY:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row if isinstance(row, str) else " ".join(filter(None, (row.title, row.detail, row.trailing)))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class EntryRow(QStyledItemDelegate):
    """Paints a row: a heading, or an icon, a title, a detail, and what stands at the right end."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = self._look.theme
        is_heading = isinstance(index.data(ENTRY), str)
        return QSize(80, theme.scaled("popup.row" if is_heading else "palette.row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Entry | str = index.data(ENTRY)
        painter.save()
        antialiased(painter)
        cell = QRectF(option.rect)
        side = self._look.theme.metric("palette.side")
        if isinstance(row, str):
            self._write(painter, cell.adjusted(side, 4, -side, 0), row, "caption", "text-tertiary")
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                radius = self._look.theme.metric("popup.row-radius")
                fill_round(painter, cell, radius, self._look.theme.colour("accent-soft"))
            self._paint_entry(painter, cell.adjusted(side, 0, -side, 0), row)
        painter.restore()

    def _paint_entry(self, painter: QPainter, room: QRectF, entry: Entry) -> None:
        theme = self._look.theme
        side = theme.scaled("palette.tile")
        tile = QRectF(room.left(), round(room.center().y() - side / 2), side, side)
        if entry.face is not None:
            paint_face(painter, self._look, entry.face, tile)
        elif entry.icon:
            inset = (side - theme.scaled("size.icon")) / 2
            place = tile.adjusted(inset, inset, -inset, -inset)
            self._look.icons.paint(painter, entry.icon, theme.colour("text-secondary"), place)
        room = room.adjusted(side + theme.metric("space.5"), 0, 0, 0)
        room = room.adjusted(0, 0, -self._paint_trailing(painter, room, entry.trailing), 0)
        self._write(painter, room, entry.title, "body-strong", "text-primary")
        used = theme.font_metrics("body-strong").horizontalAdvance(entry.title) + theme.metric("space.5")
        if entry.detail and used < room.width():
            self._write(painter, room.adjusted(used, 0, 0, 0), entry.detail, "body", "text-secondary")

    def _paint_trailing(self, painter: QPainter, room: QRectF, text: str) -> float:
        """Write at the right end and return the width that this takes."""
        if not text:
            return 0.0
        theme = self._look.theme
        width = theme.font_metrics("small").horizontalAdvance(text) + 2
        self._write(painter, QRectF(room.right() - width, room.top(), width, room.height()), text, "small",
                    "text-tertiary")  # fmt: skip
        return width + theme.metric("space.5")

    def _write(self, painter: QPainter, rect: QRectF, text: str, role: str, tone: str) -> None:
        painter.setFont(self._look.theme.font(role))
        painter.setPen(self._look.theme.colour(tone))
        elided_text(painter, rect, text)
