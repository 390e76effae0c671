"""A card with a chart, and the same data as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from productify_ui.text.words import words
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.card import Card
from productify_ui.widgets.look import Look
from productify_ui.widgets.popup import Menu


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, and rows of as many cells; after the first `texts` columns come numbers."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: int = 1


class DataTable(QTableWidget):
    """The twin of a chart: the same data in rows, for reading, copying and screen readers."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._coming: Table | None = None
        look.dress(self)
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        look.theme.changed.connect(self._restyle)
        self._restyle()

    def show_table(self, table: Table) -> None:
        """Show this data; cells are only made once they can be seen."""
        self._coming = table
        if self.isVisible():
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        self._fill()
        super().showEvent(event)

    def _fill(self) -> None:
        table, self._coming = self._coming, None
        if table is None:
            return
        self.setColumnCount(len(table.headings))
        self.setRowCount(len(table.rows))
        for column, heading in enumerate(table.headings):
            self.setHorizontalHeaderItem(column, _item(heading, number=column >= table.texts))
        for row, texts in enumerate(table.rows):
            for column, text in enumerate(texts):
                self.setItem(row, column, _item(text, number=column >= table.texts))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def texts(self) -> list[list[str]]:
        """Return what stands in it, row by row."""
        self._fill()
        columns = range(self.columnCount())
        return [
            [item.text() if (item := self.item(row, column)) else "" for column in columns]
            for row in range(self.rowCount())
        ]

    @Slot()
    def _restyle(self) -> None:
        theme = self._look.theme
        self.setFont(theme.font("body"))
        self.horizontalHeader().setFont(theme.font("caption"))
        self.horizontalHeader().setFixedHeight(theme.scaled("table.row"))
        self.verticalHeader().setDefaultSectionSize(theme.scaled("table.row"))


class ChartCard(Card):
    """A titled card whose content can be turned into a table (its menu, or Alt T on its page)."""

    def __init__(self, look: Look, title: str, parent: QWidget | None = None) -> None:
        super().__init__(look, title, parent)
        self.content = QWidget(self)
        self.table = DataTable(look, title, self)
        holder = QWidget(self)
        frame = QVBoxLayout(holder)
        edge = look.theme.px("space.1")
        frame.setContentsMargins(edge, 0, edge, look.theme.px("space.4"))
        frame.addWidget(self.table)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.content)
        self._stack.addWidget(holder)
        self.body.addLayout(self._stack, 1)
        self.more = Button(
            look, icon="ellipsis", kind=Kind.GHOST, size=Size.SMALL, name=words.more_actions, parent=self
        )
        self.more.clicked.connect(self._open_menu)

    def add_to_header(self, widgets: Sequence[QWidget]) -> None:
        """Put widgets at the right end of the header, before the menu button."""
        for widget in (*widgets, self.more):
            self.header.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def chain(self, widgets: Sequence[QWidget]) -> None:
        """Let Tab go through these widgets in this order, the table last."""
        for before, after in pairwise((*widgets, self.table)):
            QWidget.setTabOrder(before, after)

    @property
    def shows_table(self) -> bool:
        """Whether the table is in view in place of the chart."""
        return self._stack.currentIndex() == 1

    @Slot()
    def toggle_table(self) -> None:
        """Turn the chart into the table or back."""
        self.set_table_shown(not self.shows_table)

    def set_table_shown(self, shown: bool) -> None:
        """Show the table, or the chart."""
        had_focus = self.isAncestorOf(self.window().focusWidget()) if self.window().focusWidget() else False
        self._stack.setCurrentIndex(int(shown))
        if had_focus:
            target = self.table if shown else self.more
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _open_menu(self) -> None:
        menu = Menu(self.look, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        text = words.show_as_chart if self.shows_table else words.show_as_table
        menu.add(text, "table-2", "Alt+T").triggered.connect(self.toggle_table)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


def _item(text: str, *, number: bool) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
    item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    return item
