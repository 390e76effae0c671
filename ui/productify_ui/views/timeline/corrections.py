"""Corrections on their way to the record: one after another, each told with the way back."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from productify.domain import Done
from productify.errors import KnownError
from productify_ui.text.editing import done_sentence, step_name
from productify_ui.text.editing import editing_words as say
from productify_ui.text.words import words
from productify_ui.views.context import ViewContext
from productify_ui.views.timeline.draft import Step
from productify_ui.widgets.news import News

if TYPE_CHECKING:
    from productify.service import Service


class Corrections(QObject):
    """Makes corrections and shows a toast for each; views hear of them by the tables that change.

    `progressed` carries how many days of a longer work are done and how many there are, `ended` that it is over.
    """

    progressed = Signal(int, int)
    ended = Signal()

    def __init__(self, context: ViewContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context

    def make(
        self,
        steps: Sequence[Step],
        count: int | None = None,
        after: Callable[[], None] | None = None,
        refused: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Make some steps that the user sees as one, of `count` activities.

        `after` runs if they could be made, `refused` if not; without it a toast says why.
        """
        if steps:
            self._context.bridge.start(self._make(steps, count, after, refused or self._refuse))

    @Slot()
    def undo(self) -> None:
        """Undo the newest step, of this run or of an earlier one."""
        self._context.bridge.start(self._turn(1, back=True))

    @Slot()
    def redo(self) -> None:
        """Make the step anew that was undone last."""
        self._context.bridge.start(self._turn(1, back=False))

    @Slot()
    def stop(self) -> None:
        """Stop the longer work that is going on; it is taken back."""
        self._context.bridge.start(self._stop())

    def refuse(self, title: str, hint: str = "") -> None:
        """Say that something cannot be done."""
        self._context.tell(News(title, hint, tone="warn", icon="circle-alert"))

    async def _make(
        self,
        steps: Sequence[Step],
        count: int | None,
        after: Callable[[], None] | None,
        refused: Callable[[KnownError], None],
    ) -> None:
        made: list[Done] = []
        try:
            for step in steps:
                made.append(await self._context.bridge.call(step))  # noqa: PERF401 - what was made counts if one fails
        except KnownError as error:
            refused(error)
            if not made:
                return
        finally:
            self.ended.emit()
        self._tell(made, count)
        if after is not None:
            after()

    def _tell(self, made: Sequence[Done], count: int | None) -> None:
        done = made[-1]
        if done.is_undone:
            self._context.tell(News(say.stopped, icon="undo-2"))
            return
        act = partial(self._take_back, done, len(made))
        self._context.tell(
            News(done_sentence(done, count), tone="success", icon="circle-check", action=words.undo, act=act)
        )

    def _take_back(self, done: Done, times: int) -> None:
        """Undo what a toast told of, unless something else was done since."""
        self._context.bridge.start(self._turn_only(done, times))

    async def _turn_only(self, done: Done, times: int) -> None:
        newest = (await self._context.bridge.call(lambda service: service.editing.steps())).undo
        if newest is None or newest.id != done.id:
            self.refuse(say.not_newest, say.not_newest_hint)
        else:
            await self._turn(times, back=True)

    async def _turn(self, times: int, *, back: bool) -> None:
        try:
            for _ in range(times):
                done = await self._context.bridge.call(
                    lambda service: service.editing.undo() if back else service.editing.redo()
                )
        except KnownError as error:
            self._refuse(error)
            return
        sentence = (say.undone if back else say.redone).format(what=step_name(done.kind))
        hint = say.kept_some if done.kept else ""
        if back:
            news = News(sentence, hint, icon="undo-2", action=say.redo, act=self.redo)
        else:
            news = News(sentence, hint, icon="redo-2", action=words.undo, act=self.undo)
        self._context.tell(news)

    def _refuse(self, error: KnownError) -> None:
        self.refuse(error.title, error.hint)

    async def _stop(self) -> None:
        await self._context.bridge.call(_stop)


async def _stop(service: "Service") -> None:
    service.editing.stop()
