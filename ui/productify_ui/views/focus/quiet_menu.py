"""A text that opens a menu."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify_ui.widgets.base import PaintedButton, without_access_key
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, elided_text, focus_ring


class QuietMenu(PaintedButton):
    """A quiet text with a chevron that opens a menu; without the chevron only a text."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self._shown = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str, spoken: str, action: str) -> None:
        """Show a text; `spoken` is the whole of it to a screen reader, `action` what pressing does, "" for nothing."""
        self._shown = text
        self.setText(without_access_key(text))
        self.setAccessibleName(spoken)
        self.setAccessibleDescription(action)
        self.setEnabled(bool(action))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self.theme
        text = theme.font_metrics("body").horizontalAdvance(self._shown)
        return QSize(round(text + theme.px("size.icon-s") + theme.px("space.5")), theme.scaled("size.control-s"))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px("size.control") * 2, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, rect = self.theme, QRectF(self.rect())
        side, gap = theme.px("size.icon-s"), theme.px("space.2")
        painter.setFont(theme.font("body"))
        active = self.isEnabled()
        painter.setPen(theme.colour("text-primary" if self.hovered and active else "text-tertiary"))
        room = rect.width() - (side + gap if active else 0)
        elided_text(painter, QRectF(0, 0, room, rect.height()), self._shown)
        if active:
            text = min(room, theme.font_metrics("body").horizontalAdvance(self._shown))
            area = QRectF(round(text + gap), round((rect.height() - side) / 2) + 1, side, side)
            self.look.icons.paint(painter, "chevron-down", theme.colour("text-tertiary"), area)
        if self.ring_shown:
            focus_ring(painter, rect, theme.metric("radius.chip"), theme)
        painter.end()
