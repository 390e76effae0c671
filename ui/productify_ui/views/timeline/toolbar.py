"""What stands above the lanes: the part of the day in view, filters, and zoom."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from productify_ui.text import formats
from productify_ui.text.timeline import timeline_words as say
from productify_ui.views.context import ViewContext
from productify_ui.views.timeline.axis import Axis, moment_of
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.label import Label
from productify_ui.widgets.popup import Menu

_STEPS = 100
_HIDDEN = (0, 10_000, 60_000, 300_000)
"""Lengths, in milliseconds, below which activities may be hidden."""


class Toolbar(QWidget):
    """`zoomed` carries a closeness of 0 to 1, `fitted` asks for the whole day, `filtered` tells of another filter."""

    zoomed = Signal(float)
    stepped = Signal(int)
    fitted = Signal()
    filtered = Signal()

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.categories: frozenset[str] | None = None
        self.least = 0
        look = context.look
        self.range = Label(look, role="body-strong", parent=self)
        self.length = Label(look, role="body", tone="text-tertiary", parent=self)
        self.filter = Button(look, say.all_categories, icon="list-filter", size=Size.SMALL, trailing="chevron-down",
                             parent=self)  # fmt: skip
        self.filter.clicked.connect(self._open_filter)
        self.hide_short = Button(look, say.hide_nothing, size=Size.SMALL, trailing="chevron-down", parent=self)
        self.hide_short.clicked.connect(self._open_lengths)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, _STEPS)
        look.dress(self.slider)
        self.slider.setAccessibleName(say.zoom)
        self.slider.setFixedWidth(look.theme.px("timeline.slider"))
        self.slider.valueChanged.connect(self._slid)
        self.fit = Button(look, say.fit_day, size=Size.SMALL, parent=self)
        self.fit.clicked.connect(self.fitted)
        self._lay_out()

    def show_axis(self, axis: Axis) -> None:
        """Say what is in view."""
        zone = self._context.zone
        self.range.setText(formats.clock_range(moment_of(axis.start), moment_of(axis.end), zone))
        self.length.setText(say.window_span.format(length=formats.rounded_span(round(axis.span))))
        self.slider.blockSignals(True)
        self.slider.setValue(round(axis.closeness * _STEPS))
        self.slider.blockSignals(False)

    def set_compact(self, compact: bool) -> None:
        """Leave out what the room is too small for; called when that changes, or the theme and its sizes."""
        self.setFixedHeight(self._context.theme.scaled("timeline.toolbar"))
        self.length.setVisible(not compact)
        self.slider.setVisible(not compact)

    def _lay_out(self) -> None:
        look = self._context.look
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px("space.4"))
        row.addWidget(self.range)
        row.addWidget(self.length)
        row.addStretch(1)
        row.addWidget(self.filter)
        row.addWidget(self.hide_short)
        row.addSpacing(look.theme.px("space.4"))
        for icon, name, step in (("zoom-out", say.zoom_out, -1), ("zoom-in", say.zoom_in, 1)):
            button = Button(look, icon=icon, kind=Kind.GHOST, size=Size.SMALL, name=name, parent=self)
            button.clicked.connect(partial(self._step, step))
            row.addWidget(button)
            if step < 0:
                row.addWidget(self.slider)
        row.addWidget(self.fit)
        self.set_compact(False)

    def _step(self, step: int, _checked: bool = False) -> None:
        self.stepped.emit(step)

    @Slot(int)
    def _slid(self, value: int) -> None:
        self.zoomed.emit(value / _STEPS)

    @Slot()
    def _open_filter(self) -> None:
        menu = self._menu()
        menu.add(say.all_categories).triggered.connect(self._show_all)
        menu.addSeparator()
        for category in self._context.categories.all():
            colour = self._context.categories.colour(category.key)
            on = self.categories is not None and category.key in self.categories
            menu.add_swatch(category.name, colour, checked=on).triggered.connect(partial(self._flip, category.key))
        menu.open_below(self.filter)

    @Slot()
    def _open_lengths(self) -> None:
        menu = self._menu()
        for least in _HIDDEN:
            menu.add(_hiding(least)).triggered.connect(partial(self._hide_under, least))
        menu.open_below(self.hide_short)

    def _menu(self) -> Menu:
        menu = Menu(self._context.look, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    @Slot()
    def _show_all(self) -> None:
        self._take(None)

    def _flip(self, key: str, _checked: bool = False) -> None:
        chosen = (self.categories or frozenset()) ^ {key}
        self._take(chosen or None)

    def _take(self, categories: frozenset[str] | None) -> None:
        self.categories = categories
        if categories is None:
            self.filter.setText(say.all_categories)
        elif len(categories) == 1:
            self.filter.setText(self._context.categories.name(next(iter(categories))))
        else:
            self.filter.setText(say.some_categories.format(count=len(categories)))
        self.filtered.emit()

    def _hide_under(self, least: int, _checked: bool = False) -> None:
        self.least = least
        self.hide_short.setText(_hiding(least))
        self.filtered.emit()


def _hiding(least: int) -> str:
    if not least:
        return say.hide_nothing
    length = formats.short_seconds(least) if least < 60_000 else formats.duration(least)
    return say.hide_under.format(length=length)
