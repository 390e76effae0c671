"""Chips of the focus page: what is blocked or allowed, facts, and words to press."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify.domain import ListMode, Target
from productify_ui.text.block_lists import remove_text
from productify_ui.widgets.base import Painted, PaintedButton, without_access_key
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, elided_text, fill_round, focus_ring, stroke_round
from productify_ui.widgets.tile import Face, paint_face

_LONGEST = 24
"""Characters of a chip's text before it is shortened."""


class TargetChip(PaintedButton):
    """What a list blocks or allows, with its face; where it can be taken away, with a cross.

    Only the cross takes the mouse; Delete, Space, Return and a screen reader press the chip.
    """

    removed = Signal(object)

    def __init__(
        self,
        look: Look,
        target: Target,
        name: str,
        face: Face,
        mode: ListMode,
        *,
        removable: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, without_access_key(name), parent)
        self.target = target
        self._name = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
        self._face = face
        self._removable = removable
        self._on_cross = False
        self.setMouseTracking(True)
        self.setAccessibleName(remove_text(name, mode) if removable else name)
        self.setToolTip(name if name != self._name else "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if removable else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._take_away)

    def sizeHint(self) -> QSize:
        theme = self.theme
        text = theme.font_metrics("small-strong").horizontalAdvance(self._name)
        width = 2 * theme.metric("space.5") + self._tile() + theme.metric("space.3") + text
        width += theme.px("size.icon-s") + theme.metric("space.3") if self._removable else 0
        return QSize(round(width) + 1, theme.scaled("size.chip-l"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, rect = self.theme, QRectF(self.rect())
        radius = theme.metric("radius.control")
        fill_round(painter, rect, radius, theme.colour("surface"))
        stroke_round(painter, rect, radius, theme.colour("hairline-strong"))
        left, side = theme.metric("space.5"), self._tile()
        paint_face(painter, self.look, self._face, QRectF(left, round((rect.height() - side) / 2), side, side))
        left += side + theme.metric("space.3")
        painter.setFont(theme.font("small-strong"))
        painter.setPen(theme.colour("text-primary" if self._on_cross else "text-secondary"))
        cross = self._cross()
        right = cross.left() if self._removable else rect.right()
        elided_text(painter, QRectF(left, 0, right - left, rect.height()), self._name)
        if self._removable:
            tone = "text-primary" if self._on_cross else "text-tertiary"
            self.look.icons.paint(painter, "x", theme.colour(tone), cross)
        if self.ring_shown:
            focus_ring(painter, rect, radius, theme)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        on_cross = self._reaches(event.position())
        if on_cross != self._on_cross:
            self._on_cross = on_cross
            self.update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._on_cross = False
        super().leaveEvent(event)

    def hitButton(self, where: QPoint) -> bool:
        return self._reaches(where.toPointF())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self._removable and event.key() in keys and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _take_away(self) -> None:
        if self._removable:
            self.removed.emit(self.target)

    def _reaches(self, where: QPointF) -> bool:
        slack = self.theme.metric("space.3")
        return self._removable and where.x() >= self._cross().left() - slack and self.rect().contains(where.toPoint())

    def _cross(self) -> QRectF:
        side = self.theme.px("size.icon-s")
        right = self.width() - self.theme.metric("space.5")
        return QRectF(right - side, round((self.height() - side) / 2), side, side)

    def _tile(self) -> int:
        return self.theme.px("size.app-tile-s")


class FactChip(Painted):
    """An icon and a text in an outline, to be read."""

    def __init__(self, look: Look, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._icon = icon
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str, icon: str = "") -> None:
        """Show another text, "" nothing at all."""
        icon = icon or self._icon
        if (text, icon) != (self._text, self._icon):
            self._text, self._icon = text, icon
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()
        self.setVisible(bool(text))

    def sizeHint(self) -> QSize:
        theme = self.theme
        text = theme.font_metrics("small-strong").horizontalAdvance(self._text)
        width = 2 * theme.metric("space.5") + theme.px("size.icon-s") + theme.metric("space.3") + text
        return QSize(round(width) + 1, theme.scaled("size.chip-l"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, rect = self.theme, QRectF(self.rect())
        stroke_round(painter, rect, theme.metric("radius.control"), theme.colour("hairline-strong"))
        left, side = theme.metric("space.5"), theme.px("size.icon-s")
        area = QRectF(left, round((rect.height() - side) / 2), side, side)
        self.look.icons.paint(painter, self._icon, theme.colour("text-tertiary"), area)
        left += side + theme.metric("space.3")
        painter.setFont(theme.font("small-strong"))
        painter.setPen(theme.colour("text-secondary"))
        painter.drawText(rect.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.end()


class PlainChip(PaintedButton):
    """A word to press, with a dashed outline where it adds something."""

    def __init__(self, look: Look, text: str, icon: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(look, without_access_key(text), parent)
        self._text = text
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setText(without_access_key(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self.theme
        width = 2 * theme.metric("space.5") + theme.font_metrics("small-strong").horizontalAdvance(self._text)
        width += theme.px("size.icon-s") + theme.metric("space.3") if self._icon else 0
        return QSize(round(width) + 1, theme.scaled("size.chip-l"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, rect = self.theme, QRectF(self.rect())
        radius = theme.metric("radius.control")
        if self.hovered:
            fill_round(painter, rect, radius, theme.colour("surface-hover"))
        pen = QPen(theme.colour("hairline-strong"), 1, Qt.PenStyle.DashLine if self._icon else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5)
        left, side = theme.metric("space.5"), theme.px("size.icon-s")
        if self._icon:
            area = QRectF(left, round((rect.height() - side) / 2), side, side)
            self.look.icons.paint(painter, self._icon, theme.colour("text-tertiary"), area)
            left += side + theme.metric("space.3")
        painter.setFont(theme.font("small-strong"))
        painter.setPen(theme.colour("text-secondary" if self._icon else "text-tertiary"))
        painter.drawText(rect.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._text)
        if self.ring_shown:
            focus_ring(painter, rect, radius, theme)
        painter.end()
