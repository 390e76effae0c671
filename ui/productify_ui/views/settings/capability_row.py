"""One thing that works on this desktop, or does not, and how to mend it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify.domain import Capability, Health, Repair
from productify_ui.text.desktop import action_of, desktop_words, health_of
from productify_ui.widgets.button import Button, Size
from productify_ui.widgets.card import Rule
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.symbol import Symbol

TONES = {Health.WORKS: "success", Health.DEGRADED: "warn", Health.MISSING: "danger"}
AROUND = frozenset({"tray", "notifications", "quiet", "autostart", "keyring", "window-control"})
"""Keys of what the record does not depend on."""

_ICONS = {Health.WORKS: "circle-check", Health.DEGRADED: "triangle-alert", Health.MISSING: "circle-alert"}
_MILD = {Health.DEGRADED: ("info", "text-secondary"), Health.MISSING: ("triangle-alert", "warn")}


class CapabilityRow(QWidget):
    """Says what it is, by what and how well; `wanted` carries the Repair, `copied` the command."""

    wanted = Signal(object)
    copied = Signal(str)

    def __init__(self, look: Look, shown: Capability, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.shown = shown
        self.button: Button | None = None
        theme = look.theme
        self.rule = Rule(look, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.rule)
        row = QHBoxLayout()
        side, top = theme.px("card.side"), theme.px("settings.row-top")
        row.setContentsMargins(side, top, side, top)
        row.setSpacing(theme.px("space.6"))
        icon, self._tone = _face(shown)
        one_line = not (shown.detail or self._advice() or shown.command)
        middle = Qt.AlignmentFlag.AlignVCenter if one_line else Qt.AlignmentFlag.AlignTop
        row.addWidget(Symbol(look, icon, self._tone, self), 0, middle)
        row.addLayout(self._texts(), 1)
        if shown.repair is not None:
            self.button = Button(look, action_of(shown.repair), size=Size.SMALL, parent=self)
            self.button.clicked.connect(self._repair_clicked)
            row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(row)
        detail = " ".join(text for text in (shown.detail, self._advice()) if text)
        self.setAccessibleName(
            desktop_words.state_of.format(
                title=shown.title, state=health_of(shown), backend=shown.backend, detail=detail
            ).strip()
        )

    def matches(self, words: tuple[str, ...] | list[str]) -> bool:
        """Whether each of the words (lower case) stands in what it says."""
        shown = self.shown
        said = " ".join((shown.title, shown.backend, shown.detail, shown.fix, desktop_words.title)).casefold()
        return all(word in said for word in words)

    def _texts(self) -> QVBoxLayout:
        look, shown = self._look, self.shown
        texts = QVBoxLayout()
        texts.setSpacing(look.theme.px("space.1"))
        line = QHBoxLayout()
        line.setSpacing(look.theme.px("space.4"))
        line.addWidget(Label(look, shown.title, "body-strong", parent=self))
        line.addWidget(Label(look, health_of(shown), "small-strong", self._tone, parent=self))
        if shown.health is not Health.MISSING:
            line.addWidget(Label(look, shown.backend, "small", "text-tertiary", elide=True, parent=self), 1)
        else:
            line.addStretch(1)
        texts.addLayout(line)
        for text in (shown.detail, self._advice()):
            if text:
                said = Label(look, text, "small", "text-secondary", parent=self)
                said.setWordWrap(True)
                texts.addWidget(said)
        if shown.command:
            texts.addLayout(self._command())
        return texts

    def _command(self) -> QHBoxLayout:
        look = self._look
        line = QHBoxLayout()
        line.setContentsMargins(0, look.theme.px("space.2"), 0, 0)
        line.setSpacing(look.theme.px("space.4"))
        command = Label(look, self.shown.command, "mono", "text-primary", parent=self)
        command.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        line.addWidget(command)
        name = desktop_words.copy_command.format(command=self.shown.command)
        copy = Button(look, desktop_words.copy, icon="copy", size=Size.SMALL, name=name, parent=self)
        copy.clicked.connect(self._copy_clicked)
        line.addWidget(copy)
        line.addStretch(1)
        return line

    def _advice(self) -> str:
        """Return the sentence on mending it; where the app can, its button says it all."""
        return self.shown.fix if self.shown.repair in (None, Repair.NOTIFICATION) else ""

    @Slot()
    def _repair_clicked(self) -> None:
        if self.button is not None:
            self.button.setEnabled(False)
        self.wanted.emit(self.shown.repair)

    @Slot()
    def _copy_clicked(self) -> None:
        self.copied.emit(self.shown.command)


def _face(shown: Capability) -> tuple[str, str]:
    """Return icon and colour: what only lies around is no cause for alarm."""
    usual = (_ICONS[shown.health], TONES[shown.health])
    return _MILD.get(shown.health, usual) if shown.key in AROUND else usual
