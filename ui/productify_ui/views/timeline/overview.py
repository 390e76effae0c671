"""The whole day in one strip, with a brush over the part that the lanes show."""

from datetime import tzinfo

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify_ui.text.formats import clock_range, hour
from productify_ui.text.timeline import timeline_words
from productify_ui.views.timeline.axis import Axis, moment_of
from productify_ui.views.timeline.lanes import Lane, Lanes
from productify_ui.widgets.base import Focusable
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, elided_text, fill_round, focus_ring, stroke_round

_REACH = 6.0
"""How many pixels beside a handle still take hold of it."""


class Overview(Focusable):
    """Dragging the brush pans, dragging a handle zooms, a click beside it brings it there."""

    axis_changed = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._lanes: Lanes | None = None
        self._axis = Axis.whole(0, 1, 1)
        self._zone: tzinfo | None = None
        self._now: int | None = None
        self._held: tuple[str, float] | None = None
        self._still: QPixmap | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lanes(self, lanes: Lanes, zone: tzinfo, now: int | None) -> None:
        """Show these lanes' activity and away time."""
        self._lanes, self._zone, self._now = lanes, zone, now
        self._still = None
        self.update()

    def show_axis(self, axis: Axis) -> None:
        """Lay the brush over what `axis` shows."""
        if (axis.low, axis.high) != (self._axis.low, self._axis.high):
            self._still = None
        self._axis = axis
        if self._zone is not None:
            seen = clock_range(moment_of(axis.start), moment_of(axis.end), self._zone)
            self.setAccessibleName(timeline_words.overview_name.format(range=seen))
        self.update()

    def restyle(self) -> None:
        self._still = None

    def sizeHint(self) -> QSize:
        return QSize(600, self.theme.scaled("timeline.overview-row"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._still = None
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._still is None or self._still.devicePixelRatioF() != self.devicePixelRatioF():
            self._still = self._paint_still()
        painter = antialiased(QPainter(self))
        painter.drawPixmap(0, 0, self._still)
        painter.translate(self._left(), 0)
        self._paint_brush(painter)
        if self.ring_shown:
            painter.resetTransform()
            focus_ring(painter, QRectF(self.rect()), self.theme.metric("radius.control"), self.theme)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        x = event.position().x() - self._left()
        whole = self._whole()
        start, end = whole.x(self._axis.start), whole.x(self._axis.end)
        if abs(x - start) <= _REACH:
            self._held = ("start", 0)
        elif abs(x - end) <= _REACH:
            self._held = ("end", 0)
        else:
            if not start < x < end:
                self._centre(whole.moment(x))
                start = whole.x(self._axis.start)
            self._held = ("body", x - start)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x() - self._left()
        whole, axis = self._whole(), self._axis
        match self._held:
            case ("start", _):
                self._tell(axis.showing(min(whole.moment(x), axis.end - 1), axis.end))
            case ("end", _):
                self._tell(axis.showing(axis.start, max(whole.moment(x), axis.start + 1)))
            case ("body", grip):
                start = whole.moment(x - grip)
                self._tell(axis.showing(start, start + axis.span))
            case _:
                self._show_cursor(x, whole)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._held = None

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self._tell(self._axis.showing(self._axis.low, self._axis.high))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -0.1, Qt.Key.Key_Right: 0.1, Qt.Key.Key_PageUp: -0.9, Qt.Key.Key_PageDown: 0.9}
        share = steps.get(Qt.Key(event.key()))
        if share is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self._tell(self._axis.panned(self._axis.width * share))

    def _centre(self, moment: float) -> None:
        self._tell(self._axis.showing(moment - self._axis.span / 2, moment + self._axis.span / 2))

    def _show_cursor(self, x: float, whole: Axis) -> None:
        near = min(abs(x - whole.x(self._axis.start)), abs(x - whole.x(self._axis.end)))
        self.setCursor(Qt.CursorShape.SizeHorCursor if near <= _REACH else Qt.CursorShape.ArrowCursor)

    def _tell(self, axis: Axis) -> None:
        if axis != self._axis:
            self.show_axis(axis)
            self.axis_changed.emit(axis)

    def _paint_still(self) -> QPixmap:
        dpr = self.devicePixelRatioF()
        pixmap = QPixmap(self.size() * dpr)
        pixmap.setDevicePixelRatio(dpr)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = antialiased(QPainter(pixmap))
        self._paint_label(painter)
        painter.translate(self._left(), 0)
        whole, bar = self._whole(), self._bar()
        painter.fillRect(bar, self.theme.colour("surface-sunken"))
        if self._lanes is not None:
            self._paint_lane(painter, self._lanes.activity, whole, bar, dpr)
            self._paint_lane(painter, self._lanes.away, whole, bar, dpr)
        self._paint_hours(painter, whole, bar)
        if self._now is not None and 0 <= whole.x(self._now) <= whole.width:
            line = QRectF(whole.x(self._now), bar.top() - 2, self.theme.metric("timeline.now"), bar.height() + 4)
            painter.fillRect(line, self.theme.colour("text-primary"))
        painter.end()
        return pixmap

    def _paint_lane(self, painter: QPainter, lane: Lane, whole: Axis, bar: QRectF, dpr: float) -> None:
        for placed in lane.placed(whole):
            away = placed.piece.cause is not None
            brush = self.look.idle(dpr) if away else self.look.band(placed.piece.band, dpr)
            width = max(1.0, placed.width - (0.5 if placed.width > 2 else 0))
            painter.fillRect(QRectF(placed.left, bar.top(), width, bar.height()), brush)

    def _paint_label(self, painter: QPainter) -> None:
        theme, side = self.theme, self.theme.scaled("size.icon-s")
        left, middle = theme.metric("timeline.label-left"), self.height() / 2
        area = QRectF(left, round(middle - side / 2), side, side)
        self.look.icons.paint(painter, "sun", theme.colour("text-tertiary"), area)
        painter.setFont(theme.font("small-strong"))
        painter.setPen(theme.colour("text-secondary"))
        left += side + theme.metric("space.4")
        elided_text(painter, QRectF(left, 0, self._left() - left, self.height()), timeline_words.whole_day)

    def _paint_hours(self, painter: QPainter, whole: Axis, bar: QRectF) -> None:
        theme = self.theme
        if self._zone is None:
            return
        painter.setFont(theme.font("axis"))
        painter.setPen(theme.colour("text-tertiary"))
        line = theme.line("caption")
        for tick in whole.ticks(self._zone, theme.metric("timeline.tick-apart") * 0.9 * theme.text_factor):
            if tick.major:
                text = hour(moment_of(tick.at), self._zone)
                width = theme.font_metrics("axis").horizontalAdvance(text) + 2
                left = min(max(whole.x(tick.at) - width / 2, 0), whole.width - width)
                painter.drawText(QRectF(left, bar.bottom() + 4, width, line), Qt.AlignmentFlag.AlignCenter, text)

    def _paint_brush(self, painter: QPainter) -> None:
        theme, whole, bar = self.theme, self._whole(), self._bar()
        left, right = whole.x(self._axis.start), whole.x(self._axis.end)
        veil = QColor(theme.colour("surface"))
        veil.setAlphaF(0.55)
        painter.fillRect(QRectF(0, bar.top(), left, bar.height()), veil)
        painter.fillRect(QRectF(right, bar.top(), whole.width - right, bar.height()), veil)
        rise = theme.metric("space.2")
        frame = QRectF(left, bar.top() - rise, right - left, bar.height() + 2 * rise)
        stroke_round(painter, frame, theme.metric("radius.block"), theme.colour("text-secondary"), 1.5)
        wide, tall = theme.metric("timeline.handle-width"), theme.metric("timeline.handle-height")
        for x in (left, right):
            handle = QRectF(0, 0, wide, tall)
            handle.moveCenter(QPointF(x, frame.center().y()))
            fill_round(painter, handle, wide / 2, theme.colour("text-primary"))

    def _bar(self) -> QRectF:
        height = self.theme.metric("timeline.overview-bar")
        top = self.theme.metric("timeline.overview-top") * self.height() / self.theme.metric("timeline.overview-row")
        return QRectF(0, round(top), self._room(), height)

    def _whole(self) -> Axis:
        return Axis.whole(self._axis.low, self._axis.high, self._room())

    def _left(self) -> float:
        return self.theme.scaled("timeline.label")

    def _room(self) -> float:
        return max(1.0, self.width() - self._left() - self.theme.metric("timeline.edge-right"))
