"""Block lists: their names, and the editor of the one that is chosen."""

from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from productify.domain import BlockList
from productify.errors import KnownError
from productify_ui.text.block_lists import entries_text
from productify_ui.text.focus import focus_words as say
from productify_ui.views.context import ViewContext
from productify_ui.views.focus.keys import tab_through
from productify_ui.views.focus.list_editor import ListEditor
from productify_ui.views.focus.part import Part
from productify_ui.widgets.base import PaintedButton, without_access_key
from productify_ui.widgets.button import Button, Kind
from productify_ui.widgets.card import Card
from productify_ui.widgets.dialog import Dialog
from productify_ui.widgets.look import Look
from productify_ui.widgets.news import News
from productify_ui.widgets.paint import antialiased, elided_text, fill_round, focus_ring

if TYPE_CHECKING:
    from productify.service import Service


class ListItem(PaintedButton):
    """A list's name over what it holds."""

    def __init__(self, look: Look, given: BlockList, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_list(given)

    def show_list(self, given: BlockList) -> None:
        """Show the list as it is by now."""
        self.given = given
        self.setText(without_access_key(given.name))
        self.setAccessibleDescription(entries_text(given))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, self.theme.scaled("focus.history-row"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, rect = self.theme, QRectF(self.rect())
        radius = theme.metric("radius.control")
        if self.isChecked() or self.hovered:
            fill_round(painter, rect, radius, theme.colour("surface-selected" if self.isChecked() else "surface-hover"))
        inner = rect.adjusted(theme.px("space.5"), 0, -theme.px("space.5"), 0)
        top = rect.center().y() - (theme.line("body-strong") + theme.line("small")) / 2
        for text, role, tone in (
            (self.given.name, "body-strong", "text-primary"),
            (entries_text(self.given), "small", "text-tertiary"),
        ):
            painter.setFont(theme.font(role))
            painter.setPen(theme.colour(tone))
            elided_text(painter, QRectF(inner.left(), top, inner.width(), theme.line(role)), text)
            top += theme.line(role)
        if self.ring_shown:
            focus_ring(painter, rect, radius, theme)
        painter.end()


class ListsPart(Part):
    """The lists at the left, the chosen one at the right; every change is kept at once."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = say.lists
        self._lists: tuple[BlockList, ...] = ()
        self._chosen = ""
        self._unsaved = 0
        self._is_compact = False
        self.items: list[ListItem] = []
        self.new = Button(self.look, say.new_list, icon="plus", kind=Kind.PRIMARY, parent=self)
        self.new.clicked.connect(self._add)
        self.buttons = [self.new]
        self.index = Card(self.look, say.lists, self)
        self.editor = ListEditor(context, self)
        self.editor.changed.connect(self._change)
        self.editor.reset_wanted.connect(self._confirm_reset)
        self.editor.delete_wanted.connect(self._confirm_delete)
        theme = self.theme
        self.restore = Button(self.look, say.restore_shipped, icon="history", kind=Kind.GHOST, parent=self.index)
        self.restore.clicked.connect(self._restore)
        self._names = QVBoxLayout()
        pad = theme.px("space.4")
        self._names.setContentsMargins(pad, 0, pad, pad)
        self._names.setSpacing(theme.px("space.1"))
        self.index.body.addLayout(self._names)
        self.index.body.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px("size.gutter"))
        row.addWidget(self.index, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.editor, 1, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._size)
        self._size()

    async def refresh(self) -> None:
        """Ask for the lists; while edits are not saved yet, what is asked for may lie before them."""
        lists = await self.context.bridge.call(lambda service: service.focus.lists())
        if not self._unsaved:
            self._show(lists)

    def set_compact(self, compact: bool) -> None:
        self._is_compact = compact
        self._size()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size()

    @Slot()
    def _size(self) -> None:
        width = self.theme.scaled("focus.list-side-compact" if self._is_compact else "focus.list-side")
        self.index.setFixedWidth(min(width, self.width() // 3) if self.isVisible() else width)

    def _show(self, lists: Sequence[BlockList]) -> None:
        known = {each.id: each for each in lists}
        if self._chosen not in known:
            self._chosen = next(iter(known), "")
        if tuple(lists) != self._lists:
            self._lists = tuple(lists)
            self._show_names()
        for item in self.items:
            item.setChecked(item.given.id == self._chosen)
        self.editor.setVisible(bool(known))
        self.restore.setVisible(not any(each.is_shipped for each in lists))
        if self._chosen:
            self.editor.show_list(known[self._chosen])

    def _show_names(self) -> None:
        """Show the names; the same lists keep their buttons, of which one may be pressed just now."""
        if [item.given.id for item in self.items] == [each.id for each in self._lists]:
            for item, each in zip(self.items, self._lists, strict=True):
                item.show_list(each)
            return
        for old in self.items:
            self._names.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.items = [ListItem(self.look, each, self.index) for each in self._lists]
        for item in self.items:
            item.clicked.connect(self._clicked)
            self._names.addWidget(item)
            item.show()
        tab_through(self.new, *self.items, self.editor.name)

    @Slot()
    def _clicked(self) -> None:
        item = self.sender()
        if isinstance(item, ListItem):
            self._chosen = item.given.id
            self.editor.show_list(item.given)

    @Slot()
    def _add(self) -> None:
        taken = {each.name for each in self._lists}
        names = (say.new_list_name if not n else f"{say.new_list_name} {n + 1}" for n in range(len(taken) + 1))
        new = BlockList("", next(name for name in names if name not in taken))

        async def add() -> None:
            made = await self._kept("", lambda service: service.focus.save_list(new))
            if made is not None:
                self._chosen = made.id
                await self.refresh()
                self.editor.start_naming()

        self.context.bridge.start(add())

    @Slot(str, object)
    def _change(self, list_id: str, edit: Callable[[BlockList], BlockList]) -> None:
        async def save() -> None:
            try:
                await self._kept(list_id, lambda service: service.focus.change_list(list_id, edit))
            except KnownError:
                await self.refresh()
                raise
            await self.refresh()

        self.context.bridge.start(save())
        self._show(tuple(edit(each) if each.id == list_id else each for each in self._lists))

    async def _kept(
        self, list_id: str, save: "Callable[[Service], Coroutine[Any, Any, BlockList]]"
    ) -> BlockList | None:
        """Save an edit; what is not taken is said in the editor, or to all once another list stands there."""
        self._unsaved += 1
        try:
            kept = await self.context.bridge.call(save)
        except KnownError as error:
            self.editor.forget()
            if list_id not in ("", self._chosen):
                raise
            self.editor.tell_trouble(error.title, error.hint)
            return None
        finally:
            self._unsaved -= 1
        self.editor.tell_trouble("", "")
        return kept

    @Slot()
    def _restore(self) -> None:
        self.context.bridge.start(self._reset(is_new=True))

    async def _reset(self, *, is_new: bool = False) -> None:
        fresh = await self.context.bridge.call(lambda service: service.focus.reset_shipped())
        if is_new:
            self._chosen = fresh.id
        await self.refresh()
        self.context.tell(News(say.was_reset.format(name=fresh.name), icon="circle-check"))

    async def _delete(self, list_id: str) -> None:
        await self.context.bridge.call(lambda service: service.focus.delete_list(list_id))
        await self.refresh()

    @Slot(object)
    def _confirm_reset(self, given: BlockList) -> None:
        self._confirm(say.reset_list.format(name=given.name), say.reset_list_hint, say.reset_it, self._reset)

    @Slot(object)
    def _confirm_delete(self, given: BlockList) -> None:
        delete = partial(self._delete, given.id)
        self._confirm(say.delete_list.format(name=given.name), say.delete_list_hint, say.delete, delete)

    def _confirm(self, title: str, hint: str, action: str, act: Callable[[], Coroutine[Any, Any, None]]) -> None:
        def do_it() -> None:
            self.context.bridge.start(act())

        choices = (
            (say.cancel, Kind.SECONDARY, _nothing),
            (action, Kind.DANGER, do_it),
        )
        Dialog(self.look, title, hint, choices, self.window()).open()


def _nothing() -> None:
    """The dialog closes by itself."""
