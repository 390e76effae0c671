"""The pictures of a period under the heads of their hours: where they are, and what of them is in view."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import (
    QHideEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from productify.domain import Shot, ShotFilter, ShotHour
from productify_ui.text import formats
from productify_ui.text.gallery import gallery_words as say
from productify_ui.text.gallery import shots_text
from productify_ui.views.context import ViewContext
from productify_ui.views.gallery.grid import Grid
from productify_ui.views.gallery.pages import ShotPages
from productify_ui.views.gallery.painter import CellState, ShotPainter, measures_of, paint_band, parts_of
from productify_ui.views.gallery.picked import Picked
from productify_ui.views.gallery.thumbnails import Thumbnails
from productify_ui.widgets.paint import antialiased

_AHEAD = 1.0
"""Screens above and below the view whose pictures are fetched too."""
_LEAP_MS = 100
FRAME_MS = 16


class ShotView(QAbstractScrollArea):
    """Paints what is in view of any number of pictures, and fetches it; `picked` knows which are selected."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._theme = context.theme
        self.rows = ShotPages(context.bridge, self)
        self.thumbnails = Thumbnails(context.bridge, self)
        self.picked = Picked(context.bridge, self.rows, self)
        self._painter = ShotPainter(context)
        self._size = "medium"
        self._compact = False
        self._hours: tuple[ShotHour, ...] = ()
        self._grid = Grid((), 1, measures_of(self._theme, self._size, compact=False))
        self._current = -1
        self._ring = False
        self._pointer: QPoint | None = None
        self._band: QRect | None = None
        self._top = 0
        self._leap = QTimer(self)
        self._leap.setSingleShot(True)
        self._leap.setInterval(_LEAP_MS)
        self._leap.timeout.connect(self._want)
        self._catch_up = QTimer(self)
        self._catch_up.setSingleShot(True)
        self._catch_up.setInterval(FRAME_MS)
        self._catch_up.timeout.connect(self.viewport().update)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        context.look.dress(self.verticalScrollBar())
        self.rows.arrived.connect(self._rows_arrived)
        self.thumbnails.arrived.connect(self._thumbnails_arrived)
        self.picked.changed.connect(self.viewport().update)
        context.faces.changed.connect(self._restyle)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._theme.changed.connect(self._restyle)

    @property
    def grid(self) -> Grid:
        """Where everything stands."""
        return self._grid

    @property
    def current(self) -> Shot | None:
        """The screenshot that keys go on from."""
        return self.rows.get(self._current) if self._current >= 0 else None

    @property
    def settled(self) -> bool:
        """Whether all that is in view is there."""
        return self.rows.settled and self.thumbnails.settled and not self._waits

    @property
    def _waits(self) -> bool:
        return self._leap.isActive() or self._catch_up.isActive()

    def show_hours(self, hours: Sequence[ShotHour], which: ShotFilter) -> None:
        """Show the screenshots of these hours; of another filter from the top, else where it stands."""
        another = self.rows.which != which
        if another:
            self._current = -1
            self.picked.clear()
        self._hours = tuple(hours)
        self._painter.renew()
        self.rows.reset(which, hours)
        self._arrange()
        if another:
            self.verticalScrollBar().setValue(0)
        self._want()
        self.viewport().update()

    def show_size(self, size: str, *, compact: bool) -> None:
        """Show small, medium or large pictures; `compact` leaves less room between them."""
        if (size, compact) != (self._size, self._compact):
            at = self._top_index()
            self._size, self._compact = size, compact
            self._painter.renew()
            self._arrange()
            if at is not None and at < self._grid.count:
                self.verticalScrollBar().setValue(self._grid.thumb(at).top() - self._grid.measures.head)
            self._want()
            self.viewport().update()

    def say_name(self, period: str) -> None:
        """Let a screen reader know what is shown, and how much of it is selected."""
        count, selected = shots_text(self._grid.count), len(self.picked.ids)
        said = say.grid_name_selected if selected else say.grid_name
        self.setAccessibleName(said.format(period=period, count=count, selected=selected))

    def shown_shots(self) -> list[Shot]:
        """Return the screenshots in view, as far as they are known."""
        found = (self.rows.get(index) for index in self._grid.within(*self._view()))
        return [shot for shot in found if shot is not None]

    def resume(self, shot_id: str | None) -> None:
        """Go on fetching what is in view, and let keys go on from a screenshot, if it is known."""
        index = self.rows.index_of(shot_id) if shot_id is not None else None
        if index is not None:
            self.picked.anchor = index
            self.go_to(index)
        self._want()

    def go_to(self, index: int) -> None:
        """Let keys go on from a picture, and bring it into view."""
        if not self._grid.count:
            return
        self._current = min(max(index, 0), self._grid.count - 1)
        self._reveal(self._current)
        self._tell_current()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self.viewport()))
        top, side = self.verticalScrollBar().value(), self._side()
        painter.translate(side, -top)
        low, high = event.rect().top() + top, event.rect().bottom() + 1 + top
        pointer = self._pointer_in_grid()
        self._painter.begin()
        for hour in self._grid.hours_within(low, high):
            self._paint_head(painter, hour, pointer)
        hovered = self._grid.at(pointer) if pointer is not None and self._band is None else None
        for index in self._grid.within(low, high):
            self._paint_cell(painter, index, pointer if index == hovered else None)
        if self._band is not None:
            paint_band(painter, self._theme, self._band)
        painter.end()
        if self._painter.is_behind:
            self._catch_up.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        at = self._top_index()
        self._arrange()
        if at is not None and self.verticalScrollBar().value():
            self.verticalScrollBar().setValue(self._grid.thumb(at).top() - self._grid.measures.head)
        self._want()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._want()

    def hideEvent(self, event: QHideEvent) -> None:
        for timer in (self._leap, self._catch_up):
            timer.stop()
        self.thumbnails.stop()
        super().hideEvent(event)

    def _paint_head(self, painter: QPainter, hour: int, pointer: QPoint | None) -> None:
        place = self._grid.head(hour)
        shown = self._grid.hours[hour]
        detail = say.hour_detail.format(shots=shots_text(shown.count), active=formats.duration(shown.active))
        lit = pointer is not None and self._link(hour).contains(pointer)
        texts = (self._hour_name(shown), detail)
        self._painter.head(painter, place, texts, self._link_text(hour), lit=lit)

    def _paint_cell(self, painter: QPainter, index: int, pointer: QPoint | None) -> None:
        shot, thumb = self.rows.get(index), self._grid.thumb(index)
        pixmap = self.thumbnails.get(shot.id) if shot is not None else None
        state = CellState(
            selected=shot is not None and shot.id in self.picked.ids,
            hovered=pointer is not None and shot is not None,
            current=self._ring and index == self._current and self.hasFocus(),
            missing=shot is not None and self.thumbnails.is_missing(shot.id),
            pressed=self._part_at(index, shot, pointer) if pointer is not None and shot is not None else "",
        )
        self._painter.cell(painter, thumb, shot, pixmap, state)

    def _hour_name(self, hour: ShotHour) -> str:
        zone, which = self._context.zone, self.rows.which
        clock = formats.clock(hour.start, zone)
        several = which is not None and (which.end - which.start).days > 1
        day = formats.day(hour.start.astimezone(zone).date())
        return say.day_and_hour.format(day=day, clock=clock) if several else clock

    def _part_at(self, index: int, shot: Shot, place: QPoint) -> str:
        parts = parts_of(self._theme, self._grid.thumb(index), blurred=shot.is_blurred)
        grown = self._theme.px("space.2")
        return next(
            (name for name, area in parts.items() if area.adjusted(-grown, -grown, grown, grown).contains(place)), ""
        )

    def _link_text(self, hour: int) -> str:
        return say.unselect_hour if self.picked.has_all(self._grid.indexes(hour)) else say.select_hour

    def _link(self, hour: int) -> QRect:
        return self._painter.link(self._grid.head(hour), self._link_text(hour))

    def _tell_current(self) -> None:
        shot = self.current
        if shot is not None:
            clock = formats.clock(shot.captured_at, self._context.zone)
            said = say.current.format(app=shot.app_name or say.no_app, title=shot.window_title or "", clock=clock)
            self.setAccessibleDescription(f"{said}. {say.grid_help}")

    def _reveal(self, index: int) -> None:
        cell, bar = self._grid.cell(index), self.verticalScrollBar()
        top = self._grid.head(self._grid.hour_of(index)).top()
        low = top if cell.top() - top <= self._grid.measures.head else cell.top() - self._grid.measures.row_gap
        high = cell.bottom() + self._grid.measures.foot
        if low < bar.value():
            bar.setValue(low)
        elif high > bar.value() + self.viewport().height():
            bar.setValue(min(low, high - self.viewport().height()))

    def _arrange(self) -> None:
        measures = measures_of(self._theme, self._size, compact=self._compact)
        self._grid = Grid(self._hours, max(1, self.width() - 2 * self._side()), measures)
        self._current = min(self._current, self._grid.count - 1)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._grid.height - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep((measures.height + measures.caption) // 3)
        size = QSize(measures.width, measures.height)
        band = self._theme.metric("gallery.fit-narrowest"), self._theme.metric("gallery.fit-widest")
        self.thumbnails.set_size(size, self.devicePixelRatioF(), self._theme.metric("radius.thumb"), band)

    @Slot()
    def _want(self) -> None:
        """Fetch the rows and pictures in view first, then those of a screen below and above it."""
        if not self.isVisible():
            return
        top, bottom = self._view()
        ahead = round((bottom - top) * _AHEAD)
        shown = self._grid.within(top, bottom)
        around = [*self._grid.within(bottom, bottom + ahead), *self._grid.within(top - ahead, top)]
        indexes = [*shown, *(index for index in around if index not in shown)]
        self.rows.want(indexes)
        found = (self.rows.get(index) for index in indexes)
        self.thumbnails.want([shot.id for shot in found if shot is not None])

    def _view(self) -> tuple[int, int]:
        top = self.verticalScrollBar().value()
        return top, top + self.viewport().height()

    def _top_index(self) -> int | None:
        shown = self._grid.within(*self._view())
        return shown.start if shown else None

    def _side(self) -> int:
        return self._theme.px("size.page-padding-compact" if self._compact else "size.page-padding")

    def _in_grid(self, place: QPoint) -> QPoint:
        return place + QPoint(-self._side(), self.verticalScrollBar().value())

    def _pointer_in_grid(self) -> QPoint | None:
        return self._in_grid(self._pointer) if self._pointer is not None else None

    @Slot()
    def _rows_arrived(self) -> None:
        self._want()
        self.viewport().update()

    @Slot(object)
    def _thumbnails_arrived(self, ids: frozenset[str]) -> None:
        """Paint the cells anew whose pictures came."""
        corner = QPoint(self._side(), -self.verticalScrollBar().value())
        for index in self._grid.within(*self._view()):
            shot = self.rows.get(index)
            if shot is not None and shot.id in ids:
                self.viewport().update(self._grid.thumb(index).translated(corner))

    @Slot(int)
    def _scrolled(self, top: int) -> None:
        """Fetch what came into view; while it flies past, only now and then."""
        leaps, self._top = abs(top - self._top) > self.viewport().height() // 2, top
        if not leaps:
            self._leap.stop()
            self._want()
        elif not self._leap.isActive():
            self._leap.start()
        self.viewport().update()

    @Slot()
    def _restyle(self) -> None:
        self._painter.renew()
        self._arrange()
        self.viewport().update()
