"""What can be done with the running session, and what comes after it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from productify.domain import FocusNow, FocusState, Phase
from productify_ui.text.focus import focus_words as say
from productify_ui.text.focus_time import is_break, next_of
from productify_ui.views.context import ViewContext
from productify_ui.views.focus.chips import FactChip
from productify_ui.views.focus_actions import is_locked
from productify_ui.widgets.base import Painted
from productify_ui.widgets.button import Button, Size
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, stroke_round


class Rounds(Painted):
    """A dot for each round: full ones are done, the ring is under way."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._cycle = self._cycles = 0
        self._is_break = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_rounds(self, now: FocusNow) -> None:
        """Show where a session stands; one without rounds hides them."""
        cycles = now.plan.pomodoro
        self.setVisible(cycles is not None)
        if cycles is None:
            return
        shown = (now.cycle, cycles.cycles, is_break(now) or now.phase is Phase.OVERTIME)
        if shown != (self._cycle, self._cycles, self._is_break):
            self._cycle, self._cycles, self._is_break = shown
            self.setAccessibleName(say.round_of.format(cycle=now.cycle, cycles=cycles.cycles))
            self.setToolTip(self.accessibleName())
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        side, gap = self.theme.px("focus.dot"), self.theme.px("focus.dot-gap")
        return QSize(max(0, self._cycles * (side + gap) - gap), side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, side = self.theme, self.theme.metric("focus.dot")
        for index in range(self._cycles):
            dot = QRectF(index * (side + theme.metric("focus.dot-gap")), 0, side, side)
            done = index + 1 < self._cycle or (index + 1 == self._cycle and self._is_break)
            under_way = index + 1 == self._cycle and not self._is_break
            fill_round(painter, dot, side / 2, theme.colour("accent-text" if done else "track"))
            if under_way:
                stroke_round(painter, dot, side / 2, theme.colour("accent-text"), 2)
        painter.end()


class RunningControls(QWidget):
    """Pause, five minutes more and the end; below them the rounds and what follows."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look, actions = context.look, context.focus_actions
        self._context = context
        self.pause = Button(look, say.pause, icon="pause", size=Size.LARGE, parent=self)
        self.pause.clicked.connect(actions.toggle_pause)
        self.more = Button(look, say.five_more, icon="plus", size=Size.LARGE, name=say.five_more_name, parent=self)
        self.more.clicked.connect(actions.extend)
        self.end = Button(look, say.end, icon="square", size=Size.LARGE, parent=self)
        self.end.clicked.connect(actions.end)
        self.rounds = Rounds(look, self)
        self.then = FactChip(look, "coffee", self)
        self.muted = FactChip(look, "bell-off", self)
        self.muted.hide()
        self._lay_out()

    def show_session(self, now: FocusNow) -> None:
        """Show what can be done with it; strict mode says why something cannot."""
        locked, paused = is_locked(now), now.state is FocusState.PAUSED
        over = now.phase is Phase.OVERTIME
        self.pause.setText(say.resume if paused else say.pause)
        self.pause.set_icon("play" if paused else "pause")
        self.pause.setEnabled(not locked)
        self.pause.setVisible(not over or paused)
        self.more.setEnabled(not (locked and is_break(now)))
        self.end.setText(say.end_here if over else say.end)
        self.end.set_icon("check" if over else "square")
        self.end.setEnabled(not locked)
        why = say.strict_hint if locked else ""
        for button in (self.pause, self.end):
            button.setToolTip(why)
            button.setAccessibleDescription(why)
        self.rounds.show_rounds(now)
        self.then.show_text(next_of(now), "timer" if now.phase is Phase.BREAK else "coffee")

    def show_quiet(self, is_quiet: bool) -> None:
        """Say whether other apps' notifications are kept away."""
        self.muted.show_text(say.muted if is_quiet else "")

    def _lay_out(self) -> None:
        theme = self._context.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("focus.lengths-gap"))
        buttons, facts = QHBoxLayout(), QHBoxLayout()
        buttons.setSpacing(theme.px("space.5"))
        facts.setSpacing(theme.px("space.6"))
        for row, widgets in (
            (buttons, (self.pause, self.more, self.end)),
            (facts, (self.rounds, self.then, self.muted)),
        ):
            row.addStretch(1)
            for widget in widgets:
                row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(1)
