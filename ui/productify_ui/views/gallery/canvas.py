"""What the mouse and the keys do to the pictures of the gallery: open, select, and ask for more."""

from enum import StrEnum

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from productify_ui.text.gallery import gallery_words as say
from productify_ui.views.context import ViewContext
from productify_ui.views.gallery.view import FRAME_MS, ShotView
from productify_ui.widgets.base import by_keyboard

_KEYS = Qt.KeyboardModifier
_STEPS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class Wanted(StrEnum):
    """What a click or a key asks to be done with pictures."""

    OPEN = "open"
    BLUR = "blur"
    DELETE = "delete"


class ShotCanvas(ShotView):
    """Takes what the mouse and the keys do to the pictures.

    `wanted` carries what is asked for and the screenshots (Shot) it is about, none for the selected ones;
    `menu_wanted` a screenshot and a place on the screen.
    """

    wanted = Signal(object, object)
    menu_wanted = Signal(object, QPoint)

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._press: QPoint | None = None
        self._edge = QTimer(self)
        self._edge.setInterval(FRAME_MS)
        self._edge.timeout.connect(self._scroll_at_edge)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleDescription(say.grid_help)

    def hideEvent(self, event: QHideEvent) -> None:
        self._edge.stop()
        super().hideEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event)
        self._pointer = event.position().toPoint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._press = self._in_grid(event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position().toPoint()
        if self._press is not None:
            self._pull(event.modifiers())
        self._show_cursor()
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._press is None:
            return
        band, self._band = self._band, None
        self._press = None
        self._edge.stop()
        if band is None:
            self._click(self._in_grid(event.position().toPoint()), event.modifiers())
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self._current if by_key else self._grid.at(self._in_grid(event.pos()))
        shot = self.rows.get(index) if index is not None and index >= 0 else None
        if shot is None or index is None:
            return
        place = event.globalPos()
        if by_key:
            middle = self._grid.thumb(index).center() + QPoint(self._side(), -self.verticalScrollBar().value())
            place = self.viewport().mapToGlobal(middle)
        self.menu_wanted.emit(shot, place)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._pointer = None
            self.viewport().update()
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = by_keyboard(event)
        if self._ring and self._current < 0 and self._grid.count:
            self._current = self._grid.within(*self._view()).start
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        self.viewport().update()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~_KEYS.KeypadModifier
        if not self._act(Qt.Key(event.key()), held):
            event.ignore()

    def _act(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        """Do what a key stands for; whether it stands for anything."""
        extend = held == _KEYS.ShiftModifier
        if held == _KEYS.ControlModifier and key == Qt.Key.Key_A:
            self.picked.add_range(range(self._grid.count))
            return True
        if (held and not extend) or not self._grid.count:
            return False
        target = self._target(key)
        if target is not None:
            self._step_to(target, extend=extend)
            return True
        if extend:
            return False
        shot = self.current
        match key:
            case Qt.Key.Key_Space if shot is not None:
                self.picked.flip(self._current, shot.id)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if shot is not None:
                self.wanted.emit(Wanted.OPEN, (shot,))
            case Qt.Key.Key_Delete | Qt.Key.Key_B if self.picked.ids or shot is not None:
                act = Wanted.DELETE if key == Qt.Key.Key_Delete else Wanted.BLUR
                self.wanted.emit(act, () if self.picked.ids or shot is None else (shot,))
            case Qt.Key.Key_Escape if self.picked.ids:
                self.picked.clear()
            case _:
                return False
        return True

    def _target(self, key: Qt.Key) -> int | None:
        """Return the picture that a key goes to."""
        if key in _STEPS:
            at_first = self._current < 0
            return 0 if at_first else self._grid.beside(self._current, *_STEPS[key])
        rows = max(1, self.viewport().height() // (self._grid.measures.height + self._grid.measures.caption))
        match key:
            case Qt.Key.Key_Home:
                return 0
            case Qt.Key.Key_End:
                return self._grid.count - 1
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                return self._grid.beside(max(self._current, 0), 0, -rows if key == Qt.Key.Key_PageUp else rows)
        return None

    def _step_to(self, target: int, *, extend: bool) -> None:
        if extend:
            self.picked.extend(max(self._current, 0), target)
        else:
            self.picked.anchor = target
        self._ring = True
        self.go_to(target)

    def _click(self, place: QPoint, held: Qt.KeyboardModifier) -> None:
        hour = self._grid.head_at(place)
        if hour is not None and self._link(hour).contains(place):
            self.picked.flip_range(self._grid.indexes(hour))
            return
        index = self._grid.at(place)
        shot = self.rows.get(index) if index is not None else None
        if index is None or shot is None:
            if not held:
                self.picked.clear()
            return
        self._current, self._ring = index, False
        self._tell_current()
        part = self._part_at(index, shot, place)
        if held & _KEYS.ShiftModifier:
            self.picked.extend(index, index)
        elif part in (Wanted.BLUR, Wanted.DELETE):
            self.wanted.emit(Wanted(part), (shot,))
        elif part == "check" or held & _KEYS.ControlModifier or self.picked.ids:
            self.picked.flip(index, shot.id)
        else:
            self.picked.anchor = index
            self.wanted.emit(Wanted.OPEN, (shot,))

    def _pull(self, held: Qt.KeyboardModifier) -> None:
        """Span a rubber band from where the mouse was pressed, once it has moved far enough to mean one."""
        here = self._pointer_in_grid()
        if self._press is None or here is None:
            return
        far = (here - self._press).manhattanLength() >= self._theme.px("space.4")
        if self._band is None and far:
            self.picked.begin_band(keep=bool(held & (_KEYS.ControlModifier | _KEYS.ShiftModifier)))
            self._edge.start()
        if self._band is not None or far:
            self._band = QRect(self._press, here).normalized()
            touched = self._grid.touched(self._band)
            self.picked.band(touched)

    @Slot()
    def _scroll_at_edge(self) -> None:
        """Go on scrolling while a rubber band is held beyond the view."""
        if self._pointer is None or self._band is None:
            return
        beyond = min(0, self._pointer.y()) + max(0, self._pointer.y() - self.viewport().height())
        if beyond:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + beyond // 2)
            self._pull(_KEYS.ControlModifier)

    def _show_cursor(self) -> None:
        place = self._pointer_in_grid()
        hour = self._grid.head_at(place) if place is not None else None
        hand = place is not None and (
            (hour is not None and self._link(hour).contains(place)) or self._grid.at(place) is not None
        )
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
