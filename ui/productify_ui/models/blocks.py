"""The blocks of one day as rows of a table."""

from collections.abc import Callable, Iterator, Sequence
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

    A block that stays keeps its row's selection: only rows between the first and the last that changed come and go.
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
        """Show these blocks; rows that stay before and after those that came or went are left alone."""
        fresh, old = tuple(blocks), self._blocks
        same = next((row for row, (one, other) in enumerate(zip(old, fresh, strict=False)) if one.id != other.id), None)
        head = min(len(old), len(fresh)) if same is None else same
        tail = 0
        while tail < min(len(old), len(fresh)) - head and old[-1 - tail].id == fresh[-1 - tail].id:
            tail += 1
        if head == tail == 0:
            self.beginResetModel()
            self._blocks = fresh
            self.endResetModel()
            return
        self._exchange(fresh, head, tail)
        changed = [row for row, block in self._kept(old, fresh, head, tail) if block != fresh[row]]
        if changed:
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], self.columnCount() - 1))

    def _exchange(self, fresh: tuple[Block, ...], head: int, tail: int) -> None:
        """Replace the rows between the first `head` and the last `tail`."""
        if (end := len(self._blocks) - tail) > head:
            self.beginRemoveRows(QModelIndex(), head, end - 1)
            self._blocks = self._blocks[:head] + self._blocks[end:]
            self.endRemoveRows()
        if (end := len(fresh) - tail) > head:
            self.beginInsertRows(QModelIndex(), head, end - 1)
            self._blocks = fresh
            self.endInsertRows()
        self._blocks = fresh

    @staticmethod
    def _kept(old: tuple[Block, ...], fresh: tuple[Block, ...], head: int, tail: int) -> Iterator[tuple[int, Block]]:
        """Yield the rows that were there before, with what they were."""
        yield from enumerate(old[:head])
        yield from enumerate(old[len(old) - tail :] if tail else (), start=len(fresh) - tail)

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
