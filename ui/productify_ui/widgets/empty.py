"""What stands where there is nothing yet: one sentence, or grey shapes of what is coming."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from productify_ui.widgets.base import Painted
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, stroke_round
from productify_ui.widgets.popup import paint_plate


class EmptyNote(Painted):
    """A plate with a title and a hint, to lie over the outline of a chart."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.title = Label(look, role="note-title", parent=self)
        self.hint = Label(look, role="body", tone="text-secondary", parent=self)
        column = QVBoxLayout(self)
        edge = self.theme.px("popup.shadow")
        side, top = edge + self.theme.px("empty.side"), edge + self.theme.px("empty.top")
        column.setContentsMargins(side, top, side, top)
        column.setSpacing(self.theme.px("space.2"))
        self.hint.setWordWrap(True)
        for label in (self.title, self.hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        self.restyle()

    def restyle(self) -> None:
        self.setFixedWidth(self.theme.scaled("empty.width") + 2 * self.theme.px("popup.shadow"))

    def tell(self, title: str, hint: str) -> None:
        """Say something else."""
        self.title.setText(title)
        self.hint.setText(hint)
        self.setAccessibleName(f"{title}. {hint}")
        self.adjustSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        edge = self.theme.px("popup.shadow")
        plate = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        paint_plate(painter, self.look, plate, self.theme.metric("radius.card"))
        painter.end()


class Skeleton(Painted):
    """Rows of grey shapes where a list will be."""

    def __init__(self, look: Look, rows: int, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._rows = rows
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def show_rows(self, rows: int) -> None:
        """Show another number of rows."""
        self._rows = rows
        self.restyle()

    def restyle(self) -> None:
        self.setFixedHeight(self._rows * self.theme.px("empty.row"))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, track = self.theme, self.theme.colour("track")
        pitch, tile = theme.px("empty.row"), theme.px("size.app-tile")
        left = tile + theme.px("bar-row.gap")
        for row in range(self._rows):
            centre = row * pitch + pitch / 2
            length = (self.width() - left) * (0.36, 0.26, 0.31, 0.23)[row % 4]
            painter.setOpacity(1.0)
            fill_round(painter, QRectF(0, centre - tile / 2, tile, tile), theme.metric("radius.control") - 2, track)
            fill_round(painter, QRectF(left, centre - 10, length, 8), 4, track)
            painter.setOpacity(0.6)
            fill_round(painter, QRectF(left, centre + 5, length * 1.6, 4), 2, track)
        painter.end()


class HintBox(Painted):
    """A sentence of advice with an icon, in a sunken box."""

    def __init__(self, look: Look, icon: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._icon = icon
        row = QHBoxLayout(self)
        side, pad = self.theme.px("live.hint-side"), self.theme.px("live.hint-pad")
        row.setContentsMargins(side + self.theme.px("size.icon") + self.theme.px("space.5"), pad, side, pad)
        label = Label(look, text, "small", "text-secondary", parent=self)
        label.setWordWrap(True)
        row.addWidget(label)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, rect = self.theme, QRectF(self.rect())
        fill_round(painter, rect, theme.metric("radius.button-l"), theme.colour("surface-sunken"))
        stroke_round(painter, rect, theme.metric("radius.button-l"), theme.colour("hairline"))
        side = theme.px("size.icon")
        area = QRectF(theme.px("live.hint-side"), theme.px("live.hint-pad"), side, side)
        self.look.icons.paint(painter, self._icon, theme.colour("text-secondary"), area)
        painter.end()
