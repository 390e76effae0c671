"""The settings page: sections, the settings themselves, and the state of this device."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from productify.errors import KnownError
from productify.settings import SETTINGS, Section, Setting, Value
from productify_ui.text import formats
from productify_ui.text.settings import section_name, settings_words
from productify_ui.text.words import words
from productify_ui.views.context import ViewContext
from productify_ui.views.page import Page
from productify_ui.views.settings.form import SectionCard
from productify_ui.views.settings.status_cards import DesktopCard, DeviceCard
from productify_ui.widgets.label import Label
from productify_ui.widgets.nav_item import NavItem
from productify_ui.widgets.scroll import ScrollColumn
from productify_ui.widgets.symbol import Symbol
from productify_ui.widgets.toast import News

_ICONS = {
    Section.GENERAL: "sliders-horizontal",
    Section.TRACKING: "activity",
    Section.PRIVACY: "shield",
    Section.APPEARANCE: "palette",
}


class SettingsPage(Page):
    """Every declared setting stands here; a change takes effect at once."""

    tables = frozenset({"user_settings"})

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(words.settings, context, parent)
        self.search = QLineEdit(self)
        self.look.dress(self.search)
        self.search.setPlaceholderText(settings_words.search)
        self.search.setAccessibleName(settings_words.search)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._search)
        self.sections = [self._section(section) for section in Section]
        self.desktop = DesktopCard(self.look, self)
        self.device = DeviceCard(self.look, self)
        self.nothing = Label(self.look, role="body", tone="text-tertiary", parent=self)
        self.nothing.hide()
        self.saved = self._saved_note()
        self.header.add_right(self.saved)
        self._lay_out()
        self.shortcut("/", self._focus_search)
        context.preferences.changed.connect(self._show_settings)
        self._show_settings()

    async def refresh(self) -> None:
        """Ask for the settings, the tracker's capabilities and what lies on the disk."""
        await self.context.preferences.load()
        self.desktop.show_capabilities(await self.context.bridge.call(lambda service: service.tracking.capabilities()))
        storage = await self.context.bridge.call(lambda service: service.upkeep.storage())
        last = formats.day(storage.last_backup) if storage.last_backup else None
        self.device.show_storage(storage.database_bytes, storage.backup_bytes, last, str(storage.folder))

    def set_compact(self, compact: bool) -> None:
        self._state.setVisible(not compact)
        self._pad()

    def _lay_out(self) -> None:
        theme = self.theme
        self._form = QVBoxLayout()
        for section in self.sections:
            self._form.addWidget(section)
        self._form.addWidget(self.nothing)
        self._form.addStretch(1)
        holder = QWidget(self)
        holder.setLayout(self._form)
        self._form.setContentsMargins(0, 0, theme.px("space.6"), 0)
        self._form.setSpacing(0)
        self._scroll = ScrollColumn(self.look, holder, self)
        self._scroll.setMaximumWidth(theme.scaled("settings.form") + theme.px("space.6"))
        self._row = QHBoxLayout()
        self._row.addLayout(self._navigation())
        self._row.addWidget(self._scroll, 1)
        self._row.addWidget(self._side())
        self._row.addStretch(0)
        self.content.addLayout(self._row, 1)
        self._pad()

    def _pad(self) -> None:
        theme = self.theme
        side = theme.px("size.page-padding-compact" if self.compact else "size.page-padding")
        self._row.setContentsMargins(side, theme.px("space.2"), side, side)
        self._row.setSpacing(theme.px("space.11"))

    def _navigation(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addWidget(self.search)
        column.addSpacing(self.theme.px("space.5"))
        self._group = QButtonGroup(self)
        for section in Section:
            item = NavItem(self.look, section.value, section_name(section), _ICONS[section], self)
            item.setFixedWidth(self.theme.scaled("settings.nav"))
            item.setChecked(section is Section.GENERAL)
            self._group.addButton(item)
            column.addWidget(item)
        self._group.buttonClicked.connect(self._go_to)
        self.search.setFixedWidth(self.theme.scaled("settings.nav"))
        column.addStretch(1)
        return column

    def _side(self) -> QWidget:
        self._state = QWidget(self)
        self._state.setFixedWidth(self.theme.scaled("settings.state"))
        column = QVBoxLayout(self._state)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px("size.gutter"))
        column.addWidget(self.desktop)
        column.addWidget(self.device)
        column.addStretch(1)
        return self._state

    def _saved_note(self) -> QWidget:
        note = QWidget(self)
        row = QHBoxLayout(note)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Symbol(self.look, "check", "success", note))
        row.addWidget(Label(self.look, settings_words.saved, "body", "text-tertiary", parent=note))
        return note

    def _section(self, section: Section) -> SectionCard:
        settings = [setting for setting in SETTINGS if setting.section is section]
        return SectionCard(self.look, section, settings, self._save, self)

    @Slot()
    def _show_settings(self) -> None:
        for section in self.sections:
            section.show_settings(self.context.preferences.settings)

    @Slot(str)
    def _search(self, text: str) -> None:
        sought = text.casefold().split()
        found = [section.search(sought) for section in self.sections]
        self.nothing.setText(settings_words.nothing_found.format(words=text.strip()))
        self.nothing.setVisible(not any(found))

    @Slot()
    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _go_to(self, item: NavItem) -> None:
        self.search.clear()
        card = next(section for section in self.sections if section.section.value == item.key)
        self._scroll.verticalScrollBar().setValue(card.y())

    def _save(self, setting: Setting, value: Value) -> None:
        self.context.bridge.start(self._saving(setting, value))

    async def _saving(self, setting: Setting, value: Value) -> None:
        try:
            await self.context.preferences.save(setting.key, value)
        except KnownError as error:
            self.context.told.emit(News(error.title, error.hint, tone="danger"))
            self._show_settings()
