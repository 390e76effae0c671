"""How long the session will be: the usual lengths, one's own, or rounds with breaks."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from productify.domain import Pomodoro
from productify_ui.text.focus import focus_words as say
from productify_ui.views.focus.asking import ask_numbers
from productify_ui.widgets.look import Look
from productify_ui.widgets.segmented import Segmented

PRESETS = (25, 50, 90, 120)
_CUSTOM, _POMODORO = "custom", "pomodoro"
_LONGEST = 720


class LengthChoice(QWidget):
    """Presets, a free length and rounds; `changed` tells of each choice."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._own = 45
        self._cycles = Pomodoro()
        self._is_touched = False
        choices = (
            *((str(minutes), say.minutes.format(minutes=minutes)) for minutes in PRESETS),
            (_CUSTOM, say.custom),
            (_POMODORO, say.pomodoro),
        )
        self.segments = Segmented(look, choices, say.length, large=True, opens=True, wraps=True, parent=self)
        self.segments.choose(str(PRESETS[1]))
        self.segments.chosen.connect(self._chosen)
        self.segments.clicked.connect(self._clicked)
        self.segments.opened.connect(self._open)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.segments)

    @property
    def minutes(self) -> int:
        """Minutes of focus."""
        key = self.segments.value
        if key == _POMODORO:
            return self._cycles.work * self._cycles.cycles
        return self._own if key == _CUSTOM else int(key)

    @property
    def pomodoro(self) -> Pomodoro | None:
        """The rounds, None where the session is one stretch."""
        return self._cycles if self.segments.value == _POMODORO else None

    def suggest(self, minutes: int) -> None:
        """Choose a length, unless the user has chosen one."""
        if not self._is_touched:
            self._take(minutes)

    def choose_minutes(self, minutes: int) -> None:
        """Choose a length."""
        self._is_touched = True
        self._take(minutes)

    def choose_rounds(self, rounds: Pomodoro) -> None:
        """Choose rounds with breaks."""
        self._is_touched = True
        self._cycles = rounds
        self.segments.choose(_POMODORO)
        self.changed.emit()

    def _take(self, minutes: int) -> None:
        if minutes not in PRESETS:
            self._own = minutes
            self.segments.rename(_CUSTOM, say.minutes.format(minutes=minutes))
        self.segments.choose(str(minutes) if minutes in PRESETS else _CUSTOM)
        self.changed.emit()

    @Slot()
    def _chosen(self) -> None:
        self._is_touched = True
        self.changed.emit()

    @Slot(str)
    def _clicked(self, key: str) -> None:
        if key == _CUSTOM:
            self._ask_minutes()

    @Slot(str)
    def _open(self, key: str) -> None:
        if key == _CUSTOM:
            self._ask_minutes()
        elif key == _POMODORO:
            self._ask_rounds()

    def _ask_minutes(self) -> None:
        ask_numbers(
            self._look, self.segments, say.custom_title, say.custom_hint, say.use,
            ((say.custom_title, self._own, 1, _LONGEST),), lambda given: self.choose_minutes(given[0]),
        )  # fmt: skip

    def _ask_rounds(self) -> None:
        now = self._cycles
        numbers = (
            (say.work_minutes, now.work, 1, 180), (say.rest_minutes, now.rest, 1, 180),
            (say.long_minutes, now.long_rest, 1, 180), (say.cycles, now.cycles, 1, 12),
        )  # fmt: skip
        ask_numbers(
            self._look, self.segments, say.pomodoro, say.cycles_hint, say.use, numbers,
            lambda given: self.choose_rounds(Pomodoro(*given)),
        )  # fmt: skip
