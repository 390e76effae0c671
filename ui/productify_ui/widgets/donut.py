"""A whole and its parts as a ring with the total in the middle."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify_ui.widgets.base import Painted
from productify_ui.widgets.figure import FigurePainter, Parts
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased

_TURN = 360.0
_TOP = 90.0


@dataclass(frozen=True, slots=True)
class Slice:
    """One part: its size in any unit and its colour as #RRGGBB."""

    value: float
    colour: str


class Donut(Painted):
    """Slices clockwise from the top; `lit_changed` carries the index of the hovered one, -1 for none.

    The keyboard reaches the slices through the list that stands beside it.
    """

    lit_changed = Signal(int)

    def __init__(self, look: Look, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._caption = caption
        self._slices: tuple[Slice, ...] = ()
        self._total: Parts = ()
        self._lit = -1
        self._figure = FigurePainter(look, "stat-s")
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_slices(self, slices: Sequence[Slice], total: Parts, spoken: str) -> None:
        """Show these parts of `total`; `spoken` says them to a screen reader."""
        self._slices, self._total = tuple(slices), total
        self.setAccessibleName(spoken)
        self.update()

    def light(self, index: int) -> None:
        """Lift one slice."""
        if index != self._lit:
            self._lit = index
            self.update()

    def sizeHint(self) -> QSize:
        side = self.theme.scaled("donut.outer") + 2 * self.theme.px("donut.lift")
        return QSize(side, side)

    def restyle(self) -> None:
        self._figure.renew()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        width = self.theme.metric("donut.ring")
        ring = self._ring(width)
        total = math.fsum(part.value for part in self._slices)
        if total <= 0:
            painter.setPen(QPen(self.theme.colour("track"), width))
            painter.drawEllipse(ring)
        else:
            self._paint_slices(painter, ring, width, total)
        self._paint_centre(painter)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._tell(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._tell(-1)
        super().leaveEvent(event)

    def _ring(self, width: float) -> QRectF:
        edge = width / 2 + self.theme.metric("donut.lift")
        return QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)

    def _paint_slices(self, painter: QPainter, ring: QRectF, width: float, total: float) -> None:
        gap = math.degrees(self.theme.metric("donut.gap") / (ring.width() / 2)) if len(self._slices) > 1 else 0.0
        start = 0.0
        for index, part in enumerate(self._slices):
            span = part.value / total * _TURN
            lift = 2 * self.theme.metric("donut.lift") if index == self._lit else 0.0
            painter.setPen(QPen(QColor(part.colour), width + lift, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            shown = max(span - gap, 0.4)
            painter.drawArc(ring, round((_TOP - start) * 16), -round(shown * 16))
            start += span

    def _paint_centre(self, painter: QPainter) -> None:
        centre, caption = QRectF(self.rect()).center(), self.theme.font_metrics("small")
        width, height = self._figure.width(self._total), self._figure.height()
        top = centre.y() - (height + self.theme.line("small")) / 2
        line = QRectF(0, top, self.width(), height)
        self._figure.draw(painter, centre.x() - width / 2, self._figure.baseline(line), self._total, "text-primary")
        painter.setFont(self.theme.font("small"))
        painter.setPen(self.theme.colour("text-tertiary"))
        below = QRectF(0, top + height - 1, self.width(), caption.height())
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, self._caption)

    def _at(self, where: QPointF) -> int:
        centre = QRectF(self.rect()).center()
        x, y = where.x() - centre.x(), where.y() - centre.y()
        width = self.theme.metric("donut.ring")
        if abs(math.hypot(x, y) - self._ring(width).width() / 2) > width:
            return -1
        total = math.fsum(part.value for part in self._slices)
        angle, reached = math.degrees(math.atan2(x, -y)) % _TURN, 0.0
        for index, part in enumerate(self._slices):
            reached += part.value / total * _TURN if total else 0
            if angle < reached:
                return index
        return -1

    def _tell(self, index: int) -> None:
        if index != self._lit:
            self.light(index)
            self.lit_changed.emit(index)
