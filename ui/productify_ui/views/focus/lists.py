"""Block lists: their names, and the editor of the one that is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from productify.domain import BlockList
from productify.errors import KnownError
from productify_ui.text.focus import content_text
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


class ListItem(PaintedButton):
    """A list's name over what it holds."""

    def __init__(self, look: Look, given: BlockList, parent: QWidget | None = None) -> None:
        super().__init__(look, without_access_key(given.name), parent)
        self.given = given
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleDescription(content_text((given,)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

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
            (content_text((self.given,)), "small", "text-tertiary"),
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
        self.items: list[ListItem] = []
        self.new = Button(self.look, say.new_list, icon="plus", kind=Kind.PRIMARY, parent=self)
        self.new.clicked.connect(self._add)
        self.buttons = [self.new]
        self.index = Card(self.look, say.lists, self)
        self.editor = ListEditor(context, self)
        self.editor.changed.connect(self._save)
        self.editor.reset_wanted.connect(self._restore)
        self.editor.delete_wanted.connect(self._confirm)
        theme = self.theme
        self.restore = Button(self.look, say.restore_shipped, icon="history", kind=Kind.GHOST, parent=self.index)
        self.restore.clicked.connect(self._restore)
        self._names = QVBoxLayout()
        pad = theme.px("space.4")
        self._names.setContentsMargins(pad, 0, pad, pad)
        self._names.setSpacing(theme.px("space.1"))
        self.index.body.addLayout(self._names)
        self.index.body.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignHCenter)
        self.index.setFixedWidth(theme.scaled("focus.list-side"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px("size.gutter"))
        row.addWidget(self.index, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.editor, 1, Qt.AlignmentFlag.AlignTop)

    async def refresh(self) -> None:
        """Ask for the lists."""
        self._show(await self.context.bridge.call(lambda service: service.focus.lists()))

    def set_compact(self, compact: bool) -> None:
        self.index.setFixedWidth(self.theme.scaled("focus.list-side-compact" if compact else "focus.list-side"))

    def _show(self, lists: Sequence[BlockList]) -> None:
        known = {each.id: each for each in lists}
        if self._chosen not in known:
            self._chosen = next(iter(known), "")
        if tuple(lists) != self._lists:
            self._lists = tuple(lists)
            for old in self.items:
                self._names.removeWidget(old)
                old.hide()
                old.deleteLater()
            self.items = [ListItem(self.look, each, self.index) for each in lists]
            for item in self.items:
                item.clicked.connect(self._clicked)
                self._names.addWidget(item)
                item.show()
            tab_through(self.new, *self.items, self.editor.name)
        for item in self.items:
            item.setChecked(item.given.id == self._chosen)
        self.editor.setVisible(bool(known))
        self.restore.setVisible(not any(each.is_shipped for each in lists))
        if self._chosen:
            self.editor.show_list(known[self._chosen])

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
        self._save(BlockList("", next(name for name in names if name not in taken)))

    @Slot(object)
    def _save(self, changed: BlockList) -> None:
        async def save() -> None:
            try:
                saved = await self.context.bridge.call(lambda service: service.focus.save_list(changed))
                self._chosen = saved.id
                self.editor.tell_trouble("", "")
            except KnownError as error:
                self.editor.tell_trouble(error.title, error.hint)
                self.editor.forget()
            await self.refresh()
            if not changed.id:
                self.editor.start_naming()

        self.context.bridge.start(save())

    @Slot()
    def _restore(self) -> None:
        self.context.bridge.start(self._reset())

    async def _reset(self) -> None:
        fresh = await self.context.bridge.call(lambda service: service.focus.reset_shipped())
        self._chosen = fresh.id
        await self.refresh()
        self.context.tell(News(say.was_reset.format(name=fresh.name), icon="circle-check"))

    @Slot(object)
    def _confirm(self, given: BlockList) -> None:
        async def delete() -> None:
            await self.context.bridge.call(lambda service: service.focus.delete_list(given.id))
            await self.refresh()

        def delete_it() -> None:
            self.context.bridge.start(delete())

        title = say.delete_list.format(name=given.name)
        choices = (
            (say.cancel, Kind.SECONDARY, _nothing),
            (say.delete, Kind.DANGER, delete_it),
        )
        Dialog(self.look, title, say.delete_list_hint, choices, self.window()).open()


def _nothing() -> None:
    """The dialog closes by itself."""
