"""The blocks of one day as rows of a table."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from productify.domain import Block

Index = QModelIndex | QPersistentModelIndex
BLOCK = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()


class Column(IntEnum):
    """The columns, from left to right."""

    TIME = 0
    ACTIVITY = 1
    CATEGORY = 2
    DURATION = 3


class BlockModel(QAbstractTableModel):
    """One day at a time: `texts` gives what a cell says, `headings` the names of the columns.

    A block that stays keeps its row's selection: rows are only reset where their ids changed.
    """

    def __init__(
        self, headings: tuple[str, ...], texts: Callable[[Block, Column], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._headings = headings
        self._texts = texts
        self._blocks: tuple[Block, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What is shown, in order."""
        return self._blocks

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        """Show these blocks; rows that only changed or came at the end leave the rest alone."""
        fresh, kept = tuple(blocks), len(self._blocks)
        if [block.id for block in fresh[:kept]] != [block.id for block in self._blocks]:
            self.beginResetModel()
            self._blocks = fresh
            self.endResetModel()
            return
        if len(fresh) > kept:
            self.beginInsertRows(QModelIndex(), kept, len(fresh) - 1)
            self._blocks += fresh[kept:]
            self.endInsertRows()
        changed = [row for row in range(kept) if self._blocks[row] != fresh[row]]
        self._blocks = fresh
        if changed:
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], self.columnCount() - 1))

    def row_of(self, block_id: str) -> int:
        """Return the row of a block, -1 where it is not shown."""
        return next((row for row, block in enumerate(self._blocks) if block.id == block_id), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._blocks)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        block = self._blocks[index.row()]
        if role == BLOCK:
            return block
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._texts(block, Column(index.column()))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == Column.DURATION else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None
