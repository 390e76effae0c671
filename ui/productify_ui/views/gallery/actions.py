"""What can be done with screenshots, from the gallery as from the picture over the window."""

from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from productify.domain import Period, PeriodKind, Shot
from productify.errors import KnownError
from productify_ui.text.gallery import gallery_words as say
from productify_ui.text.gallery import limit_text
from productify_ui.text.words import words
from productify_ui.views.context import Place, ViewContext
from productify_ui.views.timeline.work_card import WorkCard
from productify_ui.widgets.button import Kind
from productify_ui.widgets.dialog import Choice, Dialog
from productify_ui.widgets.news import News

if TYPE_CHECKING:
    from productify.service import Service

_MANY = 20
"""As many are blurred in a moment; more show how far it is."""


class ShotActions(QObject):
    """Asks where something cannot be undone, does it, and tells; `trashed`, `restored` and `spoiled` carry the ids.

    `spoiled` are those whose pixels are no longer what they were. `progressed` carries how many are blurred of how
    many; it is sent from the engine room.
    """

    trashed = Signal(object)
    restored = Signal(object)
    spoiled = Signal(object)
    progressed = Signal(int, int)

    def __init__(self, context: ViewContext, over: QWidget) -> None:
        super().__init__(over)
        self._context = context
        self._over = over
        self._blurring = 0
        self._stopped = False
        self.work: WorkCard | None = None
        self.progressed.connect(self._show_progress)

    def delete(self, ids: Sequence[str]) -> None:
        """Move screenshots to the trash, with a way back."""
        self.start(self._delete(tuple(ids)))

    def ask_blur(self, ids: Sequence[str], over: QWidget | None = None) -> None:
        """Blur screenshots once the user said that it may not be undone."""
        ids = tuple(ids)
        title = say.ask_blur_one if len(ids) == 1 else say.ask_blur_many.format(count=f"{len(ids):,}")
        blur = partial(self.start_blur, ids)
        hint = say.ask_blur_hint_one if len(ids) == 1 else say.ask_blur_hint
        self.ask(title, hint, (say.blur, Kind.PRIMARY, blur), over)

    def start_blur(self, ids: tuple[str, ...]) -> None:
        """Blur screenshots at once."""
        self.start(self._blur(ids, lambda service: service.screenshots.blur(ids, self.progressed.emit)))

    def start_blur_app(self, app: str, ids: tuple[str, ...]) -> None:
        """Blur all screenshots that had an app in front at once; `ids` are those known of."""
        self.start(self._blur(ids, lambda service: service.screenshots.blur_app(app, self.progressed.emit)))

    def ask_on(self) -> None:
        """Let screenshots be taken once the user said yes to what that means."""
        settings = self._context.preferences.settings
        hint = say.ask_on_hint.format(days=settings.number("screenshot_days"), limit=limit_text(settings))
        self.ask(say.ask_on, hint, (say.ask_on_yes, Kind.PRIMARY, self._switch_on))

    def take_one(self) -> None:
        """Take a picture of each monitor now."""
        self.start(self._take_one())

    def show_on_timeline(self, shot: Shot) -> None:
        """Go to the moment of a screenshot on the timeline."""
        day = Period.around(PeriodKind.DAY, shot.local_day)
        self._context.go_to(Place("timeline", day, shot.captured_at))

    def ask(self, title: str, hint: str, choice: Choice, over: QWidget | None = None) -> None:
        """Put a question with one way on, and a way out."""
        choices = ((say.cancel, Kind.SECONDARY, _nothing), choice)
        Dialog(self._context.look, title, hint, choices, over or self._over.window()).open()

    def start(self, job: Coroutine[Any, Any, None]) -> None:
        """Do something that the user's world may refuse, and then say so."""
        self._context.bridge.start(self._guarded(job))

    def do(self, work: "Callable[[Service], Coroutine[Any, Any, Any]]") -> None:
        """Ask the service to do something."""
        self.start(self._call(work))

    async def _call(self, work: "Callable[[Service], Coroutine[Any, Any, Any]]") -> None:
        await self._context.bridge.call(work)

    async def _guarded(self, job: Coroutine[Any, Any, None]) -> None:
        try:
            await job
        except KnownError as error:
            self._context.tell(News(error.title, error.hint, tone="danger", icon="circle-alert"))

    async def _delete(self, ids: tuple[str, ...]) -> None:
        count = await self._context.bridge.call(lambda service: service.screenshots.trash(ids))
        self.trashed.emit(ids)
        if not count:
            return
        title = say.one_deleted if count == 1 else say.many_deleted.format(count=f"{count:,}")
        hint = say.deleted_hint if count == 1 else say.deleted_hint_many
        undo = partial(self.start_restore, ids)
        self._context.tell(News(title, hint, icon="trash-2", action=words.undo, act=undo))

    def start_restore(self, ids: tuple[str, ...]) -> None:
        """Bring screenshots back from the trash."""
        self.start(self._restore(ids))

    async def _restore(self, ids: tuple[str, ...]) -> None:
        await self._context.bridge.call(lambda service: service.screenshots.restore(ids))
        self.restored.emit(ids)

    async def _blur(self, ids: tuple[str, ...], work: "Callable[[Service], Coroutine[Any, Any, int]]") -> None:
        if not self._blurring:
            self._stopped = False
        self._blurring += 1
        try:
            count = await self._context.bridge.call(work)
        finally:
            self._blurring -= 1
            if not self._blurring and self.work is not None:
                self.work.hide()
            self.spoiled.emit(ids)  # one that fails does not keep the others from being blurred
        title = say.one_blurred if count == 1 else say.many_blurred.format(count=f"{count:,}")
        hint = say.blur_stopped if self._stopped else ""
        self._context.tell(News(title, hint, tone="success", icon="droplets"))

    @Slot(int, int)
    def _show_progress(self, done: int, whole: int) -> None:
        """Show how far it is over the whole window: the picture in view may cover the page, or another page be open."""
        if not self._blurring or whole <= _MANY:
            return
        if self.work is None:
            self.work = WorkCard(self._context.look, self._over.window(), say.blurring, say.blurring_state)
            self.work.stopped.connect(self._stop_blurring)
        self.work.show_progress(done, whole)

    @Slot()
    def _stop_blurring(self) -> None:
        self._stopped = True
        self.do(_stop_blurring)

    async def _take_one(self) -> None:
        count = await self._context.bridge.call(lambda service: service.screenshots.take_now())
        title = say.taken if count == 1 else say.taken_many.format(count=count)
        hint = "" if count == 1 else say.taken_hint
        self._context.tell(News(title, hint, tone="success", icon="camera"))

    def _switch_on(self) -> None:
        self.start(self._context.preferences.save("screenshots_enabled", True))


async def _stop_blurring(service: "Service") -> None:
    service.screenshots.stop_blurring()


def _nothing() -> None:
    """Close the question."""
