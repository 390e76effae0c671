"""The section "This desktop": every capability, how well it works, and how to mend it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from productify.domain import Capability
from productify_ui.text.desktop import desktop_words
from productify_ui.views.settings.capability_row import AROUND, CapabilityRow
from productify_ui.widgets.card import Card
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look

SECTION = "desktop"


class DesktopSection(QWidget):
    """Two cards: what is tracked and by what, and what lies around; `wanted` and `copied` are those of its rows."""

    section = SECTION
    wanted = Signal(object)
    copied = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._sought: Sequence[str] = ()
        self._shown: tuple[Capability, ...] = ()
        self.rows: list[CapabilityRow] = []
        theme = look.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px("space.9"))
        column.setSpacing(theme.px("space.4"))
        column.addWidget(Label(look, desktop_words.title, "card-title", parent=self))
        self._waiting = Label(look, desktop_words.looking, "small", "text-tertiary", parent=self)
        column.addWidget(self._waiting)
        self._cards = [self._card(desktop_words.tracked, column), self._card(desktop_words.around, column)]

    def show_capabilities(self, capabilities: Sequence[Capability]) -> None:
        """Show what is known of this desktop; the same again costs nothing but frees the buttons."""
        for row in self.rows:
            if row.button is not None:
                row.button.setEnabled(True)
        if tuple(capabilities) == self._shown:
            return
        self._shown = tuple(capabilities)
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [self._row(each) for each in capabilities]
        self.search(self._sought)

    def search(self, words: Sequence[str]) -> bool:
        """Show the rows that match all words, hide the others and itself where none does; whether any does."""
        self._sought = words
        found = [row for row in self.rows if row.matches(list(words))]
        for card, _name in self._cards:
            within = [row for row in self.rows if row.parentWidget() is card]
            shown = [row for row in within if row in found]
            for row in within:
                row.setVisible(row in shown)
                row.rule.setVisible(row is not (shown[0] if shown else None))
            card.setVisible(bool(shown))
            _name.setVisible(bool(shown))
        self._waiting.setVisible(not self.rows)
        self.setVisible(bool(found) or not (words or self.rows))
        return bool(found)

    def _card(self, name: str, column: QVBoxLayout) -> tuple[Card, Label]:
        label = Label(self._look, name, "small", "text-secondary", parent=self)
        if column.count() > 2:
            label.setContentsMargins(0, self._look.theme.px("space.6"), 0, 0)
        card = Card(self._look, parent=self)
        card.setAccessibleName(name)
        for widget in (label, card):
            column.addWidget(widget)
            widget.hide()
        return card, label

    def _row(self, each: Capability) -> CapabilityRow:
        card, _name = self._cards[each.key in AROUND]
        row = CapabilityRow(self._look, each, card)
        row.wanted.connect(self.wanted)
        row.copied.connect(self.copied)
        card.body.addWidget(row)
        return row
