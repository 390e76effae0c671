"""Another idle time-out for the past, with what it would change."""

from datetime import date, timedelta

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from productify.domain import IdlePreview
from productify_ui.text import formats
from productify_ui.text.editing import editing_words as say
from productify_ui.views.context import ViewContext
from productify_ui.views.timeline.plate import FormPlate
from productify_ui.widgets.button import Button, Kind
from productify_ui.widgets.label import Label
from productify_ui.widgets.segmented import Segmented

_CHOICES = (60, 120, 180, 300, 600, 900)
_ONE, _ALL = "1", "all"
_DEBOUNCE_MS = 200
Days = tuple[date, date]


class IdleCard(FormPlate):
    """A time-out for the day in view, for the last days, or for all; `applied` carries (first, last, seconds)."""

    applied = Signal(object, object, int)

    def __init__(self, context: ViewContext, parent: QWidget) -> None:
        super().__init__(context.look, "timeline.entry-width", parent)
        self._context = context
        self._day = self._today = date.min
        self._foreseen: Days = (date.min, date.min)
        look = context.look
        self.title = Label(look, role="note-title", parent=self)
        hint = Label(look, say.idle_text, "small", "text-secondary", parent=self)
        choices = tuple((str(seconds), say.idle_after.format(minutes=seconds // 60)) for seconds in _CHOICES)
        ranges = ((_ONE, say.idle_one), ("7", say.idle_week), ("30", say.idle_month), (_ALL, say.idle_all))
        self.range = Segmented(look, ranges, say.idle_range, fill=True, small=True, parent=self)
        self.choice = Segmented(look, choices, say.idle_name, fill=True, small=True, parent=self)
        self.foresight = Label(look, role="small", tone="text-secondary", parent=self)
        for label in (self.title, hint, self.foresight):
            label.setWordWrap(True)
        self.cancel = Button(look, say.cancel, parent=self)
        self.apply = Button(look, say.apply, kind=Kind.PRIMARY, parent=self)
        for widget in (self.title, hint, self.range, self.choice, self.foresight):
            self.body.addWidget(widget)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.apply)
        self.body.addLayout(row)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_DEBOUNCE_MS)
        self._connect()

    def open_day(self, day: date, today: date) -> None:
        """Open for a local day, with the time-out of the settings chosen."""
        self._day, self._today = day, today
        seconds = self._context.preferences.settings.number("idle_timeout")
        nearest = min(_CHOICES, key=lambda choice: abs(choice - seconds))
        self.title.setText(say.idle_title.format(days=formats.long_day(day)))
        self.range.choose(_ONE)
        self.choice.choose(str(nearest))
        self.open_at(None, self.choice)
        self._chosen()

    def _connect(self) -> None:
        self.range.chosen.connect(self._chosen)
        self.choice.chosen.connect(self._chosen)
        self.cancel.clicked.connect(self.close_plate)
        self.apply.clicked.connect(self._apply)
        self._pause.timeout.connect(self._foresee)

    @property
    def _wish(self) -> tuple[date, str, str]:
        return self._day, self.range.value, self.choice.value

    @Slot()
    def _chosen(self) -> None:
        self.apply.setEnabled(False)
        self.foresight.setText("")
        self._pause.start()

    @Slot()
    def _foresee(self) -> None:
        if self.isVisible():
            self._context.bridge.start(self._ask())

    async def _ask(self) -> None:
        wish = self._wish
        first, last = await self._days(wish[1])
        found = await self._context.bridge.call(lambda service: service.editing.preview_idle(first, last, int(wish[2])))
        if wish == self._wish:
            self._show((first, last), found)

    async def _days(self, chosen: str) -> Days:
        """Return the first and the last day that are chosen."""
        day, today = self._day, self._today
        if chosen == _ONE:
            return day, day
        if chosen == _ALL:
            kept = await self._context.bridge.call(lambda service: service.reports.all_time())
            return (kept.first, kept.last) if kept is not None else (day, day)
        return today - timedelta(days=int(chosen) - 1), today

    def _show(self, days: Days, found: IdlePreview) -> None:
        first, last = self._foreseen = days
        one = first == last
        name = formats.long_day(first) if one else formats.days_range(first, last)
        self.title.setText(say.idle_title.format(days=name))
        text = say.idle_same if one else say.idle_same_days
        if found.days:
            away, regained = formats.duration(found.away), formats.duration(found.regained)
            change = say.idle_changes if found.days == 1 else say.idle_changes_days
            text = change.format(away=away, regained=regained, days=found.days)
        self.foresight.setText(text)
        self.apply.setEnabled(bool(found.days))
        self.fit()

    @Slot()
    def _apply(self) -> None:
        self.close_plate()
        self.applied.emit(*self._foreseen, int(self.choice.value))
