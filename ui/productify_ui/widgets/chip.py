"""Chips: small pieces of fact that may open a menu."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify.domain import Band
from productify_ui.widgets.base import Painted, PaintedButton, without_access_key
from productify_ui.widgets.look import Look, band_colour
from productify_ui.widgets.paint import antialiased, band_glyph, elided_text, fill_round, focus_ring, stroke_round


class Chip(PaintedButton):
    """A mark and a text; `opens_menu` shows a chevron."""

    def __init__(self, look: Look, *, opens_menu: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self._text = ""
        self._swatch: str | None = None
        self._band: Band | None = None
        self._opens_menu = opens_menu
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_swatch(self, text: str, colour: str) -> None:
        """Show a text behind a square of `colour` (#RRGGBB)."""
        self._swatch, self._band = colour, None
        self._show(text)

    def show_band(self, text: str, band: Band) -> None:
        """Show a verdict in its own colours, with its glyph."""
        self._swatch, self._band = None, band
        self._show(text)

    def sizeHint(self) -> QSize:
        return QSize(round(self._wanted_width()), self.theme.scaled("size.chip"))

    def minimumSizeHint(self) -> QSize:
        theme = self.theme
        return QSize(theme.px("size.hit-min") * 2, theme.scaled("size.chip"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, rect = self.theme, QRectF(self.rect())
        radius = theme.metric("radius.chip")
        fill_round(painter, rect, radius, self._fill())
        if self._band is None or self.hovered:
            stroke_round(painter, rect, radius, theme.colour("hairline-strong"))
        left = self._paint_mark(painter, rect)
        painter.setFont(theme.font("small-strong"))
        painter.setPen(self._ink())
        right = rect.width() - theme.px("space.4") - (self._chevron() if self._opens_menu else 0)
        elided_text(painter, QRectF(left, 0, right - left, rect.height()), self._text)
        if self._opens_menu:
            self._paint_chevron(painter, rect)
        if self.ring_shown:
            focus_ring(painter, rect, radius, theme)
        painter.end()

    def _show(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.setText(without_access_key(text))
            self.updateGeometry()
        self.update()

    def _fill(self) -> QColor:
        theme = self.theme
        if self._band is not None:
            return theme.colour(f"{band_colour(self._band)}-soft")
        return theme.colour("surface-hover" if self.hovered else "surface")

    def _ink(self) -> QColor:
        theme = self.theme
        if self._band is not None:
            return theme.colour(f"{band_colour(self._band)}-text")
        return theme.colour("text-primary" if self.hovered else "text-secondary")

    def _paint_mark(self, painter: QPainter, rect: QRectF) -> float:
        theme = self.theme
        left, side = theme.metric("space.4"), self._mark()
        area = QRectF(left, rect.center().y() - side / 2, side, side)
        if self._band is not None:
            band_glyph(painter, self._band, area, self._ink())
        elif self._swatch is not None:
            fill_round(painter, area, theme.metric("radius.swatch"), QColor(self._swatch))
        return left + side + theme.metric("space.3")

    def _paint_chevron(self, painter: QPainter, rect: QRectF) -> None:
        theme = self.theme
        side = theme.px("size.icon-s") - 1
        area = QRectF(rect.width() - theme.px("space.4") - side, round(rect.center().y() - side / 2), side, side)
        tone = self._ink() if self._band is not None else theme.colour("text-tertiary")
        self.look.icons.paint(painter, "chevron-down", tone, area)

    def _mark(self) -> float:
        return self.theme.metric("chip.glyph" if self._band is not None else "chip.swatch")

    def _chevron(self) -> float:
        return self.theme.metric("size.icon-s") + self.theme.metric("space.2")

    def _wanted_width(self) -> float:
        theme = self.theme
        text = theme.font_metrics("small-strong").horizontalAdvance(self._text)
        ends = 2 * theme.metric("space.4") + self._mark() + theme.metric("space.3")
        return text + ends + (self._chevron() if self._opens_menu else 0) + 2


class Dot(Painted):
    """A filled dot with a soft halo: the light of the tracking state."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._tone = "productive"
        self._halo: str | None = "productive-soft"
        side = look.theme.px("nav.status-dot") + 2 * look.theme.px("nav.status-halo")
        self.setFixedSize(side, side)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_tone(self, tone: str, halo: str | None) -> None:
        """Take other colours, by their names."""
        self._tone, self._halo = tone, halo
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, rect = self.theme, QRectF(self.rect())
        if self._halo:
            fill_round(painter, rect, rect.width() / 2, theme.colour(self._halo))
        edge = theme.metric("nav.status-halo")
        dot = rect.adjusted(edge, edge, -edge, -edge)
        fill_round(painter, dot, dot.width() / 2, theme.colour(self._tone))
        painter.end()
