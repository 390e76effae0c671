"""Paging through days, weeks and months."""

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from productify.domain import Period, PeriodKind
from productify_ui.text import formats
from productify_ui.text.words import words
from productify_ui.widgets.button import Button
from productify_ui.widgets.calendar import CalendarPopup
from productify_ui.widgets.look import Look
from productify_ui.widgets.segmented import Segmented


class PeriodBar(QWidget):
    """Arrows, a button that opens a calendar, and Day, Week, Month; `changed` tells that another period was chosen.

    While today's period is chosen it follows the day. Nothing later than today can be chosen.
    """

    changed = Signal()

    def __init__(self, look: Look, kinds: tuple[PeriodKind, ...], today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._today = today
        self._day: date | None = None
        self._kind = kinds[0]
        self._calendar: CalendarPopup | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px("space.2"))
        self.back = Button(look, icon="chevron-left", name=words.previous_period, parent=self)
        self.date = Button(look, " ", icon="calendar", name=words.choose_day, parent=self)
        self.forward = Button(look, icon="chevron-right", name=words.next_period, parent=self)
        for button, slot in ((self.back, self.go_back), (self.date, self.pick), (self.forward, self.go_forward)):
            button.clicked.connect(slot)
            row.addWidget(button)
        self.kinds = Segmented(look, _choices(kinds), words.period_length, parent=self)
        self.kinds.setVisible(len(kinds) > 1)
        self.kinds.chosen.connect(self._kind_chosen)
        row.addSpacing(look.theme.px("space.4"))
        row.addWidget(self.kinds)
        self._show()

    @property
    def period(self) -> Period:
        """The chosen period."""
        return Period.around(self._kind, self._day or self._today)

    @property
    def is_current(self) -> bool:
        """Whether the chosen period holds today."""
        return self._today in self.period

    def set_today(self, today: date) -> None:
        """Take note of the local day; tells nobody."""
        if today != self._today:
            self._today = today
            self._show()

    def show_kind(self, kind: PeriodKind) -> None:
        """Choose days, weeks or months."""
        if kind is not self._kind:
            self._kind = kind
            self.kinds.choose(kind.value)
            self._go(self._day)

    def show_day(self, day: date) -> None:
        """Choose the period that holds `day`."""
        self._go(day)

    def set_compact(self, compact: bool) -> None:
        """Leave out the calendar's icon."""
        self.date.set_icon(None if compact else "calendar")

    @Slot()
    def go_back(self) -> None:
        """Choose the period before."""
        self._go(self.period.before().last)

    @Slot()
    def go_forward(self) -> None:
        """Choose the period after, unless it lies ahead."""
        if not self.is_current:
            self._go(self.period.after().first)

    @Slot()
    def go_today(self) -> None:
        """Choose the period that holds today."""
        self._go(self._today)

    @Slot()
    def pick(self) -> None:
        """Open the calendar."""
        if self._calendar is None:
            self._calendar = CalendarPopup(self._look, self)
            self._calendar.picked.connect(self._go)
        self._calendar.open_for(self.date, min(self.period.last, self._today), self._today)

    @Slot(object)
    def _go(self, day: date | None) -> None:
        inside = day is None or self._today in Period.around(self._kind, day)
        self._day = None if inside else min(day or self._today, self._today)
        self._show()
        self.changed.emit()

    @Slot(str)
    def _kind_chosen(self, key: str) -> None:
        self._kind = PeriodKind(key)
        self._go(self._day)

    def _show(self) -> None:
        had_focus = self.forward.hasFocus()
        self.date.setText(formats.period_name(self.period, self._today))
        detail = formats.period_detail(self.period, self._today)
        self.date.set_detail(detail)
        self.date.setAccessibleName(f"{words.choose_day}: {self.date.text()} {detail}")
        self.forward.setEnabled(not self.is_current)
        if had_focus and self.is_current:
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)


def _choices(kinds: tuple[PeriodKind, ...]) -> tuple[tuple[str, str], ...]:
    names = {PeriodKind.DAY: words.day, PeriodKind.WEEK: words.week, PeriodKind.MONTH: words.month}
    return tuple((kind.value, names[kind]) for kind in kinds)
