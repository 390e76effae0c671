"""What was not pictured, as the rows of a table."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from productify.domain import Skipped

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class SkipColumn(IntEnum):
    """The columns in their order."""

    TIME = 0
    DISPLAY = 1
    REASON = 2
    COUNT = 3


class SkipModel(QAbstractTableModel):
    """Rows of Skipped; `text_of` says what stands in a cell."""

    def __init__(
        self,
        headings: tuple[str, ...],
        text_of: Callable[[Skipped, SkipColumn], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._headings = headings
        self._text_of = text_of
        self._rows: tuple[Skipped, ...] = ()

    def show_rows(self, rows: Sequence[Skipped]) -> None:
        """Show these; the same again leaves the view where it is."""
        if tuple(rows) != self._rows:
            self.beginResetModel()
            self._rows = tuple(rows)
            self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = SkipColumn(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._text_of(self._rows[index.row()], column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(SkipColumn(section))
        return None


def _side(column: SkipColumn) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column is SkipColumn.COUNT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
