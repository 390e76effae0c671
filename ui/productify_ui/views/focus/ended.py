"""What came of the session that has just ended."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from productify.domain import FocusState
from productify_ui.text import formats
from productify_ui.text.focus import blocked_text, title_of
from productify_ui.text.focus import focus_words as say
from productify_ui.views.context import ViewContext
from productify_ui.views.focus.attempts import AttemptRows
from productify_ui.views.focus.reading import Ended
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.card import Card
from productify_ui.widgets.label import Label


class EndedCard(Card):
    """How long it was and what was blocked in it, with the reasons of passes; `dismissed` tells of the cross."""

    dismissed = Signal()

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context.look, say.untitled, parent)
        self._context = context
        self._shown: Ended | None = None
        self._dismissed = ""
        theme = self.theme
        close = Button(context.look, icon="x", kind=Kind.GHOST, size=Size.SMALL, name=say.dismiss, parent=self)
        close.clicked.connect(self._dismiss)
        self.header.addWidget(close)
        column = QVBoxLayout()
        side = theme.px("card.side")
        column.setContentsMargins(side, 0, side, theme.px("card.foot-top"))
        column.setSpacing(theme.px("space.4"))
        self.line = Label(context.look, role="body", tone="text-secondary", elide=True, parent=self)
        self.rows = AttemptRows(context, self)
        column.addWidget(self.line)
        column.addWidget(self.rows)
        self.body.addLayout(column)
        self.hide()

    @property
    def has_news(self) -> bool:
        """Whether there is something to show that was not put aside."""
        return self._shown is not None and self._shown.record.session_id != self._dismissed

    def show_ended(self, ended: Ended | None) -> None:
        """Show a session that has just ended, None where none has."""
        self._shown = ended
        if ended is None:
            return
        record = ended.record
        text = say.ended_cancelled if record.state is FocusState.CANCELLED else say.ended_title
        self.set_title(text.format(title=title_of(record.title)))
        length = formats.duration(record.seconds * 1000)
        is_calm = not record.attempts and record.state is not FocusState.CANCELLED
        blocked = say.ended_none if is_calm else blocked_text(record.attempts)
        self.line.setText(say.ended_line.format(length=length, blocked=blocked))
        self.rows.show_attempts(ended.attempts, self.theme.px("focus.attempts-most"))

    @Slot()
    def _dismiss(self) -> None:
        if self._shown is not None:
            self._dismissed = self._shown.record.session_id
        self.dismissed.emit()
