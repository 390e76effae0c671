"""The bar below the pictures: what they take on the disk, how they are kept, and what to do with those selected."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from productify.domain import Forecast
from productify.settings import Settings
from productify_ui.text.gallery import forecast_text, kept_text, used_text
from productify_ui.text.gallery import gallery_words as say
from productify_ui.widgets.base import Painted
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round
from productify_ui.widgets.popup import paint_plate
from productify_ui.widgets.symbol import Symbol


class Usage(Painted):
    """A bar filled as far as the room is used up."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        """Fill it so far, from 0 to 1."""
        self._share = min(max(share, 0.0), 1.0)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px("gallery.foot-bar"), self.theme.px("gallery.foot-line"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        rect = QRectF(self.rect())
        radius = rect.height() / 2
        fill_round(painter, rect, radius, self.theme.colour("track"))
        if self._share:
            rect.setWidth(max(rect.height(), rect.width() * self._share))
            fill_round(painter, rect, radius, self.theme.colour("accent-text"))
        painter.end()


class Plate(Painted):
    """The surface and shadow below the bar; the mouse goes through it."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        edge = self.theme.px("popup.shadow")
        plate = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        paint_plate(painter, self.look, plate, self.theme.metric("radius.card"))
        painter.end()


class FootBar(QWidget):
    """Floats over the pictures; `blurred`, `deleted`, `cleared` and `explained` tell of its buttons."""

    blurred = Signal()
    deleted = Signal()
    cleared = Signal()
    explained = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._plate = Plate(look, parent)
        self.used = Label(look, role="body-strong", parent=self)
        self.usage = Usage(look, self)
        self.kept = Label(look, role="small", tone="text-tertiary", elide=True, parent=self)
        self.link = Button(look, say.skipped_link, kind=Kind.GHOST, size=Size.SMALL, parent=self)
        self.selected = Label(look, role="small", tone="text-secondary", parent=self)
        self.none = Button(look, icon="x", kind=Kind.GHOST, size=Size.SMALL, name=say.select_none, parent=self)
        self.blur = Button(look, say.blur, icon="droplets", size=Size.SMALL, parent=self)
        self.delete = Button(look, say.delete, icon="trash-2", kind=Kind.DANGER, size=Size.SMALL, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.theme.px("card.side"), 0, look.theme.px("card.side"), 0)
        row.setSpacing(look.theme.px("gallery.foot-gap"))
        row.addWidget(Symbol(look, "hard-drive", "text-secondary", self))
        row.addWidget(self.used)
        row.addWidget(self.usage)
        row.addWidget(self.kept, 1)
        for widget in (self.link, self.selected, self.none, self.blur, self.delete):
            row.addWidget(widget)
        self.link.clicked.connect(self.explained)
        self.none.clicked.connect(self.cleared)
        self.blur.clicked.connect(self.blurred)
        self.delete.clicked.connect(self.deleted)
        self.show_selected(0)

    @property
    def room(self) -> int:
        """How much of the lower edge it takes."""
        theme = self._look.theme
        return theme.scaled("gallery.foot") + theme.px("gallery.foot-edge")

    def show_forecast(self, forecast: Forecast, settings: Settings) -> None:
        """Say what is used and kept, and for how long it will do."""
        self.used.setText(used_text(forecast))
        self.usage.show_share(forecast.used / forecast.limit if forecast.limit else 0.0)
        self.kept.setText(kept_text(settings))
        coming = forecast_text(forecast)
        for widget in (self.used, self.usage):
            widget.setToolTip(coming)
        self.setAccessibleName(say.between.join((self.used.text(), coming, self.kept.text())))
        self.usage.setAccessibleName(f"{self.used.text()}. {coming}")

    def show_selected(self, count: int) -> None:
        """Offer what can be done with those selected, if any are."""
        self.selected.setText(say.selected.format(count=f"{count:,}"))
        for widget in (self.selected, self.none, self.blur, self.delete):
            widget.setVisible(bool(count))
        self.link.setVisible(not count)

    def place(self, area: QRect, side: int) -> None:
        """Lie at the lower edge of an area of the parent, with so much room at both sides."""
        theme = self._look.theme
        edge, height = theme.px("gallery.foot-edge"), theme.scaled("gallery.foot")
        rect = QRect(area.left() + side, area.bottom() + 1 - edge - height, area.width() - 2 * side, height)
        shadow = theme.px("popup.shadow")
        self.setGeometry(rect)
        self.usage.setVisible(rect.width() > theme.px("breakpoint.rail") - theme.px("size.inspector"))
        self._plate.setGeometry(rect.adjusted(-shadow, -shadow, shadow, shadow))

    def set_shown(self, shown: bool) -> None:
        """Show it above everything else of the page, or not at all."""
        for widget in (self._plate, self):
            widget.setVisible(shown)
            widget.raise_()
