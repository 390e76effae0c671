"""The settings page: sections, the settings themselves, and the state of this device."""

from PySide6.QtCore import Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from productify.domain import Mode, Repair
from productify.errors import KnownError
from productify.settings import SETTINGS, Section, Setting, Value
from productify_ui.text import formats
from productify_ui.text.desktop import desktop_words, outcome_of
from productify_ui.text.gallery import used_text
from productify_ui.text.settings import settings_words
from productify_ui.text.words import words
from productify_ui.tracking_state import tracking_state
from productify_ui.views.context import ViewContext
from productify_ui.views.page import Page
from productify_ui.views.settings.browsers_section import BrowsersSection
from productify_ui.views.settings.contents import Contents
from productify_ui.views.settings.desktop_section import SECTION, DesktopSection
from productify_ui.views.settings.form import SectionCard
from productify_ui.views.settings.shots_note import ShotsNote
from productify_ui.views.settings.status_cards import DesktopCard, DeviceCard, PrivacyCard
from productify_ui.widgets.label import Label
from productify_ui.widgets.news import News
from productify_ui.widgets.symbol import Symbol

_ANY_WIDTH = 16_777_215


class SettingsPage(Page):
    """Every declared setting stands here; a change takes effect at once. Below them: what works on this desktop."""

    tables = frozenset({"user_settings", "desktop", "screenshots", "browsers"})

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(words.settings, context, parent)
        self.contents = Contents(self.look, self)
        self.search = self.contents.search
        self.sections = [self._section(section) for section in Section]
        self.shots_note = ShotsNote(self.look, self)
        self.shots_note.skipped.connect(self._show_skipped)
        next(each for each in self.sections if each.section is Section.SCREENSHOTS).add_note(self.shots_note)
        self.browsers = BrowsersSection(context, self)
        self.here = DesktopSection(self.look, self)
        self.desktop = DesktopCard(self.look, self)
        self.device = DeviceCard(self.look, self)
        self.privacy = PrivacyCard(self.look, self)
        self._folder = ""
        self._wanted: str | None = None
        self.nothing = Label(self.look, role="body", tone="text-tertiary", parent=self)
        self.nothing.hide()
        self.header.add_right(self._saved_note())
        self._lay_out()
        self.search.textChanged.connect(self._search)
        self.contents.chosen.connect(self._go_to)
        self.shortcut("/", self._focus_search)
        self.here.wanted.connect(self._repair)
        self.here.copied.connect(self._copy)
        self.desktop.checked.connect(self.refresh_now)
        self.desktop.explained.connect(self._explain)
        self.device.opened.connect(self._open_folder)
        context.preferences.changed.connect(self._show_settings)
        context.categories.changed.connect(self._show_categories)
        context.status.changed.connect(self._show_tracking)
        self._show_categories()
        self._show_settings()
        self._show_tracking()

    async def refresh(self) -> None:
        """Ask for the settings, the tracker's capabilities and what lies on the disk."""
        await self.context.preferences.load()
        await self.browsers.refresh()
        tray = self.context.has_tray() if self.context.has_tray is not None else None
        found = await self.context.bridge.call(lambda service: service.desktop.report(tray))
        status = self.context.status.now
        self.desktop.show_capabilities(found, runs=status is not None and status.mode is not Mode.OFF)
        self.here.show_capabilities(found)
        self.shots_note.show_capabilities(found)
        forecast = await self.context.bridge.call(lambda service: service.screenshots.forecast())
        key = await self.context.bridge.call(lambda service: service.screenshots.key_place())
        self.shots_note.show_forecast(forecast, key)
        storage = await self.context.bridge.call(lambda service: service.upkeep.storage())
        last = formats.day(storage.last_backup) if storage.last_backup else None
        self._folder = str(storage.folder)
        shots = used_text(forecast) if forecast.shots else ""
        self.device.show_storage(storage.database_bytes, shots, storage.backup_bytes, last, self._folder)
        if self._wanted is not None:
            QTimer.singleShot(0, self, self._go_where_wanted)

    def show_part(self, part: str) -> None:
        """Go to a section, as soon as what stands above it is there."""
        here = self.settled
        self._wanted = part
        if here:
            self._go_where_wanted()

    @property
    def settled(self) -> bool:
        """Whether it shows what it asked for, at the place that was asked for."""
        return super().settled and self._wanted is None

    def set_compact(self, compact: bool) -> None:
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        self._state = self._side()
        self._below = False
        self._form = QVBoxLayout()
        for section in self.sections:
            self._form.addWidget(section)
        self._form.addWidget(self.browsers)
        self._form.addWidget(self.here)
        self._form.addWidget(self.nothing)
        self._form.addStretch(1)
        self._form.setSpacing(0)
        holder = self._sheet = QWidget(self)
        holder.setLayout(self._form)
        self._scroll = QScrollArea(self)
        self._scroll.setWidget(holder)
        holder.setAutoFillBackground(False)  # a scroll area fills what it is given
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self.look.dress(self._scroll.verticalScrollBar())
        self._scroll.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        self._row.addWidget(self.contents)
        self._row.addWidget(self._scroll, 1)
        self._row.addWidget(self._state)
        self._row.addStretch(0)
        self.content.addLayout(self._row, 1)
        self._arrange()

    def _arrange(self) -> None:
        """Keep everything in the middle of a large window; in a narrow one the device's state stands below the form.

        The scroll bar lies in the gap beside the form.
        """
        theme = self.theme
        gap, bar = theme.px("space.11"), theme.px("settings.scroll-bar")
        form, state = theme.scaled("settings.form"), theme.scaled("settings.state")
        everything = theme.scaled("settings.nav") + gap + form + gap + state
        least = theme.px("size.page-padding-compact" if self.compact else "size.page-padding")
        side = max(least, (self.width() - everything) // 2)
        below = self.width() < everything + 2 * least
        self._move_state(below=below)
        beside = (gap - bar) // 2
        self.header.set_side(side)
        self._row.setContentsMargins(side, theme.px("space.2"), least - bar if below else side, least)
        self._form.setContentsMargins(gap, 0, 0 if below else beside, 0)
        self._sheet.setMaximumWidth(_ANY_WIDTH if below else gap + form + beside)
        self._state_column.setContentsMargins(0 if below else beside, 0, 0, 0)
        self._state.setMinimumWidth(0 if below else state + beside)
        self._state.setMaximumWidth(_ANY_WIDTH if below else state + beside)

    def _move_state(self, *, below: bool) -> None:
        if below == self._below:
            return
        self._below = below
        (self._row if below else self._form).removeWidget(self._state)
        target: QBoxLayout = self._form if below else self._row
        target.insertWidget(target.count() - 1, self._state)

    def _side(self) -> QWidget:
        side = QWidget(self)
        column = self._state_column = QVBoxLayout(side)
        column.setSpacing(self.theme.px("size.gutter"))
        column.addWidget(self.desktop)
        column.addWidget(self.device)
        column.addWidget(self.privacy)
        column.addStretch(1)
        return side

    def _saved_note(self) -> QWidget:
        note = QWidget(self)
        row = QHBoxLayout(note)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Symbol(self.look, "check", "success", note))
        row.addWidget(Label(self.look, settings_words.saved, "body", "text-tertiary", parent=note))
        return note

    def _all_sections(self) -> list[SectionCard | BrowsersSection | DesktopSection]:
        return [*self.sections, self.browsers, self.here]

    def _section(self, section: Section) -> SectionCard:
        settings = [setting for setting in SETTINGS if setting.section is section]
        return SectionCard(self.look, section, settings, self._save, self)

    @Slot()
    def _show_settings(self) -> None:
        for section in self.sections:
            section.show_settings(self.context.preferences.settings)

    @Slot()
    def _show_categories(self) -> None:
        for section in self.sections:
            section.show_categories(self.context.categories.all())

    @Slot(str)
    def _search(self, text: str) -> None:
        sought = text.casefold().split()
        found = [section.search(sought) for section in self._all_sections()]
        self.nothing.setText(settings_words.nothing_found.format(words=text.strip()))
        self.nothing.setVisible(not any(found))

    @Slot()
    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(str)
    def _go_to(self, section: str) -> None:
        self.search.clear()
        card = next(card for card in self._all_sections() if card.section == section)
        self._scroll.verticalScrollBar().setValue(card.y())
        self.contents.mark(section)

    @Slot()
    def _go_where_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._go_to(wanted)

    @Slot()
    def _explain(self) -> None:
        self._go_to(SECTION)

    @Slot()
    def _show_tracking(self) -> None:
        context = self.context
        self.desktop.show_tracking(
            tracking_state(context.status.now, context.now(), context.zone, enabled=context.tracking_enabled)
        )

    @Slot(object)
    def _repair(self, repair: Repair) -> None:
        self.context.bridge.start(self._repairing(repair))

    async def _repairing(self, repair: Repair) -> None:
        try:
            await self.context.bridge.call(lambda service: service.desktop.fix(repair))
        except KnownError as error:
            self.context.tell(News(error.title, error.hint, tone="danger", icon="circle-alert"))
        else:
            title, hint = outcome_of(repair)
            self.context.tell(News(title, hint, tone="success", icon="circle-check"))
        self.mark_dirty()

    @Slot(str)
    def _copy(self, command: str) -> None:
        QGuiApplication.clipboard().setText(command)
        self.context.tell(News(desktop_words.copied, tone="success", icon="circle-check"))

    @Slot()
    def _show_skipped(self) -> None:
        self.context.open_page("screenshots/audit")

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder))

    @Slot(int)
    def _scrolled(self, top: int) -> None:
        """Mark the section that stands at the top, or the last one once the end is reached."""
        at_end = top and top == self._scroll.verticalScrollBar().maximum()
        shown = [card for card in self._all_sections() if not card.isHidden()]
        above = [card for card in shown if card.y() <= top + self.theme.px("space.10")]
        if shown:
            self.contents.mark((shown if at_end else above or shown[:1])[-1].section)

    def _save(self, setting: Setting, value: Value) -> None:
        self.context.bridge.start(self._saving(setting, value))

    async def _saving(self, setting: Setting, value: Value) -> None:
        try:
            await self.context.preferences.save(setting.key, value)
        except KnownError as error:
            self.context.told.emit(News(error.title, error.hint, tone="danger"))
            self._show_settings()
