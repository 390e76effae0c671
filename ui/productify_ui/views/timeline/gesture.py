"""What a press of the mouse in the lanes becomes while it is held."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF

from productify_ui.views.timeline.axis import Axis

_LEAST = 4
"""Pixels from which a press is a drag."""


class Grip(Enum):
    """What a drag does."""

    PAN = "pan"
    BAND = "band"
    """Selects what it passes over."""
    ENTRY = "entry"
    """Spans a time that an entry is wanted for."""


@dataclass
class Pull:
    """A press at `start`, by now at `last`; both in the widget's pixels."""

    grip: Grip
    start: QPointF
    last: QPointF
    moved: bool = False

    def move(self, where: QPointF) -> float:
        """Take another place of the mouse and return how far it went to the right; 0 until it is a drag."""
        if not self.moved and abs(where.x() - self.start.x()) <= _LEAST:
            return 0.0
        step = where.x() - (self.last.x() if self.moved else self.start.x())
        self.moved, self.last = True, where
        return step

    def area(self, top: float, height: float) -> QRectF:
        """Return what it spans, between two heights."""
        left, right = sorted((self.start.x(), self.last.x()))
        return QRectF(left, top, right - left, height)

    def span(self, axis: Axis, left: float) -> tuple[float, float]:
        """Return the moments that it spans, with the axis beginning at pixel `left`."""
        first, last = sorted((self.start.x(), self.last.x()))
        return max(axis.moment(first - left), axis.low), min(axis.moment(last - left), axis.high)
