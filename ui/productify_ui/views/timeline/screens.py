"""The lane of screenshots: as many pictures side by side as there is room for, each with the number it stands for."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap

from productify.domain import Block, Shot
from productify_ui.views.timeline.axis import Axis, milliseconds
from productify_ui.views.timeline.thumbs import Thumbs
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import fill_round, stroke_round


@dataclass(frozen=True, slots=True)
class Stack:
    """Shots that share a place in the lane, in order; the place begins at `left`, in pixels."""

    left: float
    shots: tuple[Shot, ...]


class ShotLane:
    """The day's shots in order."""

    def __init__(self, shots: Iterable[Shot] = ()) -> None:
        self.shots = tuple(shots)
        self._moments = [milliseconds(shot.captured_at) for shot in self.shots]

    def stacks(self, axis: Axis, width: float) -> list[Stack]:
        """Return what to draw in places of `width` pixels; places keep to the day, so panning does not shuffle them."""
        place = width * axis.span / axis.width
        first = int((axis.start - axis.low) // place)
        seen = slice(bisect_left(self._moments, axis.low + first * place), bisect_left(self._moments, axis.end))
        numbered = [
            (int((self._moments[at] - axis.low) // place), self.shots[at]) for at in range(len(self.shots))[seen]
        ]
        return [
            Stack(axis.x(axis.low + number * place), tuple(shot for _, shot in group))
            for number, group in groupby(numbered, key=lambda pair: pair[0])
        ]

    def within(self, start: float, end: float) -> tuple[Shot, ...]:
        """Return the shots from one moment to another, in milliseconds."""
        return self.shots[bisect_left(self._moments, start) : bisect_right(self._moments, end)]

    def of(self, block: Block) -> tuple[Shot, ...]:
        """Return the shots that were taken within a block."""
        return self.within(milliseconds(block.start), milliseconds(block.end) - 1)


def nearest(shots: Sequence[Shot], moment: float) -> Shot | None:
    """Return the shot that was taken nearest to a moment in milliseconds, None of none."""
    return min(shots, key=lambda shot: abs(milliseconds(shot.captured_at) - moment), default=None)


class ShotPainter:
    """Paints the stacks of the lane, and a picture in a frame wherever one is shown."""

    def __init__(self, look: Look, thumbs: Thumbs) -> None:
        self.look = look
        self.theme = look.theme
        self.thumbs = thumbs

    def place(self) -> float:
        """Return the pixels from one picture's left edge to the next one's."""
        return self.theme.metric("timeline.screen-width") + self.theme.metric("timeline.screen-gap")

    def area(self, stack: Stack, top: float, height: float) -> QRectF:
        """Return where a stack's picture is in its lane."""
        tall = self.theme.metric("timeline.screen-height") * height / self.theme.metric("timeline.screens-row")
        return QRectF(stack.left, round(top + (height - tall) / 2), self.theme.metric("timeline.screen-width"), tall)

    def paint_stack(self, painter: QPainter, stack: Stack, area: QRectF) -> None:
        """Draw the first picture of a stack, and how many there are."""
        self.paint_picture(painter, stack.shots[0], area, self.theme.metric("radius.block"))
        theme, text = self.theme, str(len(stack.shots))
        metrics = theme.font_metrics("caption")
        height = theme.scaled("timeline.badge-height")
        width = max(height, metrics.horizontalAdvance(text) + 2 * theme.metric("space.2"))
        badge = QRectF(area.right() - width - 3, area.bottom() - height - 3, width, height)
        ground = QColor(theme.colour("picture-veil"))
        ground.setAlphaF(theme.metric("timeline.screen-badge-alpha"))
        fill_round(painter, badge, theme.metric("radius.bar"), ground)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("on-picture"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)

    def paint_picture(self, painter: QPainter, shot: Shot, area: QRectF, radius: float) -> None:
        """Draw a shot's picture so that it fills `area`, under a hairline; a plain ground while it is not here."""
        picture = self.thumbs.get(shot.id)
        painter.save()
        path = QPainterPath()
        path.addRoundedRect(area, radius, radius)
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if picture is None:
            painter.fillRect(area, self.theme.colour("track"))
        else:
            painter.drawPixmap(area, picture, _filling(picture, area))
        painter.restore()
        stroke_round(painter, area, radius, self.theme.colour("hairline"))


def _filling(picture: QPixmap, area: QRectF) -> QRectF:
    """Return the part of a picture that has the shape of an area, from its upper left."""
    width, height = float(picture.width()), float(picture.height())
    shape = area.width() / area.height()
    return QRectF(0, 0, min(width, height * shape), min(height, width / shape))
