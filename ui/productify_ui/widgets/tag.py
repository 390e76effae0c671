"""A text that can be taken away."""

from PySide6.QtCore import QRectF, QSize, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from productify_ui.widgets.base import Painted
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, stroke_round


class Tag(Painted):
    """A text in an outline, with a cross; `removed` carries the text, `action` says to a screen reader what it does."""

    removed = Signal(str)

    def __init__(self, look: Look, text: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._text = text
        row = QHBoxLayout(self)
        row.setContentsMargins(self.theme.px("space.5"), 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(Label(look, text, "small-strong", parent=self))
        self.cross = Button(look, icon="x", kind=Kind.GHOST, size=Size.SMALL, name=action, parent=self)
        self.cross.clicked.connect(self._clicked)
        row.addWidget(self.cross)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        width = layout.sizeHint().width() if layout else 0
        return QSize(width, self.theme.scaled("size.control"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        rect, radius = QRectF(self.rect()), self.theme.metric("radius.control")
        fill_round(painter, rect, radius, self.theme.colour("surface"))
        stroke_round(painter, rect, radius, self.theme.colour("hairline-strong"))
        painter.end()

    @Slot()
    def _clicked(self) -> None:
        self.removed.emit(self._text)
