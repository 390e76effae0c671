"""What stands above the pictures: which apps, categories, monitors, and how large they are."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from productify.domain import ShotCounts
from productify_ui.text.gallery import gallery_words as say
from productify_ui.views.context import ViewContext
from productify_ui.views.gallery.painter import SIZES
from productify_ui.widgets.filter_chip import FilterChip
from productify_ui.widgets.popup import Menu
from productify_ui.widgets.segmented import Segmented

_MOST_APPS = 6
_NONE = ShotCounts(0, 0, (), (), ())


class FilterRow(QWidget):
    """`filtered` tells of another filter, `resized` carries the size of the pictures."""

    filtered = Signal()
    resized = Signal(str)

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._counts = _NONE
        self.app: str | None = None
        self.category: str | None = None
        self.monitor: str | None = None
        self.blurred: bool | None = None
        look = context.look
        self.everything = FilterChip(look, say.all, parent=self)
        self.apps = [FilterChip(look, parent=self) for _ in range(_MOST_APPS)]
        self.more = FilterChip(look, opens_menu=True, parent=self)
        self.categories = FilterChip(look, say.any_category, opens_menu=True, parent=self)
        self.monitors = FilterChip(look, say.any_monitor, icon="monitor", opens_menu=True, parent=self)
        self.only_blurred = FilterChip(look, say.blurred, icon="droplets", parent=self)
        sizes = tuple(zip(SIZES, (say.small, say.medium, say.large), strict=True))
        self.sizes = Segmented(look, sizes, say.sizes, small=True, parent=self)
        self._lay_out()
        self.everything.clicked.connect(self.show_all)
        for place, chip in enumerate(self.apps):
            chip.clicked.connect(partial(self._flip_app, place))
        self.more.clicked.connect(self._open_apps)
        self.categories.clicked.connect(self._open_categories)
        self.monitors.clicked.connect(self._open_monitors)
        self.only_blurred.clicked.connect(self._flip_blurred)
        self.sizes.chosen.connect(self.resized)

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return any(each is not None for each in (self.app, self.category, self.monitor, self.blurred))

    def show_counts(self, counts: ShotCounts) -> None:
        """Show how many there are of what; what is chosen stays chosen, even where there is none of it."""
        self._counts = counts
        self._show()

    @Slot()
    def show_all(self) -> None:
        """Leave nothing out."""
        self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._show)

    def _lay_out(self) -> None:
        theme = self._context.theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px("space.4"))
        for chip in (self.everything, *self.apps, self.more, self.categories, self.monitors, self.only_blurred):
            row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self.sizes)
        self.setFixedHeight(theme.scaled("gallery.filters"))

    @Slot()
    def _show(self) -> None:
        counts = self._counts
        self.setFixedHeight(self._context.theme.scaled("gallery.filters"))
        self.everything.show_text(say.all, f"{counts.all:,}", _spoken(say.all, counts.all))
        self.everything.setChecked(not self.narrows)
        self.only_blurred.show_text(say.blurred, f"{counts.blurred:,}", _spoken(say.blurred, counts.blurred))
        self.only_blurred.setChecked(self.blurred is True)
        self.only_blurred.setVisible(bool(counts.blurred) or self.blurred is not None)
        self.categories.setVisible(len(counts.categories) > 1 or self.category is not None)
        name = say.any_category if self.category is None else self._context.categories.name(self.category)
        self.categories.show_text(name)
        self.categories.set_on(self.category is not None)
        self.monitors.setVisible(len(counts.monitors) > 1 or self.monitor is not None)
        self.monitors.show_text(self.monitor or say.any_monitor)
        self.monitors.set_on(self.monitor is not None)
        self._show_apps()

    def _show_apps(self) -> None:
        """Show as many apps as there is room for, the greatest first, and the rest in a menu."""
        apps = self._counts.apps
        shown = self._fitting(apps)
        for chip, (name, count) in zip(self.apps, apps, strict=False):
            face = self._context.faces.of(name) if name else None
            text = name or say.no_app
            chip.show_text(text, f"{count:,}", _spoken(text, count), face)
            chip.setChecked(name == self.app)
        for place, chip in enumerate(self.apps):
            chip.setVisible(place < shown)
        hidden = [name for name, _count in apps[shown:]]
        within = self.app is not None and (self.app in hidden or self.app not in dict(apps))
        self.more.setVisible(bool(hidden) or within)
        self.more.show_text(self.app or say.no_app if within else say.more_apps.format(count=len(hidden)))
        self.more.set_on(within)

    def _fitting(self, apps: Sequence[tuple[str, int]]) -> int:
        """Return how many apps' chips there is room for beside everything else."""
        theme = self._context.theme
        gap = theme.px("space.4")
        fixed = (self.everything, self.categories, self.monitors, self.only_blurred, self.sizes)
        self.more.show_text(say.more_apps.format(count=len(apps)))
        room = self.width() - sum(each.sizeHint().width() + gap for each in fixed if not each.isHidden())
        shown = 0
        for chip, (name, count) in zip(self.apps, apps, strict=False):
            chip.show_text(name or say.no_app, f"{count:,}", face=self._context.faces.of(name) if name else None)
            rest = self.more.sizeHint().width() + gap if shown + 1 < len(apps) else 0
            room -= chip.sizeHint().width() + gap
            if room - rest < gap:
                break
            shown += 1
        return shown

    def _flip_app(self, place: int, _checked: bool = False) -> None:
        name = self._counts.apps[place][0]
        self._choose(app=None if name == self.app else name)

    @Slot()
    def _flip_blurred(self) -> None:
        self._choose(blurred=None if self.blurred else True)

    @Slot()
    def _open_apps(self) -> None:
        shown = sum(not chip.isHidden() for chip in self.apps)
        menu = self._menu(say.any_app, partial(self._choose), chosen=self.app is None)
        for name, count in self._counts.apps[shown:]:
            text = name or say.no_app
            icon = "check" if name == self.app else None
            menu.add(text, icon, f"{count:,}").triggered.connect(partial(self._choose_app, name))
        menu.open_below(self.more)

    @Slot()
    def _open_categories(self) -> None:
        menu = self._menu(say.any_category, partial(self._choose_category, None), chosen=self.category is None)
        known = self._context.categories
        for key, _count in self._counts.categories:
            action = menu.add_swatch(known.name(key), known.colour(key), checked=key == self.category)
            action.triggered.connect(partial(self._choose_category, key))
        menu.open_below(self.categories)

    @Slot()
    def _open_monitors(self) -> None:
        menu = self._menu(say.any_monitor, partial(self._choose_monitor, None), chosen=self.monitor is None)
        for name, count in self._counts.monitors:
            icon = "check" if name == self.monitor else None
            menu.add(name, icon, f"{count:,}").triggered.connect(partial(self._choose_monitor, name))
        menu.open_below(self.monitors)

    def _menu(self, text: str, choose: "partial[None]", *, chosen: bool) -> Menu:
        menu = Menu(self._context.look, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.add(text, "check" if chosen else None).triggered.connect(lambda _checked=False: choose())
        menu.addSeparator()
        return menu

    def _choose_app(self, name: str, _checked: bool = False) -> None:
        self._choose(app=name)

    def _choose_category(self, key: str | None, _checked: bool = False) -> None:
        self.category = key
        self._show()
        self.filtered.emit()

    def _choose_monitor(self, name: str | None, _checked: bool = False) -> None:
        self.monitor = name
        self._show()
        self.filtered.emit()

    def _choose(self, app: str | None = None, blurred: bool | None = None) -> None:
        """Take one of the chips, which rule each other out; without any show everything."""
        self.app, self.blurred = app, blurred
        if app is None and blurred is None:
            self.category = self.monitor = None
        self._show()
        self.filtered.emit()


def _spoken(name: str, count: int) -> str:
    return say.chip_name.format(name=name, count=count)
