"""The small window that shows a running focus session above all others."""

from PySide6.QtCore import QMargins, QObject, QPoint, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QHideEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from productify.domain import FocusState, Phase
from productify_ui.compositor import is_blending
from productify_ui.text.focus import focus_words as say
from productify_ui.text.focus import title_of
from productify_ui.text.focus_time import digits_of, ring_of
from productify_ui.views.context import ViewContext
from productify_ui.views.focus_actions import is_locked
from productify_ui.widgets.base import Painted
from productify_ui.widgets.button import Button, Kind
from productify_ui.widgets.figure import Figure
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased
from productify_ui.widgets.popup import paint_plate, rounded_region

_TURN = 360 * 16
_TOP = 90 * 16
_SETTING = "focus_floating"


class SmallRing(Painted):
    """A ring without words."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._share = 0.0
        self._is_paused = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float, *, paused: bool) -> None:
        """Show a share from 0 to 1."""
        if (share, paused) != (self._share, self._is_paused):
            self._share, self._is_paused = share, paused
            self.update()

    def sizeHint(self) -> QSize:
        side = self.theme.px("floating.ring")
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        width = self.theme.metric("floating.ring-line")
        ring = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(self.theme.colour("track"), width))
        painter.drawEllipse(ring)
        if self._share > 0:
            tone = self.theme.colour("neutral-text" if self._is_paused else "accent-text")
            painter.setPen(QPen(tone, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawArc(ring, _TOP, -round(self._share * _TURN))
        painter.end()


class FloatingTimer(QWidget):
    """Ring, title, time, pause and end; it can be dragged anywhere and never takes the keyboard by itself."""

    def __init__(self, context: ViewContext) -> None:
        flags = (
            Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.NoDropShadowWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus
        )  # fmt: skip
        super().__init__(None, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowTitle(say.floating)
        self._context = context
        look, actions = context.look, context.focus_actions
        self.ring = SmallRing(look, self)
        self.title = Label(look, role="small", tone="text-secondary", elide=True, parent=self)
        self.time = Figure(look, "stat-s", self)
        self.pause = Button(look, icon="pause", kind=Kind.GHOST, name=say.tray_pause, parent=self)
        self.pause.clicked.connect(actions.toggle_pause)
        self.end = Button(look, icon="square", kind=Kind.GHOST, name=say.palette_end, parent=self)
        self.end.clicked.connect(actions.ask_end)
        self._is_placed = False
        self._lay_out()
        self._size()
        context.theme.changed.connect(self._size)
        context.focus.changed.connect(self.renew)
        context.focus.ticked.connect(self.renew)
        self.renew()

    @Slot()
    def renew(self) -> None:
        """Show the session as it is now."""
        now = self._context.focus.now
        if now is None:
            return
        paused, locked = now.state is FocusState.PAUSED, is_locked(now)
        shown = ring_of(now, self._context.now(), self._context.zone)
        self.ring.show_share(shown.share, paused=paused)
        self.title.setText(title_of(now.plan.title))
        self.time.show_parts(((digits_of(now), ""),), spoken=shown.spoken)
        self.pause.set_icon("play" if paused else "pause")
        self.pause.set_name(say.tray_resume if paused else say.tray_pause)
        self.pause.setEnabled(not locked and (paused or now.phase is not Phase.OVERTIME))
        self.end.setEnabled(not locked)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._context.focus.watch(self)
        self.renew()

    def hideEvent(self, event: QHideEvent) -> None:
        self._context.focus.unwatch(self)
        super().hideEvent(event)

    def appear(self) -> None:
        """Show it, the first time in the lower left corner of the screen."""
        if not self._is_placed:
            self._is_placed = True
            edge, away = self._context.theme.px("popup.shadow"), self._context.theme.px("floating.edge")
            room = self.screen().availableGeometry()
            self.move(QPoint(room.left() + away - edge, room.bottom() + 1 - away + edge - self.height()))
        self._cut_out()
        self.show()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        handle = self.windowHandle()
        if event.button() is Qt.MouseButton.LeftButton and handle is not None:
            handle.startSystemMove()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        paint_plate(painter, self._context.look, self._plate(), self._context.theme.metric("radius.floating-timer"))
        painter.end()

    def _plate(self) -> QRectF:
        edge = self._context.theme.px("popup.shadow")
        return QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)

    def _lay_out(self) -> None:
        theme = self._context.theme
        edge, side = theme.px("popup.shadow"), theme.px("floating.side")
        row, texts = QHBoxLayout(self), QVBoxLayout()
        row.setContentsMargins(QMargins(edge, edge, edge, edge) + QMargins(side, 0, side, 0))
        row.setSpacing(theme.px("space.6"))
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(self.title)
        texts.addWidget(self.time, 0, Qt.AlignmentFlag.AlignLeft)
        texts.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px("space.1"))
        buttons.addWidget(self.pause)
        buttons.addWidget(self.end)
        row.addWidget(self.ring)
        row.addLayout(texts, 1)
        row.addLayout(buttons)

    @Slot()
    def _size(self) -> None:
        """Be as large as the text asks for."""
        theme = self._context.theme
        edge = theme.px("popup.shadow")
        self.setFixedSize(theme.scaled("floating.width") + 2 * edge, theme.scaled("floating.height") + 2 * edge)
        self._cut_out()
        self.update()

    def _cut_out(self) -> None:
        if not is_blending():
            self.setMask(rounded_region(self._plate(), self._context.theme.metric("radius.floating-timer")))


class Floating(QObject):
    """Keeps the small window in view while a session runs and the settings want it."""

    def __init__(self, context: ViewContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.timer: FloatingTimer | None = None
        context.focus.changed.connect(self._renew)
        context.preferences.changed.connect(self._renew)

    def close(self) -> None:
        """Take it away for good."""
        self._context.focus.changed.disconnect(self._renew)
        self._context.preferences.changed.disconnect(self._renew)
        if self.timer is not None:
            self.timer.close()
            self.timer.deleteLater()
            self.timer = None

    @Slot()
    def _renew(self) -> None:
        is_wanted = self._context.focus.now is not None and self._context.preferences.settings.flag(_SETTING)
        if is_wanted and self.timer is None:
            self._context.theme.bring_fonts()
            self.timer = FloatingTimer(self._context)
        if self.timer is not None and is_wanted != self.timer.isVisible():
            if is_wanted:
                self.timer.appear()
            else:
                self.timer.hide()
