"""The day below the picture: small pictures around the one in view, and what was done when."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify.domain import AWAY_STATES, Band, Shot, TimelineDay, band_of
from productify_ui.text import formats
from productify_ui.views.context import ViewContext
from productify_ui.views.gallery.thumbnails import Thumbnails
from productify_ui.widgets.base import Painted
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, stroke_round

PlaceOf = Callable[[datetime], float]
_HOUR = timedelta(hours=1)
_TOGETHER = timedelta(seconds=5)


class Scrubber(Painted):
    """`moved` carries the index of the picture that the mouse chose; dragging goes on choosing."""

    moved = Signal(int)

    def __init__(self, context: ViewContext, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._context = context
        self._shots: Sequence[Shot] = ()
        self._index = 0
        self._day: TimelineDay | None = None
        self._scrubs = False
        self.thumbnails = Thumbnails(context.bridge, self)
        self.thumbnails.arrived.connect(self._arrived)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def restyle(self) -> None:
        theme = self.theme
        size = QSize(theme.px("lightbox.thumb-width"), theme.px("lightbox.thumb-height"))
        band = theme.metric("gallery.fit-narrowest"), theme.metric("gallery.fit-widest")
        self.thumbnails.set_size(size, self.devicePixelRatioF(), theme.metric("lightbox.thumb-radius"), band)

    def show_day(self, shots: Sequence[Shot], day: TimelineDay | None) -> None:
        """Show the pictures of a day, the oldest first, and what was done on it."""
        self._shots, self._day = shots, day
        self.update()

    def show_index(self, index: int) -> None:
        """Mark one of them as the one in view."""
        self._index = index
        self._want()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self.theme
        height = theme.px("lightbox.thumb-height") + 2 * theme.px("space.1") + theme.px("lightbox.strip-gap")
        return QSize(400, height + theme.px("lightbox.strip") + theme.line("axis") + theme.px("space.3"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        for index, place in self._places():
            self._paint_thumb(painter, index, place)
        if self._shots:
            self._paint_strip(painter)
        painter.end()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._want()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        where = event.position()
        for index, place in self._places():
            if place.contains(where):
                self.moved.emit(index)
                return
        if where.y() >= self._strip().top() - self.theme.px("space.4"):
            self._scrubs = True
            self._scrub(where)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._scrubs:
            self._scrub(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._scrubs = False
        super().mouseReleaseEvent(event)

    @Slot(object)
    def _arrived(self, _ids: frozenset[str]) -> None:
        self.update()

    def _scrub(self, where: QPointF) -> None:
        """Choose the picture that was taken nearest to a place of the strip."""
        if not self._shots:
            return
        start, end = self._span()
        strip = self._strip()
        share = min(max((where.x() - strip.left()) / max(1.0, strip.width()), 0.0), 1.0)
        moment = start + (end - start) * share
        nearest = min(range(len(self._shots)), key=lambda index: abs(self._shots[index].captured_at - moment))
        if nearest != self._index:
            self.moved.emit(nearest)

    def _want(self) -> None:
        near = sorted((index for index, _place in self._places()), key=lambda index: abs(index - self._index))
        self.thumbnails.want([self._shots[index].id for index in near])

    def _places(self) -> list[tuple[int, QRectF]]:
        """Return the pictures around the one in view, with their places from left to right."""
        theme = self.theme
        width, height = theme.metric("lightbox.thumb-width"), theme.metric("lightbox.thumb-height")
        room = self.width() - 2 * theme.metric("space.1")
        gap = theme.metric("gallery.gap-compact")
        fitting = max(1, int((room + gap) // (width + gap)))
        count = min(fitting, len(self._shots))
        if not count:
            return []
        first = min(max(0, self._index - count // 2), len(self._shots) - count)
        pitch = (room - width) / (fitting - 1) if fitting > 1 else 0.0
        left = (self.width() - pitch * (count - 1) - width) / 2
        top = theme.metric("space.1")
        return [(first + n, QRectF(round(left + n * pitch), top, width, height)) for n in range(count)]

    def _paint_thumb(self, painter: QPainter, index: int, place: QRectF) -> None:
        theme, chosen = self.theme, index == self._index
        radius = theme.metric("lightbox.thumb-radius")
        pixmap = self.thumbnails.get(self._shots[index].id)
        painter.setOpacity(1.0 if chosen else theme.metric("lightbox.thumb-quiet"))
        fill_round(painter, place, radius, theme.colour("surface"))
        if pixmap is not None:
            painter.drawPixmap(place.topLeft(), pixmap)
        painter.setOpacity(1.0)
        white = QColor(theme.colour("on-picture"))
        if chosen:
            edge = theme.metric("gallery.ring")
            stroke_round(painter, place.adjusted(-edge, -edge, edge, edge), radius + edge, white, edge)
        else:
            white.setAlphaF(theme.metric("lightbox.edge"))
            stroke_round(painter, place, radius, white)

    def _paint_strip(self, painter: QPainter) -> None:
        theme, strip = self.theme, self._strip()
        start, end = self._span()
        whole = (end - start).total_seconds()

        def place_of(moment: datetime) -> float:
            return strip.left() + strip.width() * min(max((moment - start).total_seconds() / whole, 0.0), 1.0)

        fill_round(painter, strip, theme.metric("live.strip-radius"), theme.colour("surface"))
        if self._day is not None:
            self._paint_blocks(painter, self._day, strip, place_of)
        self._paint_hours(painter, strip, start, end, place_of)
        shot = self._shots[min(self._index, len(self._shots) - 1)]
        width, reach = theme.metric("lightbox.mark"), theme.metric("space.2")
        mark = QRectF(place_of(shot.captured_at) - width / 2, strip.top() - reach, width, strip.height() + 2 * reach)
        fill_round(painter, mark, width / 2, theme.colour("on-picture"))

    def _paint_blocks(self, painter: QPainter, day: TimelineDay, strip: QRectF, place_of: PlaceOf) -> None:
        theme, dpr = self.theme, self.devicePixelRatioF()
        gap, radius = theme.metric("live.strip-gap"), theme.metric("live.block-radius")
        for start, end, band in _stretches(day):
            left, right = place_of(start), place_of(end)
            if right - left < 1:
                continue
            brush = self.look.idle(dpr) if band is None else self.look.band(band, dpr)
            width = max(1.0, right - left - gap)
            fill_round(painter, QRectF(left, strip.top(), width, strip.height()), min(radius, width / 2), brush)

    def _paint_hours(self, painter: QPainter, strip: QRectF, start: datetime, end: datetime, place_of: PlaceOf) -> None:
        theme, zone = self.theme, self._context.zone
        metrics = theme.font_metrics("axis")
        painter.setFont(theme.font("axis"))
        painter.setPen(theme.colour("text-tertiary"))
        height, top = theme.line("axis"), strip.bottom() + theme.metric("space.3")
        moment, free = start, strip.left()
        while moment <= end:
            text = formats.clock(moment, zone)
            width = metrics.horizontalAdvance(text)
            left = min(max(place_of(moment) - width / 2, strip.left()), strip.right() - width)
            if left >= free:
                painter.drawText(QRectF(left, top, width + 1, height), Qt.AlignmentFlag.AlignVCenter, text)
                free = left + width + theme.metric("space.5")
            moment += _HOUR

    def _strip(self) -> QRectF:
        theme = self.theme
        top = theme.metric("lightbox.thumb-height") + 2 * theme.metric("space.1") + theme.metric("lightbox.strip-gap")
        return QRectF(0, top, self.width(), theme.metric("lightbox.strip"))

    def _span(self) -> tuple[datetime, datetime]:
        """Return the whole hours around all that was recorded and pictured."""
        moments = [self._shots[0].captured_at, self._shots[-1].captured_at]
        if self._day is not None and self._day.blocks:
            moments += [self._day.blocks[0].start, self._day.blocks[-1].end]
        zone = self._context.zone
        start, end = min(moments).astimezone(zone), max(moments).astimezone(zone)
        start = start.replace(minute=0, second=0, microsecond=0)
        whole = end.replace(minute=0, second=0, microsecond=0)
        return start, whole if whole == end and whole > start else whole + _HOUR


def _stretches(day: TimelineDay) -> list[tuple[datetime, datetime, Band | None]]:
    """Return the day as stretches of one verdict (None: nobody was there); short breaks in one do not part it."""
    found: list[tuple[datetime, datetime, Band | None]] = []
    for block in day.blocks:
        band = None if block.cause in AWAY_STATES else band_of(block.productivity)
        if found and found[-1][2] is band and block.start - found[-1][1] < _TOGETHER:
            found[-1] = (found[-1][0], block.end, band)
        else:
            found.append((block.start, block.end, band))
    return found
