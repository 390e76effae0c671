"""A stretch of time as a strip of blocks in their verdicts' colours."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify.domain import Band
from productify_ui.widgets.base import Painted
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round


@dataclass(frozen=True, slots=True)
class StripBlock:
    """A block from `start` to `end`, 0 to 1 along the strip; without a verdict it is hatched."""

    start: float
    end: float
    band: Band | None


class Strip(Painted):
    """Blocks side by side, where they lay in time."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._blocks: tuple[StripBlock, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_blocks(self, blocks: Sequence[StripBlock], spoken: str) -> None:
        """Show these blocks; `spoken` says them to a screen reader."""
        self._blocks = tuple(blocks)
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, self.theme.px("live.strip"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        rect, dpr = QRectF(self.rect()), self.devicePixelRatioF()
        fill_round(painter, rect, self.theme.metric("live.strip-radius"), self.theme.colour("surface-sunken"))
        gap, radius = self.theme.metric("live.strip-gap"), self.theme.metric("live.block-radius")
        for block in self._blocks:
            width = max(1.0, (block.end - block.start) * rect.width() - gap)
            piece = QRectF(block.start * rect.width(), 0, width, rect.height())
            brush = self.look.idle(dpr) if block.band is None else self.look.band(block.band, dpr)
            fill_round(painter, piece, min(radius, width / 2), brush)
        painter.end()
