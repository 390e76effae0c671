"""As many chips as there is room for, and the keyboard's place among them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from productify.domain import Target
from productify_ui.text.focus import focus_words as say
from productify_ui.views.focus.chips import PlainChip, TargetChip
from productify_ui.widgets.base import Focusable, PaintedButton
from productify_ui.widgets.look import Look


@dataclass(frozen=True, slots=True)
class KeyboardPlace:
    """Where the keyboard is among chips: at which of them, what that one names, and how it came there."""

    index: int
    target: Target | None
    reason: Qt.FocusReason


def keyboard_place(chips: Sequence[PaintedButton]) -> KeyboardPlace | None:
    """Return the keyboard's place, None where it is elsewhere; to be asked before the chips are replaced."""
    for index, chip in enumerate(chips):
        if chip.hasFocus():
            reason = Qt.FocusReason.TabFocusReason if chip.ring_shown else Qt.FocusReason.MouseFocusReason
            return KeyboardPlace(index, chip.target if isinstance(chip, TargetChip) else None, reason)
    return None


def give_keyboard_back(place: KeyboardPlace | None, chips: Sequence[PaintedButton], last: Sequence[QWidget]) -> None:
    """Put the keyboard on the chip of the same target, else on the one at its place, else on the first of `last`."""
    if place is None:
        return
    shown = [chip for chip in chips if chip.isVisible()]
    same = [chip for chip in shown if isinstance(chip, TargetChip) and chip.target == place.target]
    beside = shown[min(place.index, len(shown) - 1) :][:1] if shown else []
    for widget in (*same, *beside, *(each for each in last if each.isVisible())):
        widget.setFocus(place.reason)
        return


class ChipLines(Focusable):
    """The first chips in as many lines as there may be, how many more there are, and what adds one.

    Chips that are only to be read are one stop of the keyboard's, which says all of them.
    """

    more_wanted = Signal()
    add_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._chips: list[TargetChip] = []
        self._count = 0
        self._most = self.theme.px("focus.chips-lines")
        self._is_shared = False
        self._adds = True
        self.more = PlainChip(look, "", parent=self)
        self.more.clicked.connect(self.more_wanted)
        self.add = PlainChip(look, say.add, "plus", self)
        self.add.clicked.connect(self.add_wanted)
        self.restyle()

    def show_chips(self, chips: Sequence[TargetChip], count: int, *, adds: bool, spoken: str = "") -> None:
        """Show the first of `count` chips; `adds` offers to add one, `spoken` says them where they are only read."""
        place = keyboard_place(self._chips)
        old, self._chips = self._chips, list(chips)
        self._count, self._adds = count, adds
        self.setAccessibleName(spoken)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if spoken else Qt.FocusPolicy.NoFocus)
        for chip in self._chips:
            chip.setParent(self)
        self._arrange()
        give_keyboard_back(place, self._chips, (self.more, self.add))
        if spoken:
            self._ring_chips()
        for chip in old:
            chip.hide()
            chip.deleteLater()

    def set_lines(self, lines: int) -> None:
        """Take so many lines."""
        self._most = lines
        self.restyle()

    def share(self, is_shared: bool) -> None:
        """Take a single line where others stand below, or else as many as there may be."""
        self._is_shared = is_shared
        self.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring_chips()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring_chips()

    def restyle(self) -> None:
        line, gap = self.theme.scaled("size.chip-l"), self.theme.px("focus.chips-gap")
        self.setFixedHeight(self._lines * line + (self._lines - 1) * gap)
        self._arrange()

    @property
    def _lines(self) -> int:
        return 1 if self._is_shared else self._most

    def _ring_chips(self) -> None:
        for chip in self._chips:
            chip.ring_shown = self.ring_shown
            chip.update()

    def _arrange(self) -> None:
        shown = len(self._chips)
        while shown and self._places(self._row(shown)) is None:
            shown -= 1
        row = self._row(shown)
        for each in (*self._chips, self.more, self.add):
            each.setVisible(each in row)
        for widget, place in zip(row, self._places(row) or (), strict=False):
            widget.setGeometry(place)

    def _row(self, shown: int) -> list[QWidget]:
        row: list[QWidget] = list(self._chips[:shown])
        if shown < self._count:
            self.more.show_text(say.more.format(count=self._count - shown))
            row.append(self.more)
        return [*row, self.add] if self._adds else row

    def _places(self, row: Sequence[QWidget]) -> list[QRect] | None:
        """Return where each stands, None where they need more lines than there are."""
        gap, left, line, places = self.theme.px("focus.chips-gap"), 0, 0, []
        for widget in row:
            size = widget.sizeHint()
            if left and left + size.width() > self.width():
                left, line = 0, line + 1
            if line >= self._lines:
                return None
            places.append(QRect(left, line * (size.height() + gap), *size.toTuple()))
            left += size.width() + gap
        return places
