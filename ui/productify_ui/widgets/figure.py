"""Large figures whose digits stand in cells of one width, so that nothing jumps while they tick."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify_ui.widgets.base import Painted
from productify_ui.widgets.look import Look

Parts = tuple[tuple[str, str], ...]


class FigurePainter:
    """Measures and draws figures of one type role, made of (digits, unit) pairs."""

    def __init__(self, look: Look, role: str) -> None:
        self._theme = look.theme
        self.role = role
        self.renew()

    def renew(self) -> None:
        """Take fonts and widths from the theme."""
        theme = self._theme
        self._font = theme.font(self.role)
        self._unit_font = QFont(self._font)
        self._unit_font.setPixelSize(round(self._font.pixelSize() * theme.metric("figure.unit-scale")))
        self._unit_font.setWeight(QFont.Weight(theme.px("figure.unit-weight")))
        self._unit_font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0)
        self._digits = QFontMetricsF(self._font)
        self._units = QFontMetricsF(self._unit_font)
        self._cell = self._digits.horizontalAdvance("0")
        em = self._unit_font.pixelSize()
        self._before = em * theme.metric("figure.unit-before")
        self._after = em * theme.metric("figure.unit-after")

    def height(self) -> int:
        """Return the line height in logical pixels."""
        return self._theme.line(self.role)

    def width(self, parts: Parts) -> float:
        """Return how wide the figure is."""
        width = 0.0
        for index, (digits, unit) in enumerate(parts):
            width += self._digits_width(digits)
            if unit:
                width += self._before + self._units.horizontalAdvance(unit)
                width += self._after if index < len(parts) - 1 else 0
        return width

    def draw(self, painter: QPainter, left: float, baseline: float, parts: Parts, tone: str) -> None:
        """Draw the figure; digits in the colour named `tone`, units in a quieter one."""
        quiet = "text-secondary" if tone == "text-primary" else tone
        for digits, unit in parts:
            painter.setFont(self._font)
            painter.setPen(self._theme.colour(tone))
            left = self._draw_digits(painter, left, baseline, digits)
            if unit:
                painter.setFont(self._unit_font)
                painter.setPen(self._theme.colour(quiet))
                painter.drawText(QPointF(left + self._before, baseline), unit)
                left += self._before + self._units.horizontalAdvance(unit) + self._after

    def baseline(self, rect: QRectF) -> float:
        """Return where digits stand so that they are centred in `rect`."""
        return rect.center().y() + self._digits.capHeight() / 2

    def _draw_digits(self, painter: QPainter, left: float, baseline: float, text: str) -> float:
        for char in text:
            own = self._digits.horizontalAdvance(char)
            cell = self._cell if char.isdigit() else own
            painter.drawText(QPointF(left + (cell - own) / 2, baseline), char)
            left += cell
        return left

    def _digits_width(self, text: str) -> float:
        return sum(self._cell if char.isdigit() else self._digits.horizontalAdvance(char) for char in text)


class Figure(Painted):
    """A figure as a widget of its own."""

    def __init__(self, look: Look, role: str = "stat", parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._painter = FigurePainter(look, role)
        self._parts: Parts = ()
        self._tone = "text-primary"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Parts, tone: str = "text-primary", spoken: str = "") -> None:
        """Show (digits, unit) pairs; only a change repaints. `spoken` is what a screen reader says."""
        if (parts, tone) == (self._parts, self._tone):
            return
        before = self.sizeHint()
        self._parts, self._tone = parts, tone
        self.setAccessibleName(spoken or "".join(f"{digits}{unit} " for digits, unit in parts).strip())
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """What it shows, as plain text."""
        return " ".join(f"{digits}{unit}" for digits, unit in self._parts)

    def set_role(self, role: str) -> None:
        """Set it in another type role."""
        if role != self._painter.role:
            self._painter.role = role
            self._theme_changed()

    def sizeHint(self) -> QSize:
        return QSize(round(self._painter.width(self._parts) + 1), self._painter.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        left = 0.0
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = self.width() - self._painter.width(self._parts)
        self._painter.draw(painter, left, self._painter.baseline(QRectF(self.rect())), self._parts, self._tone)
        painter.end()

    def restyle(self) -> None:
        self._painter.renew()
