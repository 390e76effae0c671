"""The screenshot in the inspector, with how many there are; a click opens it."""

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify.domain import Shot
from productify_ui.text import formats
from productify_ui.text.timeline import timeline_words as say
from productify_ui.views.timeline.screens import ShotPainter
from productify_ui.widgets.base import PaintedButton
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, focus_ring


class ShotPreview(PaintedButton):
    """Shows one of some shots; `opened` carries it when it is clicked."""

    opened = Signal(object)

    def __init__(self, look: Look, shots: ShotPainter, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self._shots = shots
        self._shot: Shot | None = None
        self._caption = ""
        shots.thumbs.arrived.connect(self.update)
        self.clicked.connect(self._open)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def settled(self) -> bool:
        """Whether its picture is here."""
        return self._shot is None or self._shots.thumbs.has(self._shot.id)

    def show_shots(self, shots: Sequence[Shot], zone: tzinfo) -> None:
        """Show the middle one of these, nothing where there is none."""
        self._shot = shots[len(shots) // 2] if shots else None
        self.setVisible(bool(shots))
        if self._shot is not None:
            clock = formats.clock(self._shot.captured_at, zone)
            self._caption = (say.shot_at if len(shots) == 1 else say.shots_at).format(clock=clock, count=len(shots))
            self.setAccessibleName(say.open_shot.format(clock=clock))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, self.theme.px("timeline.inspector-picture"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._shot is None:
            return
        painter = antialiased(QPainter(self))
        theme, area = self.theme, QRectF(self.rect())
        self._shots.paint_picture(painter, self._shot, area, theme.metric("radius.control"))
        width = theme.font_metrics("small-strong").horizontalAdvance(self._caption) + 2 * theme.metric("space.4")
        height, inset = theme.scaled("size.chip"), theme.metric("space.4")
        badge = QRectF(area.left() + inset, area.bottom() - height - inset, width, height)
        ground = QColor(theme.colour("picture-veil"))
        ground.setAlphaF(theme.metric("timeline.screen-badge-alpha"))
        fill_round(painter, badge, theme.metric("radius.chip"), ground)
        painter.setFont(theme.font("small-strong"))
        painter.setPen(theme.colour("on-picture"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, self._caption)
        if self.ring_shown:
            focus_ring(painter, area, theme.metric("radius.control"), theme)
        painter.end()

    @Slot()
    def _open(self) -> None:
        if self._shot is not None:
            self.opened.emit(self._shot)
