"""What was skipped, when and why: a table of a period, its sums, and what is never written down of it."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from productify.domain import Skipped
from productify_ui.models.skips import SkipColumn, SkipModel
from productify_ui.text import formats
from productify_ui.text.skips import pictures_text, reason_text
from productify_ui.text.skips import skip_words as say
from productify_ui.views.context import ViewContext
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.card import Card
from productify_ui.widgets.label import Label
from productify_ui.widgets.symbol import Symbol
from productify_ui.widgets.table import RowTable

_MEASURED = 200
"""Rows that are measured for the width of a column; the others look like them."""


class Audit(QWidget):
    """`closed` asks for the pictures again."""

    closed = Signal()

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._look = context.look
        self._several = False
        headings = (say.column_time, say.column_display, say.column_reason, say.column_count)
        self.model = SkipModel(headings, self._text, self)
        self.table = RowTable(self._look, self)
        self.back = Button(
            self._look, icon="chevron-left", size=Size.SMALL, name=say.back, kind=Kind.GHOST, parent=self
        )
        self.back.clicked.connect(self.closed)
        self._lay_out()
        context.theme.changed.connect(self._size)
        self._size()

    def show_skips(self, skips: Sequence[Skipped], *, several: bool, enabled: bool) -> None:
        """Show these, the newest first; `several` days want their names in the rows."""
        self._several = several
        self.model.show_rows(skips)
        self._stack.setCurrentIndex(0 if skips else 1)
        self._hint.setText(say.nothing_hint if enabled else say.off_hint)
        count = sum(each.count for each in skips)
        self.table.setAccessibleName(say.table_name.format(count=count))
        self._sum(skips)
        self._size()

    def set_compact(self, compact: bool) -> None:
        """Take less room beside the table in a small window."""
        theme = self._look.theme
        self._side.setFixedWidth(theme.scaled("gallery.reasons-compact" if compact else "size.inspector"))
        self._row.setSpacing(theme.px("size.gutter-compact" if compact else "size.gutter"))
        side = theme.px("size.page-padding-compact" if compact else "size.page-padding")
        self._column.setContentsMargins(side, 0, side, side)

    def _text(self, row: Skipped, column: SkipColumn) -> str:
        zone = self._context.zone
        match column:
            case SkipColumn.TIME:
                same = formats.clock(row.start, zone) == formats.clock(row.end, zone)
                time = formats.clock(row.start, zone) if same else formats.clock_range(row.start, row.end, zone)
                day = formats.day(row.start.astimezone(zone).date())
                return say.with_day.format(day=day, time=time) if self._several else time
            case SkipColumn.DISPLAY:
                return row.monitor or say.every_display
            case SkipColumn.REASON:
                return reason_text(row.reason)
            case SkipColumn.COUNT:
                return pictures_text(row.count)

    def _sum(self, skips: Sequence[Skipped]) -> None:
        """Say how many each reason kept from being taken, the most first."""
        while self._sums.count():
            item = self._sums.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        counts: Counter[str] = Counter()
        for each in skips:
            counts[reason_text(each.reason)] += each.count
        for text, count in counts.most_common():
            self._sums.addWidget(self._line(text, pictures_text(count)))
        self._sum_card.setVisible(bool(skips))

    def _line(self, text: str, count: str) -> QWidget:
        holder = QWidget(self._sum_card)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.theme.px("space.6"))
        said = Label(self._look, text, "body", "text-secondary", parent=holder)
        said.setWordWrap(True)
        row.addWidget(said, 1)
        row.addWidget(Label(self._look, count, "body-strong", parent=holder), 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _lay_out(self) -> None:
        look, theme = self._look, self._look.theme
        column = self._column = QVBoxLayout(self)
        column.setSpacing(theme.px("space.4"))
        head = QHBoxLayout()
        head.setSpacing(theme.px("space.4"))
        head.addWidget(self.back)
        head.addWidget(Label(look, say.title, "note-title", parent=self), 1)
        column.addLayout(head)
        self._row = QHBoxLayout()
        self._row.addWidget(self._table_card(), 1)
        self._row.addWidget(self._beside())
        column.addLayout(self._row, 1)

    def _table_card(self) -> Card:
        table, card = self.table, Card(self._look, parent=self)
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(SkipColumn.REASON, QHeaderView.ResizeMode.Stretch)
        self._stack = QStackedLayout()
        self._stack.addWidget(table)
        self._stack.addWidget(self._nothing())
        card.body.addLayout(self._stack, 1)
        edge = self._look.theme.px("size.hairline")
        card.body.setContentsMargins(edge, edge, edge, self._look.theme.px("space.4"))
        return card

    def _nothing(self) -> QWidget:
        note = QWidget(self)
        column = QVBoxLayout(note)
        column.setSpacing(self._look.theme.px("space.2"))
        column.addStretch(1)
        title = Label(self._look, say.nothing_title, "note-title", parent=note)
        self._hint = Label(self._look, role="body", tone="text-secondary", parent=note)
        for label in (title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(1)
        return note

    def _beside(self) -> QWidget:
        look, theme = self._look, self._look.theme
        self._side = QWidget(self)
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("size.gutter"))
        self._sum_card = Card(look, say.by_reason, self._side)
        self._sums = QVBoxLayout()
        side = theme.px("card.side")
        self._sums.setContentsMargins(side, 0, side, side)
        self._sums.setSpacing(theme.px("space.4"))
        self._sum_card.body.addLayout(self._sums)
        column.addWidget(self._sum_card)
        card = Card(look, parent=self._side)
        inner = QVBoxLayout()
        inner.setContentsMargins(side, side, side, side)
        inner.setSpacing(theme.px("space.4"))
        head = QHBoxLayout()
        head.setSpacing(theme.px("space.4"))
        head.addWidget(Symbol(look, "eye-off", "text-secondary", card))
        head.addWidget(Label(look, say.never, "card-title", parent=card), 1)
        inner.addLayout(head)
        for text in (say.never_hint, say.no_files):
            label = Label(look, text, "small", "text-secondary", parent=card)
            label.setWordWrap(True)
            inner.addWidget(label)
        card.body.addLayout(inner)
        column.addWidget(card)
        column.addStretch(1)
        return self._side

    def _size(self) -> None:
        """Give the columns room for the longest that can stand in them."""
        theme, table = self._look.theme, self.table
        table.setFont(theme.font("body"))
        table.verticalHeader().setDefaultSectionSize(theme.scaled("size.row-table"))
        table.horizontalHeader().setFixedHeight(theme.scaled("size.row-table"))
        metrics, pad = theme.font_metrics("body"), 2 * theme.px("table.side") + theme.px("space.2")
        for column in (SkipColumn.TIME, SkipColumn.DISPLAY, SkipColumn.COUNT):
            texts = [self.model.index(row, column).data() for row in range(min(self.model.rowCount(), _MEASURED))]
            texts.append(self.model.headerData(column, Qt.Orientation.Horizontal))
            width = max(metrics.horizontalAdvance(str(text)) for text in texts)
            table.setColumnWidth(column, round(width) + pad)
