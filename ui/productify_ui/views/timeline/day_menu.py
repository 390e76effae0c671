"""What can be done with a whole day, and with what is selected of it."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from productify.domain import Block, State, Steps
from productify_ui.text import formats
from productify_ui.text.editing import editing_words as say
from productify_ui.text.editing import step_name
from productify_ui.views.context import ViewContext
from productify_ui.views.timeline.plate import FormPlate
from productify_ui.widgets.button import Button, Kind
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.popup import Menu
from productify_ui.widgets.segmented import Segmented

_CHOICES = (60, 120, 180, 300, 600, 900)
_DEBOUNCE_MS = 200
Act = Callable[[], None]


def day_menu(
    look: Look, parent: QWidget, steps: Steps, undo: Act, redo: Act, acts: Sequence[tuple[str, str, Act, bool]]
) -> Menu:
    """Return a menu that undoes, redoes, and does `acts`: (text, icon, what to do, whether it can be done)."""
    menu = Menu(look, parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    undoing = say.undo_step.format(what=step_name(steps.undo.kind)) if steps.undo else say.undo_nothing
    redoing = say.redo_step.format(what=step_name(steps.redo.kind)) if steps.redo else say.redo_nothing
    for text, icon, keys, act, possible in (
        (undoing, "undo-2", "Ctrl+Z", undo, steps.undo is not None),
        (redoing, "redo-2", "Ctrl+Shift+Z", redo, steps.redo is not None),
    ):
        action = menu.add(text, icon, keys)
        action.setEnabled(possible)
        action.triggered.connect(act)
    menu.addSeparator()
    for text, icon, act, possible in acts:
        action = menu.add(text, icon)
        action.setEnabled(possible)
        action.triggered.connect(act)
    return menu


def block_menu(look: Look, parent: QWidget, blocks: Sequence[Block], acts: dict[str, Act]) -> Menu:
    """Return the menu of some selected blocks; `acts` says what each of its verbs does."""
    menu = Menu(look, parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    stored = [block for block in blocks if block.cause is not State.OFF]
    apps = [block for block in blocks if block.cause is None]
    for verb, text, icon, keys, possible in (
        ("edit", say.edit if apps else say.what_was_this, "pencil", "E", True),
        ("split", say.split, "scissors", "S", len(stored) == len(blocks) == 1),
        ("merge", say.merge, "copy", "M", len(stored) > 1),
        ("rule", say.rule, "list-filter", "R", bool(apps)),
        ("copy", say.copy_selected, "calendar", "", bool(apps)),
        ("delete", say.delete, "trash-2", "Del", bool(stored)),
        ("erase", say.erase, "eye-off", "", bool(stored)),
    ):
        if possible:
            menu.add(text, icon, keys).triggered.connect(acts[verb])
    return menu


class IdleCard(FormPlate):
    """Another idle time-out for one day, with what it would change; `applied` carries (day, seconds)."""

    applied = Signal(object, int)

    def __init__(self, context: ViewContext, parent: QWidget) -> None:
        super().__init__(context.look, "timeline.entry-width", parent)
        self._context = context
        self._day = date.min
        look = context.look
        self.title = Label(look, role="note-title", parent=self)
        hint = Label(look, say.idle_text, "small", "text-secondary", parent=self)
        choices = tuple((str(seconds), say.idle_after.format(minutes=seconds // 60)) for seconds in _CHOICES)
        self.choice = Segmented(look, choices, say.idle_name, fill=True, small=True, parent=self)
        self.foresight = Label(look, role="small", tone="text-secondary", parent=self)
        for label in (self.title, hint, self.foresight):
            label.setWordWrap(True)
        self.cancel = Button(look, say.cancel, parent=self)
        self.apply = Button(look, say.apply, kind=Kind.PRIMARY, parent=self)
        for widget in (self.title, hint, self.choice, self.foresight):
            self.body.addWidget(widget)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.apply)
        self.body.addLayout(row)
        self.choice.chosen.connect(self._chosen)
        self.cancel.clicked.connect(self.close_plate)
        self.apply.clicked.connect(self._apply)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_DEBOUNCE_MS)
        self._pause.timeout.connect(self._foresee)

    def open_day(self, day: date) -> None:
        """Open for a local day, with the time-out of the settings chosen."""
        self._day = day
        seconds = self._context.preferences.settings.number("idle_timeout")
        nearest = min(_CHOICES, key=lambda choice: abs(choice - seconds))
        self.title.setText(say.idle_title.format(day=formats.long_day(day)))
        self.choice.choose(str(nearest))
        self.open_at(None, self.choice)
        self._chosen()

    @Slot()
    def _chosen(self) -> None:
        self.apply.setEnabled(False)
        self._pause.start()

    @Slot()
    def _foresee(self) -> None:
        if self.isVisible():
            self._context.bridge.start(self._ask(self._day, int(self.choice.value)))

    async def _ask(self, day: date, seconds: int) -> None:
        found = await self._context.bridge.call(lambda service: service.editing.preview_idle(day, day, seconds))
        if (day, str(seconds)) == (self._day, self.choice.value):
            text = say.idle_changes.format(away=formats.duration(found.away), regained=formats.duration(found.regained))
            self.foresight.setText(text if found.days else say.idle_same)
            self.apply.setEnabled(bool(found.days))
            self.fit()

    @Slot()
    def _apply(self) -> None:
        self.close_plate()
        self.applied.emit(self._day, int(self.choice.value))
