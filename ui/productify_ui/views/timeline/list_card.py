"""The day's activities as a list under the lanes."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from productify.domain import Block
from productify_ui.delegates.block_row import BlockRow, can_be_named
from productify_ui.models.blocks import BLOCK, BlockModel, Column
from productify_ui.text import formats
from productify_ui.text.timeline import timeline_words
from productify_ui.views.context import ViewContext
from productify_ui.views.timeline.face import Presenter
from productify_ui.widgets.card import Card
from productify_ui.widgets.empty import Skeleton
from productify_ui.widgets.label import Label
from productify_ui.widgets.table import RowTable

_LONGEST = datetime(2000, 1, 1, 20, 0, tzinfo=UTC)


class ListCard(Card):
    """A table of blocks; `selected` carries the ids of the rows that the user chose, and that of the current one.

    `label_wanted` carries the id of a gap whose question was clicked, `menu_wanted` a place on the screen.
    """

    selected = Signal(object, str)
    label_wanted = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(self, context: ViewContext, presenter: Presenter, parent: QWidget | None = None) -> None:
        super().__init__(context.look, parent=parent)
        headings = (
            timeline_words.column_time,
            timeline_words.column_activity,
            timeline_words.column_category,
            timeline_words.column_duration,
        )
        self.model = BlockModel(headings, presenter.text, self)
        self.table = RowTable(self.look, self)
        self.table.setModel(self.model)
        self.table.setItemDelegate(BlockRow(context.look, presenter.face, presenter.colour, self.table))
        self._categories = context.categories
        self._telling = True
        self._set_up()
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._note())
        self._stack.addWidget(self._coming())
        self.body.addLayout(self._stack, 1)
        edge = self.theme.px("size.hairline")
        self.body.setContentsMargins(edge, edge, edge, self.theme.px("space.4"))
        context.categories.changed.connect(self._size_columns)
        self.restyle()

    def show_coming(self) -> None:
        """Show the shapes of rows that are on their way."""
        self._stack.setCurrentIndex(2)

    def show_blocks(self, blocks: Sequence[Block], name: str, *, filtered: bool = False) -> None:
        """Show these blocks; `name` says to a screen reader of which day.

        Where there are none it says so, and whether a filter (`filtered`) hides what there is.
        """
        chosen, current, place = self.chosen, self.current, self.table.verticalScrollBar().value()
        self._telling = False
        self.model.show_blocks(blocks)
        self._telling = True
        self.table.setAccessibleName(name)
        self._empty.setText(timeline_words.filtered_title if filtered else timeline_words.empty_title)
        self._hint.setText(timeline_words.filtered_hint if filtered else timeline_words.empty_hint)
        self._stack.setCurrentIndex(0 if blocks else 1)
        if chosen:
            self.choose(chosen, current, reveal=False)
            self.table.verticalScrollBar().setValue(place)

    @property
    def chosen(self) -> frozenset[str]:
        """The ids of the selected blocks."""
        return frozenset(index.data(BLOCK).id for index in self.table.selectionModel().selectedRows())

    @property
    def current(self) -> str:
        """The id of the block that the keyboard is on, "" for none."""
        block = self.table.currentIndex().data(BLOCK)
        return block.id if block is not None else ""

    def choose(self, ids: frozenset[str], current: str = "", *, reveal: bool = True) -> None:
        """Select blocks' rows and bring the current one into view, without telling."""
        self._telling = False
        if self.chosen != ids:
            self._select(ids)
        row = self.model.row_of(current) if current in ids else -1
        if row >= 0:
            index = self.model.index(row, 0)
            self.table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            if reveal:
                self.table.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        self._telling = True

    def _select(self, ids: frozenset[str]) -> None:
        selection, last = QItemSelection(), self.model.columnCount() - 1
        for row, block in enumerate(self.model.blocks):
            if block.id in ids:
                selection.select(self.model.index(row, 0), self.model.index(row, last))
        self.table.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def reveal(self, row: int) -> None:
        """Scroll so that a row stands at the top."""
        if 0 <= row < self.model.rowCount():
            self.table.scrollTo(self.model.index(row, 0), QAbstractItemView.ScrollHint.PositionAtTop)

    def restyle(self) -> None:
        theme = self.theme
        self.table.setFont(theme.font("body"))
        self.table.horizontalHeader().setFixedHeight(theme.scaled("timeline.list-row"))
        self.table.verticalHeader().setDefaultSectionSize(theme.scaled("timeline.list-row"))
        self._size_columns()

    @Slot()
    def _size_columns(self) -> None:
        """Make room for the longest time and the longest name of a category; the activity gets the rest."""
        theme = self.theme
        pad, words = theme.metric("table.side"), theme.font_metrics("body").horizontalAdvance
        time = words(formats.clock_range(_LONGEST, _LONGEST, UTC))
        names = max((words(category.name) for category in self._categories.all()), default=0.0)
        mark = theme.scaled("chip.swatch") + theme.metric("space.3")
        self.table.setColumnWidth(Column.TIME, round(time + 2 * pad))
        self.table.setColumnWidth(Column.CATEGORY, round(names + mark + 2 * pad))
        self.table.setColumnWidth(Column.DURATION, theme.scaled("timeline.duration-column"))

    def _set_up(self) -> None:
        table = self.table
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._open_menu)
        table.clicked.connect(self._clicked)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.ACTIVITY, QHeaderView.ResizeMode.Stretch)

    def _note(self) -> QWidget:
        note = QWidget(self)
        column = QVBoxLayout(note)
        column.setSpacing(self.theme.px("space.2"))
        column.addStretch(1)
        self._empty = Label(self.look, role="note-title", parent=note)
        self._hint = Label(self.look, role="body", tone="text-secondary", parent=note)
        for label in (self._empty, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch(1)
        return note

    def _coming(self) -> QWidget:
        holder = QWidget(self)
        holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)  # it is cut rather than the lanes
        column = QVBoxLayout(holder)
        side = self.theme.px("table.side")
        column.setContentsMargins(side, side, side, 0)
        column.addWidget(Skeleton(self.look, 6, holder))
        column.addStretch(1)
        return holder

    @Slot(QItemSelection, QItemSelection)
    def _selection_changed(self, _new: QItemSelection, _old: QItemSelection) -> None:
        if self._telling:
            self.selected.emit(self.chosen, self.current)

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        index = self.table.indexAt(place)
        if index.isValid() and index.data(BLOCK).id not in self.chosen:
            self.table.selectRow(index.row())
        self.menu_wanted.emit(self.table.viewport().mapToGlobal(place))

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        block = index.data(BLOCK)
        if index.column() == Column.CATEGORY and can_be_named(block):
            self.label_wanted.emit(block.id)
