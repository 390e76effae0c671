"""Short news in the lower right corner that goes away by itself."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify_ui.text.words import words
from productify_ui.widgets.base import Painted
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.news import News
from productify_ui.widgets.paint import antialiased, fill_round
from productify_ui.widgets.popup import paint_plate


class Toast(Painted):
    """One piece of news; it stays while the mouse is on it."""

    gone = Signal()

    def __init__(self, look: Look, news: News, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._news = news
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(self.theme.px("toast.time"))
        self._timer.timeout.connect(self.gone)
        self.setAccessibleName(f"{news.title} {news.hint}".strip())
        self._build()
        self._timer.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme = self.theme
        edge, side = theme.px("popup.shadow"), theme.px("toast.plate")
        plate = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        paint_plate(painter, self.look, plate, theme.metric("radius.card"))
        corner = plate.topLeft()
        icon = QRectF(corner.x() + theme.px("toast.side"), corner.y() + theme.px("toast.top"), side, side)
        fill_round(painter, icon, theme.metric("toast.plate-radius"), theme.colour(f"{self._news.tone}-soft"))
        inner = QRectF(0, 0, theme.px("size.icon-l"), theme.px("size.icon-l"))
        inner.moveCenter(icon.center())
        self.look.icons.paint(painter, self._news.icon, theme.colour(_ink(self._news.tone)), inner)
        painter.end()

    def _build(self) -> None:
        theme = self.theme
        edge, side, top = theme.px("popup.shadow"), theme.px("toast.side"), theme.px("toast.top")
        row = QHBoxLayout(self)
        left = edge + side + theme.px("toast.plate") + theme.px("space.6")
        row.setContentsMargins(left, edge + top, edge + theme.px("space.5"), edge + top)
        row.setSpacing(theme.px("space.4"))
        texts = QVBoxLayout()
        texts.setSpacing(theme.px("space.1"))
        title = Label(self.look, self._news.title, "card-title", parent=self)
        hint = Label(self.look, self._news.hint, "body", "text-secondary", parent=self)
        for label in (title, hint):
            label.setWordWrap(True)
            texts.addWidget(label)
        hint.setVisible(bool(self._news.hint))
        if self._news.act is not None:
            button = Button(self.look, self._news.action, size=Size.SMALL, parent=self)
            button.clicked.connect(self._acted)
            texts.addSpacing(theme.px("space.4"))
            texts.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)  # else the texts became as narrow as it is
        row.addLayout(texts, 1)
        close = Button(self.look, icon="x", kind=Kind.GHOST, size=Size.SMALL, name=words.close, parent=self)
        close.clicked.connect(self.gone)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.setFixedWidth(theme.scaled("toast.width") + 2 * edge)

    @Slot()
    def _acted(self) -> None:
        if self._news.act is not None:
            self._news.act()
        self.gone.emit()


class Toasts(QObject):
    """Keeps the toasts of one window in its lower right corner, the newest lowest, at most two."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._toasts: list[Toast] = []
        self._clear = 0
        self._floor = 0
        window.installEventFilter(self)

    def tell(self, news: News) -> None:
        """Show a piece of news."""
        toast = Toast(self._look, news, self._window)
        toast.gone.connect(self._drop)
        self._toasts.append(toast)
        while len(self._toasts) > self._look.theme.px("toast.most"):
            self._remove(self._toasts[0])
        toast.show()
        self._place()

    def stand_on(self, height: int) -> None:
        """Leave room below them for what covers the corner, in logical pixels."""
        self._floor = height
        self._place()

    @Slot(int)
    def keep_clear(self, side: int) -> None:
        """Leave so many pixels at the right side free, as far as the window is wide enough."""
        if side != self._clear:
            self._clear = side
            self._place()

    @property
    def shown(self) -> tuple[Toast, ...]:
        """The toasts in view, oldest first."""
        return tuple(self._toasts)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    @Slot()
    def _drop(self) -> None:
        sender = self.sender()
        if isinstance(sender, Toast):
            self._remove(sender)
            self._place()

    def _remove(self, toast: Toast) -> None:
        if toast in self._toasts:
            self._toasts.remove(toast)
            toast.hide()
            toast.deleteLater()

    def _place(self) -> None:
        theme = self._look.theme
        edge, gap = theme.px("popup.shadow"), theme.px("toast.gap")
        bottom = self._window.height() - theme.px("toast.edge") - self._floor
        for toast in reversed(self._toasts):
            toast.adjustSize()
            height = toast.heightForWidth(toast.width()) if toast.hasHeightForWidth() else toast.sizeHint().height()
            toast.resize(toast.width(), height)
            left = self._window.width() - self._clear - theme.px("toast.edge") - toast.width() + edge
            toast.move(max(left, -edge), bottom - height + edge)
            toast.raise_()
            bottom -= height - 2 * edge + gap


def _ink(tone: str) -> str:
    return tone if tone in ("success", "warn", "danger") else f"{tone}-text"
