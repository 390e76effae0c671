"""The focus page: the timer with the day's cards beside it, and its other parts."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from productify.domain import FocusOffer, FocusPlan, FocusSchedule
from productify_ui.text.focus import days_text, wall_text
from productify_ui.text.focus import focus_words as say
from productify_ui.views.context import ViewContext
from productify_ui.views.focus import reading
from productify_ui.views.focus.side import SideColumn
from productify_ui.views.focus.timer import TimerCard
from productify_ui.views.page import Page
from productify_ui.widgets.button import Button
from productify_ui.widgets.news import News
from productify_ui.widgets.scroll import ScrollColumn

_MINUTE_MS = 20_000
_TIMER = ("", "setup")


class FocusPage(Page):
    """Begins, shows and ends sessions; `page/part` goes to its history, its schedule or its lists."""

    tables = frozenset(
        {"focus_sessions", "focus_attempts", "focus_schedules", "block_lists", "block_targets", "activities"}
    )

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(say.focus, context, parent)
        self.history_button = Button(self.look, say.history, icon="history", parent=self)
        self.header.add_right(self.history_button)
        self.timer = TimerCard(context, self)
        self.side = SideColumn(context, self)
        self.timer.offer.scheduled.connect(self._schedule)
        self._sheet = QWidget(self)
        self._row = QHBoxLayout(self._sheet)
        self._row.addWidget(self.timer, 1)
        self._row.addWidget(self.side)
        self.content.addWidget(ScrollColumn(self.look, self._sheet, self))
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._time_passed)
        context.focus.changed.connect(self.mark_dirty)
        self.set_compact(False)

    async def refresh(self) -> None:
        """Ask for the day and show it."""
        now = self.context.now()
        snapshot = await self.context.bridge.call(lambda service: reading.read(service, now))
        self.timer.show_data(snapshot)
        self.side.show_data(snapshot)

    def set_compact(self, compact: bool) -> None:
        theme = self.theme
        side = theme.px("size.page-padding-compact" if compact else "size.page-padding")
        self._row.setContentsMargins(side, theme.px("space.2"), side, side)
        self._row.setSpacing(theme.px("size.gutter-compact" if compact else "size.gutter"))
        self.timer.set_compact(compact)
        self.side.set_compact(compact)

    def draft(self) -> FocusPlan | None:
        """Return the session that is being written here, None while the page is out of view."""
        return self.timer.plan if self.isVisible() else None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.context.focus_actions.draft = self.draft
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._minute.stop()
        super().hideEvent(event)

    @Slot()
    def _time_passed(self) -> None:
        self.mark_dirty()

    @Slot(object)
    def _schedule(self, offer: FocusOffer) -> None:
        lists, minutes = self.timer.blocks.chosen, self.context.focus_actions.usual_minutes
        wanted = FocusSchedule("", offer.weekdays, offer.start, minutes, lists=lists)

        async def save() -> None:
            await self.context.bridge.call(lambda service: service.focus.save_schedule(wanted))
            title = say.scheduled.format(days=days_text(offer.weekdays), clock=wall_text(offer.start))
            self.context.tell(News(title, say.scheduled_hint, icon="calendar"))

        self.context.bridge.start(save())
