"""What a session blocks: its lists, the first of their entries, and adding to them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from productify.domain import BlockList, ListMode, Target, TargetKind
from productify_ui.text.focus import focus_words as say
from productify_ui.text.focus import lists_text
from productify_ui.views.context import ViewContext
from productify_ui.views.focus.asking import ask_text
from productify_ui.views.focus.chips import ChipLines, TargetChip
from productify_ui.views.focus.keys import tab_through
from productify_ui.widgets.base import PaintedButton, without_access_key
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.news import News
from productify_ui.widgets.paint import antialiased, elided_text, focus_ring
from productify_ui.widgets.popup import Menu
from productify_ui.widgets.tile import Face

_MOST_CHIPS = 24


class QuietMenu(PaintedButton):
    """A quiet text with a chevron that opens a menu; without the chevron only a text."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self._shown = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str, spoken: str) -> None:
        """Show a text; `spoken` says what pressing it does."""
        self._shown = text
        self.setText(without_access_key(text))
        self.setAccessibleName(spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self.theme
        text = theme.font_metrics("body").horizontalAdvance(self._shown)
        return QSize(round(text + theme.px("size.icon-s") + theme.px("space.5")), theme.scaled("size.control-s"))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px("size.control") * 2, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, rect = self.theme, QRectF(self.rect())
        side, gap = theme.px("size.icon-s"), theme.px("space.2")
        painter.setFont(theme.font("body"))
        active = self.isEnabled()
        painter.setPen(theme.colour("text-primary" if self.hovered and active else "text-tertiary"))
        room = rect.width() - (side + gap if active else 0)
        elided_text(painter, QRectF(0, 0, room, rect.height()), self._shown)
        if active:
            text = min(room, theme.font_metrics("body").horizontalAdvance(self._shown))
            area = QRectF(round(text + gap), round((rect.height() - side) / 2) + 1, side, side)
            self.look.icons.paint(painter, "chevron-down", theme.colour("text-tertiary"), area)
        if self.ring_shown:
            focus_ring(painter, rect, theme.metric("radius.chip"), theme)
        painter.end()


class BlockSection(QWidget):
    """Lists to choose and their entries; while a session runs, what it blocks. `changed` tells of other lists."""

    changed = Signal()

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        look = context.look
        self._lists: tuple[BlockList, ...] = ()
        self._chosen: tuple[str, ...] = ()
        self._wanted: tuple[str, ...] | None = None
        self._running: tuple[str, ...] | None = None
        self._shown: object = None
        self.heading = Label(look, say.block_heading, "body-strong", parent=self)
        self.names = QuietMenu(look, self)
        self.names.clicked.connect(self._open_lists)
        self.edit = Button(look, say.edit_list, kind=Kind.LINK, size=Size.SMALL, parent=self)
        self.edit.clicked.connect(self._edit)
        self.chips = ChipLines(look, self)
        self.chips.more_wanted.connect(self._edit)
        self.chips.add_wanted.connect(self._ask_entry)
        self._lay_out()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the lists that the next session blocks."""
        return self._chosen

    def show_lists(self, lists: Sequence[BlockList], last: Sequence[str]) -> None:
        """Show the lists as they are; those of the session before are chosen until the user chooses others."""
        known = {each.id for each in lists}
        self._lists = tuple(lists)
        wanted = last if self._wanted is None else self._wanted
        self._chosen = tuple(each for each in wanted if each in known)
        self._show()
        self.changed.emit()

    def show_running(self, lists: Sequence[str] | None, *, blocks: bool = True) -> None:
        """Show what a running session blocks, None for the choice of the next; `blocks` is false in its breaks."""
        self._running = None if lists is None else tuple(lists)
        heading = say.block_heading if lists is None else say.blocking if blocks else say.blocks_paused
        self.heading.setText(heading)
        self._show()

    def _lay_out(self) -> None:
        theme = self._context.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.3"))
        row = QHBoxLayout()
        row.setSpacing(theme.px("space.4"))
        row.addWidget(self.heading)
        row.addWidget(self.names, 1)
        row.addWidget(self.edit)
        column.addLayout(row)
        column.addWidget(self.chips)

    def _of(self, ids: Sequence[str]) -> tuple[BlockList, ...]:
        return tuple(each for each in self._lists if each.id in ids)

    def _show(self) -> None:
        is_setup = self._running is None
        lists = self._of(self._chosen if self._running is None else self._running)
        state = (is_setup, lists)
        if state == self._shown:
            return
        self._shown = state
        self.names.setEnabled(is_setup)
        self.names.show_text(lists_text(lists), say.choose_lists)
        self.edit.setText((say.edit_list if len(lists) < 2 else say.edit_lists) if is_setup else say.view_list)
        self.edit.setVisible(bool(self._lists))
        targets = tuple(dict.fromkeys(target for each in lists for target in each.targets))
        chips = [self._chip(target, removable=is_setup) for target in targets[:_MOST_CHIPS]]
        adds = is_setup and any(each.mode is ListMode.BLOCK for each in lists)
        self.chips.show_chips(chips, len(targets), adds=adds)
        tab_through(self.edit, *chips, self.chips.more, self.chips.add)

    def _chip(self, target: Target, *, removable: bool) -> TargetChip:
        name, face = face_of(self._context, target)
        chip = TargetChip(self._context.look, target, name, face, removable=removable, parent=self.chips)
        chip.removed.connect(self._remove)
        return chip

    @Slot()
    def _open_lists(self) -> None:
        menu = Menu(self._context.look, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in self._lists:
            action = menu.add(each.name, "check" if each.id in self._chosen else None)
            action.triggered.connect(partial(self._toggle, each.id))
        menu.addSeparator()
        menu.add(say.edit_lists, "pencil").triggered.connect(self._edit)
        menu.open_below(self.names)

    def _toggle(self, list_id: str, _checked: bool = False) -> None:
        others = tuple(each for each in self._chosen if each != list_id)
        self._chosen = others if list_id in self._chosen else (*self._chosen, list_id)
        self._wanted = self._chosen
        self._show()
        self.changed.emit()

    @Slot()
    def _edit(self) -> None:
        self._context.open_page("focus/lists")

    @Slot()
    def _ask_entry(self) -> None:
        ask_text(self._context.look, self.chips.add, say.add_title, say.site_field, say.add, self._add, say.add_hint)

    def _add(self, text: str) -> None:
        first = next((each for each in self._of(self._chosen) if each.mode is ListMode.BLOCK), None)
        if first is not None:
            self._save(replace(first, targets=(target_of(text), *first.targets)))

    @Slot(object)
    def _remove(self, target: Target) -> None:
        before = [each for each in self._of(self._chosen) if target in each.targets]
        for each in before:
            self._save(replace(each, targets=tuple(other for other in each.targets if other != target)))
        name, _face = face_of(self._context, target)
        news = News(
            say.removed.format(name=name), tone="accent", icon="circle-check", action=say.undo,
            act=partial(self._put_back, before),
        )  # fmt: skip
        self._context.tell(news)

    def _put_back(self, before: Sequence[BlockList]) -> None:
        for each in before:
            self._save(each)

    def _save(self, changed: BlockList) -> None:
        async def save() -> None:
            await self._context.bridge.call(lambda service: service.focus.save_list(changed))

        self._context.bridge.start(save())


def face_of(context: ViewContext, target: Target) -> tuple[str, Face]:
    """Return what an entry is called, and its face."""
    if target.kind is TargetKind.CATEGORY:
        name = context.categories.name(target.value)
        return name, Face(name, "tag", quiet=True)
    return target.value, context.faces.of(target.value)


def target_of(text: str) -> Target:
    """Return what a line means: a site where it looks like an address, else an app."""
    first = text.split("/", 1)[0]
    is_site = "//" in text or ("." in first.strip(".") and " " not in text and "*" not in text)
    return Target(TargetKind.SITE if is_site else TargetKind.APP, text)
