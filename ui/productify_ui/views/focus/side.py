"""The cards beside the timer: the day in three figures, its sessions, the week, and what pulled the user away."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from productify.domain import FocusDay
from productify_ui.text import formats
from productify_ui.text.focus import count_text, sessions_text
from productify_ui.text.focus import focus_words as say
from productify_ui.views.context import ViewContext
from productify_ui.views.focus.ended import EndedCard
from productify_ui.views.focus.part import WIDEST
from productify_ui.views.focus.pulled import PulledList
from productify_ui.views.focus.reading import Snapshot
from productify_ui.views.focus.sessions import SessionList
from productify_ui.views.focus.week import WeekBars
from productify_ui.widgets.base import Painted
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.card import Card
from productify_ui.widgets.figure import Figure, Parts
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look


class Divider(Painted):
    """A hairline between two columns."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setFixedWidth(self.theme.px("size.hairline"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("hairline"))
        painter.end()


class TrioCard(Card):
    """Three figures side by side: focused today, the streak, blocked today."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self.figures: list[Figure] = []
        self.contexts: list[Label] = []
        self._columns: list[QVBoxLayout] = []
        row = QHBoxLayout()
        row.setSpacing(0)
        for index, name in enumerate((say.focused_today, say.streak, say.blocked_today)):
            if index:
                row.addWidget(Divider(look, self))
            row.addLayout(self._column(name), 1)
        self.body.addLayout(row)
        self.restyle()

    def show_day(self, day: FocusDay) -> None:
        """Show a day."""
        done = len(day.sessions)
        minutes = formats.to_minutes(day.focused)
        streak_unit = say.unit_day if day.streak == 1 else say.unit_days
        best = count_text(day.best_streak, say.best_day, say.best_days) if day.best_streak else say.streak_hint
        self._show(0, formats.figure(minutes, day.focused), bool(day.focused),
                   count_text(done, say.one_session, say.many_sessions) if done else say.no_sessions)  # fmt: skip
        self._show(1, ((str(day.streak), f" {streak_unit}"),), bool(day.streak), best)
        self._show(2, ((str(day.blocked_today), ""),), bool(day.blocked_today),
                   say.count_yesterday.format(count=day.blocked_yesterday))  # fmt: skip

    def restyle(self) -> None:
        super().restyle()
        theme = self.theme
        self.setFixedHeight(theme.scaled("focus.trio"))
        side, top = theme.px("card.side"), theme.px("stat-card.top")
        for column in self._columns:
            column.setContentsMargins(side, top, theme.px("space.4"), theme.px("stat-card.bottom"))

    def _column(self, name: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self.theme.px("space.1"))
        figure, context = (
            Figure(self.look, "stat-m", self),
            Label(self.look, role="small", tone="text-tertiary", elide=True, parent=self),
        )
        column.addWidget(Label(self.look, name, "small-strong", "text-secondary", elide=True, parent=self))
        column.addWidget(figure)
        column.addWidget(context)
        self.figures.append(figure)
        self.contexts.append(context)
        self._columns.append(column)
        return column

    def _show(self, index: int, parts: Parts, known: bool, context: str) -> None:
        self.figures[index].show_parts(parts, "text-primary" if known else "text-tertiary")
        self.contexts[index].setText(context)


class SideColumn(QWidget):
    """The cards, one above the other; `all_wanted` asks for the history."""

    all_wanted = Signal()

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        look = context.look
        self.trio = TrioCard(look, self)
        self.ended = EndedCard(context, self)
        self.sessions = Card(look, say.sessions_today, self)
        self.sessions_list = SessionList(context, self.sessions)
        self.sessions_note = Label(look, role="small", tone="text-tertiary", parent=self.sessions)
        self.all = Button(look, say.show_all, kind=Kind.LINK, size=Size.SMALL, parent=self.sessions)
        self.all.clicked.connect(self.all_wanted)
        self.week = Card(look, say.this_week, self)
        self.week_sum = Label(look, role="small-strong", tone="text-secondary", parent=self.week)
        self.bars = WeekBars(look, self.week)
        self.pulled = Card(look, say.pulled, self)
        self.pulled_list = PulledList(context, self.pulled)
        self.ended.dismissed.connect(self._arrange)
        self._snapshot: Snapshot | None = None
        context.focus.changed.connect(self._arrange)
        self._lay_out()

    def show_data(self, snapshot: Snapshot) -> None:
        """Show what was read."""
        self._snapshot = snapshot
        day, now = snapshot.day, self._context.focus.now
        self.trio.show_day(day)
        self.ended.show_ended(snapshot.ended)
        self.sessions_list.show_sessions(day.sessions)
        self.sessions_note.setText(sessions_text(day.sessions, is_running=now is not None))
        self.all.setVisible(len(day.sessions) > self.sessions_list.most)
        focused = sum(length for _, length in day.week)
        self.week_sum.setText(formats.duration(focused) if focused else "")
        self.bars.show_week(day.week, snapshot.today)
        self.pulled_list.show_pulled(day.pulled)
        self._arrange()

    def arrange(self, width: int | None, gap: int) -> None:
        """Be one column of that width, or with None two columns in all the room; lengths in logical pixels."""
        self.setMinimumWidth(width or 0)
        self.setMaximumWidth(width or WIDEST)
        self._halves.setDirection(QBoxLayout.Direction.TopToBottom if width else QBoxLayout.Direction.LeftToRight)
        self._halves.setStretch(0, 0 if width else 1)
        self._halves.setStretch(1, 1)
        for layout in (self._column, self._halves, *self._parts):
            layout.setSpacing(gap)

    def _lay_out(self) -> None:
        theme = self._context.theme
        side = theme.px("card.side")
        self.sessions.header.addWidget(self.all)
        self.sessions.header.addWidget(self.sessions_note)
        self.sessions.body.addWidget(self.sessions_list)
        self.sessions.body.addStretch(1)
        self.week.header.addWidget(self.week_sum)
        self.week.body.addWidget(self.bars)
        look = self._context.look
        self.pulled.header.addWidget(Label(look, say.last_seven, "small", "text-tertiary", parent=self.pulled))
        self.pulled.body.addWidget(self.pulled_list, 1)
        self.pulled_list.setContentsMargins(side, 0, side, 0)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.trio)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._column.addLayout(self._halves, 1)
        self._parts = (QVBoxLayout(), QVBoxLayout())
        for part, cards in zip(self._parts, ((self.ended, self.sessions), (self.week, self.pulled)), strict=True):
            for card in cards:
                part.addWidget(card)
            self._halves.addLayout(part)
        self._column.addStretch(0)

    @Slot()
    def _arrange(self) -> None:
        """Let what a session blocked take the place of what pulls away in general."""
        is_shown = self.ended.has_news and self._context.focus.now is None
        self.ended.setVisible(is_shown)
        self.pulled.setVisible(not is_shown)
