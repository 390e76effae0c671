"""The timeline page: one day, second by second."""

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QPoint, QTimer, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from productify.domain import AWAY_STATES, Block, Period, PeriodKind, Shot, State, TimelineDay
from productify_ui.text import formats
from productify_ui.text.palette import palette_words
from productify_ui.text.timeline import timeline_words as say
from productify_ui.text.words import words
from productify_ui.views.context import Place, ViewContext
from productify_ui.views.page import Page
from productify_ui.views.timeline.axis import Axis, milliseconds
from productify_ui.views.timeline.canvas import LaneCanvas
from productify_ui.views.timeline.dock import Dock
from productify_ui.views.timeline.editor import Editor
from productify_ui.views.timeline.face import Presenter, length_of
from productify_ui.views.timeline.gaps import with_gaps
from productify_ui.views.timeline.hover import HoverCard
from productify_ui.views.timeline.inspector import Inspector
from productify_ui.views.timeline.lanes import Piece, lanes_of
from productify_ui.views.timeline.list_card import ListCard
from productify_ui.views.timeline.overview import Overview
from productify_ui.views.timeline.painter import Ghost
from productify_ui.views.timeline.screens import ShotLane, ShotPainter, nearest
from productify_ui.views.timeline.thumbs import Thumbs
from productify_ui.views.timeline.toolbar import Toolbar
from productify_ui.widgets.card import Card, Rule
from productify_ui.widgets.period_bar import PeriodBar
from productify_ui.widgets.tile import Face

_MINUTE_MS = 20_000
_MARGIN = 20 * 60_000
_LEAST_FIT = 2 * 3_600_000
_AROUND_GOAL = 45 * 60_000
_ACTIVE = (None, State.PRIVATE, State.SYSTEM)


class TimelinePage(Page):
    """Lanes with an overview, the list below, and the inspector of what is selected."""

    tables = frozenset({"activities", "categories", "running", "screenshots", "user_settings"})

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(words.timeline, context, parent)
        self._day: TimelineDay | None = None
        self._blocks: tuple[Block, ...] = ()
        self._fitted: date | None = None
        self._today = context.now().astimezone(context.zone).date()
        self._goal: datetime | None = None
        self.presenter = Presenter(context)
        self.period = PeriodBar(self.look, (PeriodKind.DAY,), self._today, self)
        self.header.add_left(self.period)
        self.add_search(palette_words.search_titles)
        self.toolbar = Toolbar(context, self)
        self.overview = Overview(self.look, self)
        self._thumbs = Thumbs(context.bridge, self)
        shots = ShotPainter(self.look, self._thumbs)
        self.canvas = LaneCanvas(self.look, self._face, context.categories.name, shots, self)
        self.canvas.setAccessibleDescription(say.canvas_help)
        self.list = ListCard(context, self.presenter, self)
        self.inspector = Inspector(context, self.presenter, shots, self)
        self.hover = HoverCard(self.look, self.presenter, shots, self)
        self._lay_out()
        self.editor = Editor(self)
        self._connect()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(self.theme.px("motion.skeleton-delay"))
        self._patience.timeout.connect(self._show_coming)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self.mark_dirty)

    async def refresh(self) -> None:
        """Ask for the chosen day and show it; while the first one is on its way, shapes of it after a moment."""
        if self._day is None:
            self._patience.start()
        try:
            await self._ask()
        finally:
            self._patience.stop()

    async def _ask(self) -> None:
        today = await self.context.bridge.call(lambda service: service.reports.today())
        self._today = today
        self.period.set_today(today)
        chosen = self.period.period.first
        day = await self.context.bridge.call(lambda service: service.reports.timeline(chosen))
        shots = await self.context.bridge.call(lambda service: service.screenshots.between(day.start, day.end))
        if chosen == self.period.period.first:
            self.canvas.show_shots(ShotLane(shots))
            self.show_day(day)
        await self.editor.load()

    def show_day(self, day: TimelineDay) -> None:
        """Show a day; the view stays where it is unless it is another day."""
        self._day, self._blocks = day, with_gaps(day.blocks)
        colours = {category.key: category.colour for category in self.context.categories.all()}
        lanes, zone = lanes_of(day.blocks, colours), self.context.zone
        now = milliseconds(self.context.now())
        self.canvas.show_lanes(lanes, zone, now)
        self.canvas.show_ghost(Ghost.NOTHING if day.blocks else Ghost.EMPTY)
        self.overview.show_lanes(lanes, zone, now)
        if self._fitted != day.day:
            self._fitted = day.day
            self._show_axis(self._fit(day))
        self._show_list()
        self.canvas.setAccessibleName(self._spoken(day))
        self._show_selected()
        self._reach_goal(day)

    @property
    def settled(self) -> bool:
        """Whether it shows what it asked for, with all the pictures in view."""
        return super().settled and self.canvas.settled and self.inspector.preview.settled

    def go_to(self, place: Place) -> None:
        self._goal = place.moment
        self.period.show_day(place.period.first)

    def set_compact(self, compact: bool) -> None:
        self.period.set_compact(compact)
        self.toolbar.set_compact(compact)
        self._tell_side()
        self._pad()
        self._fit_window()

    @property
    def day(self) -> TimelineDay | None:
        """The day that is shown, None before the first one came."""
        return self._day

    @property
    def today(self) -> date:
        """The local day it is now, as far as the service said."""
        return self._today

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What the list can show, in order: what is recorded, and the gaps in it."""
        return self._blocks

    @property
    def chosen(self) -> tuple[Block, ...]:
        """The selected blocks, in order."""
        return tuple(block for block in self._blocks if block.id in self.canvas.chosen)

    def select(self, block_id: str) -> None:
        """Select one block everywhere; "" closes the inspector."""
        self.choose(frozenset({block_id} - {""}), block_id)

    def select_at(self, clock: time) -> bool:
        """Select what was in front at a time of the day that is shown, and tell whether anything was."""
        for block in self._blocks:
            wall = block.start.astimezone(self.context.zone)
            moment = datetime.combine(wall.date(), clock, self.context.zone)
            if any(block.start <= each < block.end for each in (moment, moment + timedelta(days=1))):
                self.select(block.id)
                return True
        return False

    @Slot(object, str)
    def choose(self, ids: frozenset[str], current: str = "") -> None:
        """Select blocks everywhere, `current` as the one that keys go on from."""
        self.canvas.select(ids, current)
        self.list.choose(ids, current)
        self._show_selected()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._minute.start()
        self._tell_side()

    def hideEvent(self, event: QHideEvent) -> None:
        self._minute.stop()
        self.hover.hide()
        self.context.side_taken.emit(0)
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_window()

    def _lay_out(self) -> None:
        card = Card(self.look, parent=self)
        for widget in (self.overview, Rule(self.look, card), self.canvas):
            card.body.addWidget(widget)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._column.addWidget(self.toolbar)
        self._column.addSpacing(self.theme.px("space.4"))
        self._column.addWidget(card)
        self._gap = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._column.addItem(self._gap)
        self._column.addWidget(self.list, 1)
        main = QWidget(self)
        main.setLayout(self._column)
        self.dock = Dock(self.look, main, self.inspector, self)
        row = QHBoxLayout()
        row.addWidget(self.dock)
        self.content.addLayout(row)
        self._pad()

    def _pad(self) -> None:
        theme = self.theme
        side = theme.px("size.page-padding-compact" if self.compact else "size.page-padding")
        self._column.setContentsMargins(side, 0, side, side)
        gutter = theme.px("size.gutter-compact" if self.compact else "size.gutter")
        self._gap.changeSize(0, gutter, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._column.invalidate()

    def _fit_window(self) -> None:
        """Let the inspector lie over the content where both would be cramped, and the lanes grow where there is room.

        Large text makes them cramped sooner.
        """
        width = self.window().width()
        self.dock.set_floating(width < self.theme.scaled("breakpoint.inspector-overlay"))
        self.canvas.set_wide(width >= self.theme.px("breakpoint.wide"))

    def _connect(self) -> None:
        self.period.changed.connect(self.refresh_now)
        self.canvas.axis_changed.connect(self._axis_changed)
        self.overview.axis_changed.connect(self._show_axis)
        self.canvas.selected.connect(self.choose)
        self.canvas.hovered.connect(self._hover)
        self.canvas.shot_hovered.connect(self._hover_shot)
        self.canvas.shot_chosen.connect(self._open_shot)
        self.inspector.preview.opened.connect(self._open_shot)
        self.list.selected.connect(self._rows_selected)
        self.toolbar.zoomed.connect(self._zoom_to)
        self.toolbar.stepped.connect(self._zoom_step)
        self.toolbar.fitted.connect(self.fit_day)
        self.toolbar.filtered.connect(self._filter)
        self.inspector.closed.connect(self._close_inspector)
        self.dock.dismissed.connect(self._close_inspector)
        self.context.categories.changed.connect(self.mark_dirty)
        self.context.faces.changed.connect(self._repaint)
        for keys, slot in (("Alt+Left", self.period.go_back), ("Alt+Right", self.period.go_forward),
                           ("T", self.period.go_today)):  # fmt: skip
            self.shortcut(keys, slot)

    @Slot()
    def fit_day(self) -> None:
        """Show all of the day that has anything recorded."""
        if self._day is not None:
            self._show_axis(self._fit(self._day))

    @Slot(object)
    def _show_axis(self, axis: Axis) -> None:
        self.canvas.show_axis(axis)
        self._axis_changed(self.canvas.axis)

    @Slot(object)
    def _axis_changed(self, axis: Axis) -> None:
        self.overview.show_axis(axis)
        self.toolbar.show_axis(axis)
        self.hover.hide()

    @Slot(float)
    def _zoom_to(self, closeness: float) -> None:
        self._show_axis(self.canvas.axis.at_closeness(closeness))

    @Slot(int)
    def _zoom_step(self, step: int) -> None:
        axis = self.canvas.axis
        self._show_axis(axis.zoomed(2.0**step, axis.width / 2))

    @Slot()
    def _filter(self) -> None:
        self.canvas.filter(self.toolbar.categories, self.toolbar.least)
        self._show_list()

    @Slot(object, QPoint)
    def _hover(self, piece: Piece | None, corner: QPoint) -> None:
        if piece is None:
            self.hover.hide()
            return
        shots = self.canvas.shots.of(piece.block)
        shot = nearest(shots, (milliseconds(piece.block.start) + milliseconds(piece.block.end)) / 2)
        self.hover.show_block(piece.block, self._below(corner), shot)

    @Slot(object, QPoint)
    def _hover_shot(self, shot: Shot | None, corner: QPoint) -> None:
        """Show what was in front when a screenshot was taken, with it."""
        block = self._block_at(shot.captured_at) if shot is not None else None
        if block is not None:
            self.hover.show_block(block, self._below(corner), shot)
        elif self.canvas.lit is None:
            self.hover.hide()

    @Slot(object)
    def _open_shot(self, shot: Shot) -> None:
        day = Period.around(PeriodKind.DAY, shot.local_day)
        self.context.go_to(Place("screenshots", day, shot.captured_at))

    def _below(self, corner: QPoint) -> QPoint:
        return self.canvas.mapTo(self, corner) + QPoint(0, self.theme.px("popup.offset"))

    @Slot(object, str)
    def _rows_selected(self, ids: frozenset[str], current: str) -> None:
        self.canvas.select(ids, current)
        if len(ids) == 1 and (block := self._block(current)) is not None:
            self._show_axis(self.canvas.axis.revealing(milliseconds(block.start), milliseconds(block.end)))
        self._show_selected()

    @Slot()
    def _show_coming(self) -> None:
        self.canvas.show_ghost(Ghost.COMING)
        self.list.show_coming()

    @Slot()
    def _close_inspector(self) -> None:
        self.select("")
        self.canvas.setFocus()

    @Slot()
    def _repaint(self) -> None:
        self.canvas.show_axis(self.canvas.axis)
        self.list.table.viewport().update()

    def _show_selected(self) -> None:
        """Show what is selected of what is there; what is gone is selected no more."""
        blocks = self.chosen
        ids = frozenset(block.id for block in blocks)
        if ids != self.canvas.chosen:
            self.canvas.select(ids, self.canvas.selection if self.canvas.selection in ids else "")
        if blocks:
            self.inspector.show_blocks(blocks)
            shots = [shot for block in blocks for shot in self.canvas.shots.of(block)]
            self.inspector.preview.show_shots(shots, self.context.zone)
        else:
            self.inspector.forget()
            focus = self.window().focusWidget()
            if focus is not None and self.inspector.isAncestorOf(focus):
                self.canvas.setFocus()
        self.dock.set_open(bool(blocks))
        self._tell_side()

    def _tell_side(self) -> None:
        """Let toasts keep clear of the inspector and its buttons."""
        if self.isVisible():
            self.context.side_taken.emit(self.inspector.width() if self.dock.is_open else 0)

    def _reach_goal(self, day: TimelineDay) -> None:
        """Select what was in front at the moment that was asked for, once its day is in view."""
        if self._goal is None or not day.start <= self._goal < day.end:
            return
        goal, self._goal = self._goal, None
        block = self._block_at(goal)
        if block is not None:
            around = milliseconds(block.start) - _AROUND_GOAL, milliseconds(block.end) + _AROUND_GOAL
            self._show_axis(self.canvas.axis.showing(*around))
            self.select(block.id)

    def _show_list(self) -> None:
        if self._day is None:
            return
        wanted, least = self.toolbar.categories, self.toolbar.least
        blocks = [
            block
            for block in self._blocks
            if length_of(block) >= least and (wanted is None or (block.category or "") in wanted)
        ]
        name = say.list_name.format(day=formats.long_day(self._day.day))
        self.list.show_blocks(blocks, name, filtered=len(blocks) < len(self._blocks))

    def _block(self, block_id: str) -> Block | None:
        return next((block for block in self._blocks if block.id == block_id), None)

    def _block_at(self, moment: datetime) -> Block | None:
        recorded = self._day.blocks if self._day is not None else ()
        return next((block for block in recorded if block.start <= moment < block.end), None)

    def _face(self, piece: Piece) -> Face:
        return self.presenter.face(piece.block)

    def _fit(self, day: TimelineDay) -> Axis:
        """Return a view of all that was recorded, with some room around it."""
        low, high = milliseconds(day.start), milliseconds(day.end)
        axis = Axis.whole(low, high, self.canvas.axis.width)
        if not day.blocks:
            return axis
        start, end = milliseconds(day.blocks[0].start), milliseconds(day.blocks[-1].end)
        missing = max(0, _LEAST_FIT - (end - start)) / 2
        return axis.showing(start - _MARGIN - missing, end + _MARGIN + missing)

    def _spoken(self, day: TimelineDay) -> str:
        active = sum(length_of(block) for block in day.blocks if block.cause in _ACTIVE)
        away = sum(length_of(block) for block in day.blocks if block.cause in AWAY_STATES)
        return say.canvas_name.format(
            day=formats.long_day(day.day),
            active=formats.spoken_duration(active),
            away=formats.spoken_duration(away),
            count=len(day.blocks),
        )
