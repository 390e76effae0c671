"""A card over the page that a form stands on."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from productify_ui.widgets.base import Painted
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased
from productify_ui.widgets.popup import paint_plate


class FormPlate(Painted):
    """Lies over its parent until Escape or `close_plate`; then the keyboard goes back to where it was.

    It stays when something beside it is clicked: what was written is not lost by a slip.
    """

    closed = Signal()

    def __init__(self, look: Look, width: str, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._page = parent
        self._width = width
        self._corner: QPoint | None = None
        self._back_to: QWidget | None = None
        edge, pad = self.theme.px("popup.shadow"), self.theme.px("space.8")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(edge + pad, edge + pad, edge + pad, edge + pad)
        self.body.setSpacing(self.theme.px("space.3"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.hide()

    def open_at(self, corner: QPoint | None, first: QWidget) -> None:
        """Open with the upper left corner near a place of the page, None for the upper right.

        `first` gets the keyboard.
        """
        if not self.isVisible():
            self._back_to = QApplication.focusWidget()
        self._corner = corner
        self.show()
        self.raise_()
        self.fit()
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_plate(self) -> None:
        """Close it."""
        if self.isVisible():
            self.hide()
            if self._back_to is not None:
                self._back_to.setFocus(Qt.FocusReason.PopupFocusReason)
            self._back_to = None
            self.closed.emit()

    def fit(self) -> None:
        """Take the size that the form needs, within the page."""
        if not self.isVisible():
            return
        edge, gap, room = self.theme.px("popup.shadow"), self.theme.px("popup.offset"), self._page.rect()
        width = self.theme.scaled(self._width) + 2 * edge
        self.setFixedWidth(width)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        height = layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        corner = self._corner or QPoint(room.right() - width + edge, self.theme.scaled("size.header"))
        place = QRect(corner - QPoint(edge, edge), QRect(0, 0, width, height).size())
        place.moveRight(min(place.right(), room.right() + edge - gap))
        place.moveBottom(min(place.bottom(), room.bottom() + edge - gap))
        place.moveLeft(max(place.left(), gap - edge))
        place.moveTop(max(place.top(), gap - edge))
        self.setGeometry(place)

    def restyle(self) -> None:
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_plate()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        edge = self.theme.px("popup.shadow")
        plate = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        paint_plate(painter, self.look, plate, self.theme.metric("radius.card"))
        painter.end()
