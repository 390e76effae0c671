"""What the lanes show of a day, and where on the widget it is."""

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify_ui.views.timeline.axis import Axis
from productify_ui.views.timeline.lanes import Lane, Lanes, Piece
from productify_ui.views.timeline.painter import Ghost, LanePainter, Row
from productify_ui.views.timeline.screens import ShotLane, ShotPainter, Stack
from productify_ui.widgets.base import Focusable
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased
from productify_ui.widgets.tile import Face

_EMPTY = Lanes(Lane(()), Lane(()), Lane(()))


class LaneStage(Focusable):
    """The lanes without the hands on them; what does not move is painted once for each view of it."""

    def __init__(
        self,
        look: Look,
        face_of: Callable[[Piece], Face],
        name_of: Callable[[str | None], str],
        shots: ShotPainter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._painter = LanePainter(look, face_of, name_of, shots)
        self._lanes = _EMPTY
        self._shots = ShotLane()
        self._axis = Axis.whole(0, 1, 1)
        self._now: int | None = None
        self._ghost = Ghost.NOTHING
        self._still: QPixmap | None = None
        shots.thumbs.arrived.connect(self._renew)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def settled(self) -> bool:
        """Whether all pictures in view are here."""
        shots = self._painter.shots
        return all(shots.thumbs.has(stack.shots[0].id) for stack in self._shots.stacks(self._axis, shots.place()))

    @property
    def shots(self) -> ShotLane:
        """The screenshots that are shown."""
        return self._shots

    @property
    def axis(self) -> Axis:
        """The view of the day that is shown."""
        return self._axis

    @property
    def lanes(self) -> Lanes:
        """What is shown."""
        return self._lanes

    def place_of(self, moment: float) -> float:
        """Return the pixel of a moment."""
        return self._left() + self._axis.x(moment)

    def show_lanes(self, lanes: Lanes, zone: tzinfo, now: int | None) -> None:
        """Show these lanes; `now` (milliseconds) draws a line where it lies in the day."""
        self._lanes, self._now = lanes, now
        self._painter.zone = zone
        self._renew()

    def show_shots(self, shots: ShotLane) -> None:
        """Show the day's screenshots; a day without any has no lane for them."""
        self._shots = shots
        self._painter.shots.thumbs.renew(shots.shots)
        if bool(shots.shots) != self._painter.has_screens:
            self._painter.has_screens = bool(shots.shots)
            self._painter.forget()
            self.updateGeometry()
        self._renew()

    def show_ghost(self, ghost: Ghost) -> None:
        """Show shapes of blocks that are coming, or that would stand here; blocks themselves show in front of them."""
        if ghost is not self._ghost:
            self._ghost = ghost
            self._renew()

    def set_wide(self, wide: bool) -> None:
        """Let the lanes grow in a large window."""
        growth = self.theme.metric("timeline.wide-growth") if wide else 1.0
        if growth != self._painter.growth:
            self._painter.growth = growth
            self._painter.forget()
            self.updateGeometry()
            self._renew()

    def filter(self, categories: frozenset[str] | None, least: int) -> None:
        """Let all but these categories recede (None: no category does), and hide what is shorter than `least` ms."""
        self._painter.categories, self._painter.least = categories, least
        self._renew()

    def restyle(self) -> None:
        self._painter.forget()
        self._still = None

    def sizeHint(self) -> QSize:
        return QSize(600, round(self._painter.height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(300, round(self._painter.height()))

    def _corner_of(self, piece: Piece | None) -> QPoint:
        if piece is None:
            return QPoint()
        row = next((row for row, lane in self._rows() if piece in lane.pieces), None)
        left = max(self._axis.x(piece.start), 0) + self._left()
        return QPoint(round(left), round(row.top + row.height) if row else 0)

    def _stack_at(self, where: QPointF) -> tuple[Stack, QRectF] | None:
        """Return the screenshots at a place of the widget, and where their picture is on the axis."""
        if (row := self._painter.screens) is None or not row.top <= where.y() < row.top + row.height:
            return None
        shots = self._painter.shots
        stacks = self._shots.stacks(self._axis, shots.place())
        seen = ((stack, shots.area(stack, row.top, row.height)) for stack in stacks)
        return next((pair for pair in seen if pair[1].contains(where.x() - self._left(), where.y())), None)

    def _paint_still(self) -> QPixmap:
        dpr = self.devicePixelRatioF()
        pixmap = QPixmap(self.size() * dpr)
        pixmap.setDevicePixelRatio(dpr)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = antialiased(QPainter(pixmap))
        self._painter.paint_labels(painter, self.width())
        painter.setClipRect(self._field())
        painter.translate(self._left(), 0)
        self._painter.paint_lanes(painter, self._lanes, self._axis, self._ghost)
        self._painter.paint_screens(painter, self._shots, self._axis)
        painter.end()
        return pixmap

    def _rows(self) -> list[tuple[Row, Lane]]:
        return list(zip(self._painter.rows(), self._lanes, strict=True))

    def _field(self) -> QRectF:
        return QRectF(self._left(), 0, self._room(), self.height())

    def _left(self) -> float:
        return self.theme.scaled("timeline.label")

    def _room(self) -> float:
        return max(1.0, self.width() - self._left() - self.theme.metric("timeline.edge-right"))

    @Slot()
    def _renew(self) -> None:
        self._still = None
        self.update()

    def _row_at(self, where: QPointF) -> tuple[Row, Lane] | None:
        rows = (pair for pair in self._rows() if pair[0].top <= where.y() < pair[0].top + pair[0].height)
        return next(rows, None)
