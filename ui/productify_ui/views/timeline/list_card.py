"""The day's activities as a list under the lanes."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedLayout, QTableView, QWidget

from productify.domain import Block
from productify_ui.delegates.block_row import BlockRow
from productify_ui.models.blocks import BLOCK, BlockModel, Column
from productify_ui.text.timeline import timeline_words
from productify_ui.views.context import ViewContext
from productify_ui.views.timeline.face import Presenter
from productify_ui.widgets.card import Card
from productify_ui.widgets.label import Label


class ListCard(Card):
    """A table of blocks; `selected` carries the id of the row that the user chose."""

    selected = Signal(str)

    def __init__(self, context: ViewContext, presenter: Presenter, parent: QWidget | None = None) -> None:
        super().__init__(context.look, parent=parent)
        headings = (
            timeline_words.column_time,
            timeline_words.column_activity,
            timeline_words.column_category,
            timeline_words.column_duration,
        )
        self.model = BlockModel(headings, presenter.text, self)
        self.table = QTableView(self)
        self.table.setModel(self.model)
        context.look.dress(self.table)
        self.table.setItemDelegate(BlockRow(context.look, presenter.face, presenter.colour, self.table))
        self._telling = True
        self._set_up()
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty_note())
        self.body.addLayout(self._stack, 1)
        edge = self.theme.px("size.hairline")
        self.body.setContentsMargins(edge, edge, edge, self.theme.px("space.4"))
        self.restyle()

    def show_blocks(self, blocks: Sequence[Block], name: str) -> None:
        """Show these blocks; `name` says to a screen reader of which day."""
        chosen = self.chosen
        self.model.show_blocks(blocks)
        self.table.setAccessibleName(name)
        self._stack.setCurrentIndex(0 if blocks else 1)
        if chosen:
            self.choose(chosen)

    @property
    def chosen(self) -> str:
        """The id of the selected block, "" for none."""
        rows = self.table.selectionModel().selectedRows()
        return rows[0].data(BLOCK).id if rows else ""

    def choose(self, block_id: str) -> None:
        """Select a block's row and bring it into view, without telling."""
        row = self.model.row_of(block_id)
        self._telling = False
        if row < 0:
            self.table.clearSelection()
        else:
            index = self.model.index(row, 0)
            if self.chosen != block_id:
                self.table.selectRow(row)
            self.table.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        self._telling = True

    def reveal(self, row: int) -> None:
        """Scroll so that a row stands at the top."""
        if 0 <= row < self.model.rowCount():
            self.table.scrollTo(self.model.index(row, 0), QAbstractItemView.ScrollHint.PositionAtTop)

    def restyle(self) -> None:
        theme = self.theme
        self.table.setFont(theme.font("body"))
        header = self.table.horizontalHeader()
        header.setFont(theme.font("caption"))
        header.setFixedHeight(theme.scaled("timeline.list-row"))
        self.table.verticalHeader().setDefaultSectionSize(theme.scaled("timeline.list-row"))
        self.table.setColumnWidth(Column.TIME, theme.scaled("timeline.time-column"))
        self.table.setColumnWidth(Column.CATEGORY, theme.scaled("timeline.category-column"))
        self.table.setColumnWidth(Column.DURATION, theme.scaled("timeline.duration-column"))

    def _set_up(self) -> None:
        table = self.table
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setMouseTracking(True)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.ACTIVITY, QHeaderView.ResizeMode.Stretch)

    def _empty_note(self) -> QWidget:
        note = Label(self.look, timeline_words.empty_title, "body", "text-tertiary", parent=self)
        note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return note

    @Slot(QItemSelection, QItemSelection)
    def _selection_changed(self, _new: QItemSelection, _old: QItemSelection) -> None:
        if self._telling:
            self.selected.emit(self.chosen)

    def first_visible(self) -> QModelIndex:
        """Return the first row in view."""
        return self.table.indexAt(self.table.viewport().rect().topLeft())
