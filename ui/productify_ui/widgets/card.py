"""Cards: the surfaces that everything stands on."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from productify_ui.widgets.base import Painted
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, stroke_round


class Card(Painted):
    """A surface with a hairline; with a title it has a header row of 48 pixels that more can be put into."""

    def __init__(self, look: Look, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.header = QHBoxLayout()
        self.title = Label(look, title, "card-title", elide=True, parent=self)
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        if title:
            self._build_header()
            self.setAccessibleName(title)
        else:
            self.title.hide()

    def set_title(self, title: str) -> None:
        """Call it otherwise."""
        self.title.setText(title)
        self.setAccessibleName(title)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        rect = QRectF(self.rect())
        radius = self.theme.metric("radius.card")
        for layer in self.theme.shadow("card"):
            shade = QColor(self.theme.colour("shadow"))
            shade.setAlphaF(layer.opacity)
            fill_round(painter, rect.adjusted(0, layer.y, 0, 0), radius, shade)
            rect.adjust(0, 0, 0, -layer.y)
        fill_round(painter, rect, radius, self.theme.colour("surface"))
        stroke_round(painter, rect, radius, self.theme.colour("hairline"))
        painter.end()

    def restyle(self) -> None:
        self._size_header()

    def _build_header(self) -> None:
        self._size_header()
        self.header.setSpacing(self.theme.px("card.header-gap"))
        self.header.addWidget(self.title, 0, Qt.AlignmentFlag.AlignVCenter)
        self.header.addStretch(1)
        self.body.addLayout(self.header)

    def _size_header(self) -> None:
        side, top = self.theme.px("card.side"), self.theme.px("card.header-top")
        self.header.setContentsMargins(side, top, side, 0)
        self.title.setMinimumHeight(self.theme.scaled("size.card-header") - top)


class Rule(Painted):
    """A hairline across a card."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setFixedHeight(self.theme.px("size.hairline"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("hairline"))
        painter.end()
