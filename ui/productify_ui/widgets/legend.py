"""The key of a chart: which colour is what, and how much of it there is."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify.domain import Band
from productify_ui.widgets.base import Painted
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round

Entry = tuple[Band | None, str, str]


class Legend(Painted):
    """Entries of (verdict or None for idle, name, time); the names go where there is no room for them."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._entries: tuple[Entry, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Show these entries."""
        self._entries = entries
        self.setAccessibleName(", ".join(f"{name} {time}" for _, name, time in entries))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(self._width(named=True)) + 1, self.theme.line("small") + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._width(named=False)) + 1, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, dpr = self.theme, self.devicePixelRatioF()
        named = self._width(named=True) <= self.width() + 1
        side, gap = theme.metric("legend.mark"), theme.metric("space.3")
        left = self.width() - self._width(named=named)
        for band, name, time in self._entries:
            mark = QRectF(left, (self.height() - side) / 2, side, side)
            fill_round(painter, mark, theme.metric("radius.swatch"), self._brush(band, dpr))
            left += side + gap
            if named:
                left = self._text(painter, left, name, "small", "text-secondary") + gap
            left = self._text(painter, left, time, "small-strong", "text-primary") + self._between(named=named)
        painter.end()

    def _brush(self, band: Band | None, dpr: float) -> QBrush:
        return self.look.idle(dpr) if band is None else self.look.band(band, dpr)

    def _text(self, painter: QPainter, left: float, text: str, role: str, tone: str) -> float:
        painter.setFont(self.theme.font(role))
        painter.setPen(self.theme.colour(tone))
        width = self.theme.font_metrics(role).horizontalAdvance(text)
        painter.drawText(QRectF(left, 0, width + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        return left + width

    def _between(self, *, named: bool) -> float:
        return self.theme.metric("space.8" if named else "space.6")

    def _width(self, *, named: bool) -> float:
        theme = self.theme
        gap = theme.metric("space.3")
        between = self._between(named=named)
        width = -between
        for _, name, time in self._entries:
            width += theme.metric("legend.mark") + gap + between
            width += theme.font_metrics("small").horizontalAdvance(name) + gap if named else 0
            width += theme.font_metrics("small-strong").horizontalAdvance(time)
        return max(0.0, width)
