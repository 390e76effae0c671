"""Looking for screenshots by what they say, and how to get that where it is not here."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from productify.domain import Capability, Health
from productify_ui.text.gallery import gallery_words as say
from productify_ui.views.context import ViewContext
from productify_ui.widgets.button import Button, Size
from productify_ui.widgets.label import Label
from productify_ui.widgets.search_field import SearchField

_PATIENCE_MS = 250


class Finder(SearchField):
    """A field in the page's header; `looked_for` tells that something else is looked for, once typing rests."""

    looked_for = Signal()

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context.look, say.find_titles, parent)
        self._theme = context.theme
        self._told = ""
        self._name = str(say.find_titles)
        self._compact = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_PATIENCE_MS)
        self._rest.timeout.connect(self._tell)
        self.textChanged.connect(self._rest.start)
        self.set_compact(False)

    @property
    def wanted(self) -> str | None:
        """What is looked for, None where nothing is."""
        text = self.text().strip()
        return text if any(letter.isalnum() for letter in text) else None

    def set_compact(self, compact: bool) -> None:
        """Take less room."""
        self._compact = compact
        self.setFixedWidth(self._theme.scaled("gallery.find-compact" if compact else "gallery.find"))
        self._show_name()

    def show_reach(self, words: bool) -> None:
        """Say whether the words in screenshots are looked through, or the titles of windows alone."""
        self._name = str(say.find_words if words else say.find_titles)
        self._show_name()

    def _show_name(self) -> None:
        self.setPlaceholderText(say.find if self._compact else self._name)
        self.setAccessibleName(self._name)

    @Slot()
    def _tell(self) -> None:
        wanted = self.wanted or ""
        if wanted != self._told:
            self._told = wanted
            self.looked_for.emit()


class FinderNote(QWidget):
    """A line below the header while only titles are looked through; `switched_on` asks for the words as well."""

    switched_on = Signal()

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = context.look
        self.sentence = Label(look, role="small", tone="text-secondary", parent=self)
        self.sentence.setWordWrap(True)
        self.button = Button(look, say.find_switch_on, size=Size.SMALL, parent=self)
        self.button.clicked.connect(self.switched_on)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, context.theme.px("space.2"), 0, context.theme.px("space.2"))
        row.setSpacing(context.theme.px("space.6"))
        row.addWidget(self.sentence, 1)
        row.addWidget(self.button)
        self.hide()

    def tell(self, reader: Capability, *, switched_on: bool, looking: bool) -> None:
        """Say what is missing for words to be found, while something is looked for."""
        works = reader.health is Health.WORKS
        self.setVisible(looking and not (works and switched_on))
        self.button.setVisible(works)
        if works:
            self.sentence.setText(say.find_off)
        else:
            parts = (say.find_titles_only, reader.detail, reader.fix, reader.command)
            self.sentence.setText(" ".join(part for part in parts if part))
