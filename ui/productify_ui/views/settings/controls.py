"""The control of each kind of setting; all of them tell `changed` with the new value."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from productify.domain import Category
from productify.settings import Setting, Value
from productify_ui.text.settings import choices_of, settings_words, title_of
from productify_ui.widgets.button import Button
from productify_ui.widgets.flow import FlowLayout
from productify_ui.widgets.look import Look
from productify_ui.widgets.popup import Menu
from productify_ui.widgets.segmented import Segmented
from productify_ui.widgets.select import Select
from productify_ui.widgets.tag import Tag
from productify_ui.widgets.toggle import Toggle

_FEW = 3
_PLACEHOLDERS = {
    "excluded_apps": "placeholder_apps",
    "excluded_sites": "placeholder_sites",
    "excluded_words": "placeholder_words",
    "blur_apps": "placeholder_apps",
}
_OF_CATEGORIES = frozenset({"blur_categories"})


class Control(QWidget):
    """Shows one setting's value; `changed` carries another that the user chose."""

    changed = Signal(object)

    def __init__(self, look: Look, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setting = setting

    def show_value(self, value: Value) -> None:
        """Show a value without telling."""
        raise NotImplementedError

    def _hold(self, widget: QWidget) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFocusProxy(widget)


class SwitchControl(Control):
    """On or off."""

    def __init__(self, look: Look, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(look, setting, parent)
        self.toggle = Toggle(look, title_of(setting), self)
        self.toggle.clicked.connect(self._clicked)
        self._hold(self.toggle)

    def show_value(self, value: Value) -> None:
        self.toggle.setChecked(bool(value))

    @Slot(bool)
    def _clicked(self, on: bool) -> None:
        self.changed.emit(on)


class FewControl(Control):
    """Two or three choices side by side."""

    def __init__(self, look: Look, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(look, setting, parent)
        self._values = {str(value): value for value, _ in setting.choices}
        choices = tuple((str(value), text) for value, text in choices_of(setting))
        self.segments = Segmented(look, choices, title_of(setting), parent=self)
        self.segments.chosen.connect(self._chosen)
        self._hold(self.segments)

    def show_value(self, value: Value) -> None:
        self.segments.choose(str(value))

    @Slot(str)
    def _chosen(self, key: str) -> None:
        self.changed.emit(self._values[key])


class ManyControl(Control):
    """One of many choices, in a menu."""

    def __init__(self, look: Look, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(look, setting, parent)
        self.select = Select(look, title_of(setting), self)
        self.select.clicked.connect(self._open)
        self._value: Value = setting.default
        self._hold(self.select)
        look.theme.changed.connect(self._size)
        self._size()

    def show_value(self, value: Value) -> None:
        self._value = value
        texts = dict(choices_of(self.setting))
        self.select.show_choice(texts.get(value, str(value)))

    @Slot()
    def _size(self) -> None:
        self.select.setFixedWidth(self.look.theme.scaled("settings.select"))

    @Slot()
    def _open(self) -> None:
        menu = Menu(self.look, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for value, text in choices_of(self.setting):
            menu.add(text, "check" if value == self._value else None).triggered.connect(partial(self._choose, value))
        menu.open_below(self.select)

    def _choose(self, value: Value, _checked: bool = False) -> None:
        self.changed.emit(value)


class ListControl(Control):
    """Any number of texts, each with a cross, and a field that adds one."""

    def __init__(self, look: Look, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(look, setting, parent)
        self._texts: tuple[str, ...] = ()
        self._tags: list[Tag] = []
        theme = look.theme
        self._flow = FlowLayout(theme.px("space.3"), self)
        self.field = QLineEdit(self)
        look.dress(self.field)
        self.field.setPlaceholderText(getattr(settings_words, _PLACEHOLDERS[setting.key]))
        self.field.setAccessibleName(settings_words.add_to.format(title=title_of(setting)))
        self.field.returnPressed.connect(self._add)
        self.button = Button(look, settings_words.add, icon="plus", parent=self)
        self.button.clicked.connect(self._add)
        self._flow.addWidget(self.field)
        self._flow.addWidget(self.button)
        self.setFocusProxy(self.field)
        theme.changed.connect(self._size)
        self._size()

    @Slot()
    def _size(self) -> None:
        self.field.setFont(self.look.theme.font("body"))
        self.field.setFixedHeight(self.look.theme.scaled("size.control"))
        self.field.setFixedWidth(self.look.theme.scaled("settings.field"))

    def show_value(self, value: Value) -> None:
        texts = value if isinstance(value, tuple) else ()
        if texts == self._texts:
            return
        self._texts = texts
        for tag in self._tags:
            self._flow.removeWidget(tag)
            tag.deleteLater()
        self._tags = [self._tag(text) for text in texts]
        for place, tag in enumerate(self._tags):
            self._flow.insertWidget(place, tag)
            tag.show()
        self.updateGeometry()

    def _tag(self, text: str) -> Tag:
        tag = Tag(self.look, text, settings_words.remove.format(name=text), self)
        tag.removed.connect(self._remove)
        return tag

    @Slot()
    def _add(self) -> None:
        text = self.field.text().strip()
        self.field.clear()
        if text and text.casefold() not in [old.casefold() for old in self._texts]:
            self._change((*self._texts, text))

    @Slot(str)
    def _remove(self, text: str) -> None:
        self._change(tuple(old for old in self._texts if old != text))
        self.field.setFocus()

    def _change(self, texts: tuple[str, ...]) -> None:
        """Show the change before it is saved, so that the next one adds to it."""
        self.show_value(texts)
        self.changed.emit(texts)


class CategoriesControl(Control):
    """Any number of categories, each with a cross, and a button that opens a menu of the others; holds their keys."""

    def __init__(self, look: Look, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(look, setting, parent)
        self._keys: tuple[str, ...] = ()
        self._known: dict[str, Category] = {}
        self._tags: list[Tag] = []
        self._flow = FlowLayout(look.theme.px("space.3"), self)
        name = settings_words.add_to.format(title=title_of(setting))
        self.button = Button(look, settings_words.add, icon="plus", name=name, parent=self)
        self.button.clicked.connect(self._open)
        self._flow.addWidget(self.button)
        self.setFocusProxy(self.button)

    def show_categories(self, categories: Sequence[Category]) -> None:
        """Take note of which there are, and what they are called."""
        self._known = {category.key: category for category in categories}
        self._show()

    def show_value(self, value: Value) -> None:
        keys = value if isinstance(value, tuple) else ()
        if keys != self._keys:
            self._keys = keys
            self._show()

    def _show(self) -> None:
        for tag in self._tags:
            self._flow.removeWidget(tag)
            tag.hide()
            tag.deleteLater()
        self._tags = [self._tag(key) for key in self._keys]
        for place, tag in enumerate(self._tags):
            self._flow.insertWidget(place, tag)
            tag.show()
        self.updateGeometry()

    def _tag(self, key: str) -> Tag:
        name = self._known[key].name if key in self._known else key
        tag = Tag(self.look, name, settings_words.remove.format(name=name), self)
        tag.removed.connect(partial(self._remove, key))
        return tag

    @Slot()
    def _open(self) -> None:
        menu = Menu(self.look, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, category in self._known.items():
            if key not in self._keys:
                fill = self.look.theme.category(category.colour).fill
                menu.add_swatch(category.name, fill, checked=False).triggered.connect(partial(self._add, key))
        menu.open_below(self.button)

    def _add(self, key: str, _checked: bool = False) -> None:
        self._change((*self._keys, key))

    def _remove(self, key: str, _text: str) -> None:
        self._change(tuple(old for old in self._keys if old != key))
        self.button.setFocus()

    def _change(self, keys: tuple[str, ...]) -> None:
        self.show_value(keys)
        self.changed.emit(keys)


def control_for(look: Look, setting: Setting, parent: QWidget | None = None) -> Control:
    """Return the control that fits a setting's type and number of choices."""
    if setting.type is bool:
        return SwitchControl(look, setting, parent)
    if setting.key in _OF_CATEGORIES:
        return CategoriesControl(look, setting, parent)
    if setting.type is tuple:
        return ListControl(look, setting, parent)
    return (FewControl if len(setting.choices) <= _FEW else ManyControl)(look, setting, parent)
