"""Stat cards: one large figure, one line of context, one small picture."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify_ui.widgets.base import Painted
from productify_ui.widgets.card import Card
from productify_ui.widgets.figure import Figure, Parts
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.micro import Micro
from productify_ui.widgets.paint import elided_text

_ARROW_STROKE = 2.25


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a context line: its text, its tone, whether it is strong, and an arrow before it."""

    text: str
    tone: str = "text-tertiary"
    strong: bool = False
    arrow: str | None = None
    spare: bool = False
    """Left out where there is little room."""


class ContextLine(Painted):
    """The line below a figure, made of pieces; the last ones give way where there is no room."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._pieces: tuple[Piece, ...] = ()
        self._compact = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_pieces(self, pieces: tuple[Piece, ...]) -> None:
        """Show these pieces."""
        self._pieces = pieces
        self.setAccessibleName(" ".join(piece.text for piece in pieces))
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Leave out the spare pieces."""
        self._compact = compact
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(10, self.theme.line("small"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        left, space = 0.0, self.theme.metric("space.2")
        for piece in self._fitting():
            painter.setFont(self.theme.font("small-strong" if piece.strong else "small"))
            painter.setPen(self.theme.colour(piece.tone))
            left += self._paint_arrow(painter, piece, left)
            elided_text(painter, QRectF(left, 0, self.width() - left, self.height()), piece.text)
            left += self._text_width(piece) + space
        painter.end()
        self.setToolTip(self.accessibleName() if left - space > self.width() else "")

    def _fitting(self) -> list[Piece]:
        pieces = [piece for piece in self._pieces if not (self._compact and piece.spare)]
        while len(pieces) > 1 and self._width(pieces) > self.width():
            pieces.pop()
        return pieces

    def _width(self, pieces: list[Piece]) -> float:
        arrows = sum(self._arrow_side() for piece in pieces if piece.arrow)
        return sum(map(self._text_width, pieces)) + arrows + self.theme.metric("space.2") * (len(pieces) - 1)

    def _text_width(self, piece: Piece) -> float:
        metrics = self.theme.font_metrics("small-strong" if piece.strong else "small")
        return metrics.horizontalAdvance(piece.text)

    def _paint_arrow(self, painter: QPainter, piece: Piece, left: float) -> float:
        if not piece.arrow:
            return 0.0
        side = self.theme.scaled("stat-card.arrow")
        area = QRectF(left, round((self.height() - side) / 2), side, side)
        self.look.icons.paint(painter, piece.arrow, self.theme.colour(piece.tone), area, _ARROW_STROKE)
        return self._arrow_side()

    def _arrow_side(self) -> float:
        return self.theme.scaled("stat-card.arrow") + self.theme.metric("space.1")


class StatCard(Card):
    """A figure with its name, a context line, and a picture in the upper right corner."""

    def __init__(self, look: Look, name: str, short_name: str, visual: Micro, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self._names = (name, short_name)
        self._compact = False
        self._has_visual = False
        self.label = Label(look, name, "small-strong", "text-secondary", elide=True, parent=self)
        self.figure = Figure(look, "stat", parent=self)
        self.context = ContextLine(look, self)
        self.visual = visual
        visual.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for part in (self.label, self.figure):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.body.addWidget(self.context)
        self.setAccessibleName(name)
        self._arrange()

    def show_stat(self, parts: Parts, context: tuple[Piece, ...], *, known: bool, spoken: str = "") -> None:
        """Show a figure and its context; one of which little is known stands in a quiet tone, without its picture."""
        self.figure.show_parts(parts, "text-primary" if known else "text-tertiary", spoken)
        self.context.show_pieces(context)
        self._has_visual = known
        self._place_visual()
        said = spoken or self.figure.text
        self.setAccessibleName(f"{self._names[0]}: {said}. {self.context.accessibleName()}")

    def set_compact(self, compact: bool) -> None:
        """Give up the picture and some air."""
        if compact == self._compact:
            return
        self._compact = compact
        self.label.setText(self._names[compact])
        self.figure.set_role("stat-m" if compact else "stat")
        self.context.set_compact(compact)
        self._arrange()

    def restyle(self) -> None:
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_visual()

    def _arrange(self) -> None:
        theme = self.theme
        side = theme.px("stat-card.side-compact" if self._compact else "card.side")
        top = theme.px("stat-card.top-compact" if self._compact else "stat-card.top")
        foot = top if self._compact else theme.px("stat-card.bottom")
        self.body.setContentsMargins(side, top, side, foot)
        self.body.setSpacing(theme.px("space.2" if self._compact else "stat-card.value-gap"))
        self.setFixedHeight(theme.scaled("stat-card.height-compact" if self._compact else "size.stat-card"))
        self._place_visual()

    def _place_visual(self) -> None:
        """Put the picture in its corner, unless it would stand on the words."""
        hint = self.visual.sizeHint()
        left = self.width() - self.theme.px("card.side") - hint.width()
        words = self.theme.font_metrics("small-strong").horizontalAdvance(self.label.text())
        taken = self.body.contentsMargins().left() + max(words, self.figure.sizeHint().width())
        self.visual.setGeometry(left, self.theme.px(self.visual.top), *hint.toTuple())
        self.visual.setVisible(self._has_visual and not self._compact and taken <= left)
