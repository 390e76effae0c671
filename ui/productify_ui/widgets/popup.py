"""Things that open above the page: a shadowed plate, and menus."""

from PySide6.QtCore import QMargins, QPoint, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QAction,
    QColor,
    QGuiApplication,
    QIcon,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
    QRegion,
    QShowEvent,
)
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from productify_ui.compositor import is_blending
from productify_ui.widgets.base import without_access_key
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, stroke_round


def paint_plate(painter: QPainter, look: Look, plate: QRectF, radius: float) -> None:
    """Draw a popup's surface with its shadow, which needs `popup.shadow` of room around `plate`."""
    edge = look.theme.px("popup.shadow")
    size = plate.size().toSize()
    shadow = look.shadow(size.width(), size.height(), radius, painter.device().devicePixelRatioF())
    painter.drawPixmap(plate.topLeft() - QPoint(edge, edge).toPointF(), shadow)
    fill_round(painter, plate, radius, look.theme.colour("surface-raised"))
    stroke_round(painter, plate, radius, look.theme.colour("hairline-strong"))


def rounded_region(rect: QRectF, radius: float) -> QRegion:
    """Return a rounded rectangle, to cut a window to it."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return QRegion(path.toFillPolygon().toPolygon())


class Popup(QWidget):
    """A plate in a window of its own that closes when something else is clicked."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        kind = Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
        super().__init__(parent, kind)
        self.look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        edge, pad = look.theme.px("popup.shadow"), look.theme.px("popup.pad")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(QMargins(edge, edge, edge, edge) + pad)
        self.body.setSpacing(look.theme.px("space.2"))

    def open_below(self, anchor: QWidget) -> None:
        """Show it under `anchor`, or above where the screen ends."""
        self.adjustSize()
        if self.hasHeightForWidth():  # which adjustSize asks for the width it would like, not for the one it may have
            self.resize(self.width(), self.heightForWidth(self.width()))
        edge, offset = self.look.theme.px("popup.shadow"), self.look.theme.px("popup.offset")
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + offset))
        place = QRect(corner - QPoint(edge, edge), self.size())
        screen = QGuiApplication.screenAt(corner) or anchor.screen()
        room = screen.availableGeometry()
        if place.bottom() - edge > room.bottom():
            place.moveBottom(anchor.mapToGlobal(QPoint(0, -offset)).y() + edge)
        place.moveRight(min(place.right(), room.right() + edge))
        place.moveLeft(max(place.left(), room.left() - edge))
        self.move(place.topLeft())
        if not is_blending():
            plate = QRectF(QPoint(0, 0).toPointF(), self.size().toSizeF()).adjusted(edge, edge, -edge, -edge)
            self.setMask(rounded_region(plate, self.look.theme.metric("radius.card")))
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        edge = self.look.theme.px("popup.shadow")
        plate = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        paint_plate(painter, self.look, plate, self.look.theme.metric("radius.card"))
        painter.end()


class Menu(QMenu):
    """A context menu with rounded corners; its actions belong to it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._dressed = False
        self.aboutToShow.connect(self._dress)
        look.theme.changed.connect(self._tint)
        self.setWindowFlags(
            self.windowFlags() | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
        )
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setToolTipsVisible(True)

    def open_below(self, anchor: QWidget) -> None:
        """Show it under `anchor` and at least as wide, or above where the screen ends."""
        self.setMinimumWidth(anchor.width())
        gap, height = self._look.theme.px("space.2"), self.sizeHint().height()
        below = anchor.mapToGlobal(QPoint(0, anchor.height() + gap))
        above = anchor.mapToGlobal(QPoint(0, -gap - height))
        room = anchor.screen().availableGeometry()
        fits = below.y() + height <= room.bottom() or above.y() < room.top()
        self.popup(below if fits else above)

    def sizeHint(self) -> QSize:
        self._dress()
        return super().sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        if not is_blending():
            self.setMask(rounded_region(QRectF(self.rect()), self._look.theme.metric("radius.card")))
        super().showEvent(event)

    def add(self, text: str, icon: str | None = None, detail: str = "") -> QAction:
        """Add an action; `detail` stands at the right end."""
        plain = without_access_key(text)
        action = QAction(f"{plain}\t{detail}" if detail else plain, self)
        if icon:
            self.set_icon(action, icon)
        self.addAction(action)
        return action

    def set_icon(self, action: QAction, icon: str) -> None:
        """Show another icon before an action."""
        action.setData(icon)
        action.setIcon(self._symbol(icon))

    @Slot()
    def _dress(self) -> None:
        """Take the style sheet over when it is first needed: a tray whose menu stays closed saves its memory."""
        if not self._dressed:
            self._dressed = True
            self._look.dress(self)

    @Slot()
    def _tint(self) -> None:
        for action in self.actions():
            if isinstance(name := action.data(), str):
                action.setIcon(self._symbol(name))

    def add_swatch(self, text: str, colour: str, *, checked: bool) -> QAction:
        """Add an action behind a square of `colour`; a check mark stands at the one in force."""
        action = self.add(text)
        action.setIcon(QIcon(self._swatch(colour, checked=checked)))
        action.setCheckable(True)
        action.setChecked(checked)
        return action

    def _symbol(self, name: str) -> QIcon:
        theme = self._look.theme
        return self._look.icons.icon(name, theme.colour("text-secondary"), theme.px("size.icon"))

    def _swatch(self, colour: str, *, checked: bool) -> QPixmap:
        theme = self._look.theme
        side, dpr = theme.px("size.icon"), self.devicePixelRatioF()
        pixmap = QPixmap(round(side * dpr), round(side * dpr))
        pixmap.setDevicePixelRatio(dpr)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = antialiased(QPainter(pixmap))
        edge = side * (0.12 if checked else 0.25)
        area = QRectF(0, 0, side, side).adjusted(edge, edge, -edge, -edge)
        if checked:
            fill_round(painter, area, theme.metric("radius.bar"), theme.colour("text-primary"))
            area.adjust(2, 2, -2, -2)
        fill_round(painter, area, theme.metric("radius.swatch"), QColor(colour))
        painter.end()
        return pixmap
