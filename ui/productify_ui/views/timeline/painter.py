"""How blocks, scale and labels of the lanes look."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, tzinfo
from enum import Enum

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPen

from productify.domain import AWAY_STATES, Band, State
from productify_ui.text.formats import clock, duration
from productify_ui.text.timeline import state_name, timeline_words
from productify_ui.views.timeline.axis import Axis, moment_of
from productify_ui.views.timeline.lanes import Lanes, Piece, Placed
from productify_ui.views.timeline.screens import ShotLane, ShotPainter
from productify_ui.widgets.look import Look, band_colour
from productify_ui.widgets.paint import elided_text, fill_round, snapped, stroke_round
from productify_ui.widgets.tile import Face, paint_face

_BEYOND = 12.0
"""How far a block that leaves the view is drawn past its edge: its corners lie out there."""


class LaneKind(Enum):
    """What a lane shows."""

    ACTIVITY = "app-window"
    CATEGORY = "tag"
    SCREENS = "images"
    AWAY = "coffee"


@dataclass(frozen=True, slots=True)
class Row:
    """A lane's place: its band of the widget, and the height of the blocks in it."""

    kind: LaneKind
    name: str
    top: float
    height: float
    block: float
    radius: float


# Where ghosts stand, as shares of the width: from, to.
_GHOSTS = ((0.04, 0.13), (0.14, 0.18), (0.19, 0.36), (0.42, 0.5), (0.51, 0.56), (0.57, 0.74), (0.79, 0.9))


class Ghost(Enum):
    """What stands in the lanes where there are no blocks."""

    NOTHING = "nothing"
    COMING = "coming"
    EMPTY = "empty"


class LanePainter:
    """Paints with the origin at the left end of the axis, but for the labels left of it."""

    def __init__(
        self, look: Look, face_of: Callable[[Piece], Face], name_of: Callable[[str | None], str], shots: ShotPainter
    ) -> None:
        self.look = look
        self.theme = look.theme
        self.shots = shots
        self.has_screens = False
        """Whether there is a lane of screenshots."""
        self.zone: tzinfo = UTC
        self.categories: frozenset[str] | None = None
        self.least = 0
        self.growth = 1.0
        """How much taller lanes are in a large window."""
        self._face_of = face_of
        self._name_of = name_of
        self.forget()

    def forget(self) -> None:
        """Forget sizes and colours, as after a change of theme."""
        self._rows: tuple[Row, Row, Row] | None = None
        self._screens: Row | None = None
        self._grounds: dict[tuple[str, Band], QBrush] = {}
        self._widths: dict[tuple[str, str], float] = {}

    def rows(self) -> tuple[Row, Row, Row]:
        """Return the lanes from top to bottom."""
        if self._rows is None:
            self._rows = self._make_rows()
        return self._rows

    @property
    def screens(self) -> Row | None:
        """The lane of screenshots, between the other ones; None while there is none."""
        self.rows()
        return self._screens

    def _make_rows(self) -> tuple[Row, Row, Row]:
        top = self.theme.scaled("timeline.axis")

        def size(name: str) -> int:
            return round(self.theme.scaled(name) * self.growth)

        tall, middle, low = size("timeline.activity-row"), size("timeline.category-row"), size("timeline.away-row")
        round_ = self.theme.metric("radius.block")
        below = top + tall + middle
        if self.has_screens:
            screens, picture = size("timeline.screens-row"), size("timeline.screen-height")
            self._screens = Row(LaneKind.SCREENS, timeline_words.screens_lane, below, screens, picture, round_)
            below += screens
        return (
            Row(LaneKind.ACTIVITY, timeline_words.activity_lane, top, tall, size("timeline.activity"),
                self.theme.metric("radius.activity-block")),
            Row(LaneKind.CATEGORY, timeline_words.category_lane, top + tall, middle, size("timeline.category"), round_),
            Row(LaneKind.AWAY, timeline_words.away_lane, below, low, size("timeline.away"), round_),
        )  # fmt: skip

    def height(self) -> float:
        """Return the height of everything."""
        last = self.rows()[-1]
        return last.top + last.height

    def paint_lanes(self, painter: QPainter, lanes: Lanes, axis: Axis, ghost: Ghost) -> None:
        """Draw the scale, and all that stands in the lanes."""
        dpr = painter.device().devicePixelRatioF()
        self.paint_scale(painter, axis)
        for row, lane in zip(self.rows(), lanes, strict=True):
            if ghost is not Ghost.NOTHING and row.kind is not LaneKind.AWAY:
                self.paint_ghosts(painter, row, axis.width, outlined=ghost is Ghost.EMPTY)
            for placed in lane.placed(axis):
                self.paint_block(painter, row, placed, axis, dpr)

    def paint_screens(self, painter: QPainter, lane: ShotLane, axis: Axis) -> None:
        """Draw the lane of screenshots, where there is one."""
        if (row := self.screens) is not None:
            for stack in lane.stacks(axis, self.shots.place()):
                self.shots.paint_stack(painter, stack, self.shots.area(stack, row.top, row.height))

    def paint_labels(self, painter: QPainter, width: float) -> None:
        """Draw the names of the lanes and the lines between them."""
        theme = self.theme
        side = theme.scaled("size.icon-s")
        for row in (*self.rows(), *([self.screens] if self.screens else [])):
            painter.fillRect(QRectF(0, row.top, width, 1), theme.colour("grid"))
            middle = row.top + row.height / 2
            left = theme.metric("timeline.label-left")
            area = QRectF(left, round(middle - side / 2), side, side)
            self.look.icons.paint(painter, row.kind.value, theme.colour("text-tertiary"), area)
            painter.setFont(theme.font("small-strong"))
            painter.setPen(theme.colour("text-secondary"))
            left += side + theme.metric("space.4")
            elided_text(painter, QRectF(left, row.top, theme.scaled("timeline.label") - left, row.height), row.name)

    def paint_scale(self, painter: QPainter, axis: Axis) -> None:
        """Draw the hours above the lanes and their lines through them."""
        theme = self.theme
        head, dpr = self.rows()[0].top, painter.device().devicePixelRatioF()
        for tick in axis.ticks(self.zone, theme.metric("timeline.tick-apart") * theme.text_factor):
            x = snapped(axis.x(tick.at), dpr)
            painter.setOpacity(1.0 if tick.major else 0.55)
            painter.fillRect(QRectF(x, head, 1 / dpr, self.height() - head), theme.colour("grid"))
            painter.setOpacity(1.0)
            if tick.major:
                self._paint_hour(painter, axis, x, head, tick.at)

    def paint_block(self, painter: QPainter, row: Row, placed: Placed, axis: Axis, dpr: float) -> None:
        """Draw one block, cut where it leaves the view."""
        if placed.piece.end - placed.piece.start < self.least:
            return
        area = self._area(row, placed, axis)
        seen = area.intersected(QRectF(0, area.top(), axis.width, area.height()))
        radius = min(row.radius, area.width() / 3)
        if placed.piece.cause is not None:
            fill_round(painter, area, radius, self.look.idle(dpr))
            self._paint_state(painter, placed.piece, seen)
        elif row.kind is LaneKind.ACTIVITY:
            self._paint_activity(painter, placed, area, seen, radius)
        else:
            self._paint_category(painter, placed.piece, area, seen, radius)

    def paint_ghosts(self, painter: QPainter, row: Row, width: float, *, outlined: bool) -> None:
        """Draw the shapes of blocks where none are: filled while they are on their way, outlined where none are."""
        top, theme = round(row.top + (row.height - row.block) / 2), self.theme
        for start, end in _GHOSTS:
            area = QRectF(start * width, top, (end - start) * width, row.block)
            if outlined:
                stroke_round(painter, area, row.radius, theme.colour("hairline"))
            else:
                fill_round(painter, area, row.radius, theme.colour("track"))

    def paint_mark(self, painter: QPainter, row: Row, placed: Placed, axis: Axis, *, selected: bool) -> None:
        """Draw the outline of the block under the mouse or of the selected one."""
        theme = self.theme
        width = theme.metric("timeline.selected-outline" if selected else "timeline.hover-outline")
        area = self._area(row, placed, axis).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(theme.colour("text-primary" if selected else "text-secondary"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, row.radius - width / 2, row.radius - width / 2)

    def paint_now(self, painter: QPainter, axis: Axis, now: int) -> None:
        """Draw the line at the present moment."""
        x = axis.x(now)
        if 0 <= x <= axis.width:
            head = self.rows()[0].top
            width = self.theme.metric("timeline.now")
            painter.fillRect(
                QRectF(x - width / 2, head, width, self.height() - head), self.theme.colour("text-primary")
            )

    def paint_pull(self, painter: QPainter, area: QRectF, radius: float) -> None:
        """Draw what a drag spans."""
        theme = self.theme
        veil = QColor(theme.colour("accent"))
        veil.setAlphaF(theme.metric("timeline.band-alpha"))
        fill_round(painter, area, radius, veil)
        stroke_round(painter, area, radius, theme.colour("accent-text"), theme.metric("timeline.hover-outline"))

    def paint_cursor(self, painter: QPainter, axis: Axis, x: float, *, cutting: bool = False) -> None:
        """Draw the line under the mouse with its time in a badge; `cutting`, as a knife through the block there."""
        theme = self.theme
        head = self.rows()[0].top
        text = self._clock(axis.moment(x))
        metrics = theme.font_metrics("axis-strong")
        width = metrics.horizontalAdvance(text) + 2 * theme.metric("timeline.cursor-pad")
        height = theme.scaled("timeline.cursor-badge")
        badge = QRectF(min(max(x - width / 2, 0), axis.width - width), (head - height) / 2, width, height)
        painter.setPen(QPen(theme.colour("accent-text" if cutting else "text-tertiary"), 2 if cutting else 1))
        painter.drawLine(QLineF(round(x) + 0.5, head, round(x) + 0.5, self.height()))
        fill_round(painter, badge, theme.metric("radius.bar") + 1, theme.colour("text-primary"))
        painter.setFont(theme.font("axis-strong"))
        painter.setPen(theme.colour("bg"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_hour(self, painter: QPainter, axis: Axis, x: float, head: float, at: int) -> None:
        theme = self.theme
        painter.setFont(theme.font("axis"))
        painter.setPen(theme.colour("text-tertiary"))
        text = self._clock(at)
        width = theme.font_metrics("axis").horizontalAdvance(text) + 2
        room = QRectF(min(max(x - width / 2, 0), axis.width - width), 0, width, head)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_activity(self, painter: QPainter, placed: Placed, area: QRectF, seen: QRectF, radius: float) -> None:
        """Draw the block on a foot in the colour of its verdict."""
        theme = self.theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground(placed.piece, area))
        painter.setBrushOrigin(QPointF(0, area.top()))
        painter.drawRoundedRect(area, radius, radius)
        if seen.width() >= theme.scaled("timeline.tile-least"):
            inner = seen.adjusted(
                theme.metric("timeline.tile-left"),
                0,
                -theme.metric("timeline.text-right"),
                -theme.metric("timeline.foot"),
            )
            self._paint_name(painter, placed, inner)

    def _paint_name(self, painter: QPainter, placed: Placed, inner: QRectF) -> None:
        """Draw the face, and the name beside it where all of it fits: never a stub of one letter.

        Of several activities drawn together only the face of the longest is shown.
        """
        theme, piece = self.theme, placed.piece
        side = theme.scaled("timeline.tile")
        if inner.width() < side:
            return
        painter.setOpacity(0.4 if self._recedes(piece) else 1.0)
        place = QRectF(inner.left(), round(inner.center().y() - side / 2), side, side)
        paint_face(painter, self.look, self._face_of(piece), place)
        room = inner.adjusted(side + theme.metric("timeline.text-gap"), 0, 0, 0)
        name = piece.block.app_name
        if not placed.merged and self._width("small-strong", name) <= room.width():
            line, small = theme.line("small"), theme.line("caption")
            title = piece.block.window_title or ""
            top = inner.center().y() - (line + small) / 2 if title else inner.center().y() - line / 2
            painter.setFont(theme.font("small-strong"))
            painter.setPen(theme.colour("text-primary"))
            painter.drawText(QRectF(room.left(), top, room.width(), line), Qt.AlignmentFlag.AlignVCenter, name)
            painter.setFont(theme.font("axis"))
            painter.setPen(theme.colour("text-secondary"))
            elided_text(painter, QRectF(room.left(), top + line, room.width(), small), title)
        painter.setOpacity(1.0)

    def _paint_category(self, painter: QPainter, piece: Piece, area: QRectF, seen: QRectF, radius: float) -> None:
        theme = self.theme
        tones = theme.category(piece.colour)
        receded = self._recedes(piece)
        fill_round(painter, area, radius, QColor(tones.block_filtered if receded else tones.fill))
        name = self._name_of(piece.block.category)
        room = seen.adjusted(theme.metric("timeline.text-right"), 0, -theme.metric("timeline.text-right"), 0)
        if not receded and self._width("small-heading", name) <= room.width():
            painter.setFont(theme.font("small-heading"))
            painter.setPen(QColor(tones.label_on_fill))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_state(self, painter: QPainter, piece: Piece, area: QRectF) -> None:
        theme = self.theme
        cause = piece.cause or State.AWAY
        text = state_name(cause)
        if cause in AWAY_STATES or cause is State.PAUSED:
            text = f"{text} {duration(piece.end - piece.start)}"
        width = self._width("axis", text) + 2 * theme.metric("space.3")
        if width > area.width():
            return
        badge = QRectF(0, 0, width, theme.scaled("timeline.badge-height"))
        badge.moveCenter(area.center())
        fill_round(painter, badge, theme.metric("radius.bar"), theme.colour("surface"))
        painter.setFont(theme.font("axis"))
        painter.setPen(theme.colour("text-secondary"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)

    def _area(self, row: Row, placed: Placed, axis: Axis) -> QRectF:
        left, right = max(placed.left, -_BEYOND), min(placed.right, axis.width + _BEYOND)
        gap = self.theme.metric("timeline.block-gap") if right - left > 3 else 0
        top = round(row.top + (row.height - row.block) / 2)
        return QRectF(left, top, max(1.0, right - left - gap), row.block)

    def _ground(self, piece: Piece, area: QRectF) -> QBrush:
        """Return what fills a block of the activity lane: its category above, its verdict in the foot."""
        tones = self.theme.category(piece.colour)
        if self._recedes(piece):
            return QBrush(QColor(tones.block_filtered))
        key = (tones.block, piece.band)
        found = self._grounds.get(key)
        if found is None:
            found = self._grounds[key] = self._two_tone(tones.block, piece.band, area.height())
        return found

    def _two_tone(self, block: str, band: Band, height: float) -> QBrush:
        """Return a brush that changes its colour where the foot begins: one shape to draw instead of two."""
        edge = 1 - self.theme.metric("timeline.foot") / height
        gradient = QLinearGradient(0, 0, 0, height)
        for place, colour in ((0.0, QColor(block)), (edge, QColor(block))):
            gradient.setColorAt(place, colour)
        for place in (edge + 1e-4, 1.0):
            gradient.setColorAt(place, self.theme.colour(band_colour(band)))
        return QBrush(gradient)

    def _width(self, role: str, text: str) -> float:
        found = self._widths.get((role, text))
        if found is None:
            found = self._widths[role, text] = self.theme.font_metrics(role).horizontalAdvance(text)
        return found

    def _recedes(self, piece: Piece) -> bool:
        return self.categories is not None and (piece.block.category or "") not in self.categories

    def _clock(self, at: float) -> str:
        return clock(moment_of(at), self.zone)
