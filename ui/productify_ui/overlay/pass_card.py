"""The way to look at something blocked for a moment: a written reason and five seconds of holding."""

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from productify.domain import PASS_REASON_LEAST, Blocked
from productify_ui.overlay.hold_button import HoldButton
from productify_ui.text.overlay import length, overlay_words
from productify_ui.widgets.base import Painted
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, stroke_round
from productify_ui.widgets.text_field import TextField

_HOLD_SECONDS = 5


class PassCard(Painted):
    """`wanted` carries the reason once it was written and the button held."""

    wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        theme = self.theme
        self.setFixedWidth(theme.px("pass-card.width"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._left = Label(look, "", "small", "text-tertiary")
        self._explanation = Label(look, "", "small", "text-secondary")
        self.reason = TextField(look, overlay_words.reason, overlay_words.reason_hint)
        self.reason.setFixedHeight(theme.scaled("hold.height"))
        self.reason.textChanged.connect(self._written)
        self.hold = HoldButton(look, _HOLD_SECONDS)
        self.hold.held.connect(self._held)
        self._beside = Label(look, "", "small", "text-tertiary")
        self._lay_out(look)
        self._written()

    def show_blocked(self, blocked: Blocked, *, is_new: bool) -> None:
        """Offer a pass for it; one that is new begins with an empty reason."""
        words = overlay_words
        how_long = length(blocked.pass_seconds)
        self._left.setText(words.passes_left.format(left=blocked.passes_left, count=blocked.passes))
        explain = words.explain if blocked.in_session else words.explain_apart
        self._explanation.setText(explain.format(name=blocked.name, length=how_long))
        self._explanation.wrap_at(self.width() - 2 * self.theme.px("pass-card.side"))
        self.hold.say(words.hold.format(length=how_long))
        if is_new:
            self.reason.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.hold.setFocus(Qt.FocusReason.TabFocusReason)
            return  # whoever asks for a pass does not mean to go back by the same key
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        rect, radius = QRectF(self.rect()), self.theme.metric("radius.card")
        ground = QColor(self.theme.colour("surface"))
        ground.setAlphaF(self.theme.metric("pass-card.opacity"))
        fill_round(painter, rect, radius, ground)
        stroke_round(painter, rect, radius, self.theme.colour("hairline"))
        painter.end()

    def _lay_out(self, look: Look) -> None:
        theme = self.theme
        side, top = theme.px("pass-card.side"), theme.px("pass-card.top")
        head = QHBoxLayout()
        head.addWidget(Label(look, overlay_words.need_it, "body-strong"))
        head.addStretch(1)
        head.addWidget(self._left)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px("space.6"))
        foot.addWidget(self.hold, 1)
        foot.addWidget(self._beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(side, top, side, top)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(theme.px("space.2"))
        column.addWidget(self._explanation)
        column.addSpacing(theme.px("space.6"))
        column.addWidget(self.reason)
        column.addSpacing(theme.px("pass-card.gap"))
        column.addLayout(foot)

    @Slot()
    def _written(self) -> None:
        is_enough = len(self.reason.text().strip()) >= PASS_REASON_LEAST
        self.hold.setEnabled(is_enough)
        words = overlay_words
        self._beside.setText(
            words.hold_seconds.format(seconds=_HOLD_SECONDS)
            if is_enough
            else words.too_short.format(count=PASS_REASON_LEAST)
        )

    @Slot()
    def _held(self) -> None:
        self.wanted.emit(self.reason.text().strip())
