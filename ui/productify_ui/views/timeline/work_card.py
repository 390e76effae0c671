"""How far a longer work is, with a way to stop it."""

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify_ui.text.editing import editing_words as say
from productify_ui.widgets.base import Painted
from productify_ui.widgets.button import Button, Size
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round
from productify_ui.widgets.popup import paint_plate


class WorkCard(Painted):
    """A plate at the bottom of the page while there is work; `stopped` asks to end it."""

    stopped = Signal()

    def __init__(self, look: Look, page: QWidget, title: str | None = None, state: str | None = None) -> None:
        """Lie over `page`; `state` is what it says below the title, with {done} and {all}."""
        super().__init__(look, page)
        self._page = page
        self._title = say.working if title is None else title
        self._state = say.working_days if state is None else state
        self._share = 0.0
        self.title = Label(look, role="body-strong", parent=self)
        self.state = Label(look, role="small", tone="text-secondary", parent=self)
        self.stop = Button(look, say.stop, size=Size.SMALL, parent=self)
        self.stop.clicked.connect(self.stopped)
        edge, side = self.theme.px("popup.shadow"), self.theme.px("space.8")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.title)
        texts.addWidget(self.state)
        row = QHBoxLayout(self)
        top, foot = self.theme.px("space.6"), self.theme.px("space.8")
        row.setContentsMargins(edge + side, edge + top, edge + side, edge + foot)
        row.addLayout(texts, 1)
        row.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    @Slot(int, int)
    def show_progress(self, done: int, whole: int) -> None:
        """Show how many are done of how many."""
        self._share = done / whole if whole else 1.0
        self.title.setText(self._title)
        self.state.setText(self._state.format(done=f"{done:,}", all=f"{whole:,}"))
        self.setAccessibleName(f"{self.title.text()}, {self.state.text()}")
        edge = self.theme.px("popup.shadow")
        size = self.sizeHint()
        width = self.theme.scaled("timeline.work-width") + 2 * edge
        left = (self._page.width() - width) // 2
        self.setGeometry(left, self._page.height() - size.height(), width, size.height())
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, edge = self.theme, self.theme.px("popup.shadow")
        plate = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        paint_plate(painter, self.look, plate, theme.metric("radius.card"))
        side, thick = theme.metric("space.8"), theme.metric("space.2")
        bar = QRectF(plate.left() + side, plate.bottom() - 2 * thick, plate.width() - 2 * side, thick)
        fill_round(painter, bar, thick / 2, theme.colour("track"))
        bar.setWidth(bar.width() * self._share)
        fill_round(painter, bar, thick / 2, theme.colour("accent"))
        painter.end()
