"""A row of choices of which one is on."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify_ui.widgets.base import Focusable
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, focus_ring, stroke_round

_PAD = 2


class Segmented(Focusable):
    """Choices as (key, text); arrow keys, Home, End and the mouse choose. `chosen` carries the key."""

    chosen = Signal(str)

    def __init__(
        self,
        look: Look,
        choices: tuple[tuple[str, str], ...],
        name: str,
        *,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._choices = choices
        self._name = name
        self._small = small
        self._index = 0
        self._hovered = -1
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell_name()

    @property
    def value(self) -> str:
        """The key of the choice that is on."""
        return self._choices[self._index][0]

    def choose(self, key: str) -> None:
        """Switch a choice on without telling."""
        self._index = next(index for index, (own, _) in enumerate(self._choices) if own == key)
        self._tell_name()
        self.update()

    def sizeHint(self) -> QSize:
        height = self.theme.scaled("size.control-s" if self._small else "size.control")
        return QSize(round(sum(self._widths())) + 2 * _PAD + 2, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, rect = self.theme, QRectF(self.rect())
        radius = theme.metric("radius.control")
        fill_round(painter, rect, radius, theme.colour("surface-sunken"))
        stroke_round(painter, rect, radius, theme.colour("hairline"))
        painter.setFont(theme.font("small-strong"))
        for index, cell in enumerate(self._cells()):
            on = index == self._index
            if on:
                fill_round(painter, cell, radius - _PAD, theme.colour("segment-active"))
                stroke_round(painter, cell, radius - _PAD, theme.colour("hairline-strong"))
            painter.setPen(theme.colour("text-primary" if on or index == self._hovered else "text-secondary"))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, self._choices[index][1])
        if self.ring_shown:
            focus_ring(painter, rect, radius, theme)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._take(self._at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._choices) - 1
        moves = {
            Qt.Key.Key_Left: max(0, self._index - 1),
            Qt.Key.Key_Right: min(last, self._index + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        target = moves.get(Qt.Key(event.key())) if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier else None
        if target is None:
            super().keyPressEvent(event)
        else:
            self._take(target)

    def _take(self, index: int) -> None:
        if index < 0 or index == self._index:
            return
        self._index = index
        self._tell_name()
        self.update()
        self.chosen.emit(self.value)

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self.update()

    def _at(self, where: QPointF) -> int:
        return next((index for index, cell in enumerate(self._cells()) if cell.contains(where)), -1)

    def _cells(self) -> list[QRectF]:
        left, cells = float(_PAD + 1), []
        for width in self._widths():
            cells.append(QRectF(left, _PAD + 1, width, self.height() - 2 * _PAD - 2))
            left += width
        return cells

    def _widths(self) -> list[float]:
        pad = self.theme.px("segmented.pad-small" if self._small else "segmented.pad")
        metrics = self.theme.font_metrics("small-strong")
        return [round(metrics.horizontalAdvance(text)) + 2 * pad for _, text in self._choices]

    def _tell_name(self) -> None:
        self.setAccessibleName(f"{self._name}: {self._choices[self._index][1]}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
