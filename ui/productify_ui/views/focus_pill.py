"""The running focus session in the header of another page."""

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify.domain import FocusState
from productify_ui.text.focus import focus_words as say
from productify_ui.text.focus import title_of
from productify_ui.text.focus_time import digits_of, ring_of
from productify_ui.views.context import ViewContext
from productify_ui.widgets.base import PaintedButton
from productify_ui.widgets.figure import FigurePainter
from productify_ui.widgets.paint import antialiased, elided_text, fill_round, focus_ring

_TURN = 360 * 16
_TOP = 90 * 16


class FocusPill(PaintedButton):
    """A small ring, the time left and the title; goes to the focus page. Without a session it is not there."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context.look, parent=parent)
        self._context = context
        self._is_compact = False
        self._digits = self._title = ""
        self._share = 0.0
        self._is_paused = False
        self._figure = FigurePainter(context.look, "card-title")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)
        context.focus.changed.connect(self.renew)
        context.focus.ticked.connect(self.renew)
        self.renew()

    def set_compact(self, compact: bool) -> None:
        """Leave the title out."""
        if compact != self._is_compact:
            self._is_compact = compact
            self.updateGeometry()

    @Slot()
    def renew(self) -> None:
        """Show the session as it is now."""
        now = self._context.focus.now
        self.setVisible(now is not None)
        if now is None:
            return
        shown = ring_of(now, self._context.now(), self._context.zone)
        before = self.sizeHint()
        self._share, self._digits, self._title = shown.share, digits_of(now), title_of(now.plan.title)
        self._is_paused = now.state is FocusState.PAUSED
        self.setAccessibleName(say.pill.format(time=shown.spoken))
        self.setToolTip(self._title)
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    @Slot()
    def restyle(self) -> None:
        self._figure.renew()
        super().restyle()

    def sizeHint(self) -> QSize:
        theme = self.theme
        width = theme.px("focus.pill-left") + theme.px("size.icon") + theme.px("button.gap")
        width += round(self._figure.width(((self._digits, ""),))) + theme.px("space.5")
        if not self._is_compact and self._title:
            width += theme.px("button.gap") + self._title_width() + 1
        return QSize(width, theme.scaled("size.control"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, rect = self.theme, QRectF(self.rect())
        radius = theme.metric("radius.control")
        fill_round(painter, rect, radius, theme.colour("focus-pill-track" if self.hovered else "accent-soft"))
        left, side, width = theme.metric("focus.pill-left"), theme.metric("size.icon"), theme.metric("focus.arc-line")
        ring = QRectF(left, (rect.height() - side) / 2, side, side).adjusted(
            width / 2, width / 2, -width / 2, -width / 2
        )
        ink = theme.colour("neutral-text" if self._is_paused else "accent-text")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("hairline-strong" if self.hovered else "focus-pill-track"), width))
        painter.drawEllipse(ring)
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(ring, _TOP, -round(self._share * _TURN))
        left += side + theme.metric("button.gap")
        parts = ((self._digits, ""),)
        self._figure.draw(painter, left, self._figure.baseline(rect), parts, "accent-text")
        left += self._figure.width(parts) + theme.metric("button.gap")
        if not self._is_compact:
            self._paint_title(painter, QRectF(left, 0, self._title_width() + 1, rect.height()))
        if self.ring_shown:
            focus_ring(painter, rect, radius, theme)
        painter.end()

    def _paint_title(self, painter: QPainter, rect: QRectF) -> None:
        ink = QColor(self.theme.colour("accent-text"))
        painter.setFont(self.theme.font("body-strong"))
        painter.setPen(ink)
        elided_text(painter, rect, self._title)

    def _title_width(self) -> int:
        wanted = round(self.theme.font_metrics("body-strong").horizontalAdvance(self._title))
        return min(wanted, self.theme.scaled("focus.pill-title"))

    @Slot()
    def _open(self) -> None:
        self._context.open_page("focus")
