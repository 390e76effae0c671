"""A session of the history, which opens to show what was blocked in it."""

from PySide6.QtCore import QRectF, QSize, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from productify.domain import FocusRecord, FocusState
from productify_ui.text import formats
from productify_ui.text.focus import focus_words as say
from productify_ui.text.focus import outcome_text, title_of
from productify_ui.views.context import ViewContext
from productify_ui.views.focus.attempts import AttemptRows
from productify_ui.views.focus.sessions import paint_session
from productify_ui.widgets.base import PaintedButton
from productify_ui.widgets.paint import antialiased, fill_round, focus_ring


class SessionLine(PaintedButton):
    """How a session went; with attempts it bears a chevron."""

    def __init__(self, context: ViewContext, record: FocusRecord, parent: QWidget | None = None) -> None:
        super().__init__(context.look, parent=parent)
        self._context = context
        self._record = record
        self.setCheckable(True)
        self.setEnabled(bool(record.attempts))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{title_of(record.title)}, {self._line()}")
        self.setAccessibleDescription(say.attempts_show if record.attempts else "")

    def sizeHint(self) -> QSize:
        return QSize(0, self.theme.scaled("focus.history-row"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, rect = self.theme, QRectF(self.rect())
        if self.hovered and self.isEnabled():
            fill_round(
                painter, rect.adjusted(6, 1, -6, -1), theme.metric("radius.control"), theme.colour("surface-hover")
            )
        side, arrow = theme.metric("card.side"), theme.px("size.icon-s")
        inner = rect.adjusted(side, 0, -side - arrow - theme.metric("space.4"), 0)
        record = self._record
        planned = say.planned.format(length=formats.duration(record.planned_minutes * 60_000))
        is_short = record.state is FocusState.CANCELLED
        length = formats.duration(record.seconds * 1000)
        paint_session(
            painter, self.look, inner, None, title_of(record.title), self._line(),
            f"{length} {planned}" if is_short else length, cancelled=is_short,
        )  # fmt: skip
        if record.attempts:
            icon = "chevron-down" if self.isChecked() else "chevron-right"
            area = QRectF(rect.right() - side - arrow, round(rect.center().y() - arrow / 2), arrow, arrow)
            self.look.icons.paint(painter, icon, theme.colour("text-tertiary"), area)
        if self.ring_shown:
            focus_ring(painter, rect.adjusted(4, 1, -4, -1), theme.metric("radius.control"), theme)
        painter.end()

    def _line(self) -> str:
        record, zone = self._record, self._context.zone
        end = record.ended_at or self._context.now()
        parts = [formats.clock_range(record.started_at, end, zone), record.project or "", outcome_text(record)]
        if record.strict:
            parts.append(say.is_strict)
        return " · ".join(part for part in parts if part)


class SessionRow(QWidget):
    """A session, and below it what it blocked once that was asked for."""

    def __init__(self, context: ViewContext, record: FocusRecord, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.record = record
        self._is_loaded = False
        self.line = SessionLine(context, record, self)
        self.line.toggled.connect(self._toggled)
        self.attempts = AttemptRows(context, self)
        self.attempts.hide()
        theme = context.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        indented = QVBoxLayout()
        left = theme.px("card.side") + theme.px("focus.plate") + theme.px("space.6")
        indented.setContentsMargins(left, 0, theme.px("card.side"), 0)
        indented.addWidget(self.attempts)
        column.addLayout(indented)

    @Slot(bool)
    def _toggled(self, on: bool) -> None:
        self.line.setAccessibleDescription(say.attempts_hide if on else say.attempts_show)
        if on and not self._is_loaded:
            self._context.bridge.start(self._load())
        else:
            self.attempts.setVisible(on)

    async def _load(self) -> None:
        found = await self._context.bridge.call(lambda service: service.focus.attempts(self.record.session_id))
        self._is_loaded = True
        self.attempts.show_attempts(found)
        self.attempts.setVisible(self.line.isChecked())
