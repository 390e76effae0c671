"""An icon by itself."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify_ui.widgets.base import Painted
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased


class Symbol(Painted):
    """Paints the icon of a name in the colour of a name; `size` names its side in the tokens."""

    def __init__(
        self, look: Look, icon: str, tone: str, parent: QWidget | None = None, *, size: str = "size.icon"
    ) -> None:
        super().__init__(look, parent)
        self._icon = icon
        self._tone = tone
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = self.theme.scaled(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        self.look.icons.paint(painter, self._icon, self.theme.colour(self._tone), QRectF(self.rect()))
        painter.end()
