"""The timeline as an editor: what keys, menus and the inspector do to the record."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Slot

from productify.domain import Done, Part, State
from productify.errors import KnownError
from productify_ui.text.editing import editing_words as say
from productify_ui.views.timeline.corrections import Corrections
from productify_ui.views.timeline.day_actions import DayActions
from productify_ui.views.timeline.day_menu import block_menu
from productify_ui.views.timeline.draft import Draft
from productify_ui.widgets.button import Kind
from productify_ui.widgets.dialog import Dialog
from productify_ui.widgets.news import News

if TYPE_CHECKING:
    from productify.service import Service
    from productify_ui.views.timeline.page import TimelinePage

_LABELS = 9


class Editor(QObject):
    """Corrects what is selected on a timeline page; nothing here refreshes it."""

    def __init__(self, page: "TimelinePage") -> None:
        super().__init__(page)
        self._page = page
        self._context = page.context
        self.corrections = Corrections(page.context, self)
        self.day = DayActions(page, self.corrections)
        self._connect()
        self._add_keys()

    async def load(self) -> None:
        """Ask for the names that gaps were given."""
        recents = await self._context.bridge.call(lambda service: service.editing.recent_labels(_LABELS))
        self._page.inspector.show_recents(recents)
        self.day.entry.name.show_recents(recents, keys=False)

    @Slot()
    def edit(self) -> None:
        """Put the keyboard into the inspector, for what is under the mouse or selected."""
        if self._target():
            self._page.inspector.edit()

    @Slot()
    def split(self) -> None:
        """Let the knife be moved by keys, or a click into the block cut it."""
        if len(self._target()) != 1:
            self.corrections.refuse(say.cannot_split)
            return
        self._page.canvas.set_cutting(True)
        self._page.inspector.cut()

    @Slot()
    def rule(self) -> None:
        """Let everything like it be filed so from now on, once it is saved."""
        if self._target():
            self._page.inspector.rule()

    @Slot()
    def delete(self) -> None:
        """Delete what is selected."""
        ids = [block.id for block in self._page.chosen if block.cause is not State.OFF]
        if ids:
            self._delete(ids)

    @Slot()
    def erase(self) -> None:
        """Delete what is selected for ever, after asking: there is no way back."""
        ids = tuple(block.id for block in self._page.chosen if block.cause is not State.OFF)
        if ids:
            choices = (
                (say.cancel, Kind.SECONDARY, lambda: None),
                (say.erase_sure, Kind.DANGER, partial(self._erase, ids)),
            )
            title = say.erase_one if len(ids) == 1 else say.erase_many.format(count=len(ids))
            Dialog(self._page.look, title, say.erase_hint, choices, self._page).open()

    def _erase(self, ids: tuple[str, ...]) -> None:
        self._context.bridge.start(self._erased(ids))

    async def _erased(self, ids: tuple[str, ...]) -> None:
        try:
            await self._context.bridge.call(lambda service: service.editing.delete(ids, forever=True))
        except KnownError as error:
            self.corrections.refuse(error.title, error.hint)
        else:
            self._context.tell(News(say.erased, tone="success", icon="circle-check"))

    @Slot()
    def merge(self) -> None:
        """Make the selected activities one."""
        self._merge([block.id for block in self._page.chosen if block.cause is not State.OFF])

    @Slot()
    def select_all(self) -> None:
        """Select all that the list shows."""
        ids = frozenset(block.id for block in self._page.list.model.blocks)
        self._page.choose(ids, self._page.canvas.selection)

    def _connect(self) -> None:
        inspector, canvas = self._page.inspector, self._page.canvas
        inspector.saved.connect(self._save)
        inspector.left.connect(self._remind)
        inspector.labelled.connect(self._label)
        inspector.split_wanted.connect(self._split_at)
        inspector.deleted.connect(self._delete)
        inspector.merged.connect(self._merge)
        canvas.cut_wanted.connect(self._cut)
        canvas.menu_wanted.connect(self._open_menu)
        self._page.list.menu_wanted.connect(self._open_menu)
        self._page.list.label_wanted.connect(self._ask_name)

    def _add_keys(self) -> None:
        keys = (("E", self.edit), ("S", self.split), ("R", self.rule), ("Del", self.delete), ("M", self.merge),
                ("Ctrl+Z", self.corrections.undo), ("Ctrl+Shift+Z", self.corrections.redo),
                ("Ctrl+Y", self.corrections.redo), ("Ctrl+A", self.select_all))  # fmt: skip
        for name, slot in keys:
            self._page.shortcut(name, slot)
        self._label_keys = [
            self._page.shortcut(str(number), partial(self._page.inspector.use_recent, number))
            for number in range(1, _LABELS + 1)
        ]
        self._page.inspector.renewed.connect(self._own_label_keys)
        self._own_label_keys()

    @Slot()
    def _own_label_keys(self) -> None:
        """Take the digits only for a gap that is shown: else they are for the card that asks about an absence."""
        for shortcut in self._label_keys:
            shortcut.setEnabled(self._page.inspector.is_gap)

    def _target(self) -> tuple[object, ...]:
        """Return what keys are meant for: what is under the mouse, selected at once, else what is selected."""
        lit = self._page.canvas.lit
        if lit is not None and lit.block.id not in self._page.canvas.chosen:
            self._page.select(lit.block.id)
        return self._page.chosen

    @Slot(object)
    def _save(self, draft: Draft) -> None:
        steps = draft.steps(self.corrections.progressed.emit)
        self.corrections.make(steps, len(draft.blocks), refused=partial(self._refused, draft))

    def _refused(self, draft: Draft, error: KnownError) -> None:
        self.corrections.refuse(error.title, error.hint)
        self._page.inspector.take_back(draft)

    @Slot(object)
    def _remind(self, draft: Draft) -> None:
        """Say that changes were left behind, with a way to save them yet."""
        show = self._page.presenter
        block = draft.blocks[0]
        name = show.name(block) if len(draft.blocks) == 1 else say.several.format(count=len(draft.blocks))
        self._context.tell(
            News(
                say.left_title, say.left_hint.format(name=name, range=show.range(block)), tone="warn", icon="pencil",
                action=say.save_them, act=partial(self._save, draft),
            )
        )  # fmt: skip

    @Slot(object)
    def _label(self, parts: Sequence[Part]) -> None:
        self.corrections.make([partial(_label, tuple(parts))], len(parts))

    @Slot(str, object)
    def _split_at(self, block_id: str, at: datetime) -> None:
        self.corrections.make([partial(_split, block_id, at)])

    @Slot(float)
    def _cut(self, moment: float) -> None:
        """Cut the selected block where its knife snaps to."""
        self._page.canvas.set_cutting(False)
        knife = self._page.inspector.split
        knife.put(moment)
        self._split_at(self._page.canvas.selection, knife.cut)

    @Slot(object)
    def _delete(self, ids: Sequence[str]) -> None:
        self.corrections.make([partial(_delete, tuple(ids))], len(ids))

    @Slot(object)
    def _merge(self, ids: Sequence[str]) -> None:
        if len(ids) > 1:
            self.corrections.make([partial(_merge, tuple(ids))], len(ids))

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        """Open the menu of what is selected."""
        acts = {"edit": self.edit, "split": self.split, "merge": self.merge, "rule": self.rule,
                "copy": self.day.copy_selected, "delete": self.delete, "erase": self.erase}  # fmt: skip
        if self._page.chosen:
            block_menu(self._page.look, self._page, self._page.chosen, acts).popup(place)

    @Slot(str)
    def _ask_name(self, block_id: str) -> None:
        self._page.select(block_id)
        self._page.inspector.edit()


async def _label(parts: Sequence[Part], service: "Service") -> Done:
    return await service.editing.label(parts)


async def _split(block_id: str, at: datetime, service: "Service") -> Done:
    return await service.editing.split(block_id, at)


async def _delete(ids: Sequence[str], service: "Service") -> Done:
    return await service.editing.delete(ids)


async def _merge(ids: Sequence[str], service: "Service") -> Done:
    return await service.editing.merge(ids)
