"""A row of choices of which one is on."""

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify.domain import Band
from productify_ui.widgets.base import Focusable
from productify_ui.widgets.look import Look, band_colour
from productify_ui.widgets.paint import antialiased, band_glyph, fill_round, focus_ring, stroke_round

_PAD = 2
_FRAME = 2 * _PAD + 2
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_HEIGHTS = {"-small": "size.control-s", "": "size.control", "-large": "segmented.height-large"}


class Segmented(Focusable):
    """Choices as (key, text); arrow keys, Home, End and the mouse choose. `chosen` carries the key.

    With `opens` a choice can hold more: `opened` carries the one that was on already and is clicked, or has Enter or
    Space pressed on it; `clicked` carries one that the mouse has just chosen. With `bands` the choices are verdicts,
    and the one that is on bears its glyph. `fill` lets them share all the width that there is; with `wraps` they
    move closer together where that is little, and into two lines where it is still less.
    """

    chosen = Signal(str)
    clicked = Signal(str)
    opened = Signal(str)

    def __init__(
        self,
        look: Look,
        choices: tuple[tuple[str, str], ...],
        name: str,
        *,
        small: bool = False,
        large: bool = False,
        fill: bool = False,
        opens: bool = False,
        wraps: bool = False,
        bands: tuple[Band, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._fill = fill
        self._opens = opens
        self._bands = bands
        self._choices = choices
        self._name = name
        self._size = "-small" if small else "-large" if large else ""
        self._role = "body-strong" if large else "small-strong"
        self._index = 0
        self._none = ""
        self._hovered = -1
        self.setMouseTracking(True)
        self._wraps = wraps
        self._lines = 1
        own = QSizePolicy.Policy.Preferred if wraps else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding if fill else own, QSizePolicy.Policy.Fixed)
        self._tell_name()

    @property
    def value(self) -> str:
        """The key of the choice that is on, "" where none is."""
        return self._choices[self._index][0] if self._index >= 0 else ""

    def choose(self, key: str) -> None:
        """Switch a choice on without telling."""
        self._index = next(index for index, (own, _) in enumerate(self._choices) if own == key)
        self._tell_name()
        self.update()

    def rename(self, key: str, text: str) -> None:
        """Call a choice otherwise."""
        self._choices = tuple((own, text if own == key else name) for own, name in self._choices)
        self._tell_name()
        self.updateGeometry()
        self.update()

    def choose_none(self, text: str) -> None:
        """Switch every choice off; `text` says to a screen reader what that is."""
        self._index, self._none = -1, text
        self._tell_name()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._wanted(), self._lines * self._line() + _FRAME)

    def minimumSizeHint(self) -> QSize:
        least = self._two_lines() if self._wraps else self._tight() if self._fill else self._wanted()
        return QSize(least, self.sizeHint().height())

    def restyle(self) -> None:
        self._break_lines()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break_lines()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, rect = self.theme, QRectF(self.rect())
        radius = theme.metric("radius.control")
        fill_round(painter, rect, radius, theme.colour("surface-sunken"))
        stroke_round(painter, rect, radius, theme.colour("hairline"))
        painter.setFont(theme.font(self._role))
        for index, cell in enumerate(self._cells()):
            on = index == self._index
            if on:
                fill_round(painter, cell, radius - _PAD, theme.colour("segment-active"))
                stroke_round(painter, cell, radius - _PAD, theme.colour("hairline-strong"))
            if on and self._bands:
                cell = self._paint_glyph(painter, cell, index)
            painter.setPen(theme.colour("text-primary" if on or index == self._hovered else "text-secondary"))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, self._choices[index][1])
        if self.ring_shown:
            focus_ring(painter, rect, radius, theme)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            index = self._at(event.position())
            told = self.opened if index == self._index else self.clicked
            self._take(index)
            if index >= 0:
                told.emit(self.value)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._opens and plain and event.key() in _OPENING:
            self.opened.emit(self.value)
            return
        last = len(self._choices) - 1
        moves = {
            Qt.Key.Key_Left: max(0, self._index - 1),
            Qt.Key.Key_Right: min(last, self._index + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        target = moves.get(Qt.Key(event.key())) if plain else None
        if target is None:
            super().keyPressEvent(event)
        else:
            self._take(target)

    def _paint_glyph(self, painter: QPainter, cell: QRectF, index: int) -> QRectF:
        """Draw the glyph of a verdict and return the room that is left for its name."""
        theme, band = self.theme, self._bands[index]
        side, gap = theme.scaled("segmented.glyph"), theme.metric("space.2")
        text = theme.font_metrics(self._role).horizontalAdvance(self._choices[index][1])
        left = cell.center().x() - (text + side + gap) / 2
        place = QRectF(left, cell.center().y() - side / 2, side, side)
        band_glyph(painter, band, place, theme.colour(band_colour(band)))
        return cell.adjusted(side + gap, 0, 0, 0)

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
        edge, widths = _FRAME / 2, self._widths()
        room = self.width() - _FRAME
        if self._lines > 1:
            most = math.ceil(len(widths) / self._lines)
            width, height = room / most, (self.height() - _FRAME) / self._lines
            places = (divmod(index, most) for index in range(len(widths)))
            return [QRectF(edge + column * width, edge + line * height, width, height) for line, column in places]
        spare = (room - sum(widths)) / len(widths)
        left, cells = edge, []
        for width in widths:
            width += spare if self._fill or spare < 0 else 0.0
            cells.append(QRectF(left, edge, width, self.height() - _FRAME))
            left += width
        return cells

    def _wanted(self) -> int:
        return round(sum(self._widths())) + _FRAME

    def _tight(self) -> int:
        """Return the least width of one line."""
        pads = self.theme.px(f"segmented.pad{self._size}") - self.theme.px("segmented.pad-tight")
        return self._wanted() - 2 * max(0, pads) * len(self._choices)

    def _two_lines(self) -> int:
        widths = self._widths()
        return round(max(widths) * math.ceil(len(widths) / 2)) + _FRAME

    def _line(self) -> int:
        return self.theme.scaled(_HEIGHTS[self._size]) - _FRAME

    def _break_lines(self) -> None:
        lines = 2 if self._wraps and self.width() < self._tight() else 1
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()
            self.update()

    def _widths(self) -> list[float]:
        """Return how much room each choice asks for."""
        pad = self.theme.px(f"segmented.pad{self._size}")
        metrics = self.theme.font_metrics(self._role)
        widths: list[float] = [round(metrics.horizontalAdvance(text)) + 2 * pad for _, text in self._choices]
        if self._bands:
            glyph = self.theme.scaled("segmented.glyph") + self.theme.metric("space.2")
            widths = [round(width + glyph) for width in widths]
        return widths

    def _tell_name(self) -> None:
        chosen = self._choices[self._index][1] if self._index >= 0 else self._none
        self.setAccessibleName(f"{self._name}: {chosen}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
