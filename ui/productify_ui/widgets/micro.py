"""The small pictures on stat cards: a ring, bars, and strips of segments."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify.domain import Band
from productify_ui.widgets.base import Painted
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, bar_path, fill_round

_FULL_TURN = 360 * 16
_TOP = 90 * 16


class Micro(Painted):
    """A picture of one number, with its words for a screen reader; `top` names its distance from a card's edge."""

    top = "stat-card.strip-top"

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def begin(self) -> QPainter:
        """Return a painter with smooth edges."""
        return antialiased(QPainter(self))


class Ring(Micro):
    """A share as a ring that fills clockwise from the top."""

    top = "stat-card.visual-top"

    def __init__(self, look: Look, colour: str = "productive", parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._colour = colour
        self._share = 0.0

    def show_share(self, share: float, spoken: str = "") -> None:
        """Show a share from 0 to 1."""
        self._share = min(1.0, max(0.0, share))
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        side = self.theme.px("stat-card.ring")
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = self.begin()
        width = self.theme.metric("stat-card.ring-stroke")
        rect = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(self.theme.colour("track"), width))
        painter.drawEllipse(rect)
        if self._share > 0:
            cap = Qt.PenCapStyle.RoundCap
            painter.setPen(QPen(self.theme.colour(self._colour), width, Qt.PenStyle.SolidLine, cap))
            painter.drawArc(rect, _TOP, -round(self._share * _FULL_TURN))
        painter.end()


class MicroBars(Micro):
    """A row of small bars, the greatest as high as there is room."""

    top = "stat-card.bars-top"

    def __init__(self, look: Look, colour: str = "distracting", parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._colour = colour
        self._values: tuple[float, ...] = ()

    def show_values(self, values: Sequence[float], spoken: str = "") -> None:
        """Show one bar for each value of 0 or more."""
        self._values = tuple(values)
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px("stat-card.strip-width"), self.theme.px("stat-card.bars-height"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._values:
            return
        painter = self.begin()
        greatest = max(self._values) or 1.0
        pitch = self.width() / len(self._values)
        bar = max(1.5, pitch - self.theme.metric("stat-card.bars-gap"))
        painter.setPen(Qt.PenStyle.NoPen)
        for index, value in enumerate(self._values):
            height = max(2.0, value / greatest * self.height())
            painter.setBrush(self.theme.colour(self._colour if value else "track"))
            painter.drawPath(bar_path(QRectF(index * pitch, self.height() - height, bar, height), 1.5, 1.5))
        painter.end()


class Segments(Micro):
    """Stretches of a longer time, drawn where they lay; each is (start, end) from 0 to 1."""

    def __init__(self, look: Look, colour: str = "text-tertiary", parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._colour = colour
        self._stretches: tuple[tuple[float, float], ...] = ()

    def show_stretches(self, stretches: Sequence[tuple[float, float]], spoken: str = "") -> None:
        """Show these stretches."""
        self._stretches = tuple(stretches)
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px("stat-card.strip-width"), self.theme.px("stat-card.strip-height"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = self.begin()
        rect = QRectF(self.rect())
        fill_round(painter, rect, self.theme.metric("live.strip-radius"), self.theme.colour("track"))
        for start, end in self._stretches:
            width = max(2.0, (end - start) * rect.width() - 1)
            piece = QRectF(start * rect.width(), 0, width, rect.height())
            fill_round(painter, piece, min(self.theme.metric("space.1"), width / 2), self.theme.colour(self._colour))
        painter.end()


class SplitBar(Micro):
    """A whole and its productive, neutral and distracting parts, always in that order."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._parts: tuple[float, ...] = ()

    def show_parts(self, parts: Sequence[float], spoken: str = "") -> None:
        """Show three parts by their size."""
        self._parts = tuple(parts)
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px("stat-card.strip-width"), self.theme.px("stat-card.strip-height"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = self.begin()
        rect = QRectF(self.rect())
        total = math.fsum(self._parts)
        if not total:
            fill_round(painter, rect, self.theme.metric("live.strip-radius"), self.theme.colour("track"))
            painter.end()
            return
        gap = self.theme.metric("live.strip-gap")
        room = rect.width() - gap * (sum(part > 0 for part in self._parts) - 1)
        left = 0.0
        for band, part in zip(Band, self._parts, strict=True):
            if part > 0:
                piece = QRectF(left, 0, max(2.0, part / total * room), rect.height())
                fill_round(painter, piece, min(2.5, piece.width() / 2), self.look.band(band, self.devicePixelRatioF()))
                left = piece.right() + gap
        painter.end()
