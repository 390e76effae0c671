"""Weekly sessions: what begins by itself, and the form that writes one."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify.domain import BlockList, FocusSchedule
from productify_ui.text import formats
from productify_ui.text.focus import days_text, title_of, wall_text
from productify_ui.text.focus import focus_words as say
from productify_ui.views.context import ViewContext
from productify_ui.views.focus.ghost import GhostNote
from productify_ui.views.focus.part import Part
from productify_ui.views.focus.schedule_form import ScheduleForm
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.card import Card, Rule
from productify_ui.widgets.label import Label
from productify_ui.widgets.symbol import Symbol
from productify_ui.widgets.toggle import Toggle


class ScheduleRow(QWidget):
    """One weekly session; `edited` and `switched` carry it."""

    edited = Signal(object)
    switched = Signal(object)

    def __init__(
        self, context: ViewContext, schedule: FocusSchedule, lists: Sequence[BlockList], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.schedule = schedule
        look, theme = context.look, context.theme
        title = title_of(schedule.title)
        tone = "text-primary" if schedule.is_on else "text-tertiary"
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px("card.side"), theme.px("space.5"), theme.px("card.side"), theme.px("space.5"))
        row.setSpacing(theme.px("space.6"))
        texts = QVBoxLayout()
        texts.setSpacing(theme.px("space.1"))
        head = QHBoxLayout()
        head.setSpacing(theme.px("space.4"))
        head.addWidget(Label(look, title, "body-strong", tone, elide=True, parent=self), 1)
        texts.addLayout(head)
        for text in _lines(schedule, lists):
            texts.addWidget(Label(look, text, "small", "text-tertiary", elide=True, parent=self))
        row.addLayout(texts, 1)
        if schedule.strict:
            lock = Symbol(look, "lock", "text-tertiary", self)
            lock.setToolTip(say.strict)
            lock.setAccessibleName(say.strict)
            row.addWidget(lock)
        self.edit = Button(
            look, icon="pencil", kind=Kind.GHOST, size=Size.SMALL, name=say.edit_named.format(name=title), parent=self
        )
        self.edit.clicked.connect(self._edit)
        row.addWidget(self.edit)
        self.toggle = Toggle(look, say.switch_schedule.format(title=title), self)
        self.toggle.setChecked(schedule.is_on)
        self.toggle.clicked.connect(self._switch)
        row.addWidget(self.toggle)

    @Slot()
    def _edit(self) -> None:
        self.edited.emit(self.schedule)

    @Slot(bool)
    def _switch(self, on: bool) -> None:
        self.switched.emit(replace(self.schedule, is_on=on))


class SchedulePart(Part):
    """The weekly sessions by their hour; a form beside them writes one."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = say.schedule
        self._shown: object = None
        self.rows: list[QWidget] = []
        self.new = Button(self.look, say.new_schedule, icon="plus", kind=Kind.PRIMARY, parent=self)
        self.new.clicked.connect(self._add)
        self.buttons = [self.new]
        self.card = Card(self.look, say.each_week, self)
        self.form = ScheduleForm(context, self)
        self.form.saved.connect(self._save)
        self.form.deleted.connect(self._delete)
        self.form.hide()
        self.form.turned.connect(self._arrange)
        self._is_beside = True
        self.empty = GhostNote(self.look, say.schedule_empty, say.schedule_empty_hint, parent=self)
        hint = Label(self.look, say.schedule_hint, "body", "text-secondary", parent=self)
        hint.setWordWrap(True)
        self.overview = QWidget(self)
        left = QVBoxLayout(self.overview)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(self.theme.px("size.gutter-compact"))
        left.addWidget(hint)
        left.addWidget(self.card)
        left.addWidget(self.empty)
        left.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.theme.px("size.gutter"))
        row.addWidget(self.overview, 1)
        row.addWidget(self.form, 0, Qt.AlignmentFlag.AlignTop)

    async def refresh(self) -> None:
        """Ask for the weekly sessions and the lists that they can block."""
        found = await self.context.bridge.call(lambda service: service.focus.schedules())
        lists = await self.context.bridge.call(lambda service: service.focus.lists())
        self.form.show_lists(lists)
        self._show(found, lists)

    def set_room(self, width: int) -> None:
        """Let the form take the place of the overview where both do not fit."""
        theme = self.theme
        least = theme.scaled("focus.form-width") + theme.px("size.gutter") + theme.scaled("focus.form-beside")
        self._is_beside = width >= least
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        self.overview.setVisible(self._is_beside or self.form.isHidden())

    def _show(self, schedules: Sequence[FocusSchedule], lists: Sequence[BlockList]) -> None:
        if (schedules, lists) == self._shown:
            return
        self._shown = (schedules, lists)
        for old in self.rows:
            self.card.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = []
        for schedule in schedules:
            if self.rows:
                self._append(Rule(self.look, self.card))
            row = ScheduleRow(self.context, schedule, lists, self.card)
            row.edited.connect(self._edit)
            row.switched.connect(self._save)
            self._append(row)
        self.card.setVisible(bool(schedules))
        self.empty.setVisible(not schedules)

    def _append(self, widget: QWidget) -> None:
        self.rows.append(widget)
        self.card.body.addWidget(widget)
        widget.show()

    @Slot()
    def _add(self) -> None:
        self.form.show_schedule(
            FocusSchedule("", frozenset(range(5)), 9 * 60, self.context.focus_actions.usual_minutes)
        )

    @Slot(object)
    def _edit(self, schedule: FocusSchedule) -> None:
        self.form.show_schedule(schedule)

    @Slot(object)
    def _save(self, schedule: FocusSchedule) -> None:
        async def save() -> None:
            await self.context.bridge.call(lambda service: service.focus.save_schedule(schedule))
            await self.refresh()

        self.context.bridge.start(save())

    @Slot(str)
    def _delete(self, schedule_id: str) -> None:
        async def delete() -> None:
            await self.context.bridge.call(lambda service: service.focus.delete_schedule(schedule_id))
            await self.refresh()

        self.context.bridge.start(delete())


def _lines(schedule: FocusSchedule, lists: Sequence[BlockList]) -> list[str]:
    end = schedule.start + schedule.minutes
    clocks = f"{wall_text(schedule.start)}{formats.DASH}{wall_text(end)}"
    when = say.schedule_line.format(days=days_text(schedule.weekdays), range=clocks)
    names = ", ".join(each.name for each in lists if each.id in schedule.lists)
    return [when, " · ".join(part for part in (schedule.project or "", names) if part) or say.blocks_nothing]
