"""Below the settings of screenshots: whether they work here, what they will take, and where the key is."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify.domain import Capability, Forecast, Health, KeyPlace
from productify_ui.text.gallery import forecast_text, used_text
from productify_ui.text.settings import settings_words
from productify_ui.text.skips import skip_words
from productify_ui.widgets.button import Button, Size
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.symbol import Symbol

KEYS = frozenset({"screenshots", "visible-windows"})
"""Keys of the capabilities without which no picture can be taken."""

_TONES = {Health.DEGRADED: ("triangle-alert", "warn"), Health.MISSING: ("circle-alert", "danger")}


class ShotsNote(QWidget):
    """Lines with a symbol before each; `skipped` asks for the page of what was skipped."""

    skipped = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        theme = look.theme
        self._trouble: tuple[Capability, ...] = ()
        self._sizes = ""
        self._key: KeyPlace | None = None
        self._shown: tuple[tuple[str, str, str], ...] | None = None
        row = QHBoxLayout(self)
        side = theme.px("card.side")
        row.setContentsMargins(side, theme.px("space.5"), side, 0)
        row.setSpacing(theme.px("space.8"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px("space.3"))
        row.addLayout(self._lines, 1)
        self.link = Button(look, skip_words.title, size=Size.SMALL, parent=self)
        self.link.clicked.connect(self._clicked)
        row.addWidget(self.link)
        self.setFocusProxy(self.link)

    @property
    def text(self) -> str:
        """All that it says, a line each."""
        return "\n".join(text for _icon, _tone, text in self._shown or ())

    def show_capabilities(self, capabilities: Sequence[Capability]) -> None:
        """Say what keeps pictures from being taken here, and how to mend it."""
        self._trouble = tuple(each for each in capabilities if each.key in KEYS and each.health is not Health.WORKS)
        self._show()

    def show_forecast(self, forecast: Forecast, key: KeyPlace | None) -> None:
        """Say what they take and will take, and where the key is that they are encrypted with, if there is one."""
        self._sizes = ". ".join((used_text(forecast), forecast_text(forecast)))
        self._key = key
        self._show()

    def _show(self) -> None:
        lines = [(*_TONES[each.health], f"{each.detail} {each.fix}".strip()) for each in self._trouble]
        if self._sizes:
            lines.append(("hard-drive", "text-tertiary", self._sizes))
        if self._key is not None:
            said = {KeyPlace.KEYRING: settings_words.key_in_keyring, KeyPlace.FILE: settings_words.key_in_file}
            lines.append(("lock", "text-tertiary", said[self._key]))
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        while self._lines.count():
            item = self._lines.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for icon, tone, text in lines:
            self._lines.addWidget(self._line(icon, tone, text))

    def _line(self, icon: str, tone: str, text: str) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.theme.px("space.4"))
        row.addWidget(Symbol(self._look, icon, tone, holder))
        label = Label(self._look, text, "small", "text-secondary", parent=holder)
        label.setWordWrap(True)
        row.addWidget(label, 1)
        return holder

    @Slot()
    def _clicked(self) -> None:
        self.skipped.emit()
