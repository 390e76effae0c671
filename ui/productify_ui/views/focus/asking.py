"""Small plates that ask for a text or for numbers, beside what they are for."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify_ui.widgets.button import Button, Kind
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.popup import Popup
from productify_ui.widgets.text_field import TextField


class AskPopup(Popup):
    """A title, fields, and a button that hands over what they hold and closes; what does not fit keeps it open."""

    def __init__(self, look: Look, anchor: QWidget, title: str, action: str, hint: str = "") -> None:
        super().__init__(look, anchor)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme = look.theme
        column = QVBoxLayout()
        edge = theme.px("space.5")
        column.setContentsMargins(edge, theme.px("space.3"), edge, edge)
        column.setSpacing(theme.px("space.4"))
        column.addWidget(Label(look, title, "card-title", parent=self))
        self.fields = QVBoxLayout()
        self.fields.setSpacing(theme.px("space.3"))
        column.addLayout(self.fields)
        self.hint = Label(look, hint, "small", "text-tertiary", parent=self)
        self.hint.setWordWrap(True)
        self.hint.setVisible(bool(hint))
        column.addWidget(self.hint)
        self.use = Button(look, action, kind=Kind.PRIMARY, parent=self)
        self.use.clicked.connect(self.take)
        column.addWidget(self.use, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(column)
        self.setFixedWidth(theme.scaled("focus.popup-width") + 2 * theme.px("popup.shadow"))

    @Slot()
    def take(self) -> None:
        """Hand over what the fields hold."""
        raise NotImplementedError


class _TextPopup(AskPopup):
    def __init__(
        self, look: Look, anchor: QWidget, title: str, example: str, action: str, give: Callable[[str], None], hint: str
    ) -> None:
        super().__init__(look, anchor, title, action, hint)
        self._give = give
        self.field = TextField(look, title, example, self)
        self.field.returnPressed.connect(self.take)
        self.fields.addWidget(self.field)

    @Slot()
    def take(self) -> None:
        text = self.field.text().strip()
        self.field.set_invalid(not text)
        if text:
            self.close()
            self._give(text)


class NumbersPopup(AskPopup):
    """Whole numbers, each as (name, value, least, most)."""

    def __init__(
        self,
        look: Look,
        anchor: QWidget,
        title: str,
        hint: str,
        action: str,
        numbers: Sequence[tuple[str, int, int, int]],
        give: Callable[[tuple[int, ...]], None],
    ) -> None:
        super().__init__(look, anchor, title, action, hint)
        self._give = give
        self.numbers = [self._add(look, *number, alone=len(numbers) == 1) for number in numbers]

    @Slot()
    def take(self) -> None:
        for field in self.numbers:
            field.set_invalid(not field.hasAcceptableInput())
        if all(field.hasAcceptableInput() for field in self.numbers):
            self.close()
            self._give(tuple(int(field.text()) for field in self.numbers))

    def _add(self, look: Look, name: str, value: int, least: int, most: int, *, alone: bool) -> TextField:
        field = TextField(look, name, parent=self)
        field.setText(str(value))
        field.setValidator(QIntValidator(least, most, field))
        field.returnPressed.connect(self.take)
        row = QHBoxLayout()
        if not alone:
            row.addWidget(Label(look, name, "body", "text-secondary", parent=self), 1)
            field.setFixedWidth(look.theme.scaled("focus.field-number"))
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(field)
        self.fields.addLayout(row)
        return field


def ask_text(
    look: Look, anchor: QWidget, title: str, example: str, action: str, give: Callable[[str], None], hint: str = ""
) -> AskPopup:
    """Ask for a line of text below `anchor`; `give` gets what is not empty."""
    popup = _TextPopup(look, anchor, title, example, action, give, hint)
    popup.open_below(anchor)
    popup.field.setFocus()
    return popup


def ask_numbers(
    look: Look,
    anchor: QWidget,
    title: str,
    hint: str,
    action: str,
    numbers: Sequence[tuple[str, int, int, int]],
    give: Callable[[tuple[int, ...]], None],
) -> NumbersPopup:
    """Ask for numbers below `anchor`."""
    popup = NumbersPopup(look, anchor, title, hint, action, numbers, give)
    popup.open_below(anchor)
    popup.numbers[0].setFocus()
    popup.numbers[0].selectAll()
    return popup
