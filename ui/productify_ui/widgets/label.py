"""Text in a role of the type scale and a colour of the theme."""

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import elided_text


class Label(QLabel):
    """One text; `role` is a type role, `tone` a colour's name.

    With `elide` it gives way, ends in an ellipsis and shows all of itself in its tooltip.
    """

    def __init__(
        self,
        look: Look,
        text: str = "",
        role: str = "body",
        tone: str = "text-primary",
        *,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._look = look
        self._role = role
        self._tone = tone
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        look.theme.changed.connect(self._restyle)
        self._restyle()

    def set_role(self, role: str) -> None:
        """Set it in another type role."""
        if role != self._role:
            self._role = role
            self._restyle()

    def setText(self, text: str) -> None:
        """Show another text; the same one again costs nothing."""
        if text != self.text():
            super().setText(text)
            self._set_tip()

    def wrap_at(self, width: int) -> None:
        """Break its lines at `width` pixels and be just as high as that takes."""
        self.setWordWrap(True)
        self.setMinimumHeight(0)  # Qt takes it for the height that the text needs
        self.setFixedSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(0, hint.height()) if self._elide else hint

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint if self.wordWrap() else QSize(hint.width(), max(hint.height(), self._look.theme.line(self._role)))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elide:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self._look.theme.colour(self._tone))
        align = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        elided_text(painter, QRectF(self.contentsRect()), self.text(), align)
        painter.end()
        self._set_tip()

    def _set_tip(self) -> None:
        if self._elide:
            cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width() + 1
            tip = self.text() if cut else ""
            if self.toolTip() != tip:
                self.setToolTip(tip)

    @Slot()
    def _restyle(self) -> None:
        theme = self._look.theme
        self.setFont(theme.font(self._role))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(self._tone))
        self.setPalette(palette)
        self.updateGeometry()
