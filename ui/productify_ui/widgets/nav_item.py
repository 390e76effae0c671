"""One entry of a list of places to go."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from productify_ui.widgets.base import by_keyboard
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, focus_ring


class NavItem(QPushButton):
    """The place of `key`, with its icon and name; in a rail its icon alone, with its name as the tooltip."""

    def __init__(self, look: Look, key: str, text: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._look = look
        self.key = key
        self._icon = icon
        self._rail = False
        self._hovered = False
        self._ring = False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)

    def set_rail(self, rail: bool) -> None:
        """Show the icon alone, or with the name."""
        self._rail = rail
        self.setToolTip(self.text() if rail else "")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        if self._rail:
            return QSize(theme.px("nav.rail-width"), theme.px("nav.rail-height"))
        return QSize(80, theme.scaled("size.nav-item"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, rect, on = self._look.theme, QRectF(self.rect()), self.isChecked()
        radius = theme.metric("nav.rail-radius" if self._rail else "radius.control")
        if on:
            self._paint_on(painter, rect, radius)
        elif self._hovered:
            fill_round(painter, rect, radius, theme.colour("surface-hover"))
        tone = theme.colour("accent-text" if on else "text-tertiary")
        side = theme.px("size.icon-nav") if self._rail else theme.scaled("size.icon-nav")
        left = (rect.width() - side) / 2 if self._rail else theme.px("nav.pad")
        area = QRectF(left, (rect.height() - side) / 2, side, side)
        self._look.icons.paint(painter, self._icon, tone, area)
        if not self._rail:
            painter.setFont(theme.font("body-strong"))
            painter.setPen(theme.colour("text-primary" if on or self._hovered else "text-secondary"))
            text = rect.adjusted(left + side + theme.px("nav.gap"), 0, -theme.px("nav.pad"), 0)
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._ring:
            focus_ring(painter, rect, radius, theme)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = by_keyboard(event)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        super().focusOutEvent(event)

    def _paint_on(self, painter: QPainter, rect: QRectF, radius: float) -> None:
        theme = self._look.theme
        for layer in theme.shadow("card"):
            shade = QColor(theme.colour("shadow"))
            shade.setAlphaF(layer.opacity * 2)
            fill_round(painter, rect.adjusted(0, layer.y, 0, 0), radius, shade)
            rect = rect.adjusted(0, 0, 0, -layer.y)
        fill_round(painter, rect, radius, theme.colour("nav-active"))
