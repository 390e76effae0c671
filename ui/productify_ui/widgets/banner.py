"""Inline news of trouble: what happened, what still works, and one way on."""

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify_ui.text.words import words
from productify_ui.widgets.base import Painted
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round


class Banner(Painted):
    """A line across the page in a soft colour; `tone` is danger or warn. `acted` tells of its button."""

    acted = Signal()

    def __init__(self, look: Look, tone: str = "danger", parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._tone = tone
        row = QHBoxLayout(self)
        side, top = self.theme.px("banner.side"), self.theme.px("banner.top")
        row.setContentsMargins(
            side + self.theme.px("size.icon-l") + self.theme.px("space.6"), top, side, top + self.theme.px("space.3")
        )
        row.setSpacing(self.theme.px("space.6"))
        texts = QVBoxLayout()
        texts.setSpacing(self.theme.px("space.0"))
        self.title = Label(look, role="body-strong", parent=self)
        self.hint = Label(look, role="small", tone="text-secondary", parent=self)
        for label in (self.title, self.hint):
            label.setWordWrap(True)
            texts.addWidget(label)
        row.addLayout(texts, 1)
        self.button = Button(look, words.retry, size=Size.SMALL, parent=self)
        self.button.clicked.connect(self.acted)
        row.addWidget(self.button)
        close = Button(look, icon="x", kind=Kind.GHOST, size=Size.SMALL, name=words.close, parent=self)
        close.clicked.connect(self.hide)
        row.addWidget(close)
        self.hide()

    @Slot(str, str, str)
    def tell(self, title: str, hint: str, action: str = "") -> None:
        """Show what happened; without `action` there is no button."""
        self.title.setText(title)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.button.setText(action or words.retry)
        self.button.setVisible(bool(action))
        self.setAccessibleName(f"{title} {hint}".strip())
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        rect = QRectF(self.rect()).adjusted(0, 0, 0, -self.theme.metric("space.3"))
        fill_round(painter, rect, self.theme.metric("banner.radius"), self.theme.colour(f"{self._tone}-soft"))
        side = self.theme.px("size.icon-l")
        area = QRectF(self.theme.px("banner.side"), self.theme.px("banner.top") + 1, side, side)
        icon = "circle-alert" if self._tone == "danger" else "triangle-alert"
        self.look.icons.paint(painter, icon, self.theme.colour(self._tone), area)
        painter.end()
