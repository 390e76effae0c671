"""The settings as cards of rows, a card for each section."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify.domain import Category
from productify.settings import Section, Setting, Settings, Value
from productify_ui.text.settings import choices_of, help_of, section_name, title_of
from productify_ui.views.settings.controls import CategoriesControl, Control, control_for
from productify_ui.widgets.card import Card, Rule
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look

Save = Callable[[Setting, Value], None]


class SettingTitle(Label):
    """Breaks into lines where a large text leaves no room beside the control, each as high as the role's."""

    def __init__(self, look: Look, text: str, parent: QWidget | None = None) -> None:
        super().__init__(look, text, "body-strong", parent=parent)
        self.setWordWrap(True)

    def heightForWidth(self, width: int) -> int:
        return max(super().heightForWidth(width), self._look.theme.line(self._role))


class SettingRow(QWidget):
    """Title, help and control of one setting; a list's control stands below, over the full width."""

    def __init__(self, look: Look, setting: Setting, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting = setting
        self.control: Control = control_for(look, setting, self)
        self.control.changed.connect(partial(save, setting))
        theme = look.theme
        side, top = theme.px("card.side"), theme.px("settings.row-top")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(SettingTitle(look, title_of(setting), self))
        about = Label(look, help_of(setting), "small", "text-tertiary", parent=self)
        about.setWordWrap(True)
        texts.addWidget(about)
        self.rule = Rule(look, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.rule)
        row: QHBoxLayout | QVBoxLayout = QVBoxLayout() if setting.type is tuple else QHBoxLayout()
        row.setContentsMargins(side, top, side, top)
        row.setSpacing(theme.px("space.5") if setting.type is tuple else theme.px("space.9"))
        row.addLayout(texts, 1)
        if setting.type is tuple:
            row.addWidget(self.control)
        else:
            row.addWidget(self.control, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(row)

    def matches(self, words: Sequence[str]) -> bool:
        """Whether each of the words (lower case) stands in what it says."""
        setting = self.setting
        said = " ".join((title_of(setting), help_of(setting), section_name(setting.section), setting.words))
        said = " ".join((said, *(text for _, text in choices_of(setting)))).casefold()
        return all(word in said for word in words)


class SectionCard(QWidget):
    """A section's name over a card with its settings."""

    def __init__(
        self, look: Look, section: Section, settings: Sequence[Setting], save: Save, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.section = section
        self.rows = [SettingRow(look, setting, save, self) for setting in settings]
        card = Card(look, parent=self)
        card.setAccessibleName(section_name(section))
        for row in self.rows:
            card.body.addWidget(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, look.theme.px("space.9"))
        column.setSpacing(look.theme.px("space.4"))
        column.addWidget(Label(look, section_name(section), "card-title", parent=self))
        column.addWidget(card)
        self._column = column
        self.search(())

    def add_note(self, note: QWidget) -> None:
        """Put something below the card, which goes with it where a search hides it."""
        self._column.addWidget(note)
        last, first = self.rows[-1].control.focusProxy(), note.focusProxy()
        if last is not None and first is not None:
            QWidget.setTabOrder(last, first)

    def show_settings(self, settings: Settings) -> None:
        """Show the values as they stand."""
        for row in self.rows:
            row.control.show_value(settings.get(row.setting.key))

    def show_categories(self, categories: Sequence[Category]) -> None:
        """Tell the controls that choose among categories which there are."""
        for row in self.rows:
            if isinstance(row.control, CategoriesControl):
                row.control.show_categories(categories)

    def search(self, words: Sequence[str]) -> bool:
        """Show the rows that match all words, hide the others and itself where none does; whether any does."""
        shown = [row for row in self.rows if row.matches(words)]
        for row in self.rows:
            row.setVisible(row in shown)
            row.rule.setVisible(row is not (shown[0] if shown else None))
        self.setVisible(bool(shown))
        return bool(shown)
