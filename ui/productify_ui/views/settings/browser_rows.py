"""The rows of the section about browsers: something to do with what came of it, and a paired browser."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify_ui.text.browsers import browser_words
from productify_ui.widgets.button import Button, Size
from productify_ui.widgets.card import Rule
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.symbol import Symbol


@dataclass(frozen=True, slots=True)
class Line:
    """A line of what came of something: a symbol in a tone, a text, and a quieter one below it."""

    icon: str
    tone: str
    text: str
    below: str = ""


class ActionRow(QWidget):
    """Something to do: its name, what it is for, a button, and below them what came of it."""

    def __init__(self, look: Look, title: str, hint: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown: tuple[Line, ...] = ()
        self.said = f"{title} {hint} {action}"
        theme = look.theme
        self.rule = Rule(look, self)
        self.button = Button(look, action, size=Size.SMALL, parent=self)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(Label(look, title, "body-strong", parent=self))
        about = Label(look, hint, "small", "text-tertiary", parent=self)
        about.setWordWrap(True)
        texts.addWidget(about)
        row = QHBoxLayout()
        row.setSpacing(theme.px("space.9"))
        row.addLayout(texts, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.below = QVBoxLayout()
        self.below.setSpacing(theme.px("space.3"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px("space.3"))
        self.below.addLayout(self._lines)
        column = framed(self, look, self.rule)
        column.addLayout(row)
        column.addLayout(self.below)

    @property
    def text(self) -> str:
        """What stands below, a line each."""
        return "\n".join(" ".join(part for part in (line.text, line.below) if part) for line in self._shown)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Say what came of it; the same again costs nothing."""
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            self._lines.addWidget(self._line(line))

    def _line(self, line: Line) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, self._look.theme.px("space.2"), 0, 0)
        row.setSpacing(self._look.theme.px("space.4"))
        row.addWidget(Symbol(self._look, line.icon, line.tone, holder), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        for text, tone in ((line.text, "text-secondary"), (line.below, "text-tertiary")):
            if text:
                label = Label(self._look, text, "small", tone, parent=holder)
                label.setWordWrap(True)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                texts.addWidget(label)
        row.addLayout(texts, 1)
        return holder


class PairedRow(QWidget):
    """A browser that is paired; `forgotten` carries its id."""

    forgotten = Signal(str)

    def __init__(
        self, look: Look, browser_id: str, name: str, texts: tuple[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._browser_id = browser_id
        self.said = texts
        theme = look.theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px("space.3"), 0, 0)
        row.setSpacing(theme.px("space.6"))
        row.addWidget(Symbol(look, "globe", "text-tertiary", self), 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Label(look, name, "body-strong", elide=True, parent=self))
        column.addWidget(Label(look, " · ".join(texts), "small", "text-tertiary", elide=True, parent=self))
        row.addLayout(column, 1)
        spoken = browser_words.forget_named.format(name=name)
        self.button = Button(look, browser_words.forget, size=Size.SMALL, name=spoken, parent=self)
        self.button.clicked.connect(self._clicked)
        row.addWidget(self.button)
        self.setAccessibleName(f"{name}, {', '.join(texts)}")

    @Slot()
    def _clicked(self) -> None:
        self.button.setEnabled(False)
        self.forgotten.emit(self._browser_id)


def framed(holder: QWidget, look: Look, rule: Rule) -> QVBoxLayout:
    """Return a column within a row of a card, below its rule."""
    theme = look.theme
    outer = QVBoxLayout(holder)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    outer.addWidget(rule)
    column = QVBoxLayout()
    side, top = theme.px("card.side"), theme.px("settings.row-top")
    column.setContentsMargins(side, top, side, top)
    column.setSpacing(theme.px("space.2"))
    outer.addLayout(column)
    return column
