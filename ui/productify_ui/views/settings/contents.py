"""The left column of the settings: the search, and the sections to go to."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from productify.settings import Section
from productify_ui.text.browsers import browser_words
from productify_ui.text.desktop import desktop_words
from productify_ui.text.settings import section_name, settings_words
from productify_ui.views.settings import browsers_section
from productify_ui.views.settings.desktop_section import SECTION
from productify_ui.widgets.base import Painted
from productify_ui.widgets.look import Look
from productify_ui.widgets.nav_item import NavItem
from productify_ui.widgets.search_field import SearchField

_ICONS = {
    Section.GENERAL: "sliders-horizontal",
    Section.TRACKING: "activity",
    Section.SCREENSHOTS: "images",
    Section.FOCUS: "timer",
    Section.BREAKS: "coffee",
    Section.PRIVACY: "shield",
    Section.APPEARANCE: "palette",
}


class Contents(Painted):
    """`chosen` carries the key of the section to go to; the search field tells for itself."""

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setAccessibleName(settings_words.sections)
        self.search = SearchField(look, settings_words.search, self)
        self._items: dict[str, NavItem] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px("size.hairline"))
        column.addWidget(self.search)
        column.addSpacing(self.theme.px("space.5"))
        for section in Section:
            self._add(section.value, section_name(section), _ICONS[section], column)
        self._add(browsers_section.SECTION, browser_words.title, "globe", column)
        self._add(SECTION, desktop_words.title, "monitor", column)
        column.addStretch(1)
        self._group.buttonClicked.connect(self._clicked)
        self.mark(Section.GENERAL)
        self.restyle()

    def mark(self, section: str) -> None:
        """Mark the section in view."""
        self._items[section].setChecked(True)

    def restyle(self) -> None:
        self.setFixedWidth(self.theme.scaled("settings.nav"))

    def _add(self, key: str, name: str, icon: str, column: QVBoxLayout) -> None:
        item = self._items[key] = NavItem(self.look, key, name, icon, self)
        self._group.addButton(item)
        column.addWidget(item)

    @Slot(object)
    def _clicked(self, item: NavItem) -> None:
        self.chosen.emit(item.key)
