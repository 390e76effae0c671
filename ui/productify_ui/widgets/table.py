"""A table whose rows light up as a whole, and the headings above it."""

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from productify_ui.widgets.base import by_keyboard
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import elided_text


class RowTable(QTableView):
    """Tells its delegate which row is `lit` by the mouse, and whether the keyboard's ring is shown."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lit = -1
        self.ring_shown = False
        self.setMouseTracking(True)
        self.setHorizontalHeader(Headings(look, self))
        self.entered.connect(self._light)
        look.dress(self)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._light(QModelIndex())
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._show_ring(by_keyboard(event))
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._show_ring(False)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._show_ring(True)
        super().keyPressEvent(event)

    def _show_ring(self, shown: bool) -> None:
        self.ring_shown = shown
        self.viewport().update()

    @Slot(QModelIndex)
    def _light(self, index: QModelIndex) -> None:
        if index.row() != self.lit:
            self.lit = index.row()
            self.viewport().update()


class Headings(QHeaderView):
    """Paints the headings of a model in line with what stands below them."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        look.theme.changed.connect(self._restyle)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, model = self._look.theme, self.model()
        side, area = theme.metric("table.side"), QRectF(rect)
        text = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        align = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), theme.colour("hairline"))
        painter.setFont(theme.font("small-strong"))
        painter.setPen(theme.colour("text-tertiary"))
        elided_text(painter, area.adjusted(side, 0, -side, 0), str(text), Qt.AlignmentFlag(align))

    @Slot()
    def _restyle(self) -> None:
        self.viewport().update()
