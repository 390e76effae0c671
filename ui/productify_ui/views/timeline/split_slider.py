"""Where to cut an activity in two."""

from datetime import UTC, datetime, tzinfo

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify_ui.text import formats
from productify_ui.text.editing import editing_words as say
from productify_ui.views.timeline.axis import milliseconds, moment_of
from productify_ui.views.timeline.face import part_texts
from productify_ui.widgets.base import Focusable
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, focus_ring

_MINUTE = 60_000
_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}


class SplitSlider(Focusable):
    """A bar of the activity with a knife to drag; both parts' times and lengths stand below.

    Arrow keys move the knife by a minute (a second in what is short), Enter and `split_wanted` ask for the cut.
    """

    moved = Signal()
    split_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._start, self._end, self._cut = 0, 2, 1
        self._zone: tzinfo = UTC
        self._colour = ""
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(say.split_help)

    @property
    def cut(self) -> datetime:
        """The moment of the cut, UTC."""
        return moment_of(self._cut)

    def show_time(self, start: datetime, end: datetime, zone: tzinfo, colour: str) -> None:
        """Show what is to be cut, in a colour (#RRGGBB); the knife stays where it is within the same time."""
        span = milliseconds(start), milliseconds(end)
        self._zone, self._colour = zone, colour
        if span != (self._start, self._end):
            self._start, self._end = span
            self.put((span[0] + span[1]) / 2)
        self.update()

    def put(self, moment: float) -> None:
        """Put the knife at a moment (milliseconds), at a whole minute where there is one, within the activity."""
        step = self._step()
        at = round(moment / step) * step
        self._cut = min(max(at, self._start + 1), self._end - 1)
        self._tell_name()
        self.update()
        self.moved.emit()

    def sizeHint(self) -> QSize:
        return QSize(160, self.theme.scaled("timeline.split-bar") + self.theme.px("space.3") + self._line())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, bar = self.theme, self._bar()
        radius, x = theme.metric("radius.block"), self._x()
        colour = QColor(self._colour or theme.colour("neutral"))
        gap = theme.metric("timeline.block-gap")
        fill_round(painter, QRectF(bar.left(), bar.top(), x - bar.left() - gap, bar.height()), radius, colour)
        colour.setAlphaF(0.5)
        fill_round(painter, QRectF(x + gap, bar.top(), bar.right() - x - gap, bar.height()), radius, colour)
        width = theme.metric("timeline.handle-width") - 1
        knife = QRectF(x - width / 2, bar.top() - 2, width, bar.height() + 4)
        fill_round(painter, knife, width / 2, theme.colour("text-primary"))
        self._paint_texts(painter, bar)
        if self.ring_shown:
            focus_ring(painter, bar, radius, theme)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._drag(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event.position().x())

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.split_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _KEYS:
            self.put(self._cut + _KEYS[key] * self._step())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.split_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _drag(self, x: float) -> None:
        bar = self._bar()
        self.put(self._start + (x - bar.left()) / bar.width() * (self._end - self._start))

    def _parts(self) -> list[str]:
        return part_texts((self._cut - self._start, self._end - self._cut))

    def _paint_texts(self, painter: QPainter, bar: QRectF) -> None:
        theme = self.theme
        before, after = self._parts()
        line = QRectF(0, bar.bottom() + theme.metric("space.3"), self.width(), self._line())
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text-secondary"))
        start, end = (formats.clock(moment_of(at), self._zone) for at in (self._start, self._end))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, f"{start} · {before}")
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, f"{after} · {end}")
        painter.setFont(theme.font("small-heading"))
        painter.setPen(theme.colour("text-primary"))
        painter.drawText(line, Qt.AlignmentFlag.AlignHCenter, formats.clock(moment_of(self._cut), self._zone))

    def _bar(self) -> QRectF:
        edge = self.theme.metric("timeline.handle-width") / 2
        return QRectF(edge, 2, self.width() - 2 * edge, self.theme.scaled("timeline.split-bar") - 4)

    def _x(self) -> float:
        bar = self._bar()
        return bar.left() + (self._cut - self._start) / max(1, self._end - self._start) * bar.width()

    def _step(self) -> int:
        return _MINUTE if self._end - self._start >= 4 * _MINUTE else 1000

    def _line(self) -> int:
        return round(self.theme.line("small"))

    def _tell_name(self) -> None:
        before, after = self._parts()
        self.setAccessibleName(
            say.split_name.format(
                clock=formats.clock(moment_of(self._cut), self._zone),
                before=before,
                after=after,
            )
        )
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
