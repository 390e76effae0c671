"""A button that does something only when it is held for a while."""

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify_ui.text.overlay import overlay_words
from productify_ui.widgets.base import PaintedButton
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, focus_ring, stroke_round


class HoldButton(PaintedButton):
    """`held` comes once the mouse or the space bar was held on it for `seconds`; letting go earlier does nothing.

    Letting go counts after a moment only: of a key that repeats, X11 tells that it was let go and pressed at once.
    """

    held = Signal()

    def __init__(self, look: Look, seconds: int, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self._seconds = seconds
        self._says = ""
        self._since = QElapsedTimer()
        self._frames = QTimer(self)
        self._frames.setInterval(self.theme.px("hold.frame"))
        self._frames.timeout.connect(self._grow)
        self._grace = QTimer(self)
        self._grace.setSingleShot(True)
        self._grace.setInterval(self.theme.px("hold.grace"))
        self._grace.timeout.connect(self.let_go)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.pressed.connect(self._begin)
        self.released.connect(self._grace.start)

    def say(self, text: str) -> None:
        """Say what it does."""
        self._says = text
        self.setAccessibleName(text)
        self.update()

    @property
    def share(self) -> float:
        """How much of the time it was held by now, 0 to 1."""
        if not self._frames.isActive():
            return 0.0
        return min(1.0, self._since.elapsed() / (self._seconds * 1000))

    @Slot()
    def let_go(self) -> None:
        """Begin anew with the next press."""
        self._frames.stop()
        self._grace.stop()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.theme.scaled("hold.height"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        rect, radius = QRectF(self.rect()), self.theme.metric("radius.control")
        fill = "surface-hover" if self.hovered and self.isEnabled() else "surface-raised"
        fill_round(painter, rect, radius, self.theme.colour(fill))
        if share := self.share:
            inside = QPainterPath()
            inside.addRoundedRect(rect, radius, radius)
            painter.setClipPath(inside)
            done = QRectF(rect.left(), rect.top(), rect.width() * share, rect.height())
            painter.fillRect(done, self.theme.colour("hairline-strong"))
            painter.setClipping(False)
        stroke_round(painter, rect, radius, self.theme.colour("hairline-strong"))
        self._paint_text(painter, rect)
        if self.ring_shown:
            focus_ring(painter, rect, radius, self.theme)
        painter.end()

    def _paint_text(self, painter: QPainter, rect: QRectF) -> None:
        text = self._says
        if self._frames.isActive():
            left = self._seconds - self._since.elapsed() // 1000
            text = overlay_words.keep_holding.format(seconds=max(1, left))
        side, gap = self.theme.px("hold.icon"), self.theme.px("button.gap")
        width = self.theme.font_metrics("body-strong").horizontalAdvance(text)
        left_edge = rect.center().x() - (side + gap + width) / 2
        tone = "text-primary" if self.isEnabled() else "text-disabled"
        icon = QRectF(round(left_edge), round(rect.center().y() - side / 2), side, side)
        self.look.icons.paint(painter, "hand", self.theme.colour(tone), icon)
        painter.setFont(self.theme.font("body-strong"))
        painter.setPen(self.theme.colour(tone))
        area = QRectF(left_edge + side + gap, rect.top(), width + 1, rect.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)

    @Slot()
    def _begin(self) -> None:
        if self._grace.isActive():
            self._grace.stop()
            return
        self._since.start()
        self._frames.start()

    @Slot()
    def _grow(self) -> None:
        if self._since.elapsed() >= self._seconds * 1000 and self.isDown():
            self.let_go()
            self.setDown(False)
            self.held.emit()
        self.update()
