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
        return QSize(0, (len(self._attempts) + bool(self._hidden)) * self._row())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        for index, attempt in enumerate(self._attempts):
            self._paint_row(painter, QRectF(0, index * self._row(), self.width(), self._row()), attempt)
        if self._hidden:
            painter.setFont(self.theme.font("small"))
            painter.setPen(self.theme.colour("text-tertiary"))
            rect = QRectF(0, len(self._attempts) * self._row(), self.width(), self._row())
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, say.more.format(count=self._hidden))
        painter.end()

    def _paint_row(self, painter: QPainter, rect: QRectF, attempt: Attempt) -> None:
        theme = self.theme
        clock = formats.clock(attempt.at, self._context.zone)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text-tertiary"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, clock)
        gap, tile = theme.metric("space.4"), theme.px("size.app-tile-s")
        left = rect.left() + theme.font_metrics("small").horizontalAdvance("00:00 AM"[: len(clock)]) + gap
        area = QRectF(left, round(rect.center().y() - tile / 2), tile, tile)
        paint_face(painter, self.look, self._context.faces.of(attempt.name), area)
        left += tile + gap
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text-primary"))
        name = min(theme.font_metrics("body").horizontalAdvance(attempt.name), (rect.right() - left) / 2)
        elided_text(painter, QRectF(left, rect.top(), name + 1, rect.height()), attempt.name)
        left += name + gap
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("distracting-text" if attempt.passed else "text-tertiary"))
        elided_text(painter, QRectF(left, rect.top(), rect.right() - left, rect.height()), _detail(attempt),
                    Qt.AlignmentFlag.AlignRight)  # fmt: skip

    def _spoken(self, attempt: Attempt) -> str:
        clock = formats.clock(attempt.at, self._context.zone)
        if attempt.passed:
            return say.attempt_pass.format(clock=clock, name=attempt.name, reason=attempt.reason or "")
        return say.attempt_line.format(clock=clock, name=attempt.name, list=attempt.list_name)

    def _row(self) -> int:
        return self.theme.scaled("size.control-s")


def _detail(attempt: Attempt) -> str:
    return say.passed.format(reason=attempt.reason or "") if attempt.passed else attempt.list_name
