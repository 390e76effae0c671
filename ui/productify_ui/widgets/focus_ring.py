"""The ring that fills while a focus session goes on, with its time in the middle."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify_ui.widgets.base import Painted
from productify_ui.widgets.figure import FigurePainter
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, elided_text

_TICKS = 60
_LONG_EACH = 5
_TURN = 360 * 16
_TOP = 90 * 16
_CHORD = 0.9
"""How much of the inner width the digits may take: they have height, and lie above the middle."""

_SMALLEST = 0.7
"""How far the line below the digits may shrink before it is cut off."""


class FocusRing(Painted):
    """An arc that grows clockwise from the top, a time and a line below it; `table` names its sizes in the tokens."""

    def __init__(self, look: Look, table: str = "focus-ring", parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._table = table
        self._share = 0.0
        self._digits = self._below = ""
        self._is_paused = False
        self._figure = FigurePainter(look, f"{table}-time")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_time(self, share: float, digits: str, below: str, *, paused: bool = False, spoken: str = "") -> None:
        """Show the `share` (0 to 1) that has passed, and a time such as 18:04; only a change repaints."""
        shown = (min(max(share, 0.0), 1.0), digits, below, paused)
        if spoken:
            self.setAccessibleName(spoken)
        if shown != (self._share, self._digits, self._below, self._is_paused):
            self._share, self._digits, self._below, self._is_paused = shown
            self.update()

    def set_table(self, table: str) -> None:
        """Take the sizes of another table of the tokens, as a smaller window needs."""
        if table != self._table:
            self._table, self._figure.role = table, f"{table}-time"
            self._theme_changed()

    def sizeHint(self) -> QSize:
        side = self.theme.px(f"{self._table}.outer")
        return QSize(side, side)

    def restyle(self) -> None:
        self._figure.renew()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        filled = self.theme.colour("neutral-text" if self._is_paused else "accent-text")
        if self._size("tick"):
            self._paint_ticks(painter, filled)
        self._paint_arc(painter, filled)
        self._paint_time(painter)
        painter.end()

    def _paint_ticks(self, painter: QPainter, filled: QColor) -> None:
        centre, outer = QRectF(self.rect()).center(), self._size("outer") / 2 - self._size("tick-edge")
        quiet, passed = self.theme.colour("hairline-strong"), QColor(filled)
        passed.setAlphaF(self.theme.metric("focus-ring.tick-opacity"))
        for tick in range(_TICKS):
            is_long = tick % _LONG_EACH == 0
            angle = math.tau * tick / _TICKS
            toward = QPointF(math.sin(angle), -math.cos(angle))
            width = self._size("tick-line-long" if is_long else "tick-line")
            colour = passed if tick / _TICKS < self._share else quiet
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            inner = outer - self._size("tick-long" if is_long else "tick")
            painter.drawLine(centre + toward * inner, centre + toward * outer)

    def _paint_arc(self, painter: QPainter, filled: QColor) -> None:
        centre, radius = QRectF(self.rect()).center(), self._size("radius")
        ring = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.colour("track"), self._size("stroke")))
        painter.drawEllipse(ring)
        if self._share <= 0:
            return
        painter.setPen(QPen(filled, self._size("stroke"), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(ring, _TOP, -round(self._share * _TURN))
        if marker := self._size("marker"):
            angle = math.tau * self._share
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour("surface"))
            painter.drawEllipse(centre + QPointF(math.sin(angle), -math.cos(angle)) * radius, marker, marker)

    def _paint_time(self, painter: QPainter) -> None:
        height, line = self._figure.height(), self.theme.line(f"{self._table}-below")
        gap = self._size("below-gap")
        top = (self.height() - height - gap - line) / 2
        self._paint_digits(painter, QRectF(0, top, self.width(), height))
        self._paint_below(painter, QRectF(0, top + height + gap, self.width(), line))

    def _paint_below(self, painter: QPainter, area: QRectF) -> None:
        """Paint the line below the time, smaller where a large text would not fit, and only then cut off."""
        role = f"{self._table}-below"
        width = self.theme.font_metrics(role).horizontalAdvance(self._below)
        shrunk = max(_SMALLEST, min(1.0, _CHORD * self._inner() / width)) if width else 1.0
        room = max(self._inner(), _CHORD * self._inner() / shrunk)
        painter.save()
        painter.translate(area.center())
        painter.scale(shrunk, shrunk)
        painter.setFont(self.theme.font(role))
        painter.setPen(self.theme.colour("text-tertiary"))
        rect = QRectF(-room / 2, -area.height() / 2, room, area.height())
        elided_text(painter, rect, self._below, Qt.AlignmentFlag.AlignHCenter)
        painter.restore()

    def _paint_digits(self, painter: QPainter, area: QRectF) -> None:
        """Paint the time in the middle, smaller where hours or a large text would not fit within the arc."""
        parts = ((self._digits, ""),)
        width, baseline = self._figure.width(parts), self._figure.baseline(area)
        shrunk = min(1.0, _CHORD * self._inner() / width) if width else 1.0
        painter.save()
        painter.translate(area.center().x(), baseline)
        painter.scale(shrunk, shrunk)
        self._figure.draw(painter, -width / 2, 0, parts, "text-primary")
        painter.restore()

    def _inner(self) -> float:
        """Return how wide a line through the middle may be."""
        return 2 * (self._size("radius") - self._size("stroke"))

    def _size(self, name: str) -> float:
        return self.theme.metric(f"{self._table}.{name}")
