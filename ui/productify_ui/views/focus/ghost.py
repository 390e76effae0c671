"""The outline of rows that are not there yet, with what will make them."""

from PySide6.QtCore import QRectF, QTimer, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify_ui.widgets.base import Painted
from productify_ui.widgets.empty import EmptyNote
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round

_ROWS = 5
_WIDTHS = (0.3, 0.22, 0.27, 0.19, 0.24)


class GhostNote(Painted):
    """Ghost rows, and a note over them."""

    def __init__(self, look: Look, title: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._note = EmptyNote(look, self)
        self._note.tell(title, hint)
        self.setAccessibleName(self._note.accessibleName())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def restyle(self) -> None:
        self.setFixedHeight(_ROWS * self.theme.scaled("focus.row"))
        QTimer.singleShot(0, self, self._place)  # once the note has taken over its own sizes

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @Slot()
    def _place(self) -> None:
        self._note.adjustSize()
        self._note.resize(self._note.width(), self._note.heightForWidth(self._note.width()))
        place = self._note.rect()
        place.moveCenter(self.rect().center())
        self._note.move(place.topLeft())

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
