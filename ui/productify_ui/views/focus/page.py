"""The focus page: the timer with the day's cards beside it, and its other parts."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from productify.domain import FocusOffer, FocusPlan, FocusSchedule
from productify_ui.text.focus import days_text, wall_text
from productify_ui.text.focus import focus_words as say
from productify_ui.views.context import ViewContext
from productify_ui.views.focus import reading
from productify_ui.views.focus.history import HistoryPart
from productify_ui.views.focus.lists import ListsPart
from productify_ui.views.focus.part import Part
from productify_ui.views.focus.schedule import SchedulePart
from productify_ui.views.focus.side import SideColumn
from productify_ui.views.focus.timer import TimerCard
from productify_ui.views.page import Page
from productify_ui.widgets.button import Button
from productify_ui.widgets.news import News
from productify_ui.widgets.scroll import ScrollColumn

_MINUTE_MS = 20_000
_PARTS: dict[str, type[Part]] = {"history": HistoryPart, "schedule": SchedulePart, "lists": ListsPart}


class FocusPage(Page):
    """Begins, shows and ends sessions; `page/part` goes to its history, its schedule or its lists."""

    tables = frozenset(
        {"focus_sessions", "focus_attempts", "focus_schedules", "block_lists", "block_targets", "activities"}
    )

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(say.focus, context, parent)
        self._part = ""
        self._parts: dict[str, Part] = {}
        self._scrolls: dict[str, ScrollColumn] = {}
        self.back = Button(self.look, say.back, icon="chevron-left", parent=self)
        self.schedule_button = Button(self.look, say.schedule, icon="calendar", parent=self)
        self.history_button = Button(self.look, say.history, icon="history", parent=self)
        self.settings_button = Button(self.look, icon="settings", name=say.open_settings, parent=self)
        for button, slot in (
            (self.back, self._to_timer), (self.schedule_button, self._to_schedule),
            (self.history_button, self._to_history), (self.settings_button, self._to_settings),
        ):  # fmt: skip
            button.clicked.connect(slot)
            self.header.add_right(button)
        self.timer = TimerCard(context, self)
        self.side = SideColumn(context, self)
        self.timer.offer.scheduled.connect(self._schedule)
        self._sheet = QWidget(self)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._sheet)
        self._row.addWidget(self.timer, 1)
        self._row.addWidget(self.side)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._scrolled("", self._sheet))
        self.content.addWidget(self._stack)
        self.side.all_wanted.connect(self._to_history)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._time_passed)
        context.focus.changed.connect(self.mark_dirty)
        self.set_compact(False)
        self._show_header()

    async def refresh(self) -> None:
        """Ask for the day and show it, or for what the part in view shows."""
        if self._part:
            await self._parts[self._part].refresh()
            return
        now = self.context.now()
        snapshot = await self.context.bridge.call(lambda service: reading.read(service, now))
        self.timer.show_data(snapshot)
        self.side.show_data(snapshot)

    def show_part(self, part: str) -> None:
        """Go to the history, the schedule or the lists; what else there is stands with the timer."""
        part = part if part in _PARTS else ""
        if part and part not in self._parts:
            made = self._parts[part] = _PARTS[part](self.context, self)
            made.set_compact(self.compact)
            for button in made.buttons:
                self.header.add_right(button)
            self._stack.addWidget(self._scrolled(part, self._framed(made)))
            self._pad_parts()
            self._fit()
        if part != self._part:
            self._part = part
            self._stack.setCurrentWidget(self._scrolls[part])
            self._show_header()
            self.refresh_now()

    def set_compact(self, compact: bool) -> None:
        theme = self.theme
        side = theme.px("size.page-padding-compact" if compact else "size.page-padding")
        self._row.setContentsMargins(side, theme.px("space.2"), side, side)
        self._row.setSpacing(theme.px("size.gutter-compact" if compact else "size.gutter"))
        self.timer.set_compact(compact)
        for part in self._parts.values():
            part.set_compact(compact)
        self._pad_parts()
        self._fit()

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Put the cards below the timer where both do not fit side by side, and let the parts arrange themselves."""
        theme, margins = self.theme, self._row.contentsMargins()
        bar = self._scrolls[""].verticalScrollBar().sizeHint().width()
        room = self.width() - margins.left() - margins.right() - bar
        column = theme.scaled("focus.column-compact" if self.compact else "focus.column")
        is_beside = room >= theme.scaled("focus.timer-least") + self._row.spacing() + column
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom)
        self.side.arrange(column if is_beside else None, self._row.spacing())
        for part in self._parts.values():
            part.set_room(room)

    def _scrolled(self, part: str, sheet: QWidget) -> ScrollColumn:
        self._scrolls[part] = ScrollColumn(self.look, sheet, self)
        return self._scrolls[part]

    def _framed(self, part: Part) -> QWidget:
        sheet = QWidget(self)
        column = QVBoxLayout(sheet)
        column.addWidget(part, 1)
        return sheet

    def _pad_parts(self) -> None:
        side = self._row.contentsMargins()
        for part in self._parts:
            sheet = self._scrolls[part].widget()
            layout = sheet.layout() if sheet is not None else None
            if layout is not None:
                layout.setContentsMargins(side)

    def _show_header(self) -> None:
        self.header.title.setText(self._parts[self._part].title if self._part else say.focus)
        self.back.setVisible(bool(self._part))
        for button in (self.schedule_button, self.history_button, self.settings_button):
            button.setVisible(not self._part)
        for key, part in self._parts.items():
            for button in part.buttons:
                button.setVisible(key == self._part)

    @Slot()
    def _to_timer(self) -> None:
        self.show_part("")

    @Slot()
    def _to_schedule(self) -> None:
        self.show_part("schedule")

    @Slot()
    def _to_history(self) -> None:
        self.show_part("history")

    @Slot()
    def _to_settings(self) -> None:
        self.context.open_page("settings/Focus")

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
