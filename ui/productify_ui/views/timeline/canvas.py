"""The lanes: blocks of the day under a scale of hours, to zoom, pan, point at and select."""

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from productify.domain import Shot
from productify_ui.views.timeline.axis import Axis
from productify_ui.views.timeline.gesture import Grip, Pull
from productify_ui.views.timeline.lanes import Lane, Lanes, Piece, Placed
from productify_ui.views.timeline.painter import LaneKind, Row
from productify_ui.views.timeline.screens import ShotPainter, Stack
from productify_ui.views.timeline.selection import Selection, between
from productify_ui.views.timeline.stage import LaneStage
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, focus_ring
from productify_ui.widgets.tile import Face

_KEYS = Qt.KeyboardModifier


class LaneCanvas(LaneStage):
    """The lanes of one day under mouse and keyboard.

    `axis_changed` tells a view that the mouse or a key chose, `selected` the ids of the selected blocks and that of the
    one chosen last, `hovered` the piece under the mouse (or None) with its place in the widget, `shot_hovered` the same
    of a screenshot and `shot_chosen` one that was clicked, `span_drawn` two moments between which an entry is wanted,
    `cut_wanted` one within the selected block, `menu_wanted` a place on the screen.
    """

    axis_changed = Signal(object)
    selected = Signal(object, str)
    hovered = Signal(object, QPoint)
    shot_hovered = Signal(object, QPoint)
    shot_chosen = Signal(object)
    span_drawn = Signal(float, float)
    cut_wanted = Signal(float)
    menu_wanted = Signal(QPoint)

    def __init__(
        self,
        look: Look,
        face_of: Callable[[Piece], Face],
        name_of: Callable[[str | None], str],
        shots: ShotPainter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, face_of, name_of, shots, parent)
        self._selection = Selection()
        self._cutting = False
        self._lit: Piece | None = None
        self._lit_shot: Shot | None = None
        self._pointer: float | None = None
        self._pull: Pull | None = None
        self._lane = 0
        self.setMouseTracking(True)

    @property
    def selection(self) -> str:
        """The id of the block that was selected last, "" for none."""
        return self._selection.current

    @property
    def chosen(self) -> frozenset[str]:
        """The ids of all selected blocks."""
        return self._selection.ids

    @property
    def lit(self) -> Piece | None:
        """What is under the mouse."""
        return self._lit

    @property
    def cutting(self) -> bool:
        """Whether a click into the selected block cuts it."""
        return self._cutting

    def show_lanes(self, lanes: Lanes, zone: tzinfo, now: int | None) -> None:
        super().show_lanes(lanes, zone, now)
        self._keep_lit()

    def show_axis(self, axis: Axis) -> None:
        """Show another view of the day."""
        self._axis = axis.resized(self._room())
        self._renew()

    def select(self, ids: frozenset[str], current: str = "") -> None:
        """Mark blocks as selected, `current` as the one that keys go on from; without telling."""
        selection = self._selection.becoming(ids, current)
        if selection != self._selection:
            self._selection = selection
            self.set_cutting(False)
            self.update()

    def set_cutting(self, cutting: bool) -> None:
        """Let a click into the selected block cut it, under a line that follows the mouse."""
        if cutting != self._cutting:
            self._cutting = cutting
            self.setCursor(Qt.CursorShape.SplitHCursor if cutting else Qt.CursorShape.ArrowCursor)
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._axis = self._axis.resized(self._room())
        self._still = None
        self._point_at(None, None)  # what was under the mouse has moved away
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._still is None or self._still.devicePixelRatioF() != self.devicePixelRatioF():
            self._still = self._paint_still()
        painter = antialiased(QPainter(self))
        painter.drawPixmap(0, 0, self._still)
        painter.setClipRect(self._field())
        painter.translate(self._left(), 0)
        for row, lane in self._rows():
            self._paint_marks(painter, row, lane)
        painter.setClipping(False)
        if self._now is not None:
            self._painter.paint_now(painter, self._axis, self._now)
        if self._pointer is not None and self._pull is None:
            cuts = self._cutting and self._lit is not None and self._lit.block.id == self.selection
            self._painter.paint_cursor(painter, self._axis, self._pointer, cutting=cuts)
        painter.resetTransform()
        if self._pull is not None and self._pull.moved and self._pull.grip is not Grip.PAN:
            self._paint_pull(painter, self._pull)
        if self.ring_shown:
            focus_ring(painter, QRectF(self.rect()), self.theme.metric("radius.control"), self.theme)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta()
        x = event.position().x() - self._left()
        step = self.theme.metric("timeline.wheel-step")
        if event.modifiers() & _KEYS.ControlModifier and turn.y():
            self._move(self._axis.zoomed(step ** (turn.y() / 120), x))
        elif turn.x() or event.modifiers() & _KEYS.ShiftModifier:
            self._move(self._axis.panned(-(turn.x() or turn.y()) / 120 * self._axis.width / 10))
        else:
            super().wheelEvent(event)
            return
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            where = event.position()
            self._pull = Pull(self._grip_at(where, event.modifiers()), where, where)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        where, pull = event.position(), self._pull
        if pull is None:
            self._point(where)
            return
        step = pull.move(where)
        if pull.moved:
            self._point_at(None, None)  # which paints what the drag spans by now
        if pull.grip is Grip.PAN and step:
            self._move(self._axis.panned(-step))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pull, self._pull = self._pull, None
        if pull is not None and pull.moved:
            self._end_pull(pull)
        elif pull is not None:
            self._click(event.position(), event.modifiers())
        self._point(event.position())
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.pos().toPointF()
        piece = self._piece_at(place)
        if piece is not None and piece.block.id not in self.chosen:
            self._choose(Selection.only(piece.block.id), piece)
        self.menu_wanted.emit(event.globalPos())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._cutting:
            return
        if (piece := self._piece_at(event.position())) is not None:
            margin = (piece.end - piece.start) * 0.25
            self._move(self._axis.showing(piece.start - margin, piece.end + margin))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None, None)
        self._point_at_shot(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers()
        extend = bool(held & _KEYS.ShiftModifier)
        if held & ~(_KEYS.KeypadModifier | _KEYS.ShiftModifier) or not self._act(Qt.Key(event.key()), extend=extend):
            super().keyPressEvent(event)

    def _act(self, key: Qt.Key, *, extend: bool = False) -> bool:
        """Do what a key stands for; whether it stands for anything."""
        middle = self._axis.width / 2
        match key:
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                lane = list(self._lanes)[self._lane]
                piece = lane.beside(self.selection or None, -1 if key == Qt.Key.Key_Left else 1)
                self._choose_piece(piece, lane if extend else None)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._change_lane(-1 if key == Qt.Key.Key_Up else 1)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._move(self._axis.zoomed(self.theme.metric("timeline.wheel-step") ** 2, middle))
            case Qt.Key.Key_Minus:
                self._move(self._axis.zoomed(self.theme.metric("timeline.wheel-step") ** -2, middle))
            case Qt.Key.Key_0:
                self._move(self._axis.showing(self._axis.low, self._axis.high))
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                share = self.theme.metric("timeline.page-share") * (-1 if key == Qt.Key.Key_PageUp else 1)
                self._move(self._axis.panned(self._axis.width * share))
            case Qt.Key.Key_Escape if self._cutting:
                self.set_cutting(False)
            case Qt.Key.Key_Escape if self.selection:
                self._choose(Selection())
            case _:
                return False
        return True

    def _change_lane(self, step: int) -> None:
        lanes = list(self._lanes)
        here = next((piece for lane in lanes for piece in lane.pieces if piece.block.id == self.selection), None)
        moment = (here.start + here.end) / 2 if here else (self._axis.start + self._axis.end) / 2
        self._lane = min(max(self._lane + step, 0), len(lanes) - 1)
        self._choose_piece(lanes[self._lane].nearest(moment))

    def _choose_piece(self, piece: Piece | None, reach: Lane | None = None) -> None:
        """Select a piece, with `reach` all of that lane from where the range begins, or nothing."""
        if piece is None:
            self._choose(Selection())
        elif reach is None:
            self._choose(Selection.only(piece.block.id), piece)
        else:
            self._choose(self._selection.reaching(reach, piece.block.id), piece)

    def _choose(self, selection: Selection, seen: Piece | None = None) -> None:
        """Take and tell of a selection, and bring a piece of it into view."""
        self._selection = selection
        self.set_cutting(False)
        if seen is not None:
            self._move(self._axis.revealing(seen.start, seen.end))
        self.selected.emit(selection.ids, selection.current)
        self.update()

    def _click(self, where: QPointF, held: Qt.KeyboardModifier) -> None:
        piece = self._piece_at(where)
        if (seen := self._stack_at(where)) is not None:
            self.shot_chosen.emit(seen[0].shots[0])
        elif self._cutting and piece is not None and piece.block.id == self.selection:
            self.cut_wanted.emit(self._axis.moment(where.x() - self._left()))
        elif piece is not None and held & _KEYS.ControlModifier:
            self._choose(self._selection.toggled(piece.block.id), piece)
        else:
            self._choose_piece(piece, list(self._lanes)[self._lane] if held & _KEYS.ShiftModifier else None)

    def _grip_at(self, where: QPointF, held: Qt.KeyboardModifier) -> Grip:
        """Return what a drag from there does: only a press on nothing, in lanes that hold time, spans an entry."""
        found = self._row_at(where)
        if found is None or not self._field().contains(where):
            return Grip.PAN
        if held & _KEYS.ShiftModifier:
            return Grip.BAND
        empty = self._lanes.activity.at(self._axis.moment(where.x() - self._left())) is None
        return Grip.ENTRY if empty and found[0].kind is not LaneKind.CATEGORY else Grip.PAN

    def _end_pull(self, pull: Pull) -> None:
        start, end = pull.span(self._axis, self._left())
        found = self._row_at(pull.start)
        if pull.grip is Grip.BAND and found is not None:
            lane = found[1] if found[0].kind is LaneKind.AWAY else self._lanes.activity
            self._choose(Selection.only(*between(lane, start, end)))
        elif pull.grip is Grip.ENTRY:
            self.span_drawn.emit(start, end)

    def _move(self, axis: Axis) -> None:
        if axis != self._axis:
            self._axis = axis
            self._renew()
            self.axis_changed.emit(axis)

    def _point(self, where: QPointF) -> None:
        inside = self._field().contains(where)
        self._point_at(where.x() - self._left() if inside else None, self._piece_at(where) if inside else None)
        self._point_at_shot(self._stack_at(where) if inside else None)

    def _point_at_shot(self, seen: tuple[Stack, QRectF] | None) -> None:
        shot = seen[0].shots[0] if seen is not None else None
        if shot is not self._lit_shot:
            self._lit_shot = shot
            corner = QPointF() if seen is None else seen[1].translated(self._left(), 0).bottomLeft()
            self.shot_hovered.emit(shot, corner.toPoint())

    def _point_at(self, pointer: float | None, piece: Piece | None) -> None:
        if piece is not self._lit:
            self._lit = piece
            self.hovered.emit(piece, self._corner_of(piece))
        self._pointer = pointer
        self.update()

    def _keep_lit(self) -> None:
        """Let the mouse be on the same block as it is now, or on none where that is gone."""
        if (lit := self._lit) is not None:
            pieces = (piece for lane in self._lanes for piece in lane.pieces)
            same = (piece for piece in pieces if (piece.block.id, piece.start) == (lit.block.id, lit.start))
            if (found := next(same, None)) is None:
                self._point_at(None, None)
            else:
                self._lit = found

    def _piece_at(self, where: QPointF) -> Piece | None:
        for index, (row, lane) in enumerate(self._rows()):
            if row.top <= where.y() < row.top + row.height:
                self._lane = index
                return lane.at(self._axis.moment(where.x() - self._left()))
        return None

    def _paint_marks(self, painter: QPainter, row: Row, lane: Lane) -> None:
        for piece in lane.in_view(self._axis):
            chosen = piece.block.id in self.chosen
            if chosen or piece is self._lit:
                placed = Placed(piece, self._axis.x(piece.start), self._axis.x(piece.end))
                self._painter.paint_mark(painter, row, placed, self._axis, selected=chosen)

    def _paint_pull(self, painter: QPainter, pull: Pull) -> None:
        if (found := self._row_at(pull.start)) is not None:
            row = found[0]
            top = round(row.top + (row.height - row.block) / 2)
            self._painter.paint_pull(painter, pull.area(top, row.block).intersected(self._field()), row.radius)
