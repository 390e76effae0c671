"""The picture itself: fitted or near, moved by the mouse, and boxes drawn over what shall be covered."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from productify.domain import Word
from productify.service.pixels import Pixels
from productify_ui.text.lightbox import lightbox_words as say
from productify_ui.widgets.base import Painted
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, stroke_round

Box = tuple[float, float, float, float]
_LEAST_BOX = 0.004
_WHEEL_STEP = 120


class Stage(Painted):
    """Shows a picture; `zoomed` tells of another closeness, `boxed` of other boxes.

    Before its pixels are there it shows a small one in its place. Boxes are fractions of the picture.
    """

    zoomed = Signal()
    boxed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._shape = QSize(16, 9)
        self._preview: QPixmap | None = None
        self._whole: QImage | None = None
        self._fitted: QPixmap | None = None
        self._trouble = ""
        self._words: tuple[Word, ...] = ()
        self._zoom = 0.0
        self._middle = QPointF(0.5, 0.5)
        self._pull: QPointF | None = None
        self._drawing = False
        self._corner: QPointF | None = None
        self._open: QRectF | None = None
        self._boxes: list[QRectF] = []
        self.setMouseTracking(True)

    @property
    def image(self) -> QImage | None:
        """The picture in its own size, None while it is on its way."""
        return self._whole

    @property
    def boxes(self) -> tuple[Box, ...]:
        """What shall be covered: left, top, width and height, as fractions of the picture."""
        return tuple((box.left(), box.top(), box.width(), box.height()) for box in self._boxes)

    @property
    def drawing(self) -> bool:
        """Whether the mouse draws boxes."""
        return self._drawing

    @property
    def percent(self) -> int | None:
        """How large the picture is shown in percent of its own pixels, None while it is fitted."""
        return round(self._zoom * 100 * self.devicePixelRatioF()) if self._zoom else None

    def show_coming(self, shape: QSize, preview: QPixmap | None, *, keep_zoom: bool = False) -> None:
        """Show a small picture in the place of one of that shape that is on its way."""
        self._shape, self._preview = shape, preview
        self._whole = self._fitted = None
        self._trouble = ""
        self._words = ()
        self.stop_drawing()
        if not keep_zoom:
            self.fit()
        self.update()

    def show_pixels(self, whole: Pixels, fitted: Pixels) -> None:
        """Show a picture, in its own size and in that of the stage."""
        self._whole = _image(whole)
        self._fitted = QPixmap.fromImage(_image(fitted))
        self._fitted.setDevicePixelRatio(self.devicePixelRatioF())
        self._shape = self._whole.size()
        self.setAccessibleName(say.picture_name.format(width=whole.width, height=whole.height))
        self.update()

    def show_words(self, words: Sequence[Word]) -> None:
        """Mark words in the picture."""
        self._words = tuple(words)
        self.update()

    def show_trouble(self, text: str) -> None:
        """Say why there is no picture."""
        self._trouble = text
        self._preview = self._whole = self._fitted = None
        self.update()

    def room(self) -> QSize:
        """Return the size that a fitted picture is to have, in device pixels."""
        return (QSize(self._shape).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)) * self.devicePixelRatioF()

    def fit(self) -> None:
        """Show all of the picture."""
        self._zoom, self._middle = 0.0, QPointF(0.5, 0.5)
        self.zoomed.emit()
        self.update()

    def zoom_by(self, steps: float, at: QPointF | None = None) -> None:
        """Come nearer by so many steps, or go back where negative; the pixel `at` stays where it is."""
        theme, before = self.theme, self._area()
        if before.isEmpty():
            return
        fit = self._fit_scale()
        wanted = (self._zoom or fit) * theme.metric("lightbox.zoom-step") ** steps
        if wanted <= fit * 1.001:
            self.fit()
            return
        anchor = at if at is not None else QRectF(self.rect()).center()
        share = QPointF((anchor.x() - before.left()) / before.width(), (anchor.y() - before.top()) / before.height())
        self._zoom = min(wanted, max(theme.metric("lightbox.zoom-most"), fit))
        size = self._scaled_size()
        centre = QRectF(self.rect()).center()
        self._middle = QPointF(
            share.x() - (anchor.x() - centre.x()) / size.x(), share.y() - (anchor.y() - centre.y()) / size.y()
        )
        self._keep_in_view()
        self.zoomed.emit()
        self.update()

    def start_drawing(self) -> None:
        """Let the mouse draw boxes."""
        self._drawing = True
        self.fit()
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.boxed.emit()

    def stop_drawing(self) -> None:
        """Let go of the boxes."""
        if self._drawing:
            self._drawing = False
            self._boxes.clear()
            self._corner = self._open = None
            self.unsetCursor()
            self.boxed.emit()
            self.update()

    def drop_box(self) -> None:
        """Take the last box away."""
        if self._boxes:
            self._boxes.pop()
            self.boxed.emit()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, 400)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_in_view()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, area = self.theme, self._area()
        radius = theme.metric("lightbox.radius")
        shown = area.intersected(QRectF(self.rect()))
        path = QPainterPath()
        path.addRoundedRect(shown, radius, radius)
        painter.setClipPath(path)
        if self._trouble:
            self._paint_trouble(painter, shown)
        else:
            self._paint_picture(painter, area)
            self._paint_words(painter, area)
        if self._drawing:
            self._paint_boxes(painter, area)
        painter.setClipping(False)
        edge = QColor(theme.colour("on-picture"))
        edge.setAlphaF(theme.metric("lightbox.edge"))
        stroke_round(painter, shown, radius, edge)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self._drawing:
            self.zoom_by(event.angleDelta().y() / _WHEEL_STEP, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._drawing:
            self._corner = self._share_of(event.position())
        elif self._zoom:
            self._pull = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._corner is not None:
            self._open = QRectF(self._corner, self._share_of(event.position())).normalized()
            self.update()
        elif self._pull is not None:
            size, moved = self._scaled_size(), event.position() - self._pull
            self._middle -= QPointF(moved.x() / size.x(), moved.y() / size.y())
            self._pull = event.position()
            self._keep_in_view()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        box, self._open, self._corner = self._open, None, None
        if self._pull is not None:
            self._pull = None
            self.unsetCursor()
        if box is not None and box.width() > _LEAST_BOX and box.height() > _LEAST_BOX:
            self._boxes.append(box)
            self.boxed.emit()
        self.update()
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self._drawing:
            if self._zoom:
                self.fit()
            else:
                self._show_own_size(event.position())

    def _show_own_size(self, at: QPointF) -> None:
        """Show one pixel of the picture for one of the screen, or come nearer where that is no more than all of it."""
        own = 1 / self.devicePixelRatioF() / self._fit_scale()
        steps = 1.0
        while own > self.theme.metric("lightbox.zoom-step") ** (steps + 1):
            steps += 1
        self.zoom_by(steps + 1, at)

    def _paint_picture(self, painter: QPainter, area: QRectF) -> None:
        if self._whole is not None and self._zoom:
            painter.drawImage(area, self._whole)
        elif self._fitted is not None and self._fits(area):
            painter.drawPixmap(area.topLeft().toPoint(), self._fitted)  # scaling it by a fraction would take long
        elif self._fitted is not None:
            painter.drawPixmap(area, self._fitted, QRectF(self._fitted.rect()))
        elif self._preview is not None:
            painter.drawPixmap(area, self._preview, QRectF(self._preview.rect()))
        else:
            painter.fillRect(area, self.theme.colour("surface"))

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        theme = self.theme
        veil, grow = QColor(theme.colour("accent")), theme.metric("lightbox.word-grow")
        veil.setAlphaF(theme.metric("lightbox.word-veil"))
        for word in self._words:
            place = _within(area, QRectF(word.left, word.top, word.width, word.height))
            place.adjust(-grow, -grow, grow, grow)
            fill_round(painter, place, theme.metric("radius.bar"), veil)
            stroke_round(painter, place, theme.metric("radius.bar"), theme.colour("accent-text"))

    def _paint_trouble(self, painter: QPainter, area: QRectF) -> None:
        theme = self.theme
        painter.fillRect(area, theme.colour("surface"))
        side = theme.px("size.app-tile")
        mark = QRectF(0, 0, side, side)
        mark.moveCenter(area.center() - QPointF(0, side))
        self.look.icons.paint(painter, "image-off", theme.colour("text-tertiary"), mark)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text-secondary"))
        below = area.adjusted(side, area.height() / 2, -side, 0)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self._trouble)

    def _paint_boxes(self, painter: QPainter, area: QRectF) -> None:
        theme = self.theme
        veil = QColor(theme.colour("picture-veil"))
        veil.setAlphaF(theme.metric("gallery.veil") / 2)
        painter.fillRect(area, veil)
        boxes = [*self._boxes, *([self._open] if self._open is not None else [])]
        for box in boxes:
            place = _within(area, box)
            painter.fillRect(place, theme.colour("picture-button"))
            painter.setPen(QPen(theme.colour("accent-text"), theme.metric("gallery.ring")))
            painter.drawRect(place)

    def _fits(self, area: QRectF) -> bool:
        """Whether the fitted picture has the size of its place, but for a fraction of a pixel."""
        if self._fitted is None:
            return False
        size = self._fitted.deviceIndependentSize()
        return abs(size.width() - area.width()) <= 1 and abs(size.height() - area.height()) <= 1

    def _share_of(self, place: QPointF) -> QPointF:
        """Return where in the picture a place of the widget lies, as fractions within it."""
        area = self._area()
        across = (place.x() - area.left()) / max(1.0, area.width())
        down = (place.y() - area.top()) / max(1.0, area.height())
        return QPointF(min(max(across, 0.0), 1.0), min(max(down, 0.0), 1.0))

    def _fit_scale(self) -> float:
        return min(self.width() / max(1, self._shape.width()), self.height() / max(1, self._shape.height()))

    def _scaled_size(self) -> QPointF:
        scale = self._zoom or self._fit_scale()
        return QPointF(max(1.0, self._shape.width() * scale), max(1.0, self._shape.height() * scale))

    def _area(self) -> QRectF:
        """Return where the picture lies, parts of it maybe out of view."""
        size, centre = self._scaled_size(), QRectF(self.rect()).center()
        left, top = centre.x() - self._middle.x() * size.x(), centre.y() - self._middle.y() * size.y()
        return QRectF(left, top, size.x(), size.y())

    def _keep_in_view(self) -> None:
        """Leave no room beside a picture that is larger than the stage."""
        size = self._scaled_size()
        shares = []
        for middle, length, room in (
            (self._middle.x(), size.x(), self.width()),
            (self._middle.y(), size.y(), self.height()),
        ):
            half = min(0.5, room / 2 / length)
            shares.append(min(max(middle, half), 1 - half))
        self._middle = QPointF(*shares)


def _within(area: QRectF, box: QRectF) -> QRectF:
    """Return where a box (fractions of the picture) lies in the picture's area."""
    return QRectF(
        area.left() + box.left() * area.width(),
        area.top() + box.top() * area.height(),
        box.width() * area.width(),
        box.height() * area.height(),
    )


def _image(pixels: Pixels) -> QImage:
    """Return a picture of its own memory, as Qt only borrows what it is given."""
    borrowed = QImage(pixels.data, pixels.width, pixels.height, 4 * pixels.width, QImage.Format.Format_RGB32)
    return borrowed.copy()
