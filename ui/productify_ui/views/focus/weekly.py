"""Days of the week and times of the day, as the schedule and the hours of lists take them."""

from datetime import UTC, datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify.domain import Weekly
from productify_ui.text.focus import focus_words as say
from productify_ui.text.focus import wall_text, weekday_name
from productify_ui.views.focus.asking import AskPopup
from productify_ui.views.timeline.moments import moment_near
from productify_ui.widgets.filter_chip import FilterChip
from productify_ui.widgets.flow import FlowLayout
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.text_field import TextField

_NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)
_DAY = 24 * 60


class DayPicker(QWidget):
    """The seven days to switch on and off; `changed` tells of each."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips = [FilterChip(look, weekday_name(day), parent=self) for day in range(7)]
        flow = FlowLayout(look.theme.px("space.2"), self)
        for chip in self._chips:
            chip.toggled.connect(self._toggled)
            flow.addWidget(chip)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def days(self) -> frozenset[int]:
        """What is on; 0 is Monday."""
        return frozenset(day for day, chip in enumerate(self._chips) if chip.isChecked())

    def show_days(self, days: frozenset[int]) -> None:
        """Switch these on and the others off."""
        for day, chip in enumerate(self._chips):
            chip.setChecked(day in days)

    @Slot()
    def _toggled(self) -> None:
        self.changed.emit()


class HoursPopup(AskPopup):
    """Asks for days and from when to when."""

    given = Signal(object)

    def __init__(self, look: Look, anchor: QWidget) -> None:
        super().__init__(look, anchor, say.hours, say.add_hours, say.hours_hint)
        self.setFixedWidth(look.theme.scaled("focus.hours-width") + 2 * look.theme.px("popup.shadow"))
        self.days = DayPicker(look, self)
        self.days.show_days(frozenset(range(5)))
        self.start, self.end = TextField(look, say.hours_from, parent=self), TextField(look, say.hours_to, parent=self)
        self.start.setText(wall_text(9 * 60))
        self.end.setText(wall_text(17 * 60))
        self.fields.addWidget(self.days)
        times = QHBoxLayout()
        times.setSpacing(look.theme.px("space.6"))
        for name, field in ((say.hours_from, self.start), (say.hours_to, self.end)):
            half = QVBoxLayout()
            half.setSpacing(look.theme.px("space.2"))
            half.addWidget(Label(look, name, "small-strong", "text-secondary", parent=self))
            half.addWidget(field)
            times.addLayout(half, 1)
            field.returnPressed.connect(self.take)
        self.fields.addLayout(times)

    @Slot()
    def take(self) -> None:
        start, end = minutes_of(self.start.text()), minutes_of(self.end.text())
        for field, minutes in ((self.start, start), (self.end, end)):
            field.set_invalid(minutes is None)
        if start is None or end is None or not self.days.days:
            self.hint.setText(say.bad_hours)
            return
        self.close()
        self.given.emit(Weekly(self.days.days, start, end if end > start else end + _DAY))


def minutes_of(text: str) -> int | None:
    """Return the minutes since midnight of a time as people write it, None where it is none."""
    found = moment_near(text, _NOON, UTC)
    return None if found is None else found.hour * 60 + found.minute
