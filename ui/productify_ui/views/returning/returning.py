"""Asks somebody who is back what the absence was: in the window's corner, or by a notification while it is hidden."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from productify.domain import Done, Notification, Part, Return
from productify.errors import KnownError
from productify_ui.text import formats
from productify_ui.text.returning import returning_words, title_of, usual_labels
from productify_ui.text.words import words
from productify_ui.views.context import ViewContext
from productify_ui.views.returning.suggestion import MOST, Suggestion
from productify_ui.widgets.news import News

if TYPE_CHECKING:
    from productify.service import Service
    from productify_ui.views.returning.card import ReturnCard
    from productify_ui.widgets.toast import Toasts

KEY = "return"
"""The key of the notification; where none can be shown the card waits for the window instead."""

_BUTTONS = 3
_SECONDS = 120.0
_ENOUGH = 4
_LATEST_MS = 10 * 60_000
"""How long an absence is asked about that nobody has answered; the timeline still offers it afterwards."""


class Returning(QObject):
    """At most one question at a time; `window_wanted` asks for the window, in which the card then waits."""

    window_wanted = Signal()
    _chosen = Signal(object, str)

    def __init__(self, context: ViewContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._window: QWidget | None = None
        self._is_open: Callable[[], bool] = lambda: False
        self._toasts: Toasts | None = None
        self._gap: Return | None = None
        self._labels: tuple[Suggestion, ...] = ()
        self.card: ReturnCard | None = None
        self._old = QTimer(self)
        self._old.setSingleShot(True)
        self._old.setInterval(_LATEST_MS)
        self._old.timeout.connect(self._grow_old)
        context.bridge.returned.connect(self._came_back)
        context.preferences.changed.connect(self._obey)
        self._chosen.connect(self._choose)

    def watch(self, window: QWidget, toasts: "Toasts", is_open: Callable[[], bool]) -> None:
        """Show the card in `window`, below its toasts, whenever `is_open` says that it is in view and usable."""
        self._window, self._toasts, self._is_open = window, toasts, is_open
        window.installEventFilter(self)

    def close(self) -> None:
        """Ask no more."""
        self._old.stop()
        self._forget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear of keys that nobody in the window wanted, and of the window coming into view."""
        match event.type():
            case QEvent.Type.KeyPress if self.card is not None and isinstance(event, QKeyEvent):
                plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
                return (plain and self.card.press(event.key())) or super().eventFilter(watched, event)
            case QEvent.Type.Resize:
                self._place()
            case QEvent.Type.Show | QEvent.Type.WindowStateChange if self._gap is not None and self.card is None:
                QTimer.singleShot(0, self, self._show_card)
            case _:
                pass
        return super().eventFilter(watched, event)

    @Slot(object)
    def _came_back(self, gap: Return) -> None:
        if self.card is not None and self.card.is_written_in:
            return
        self._forget()
        self._gap = gap
        self._old.start()
        self._context.bridge.start(self._ask(gap))

    async def _ask(self, gap: Return) -> None:
        self._labels = _filled_up(await self._context.bridge.call(_recent))
        if gap is not self._gap:
            return
        if self._window is not None and self._is_open():
            self._show_card()
        else:
            told = self._notification(gap)
            await self._context.bridge.call(partial(_tell, told, partial(self._chosen.emit, gap)))

    def _notification(self, gap: Return) -> Notification:
        context = self._context
        length = formats.duration(round((gap.end - gap.start).total_seconds() * 1000))
        return Notification(
            title_of(gap, formats.clock_range(gap.start, gap.end, context.zone)),
            returning_words.question.format(duration=length),
            (
                ("default", returning_words.other),
                *((str(place), part.name) for place, part in enumerate(self._labels[:_BUTTONS])),
                ("other", returning_words.other),
            ),
            key=KEY,
            seconds=_SECONDS,
        )

    @Slot(object, str)
    def _choose(self, gap: Return, key: str) -> None:
        """Take what was chosen on the notification, unless the card was answered first."""
        if gap is not self._gap:
            return
        if key.isdecimal() and int(key) < len(self._labels):
            label = self._labels[int(key)]
            self._save((Part(gap.start, gap.end, label.name, label.verdict),))
        else:
            self.window_wanted.emit()

    @Slot()
    def _show_card(self) -> None:
        if self._gap is None or self.card is not None or self._window is None or not self._is_open():
            return
        from productify_ui.views.returning.card import ReturnCard  # in the tray nobody needs it

        context = self._context
        self.card = ReturnCard(context.look, self._gap, self._labels, context.zone, self._window)
        self.card.named.connect(self._save)
        self.card.left.connect(self._forget)
        self.card.resized.connect(self._place)
        self._place()
        self.card.show()
        self.card.raise_()

    @Slot(tuple)
    def _save(self, parts: tuple[Part, ...]) -> None:
        self._context.bridge.start(self._saving(parts))

    async def _saving(self, parts: tuple[Part, ...]) -> None:
        gap = self._gap
        try:
            done = await self._context.bridge.call(partial(_label, parts))
        except KnownError as error:
            self._context.tell(News(error.title, error.hint, tone="danger", icon="circle-alert"))
            return
        if gap is self._gap:
            self._forget()
        names = [part.name for part in parts]
        title = returning_words.saved.format(name=names[0])
        if len(names) > 1:
            title = returning_words.saved_both.format(first=names[0], second=names[1])
        span = formats.clock_range(parts[0].start, parts[-1].end, self._context.zone)
        undo = partial(self._undo, done)
        self._context.tell(News(title, span, tone="success", icon="circle-check", action=words.undo, act=undo))

    def _undo(self, done: Done) -> None:
        self._context.bridge.start(self._undoing(done))

    async def _undoing(self, done: Done) -> None:
        try:
            if await self._context.bridge.call(partial(_take_back, done)):
                self._context.tell(News(returning_words.undone, icon="undo-2"))
        except KnownError as error:
            self._context.tell(News(error.title, error.hint, tone="danger", icon="circle-alert"))

    @Slot()
    def _forget(self) -> None:
        self._gap = None
        self._old.stop()
        card, self.card = self.card, None
        if card is not None:
            card.hide()
            card.deleteLater()
            self._place()

    @Slot()
    def _grow_old(self) -> None:
        if self.card is None:
            self._forget()

    @Slot()
    def _obey(self) -> None:
        if not self._context.preferences.settings.flag("return_ask"):
            self._forget()

    @Slot()
    def _place(self) -> None:
        """Keep the card in the lower right corner, and the toasts above it."""
        if self._toasts is not None:
            self._toasts.stand_on(self._fit() if self.card is not None else 0)

    def _fit(self) -> int:
        """Size and move the card; returns the height that it covers, in logical pixels."""
        card, window = self.card, self._window
        assert card is not None
        assert window is not None
        theme = self._context.theme
        edge, corner = theme.px("popup.shadow"), theme.px("toast.edge")
        layout = card.layout()
        assert layout is not None
        layout.activate()
        height = layout.totalHeightForWidth(card.width()) if layout.hasHeightForWidth() else card.sizeHint().height()
        card.resize(card.width(), height)
        card.move(window.width() - corner - card.width() + edge, window.height() - corner - height + edge)
        return height - 2 * edge + theme.px("toast.gap")


async def _recent(service: "Service") -> tuple[Suggestion, ...]:
    parts = await service.editing.recent_labels(MOST)
    return tuple(Suggestion(part.name, part.verdict) for part in parts)


def _filled_up(recent: tuple[Suggestion, ...]) -> tuple[Suggestion, ...]:
    """Return what the user called absences lately, and where that is little, what most absences are."""
    known = {each.name.casefold() for each in recent}
    usual = [Suggestion(name) for name in usual_labels() if name.casefold() not in known]
    return (*recent, *usual[: max(0, _ENOUGH - len(recent))])


async def _label(parts: tuple[Part, ...], service: "Service") -> Done:
    named = [
        part if part.verdict is not None else replace(part, verdict=await service.editing.verdict_of(part.name))
        for part in parts
    ]
    return await service.editing.label(named)


async def _tell(notification: Notification, chosen: Callable[[str], None], service: "Service") -> None:
    service.notifications.tell(notification, chosen)


async def _take_back(done: Done, service: "Service") -> bool:
    """Undo a step, if it is still the newest; whether it was."""
    newest = (await service.editing.steps()).undo
    if newest is None or newest.id != done.id:
        return False
    await service.editing.undo()
    return True
