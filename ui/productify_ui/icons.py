"""Symbols: SVG files in the theme's colours, drawn once for each colour, size and screen."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from productify_ui.paths import resources_dir

STROKE = 1.75
_SCREENS = (1.0, 1.5, 2.0)


class Icons:
    """Draws icons by name and keeps what it drew."""

    def __init__(self) -> None:
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, int, int, float, float], QPixmap] = {}

    def pixmap(self, name: str, colour: QColor, size: int, dpr: float = 1.0, stroke: float = STROKE) -> QPixmap:
        """Return the icon as a square of `size` logical pixels; an unknown name raises FileNotFoundError."""
        key = (name, colour.rgba(), size, dpr, stroke)
        found = self._pixmaps.get(key)
        if found is None:
            found = self._pixmaps[key] = self._draw(name, colour, size, dpr, stroke)
        return found

    def icon(self, name: str, colour: QColor, size: int, stroke: float = STROKE) -> QIcon:
        """Return a QIcon of `size` logical pixels, for menus and the tray."""
        icon = QIcon()
        for dpr in _SCREENS:
            icon.addPixmap(self.pixmap(name, colour, size, dpr, stroke))
        return icon

    def paint(self, painter: QPainter, name: str, colour: QColor, rect: QRectF, stroke: float = STROKE) -> None:
        """Draw the icon into `rect`."""
        dpr = painter.device().devicePixelRatioF()
        pixmap = self.pixmap(name, colour, round(rect.width()), dpr, stroke)
        painter.drawPixmap(rect.topLeft(), pixmap)

    def clear(self) -> None:
        """Forget what was drawn, as after a change of theme."""
        self._pixmaps.clear()

    def _draw(self, name: str, colour: QColor, size: int, dpr: float, stroke: float) -> QPixmap:
        pixmap = QPixmap(round(size * dpr), round(size * dpr))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._renderer(name, colour, stroke).render(painter, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(dpr)
        return pixmap

    def _renderer(self, name: str, colour: QColor, stroke: float) -> QSvgRenderer:
        source = self._source(name).replace("currentColor", colour.name())
        source = source.replace('stroke-width="2"', f'stroke-width="{stroke}"')
        return QSvgRenderer(QByteArray(source.encode()))

    def _source(self, name: str) -> str:
        found = self._sources.get(name)
        if found is None:
            found = (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
            self._sources[name] = found
        return found
