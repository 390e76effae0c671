"""What can be done with a whole day, and with what is selected of it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from productify.domain import Block, State, Steps
from productify_ui.text.editing import editing_words as say
from productify_ui.text.editing import step_name
from productify_ui.widgets.look import Look
from productify_ui.widgets.popup import Menu

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
