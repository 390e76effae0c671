"""The outline of rows that are not there yet, with what will make them."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from productify_ui.widgets.base import Painted
from productify_ui.widgets.button import Button
from productify_ui.widgets.empty import EmptyNote
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round

_ROWS = 5
_WIDTHS = (0.3, 0.22, 0.27, 0.19, 0.24)


class GhostNote(Painted):
    """Ghost rows, a note over them, and at most one thing to do."""

    def __init__(
        self, look: Look, title: str, hint: str, button: Button | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        note = EmptyNote(look, self)
        note.tell(title, hint)
        self.setAccessibleName(note.accessibleName())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addWidget(note, 0, Qt.AlignmentFlag.AlignHCenter)
        if button is not None:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(_ROWS * self.theme.scaled("focus.row"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme = self.theme
        pitch, plate = theme.scaled("focus.row"), theme.px("focus.plate")
        left, track = theme.metric("card.side"), theme.colour("track")
        painter.setOpacity(theme.metric("gallery.ghost"))
        for row in range(_ROWS):
            middle = row * pitch + pitch / 2
            fill_round(
                painter, QRectF(left, middle - plate / 2, plate, plate), theme.metric("focus.plate-radius"), track
            )
            start = left + plate + theme.metric("space.6")
            room = self.width() - start - left
            fill_round(painter, QRectF(start, middle - 11, room * _WIDTHS[row], 8), 4, track)
            fill_round(painter, QRectF(start, middle + 4, room * _WIDTHS[row] * 1.5, 6), 3, track)
        painter.end()
