"""What a bar of the time chart is made of, shown beside it."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from productify.domain import Band
from productify_ui.widgets.base import Painted
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, elided_text, fill_round
from productify_ui.widgets.popup import paint_plate
from productify_ui.widgets.tile import Face, paint_face


@dataclass(frozen=True, slots=True)
class PopupContent:
    """A heading, the parts as (verdict or None for idle, name, time), and the greatest apps as (face, time)."""

    heading: str
    parts: tuple[tuple[Band | None, str, str], ...]
    apps: tuple[tuple[Face, str], ...] = ()


class ChartPopup(Painted):
    """A plate over the window that lets the mouse through."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._window = parent
        self._content = PopupContent("", ())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_beside(self, column: QRect, content: PopupContent) -> None:
        """Show `content` right of `column` (in the parent's coordinates), or left of it where there is no room."""
        self._content = content
        edge, offset = self.theme.px("popup.shadow"), self.theme.px("hour-popup.offset")
        size = self._plate_size()
        room = self._window.rect()
        place = QRect(column.right() + offset, column.top(), size.width(), size.height())
        if place.right() + offset > room.right():
            place.moveRight(column.left() - offset)
        place.moveBottom(min(place.bottom(), room.bottom() - offset))
        self.setGeometry(place.adjusted(-edge, -edge, edge, edge))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme = self.theme
        edge = theme.px("popup.shadow")
        plate = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        paint_plate(painter, self.look, plate, theme.metric("radius.card"))
        side = theme.metric("hour-popup.side")
        line = QRectF(plate.left() + side, plate.top() + theme.metric("hour-popup.top"), plate.width() - 2 * side, 0)
        line.setHeight(self._heading_height())
        painter.setFont(theme.font("small-heading"))
        painter.setPen(theme.colour("text-primary"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self._content.heading)
        line.translate(0, line.height() + theme.metric("space.2"))
        self._paint_parts(painter, line)
        if self._content.apps:
            self._paint_apps(painter, line)
        painter.end()

    def _paint_parts(self, painter: QPainter, line: QRectF) -> None:
        theme = self.theme
        line.setHeight(theme.scaled("hour-popup.row"))
        side = theme.metric("chip.swatch")
        dpr = self.devicePixelRatioF()
        for band, name, time in self._content.parts:
            mark = QRectF(line.left(), line.center().y() - side / 2, side, side)
            brush = self.look.idle(dpr) if band is None else self.look.band(band, dpr)
            fill_round(painter, mark, theme.metric("radius.swatch"), brush)
            self._paint_texts(painter, line, side, name, time)
            line.translate(0, line.height())

    def _paint_apps(self, painter: QPainter, line: QRectF) -> None:
        theme = self.theme
        gap = theme.metric("hour-popup.rule-gap")
        painter.fillRect(QRectF(line.left(), round(line.top() + gap), line.width(), 1), theme.colour("hairline"))
        line.translate(0, 2 * gap)
        line.setHeight(theme.scaled("hour-popup.app-row"))
        side = theme.metric("size.app-tile-s")
        for face, time in self._content.apps:
            paint_face(painter, self.look, face, QRectF(line.left(), round(line.center().y() - side / 2), side, side))
            self._paint_texts(painter, line, side, face.name, time)
            line.translate(0, line.height())

    def _paint_texts(self, painter: QPainter, line: QRectF, mark: float, name: str, time: str) -> None:
        theme = self.theme
        painter.setFont(theme.font("small-strong"))
        painter.setPen(theme.colour("text-primary"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, time)
        left = line.left() + mark + theme.metric("space.4")
        room = (
            line.right() - theme.font_metrics("small-strong").horizontalAdvance(time) - theme.metric("space.4") - left
        )
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text-secondary"))
        elided_text(painter, QRectF(left, line.top(), room, line.height()), name)

    def _heading_height(self) -> int:
        return self.theme.line("small")

    def _plate_size(self) -> QSize:
        theme, content = self.theme, self._content
        height = theme.metric("hour-popup.top") + theme.metric("hour-popup.bottom") + self._heading_height()
        height += theme.metric("space.2") + len(content.parts) * theme.scaled("hour-popup.row")
        if content.apps:
            height += 2 * theme.metric("hour-popup.rule-gap") + len(content.apps) * theme.scaled("hour-popup.app-row")
        return QSize(theme.scaled("hour-popup.width"), round(height))
