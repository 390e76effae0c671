"""The screenshots page: the pictures of a day, week or month, by hour."""

from datetime import UTC, datetime, time, timedelta

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from productify.clock import LocalDays
from productify.domain import Capability, Capturing, Health, PeriodKind, Shot, ShotCounts, ShotFilter
from productify_ui.text import formats
from productify_ui.text.gallery import gallery_words as say
from productify_ui.text.gallery import limit_text
from productify_ui.text.words import words
from productify_ui.views.context import Place, ViewContext
from productify_ui.views.gallery.actions import ShotActions
from productify_ui.views.gallery.audit import Audit
from productify_ui.views.gallery.canvas import ShotCanvas, Wanted
from productify_ui.views.gallery.filters import FilterRow
from productify_ui.views.gallery.finder import Finder, FinderNote
from productify_ui.views.gallery.foot import FootBar
from productify_ui.views.gallery.lightbox import Lightbox
from productify_ui.views.gallery.notes import Nothing
from productify_ui.views.page import Page
from productify_ui.widgets.banner import Banner
from productify_ui.widgets.button import Button
from productify_ui.widgets.period_bar import PeriodBar
from productify_ui.widgets.popup import Menu

_EARLIEST, _DAY = datetime(1970, 1, 2, tzinfo=UTC), timedelta(days=1)
AUDIT = "audit"
"""The part of the page that says what was skipped."""

_KINDS = (PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.MONTH)


class GalleryPage(Page):
    """Filters above, pictures by hour, and a bar that says what they take; one picture opens over the window."""

    tables = frozenset({"screenshots", "screenshot_skips", "categories", "user_settings"})

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(words.screenshots, context, parent)
        self._counts: ShotCounts | None = None
        self._reader: Capability | None = None
        self._goal: datetime | None = None
        self._audited = False
        self.lightbox: Lightbox | None = None
        self.shot_actions = ShotActions(context, self)
        self.period = PeriodBar(self.look, _KINDS, context.now().astimezone(context.zone).date(), self)
        self.header.add_left(self.period)
        self.finder = Finder(context, self)
        self.header.add_right(self.finder)
        self.take = Button(self.look, say.take_one, icon="camera", name=say.take_one, parent=self)
        self.header.add_right(self.take)
        self.notice = Banner(self.look, "warn", self)
        self.finder_note = FinderNote(context, self)
        self.filters = FilterRow(context, self)
        self.canvas = ShotCanvas(context, self)
        self.nothing = Nothing(self.look, self)
        self.audit: Audit | None = None
        self.foot = FootBar(self.look, self)
        self._lay_out()
        self._connect()
        self.filters.sizes.choose(context.shot_size)
        self._show_status()

    async def refresh(self) -> None:
        """Ask how many there are of the chosen period, by what, in which hours, and what they take."""
        call = self.context.bridge.call
        self.period.set_today(await call(lambda service: service.reports.today()))
        start, end = self._bounds()
        self._counts = await call(lambda service: service.screenshots.counts(start, end))
        which = self._filter(start, end)
        hours = await call(lambda service: service.screenshots.hours(which))
        forecast = await call(lambda service: service.screenshots.forecast())
        self._reader = await call(lambda service: service.words.capability())
        if (start, end) != self._bounds() or which != self._filter(start, end):
            return
        self._show_reach()
        self.filters.show_counts(self._counts)
        self.canvas.show_hours(hours, which)
        if self.lightbox is not None:
            self.lightbox.reload()
        self.foot.show_forecast(forecast, self.context.preferences.settings)
        if self.audit is not None:
            skips = await call(lambda service: service.screenshots.skipped(start, end))
            enabled = self.context.preferences.settings.flag("screenshots_enabled")
            self.audit.show_skips(skips, several=self.period.period.day_count > 1, enabled=enabled)
        self._show_state()
        await self._reach_goal()

    async def _reach_goal(self) -> None:
        """Open the picture that was taken nearest to the moment that was asked for."""
        goal, self._goal = self._goal, None
        if goal is None:
            return
        shots = await self.context.bridge.call(lambda service: service.screenshots.between(*self._bounds()))
        if shots:
            self.open_shot(min(shots, key=lambda shot: abs(shot.captured_at - goal)))

    def go_to(self, place: Place) -> None:
        self._goal = place.moment
        self._audited = False
        self.finder.clear()
        self.filters.show_all()
        self.period.show_day(place.period.first)

    def show_part(self, part: str) -> None:
        if part == AUDIT:
            self.show_audit()

    @Slot()
    def show_audit(self) -> None:
        """Show what was skipped in the period, in the place of its pictures."""
        if self.audit is None:
            self.audit = Audit(self.context, self)
            self.audit.closed.connect(self._close_audit)
            self._stack.addWidget(self.audit)
            self.audit.set_compact(self.compact)
        self._audited = True
        self._show_state()
        self.audit.back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh_now()

    @Slot()
    def _close_audit(self) -> None:
        self._audited = False
        self._show_state()
        (self.canvas if self.canvas.isVisible() else self.take).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_compact(self, compact: bool) -> None:
        self.period.set_compact(compact)
        self.canvas.show_size(self.context.shot_size, compact=compact)
        if self.audit is not None:
            self.audit.set_compact(compact)
        self._pad()

    @property
    def settled(self) -> bool:
        """Whether it shows what it asked for, with all the pictures in view."""
        if self.lightbox is not None and self.lightbox.isVisible():
            return super().settled and self.lightbox.settled and self._goal is None
        shown = not self.canvas.isVisible() or self.canvas.settled
        return super().settled and shown and self._goal is None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pad()

    def hideEvent(self, event: QHideEvent) -> None:
        if self.lightbox is not None and self.lightbox.isVisible():
            self.lightbox.close_box()
        super().hideEvent(event)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._column.addWidget(self.notice)
        self._column.addWidget(self.finder_note)
        self._column.addWidget(self.filters)
        self.content.addLayout(self._column)
        self._stack = QStackedLayout()
        for widget in (self.canvas, self.nothing):
            self._stack.addWidget(widget)
        self.content.addLayout(self._stack, 1)
        self._pad()

    def _pad(self) -> None:
        theme = self.theme
        cramped = self.window().width() < theme.scaled("breakpoint.rail")  # large text makes it so sooner
        self.take.setText("" if cramped else say.take_one)
        self.take.set_name(say.take_one)
        tight = self.window().width() < theme.scaled("size.window-min-width")  # the sidebar says it as well
        self.header.title.setVisible(not tight)
        self.finder.set_compact(self.compact or cramped)
        side = theme.px("size.page-padding-compact" if self.compact else "size.page-padding")
        self._column.setContentsMargins(side, 0, side, theme.px("gallery.filters-gap"))
        self.foot.place(self.rect(), side)

    def _connect(self) -> None:
        self.period.changed.connect(self._period_changed)
        self.filters.filtered.connect(self.refresh_now)
        self.finder.looked_for.connect(self._look_for)
        self.finder_note.switched_on.connect(self._read_words)
        self.filters.resized.connect(self._resize_pictures)
        self.take.clicked.connect(self._take_one)
        self.canvas.wanted.connect(self._do)
        self.canvas.menu_wanted.connect(self._open_menu)
        self.canvas.picked.changed.connect(self._show_selected)
        self.foot.blurred.connect(self._blur_selected)
        self.foot.deleted.connect(self._delete_selected)
        self.foot.explained.connect(self.show_audit)
        self.foot.cleared.connect(self.canvas.picked.clear)
        self.nothing.acted.connect(self._act_on_nothing)
        self.nothing.other.connect(self._open_privacy)
        self.notice.acted.connect(self._act_on_notice)
        self.shot_actions.trashed.connect(self.canvas.picked.drop)
        self.shot_actions.spoiled.connect(self.canvas.thumbnails.forget)
        self.shot_actions.spoiled.connect(self.canvas.picked.drop)
        self.context.status.changed.connect(self._show_status)
        self.context.preferences.changed.connect(self.mark_dirty)
        self.context.categories.changed.connect(self.mark_dirty)
        for keys, slot in (
            ("D", self._show_days),
            ("W", self._show_weeks),
            ("M", self._show_months),
            ("T", self.period.go_today),
            ("/", self._focus_finder),
            ("Alt+Left", self.period.go_back),
            ("Alt+Right", self.period.go_forward),
        ):
            self.shortcut(keys, slot)

    def _bounds(self) -> tuple[datetime, datetime]:
        """Return the first moment of the chosen period and that after its last, as local days begin."""
        hours, minutes = divmod(self.context.preferences.settings.number("day_start"), 60)
        days, period = LocalDays(self.context.zone, time(hours, minutes)), self.period.period
        return days.start_of(period.first), days.bounds(period.last)[1]

    def _filter(self, start: datetime, end: datetime) -> ShotFilter:
        chosen = self.filters
        if (text := self.finder.wanted) is not None:
            return ShotFilter(_EARLIEST, max(end, self.context.now() + _DAY), text=text)  # of all days
        return ShotFilter(start, end, chosen.app, chosen.category, chosen.blurred, chosen.monitor)

    def _show_state(self) -> None:
        """Show the pictures, or what is to be said where there are none."""
        settings, counts = self.context.preferences.settings, self._counts
        shown = bool(self.canvas.grid.count)
        any_at_all = self.finder.wanted is not None or (counts is not None and bool(counts.all))
        if not any_at_all and not settings.flag("screenshots_enabled"):
            self.nothing.tell_off(settings.number("screenshot_days"), limit_text(settings))
        elif not any_at_all:
            self.nothing.tell_none(say.none_hint_today if self.period.is_current else say.none_hint)
        elif not shown:
            self.nothing.tell_unmatched()
        audit = self.audit if self._audited else None
        self._stack.setCurrentWidget(audit or (self.canvas if shown else self.nothing))
        self.filters.setVisible(any_at_all and audit is None and self.finder.wanted is None)
        self.foot.set_shown(any_at_all and audit is None)
        self._show_selected()

    def _show_reach(self) -> None:
        """Tell what is looked through, and while something is looked for what is missing for more."""
        if self._reader is None:
            return
        switched_on = self.context.preferences.settings.flag("screenshot_text")
        self.finder.show_reach(switched_on and self._reader.health is Health.WORKS)
        self.finder_note.tell(self._reader, switched_on=switched_on, looking=self.finder.wanted is not None)

    @Slot()
    def _look_for(self) -> None:
        self.canvas.picked.clear()
        self.refresh_now()

    @Slot()
    def _focus_finder(self) -> None:
        self.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.finder.selectAll()

    @Slot()
    def _read_words(self) -> None:
        self.shot_actions.start(self.context.preferences.save("screenshot_text", True))

    @Slot()
    def _show_selected(self) -> None:
        self.foot.show_selected(len(self.canvas.picked.ids))
        self.canvas.say_name(formats.period_name(self.period.period, self.period.period.last))

    @Slot()
    def _show_status(self) -> None:
        status = self.context.status.now
        if status is None or status.capturing in (Capturing.ON, Capturing.OFF):
            self.notice.hide()
        elif status.capturing is Capturing.UNABLE:
            self.notice.tell(say.unable, status.capture_problem or "", say.what_to_do)
        else:
            self.notice.tell(say.paused, say.paused_hint, say.resume)

    @Slot()
    def _act_on_notice(self) -> None:
        status = self.context.status.now
        if status is not None and status.capturing is Capturing.PAUSED:
            self.shot_actions.do(lambda service: service.screenshots.resume())
        else:
            self.context.open_page("settings/desktop")

    @Slot()
    def _act_on_nothing(self) -> None:
        if self.finder.wanted is not None:
            self.finder.clear()
        elif self._counts is not None and self._counts.all:
            self.filters.show_all()
        else:
            self.shot_actions.ask_on()

    @Slot()
    def _take_one(self) -> None:
        if self.context.preferences.settings.flag("screenshots_enabled"):
            self.shot_actions.take_one()
        else:
            self.shot_actions.ask_on()

    @Slot()
    def _open_privacy(self) -> None:
        self.context.open_page("settings/Privacy")

    @Slot()
    def _period_changed(self) -> None:
        self.canvas.picked.clear()
        self.refresh_now()

    @Slot(str)
    def _resize_pictures(self, size: str) -> None:
        self.context.shot_size = size
        self.canvas.show_size(size, compact=self.compact)

    @Slot(object, object)
    def _do(self, wanted: Wanted, shots: tuple[Shot, ...]) -> None:
        ids = tuple(shot.id for shot in shots) or tuple(self.canvas.picked.ids)
        match wanted:
            case Wanted.DELETE:
                self.shot_actions.delete(ids)
            case Wanted.BLUR:
                self.shot_actions.ask_blur(ids)
            case Wanted.OPEN:
                self.open_shot(shots[0])

    def open_shot(self, shot: Shot) -> None:
        """Show one picture over the window; it can be gone on to those that the filter lets through."""
        if self.lightbox is None:
            self.lightbox = Lightbox(self.context, self.shot_actions, self.window())
            self.lightbox.closed.connect(self._closed)
        self.canvas.thumbnails.stop()
        self._switch_keys(on=False)
        self.lightbox.open_shot(shot, self._filter(*self._bounds()))

    def select_at(self, clock: time) -> bool:
        """Open the picture taken nearest to a time of the day in view, and tell whether there is any."""
        wall = datetime.combine(self.period.period.last, clock, self.context.zone)
        shots = self.canvas.rows.known()
        if shots:
            self.open_shot(min(shots, key=lambda shot: abs(shot.captured_at - wall)))
        return bool(shots)

    @Slot(object)
    def _closed(self, shot: Shot | None) -> None:
        """Take the keys back, and let them go on from the picture that was in view last."""
        self._switch_keys(on=True)
        self.canvas.resume(shot.id if shot is not None else None)

    def _switch_keys(self, *, on: bool) -> None:
        for shortcut in self.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly):
            shortcut.setEnabled(on)

    @Slot()
    def _blur_selected(self) -> None:
        self._do(Wanted.BLUR, ())

    @Slot()
    def _delete_selected(self) -> None:
        self._do(Wanted.DELETE, ())

    @Slot(object, QPoint)
    def _open_menu(self, shot: Shot, place: QPoint) -> None:
        menu = Menu(self.look, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shots = () if shot.id in self.canvas.picked.ids else (shot,)
        menu.add(say.open, "images").triggered.connect(lambda: self._do(Wanted.OPEN, (shot,)))
        menu.add(say.show_on_timeline, "chart-gantt").triggered.connect(
            lambda: self.shot_actions.show_on_timeline(shot)
        )
        menu.addSeparator()
        if shots == () or not shot.is_blurred:
            menu.add(say.blur, "droplets").triggered.connect(lambda: self._do(Wanted.BLUR, shots))
        menu.add(say.delete, "trash-2").triggered.connect(lambda: self._do(Wanted.DELETE, shots))
        menu.popup(place)

    @Slot()
    def _show_days(self) -> None:
        self.period.show_kind(PeriodKind.DAY)

    @Slot()
    def _show_weeks(self) -> None:
        self.period.show_kind(PeriodKind.WEEK)

    @Slot()
    def _show_months(self) -> None:
        self.period.show_kind(PeriodKind.MONTH)
