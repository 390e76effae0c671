"""Sessions as rows: how they went, when they were, and how long."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify.domain import FocusNow, FocusRecord, FocusState, Phase
from productify_ui.text import formats
from productify_ui.text.focus import blocked_text, outcome_text, title_of
from productify_ui.text.focus import focus_words as say
from productify_ui.text.focus_time import ring_of
from productify_ui.views.context import ViewContext
from productify_ui.widgets.base import Painted
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, elided_text, fill_round

_TURN = 360 * 16
_TOP = 90 * 16


def paint_plate(painter: QPainter, look: Look, plate: QRectF, share: float | None, *, cancelled: bool) -> None:
    """Draw what stands before a session: a check, a cross, or the ring of the one that runs."""
    theme = look.theme
    tone = "neutral" if cancelled else "accent"
    fill_round(painter, plate, theme.metric("focus.plate-radius"), theme.colour(f"{tone}-soft"))
    ink = theme.colour(f"{tone}-text")
    if share is None:
        side = theme.px("focus.check")
        area = QRectF(0, 0, side, side)
        area.moveCenter(plate.center())
        look.icons.paint(painter, "x" if cancelled else "check", ink, area, theme.metric("focus.check-line"))
        return
    width, outer = theme.metric("focus.arc-line"), theme.metric("focus.arc")
    ring = QRectF(0, 0, outer - width, outer - width)
    ring.moveCenter(plate.center())
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("focus-pill-track"), width))
    painter.drawEllipse(ring)
    painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawArc(ring, _TOP, -round(share * _TURN))


def paint_session(
    painter: QPainter,
    look: Look,
    rect: QRectF,
    share: float | None,
    title: str,
    line: str,
    length: str,
    *,
    cancelled: bool,
) -> None:
    """Draw a session into a row: its plate, its title over a line, and its length at the right end."""
    theme = look.theme
    plate = theme.metric("focus.plate")
    square = QRectF(rect.left(), round(rect.center().y() - plate / 2), plate, plate)
    paint_plate(painter, look, square, share, cancelled=cancelled)
    painter.setFont(theme.font("card-title"))
    painter.setPen(theme.colour("text-primary"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, length)
    room = theme.font_metrics("card-title").horizontalAdvance(length) + theme.metric("space.6")
    texts = rect.adjusted(plate + theme.metric("space.6"), 0, -room, 0)
    top = texts.center().y() - (theme.line("body-strong") + theme.line("small")) / 2
    for text, role, tone in ((title, "body-strong", "text-primary"), (line, "small", "text-tertiary")):
        painter.setFont(theme.font(role))
        painter.setPen(theme.colour(tone))
        elided_text(painter, QRectF(texts.left(), top, texts.width(), theme.line(role)), text)
        top += theme.line(role)


class SessionList(Painted):
    """The newest sessions of a day, the running one first; its ring and length go on while it is in view."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context.look, parent)
        self._context = context
        self._records: tuple[FocusRecord, ...] = ()
        self.most = self.theme.px("focus.sessions-most")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        context.focus.ticked.connect(self._tick)
        context.focus.changed.connect(self.update)

    def show_sessions(self, records: Sequence[FocusRecord]) -> None:
        """Show the sessions of a day, given in order."""
        self._records = tuple(reversed(records))[: self.most]
        spoken = [f"{title_of(each.title)}, {self._line(each)}" for each in self._records]
        self.setAccessibleName(". ".join(spoken) or say.no_sessions_hint)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, max(1, len(self._records)) * self._row() + self.theme.px("space.4"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        for index, record in enumerate(self._records):
            self._paint_row(painter, index, record)
        if not self._records:
            self._paint_empty(painter)
        painter.end()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._context.focus.watch(self)

    def hideEvent(self, event: QHideEvent) -> None:
        self._context.focus.unwatch(self)
        super().hideEvent(event)

    @Slot()
    def _tick(self) -> None:
        if self._context.focus.now is not None and self.isVisible():
            self.update(0, 0, self.width(), self._row())

    def _paint_row(self, painter: QPainter, index: int, record: FocusRecord) -> None:
        theme, pitch = self.theme, self._row()
        side = theme.metric("card.side")
        rect = QRectF(side, index * pitch, self.width() - 2 * side, pitch)
        now = self._running(record)
        share = None if now is None else ring_of(now, self._context.now(), self._context.zone).share
        paint_session(
            painter, self.look, rect, share, title_of(record.title), self._line(record), self._length(record, now),
            cancelled=record.state is FocusState.CANCELLED,
        )  # fmt: skip

    def _line(self, record: FocusRecord) -> str:
        zone, now = self._context.zone, self._running(record)
        if now is not None:
            moment = self._context.now()
            end = moment if now.phase is Phase.OVERTIME else now.ends_at or moment + timedelta(seconds=now.left)
            blocked = blocked_text(now.attempts)
        else:
            end = record.ended_at or record.started_at + timedelta(minutes=record.planned_minutes)
            blocked = outcome_text(record)
        return say.line.format(range=formats.clock_range(record.started_at, end, zone), blocked=blocked)

    def _running(self, record: FocusRecord) -> FocusNow | None:
        now = self._context.focus.now
        return now if now is not None and now.session_id == record.session_id else None

    def _length(self, record: FocusRecord, now: FocusNow | None) -> str:
        if now is not None and now.plan.pomodoro is None:
            return formats.duration(round(now.elapsed * 1000))
        return formats.duration(record.seconds * 1000)

    def _paint_empty(self, painter: QPainter) -> None:
        theme = self.theme
        side, plate = theme.metric("card.side"), theme.metric("focus.plate")
        square = QRectF(side, round(self._row() / 2 - plate / 2), plate, plate)
        fill_round(painter, square, theme.metric("focus.plate-radius"), theme.colour("surface-sunken"))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text-tertiary"))
        left = square.right() + theme.metric("space.6")
        rect = QRectF(left, 0, self.width() - left - side, self._row())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, say.no_sessions_hint)

    def _row(self) -> int:
        return self.theme.scaled("focus.row")
