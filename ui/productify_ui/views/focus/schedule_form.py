"""The form of one weekly session."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify.domain import BlockList, FocusSchedule
from productify_ui.text.focus import focus_words as say
from productify_ui.text.focus import wall_text
from productify_ui.views.context import ViewContext
from productify_ui.views.focus.weekly import DayPicker, minutes_of
from productify_ui.widgets.button import Button, Kind
from productify_ui.widgets.card import Card
from productify_ui.widgets.filter_chip import FilterChip
from productify_ui.widgets.flow import FlowLayout
from productify_ui.widgets.label import Label
from productify_ui.widgets.text_field import TextField
from productify_ui.widgets.toggle import Toggle

_LEAST, _MOST = 5, 720


class ListPicker(QWidget):
    """The block lists to switch on and off."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = context.look
        self._chips: dict[str, FilterChip] = {}
        self._flow = FlowLayout(context.theme.px("space.3"), self)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of what is on."""
        return tuple(key for key, chip in self._chips.items() if chip.isChecked())

    def show_lists(self, lists: Sequence[BlockList]) -> None:
        """Offer these; what was on stays on, and a list that was there keeps its chip."""
        names = {each.id: each.name for each in lists}
        for key in [key for key in self._chips if key not in names]:
            gone = self._chips.pop(key)
            self._flow.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for key, name in names.items():
            if key in self._chips:
                self._chips[key].show_text(name)
                continue
            self._chips[key] = chip = FilterChip(self._look, name, parent=self)
            self._flow.addWidget(chip)
            chip.show()

    def choose(self, ids: Sequence[str]) -> None:
        """Switch these on and the others off."""
        for key, chip in self._chips.items():
            chip.setChecked(key in ids)


class ScheduleForm(Card):
    """Edits a weekly session; `saved` carries it, `deleted` its id; `turned` tells that it was shown or hidden."""

    saved = Signal(object)
    deleted = Signal(str)
    turned = Signal()

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context.look, say.edit_schedule, parent)
        look = context.look
        self._shown: FocusSchedule | None = None
        self.name = TextField(look, say.title, say.title_hint, self)
        self.project = TextField(look, say.project, say.project_hint, self)
        self.days = DayPicker(look, self)
        self.start = TextField(look, say.begins, parent=self)
        self.minutes = TextField(look, say.lasts, parent=self)
        self.minutes.setValidator(QIntValidator(1, _MOST, self.minutes))
        self.lists = ListPicker(context, self)
        self.strict = Toggle(look, say.strict, self)
        self.trouble = Label(look, role="small", tone="danger", parent=self)
        self.trouble.setWordWrap(True)
        self.save = Button(look, say.save, kind=Kind.PRIMARY, parent=self)
        self.save.clicked.connect(self.take)
        self.cancel = Button(look, say.cancel, parent=self)
        self.cancel.clicked.connect(self.hide)
        self.delete = Button(look, say.delete, icon="trash-2", kind=Kind.DANGER, parent=self)
        self.delete.clicked.connect(self._delete)
        for field in (self.name, self.project, self.start, self.minutes):
            field.returnPressed.connect(self.take)
        self._lay_out()
        self.restyle()

    def restyle(self) -> None:
        super().restyle()
        self.setFixedWidth(self.theme.scaled("focus.form-width"))

    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible)
        self.turned.emit()

    def show_lists(self, lists: Sequence[BlockList]) -> None:
        """Offer these lists."""
        self.lists.show_lists(lists)

    def show_schedule(self, schedule: FocusSchedule) -> None:
        """Edit this one; without id it is a new one."""
        self._shown = schedule
        self.set_title(say.edit_schedule if schedule.id else say.new_schedule)
        self.name.setText(schedule.title or "")
        self.project.setText(schedule.project or "")
        self.days.show_days(schedule.weekdays)
        self.start.setText(wall_text(schedule.start))
        self.minutes.setText(str(schedule.minutes))
        self.lists.choose(schedule.lists)
        self.strict.setChecked(schedule.strict)
        self.delete.setVisible(bool(schedule.id))
        self._tell("")
        self.show()
        self.name.setFocus()

    @Slot()
    def take(self) -> None:
        """Hand over what is written, or say what does not fit."""
        start, minutes = minutes_of(self.start.text()), int(self.minutes.text() or 0)
        self.start.set_invalid(start is None)
        self.minutes.set_invalid(not _LEAST <= minutes <= _MOST)
        if start is None:
            self._tell(say.bad_clock)
        elif not _LEAST <= minutes <= _MOST:
            self._tell(say.bad_minutes)
        elif not self.days.days:
            self._tell(say.no_days)
        elif self._shown is not None:
            made = FocusSchedule(
                self._shown.id, self.days.days, start, minutes, self.name.text().strip() or None,
                self.project.text().strip() or None, self.lists.chosen, self.strict.isChecked(), self._shown.is_on,
            )  # fmt: skip
            self.hide()
            self.saved.emit(made)

    def _tell(self, trouble: str) -> None:
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))

    @Slot()
    def _delete(self) -> None:
        if self._shown is not None:
            self.hide()
            self.deleted.emit(self._shown.id)

    def _lay_out(self) -> None:
        theme = self.theme
        side = theme.px("card.side")
        column = QVBoxLayout()
        column.setContentsMargins(side, 0, side, side)
        column.setSpacing(theme.px("space.3"))
        for name, field in (
            (say.title, self.name), (say.project, self.project), (say.days_label, self.days),
        ):  # fmt: skip
            self._add(column, name, field)
        times = QHBoxLayout()
        times.setSpacing(theme.px("space.6"))
        for name, field in ((say.begins, self.start), (say.lasts, self.minutes)):
            half = QVBoxLayout()
            half.setSpacing(theme.px("space.3"))
            self._add(half, name, field)
            times.addLayout(half, 1)
        column.addLayout(times)
        self._add(column, say.blocks_label, self.lists)
        column.addSpacing(theme.px("space.4"))
        column.addLayout(self._strict_row())
        column.addWidget(self.trouble)
        column.addSpacing(theme.px("space.4"))
        foot = QHBoxLayout()
        foot.setSpacing(theme.px("space.4"))
        foot.addWidget(self.delete)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        column.addLayout(foot)
        self.body.addLayout(column)

    def _strict_row(self) -> QHBoxLayout:
        row, texts = QHBoxLayout(), QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(Label(self.look, say.strict, "body-strong", parent=self))
        hint = Label(self.look, say.strict_hint, "small", "text-tertiary", parent=self)
        hint.setWordWrap(True)
        texts.addWidget(hint)
        row.addLayout(texts, 1)
        row.addWidget(self.strict)
        return row

    def _add(self, column: QVBoxLayout, name: str, field: QWidget) -> None:
        column.addSpacing(self.theme.px("space.2"))
        column.addWidget(Label(self.look, name, "small-strong", "text-secondary", parent=self))
        column.addWidget(field)
