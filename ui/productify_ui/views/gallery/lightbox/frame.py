"""What stands around the picture: the line above it, the arrows on it, the bar for covering, the keys below."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from productify_ui.text.lightbox import lightbox_words as say
from productify_ui.views.gallery.lightbox.side import KeyCap
from productify_ui.widgets.base import Painted, PaintedButton
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, focus_ring, stroke_round


class Arrow(PaintedButton):
    """A button over the picture that goes to the one beside it."""

    def __init__(self, look: Look, icon: str, name: str, parent: QWidget) -> None:
        super().__init__(look, parent=parent)
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        side = self.theme.px("lightbox.arrow")
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, rect = self.theme, QRectF(self.rect())
        radius = theme.metric("radius.button-l")
        ground, edge = QColor(theme.colour("bg")), QColor(theme.colour("on-picture"))
        ground.setAlphaF(1.0 if self.hovered else theme.metric("lightbox.arrow-veil"))
        edge.setAlphaF(theme.metric("lightbox.edge"))
        fill_round(painter, rect, radius, ground)
        stroke_round(painter, rect, radius, edge)
        side = theme.px("size.icon-l")
        mark = QRectF(0, 0, side, side)
        mark.moveCenter(rect.center())
        self.look.icons.paint(painter, self._icon, theme.colour("on-picture"), mark)
        if self.ring_shown:
            focus_ring(painter, rect, radius, theme)
        painter.end()


class TopLine(QWidget):
    """The way out, when the picture was taken, and how near it is shown."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.theme
        self.close_button = Button(look, icon="x", kind=Kind.GHOST, name=say.close, parent=self)
        self.clock = Label(look, role="note-title", parent=self)
        self.place = Label(look, role="body", tone="text-tertiary", elide=True, parent=self)
        self.zoom_out = Button(look, icon="zoom-out", kind=Kind.GHOST, name=say.zoom_out, parent=self)
        self.zoom = Button(look, say.fit, kind=Kind.GHOST, size=Size.SMALL, name=say.zoom_name, parent=self)
        self.zoom.setToolTip(say.zoom_name)
        self.zoom_in = Button(look, icon="zoom-in", kind=Kind.GHOST, name=say.zoom_in, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px("space.4"))
        row.addWidget(self.close_button)
        row.addWidget(self.clock)
        row.addWidget(self.place, 1)
        for button in (self.zoom_out, self.zoom, self.zoom_in):
            row.addWidget(button)
        self.setFixedHeight(theme.scaled("lightbox.top"))

    def show_zoom(self, percent: int | None) -> None:
        """Say how near the picture is shown; None is fitted."""
        self.zoom.setText(say.fit if percent is None else say.percent.format(percent=percent))
        self.zoom_out.setEnabled(percent is not None)


class CoverBar(Painted):
    """Says what drawing boxes does, and that it lasts; `applied` and `cancelled` tell of its buttons."""

    applied = Signal()
    cancelled = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        theme = self.theme
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px("card.side"), 0, theme.px("space.6"), 0)
        row.setSpacing(theme.px("space.4"))
        texts = QVBoxLayout()
        texts.setSpacing(theme.px("space.1"))
        texts.addStretch(1)
        for text, role, tone in (
            (say.cover_title, "card-title", "text-primary"),
            (say.cover_hint, "small", "text-secondary"),
        ):
            texts.addWidget(Label(look, text, role, tone, elide=True, parent=self))
        texts.addStretch(1)
        row.addLayout(texts, 1)
        cancel = Button(look, say.cover_cancel, size=Size.SMALL, parent=self)
        cancel.clicked.connect(self.cancelled)
        self.apply = Button(look, say.cover_apply, kind=Kind.PRIMARY, size=Size.SMALL, parent=self)
        self.apply.clicked.connect(self.applied)
        row.addWidget(cancel)
        row.addWidget(self.apply)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, rect = self.theme, QRectF(self.rect())
        fill_round(painter, rect, theme.metric("banner.radius"), theme.colour("surface-raised"))
        stroke_round(painter, rect, theme.metric("banner.radius"), theme.colour("hairline-strong"))
        painter.end()


class KeyLine(QWidget):
    """The keys that go from picture to picture."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px("space.3"))
        row.addStretch(1)
        for keys, text in (
            ((say.key_left, say.key_right), say.hint_step),
            ((say.key_shift_left, say.key_shift_right), say.hint_hour),
            ((say.key_escape,), say.hint_close),
        ):
            for key in keys:
                row.addWidget(KeyCap(look, key, self))
            row.addWidget(Label(look, text, "small", "text-tertiary", parent=self), 0, Qt.AlignmentFlag.AlignVCenter)
            row.addSpacing(theme.px("space.6"))
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
