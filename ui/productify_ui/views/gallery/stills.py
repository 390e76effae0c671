"""What of the gallery's cells stays the same from frame to frame, drawn once."""

import time
from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QMargins, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from productify.domain import Shot
from productify_ui.text import formats
from productify_ui.text.gallery import gallery_words as say
from productify_ui.views.context import ViewContext
from productify_ui.widgets.paint import antialiased, fill_round, stroke_round
from productify_ui.widgets.tile import paint_face

EDGE = QPoint(1, 1)
"""Room for the frame around a picture."""

_CAPTIONS = 600
"""Strips of about 17 KB each."""
_SLICE = 0.003
"""Seconds that a frame may spend on new captions."""


class Stills:
    """The frame of a picture, the shape of a caption that is coming, and captions by their screenshots."""

    def __init__(self, context: ViewContext) -> None:
        self._context = context
        self._look = context.look
        self._theme = context.theme
        self._shapes: dict[tuple[str, int, int, float], QPixmap] = {}
        self._captions: OrderedDict[tuple[str, int, float], QPixmap] = OrderedDict()
        self._until = 0.0
        self.is_behind = False

    def clear(self) -> None:
        """Forget all of them."""
        self._shapes.clear()
        self._captions.clear()

    def begin(self) -> None:
        """Let a frame draw new captions for a while."""
        self._until = time.perf_counter() + _SLICE
        self.is_behind = False

    def frame(self, size: QSize, dpr: float) -> QPixmap:
        """Return the frame of a picture, which reaches `EDGE` beyond it."""
        key = ("frame", size.width(), size.height(), dpr)
        found = self._shapes.get(key)
        if found is None:
            margins = QMargins(EDGE.x(), EDGE.y(), EDGE.x(), EDGE.y())
            found = self._shapes[key] = _drawn(size.grownBy(margins), dpr, self._draw_frame)
        return found

    def coming(self, width: int, dpr: float) -> QPixmap:
        """Return the shape of a caption that is not there yet."""
        key = ("coming", width, 0, dpr)
        found = self._shapes.get(key)
        if found is None:
            found = self._shapes[key] = _drawn(self._caption_size(width), dpr, self._draw_coming)
        return found

    def caption(self, shot: Shot, width: int, dpr: float) -> QPixmap | None:
        """Return the caption of a screenshot; None where the frame has drawn enough of them."""
        key = (shot.id, width, dpr)
        found = self._captions.get(key)
        if found is not None:
            self._captions.move_to_end(key)
            return found
        if time.perf_counter() > self._until:
            self.is_behind = True
            return None

        def draw(painter: QPainter, area: QRect) -> None:
            self._draw_caption(painter, QRectF(area), shot)

        found = self._captions[key] = _drawn(self._caption_size(width), dpr, draw)
        while len(self._captions) > _CAPTIONS:
            self._captions.popitem(last=False)
        return found

    def _caption_size(self, width: int) -> QSize:
        return QSize(width, self._theme.scaled("gallery.caption"))

    def _draw_frame(self, painter: QPainter, area: QRect) -> None:
        theme = self._theme
        radius = theme.metric("radius.thumb")
        inner = QRectF(area.adjusted(EDGE.x(), EDGE.y(), -EDGE.x(), -EDGE.y()))
        fill_round(painter, inner, radius, theme.colour("surface"))
        stroke_round(painter, QRectF(area), radius + 1, theme.colour("hairline-strong"))

    def _draw_coming(self, painter: QPainter, area: QRect) -> None:
        theme = self._theme
        bar = QRectF(0, theme.px("space.2"), area.width() * 0.6, theme.px("size.toggle-height") / 2)
        fill_round(painter, bar, bar.height() / 2, theme.colour("track"))

    def _draw_caption(self, painter: QPainter, line: QRectF, shot: Shot) -> None:
        theme = self._theme
        gap, side = theme.px("space.4"), theme.px("size.app-tile-s")
        clock = formats.clock(shot.captured_at, self._context.zone)
        right = line.right() - theme.font_metrics("small").horizontalAdvance(clock)
        self._text(painter, right, line.right() - right + 1, clock, "small", "text-secondary")
        name = shot.app_name or say.no_app
        tile = QRectF(line.left(), line.center().y() - side / 2, side, side)
        paint_face(painter, self._look, self._context.faces.of(name), tile)
        left = tile.right() + gap
        left = self._text(painter, left, right - gap - left, name, "small-strong", "text-primary") + gap
        room = right - gap - left
        if shot.window_title and room > 2 * side:
            self._text(painter, left, room, shot.window_title, "small", "text-tertiary")

    def _text(self, painter: QPainter, left: float, room: float, text: str, role: str, tone: str) -> float:
        """Write a text from `left` on, shortened to its room, and return where it ends."""
        theme = self._theme
        metrics = theme.font_metrics(role)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room))
        painter.setFont(theme.font(role))
        painter.setPen(theme.colour(tone))
        area = QRectF(left, 0, room + 1, theme.scaled("gallery.caption"))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        return left + metrics.horizontalAdvance(shown)


def _drawn(size: QSize, dpr: float, draw: Callable[[QPainter, QRect], None]) -> QPixmap:
    pixmap = QPixmap(size * dpr)
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = antialiased(QPainter(pixmap))
    draw(painter, QRect(QPoint(0, 0), size))
    painter.end()
    return pixmap
