"""What was blocked most often in the last seven days."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify_ui.text.focus import count_text
from productify_ui.text.focus import focus_words as say
from productify_ui.views.context import ViewContext
from productify_ui.widgets.base import Painted
from productify_ui.widgets.paint import antialiased, elided_text, fill_round
from productify_ui.widgets.tile import paint_face

_LEAST_ROWS = 3
_GHOST_WIDTHS = (0.42, 0.3, 0.36)


class PulledList(Painted):
    """Names with their attempts, as many as there is room for; none at all says what will stand here."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context.look, parent)
        self._context = context
        self._rows: tuple[tuple[str, bool, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        context.faces.changed.connect(self.update)

    def show_pulled(self, rows: Sequence[tuple[str, bool, int]]) -> None:
        """Show (name, whether it is a site, attempts), most often first."""
        self._rows = tuple(rows)
        spoken = (
            say.pulled_row.format(name=name, attempts=count_text(count, say.one_attempt, say.many_attempts))
            for name, _, count in rows
        )
        self.setAccessibleName(", ".join(spoken) or say.pulled_hint)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        rows = min(_LEAST_ROWS, len(self._rows)) if self._rows else len(_GHOST_WIDTHS) + 1
        return QSize(0, rows * self._row() + self.theme.px("space.4"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        fitting = max(0, (self.height() - self.theme.px("space.3")) // self._row())
        for index, row in enumerate(self._rows[:fitting]):
            self._paint_row(painter, index, *row)
        if not self._rows:
            self._paint_empty(painter)
        painter.end()

    def _paint_row(self, painter: QPainter, index: int, name: str, _is_site: bool, count: int) -> None:
        theme, pitch = self.theme, self._row()
        side, tile = theme.metric("card.side"), theme.px("focus.pulled-tile")
        rect = QRectF(side, index * pitch, self.width() - 2 * side, pitch)
        area = QRectF(rect.left(), round(rect.center().y() - tile / 2), tile, tile)
        paint_face(painter, self.look, self._context.faces.of(name), area)
        attempts = count_text(count, say.one_attempt, say.many_attempts)
        room = theme.font_metrics("small").horizontalAdvance(attempts) + theme.metric("space.5")
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text-primary"))
        elided_text(painter, rect.adjusted(tile + theme.metric("space.5"), 0, -room, 0), name)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text-tertiary"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, attempts)

    def _paint_empty(self, painter: QPainter) -> None:
        theme, pitch = self.theme, self._row()
        side, tile, track = theme.metric("card.side"), theme.metric("focus.pulled-tile"), theme.colour("track")
        painter.setOpacity(theme.metric("gallery.ghost"))
        for row, share in enumerate(_GHOST_WIDTHS):
            middle = row * pitch + pitch / 2
            fill_round(painter, QRectF(side, middle - tile / 2, tile, tile), tile * theme.metric("tile.radius"), track)
            left = side + tile + theme.metric("space.5")
            fill_round(painter, QRectF(left, middle - 4, (self.width() - left - side) * share, 8), 4, track)
        painter.setOpacity(1.0)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text-tertiary"))
        rect = QRectF(side, len(_GHOST_WIDTHS) * pitch, self.width() - 2 * side, pitch)
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, say.pulled_hint)

    def _row(self) -> int:
        return self.theme.scaled("focus.pulled-row")
