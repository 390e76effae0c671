"""Room for more than fits, scrolled up and down."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from productify_ui.widgets.look import Look


class ScrollColumn(QScrollArea):
    """Shows `sheet` at its own height over whatever lies below: neither of them fills its ground."""

    def __init__(self, look: Look, sheet: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidget(sheet)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        sheet.setAutoFillBackground(False)
        look.dress(self.verticalScrollBar())
