"""One entry of a list of places to go."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify_ui.widgets.base import PaintedButton
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, focus_ring


class NavItem(PaintedButton):
    """The place of `key`, with its icon and name; in a rail its icon alone, with its name as the tooltip."""

    def __init__(self, look: Look, key: str, text: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(look, text, parent)
        self.key = key
        self._icon = icon
        self._live = ""
        self._rail = False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_rail(self, rail: bool) -> None:
        """Show the icon alone, or with the name."""
        self._rail = rail
        self.setToolTip(self.text() if rail else "")
        self.updateGeometry()

    def show_live(self, text: str, spoken: str = "") -> None:
        """Show a short text that goes on at the right end, "" none; in a rail it stands in the tooltip."""
        if text != self._live:
            self._live = text
            self.setAccessibleDescription(spoken)
            self.setToolTip(f"{self.text()} {text}".strip() if self._rail else "")
            self.update()

    def sizeHint(self) -> QSize:
        theme = self.theme
        if self._rail:
            return QSize(theme.px("nav.rail-width"), theme.px("nav.rail-height"))
        return QSize(80, theme.scaled("size.nav-item"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, rect, on = self.theme, QRectF(self.rect()), self.isChecked()
        radius = theme.metric("nav.rail-radius" if self._rail else "radius.control")
        if on:
            self._paint_on(painter, rect, radius)
        elif self.hovered:
            fill_round(painter, rect, radius, theme.colour("surface-hover"))
        tone = theme.colour("accent-text" if on else "text-tertiary")
        side = theme.px("size.icon-nav") if self._rail else theme.scaled("size.icon-nav")
        left = (rect.width() - side) / 2 if self._rail else theme.px("nav.pad")
        area = QRectF(left, (rect.height() - side) / 2, side, side)
        self.look.icons.paint(painter, self._icon, tone, area)
        if not self._rail:
            painter.setFont(theme.font("body-strong"))
            painter.setPen(theme.colour("text-primary" if on or self.hovered else "text-secondary"))
            text = rect.adjusted(left + side + theme.px("nav.gap"), 0, -theme.px("nav.pad"), 0)
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self.text())
            self._paint_live(painter, text)
        if self.ring_shown:
            focus_ring(painter, rect, radius, theme)
        painter.end()

    def _paint_live(self, painter: QPainter, rect: QRectF) -> None:
        if self._live:
            painter.setFont(self.theme.font("axis-strong"))
            painter.setPen(self.theme.colour("accent-text"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._live)

    def _paint_on(self, painter: QPainter, rect: QRectF, radius: float) -> None:
        theme = self.theme
        for layer in theme.shadow("card"):
            shade = QColor(theme.colour("shadow"))
            shade.setAlphaF(layer.opacity * 2)
            fill_round(painter, rect.adjusted(0, layer.y, 0, 0), radius, shade)
            rect = rect.adjusted(0, 0, 0, -layer.y)
        fill_round(painter, rect, radius, theme.colour("nav-active"))
