"""The editor of one block list: what it names, and when it blocks by itself."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify.domain import BlockList, ListMode, Target, TargetKind, Weekly
from productify.focus.targets import with_target, without_target
from productify_ui.text.focus import focus_words as say
from productify_ui.text.focus import hours_text
from productify_ui.views.context import ViewContext
from productify_ui.views.focus.asking import ask_numbers
from productify_ui.views.focus.entries import EntrySection
from productify_ui.views.focus.keys import tab_through
from productify_ui.views.focus.weekly import HoursPopup
from productify_ui.widgets.banner import Banner
from productify_ui.widgets.button import Button, Kind
from productify_ui.widgets.card import Card, Rule
from productify_ui.widgets.flow import FlowLayout
from productify_ui.widgets.label import Label
from productify_ui.widgets.popup import Menu
from productify_ui.widgets.segmented import Segmented
from productify_ui.widgets.select import Select
from productify_ui.widgets.tag import Tag
from productify_ui.widgets.text_field import TextField
from productify_ui.widgets.toggle import Toggle

_ALLOWANCES = (5, 10, 20, 30, 60)
_DAY = 24 * 60
_KINDS = (TargetKind.SITE, TargetKind.APP, TargetKind.CATEGORY)


class HoursSection(QWidget):
    """The hours of a list; `changed` carries others."""

    changed = Signal(object)

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = context.look
        self._hours: tuple[Weekly, ...] = ()
        self._tags: list[Tag] = []
        self.add = Button(self._look, say.add_hours, icon="plus", parent=self)
        self.add.clicked.connect(self._ask)
        self._flow = FlowLayout(context.theme.px("space.3"), self)
        self._flow.addWidget(self.add)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_hours(self, hours: tuple[Weekly, ...]) -> None:
        """Show these."""
        if hours == self._hours:
            return
        self._hours = hours
        for tag in self._tags:
            self._flow.removeWidget(tag)
            tag.hide()
            tag.deleteLater()
        self._tags = []
        for place, each in enumerate(hours):
            text = hours_text(each)
            tag = Tag(self._look, text, say.remove_hours.format(hours=text), self)
            tag.removed.connect(partial(self._remove, each))
            self._flow.insertWidget(place, tag)
            self._tags.append(tag)
            tag.show()
        tab_through(*(tag.cross for tag in self._tags), self.add)
        self.updateGeometry()

    @Slot()
    def _ask(self) -> None:
        popup = HoursPopup(self._look, self.add)
        popup.given.connect(self._take)
        popup.open_below(self.add)

    @Slot(object)
    def _take(self, given: Weekly) -> None:
        self.changed.emit((*self._hours, given))

    def _remove(self, gone: Weekly, _text: str) -> None:
        self.changed.emit(tuple(each for each in self._hours if each != gone))


class ListEditor(Card):
    """Shows a list, edits of it at once.

    `changed` carries the list's id and what an edit makes of a list; `delete_wanted` and `reset_wanted` the list.
    """

    changed = Signal(str, object)
    reset_wanted = Signal(object)
    delete_wanted = Signal(object)

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context.look, parent=parent)
        look = context.look
        self._shown: BlockList | None = None
        self._is_stale = False
        self.banner = Banner(look, "warn", self)
        self.name = TextField(look, say.list_name, parent=self)
        self.name.editingFinished.connect(self._rename)
        modes = ((ListMode.BLOCK.value, say.mode_block), (ListMode.ALLOW.value, say.mode_allow))
        self.mode = Segmented(look, modes, say.mode, parent=self)
        self.mode.chosen.connect(self._choose_mode)
        self.allow_hint = Label(look, say.allow_hint, "small", "text-tertiary", parent=self)
        self.allow_hint.setWordWrap(True)
        self.sections = [EntrySection(context, kind, self) for kind in _KINDS]
        for section in self.sections:
            section.added.connect(self._add_target)
            section.removed.connect(self._remove_target)
        self.hours = HoursSection(context, self)
        self.hours.changed.connect(self._change_hours)
        self.allowance = Select(look, say.allowance, self)
        self.allowance.clicked.connect(self._open_allowances)
        self.active = Toggle(look, say.list_on, self)
        self.active.clicked.connect(self._switch)
        self.reset = Button(look, say.reset, icon="history", parent=self)
        self.reset.clicked.connect(self._reset)
        self.delete = Button(look, say.delete, icon="trash-2", kind=Kind.DANGER, parent=self)
        self.delete.clicked.connect(self._delete)
        self._lay_out()

    def show_list(self, given: BlockList) -> None:
        """Show a list as it is kept."""
        is_other = self._shown is None or given.id != self._shown.id
        if is_other:
            self.banner.hide()
        if given == self._shown and not self._is_stale:
            return
        is_being_named = self.name.hasFocus() and self.name.isModified() and not is_other and not self._is_stale
        self._shown, self._is_stale = given, False
        self.setAccessibleName(given.name)
        if self.name.text() != given.name and not is_being_named:
            self.name.setText(given.name)
        self.mode.choose(given.mode.value)
        self.allow_hint.setVisible(given.mode is ListMode.ALLOW)
        for section in self.sections:
            section.show_targets(given.targets, given.mode)
        self.hours.show_hours(given.hours)
        text = say.no_allowance if given.allowance is None else _allowance(given.allowance)
        self.allowance.show_choice(text)
        self.active.setChecked(given.is_on)
        self.reset.setVisible(given.is_shipped)

    def forget(self) -> None:
        """Show the list anew the next time, whatever stands in the fields."""
        self._is_stale = True

    def tell_trouble(self, title: str, hint: str) -> None:
        """Say why a change was not taken, "" takes that away."""
        if title:
            self.banner.tell(title, hint)
        else:
            self.banner.hide()

    def start_naming(self) -> None:
        """Let the user write the name of a new list."""
        self.name.setFocus()
        self.name.selectAll()

    def _change(self, edit: Callable[[BlockList], BlockList]) -> None:
        if self._shown is not None and (changed := edit(self._shown)) != self._shown:
            self.show_list(changed)
            self.changed.emit(changed.id, edit)

    @Slot()
    def _rename(self) -> None:
        name = self.name.text().strip()
        self.name.setModified(False)
        self._change(lambda given: replace(given, name=name))

    @Slot(str)
    def _choose_mode(self, mode: str) -> None:
        self._change(lambda given: replace(given, mode=ListMode(mode)))

    @Slot(object, int)
    def _add_target(self, target: Target, place: int) -> None:
        self._change(lambda given: with_target(given, target, place))

    @Slot(object)
    def _remove_target(self, target: Target) -> None:
        self._change(lambda given: without_target(given, target))

    @Slot(object)
    def _change_hours(self, hours: tuple[Weekly, ...]) -> None:
        self._change(lambda given: replace(given, hours=hours))

    @Slot(bool)
    def _switch(self, on: bool) -> None:
        self._change(lambda given: replace(given, is_on=on))

    def _allow(self, minutes: int | None, _checked: bool = False) -> None:
        self._change(lambda given: replace(given, allowance=minutes))

    @Slot()
    def _open_allowances(self) -> None:
        menu = Menu(self.look, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        current = self._shown.allowance if self._shown is not None else None
        menu.add(say.no_allowance, "check" if current is None else None).triggered.connect(partial(self._allow, None))
        for minutes in _ALLOWANCES:
            icon = "check" if minutes == current else None
            menu.add(_allowance(minutes), icon).triggered.connect(partial(self._allow, minutes))
        menu.add(say.custom).triggered.connect(self._ask_allowance)
        menu.open_below(self.allowance)

    @Slot()
    def _ask_allowance(self) -> None:
        current = (self._shown.allowance if self._shown is not None else None) or _ALLOWANCES[2]
        ask_numbers(
            self.look, self.allowance, say.allowance, say.allowance_hint, say.use,
            ((say.allowance, current, 1, _DAY),), lambda given: self._allow(given[0]),
        )  # fmt: skip

    @Slot()
    def _reset(self) -> None:
        self.reset_wanted.emit(self._shown)

    @Slot()
    def _delete(self) -> None:
        self.delete_wanted.emit(self._shown)

    def _lay_out(self) -> None:
        theme = self.theme
        side = theme.px("card.side")
        self.body.setContentsMargins(side, side, side, side)
        self.body.setSpacing(theme.px("space.5"))
        self.body.addWidget(self.banner)
        head = QHBoxLayout()
        head.setSpacing(theme.px("space.6"))
        head.addWidget(self.name, 1)
        head.addWidget(self.mode)
        self.body.addLayout(head)
        self.body.addWidget(self.allow_hint)
        for section in self.sections:
            self.body.addWidget(section)
        self.body.addWidget(Rule(self.look, self))
        self.body.addLayout(self._explained(say.hours, say.hours_hint))
        self.body.addWidget(self.hours)
        self.body.addLayout(self._explained(say.allowance, say.allowance_hint, self.allowance))
        self.body.addLayout(self._explained(say.list_on, say.list_on_hint, self.active))
        self.body.addWidget(Rule(self.look, self))
        foot = QHBoxLayout()
        foot.addWidget(self.delete)
        foot.addStretch(1)
        foot.addWidget(self.reset)
        self.body.addLayout(foot)
        self.restyle()

    def restyle(self) -> None:
        super().restyle()
        self.allowance.setFixedWidth(self.theme.scaled("settings.select"))

    def _explained(self, name: str, hint: str, control: QWidget | None = None) -> QHBoxLayout:
        row, texts = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(self.theme.px("space.8"))
        texts.setSpacing(self.theme.px("space.1"))
        texts.addWidget(Label(self.look, name, "body-strong", parent=self))
        sentence = Label(self.look, hint, "small", "text-tertiary", parent=self)
        sentence.setWordWrap(True)
        texts.addWidget(sentence)
        row.addLayout(texts, 1)
        if control is not None:
            row.addWidget(control)
        return row


def _allowance(minutes: int) -> str:
    return say.allowance_minutes.format(minutes=minutes)
