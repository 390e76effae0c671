"""What every widget paints with: the theme, the icons, and brushes made from them."""

from weakref import WeakSet

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from productify.domain import Band
from productify_ui.icons import Icons
from productify_ui.theme import Theme

_BANDS = {Band.PRODUCTIVE: "productive", Band.NEUTRAL: "neutral", Band.DISTRACTING: "distracting"}


def band_colour(band: Band) -> str:
    """Return the name of the colour of a verdict; `-text` and `-soft` beside it are its other two."""
    return _BANDS[band]


class Look(QObject):
    """Theme, icons and the caches that both fill; emptied when the theme changes."""

    def __init__(self, theme: Theme, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.icons = icons
        self._brushes: dict[tuple[str, float], QBrush] = {}
        self._shadows: dict[tuple[int, int, float, float], QPixmap] = {}
        self._dressed: WeakSet[QWidget] = WeakSet()
        theme.changed.connect(self._renew)

    def dress(self, widget: QWidget) -> None:
        """Give the style sheet to a widget that Qt paints, now and after each change of the theme.

        Few widgets need it. The application itself gets none: Qt would polish every widget anew, which takes longer
        than a frame.
        """
        self._dressed.add(widget)
        widget.setStyleSheet(self.theme.style_sheet())

    def band(self, band: Band, dpr: float) -> QBrush:
        """Return the fill of a verdict on charts; with a pattern where those are switched on."""
        name = band_colour(band)
        if not self.theme.patterns or band is Band.PRODUCTIVE:
            return QBrush(self.theme.colour(name))
        return self._textured(name, dpr)

    def idle(self, dpr: float) -> QBrush:
        """Return the hatch of time without anybody."""
        return self._textured("idle", dpr)

    def shadow(self, width: int, height: int, radius: float, dpr: float) -> QPixmap:
        """Return the shadow of a popup of that size; it reaches `popup.shadow` beyond every edge."""
        key = (width, height, radius, dpr)
        found = self._shadows.get(key)
        if found is None:
            found = self._shadows[key] = self._draw_shadow(width, height, radius, dpr)
        return found

    def _textured(self, name: str, dpr: float) -> QBrush:
        found = self._brushes.get((name, dpr))
        if found is None:
            found = self._brushes[name, dpr] = self._draw_texture(name, dpr)
        return found

    def _draw_texture(self, name: str, dpr: float) -> QBrush:
        period = self.theme.metric("hour-chart.dot-period" if name == "neutral" else "hour-chart.hatch-period")
        side = round(period * dpr)
        tile = QPixmap(side, side)
        tile.fill(self.theme.colour(name))
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if name == "neutral":
            self._dots(painter, side, dpr)
        else:
            line = self.theme.colour("idle-hatch" if name == "idle" else "surface")
            self._lines(painter, side, dpr, line)
        painter.end()
        brush = QBrush(tile)
        brush.setTransform(QTransform.fromScale(1 / dpr, 1 / dpr))
        return brush

    def _lines(self, painter: QPainter, side: int, dpr: float, colour: QColor) -> None:
        """Two diagonal lines to a tile, so that they meet their neighbours at every edge."""
        painter.setPen(QPen(colour, self.theme.metric("hour-chart.hatch-line") * dpr))
        half = side / 2
        for offset in (-side, -half, 0.0, half, float(side)):
            painter.drawLine(QPointF(offset - side, 2 * side), QPointF(offset + 2 * side, -side))

    def _dots(self, painter: QPainter, side: int, dpr: float) -> None:
        size = self.theme.metric("hour-chart.dot-size") * dpr
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.colour("surface"))
        painter.drawEllipse(QPointF(side / 2, side / 2), size / 2, size / 2)

    def _draw_shadow(self, width: int, height: int, radius: float, dpr: float) -> QPixmap:
        edge = self.theme.px("popup.shadow")
        pixmap = QPixmap(round((width + 2 * edge) * dpr), round((height + 2 * edge) * dpr))
        pixmap.setDevicePixelRatio(dpr)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        body = QRectF(edge, edge, width, height)
        for layer in self.theme.shadow("popup"):
            self._draw_layer(painter, body.translated(layer.x, layer.y), radius, layer.blur, layer.opacity)
        painter.end()
        return pixmap

    def _draw_layer(self, painter: QPainter, body: QRectF, radius: float, blur: float, opacity: float) -> None:
        """Many thin fills, each a little smaller, add up to a soft edge."""
        steps = max(2, round(blur))
        colour = QColor(self.theme.colour("shadow"))
        colour.setAlphaF(1 - (1 - opacity) ** (1 / steps))
        painter.setBrush(colour)
        for step in range(steps):
            grow = blur * (0.5 - step / steps)
            painter.drawRoundedRect(body.adjusted(-grow, -grow, grow, grow), radius + grow, radius + grow)

    @Slot()
    def _renew(self) -> None:
        for widget in list(self._dressed):
            if isValid(widget):
                widget.setStyleSheet(self.theme.style_sheet())
        self._brushes.clear()
        self._shadows.clear()
        self.icons.clear()
