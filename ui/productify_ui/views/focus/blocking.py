"""What a session blocks: its lists, the first of their entries, and adding to them."""

from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from productify.domain import BlockList, ListMode, Target, TargetKind
from productify.focus.targets import with_target, without_target
from productify_ui.text.block_lists import block_heading, lists_text, names_text, removed_text, targets_of
from productify_ui.text.focus import focus_words as say
from productify_ui.views.context import ViewContext
from productify_ui.views.focus.asking import ask_text
from productify_ui.views.focus.chip_lines import ChipLines
from productify_ui.views.focus.chips import TargetChip
from productify_ui.views.focus.keys import tab_through
from productify_ui.views.focus.quiet_menu import QuietMenu
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.label import Label
from productify_ui.widgets.news import News
from productify_ui.widgets.popup import Menu
from productify_ui.widgets.tile import Face

if TYPE_CHECKING:
    from productify.service import Service

_MOST_CHIPS = 24


class BlockSection(QWidget):
    """Lists to choose and their entries; while a session runs, what it blocks. `changed` tells of other lists.

    Entries that are blocked stand apart from those that are allowed, where lists of both kinds are chosen.
    """

    changed = Signal()

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        look = context.look
        self._lists: tuple[BlockList, ...] = ()
        self._chosen: tuple[str, ...] = ()
        self._wanted: tuple[str, ...] | None = None
        self._running: tuple[str, ...] | None = None
        self._blocks = True
        self._unsaved = 0
        self._shown: object = None
        self.heading = Label(look, say.block_heading, "body-strong", parent=self)
        self.names = QuietMenu(look, self)
        self.names.clicked.connect(self._open_lists)
        self.edit = Button(look, say.edit_list, kind=Kind.LINK, size=Size.SMALL, parent=self)
        self.edit.clicked.connect(self._edit)
        self.chips, self.exceptions = ChipLines(look, self), ChipLines(look, self)
        self.exceptions.share(True)
        self.captions = [
            Label(look, text, "small", "text-tertiary", parent=self) for text in (say.block_caption, say.allow_heading)
        ]
        for lines in (self.chips, self.exceptions):
            lines.more_wanted.connect(self._edit)
            lines.add_wanted.connect(partial(self._ask_entry, lines))
        self._lay_out()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the lists that the next session blocks."""
        return self._chosen

    def show_lists(self, lists: Sequence[BlockList], last: Sequence[str]) -> None:
        """Show the lists as they are; those of the session before are chosen until the user chooses others."""
        if not self._unsaved:  # or else what was read may lie before the last edit
            self._lists = tuple(lists)
        known = {each.id for each in self._lists}
        wanted = last if self._wanted is None else self._wanted
        self._chosen = tuple(each for each in wanted if each in known)
        self._show()
        self.changed.emit()

    def show_running(self, lists: Sequence[str] | None, *, blocks: bool = True) -> None:
        """Show what a running session blocks, None for the choice of the next; `blocks` is false in its breaks."""
        self._running = None if lists is None else tuple(lists)
        self._blocks = blocks
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
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px("space.4"))
        grid.setVerticalSpacing(theme.px("focus.chips-gap"))
        grid.setColumnStretch(1, 1)
        for line, (caption, chips) in enumerate(zip(self.captions, (self.chips, self.exceptions), strict=True)):
            grid.addWidget(caption, line, 0)
            grid.addWidget(chips, line, 1)
        column.addLayout(grid)

    def _of(self, ids: Sequence[str]) -> tuple[BlockList, ...]:
        return tuple(each for each in self._lists if each.id in ids)

    def _show(self) -> None:
        is_setup = self._running is None
        lists = self._of(self._chosen if self._running is None else self._running)
        heading = block_heading(lists, is_setup=is_setup, blocks=self._blocks)
        state = (is_setup, heading, lists)
        if state == self._shown:
            return
        self._shown = state
        text = lists_text(lists)
        self.heading.setText(heading)
        spoken = say.headed.format(heading=heading, content=text)
        self.names.show_text(text, spoken, say.choose_lists if is_setup else "")
        self.edit.setText((say.edit_list if len(lists) < 2 else say.edit_lists) if is_setup else say.view_list)
        self.edit.setVisible(bool(self._lists))
        first, *others = _modes(lists)
        for widget in (*self.captions, self.exceptions):
            widget.setVisible(bool(others))
        self.chips.share(bool(others))
        before: QWidget = self._fill(self.chips, first, lists, self.edit)
        self._fill(self.exceptions, ListMode.ALLOW, lists if others else (), before)

    def _fill(self, lines: ChipLines, mode: ListMode, lists: Sequence[BlockList], before: QWidget) -> QWidget:
        """Show what the lists of a mode name, behind `before` in the order of Tab, and return the last one there."""
        is_setup, targets = self._running is None, targets_of(lists, mode)
        chips = [self._chip(target, mode, removable=is_setup) for target in targets[:_MOST_CHIPS]]
        adds = is_setup and any(each.mode is mode for each in lists)
        lines.add.setAccessibleDescription(_add_title(mode))
        spoken = "" if is_setup or not chips else self._spoken(chips, mode, len(targets))
        lines.show_chips(chips, len(targets), adds=adds, spoken=spoken)
        lines.setAccessibleDescription(self.names.text() if spoken else "")
        tab_through(before, *((lines,) if spoken else chips), lines.more, lines.add)
        return lines.add

    def _spoken(self, chips: Sequence[TargetChip], mode: ListMode, count: int) -> str:
        kind = [each for each in self._lists if each.mode is mode][:1]
        heading = block_heading(kind, is_setup=False, blocks=self._blocks)
        return names_text(heading, [chip.accessibleName() for chip in chips], count)

    def _chip(self, target: Target, mode: ListMode, *, removable: bool) -> TargetChip:
        name, face = face_of(self._context, target)
        chip = TargetChip(self._context.look, target, name, face, mode, removable=removable, parent=self)
        chip.removed.connect(partial(self._remove, mode))
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

    def _ask_entry(self, lines: ChipLines) -> None:
        modes = _modes(self._of(self._chosen))
        mode = modes[0] if lines is self.chips else ListMode.ALLOW
        give = partial(self._add, mode)
        ask_text(self._context.look, lines.add, _add_title(mode), say.site_field, say.add, give, say.add_hint)

    def _add(self, mode: ListMode, text: str) -> None:
        first = next((each.id for each in self._of(self._chosen) if each.mode is mode), None)
        if first is not None:
            self._put([(first, 0)], target_of(text))

    def _remove(self, mode: ListMode, target: Target) -> None:
        named = [each for each in self._of(self._chosen) if each.mode is mode and target in each.targets]
        places = [(each.id, each.targets.index(target)) for each in named]

        async def remove() -> None:
            for list_id, _place in places:
                await self._context.bridge.call(partial(_removed, list_id, target))
            name, _face = face_of(self._context, target)
            undo = partial(self._put, places, target)
            news = News(removed_text(name, mode), tone="accent", icon="circle-check", action=say.undo, act=undo)
            self._context.tell(news)

        self._change([list_id for list_id, _place in places], partial(without_target, target=target), remove)

    def _put(self, places: Sequence[tuple[str, int]], target: Target) -> None:
        """Let each of these lists name a target at its place there."""

        async def put() -> None:
            for list_id, place in places:
                await self._context.bridge.call(partial(_added, list_id, target, place))

        where = dict(places)
        self._change(list(where), lambda given: with_target(given, target, where[given.id]), put)

    def _change(
        self, ids: Sequence[str], edit: Callable[[BlockList], BlockList], save: Callable[[], Coroutine[Any, Any, None]]
    ) -> None:
        """Show lists as edited at once, and as they are kept as soon as nothing is left to save."""
        self._lists = tuple(edit(each) if each.id in ids else each for each in self._lists)
        self._unsaved += 1
        self._show()
        self._context.bridge.start(self._saved(save))

    async def _saved(self, save: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await save()
        except Exception:
            await self._read_anew()
            raise
        await self._read_anew()

    async def _read_anew(self) -> None:
        self._unsaved -= 1
        lists = await self._context.bridge.call(lambda service: service.focus.lists())
        if not self._unsaved:
            self._lists = lists
            self._show()


async def _removed(list_id: str, target: Target, service: "Service") -> BlockList:
    return await service.focus.remove_target(list_id, target)


async def _added(list_id: str, target: Target, place: int, service: "Service") -> BlockList:
    return await service.focus.add_target(list_id, target, place)


def _modes(lists: Sequence[BlockList]) -> tuple[ListMode, ...]:
    """Return the modes of lists, blocking first; what blocks is expected where there are none."""
    modes = {each.mode for each in lists} or {ListMode.BLOCK}
    return tuple(mode for mode in (ListMode.BLOCK, ListMode.ALLOW) if mode in modes)


def _add_title(mode: ListMode) -> str:
    return say.add_title if mode is ListMode.BLOCK else say.allow_title


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
