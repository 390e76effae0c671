"""A question or a piece of news in a small window of its own that blocks nothing."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from productify_ui.widgets.button import Button, Kind
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look

Choice = tuple[str, Kind, Callable[[], None]]


class Dialog(QDialog):
    """A title, a hint, and buttons that act and close; shown by `open` or `show`, never by a loop of its own."""

    def __init__(
        self, look: Look, title: str, hint: str, choices: Sequence[Choice], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        theme = look.theme
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body = QVBoxLayout(self)
        edge = theme.px("space.10")
        self.body.setContentsMargins(edge, edge, edge, edge)
        self.body.setSpacing(theme.px("space.4"))
        for text, role, tone in ((title, "note-title", "text-primary"), (hint, "body", "text-secondary")):
            label = Label(look, text, role, tone, parent=self)
            label.setWordWrap(True)
            self.body.addWidget(label)
        row = QHBoxLayout()
        row.setContentsMargins(0, theme.px("space.6"), 0, 0)
        row.addStretch(1)
        for text, kind, act in choices:
            button = Button(look, text, kind=kind, parent=self)
            button.clicked.connect(partial(self._act, act))
            button.setDefault(kind is Kind.PRIMARY)
            row.addWidget(button)
        self.body.addLayout(row)
        self.setFixedWidth(theme.scaled("dialog.width"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.theme.colour("surface"))
        painter.end()

    def _act(self, act: Callable[[], None], _checked: bool = False) -> None:
        act()
        self.close()
