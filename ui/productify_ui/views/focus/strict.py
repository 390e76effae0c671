"""Strict mode: chosen before the start, and what is left while it holds."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify.domain import FocusNow
from productify_ui.text import formats
from productify_ui.text.focus import focus_words as say
from productify_ui.views.context import ViewContext
from productify_ui.views.focus_actions import is_locked
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.dialog import Dialog
from productify_ui.widgets.label import Label
from productify_ui.widgets.symbol import Symbol
from productify_ui.widgets.toggle import Toggle


class StrictRow(QWidget):
    """The switch with its sentence; while a strict session holds, the emergency end with its condition."""

    changed = Signal()

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        look = context.look
        self._is_wanted = False
        self.hint = Label(look, say.strict_hint, "small", "text-tertiary", parent=self)
        self.hint.setWordWrap(True)
        self.toggle = Toggle(look, say.strict, self)
        self.toggle.clicked.connect(self._clicked)
        self.emergency = Button(look, say.emergency, kind=Kind.DANGER, size=Size.SMALL, parent=self)
        self.emergency.clicked.connect(self._confirm)
        self.emergency.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(context.theme.px("space.6"))
        row.addWidget(Symbol(look, "lock", "text-tertiary", self))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(Label(look, say.strict, "body-strong", parent=self))
        texts.addWidget(self.hint)
        row.addLayout(texts, 1)
        row.addWidget(self.emergency)
        row.addWidget(self.toggle)

    @property
    def wanted(self) -> bool:
        """Whether the next session is to be strict."""
        return self._is_wanted

    def forget(self) -> None:
        """Let strict mode be chosen anew for the next session."""
        self._is_wanted = False
        if self.toggle.isEnabled():
            self.toggle.setChecked(False)

    def show_session(self, now: FocusNow | None) -> None:
        """Show the switch for the next session, or how the running one is."""
        locked = now is not None and is_locked(now)
        self.toggle.setChecked(self._is_wanted if now is None else now.plan.strict)
        self.toggle.setEnabled(now is None)
        self.toggle.setVisible(not locked)
        self.emergency.setVisible(locked)
        self.emergency.setEnabled(now is not None and now.emergency_at is None)
        self.hint.setText(self._condition(now) if now is not None and locked else say.strict_hint)

    def _condition(self, now: FocusNow) -> str:
        zone = self._context.zone
        clock = formats.clock(now.ends_at, zone) if now.ends_at is not None else formats.UNKNOWN
        if now.emergency_at is None:
            return say.emergency_hint.format(clock=clock)
        when = formats.day(now.emergency_at.astimezone(zone).date())
        return say.emergency_used.format(clock=clock, when=when)

    @Slot(bool)
    def _clicked(self, on: bool) -> None:
        self._is_wanted = on
        self.changed.emit()

    @Slot()
    def _confirm(self) -> None:
        choices = (
            (say.emergency, Kind.DANGER, self._context.focus_actions.emergency_end),
            (say.keep_going, Kind.PRIMARY, _nothing),
        )
        Dialog(self._context.look, say.emergency_title, say.emergency_text, choices, self.window()).open()


def _nothing() -> None:
    """Keep going: the dialog closes by itself."""
