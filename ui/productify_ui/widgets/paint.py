"""Shapes that several widgets draw."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from productify.domain import Band
from productify_ui.theme import Theme


def antialiased(painter: QPainter) -> QPainter:
    """Switch on smooth edges and return the painter."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    return painter


def snapped(value: float, dpr: float) -> float:
    """Return the value on the nearest device pixel, so that thin lines stay thin on every screen."""
    return round(value * dpr) / dpr


def fill_round(painter: QPainter, rect: QRectF, radius: float, fill: QBrush | QColor) -> None:
    """Fill a rounded rectangle."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(rect, radius, radius)


def stroke_round(painter: QPainter, rect: QRectF, radius: float, colour: QColor, width: float = 1.0) -> None:
    """Draw a rounded outline inside `rect`."""
    half = width / 2
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half)


def focus_ring(painter: QPainter, rect: QRectF, radius: float, theme: Theme) -> None:
    """Draw the ring that shows where the keyboard is, inside `rect`."""
    stroke_round(painter, rect, radius, theme.colour("focus-ring"), theme.metric("size.focus-ring"))


def keycap_width(key: str, theme: Theme) -> float:
    """Return how wide the cap of a key is."""
    text = theme.font_metrics("caption").horizontalAdvance(key)
    return max(theme.metric("keycap.height"), text + 2 * theme.metric("keycap.side"))


def keycap(painter: QPainter, at: QPointF, key: str, tone: str, theme: Theme) -> None:
    """Draw a key's cap, its left edge and its middle `at`."""
    height = theme.scaled("keycap.height")
    rect = QRectF(round(at.x()), round(at.y() - height / 2), keycap_width(key, theme), height)
    edge = QColor(theme.colour(tone))
    edge.setAlphaF(theme.metric("keycap.edge-opacity"))
    stroke_round(painter, rect, theme.metric("keycap.radius"), edge)
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.colour(tone))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)


def bar_path(rect: QRectF, top: float, foot: float) -> QPainterPath:
    """Return a rectangle whose upper and lower corners are rounded differently."""
    tallest = rect.height() / (2 if top and foot else 1)
    top, foot = (min(radius, tallest, rect.width() / 2) for radius in (top, foot))
    path = QPainterPath(QPointF(rect.left(), rect.top() + top))
    path.quadTo(rect.topLeft(), QPointF(rect.left() + top, rect.top()))
    path.lineTo(rect.right() - top, rect.top())
    path.quadTo(rect.topRight(), QPointF(rect.right(), rect.top() + top))
    path.lineTo(rect.right(), rect.bottom() - foot)
    path.quadTo(rect.bottomRight(), QPointF(rect.right() - foot, rect.bottom()))
    path.lineTo(rect.left() + foot, rect.bottom())
    path.quadTo(rect.bottomLeft(), QPointF(rect.left(), rect.bottom() - foot))
    path.closeSubpath()
    return path


def band_glyph(painter: QPainter, band: Band, rect: QRectF, colour: QColor) -> None:
    """Draw what tells a verdict apart without its colour: a triangle up, a dash, a triangle down."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    side = rect.width()
    if band is Band.NEUTRAL:
        painter.drawRoundedRect(QRectF(rect.left(), rect.center().y() - side * 0.1, side, side * 0.2), 1, 1)
        return
    low, high = (0.86, 0.12) if band is Band.PRODUCTIVE else (0.14, 0.88)
    corners = ((0.5, high), (0.92, low), (0.08, low))
    painter.drawPolygon(QPolygonF([QPointF(rect.left() + x * side, rect.top() + y * side) for x, y in corners]))


def elided_text(
    painter: QPainter, rect: QRectF, text: str, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> None:
    """Draw one line of text, shortened with an ellipsis where it does not fit."""
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()) + 1)
    painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
