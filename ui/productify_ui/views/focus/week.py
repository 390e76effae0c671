"""The focused time of each day of the week."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify_ui.text import formats
from productify_ui.text.focus import focus_words as say
from productify_ui.widgets.base import Painted
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, bar_path, fill_round

_LEAST_SCALE = 60 * 60_000
_LEAST_BAR = 3.0


class WeekBars(Painted):
    """A bar for each day, with its length above it; an empty week says what will stand here."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._week: tuple[tuple[date, int], ...] = ()
        self._today: date | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_week(self, week: Sequence[tuple[date, int]], today: date) -> None:
        """Show (day, milliseconds) from Monday on."""
        self._week, self._today = tuple(week), today
        days = ", ".join(f"{formats.weekday(day)} {formats.duration(length)}" for day, length in week if length)
        self.setAccessibleName(say.week_spoken.format(days=days) if days else say.week_hint)
        self.update()

    def sizeHint(self) -> QSize:
        theme = self.theme
        grown = sum(theme.scaled(name) - theme.px(name) for name in ("focus.week-top", "focus.week-foot"))
        return QSize(0, theme.px("focus.week") + theme.px("card.foot-top") + grown)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme = self.theme
        side, width = theme.metric("card.side"), theme.metric("focus.week-bar")
        pitch = (self.width() - 2 * side) / max(1, len(self._week))
        for index, (day, length) in enumerate(self._week):
            self._paint_day(painter, QRectF(side + index * pitch, 0, pitch, self.height()), width, day, length)
        if not any(length for _, length in self._week):
            self._paint_hint(painter)
        painter.end()

    def _paint_day(self, painter: QPainter, cell: QRectF, width: float, day: date, length: int) -> None:
        theme = self.theme
        top = theme.scaled("focus.week-top")
        foot = self.height() - theme.scaled("focus.week-foot")
        column = QRectF(cell.center().x() - width / 2, top, width, foot - top)
        radius, is_today = theme.metric("focus.week-radius"), day == self._today
        fill_round(painter, column, radius, theme.colour("surface-sunken"))
        if length:
            longest = max(_LEAST_SCALE, *(each for _, each in self._week))
            room = column.height() - theme.line("axis") / 2
            height = max(_LEAST_BAR, room * length / longest)
            bar = QRectF(column.left(), foot - height, width, height)
            painter.fillPath(bar_path(bar, radius, radius), theme.colour("accent-text" if is_today else "focus-bar"))
            painter.setFont(theme.font("axis"))
            painter.setPen(theme.colour("text-secondary"))
            line, gap = theme.line("axis"), theme.metric("focus.week-label-gap")
            label = QRectF(cell.left(), bar.top() - gap - line, cell.width(), line)
            self._clear_behind(painter, label, column)
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, formats.duration(length))
        painter.setFont(theme.font("axis-strong" if is_today else "axis"))
        painter.setPen(theme.colour("text-primary" if is_today else "text-tertiary"))
        below = QRectF(cell.left(), foot + theme.metric("space.4"), cell.width(), theme.line("axis"))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, formats.weekday(day))

    def _clear_behind(self, painter: QPainter, label: QRectF, column: QRectF) -> None:
        """Keep the column's ground from running through the length that stands on it."""
        behind = QRectF(column.left(), label.top() - 1, column.width(), label.height() + 2)
        painter.fillRect(behind, self.theme.colour("surface"))

    def _paint_hint(self, painter: QPainter) -> None:
        theme = self.theme
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text-tertiary"))
        area = QRectF(0, theme.scaled("focus.week-top"), self.width(), self.height() - theme.scaled("focus.week-foot"))
        width = theme.font_metrics("small").horizontalAdvance(say.week_hint) + 2 * theme.metric("space.4")
        line = QRectF(0, 0, width, theme.line("small") + theme.metric("space.3"))
        line.moveCenter(area.center())
        fill_round(painter, line, theme.metric("radius.chip"), theme.colour("surface"))
        painter.setPen(theme.colour("text-tertiary"))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, say.week_hint)
