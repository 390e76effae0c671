"""What stands where there is no picture to show, and the one thing that can be done about it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify_ui.text.gallery import gallery_words as say
from productify_ui.views.gallery.grid import Measures
from productify_ui.views.gallery.painter import measures_of
from productify_ui.widgets.base import Painted
from productify_ui.widgets.button import Button, Kind
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, stroke_round
from productify_ui.widgets.popup import paint_plate
from productify_ui.widgets.symbol import Symbol

_POINT_ICONS = ("images", "hard-drive", "shield-check", "clock")


class NotePlate(Painted):
    """A title, a sentence, points with icons, and buttons, on a plate."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        theme = self.theme
        self.title = Label(look, role="note-title", parent=self)
        self.hint = Label(look, role="body", tone="text-secondary", parent=self)
        self.act = Button(look, parent=self)
        self.other = Button(look, parent=self)
        self._column = QVBoxLayout(self)
        edge = theme.px("popup.shadow")
        side, top = edge + theme.px("empty.side"), edge + theme.px("empty.top")
        self._column.setContentsMargins(side, top, side, top)
        self._column.setSpacing(theme.px("space.3"))
        for label in (self.title, self.hint):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._column.addWidget(label)
        self._points = QWidget(self)
        self._point_column = QVBoxLayout(self._points)
        self._point_column.setContentsMargins(0, theme.px("space.4"), 0, theme.px("space.4"))
        self._point_column.setSpacing(theme.px("space.5"))
        self._column.addWidget(self._points)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, theme.px("space.4"), 0, theme.px("space.2"))
        buttons.addStretch(1)
        for button in (self.other, self.act):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._column.addLayout(buttons)
        self.restyle()

    def restyle(self) -> None:
        self.setFixedWidth(self.theme.scaled("gallery.note-width") + 2 * self.theme.px("popup.shadow"))

    def tell(self, title: str, hint: str, points: Sequence[str], act: str, other: str, *, primary: bool) -> None:
        """Say this; a button without text is not there."""
        self.title.setText(title)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self._show_points(points)
        for button, text in ((self.act, act), (self.other, other)):
            button.setText(text)
            button.setVisible(bool(text))
        self.act.set_kind(Kind.PRIMARY if primary else Kind.SECONDARY)
        self.setAccessibleName(" ".join((title, hint, *points)))
        self.adjustSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        edge = self.theme.px("popup.shadow")
        plate = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        paint_plate(painter, self.look, plate, self.theme.metric("radius.card"))
        painter.end()

    def _show_points(self, points: Sequence[str]) -> None:
        while self._point_column.count():
            item = self._point_column.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for icon, text in zip(_POINT_ICONS, points, strict=False):
            self._point_column.addWidget(self._point(icon, text))
        self._points.setVisible(bool(points))

    def _point(self, icon: str, text: str) -> QWidget:
        holder = QWidget(self._points)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.theme.px("space.6"))
        row.addWidget(Symbol(self.look, icon, "text-tertiary", holder), 0, Qt.AlignmentFlag.AlignTop)
        label = Label(self.look, text, "body", "text-secondary", parent=holder)
        label.setWordWrap(True)
        row.addWidget(label, 1)
        return holder


class Nothing(Painted):
    """A note over the outlines of pictures; `acted` and `other` tell of its buttons."""

    acted = Signal()
    other = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._measures: Measures = measures_of(look.theme, "medium", compact=False)
        self.note = NotePlate(look, self)
        self.note.act.clicked.connect(self.acted)
        self.note.other.clicked.connect(self.other)
        grid = QVBoxLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.note, 0, Qt.AlignmentFlag.AlignCenter)

    def tell_off(self, days: int, limit: str) -> None:
        """Say that none are taken, what they would keep and never show, and offer to begin."""
        points = say.off_lines(days, limit)
        self.note.tell(say.off_title, say.off_hint, points, say.off_button, say.privacy_button, primary=True)

    def tell_none(self, hint: str) -> None:
        """Say that there are none in the period."""
        self.note.tell(say.none_title, hint, (), "", "", primary=False)

    def tell_unmatched(self) -> None:
        """Say that the filter leaves none."""
        self.note.tell(say.unmatched_title, say.unmatched_hint, (), say.show_all, "", primary=False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, measures = self.theme, self._measures
        side = theme.px("size.page-padding")
        columns = max(1, (self.width() - 2 * side + measures.gap) // (measures.width + measures.gap))
        pitch = measures.height + measures.caption + measures.row_gap
        painter.setOpacity(theme.metric("gallery.ghost"))
        for number in range(columns * (self.height() // pitch + 1)):
            row, column = divmod(number, columns)
            left, top = side + column * (measures.width + measures.gap), measures.head + row * pitch
            area = QRectF(left, top, measures.width, measures.height)
            stroke_round(painter, area, theme.metric("radius.thumb"), theme.colour("hairline"))
        painter.end()
