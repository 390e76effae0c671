"""A month to pick a day from."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from productify_ui.text import formats
from productify_ui.text.words import words
from productify_ui.widgets.base import Focusable
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, focus_ring, stroke_round
from productify_ui.widgets.popup import Popup

_WEEK = 7
_ROWS = 6


class MonthGrid(Focusable):
    """The days of a month, Monday first; days after `last` cannot be picked. Arrow keys, Page keys, Enter."""

    picked = Signal(object)
    moved = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.day = self.last = self._chosen = date.min
        self._hovered: date | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_day(self, day: date, last: date) -> None:
        """Show the month of `day`, which is marked as chosen."""
        self.day = self._chosen = day
        self.last = last
        self._tell()

    def go(self, day: date) -> None:
        """Move the cursor."""
        self.day = min(day, self.last)
        self._tell()

    def sizeHint(self) -> QSize:
        cell = self.theme.scaled("calendar.cell")
        return QSize(_WEEK * cell, (_ROWS + 1) * cell)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        painter.setFont(self.theme.font("caption"))
        painter.setPen(self.theme.colour("text-tertiary"))
        for column in range(_WEEK):
            name = QLocale().dayName(column + 1, QLocale.FormatType.ShortFormat)[:2]
            painter.drawText(self._cell(-1, column), Qt.AlignmentFlag.AlignCenter, name)
        for index in range(_ROWS * _WEEK):
            self._paint_day(painter, self._cell(*divmod(index, _WEEK)), self._first() + timedelta(days=index))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -_WEEK,
            Qt.Key.Key_Down: _WEEK,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.go(self.day + timedelta(days=steps[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(1 if key is Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self.day)
        else:
            super().keyPressEvent(event)

    def turn(self, months: int) -> None:
        """Go some months forward or back."""
        count = self.day.year * 12 + self.day.month - 1 + months
        first = date(count // 12, count % 12 + 1, 1)
        following = (first + timedelta(days=31)).replace(day=1)
        self.go(min(first + timedelta(days=self.day.day - 1), following - timedelta(days=1)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._at(event.position())
        if day is not None and day <= self.last:
            self.picked.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._at(event.position())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()
        super().leaveEvent(event)

    def _paint_day(self, painter: QPainter, cell: QRectF, day: date) -> None:
        theme = self.theme
        pickable, chosen = day <= self.last, day == self._chosen
        box = cell.adjusted(1, 1, -1, -1)
        radius = theme.metric("radius.chip")
        if chosen:
            fill_round(painter, box, radius, theme.colour("accent"))
        elif pickable and day == self._hovered:
            fill_round(painter, box, radius, theme.colour("surface-hover"))
        if day == self.last and not chosen:
            stroke_round(painter, box, radius, theme.colour("control-border"))
        inside = day.month == self.day.month
        tone = "on-accent" if chosen else "text-primary" if pickable and inside else "text-tertiary"
        painter.setFont(theme.font("small-strong" if chosen else "small"))
        painter.setPen(theme.colour(tone if pickable else "text-disabled"))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if self.ring_shown and day == self.day:
            focus_ring(painter, box, radius, theme)

    def _first(self) -> date:
        first = self.day.replace(day=1)
        return first - timedelta(days=first.weekday())

    def _cell(self, row: int, column: int) -> QRectF:
        side = self.theme.scaled("calendar.cell")
        return QRectF(column * side, (row + 1) * side, side, side)

    def _at(self, where: QPointF) -> date | None:
        side = self.theme.scaled("calendar.cell")
        row, column = int(where.y() // side) - 1, int(where.x() // side)
        inside = 0 <= row < _ROWS and 0 <= column < _WEEK
        return self._first() + timedelta(days=row * _WEEK + column) if inside else None

    def _tell(self) -> None:
        self.setAccessibleName(formats.long_day(self.day))
        self.moved.emit()
        self.update()


class CalendarPopup(Popup):
    """A month with arrows to turn it; `picked` carries the day, then it closes."""

    picked = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self.grid = MonthGrid(look, self)
        self.grid.picked.connect(self._pick)
        self.grid.moved.connect(self._name_month)
        self._month = Label(look, role="card-title", parent=self)
        bar = QHBoxLayout()
        bar.setContentsMargins(look.theme.px("space.4"), 0, 0, 0)
        bar.addWidget(self._month, 1)
        for icon, name, step in (
            ("chevron-left", words.previous_month, self._back),
            ("chevron-right", words.next_month, self._forward),
        ):
            button = Button(look, icon=icon, kind=Kind.GHOST, size=Size.SMALL, name=name, parent=self)
            button.clicked.connect(step)
            bar.addWidget(button)
        self.body.addLayout(bar)
        self.body.addWidget(self.grid)

    def open_for(self, anchor: QWidget, day: date, last: date) -> None:
        """Open under `anchor` with `day` chosen; nothing after `last` can be."""
        self.grid.show_day(day, last)
        self.open_below(anchor)
        self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _pick(self, day: date) -> None:
        self.picked.emit(day)
        self.close()

    @Slot()
    def _back(self) -> None:
        self.grid.turn(-1)

    @Slot()
    def _forward(self) -> None:
        self.grid.turn(1)

    @Slot()
    def _name_month(self) -> None:
        self._month.setText(formats.month(self.grid.day))
