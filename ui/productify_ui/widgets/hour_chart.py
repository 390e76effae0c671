"""The time chart: a stacked bar for each hour of a day, or for each day of a longer period."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QBrush,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify.domain import Band
from productify_ui.widgets.base import Focusable
from productify_ui.widgets.chart_popup import ChartPopup, PopupContent
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, bar_path, fill_round, focus_ring, snapped

_NARROW = 4.0
"""Pixels below which a bar shows no round corners."""


@dataclass(frozen=True, slots=True)
class ChartBar:
    """One bar; `parts` are productive, neutral, distracting and idle time, `rest` is what is still to come.

    `content` is what the popup shows, `spoken` the same for a screen reader. A ghost is an outline of what may be.
    """

    label: str
    parts: tuple[int, int, int, int]
    spoken: str
    content: PopupContent | None = None
    rest: int = 0
    current: bool = False
    ghost: int = 0

    @property
    def filled(self) -> bool:
        """Whether anything was recorded."""
        return any(self.parts)


@dataclass(frozen=True, slots=True)
class Scale:
    """The vertical axis: its upper end, the labelled ticks, and unlabelled lines between them."""

    top: int
    ticks: tuple[tuple[int, str], ...]
    lines: tuple[int, ...] = ()


class HourChart(Focusable):
    """Paints the bars; the mouse or Left, Right, Home and End light one, which opens its popup."""

    lit_changed = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._bars: tuple[ChartBar, ...] = ()
        self._scale = Scale(1, ())
        self._lit = -1
        self._popup: ChartPopup | None = None
        self._least = look.theme.metric("hour-chart.least")
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def lit(self) -> int:
        """The index of the bar under the mouse or the keyboard, -1 for none."""
        return self._lit

    def show_bars(self, bars: Sequence[ChartBar], scale: Scale, spoken: str) -> None:
        """Show these bars against that scale."""
        self._bars, self._scale = tuple(bars), scale
        self.setAccessibleName(spoken)
        if self._lit >= len(self._bars):
            self.light(-1)
        elif self._lit >= 0:
            self._show_popup()
        self.update()

    def light(self, index: int) -> None:
        """Light a bar and open its popup; -1 for none."""
        if index == self._lit:
            return
        self._lit = index
        self._show_popup()
        self.setAccessibleDescription(self._bars[index].spoken if index >= 0 else "")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.lit_changed.emit(index)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, self.theme.px("hour-chart.height"))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.theme.px("hour-chart.height-least"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        plot = self._plot()
        self._paint_axis(painter, plot)
        step = self._label_step(plot.width() / max(1, len(self._bars)))
        for index, bar in enumerate(self._bars):
            column = self._column(plot, index)
            if index == self._lit:
                self._paint_light(painter, column)
            self._paint_bar(painter, column, bar)
            if index % step == 0 or bar.current:
                self._paint_label(painter, column, index, bar)
        if self.ring_shown:
            focus_ring(painter, QRectF(self.rect()), self.theme.metric("radius.control"), self.theme)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._light_at(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self.light(-1)
        super().leaveEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.light(-1)
        super().hideEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.light(-1)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        target = self._target(Qt.Key(event.key()))
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if target is None or not self._bars or not plain:
            super().keyPressEvent(event)
        else:
            self.light(target)

    def _target(self, key: Qt.Key) -> int | None:
        last = len(self._bars) - 1
        match key:
            case Qt.Key.Key_Left:
                return max(0, self._lit - 1) if self._lit >= 0 else last
            case Qt.Key.Key_Right:
                return min(last, self._lit + 1)
            case Qt.Key.Key_Home:
                return 0
            case Qt.Key.Key_End:
                return last
            case Qt.Key.Key_Escape if self._lit >= 0:
                return -1
            case _:
                return None

    def _light_at(self, where: QPointF) -> None:
        plot = self._plot()
        inside = self._bars and plot.left() <= where.x() < plot.right() and where.y() <= plot.bottom()
        index = int((where.x() - plot.left()) / (plot.width() / len(self._bars))) if inside else -1
        self.light(min(index, len(self._bars) - 1) if index >= 0 and self._bars[index].filled else -1)

    def _plot(self) -> QRectF:
        theme = self.theme
        axis = max(theme.metric("hour-chart.axis"), self._axis_width() + theme.metric("space.7"))
        height = self.height() - theme.metric("hour-chart.top") - self._foot()
        return QRectF(
            axis, theme.metric("hour-chart.top"), self.width() - axis - theme.metric("hour-chart.edge-right"), height
        )

    def _axis_width(self) -> float:
        metrics = self.theme.font_metrics("axis")
        return max((metrics.horizontalAdvance(text) for _, text in self._scale.ticks), default=0.0)

    def _foot(self) -> float:
        return self.theme.metric("hour-chart.bottom") * max(1.0, self.theme.text_factor)

    def _y(self, plot: QRectF, value: float) -> float:
        return plot.bottom() - value / self._scale.top * plot.height()

    def _column(self, plot: QRectF, index: int) -> QRectF:
        width = plot.width() / len(self._bars)
        return QRectF(plot.left() + index * width, plot.top(), width, plot.height())

    def _paint_axis(self, painter: QPainter, plot: QRectF) -> None:
        theme, dpr = self.theme, self.devicePixelRatioF()
        labels = dict(self._scale.ticks)
        painter.setFont(theme.font("axis"))
        for value in sorted({*labels, *self._scale.lines}):
            y = snapped(self._y(plot, value), dpr) + 0.5 / dpr
            painter.setPen(QPen(theme.colour("grid" if value else "hairline"), 1))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
            if value in labels:
                painter.setPen(theme.colour("text-tertiary"))
                room = QRectF(0, y - 10, plot.left() - theme.metric("space.5"), 20)
                painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, labels[value])

    def _paint_light(self, painter: QPainter, column: QRectF) -> None:
        theme = self.theme
        rise = theme.metric("hour-chart.column-rise")
        inset = min(3.0, column.width() * 0.05)
        area = column.adjusted(inset, -rise, -inset, 0)
        fill_round(painter, area, theme.metric("hour-chart.column-radius"), theme.colour("surface-hover"))

    def _paint_bar(self, painter: QPainter, column: QRectF, bar: ChartBar) -> None:
        theme = self.theme
        width = min(theme.metric("hour-chart.bar"), column.width() * theme.metric("hour-chart.bar-share"))
        left = column.center().x() - width / 2
        if bar.ghost:
            self._paint_outline(painter, left, width, self._y(column, bar.ghost), column.bottom() + 4)
        painter.setPen(Qt.PenStyle.NoPen)
        present = [index for index, part in enumerate(bar.parts) if part]
        heights = self._heights(column, [bar.parts[index] for index in present])
        foot, gap = column.bottom(), theme.metric("hour-chart.gap")
        for index, height in zip(present, heights, strict=True):
            piece = QRectF(left, foot - height, width, height)
            if width < _NARROW:
                painter.fillRect(piece, self._fill(index))
            else:
                painter.setBrush(self._fill(index))
                painter.drawPath(bar_path(piece, *self._radii(first=index == present[0], last=index == present[-1])))
            foot = piece.top() - gap
        if bar.rest:
            self._paint_outline(painter, left, width, self._y(column, sum(bar.parts) + bar.rest), foot)

    def _heights(self, column: QRectF, parts: list[int]) -> list[float]:
        """How tall each part is, gaps taken off: the stack ends where its sum does, and none vanishes."""
        gaps = self.theme.metric("hour-chart.gap") * max(0, len(parts) - 1)
        room = max(self._least * len(parts), column.bottom() - self._y(column, sum(parts)) - gaps)
        heights = [max(self._least, part / sum(parts) * room) for part in parts]
        tallest = heights.index(max(heights)) if heights else 0
        if heights:
            heights[tallest] = max(self._least, heights[tallest] + room - sum(heights))
        return heights

    def _radii(self, *, first: bool, last: bool) -> tuple[float, float]:
        """How round a part's upper and lower corners are: those of the stack more than those inside it."""
        inner = self.theme.metric("hour-chart.inner-radius")
        top = self.theme.metric("hour-chart.top-radius") if last else inner
        return top, self.theme.metric("hour-chart.foot-radius") if first else inner

    def _fill(self, part: int) -> QBrush:
        dpr = self.devicePixelRatioF()
        bands = tuple(Band)
        return self.look.band(bands[part], dpr) if part < len(bands) else self.look.idle(dpr)

    def _paint_outline(self, painter: QPainter, left: float, width: float, top: float, foot: float) -> None:
        if foot - top < 2 * self.theme.metric("hour-chart.gap"):
            return
        pen = QPen(self.theme.colour("hairline-strong"), 1)
        dash = self.theme.metric("hour-chart.dash")
        pen.setDashPattern([dash, dash])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = self.theme.metric("hour-chart.top-radius")
        painter.drawRoundedRect(QRectF(left + 0.5, top + 0.5, width - 1, foot - top - 1), radius, radius)

    def _paint_label(self, painter: QPainter, column: QRectF, index: int, bar: ChartBar) -> None:
        theme = self.theme
        strong = bar.current or index == self._lit
        tone = "text-primary" if strong else "text-secondary" if bar.filled else "text-tertiary"
        painter.setFont(theme.font("axis-strong" if bar.current else "axis"))
        painter.setPen(theme.colour(tone))
        room = QRectF(column.center().x() - 30, column.bottom(), 60, self._foot() + 4)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, bar.label)

    def _label_step(self, width: float) -> int:
        """Every how many bars there is room for a label."""
        metrics = self.theme.font_metrics("axis-strong")
        widest = max((metrics.horizontalAdvance(bar.label) for bar in self._bars), default=0.0)
        widest += self.theme.metric("space.3")
        return max(1, -(-int(widest) // max(1, int(width))))

    def _show_popup(self) -> None:
        content = self._bars[self._lit].content if self._lit >= 0 else None
        if content is None:
            if self._popup is not None:
                self._popup.hide()
            return
        if self._popup is None or self._popup.parentWidget() is not self.window():
            self._popup = ChartPopup(self.look, self.window())
        column = self._column(self._plot(), self._lit).toAlignedRect()
        column.moveTopLeft(self.mapTo(self.window(), column.topLeft()))
        self._popup.show_beside(column, content)
