"""One screenshot over the whole window: stepping from one to the next, and what is done with it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from productify.domain import Shot, ShotFilter
from productify.errors import KnownError
from productify.service.pixels import Pixels, unpacked
from productify_ui.text import formats
from productify_ui.text.gallery import gallery_words
from productify_ui.text.lightbox import lightbox_words as say
from productify_ui.views.context import ViewContext
from productify_ui.views.gallery.actions import ShotActions
from productify_ui.views.gallery.lightbox.cover import Cover
from productify_ui.views.gallery.lightbox.day import ShotDay, beyond, day_of, hour_away
from productify_ui.views.gallery.lightbox.deeds import Deeds
from productify_ui.widgets.news import News

if TYPE_CHECKING:
    from collections.abc import Callable

    from productify.service import Service


class Lightbox(Cover):
    """Covers the window while it is open; closing it gives the keyboard back to where it was.

    `closed` carries the picture (Shot) that was in view last, or None.
    """

    closed = Signal(object)

    def __init__(self, context: ViewContext, actions: ShotActions, window: QWidget) -> None:
        super().__init__(context, window)
        self._actions = actions
        self._which: ShotFilter | None = None
        self._day: ShotDay | None = None
        self._loading: str | None = None
        self._moving = False
        self._stale = False
        self._back_to: QWidget | None = None
        self.deeds = Deeds(context, actions, self._look, self)
        self._connect()
        self._add_keys()

    @property
    def shot(self) -> Shot | None:
        """The picture in view."""
        return self._shot

    @property
    def day(self) -> ShotDay | None:
        """The day it belongs to, once it is known."""
        return self._day

    @property
    def settled(self) -> bool:
        """Whether all that was asked for is there."""
        return self._loading is None and not self._moving and self.scrubber.thumbnails.settled

    def open_shot(self, shot: Shot, which: ShotFilter) -> None:
        """Show a picture; `which` narrows those that can be gone to."""
        if not self.isVisible():
            self._back_to = QApplication.focusWidget()
        self._which = which
        if self._day is not None and self._day.timeline.day != shot.local_day:
            self._day = None
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show(shot)
        self._reload()

    @Slot()
    def close_box(self) -> None:
        """Close it, unless boxes are being drawn: then let go of them first."""
        if self.stage.drawing:
            self.stage.stop_drawing()
            return
        self._loading = None
        self.scrubber.thumbnails.stop()
        shot, self._shot = self._shot, None
        self.hide()
        if self._back_to is not None:
            self._back_to.setFocus(Qt.FocusReason.PopupFocusReason)
            self._back_to = None
        self.closed.emit(shot)

    @Slot()
    def reload(self) -> None:
        """Ask for the day anew, as when something of it changed."""
        if self.isVisible():
            self._reload()

    def hideEvent(self, event: QHideEvent) -> None:
        self.stage.stop_drawing()
        super().hideEvent(event)

    def _connect(self) -> None:
        self.top.close_button.clicked.connect(self.close_box)
        self.top.zoom_in.clicked.connect(partial(self._zoom, 1))
        self.top.zoom_out.clicked.connect(partial(self._zoom, -1))
        self.top.zoom.clicked.connect(self.stage.fit)
        self.stage.zoomed.connect(self._show_zoom)
        self.stage.boxed.connect(self._show_bar)
        self.previous.clicked.connect(partial(self._step, -1))
        self.next.clicked.connect(partial(self._step, 1))
        self.bar.applied.connect(self._apply)
        self.bar.cancelled.connect(self.stage.stop_drawing)
        self.scrubber.moved.connect(self._go)
        self.side.blur.clicked.connect(self._blur)
        self.side.cover.clicked.connect(self.stage.start_drawing)
        self.side.timeline.clicked.connect(self._show_on_timeline)
        self.side.copy.clicked.connect(self._copy)
        self.side.delete.clicked.connect(self._delete)
        self.side.more.clicked.connect(self._open_more)
        self._actions.spoiled.connect(self._spoiled)
        self._actions.restored.connect(self.reload)

    def _add_keys(self) -> None:
        acts: tuple[tuple[str, Callable[..., None]], ...] = (
            ("Left", partial(self._step, -1)),
            ("Right", partial(self._step, 1)),
            ("Shift+Left", partial(self._step_hour, -1)),
            ("Shift+Right", partial(self._step_hour, 1)),
            ("+", partial(self._zoom, 1)),
            ("=", partial(self._zoom, 1)),
            ("-", partial(self._zoom, -1)),
            ("0", self.stage.fit),
            ("B", self._blur),
            ("C", self.stage.start_drawing),
            ("T", self._show_on_timeline),
            ("Ctrl+C", self._copy),
            ("Ctrl+S", self._save),
            ("Del", self._delete),
            ("Backspace", self.stage.drop_box),
            ("Esc", self.close_box),
        )
        for keys, act in acts:
            self._shortcut(keys, act)
        self._enter = [self._shortcut(keys, self._apply) for keys in ("Return", "Enter")]
        for shortcut in self._enter:
            shortcut.setEnabled(False)  # else no button could be pressed by it

    def _shortcut(self, keys: str, act: "Callable[..., None]") -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
        return shortcut

    def _show(self, shot: Shot) -> None:
        """Show a picture as far as it is known, and fetch the rest."""
        same = self._shot is not None and self._shot.id == shot.id
        self._shot = shot
        self._say()
        self.side.show_shot(shot)
        if not same:
            shape = QSize(shot.width, shot.height)
            self.stage.show_coming(shape, self.scrubber.thumbnails.get(shot.id))
            self._fetch(shot.id)

    def _say(self) -> None:
        shot, day = self._shot, self._day
        if shot is None:
            return
        zone = self._context.zone
        clock, name = formats.clock(shot.captured_at, zone), formats.day(shot.local_day)
        self.top.clock.setText(clock)
        self.setAccessibleName(say.name.format(app=shot.app_name or gallery_words.no_app, clock=clock, day=name))
        index = day.index_of(shot.id) if day is not None else None
        if day is None or index is None:
            self.top.place.setText(name)
            return
        place = {"number": index + 1, "count": len(day.shots)}
        self.top.place.setText(say.place.format(day=name, **place))
        self.scrubber.show_day(day.shots, day.timeline)
        self.scrubber.show_index(index)
        self.scrubber.setAccessibleName(say.strip_name.format(day=name, clock=clock, **place))

    def _reload(self) -> None:
        self._stale = True
        if not self._moving:
            self._moving = True
            self._actions.start(self._load())

    async def _load(self) -> None:
        try:
            while self._stale and self._shot is not None and self._which is not None:
                self._stale = False
                shot = self._shot
                day = await self._context.bridge.call(partial(day_of, shot, self._which))
                if self._shot is not None and self._shot.local_day == shot.local_day:
                    self._take(day)
        finally:
            self._moving = False

    def _take(self, day: ShotDay) -> None:
        """Show what a day has by now; what was in view and is gone makes room for the one nearest to it."""
        shot = self._shot
        if shot is None:
            return
        if not day.shots:
            self._day = None
            self.stage.stop_drawing()
            self.close_box()
            return
        self._day = day
        index = day.index_of(shot.id)
        self._show(day.shots[day.nearest(shot.captured_at) if index is None else index])

    def _fetch(self, shot_id: str) -> None:
        """Fetch a picture; while one is on its way, the last one wanted comes next."""
        busy, self._loading = self._loading is not None, shot_id
        if not busy:
            self._context.bridge.start(self._fetching())

    async def _fetching(self) -> None:
        done = None
        try:
            while self._loading is not None and self._loading != done:
                done, room = self._loading, self.stage.room()
                try:
                    asked = partial(_pixels_of, done, room.width(), room.height())
                    whole, fitted = await self._context.bridge.call(asked)
                except KnownError as error:
                    if self._shot is not None and self._shot.id == done:
                        self.stage.show_trouble(str(error))
                else:
                    if self._shot is not None and self._shot.id == done:
                        self.stage.show_pixels(whole, fitted)
                        await self._mark(done)
        finally:
            self._loading = None

    async def _mark(self, shot_id: str) -> None:
        """Mark the words that were looked for."""
        text = self._which.text if self._which is not None else None
        if text is not None:
            words = await self._context.bridge.call(lambda service: service.words.words_of(shot_id, text))
            if self._shot is not None and self._shot.id == shot_id:
                self.stage.show_words(words)

    @Slot(int)
    def _go(self, index: int) -> None:
        if self._day is not None and 0 <= index < len(self._day.shots):
            self._show(self._day.shots[index])

    def _index(self) -> int | None:
        return self._day.index_of(self._shot.id) if self._day is not None and self._shot is not None else None

    def _step(self, step: int, _checked: bool = False) -> None:
        index = self._index()
        if index is None or self._day is None:
            return
        if 0 <= index + step < len(self._day.shots):
            self._go(index + step)
        elif not self._moving:
            self._moving = True
            self._actions.start(self._leave_day(step))

    async def _leave_day(self, step: int) -> None:
        """Go on to the day before or after that has pictures."""
        try:
            if self._day is None or self._which is None:
                return
            found = await self._context.bridge.call(partial(beyond, self._day.timeline, self._which, step))
            if found is not None and self._shot is not None:
                day = await self._context.bridge.call(partial(day_of, found, self._which))
                self._show(found)
                self._take(day)
        finally:
            self._moving = False

    def _step_hour(self, step: int) -> None:
        index = self._index()
        if index is not None and self._day is not None:
            self._go(hour_away(self._day.shots, index, step))

    def _zoom(self, steps: int, _checked: bool = False) -> None:
        if not self.stage.drawing:
            self.stage.zoom_by(steps)

    @Slot()
    def _show_zoom(self) -> None:
        self.top.show_zoom(self.stage.percent)

    @Slot()
    def _show_bar(self) -> None:
        """Say what drawing boxes does while they are drawn."""
        drawing = self.stage.drawing
        self.bar.setVisible(drawing)
        self.bar.raise_()
        self.bar.apply.setEnabled(bool(self.stage.boxes))
        for arrow in (self.previous, self.next):
            arrow.setVisible(not drawing)
        for shortcut in self._enter:
            shortcut.setEnabled(drawing)

    @Slot()
    def _apply(self) -> None:
        if self._shot is not None and self.stage.boxes:
            boxes, shot_id = self.stage.boxes, self._shot.id
            self.stage.stop_drawing()
            self.deeds.cover(shot_id, boxes)

    @Slot()
    def _blur(self) -> None:
        if self._shot is not None and not self._shot.is_blurred:
            self._actions.ask_blur([self._shot.id], self)

    @Slot()
    def _delete(self) -> None:
        """Delete the picture in view, and show the next one at once."""
        shot, index = self._shot, self._index()
        if shot is None or self.stage.drawing:
            return
        self._actions.delete([shot.id])
        if self._day is None or index is None:
            return
        rest = tuple(each for each in self._day.shots if each.id != shot.id)
        self._take(ShotDay(rest, self._day.timeline))

    @Slot()
    def _show_on_timeline(self) -> None:
        shot = self._shot
        if shot is not None:
            self.stage.stop_drawing()
            self.close_box()
            self._actions.show_on_timeline(shot)

    @Slot()
    def _copy(self) -> None:
        if self.stage.image is not None:
            QGuiApplication.clipboard().setImage(self.stage.image)
            self._context.tell(News(say.copied, tone="success", icon="copy"))

    @Slot()
    def _save(self) -> None:
        if self._shot is not None:
            self.deeds.save_as(self._shot)

    @Slot()
    def _open_more(self) -> None:
        if self._shot is not None:
            corner = self.side.more.mapToGlobal(QPoint(0, self.side.more.height() + self._theme.px("space.2")))
            self.deeds.open_menu(self._shot, corner)

    @Slot(object)
    def _spoiled(self, ids: tuple[str, ...]) -> None:
        """Show what became of pictures whose pixels were changed."""
        self.scrubber.thumbnails.forget(ids)
        if self._shot is not None and self.isVisible():
            if self._shot.id in ids:
                self._fetch(self._shot.id)
            self._reload()


async def _pixels_of(shot_id: str, width: int, height: int, service: "Service") -> tuple[Pixels, Pixels]:
    return await unpacked(await service.screenshots.picture(shot_id), max(1, width), max(1, height))
