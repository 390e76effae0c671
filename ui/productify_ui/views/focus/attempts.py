"""What was blocked in a session, one row for each visit."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify.domain import Attempt
from productify_ui.text import formats
from productify_ui.text.focus import focus_words as say
from productify_ui.views.context import ViewContext
from productify_ui.widgets.base import Painted
from productify_ui.widgets.paint import antialiased, elided_text
from productify_ui.widgets.tile import paint_face

_WIDEST = "00:00 AM"


class AttemptRows(Painted):
    """Time, face, name, and by which list it was blocked or for what reason it was let pass."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context.look, parent)
        self._context = context
        self._attempts: tuple[Attempt, ...] = ()
        self._hidden = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_attempts(self, attempts: Sequence[Attempt], most: int = 0) -> None:
        """Show visits in order, at most `most` of them where that is not 0."""
        self._attempts = tuple(attempts[:most] if most else attempts)
        self._hidden = len(attempts) - len(self._attempts)
        self.setAccessibleName(". ".join(self._spoken(attempt) for attempt in attempts))
        self.setVisible(bool(attempts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        height = sum(self._height(attempt) for attempt in self._attempts)
        return QSize(0, height + (self._row() if self._hidden else 0))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        top = 0
        for attempt in self._attempts:
            self._paint_row(painter, QRectF(0, top, self.width(), self._row()), attempt)
            top += self._height(attempt)
        if self._hidden:
            painter.setFont(self.theme.font("small"))
            painter.setPen(self.theme.colour("text-tertiary"))
            rect = QRectF(0, top, self.width(), self._row())
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, say.more.format(count=self._hidden))
        painter.end()

    def _paint_row(self, painter: QPainter, rect: QRectF, attempt: Attempt) -> None:
        theme = self.theme
        clock = formats.clock(attempt.at, self._context.zone)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text-tertiary"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, clock)
        gap, tile = theme.metric("space.4"), theme.px("size.app-tile-s")
        left = rect.left() + theme.font_metrics("small").horizontalAdvance(_WIDEST[: len(clock)]) + gap
        area = QRectF(left, round(rect.center().y() - tile / 2), tile, tile)
        paint_face(painter, self.look, self._context.faces.of(attempt.name), area)
        left += tile + gap
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text-primary"))
        name = min(theme.font_metrics("body").horizontalAdvance(attempt.name), (rect.right() - left) * 2 / 3)
        elided_text(painter, QRectF(left, rect.top(), name + 1, rect.height()), attempt.name)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text-tertiary"))
        listed = QRectF(left + name + gap, rect.top(), rect.right() - left - name - gap, rect.height())
        elided_text(painter, listed, attempt.list_name, Qt.AlignmentFlag.AlignRight)
        if attempt.passed:
            painter.setPen(theme.colour("distracting-text"))
            reason = QRectF(left, rect.bottom() - theme.metric("space.1"), rect.right() - left, theme.line("small"))
            elided_text(painter, reason, say.passed.format(reason=attempt.reason or ""))

    def _spoken(self, attempt: Attempt) -> str:
        clock = formats.clock(attempt.at, self._context.zone)
        if attempt.passed:
            return say.attempt_pass.format(clock=clock, name=attempt.name, reason=attempt.reason or "")
        return say.attempt_line.format(clock=clock, name=attempt.name, list=attempt.list_name)

    def _row(self) -> int:
        return self.theme.scaled("size.control-s")

    def _height(self, attempt: Attempt) -> int:
        return self._row() + (self.theme.line("small") + self.theme.px("space.2") if attempt.passed else 0)
