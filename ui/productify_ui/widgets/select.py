"""A field that shows one choice and opens a menu of them."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify_ui.widgets.base import PaintedButton
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, elided_text, fill_round, focus_ring, stroke_round


class Select(PaintedButton):
    """Looks like a text field with a chevron; `name` says to a screen reader what is chosen here."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self._name = name
        self._swatch: str | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_choice(self, text: str, swatch: str | None = None) -> None:
        """Show what is chosen, behind a square of the colour `swatch` (#RRGGBB) if there is one."""
        self._swatch = swatch
        self.setText(text)
        self.setAccessibleName(f"{self._name}: {text}")
        self.update()

    def sizeHint(self) -> QSize:
        theme = self.theme
        text = theme.font_metrics("body").horizontalAdvance(self.text())
        around = 2 * theme.px("button.pad") + theme.px("size.icon") + theme.px("space.8")
        return QSize(round(text) + around, theme.scaled("size.control"))

    def minimumSizeHint(self) -> QSize:
        theme = self.theme
        return QSize(theme.px("size.control") * 3, theme.scaled("size.control"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, rect = self.theme, QRectF(self.rect())
        radius = theme.metric("radius.control")
        fill_round(painter, rect, radius, theme.colour("surface-sunken" if self.isEnabled() else "surface"))
        stroke_round(painter, rect, radius, theme.colour("text-tertiary" if self.hovered else "hairline-strong"))
        left = self._paint_swatch(painter, rect)
        side = theme.scaled("size.icon-s")
        right = rect.right() - theme.px("space.5") - side
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text-primary" if self.isEnabled() else "text-disabled"))
        elided_text(painter, QRectF(left, 0, right - left - theme.px("space.2"), rect.height()), self.text())
        arrow = QRectF(right, round(rect.center().y() - side / 2), side, side)
        self.look.icons.paint(painter, "chevron-down", theme.colour("text-tertiary"), arrow)
        if self.ring_shown:
            focus_ring(painter, rect, radius, theme)
        painter.end()

    def _paint_swatch(self, painter: QPainter, rect: QRectF) -> float:
        theme = self.theme
        left = theme.metric("space.5")
        if self._swatch is None:
            return left
        side = theme.scaled("chip.swatch")
        mark = QRectF(left, rect.center().y() - side / 2, side, side)
        fill_round(painter, mark, theme.metric("radius.swatch"), QColor(self._swatch))
        return left + side + theme.metric("space.4")
