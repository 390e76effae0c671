"""The card that asks what an absence was."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo
from functools import partial

from PySide6.QtCore import QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from productify.domain import Part, Return, State
from productify_ui.text import formats
from productify_ui.text.returning import returning_words, title_of
from productify_ui.views.returning.split import Split
from productify_ui.views.returning.suggestion import MOST, Suggestion
from productify_ui.widgets.base import Painted
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.flow import FlowLayout
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased
from productify_ui.widgets.popup import paint_plate
from productify_ui.widgets.text_field import TextField

_STAYS_MS = 10 * 60_000
_LONGEST_LABEL = 26
_ICONS = {State.LOCKED: "lock", State.ASLEEP: "moon"}


class ReturnCard(Painted):
    """Offers `labels` for the absence `gap`, a field for another name, and a name for each of two parts.

    `named` carries a tuple of Parts, `left` tells that it stays as it is: by its button, by Escape, or after ten
    minutes in which nobody wrote anything. It never takes the focus.
    """

    named = Signal(tuple)
    left = Signal()
    resized = Signal()

    def __init__(self, look: Look, gap: Return, labels: Sequence[Suggestion], zone: tzinfo, parent: QWidget) -> None:
        super().__init__(look, parent)
        self.gap = gap
        self._labels = tuple(labels[:MOST])
        self._zone = zone
        self.split: Split | None = None
        self.buttons: list[Button] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STAYS_MS)
        self._timer.timeout.connect(self._grow_old)
        self._build()
        self.restyle()
        self._timer.start()

    @property
    def is_written_in(self) -> bool:
        """Whether there is any text that would be lost."""
        fields = (self.field, *(self.split.fields if self.split is not None else ()))
        return any(field.text().strip() for field in fields)

    def press(self, key: int) -> bool:
        """Do what a key means for the card (Qt.Key); whether it means anything."""
        if key == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        place = key - int(Qt.Key.Key_1)
        if 0 <= place < len(self._labels):
            self._take(place)
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not (plain and self.press(event.key())):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._timer.start()
        super().focusInEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme = self.theme
        edge = theme.px("popup.shadow")
        plate = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        paint_plate(painter, self.look, plate, theme.metric("radius.card"))
        side = theme.scaled("size.icon-l")
        area = QRectF(plate.x() + theme.px("toast.side"), plate.y() + theme.px("toast.side"), side, side)
        icon = _ICONS.get(self.gap.cause, "coffee")
        self.look.icons.paint(painter, icon, theme.colour("accent-text"), area)
        painter.end()

    def restyle(self) -> None:
        self.setFixedWidth(self.theme.scaled("toast.width") + 2 * self.theme.px("popup.shadow"))
        self.resized.emit()

    def _build(self) -> None:
        theme, look = self.theme, self.look
        inset = theme.px("popup.shadow") + theme.px("toast.side")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(inset, inset, inset, inset)
        self._column.setSpacing(theme.px("space.5"))
        self._column.addLayout(self._heading())
        self._flow = QWidget(self)
        flow = FlowLayout(theme.px("space.3"), self._flow)
        for place, part in enumerate(self._labels):
            flow.addWidget(self._label_button(place, part.name))
        self._column.addWidget(self._flow)
        self._line = QWidget(self)
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px("space.4"))
        self.field = TextField(look, returning_words.name, returning_words.hint, self._line)
        self.field.textChanged.connect(self._written)
        self.field.returnPressed.connect(self._save)
        line.addWidget(self.field, 1)
        self._column.addWidget(self._line)
        self._column.addLayout(self._foot())
        self._written()

    def _heading(self) -> QVBoxLayout:
        theme, gap = self.theme, self.gap
        span = formats.clock_range(gap.start, gap.end, self._zone)
        milliseconds = round((gap.end - gap.start).total_seconds() * 1000)
        texts = QVBoxLayout()
        texts.setContentsMargins(theme.scaled("size.icon-l") + theme.px("space.5"), 0, 0, theme.px("space.2"))
        texts.setSpacing(theme.px("space.1"))
        title = title_of(gap, span)
        question = returning_words.question.format(duration=formats.duration(milliseconds))
        self.setAccessibleName(f"{title}. {question}")
        texts.addWidget(Label(self.look, title, "card-title", parent=self))
        texts.addWidget(Label(self.look, question, "body", "text-secondary", parent=self))
        return texts

    def _label_button(self, place: int, name: str) -> Button:
        shown = name if len(name) <= _LONGEST_LABEL else f"{name[: _LONGEST_LABEL - 1].rstrip()}…"
        spoken = returning_words.label_key.format(name=name, key=place + 1)
        button = Button(self.look, shown, size=Size.SMALL, name=spoken, parent=self._flow)
        button.set_detail(str(place + 1))
        button.clicked.connect(partial(self._take, place))
        self.buttons.append(button)
        return button

    def _foot(self) -> QHBoxLayout:
        words, small = returning_words, Size.SMALL
        self.divide = Button(self.look, words.split, icon="scissors", kind=Kind.GHOST, size=small, parent=self)
        self.divide.clicked.connect(self._divide)
        self.divide.setVisible((self.gap.end - self.gap.start).total_seconds() >= 120)
        self.leave = Button(self.look, words.leave, kind=Kind.GHOST, size=small, parent=self)
        self.leave.set_detail(words.leave_key)
        self.leave.clicked.connect(self.left)
        self.save = Button(self.look, words.save, kind=Kind.PRIMARY, size=small, parent=self)
        self.save.clicked.connect(self._save)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, self.theme.px("space.2"), 0, 0)
        foot.setSpacing(self.theme.px("space.3"))
        foot.addWidget(self.divide)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.save)
        return foot

    @Slot()
    def _divide(self) -> None:
        """Ask for two names, or for one again; what was written stays."""
        if self.split is None:
            self.split = Split(self.look, self.gap, self._zone, self)
            self.split.fields[0].setText(self.field.text())
            self.split.changed.connect(self._written)
            self.split.entered.connect(self._save)
            self._column.insertWidget(self._column.indexOf(self._line), self.split)
            self.split.show()
        else:
            self.field.setText(self.split.fields[0].text())
            self._column.removeWidget(self.split)
            self.split.hide()
            self.split.deleteLater()
            self.split = None
        self._line.setVisible(self.split is None)
        self.divide.setText(returning_words.split if self.split is None else returning_words.unsplit)
        self.save.setText(returning_words.save if self.split is None else returning_words.save_both)
        self._written()
        self.resized.emit()

    def _take(self, place: int, _checked: bool = False) -> None:
        label = self._labels[place]
        if self.split is not None:
            self.split.take(label.name)
        else:
            self.named.emit((Part(self.gap.start, self.gap.end, label.name, label.verdict),))

    @Slot()
    def _written(self) -> None:
        self._timer.start()
        ready = self.split.complete if self.split is not None else bool(self.field.text().strip())
        self.save.setEnabled(ready)
        self.save.set_kind(Kind.PRIMARY if ready else Kind.SECONDARY)

    @Slot()
    def _save(self) -> None:
        if not self.save.isEnabled():
            return
        if self.split is not None:
            known = {label.name.casefold(): label.verdict for label in self._labels}
            parts = self.split.parts()
            self.named.emit(tuple(replace(part, verdict=known.get(part.name.casefold())) for part in parts))
        else:
            self.named.emit((Part(self.gap.start, self.gap.end, self.field.text().strip()),))

    @Slot()
    def _grow_old(self) -> None:
        focus = QApplication.focusWidget()
        if self.is_written_in or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start()
        else:
            self.left.emit()
