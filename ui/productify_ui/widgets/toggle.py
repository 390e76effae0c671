"""A switch that is on or off."""

from PySide6.QtCore import QRectF, QSize, QVariantAnimation, Slot
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from productify_ui.widgets.base import by_keyboard
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, focus_ring

_EDGE = 2.0


class Toggle(QCheckBox):
    """A check box drawn as a switch; `name` says to a screen reader what it switches."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._ring = False
        self._place = 0.0
        self._slide = QVariantAnimation(self)
        self._slide.valueChanged.connect(self._move)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._start)
        look.theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        return QSize(theme.px("size.toggle-width"), theme.px("size.hit-min"))

    def hitButton(self, where: object) -> bool:
        return self.isEnabled()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme = self._look.theme
        track = QRectF(0, 0, theme.px("size.toggle-width"), theme.px("size.toggle-height"))
        track.moveCenter(QRectF(self.rect()).center())
        painter.setOpacity(1.0 if self.isEnabled() else 0.45)
        fill_round(painter, track, track.height() / 2, theme.colour("accent" if self.isChecked() else "toggle-off"))
        side = track.height() - 2 * _EDGE
        left = track.left() + _EDGE + self._place * (track.width() - side - 2 * _EDGE)
        knob = theme.colour("toggle-knob-on" if self.isChecked() else "toggle-knob-off")
        fill_round(painter, QRectF(left, track.top() + _EDGE, side, side), side / 2, knob)
        if self._ring:
            focus_ring(painter, track, track.height() / 2, theme)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = by_keyboard(event)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        super().focusOutEvent(event)

    @Slot(bool)
    def _start(self, on: bool) -> None:
        duration = self._look.theme.duration("hover") if self.isVisible() else 0
        self._slide.stop()
        if not duration:
            self._move(float(on))
            return
        self._slide.setDuration(duration)
        self._slide.setStartValue(self._place)
        self._slide.setEndValue(float(on))
        self._slide.start()

    @Slot(object)
    def _move(self, place: float) -> None:
        self._place = float(place)
        self.update()
