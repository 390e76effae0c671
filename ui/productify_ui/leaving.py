"""Asking before the app is quit in the middle of a focus session."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from productify.domain import FocusNow, Phase
from productify_ui.text import formats
from productify_ui.text.focus import focus_words as say
from productify_ui.views.context import ViewContext
from productify_ui.views.focus_actions import is_locked
from productify_ui.widgets.button import Kind
from productify_ui.widgets.question import Question, nothing


class Leaving(QObject):
    """`ask` tells `quit_wanted` at once, or while a session runs once the user insists."""

    quit_wanted = Signal()

    def __init__(self, context: ViewContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._question = Question(context.look, self)

    @Slot()
    def ask(self) -> None:
        """Quit, unless a session has time left and the user wants to keep it."""
        now = self._context.focus.now
        if now is None or now.phase is Phase.OVERTIME:
            self.quit_wanted.emit()
        else:
            choices = (
                (say.quit_anyway, Kind.DANGER, self.quit_wanted.emit),
                (say.keep_going, Kind.PRIMARY, nothing),
            )
            self._question.ask(say.quit_title, self._hint(now), choices)

    @property
    def dialog(self) -> QWidget | None:
        """The question, while it is asked."""
        return self._question.dialog

    def close(self) -> None:
        """Ask no more."""
        self._question.close()

    def _hint(self, now: FocusNow) -> str:
        if not is_locked(now) or now.ends_at is None:
            return say.quit_hint
        return say.quit_strict_hint.format(clock=formats.clock(now.ends_at, self._context.zone))
