"""What a time without an app was, by the user's word."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from productify.domain import Part, Verdict
from productify_ui.text.editing import editing_words as say
from productify_ui.text.timeline import timeline_words
from productify_ui.views.context import ViewContext
from productify_ui.views.timeline.category_menu import category_menu
from productify_ui.widgets.button import Button, Size
from productify_ui.widgets.flow import FlowLayout
from productify_ui.widgets.label import Label
from productify_ui.widgets.select import Select
from productify_ui.widgets.text_field import TextField

_DEBOUNCE_MS = 150


class NameForm(QWidget):
    """A name and a category, with names that were used before; `changed` tells of another name.

    Until the user chooses one, the category is what the words of the name say. `taken` carries the Part of a name that
    was used before and chosen again.
    """

    changed = Signal()
    taken = Signal(object)

    def __init__(self, context: ViewContext, caption: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        look, theme = context.look, context.theme
        self._verdict: Verdict | None = None
        self._chosen = False
        self.recents: tuple[Part, ...] = ()
        self.field = TextField(look, caption, hint, self)
        self.field.textEdited.connect(self._edited)
        self.category = Select(look, timeline_words.category, self)
        self.category.clicked.connect(self._open)
        self.recent = QWidget(self)
        self._flow = FlowLayout(theme.px("space.3"), self.recent)
        self._recent_caption = Label(look, say.recent, "small", "text-secondary", parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.3"))
        column.addWidget(Label(look, caption, "small", "text-secondary", parent=self))
        column.addWidget(self.field)
        for widget in (self._recent_caption, self.recent):
            column.addWidget(widget)
            widget.hide()
        column.addSpacing(theme.px("space.2"))
        column.addWidget(Label(look, timeline_words.category, "small", "text-secondary", parent=self))
        column.addWidget(self.category)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_DEBOUNCE_MS)
        self._pause.timeout.connect(self._suggest)
        self._show_category()

    @property
    def name(self) -> str:
        """What it is called, "" for nothing yet."""
        return self.field.text().strip()

    @property
    def verdict(self) -> Verdict | None:
        """Its category and that one's productivity, None for none."""
        return self._verdict

    def clear(self) -> None:
        """Forget what was written."""
        self._pause.stop()
        self.fill("", None)
        self._chosen = False

    def fill(self, name: str, verdict: Verdict | None) -> None:
        """Write a name with its category."""
        self._pause.stop()
        if self.field.text() != name:
            self.field.setText(name)
        self._take(verdict)
        self.changed.emit()

    def show_recents(self, recents: Sequence[Part], *, keys: bool) -> None:
        """Offer names that were used before; with `keys` the numbers 1 to 9 that choose them."""
        if tuple(recents) == self.recents:
            return
        self.recents = tuple(recents)
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, part in enumerate(self.recents, start=1):
            button = Button(self._context.look, _short(part.name), size=Size.SMALL, parent=self.recent)
            if keys:
                button.set_detail(str(number))
            button.clicked.connect(partial(self._use, part))
            self._flow.addWidget(button)
        for widget in (self._recent_caption, self.recent):
            widget.setVisible(bool(self.recents))
        self._flow.invalidate()
        self.updateGeometry()

    def hideEvent(self, event: object) -> None:
        self._pause.stop()
        super().hideEvent(event)  # type: ignore[arg-type]

    def _use(self, part: Part, _checked: bool = False) -> None:
        self.fill(part.name, part.verdict)
        self.taken.emit(part)

    @Slot()
    def _edited(self) -> None:
        if not self._chosen:
            self._pause.start()
        self.changed.emit()

    @Slot()
    def _suggest(self) -> None:
        self._context.bridge.start(self._ask(self.name))

    async def _ask(self, name: str) -> None:
        verdict = await self._context.bridge.call(lambda service: service.editing.verdict_of(name))
        if name == self.name and not self._chosen:
            self._take(verdict)

    @Slot()
    def _open(self) -> None:
        chosen = self._verdict.category if self._verdict is not None else None
        menu = category_menu(self._context, self, chosen, say.unclassified)
        for key, action in menu.by_key.items():
            action.triggered.connect(partial(self._choose, key))
        menu.open_below(self.category)

    def _choose(self, key: str, _checked: bool = False) -> None:
        self._chosen = True
        self._take(Verdict(key, self._context.categories.productivity(key)) if key else None)
        self.changed.emit()

    def _take(self, verdict: Verdict | None) -> None:
        self._verdict = verdict
        self._show_category()

    def _show_category(self) -> None:
        categories, key = self._context.categories, self._verdict.category if self._verdict else None
        self.category.show_choice(categories.name(key) if key else say.unclassified, categories.colour(key))


def _short(name: str, most: int = 24) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
