"""The veil between a page and what lies over it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from productify_ui.widgets.look import Look

_SCRIM = 0.5


class Scrim(QWidget):
    """Darkens what lies below; a click on it tells `clicked`."""

    clicked = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        veil = QColor(self._look.theme.colour("scrim"))
        veil.setAlphaF(_SCRIM)
        painter.fillRect(self.rect(), veil)
        painter.end()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.clicked.emit()
