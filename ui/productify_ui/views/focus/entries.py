"""The entries of one kind that a block list names: sites, apps or categories."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from productify.domain import ListMode, Target, TargetKind
from productify_ui.text.focus import focus_words as say
from productify_ui.views.context import ViewContext
from productify_ui.views.focus.blocking import face_of
from productify_ui.views.focus.chip_lines import give_keyboard_back, keyboard_place
from productify_ui.views.focus.chips import PlainChip, TargetChip
from productify_ui.views.focus.keys import tab_through
from productify_ui.widgets.base import PaintedButton
from productify_ui.widgets.button import Button
from productify_ui.widgets.flow import FlowLayout
from productify_ui.widgets.label import Label
from productify_ui.widgets.popup import Menu
from productify_ui.widgets.text_field import TextField

_FEW = 20
_WORDS = {
    TargetKind.SITE: ("sites", "sites_hint", "site_field"),
    TargetKind.APP: ("apps", "apps_hint", "app_field"),
    TargetKind.CATEGORY: ("categories", "categories_hint", ""),
}


class _EntryField(TextField):
    """A field of the usual width, less where there is no room."""

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.scaled("settings.field"), super().sizeHint().height())


class EntrySection(QWidget):
    """Shows the entries of its kind, each with a cross, and adds others.

    `added` carries a target and its place among all of the list, `removed` a target.
    """

    added = Signal(object, int)
    removed = Signal(object)

    def __init__(self, context: ViewContext, kind: TargetKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = kind
        self._targets: tuple[Target, ...] = ()
        self._mode = ListMode.BLOCK
        self._shows_all = False
        self._chips: list[PaintedButton] = []
        look, theme = context.look, context.theme
        name, hint, field = (str(getattr(say, word)) if word else "" for word in _WORDS[kind])
        spoken = say.add_to.format(kind=name)
        self.field = _EntryField(look, spoken, field, self)
        self.field.returnPressed.connect(self._add_written)
        self.field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.field.setVisible(kind is not TargetKind.CATEGORY)
        self.add = Button(look, say.add, icon="plus", name=spoken, parent=self)
        self.add.clicked.connect(self._open_categories if kind is TargetKind.CATEGORY else self._add_written)
        self._holder = QWidget(self)
        self._flow = FlowLayout(theme.px("focus.chips-gap"), self._holder)
        policy = self._holder.sizePolicy()
        policy.setHeightForWidth(True)
        self._holder.setSizePolicy(policy)
        head, texts, column = QHBoxLayout(), QVBoxLayout(), QVBoxLayout(self)
        head.setSpacing(theme.px("space.4"))
        texts.setSpacing(0)
        texts.addWidget(Label(look, name, "body-strong", parent=self))
        sentence = Label(look, hint, "small", "text-tertiary", elide=True, parent=self)
        texts.addWidget(sentence)
        head.addLayout(texts, 1)
        head.addWidget(self.field)
        head.addWidget(self.add)
        column.setContentsMargins(0, theme.px("space.3"), 0, theme.px("space.3"))
        column.setSpacing(theme.px("space.4"))
        column.addLayout(head)
        column.addWidget(self._holder)

    def show_targets(self, targets: Sequence[Target], mode: ListMode) -> None:
        """Show those of its kind, as entries of a list of this mode."""
        if (tuple(targets), mode) != (self._targets, self._mode):
            self._targets, self._mode = tuple(targets), mode
            self._show()

    def _mine(self) -> tuple[Target, ...]:
        return tuple(target for target in self._targets if target.kind is self._kind)

    def _show(self) -> None:
        place, old = keyboard_place(self._chips), self._chips
        for chip in old:
            self._flow.removeWidget(chip)
        mine = self._mine()
        few = mine if self._shows_all or len(mine) <= _FEW + 1 else mine[:_FEW]
        self._chips = [self._chip(target) for target in few]
        if len(few) < len(mine):
            more = PlainChip(self._context.look, say.show_more.format(count=len(mine) - len(few)), parent=self._holder)
            more.clicked.connect(self._show_all)
            self._chips.append(more)
        for chip in self._chips:
            self._flow.addWidget(chip)
            chip.show()
        tab_through(self.field, self.add, *self._chips)
        self._holder.setVisible(bool(self._chips))
        give_keyboard_back(place, self._chips, (self.field, self.add))
        for chip in old:
            chip.hide()
            chip.deleteLater()
        self._holder.updateGeometry()
        self.updateGeometry()

    def _chip(self, target: Target) -> TargetChip:
        name, face = face_of(self._context, target)
        chip = TargetChip(self._context.look, target, name, face, self._mode, removable=True, parent=self._holder)
        chip.removed.connect(self.removed)
        return chip

    @Slot()
    def _show_all(self) -> None:
        self._shows_all = True
        self._show()

    @Slot()
    def _add_written(self) -> None:
        text = self.field.text().strip()
        if text:
            self.field.clear()
            self.added.emit(Target(self._kind, text), 0)

    @Slot()
    def _open_categories(self) -> None:
        menu = Menu(self._context.look, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        taken = {target.value for target in self._mine()}
        for category in self._context.categories.all():
            if category.key not in taken:
                action = menu.add_swatch(category.name, self._context.categories.colour(category.key), checked=False)
                action.triggered.connect(partial(self._add_category, category.key))
        menu.open_below(self.add)

    def _add_category(self, key: str, _checked: bool = False) -> None:
        self.added.emit(Target(self._kind, key), len(self._targets))
