"""Session history: the sessions of two weeks by their days."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify.domain import FocusRecord
from productify_ui.text import formats
from productify_ui.text.focus import count_text
from productify_ui.text.focus import focus_words as say
from productify_ui.views.context import ViewContext
from productify_ui.views.focus.ghost import GhostNote
from productify_ui.views.focus.part import Part
from productify_ui.views.focus.session_row import SessionRow
from productify_ui.widgets.button import Button
from productify_ui.widgets.card import Card
from productify_ui.widgets.label import Label

_SPAN = timedelta(days=14)
_DAY = timedelta(days=1)


class DayCard(Card):
    """The sessions of one day, the last one first."""

    def __init__(self, context: ViewContext, day: date, records: Sequence[FocusRecord], parent: QWidget) -> None:
        super().__init__(context.look, formats.day(day), parent)
        length = formats.duration(sum(record.seconds for record in records) * 1000)
        sessions = count_text(len(records), say.one_session, say.many_sessions)
        note = say.day_sum.format(sessions=sessions, length=length)
        self.header.addWidget(Label(context.look, note, "small", "text-tertiary", parent=self))
        self.rows = [SessionRow(context, record, self) for record in reversed(records)]
        for row in self.rows:
            self.body.addWidget(row)
        self.body.addSpacing(self.theme.px("space.4"))


class HistoryPart(Part):
    """Two weeks at a time; the buttons go to those before and after."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = say.history
        self._last: date | None = None
        self._today = self._shown_last = date.min
        self._shown: object = None
        self.cards: list[DayCard] = []
        look = self.look
        self.earlier = Button(look, icon="chevron-left", name=say.earlier, parent=self)
        self.earlier.clicked.connect(self._go_back)
        self.later = Button(look, icon="chevron-right", name=say.later, parent=self)
        self.later.clicked.connect(self._go_on)
        for button in (self.earlier, self.later):
            button.setEnabled(False)
        self.span = Label(look, role="body-strong", tone="text-secondary", parent=self)
        self.empty = GhostNote(look, say.history_empty, say.history_empty_hint, parent=self)
        head = QHBoxLayout()
        head.setSpacing(self.theme.px("space.4"))
        head.addWidget(self.span)
        head.addStretch(1)
        head.addWidget(self.earlier)
        head.addWidget(self.later)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self.theme.px("size.gutter-compact"))
        self._column.addLayout(head)
        self._column.addWidget(self.empty)
        self._column.addStretch(1)

    async def refresh(self) -> None:
        """Ask for the two weeks in view."""
        today = await self.context.bridge.call(lambda service: service.reports.today())
        last = self._last or today
        self._today, self._shown_last = today, last
        first = last - _SPAN + _DAY
        found = await self.context.bridge.call(lambda service: service.focus.history(first, last))
        self.earlier.setEnabled(True)
        self.later.setEnabled(last < today)
        self.span.setText(say.history_span.format(first=formats.day(first), last=formats.day(last)))
        self._show(found)

    def _show(self, records: Sequence[FocusRecord]) -> None:
        if records == self._shown:
            return
        self._shown = records
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        days = [(day, tuple(group)) for day, group in groupby(records, lambda record: record.local_day)]
        self.cards = [DayCard(self.context, day, group, self) for day, group in reversed(days)]
        for place, card in enumerate(self.cards, start=1):
            self._column.insertWidget(place, card)
            card.show()
        self.empty.setVisible(not self.cards)

    @Slot()
    def _go_back(self) -> None:
        self._last = self._shown_last - _SPAN
        self.context.bridge.start(self.refresh())

    @Slot()
    def _go_on(self) -> None:
        later = self._shown_last + _SPAN
        self._last = None if later >= self._today else later
        self.context.bridge.start(self.refresh())
