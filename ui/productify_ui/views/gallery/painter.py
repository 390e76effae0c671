"""How a picture of the gallery, its caption and the head of an hour look."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from productify.domain import Shot
from productify_ui.text.gallery import gallery_words as say
from productify_ui.theme import Theme
from productify_ui.views.context import ViewContext
from productify_ui.views.gallery.grid import Measures
from productify_ui.views.gallery.stills import EDGE, Stills
from productify_ui.widgets.paint import antialiased, fill_round, focus_ring, stroke_round

SIZES = ("small", "medium", "large")


@dataclass(frozen=True, slots=True)
class CellState:
    """What is to be shown of one picture beside the picture itself."""

    selected: bool = False
    hovered: bool = False
    current: bool = False
    missing: bool = False
    pressed: str = ""
    """The name of the part under the mouse: "check", "blur" or "delete"."""


def measures_of(theme: Theme, size: str, *, compact: bool) -> Measures:
    """Return the sizes of the gallery with small, medium or large pictures."""
    return Measures(
        width=theme.px(f"gallery.{size}-width"),
        height=theme.px(f"gallery.{size}-height"),
        gap=theme.px("gallery.gap-compact" if compact else "gallery.gap"),
        caption=theme.px("gallery.caption-gap") + theme.scaled("gallery.caption"),
        row_gap=theme.px("gallery.row-gap"),
        head=theme.scaled("gallery.head"),
        foot=theme.scaled("gallery.foot") + 2 * theme.px("gallery.foot-edge"),
    )


def parts_of(theme: Theme, thumb: QRect, *, blurred: bool) -> dict[str, QRect]:
    """Return the places of the check box and of the buttons that lie over a picture."""
    inset, check, button = theme.px("gallery.inset"), theme.px("gallery.check"), theme.px("size.hit-min")
    places = {"check": QRect(thumb.topLeft() + QPoint(inset, inset), QRect(0, 0, check, check).size())}
    right = thumb.right() + 1 - inset
    for name in ("delete", "blur"):
        if name == "blur" and blurred:
            continue
        places[name] = QRect(right - button, thumb.top() + inset, button, button)
        right -= button + theme.px("space.3")
    return places


class ShotPainter:
    """Draws with the theme of a context; texts are shortened once for each width."""

    def __init__(self, context: ViewContext) -> None:
        self._context = context
        self._look = context.look
        self._theme = context.theme
        self._stills = Stills(context)

    def renew(self) -> None:
        """Forget what was drawn in another theme or size, or of other rows."""
        self._stills.clear()

    def begin(self) -> None:
        """Begin to paint a frame."""
        self._stills.begin()

    @property
    def is_behind(self) -> bool:
        """Whether captions were left to the next frame."""
        return self._stills.is_behind

    def cell(
        self, painter: QPainter, thumb: QRect, shot: Shot | None, pixmap: QPixmap | None, state: CellState
    ) -> None:
        """Draw a picture with its caption; None of it is a placeholder."""
        dpr = painter.device().devicePixelRatioF()
        painter.drawPixmap(thumb.topLeft() - EDGE, self._stills.frame(thumb.size(), dpr))
        if pixmap is not None:
            painter.drawPixmap(thumb.topLeft(), pixmap)
        elif state.missing:
            self._missing(painter, QRectF(thumb))
        below = thumb.bottomLeft() + QPoint(0, 1 + self._theme.px("gallery.caption-gap"))
        caption = self._stills.caption(shot, thumb.width(), dpr) if shot is not None else None
        painter.drawPixmap(below, caption or self._stills.coming(thumb.width(), dpr))
        if shot is None:
            return
        if state.hovered or state.selected or state.current or shot.is_blurred:
            self._over(painter, thumb, shot, state)

    def head(self, painter: QPainter, place: QRect, texts: tuple[str, str], link: str, *, lit: bool) -> None:
        """Draw the head of an hour: its time, how much there is, and the link that selects it."""
        theme = self._theme
        left = float(place.left())
        for text, role, tone in zip(texts, ("card-title", "small"), ("text-primary", "text-tertiary"), strict=True):
            left = self._text(painter, QRectF(left, place.top(), place.width(), place.height()), text, role, tone)
            left += theme.px("gallery.head-gap")
        painter.setFont(theme.font("small-strong"))
        painter.setPen(theme.colour("text-primary" if lit else "text-tertiary"))
        area = QRectF(self.link(place, link))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, link)

    def link(self, place: QRect, text: str) -> QRect:
        """Return the place of the link in the head of an hour."""
        width = round(self._theme.font_metrics("small-strong").horizontalAdvance(text)) + 1
        height = self._theme.scaled("size.control-s")
        left = place.right() + 1 - width
        return QRect(left, place.center().y() - height // 2, width, height)

    def _over(self, painter: QPainter, thumb: QRect, shot: Shot, state: CellState) -> None:
        theme, area = self._theme, QRectF(thumb)
        radius = theme.metric("radius.thumb")
        if state.hovered:
            fill_round(painter, area, radius, _veiled(theme.colour("picture-veil"), theme.metric("gallery.veil")))
        parts = parts_of(theme, thumb, blurred=shot.is_blurred)
        if state.selected:
            edge = theme.metric("gallery.ring")
            ring = area.adjusted(-edge, -edge, edge, edge)
            stroke_round(painter, ring, radius + edge, theme.colour("accent-text"), edge)
        if state.current:
            edge = theme.metric("gallery.ring") * 2
            focus_ring(painter, area.adjusted(-edge, -edge, edge, edge), radius + edge, theme)
        if state.selected or state.hovered:
            self._check(painter, QRectF(parts["check"]), state)
        if state.hovered:
            for name, icon in (("blur", "droplets"), ("delete", "trash-2")):
                if name in parts:
                    self._button(painter, QRectF(parts[name]), icon, lit=state.pressed == name)
        elif shot.is_blurred:
            self._blurred_tag(painter, thumb, after_check=state.selected)

    def _check(self, painter: QPainter, box: QRectF, state: CellState) -> None:
        theme = self._theme
        radius = theme.metric("gallery.check-radius")
        white = theme.colour("on-picture")
        if state.selected:
            fill_round(painter, box, radius, theme.colour("accent"))
            side = theme.px("size.icon-s")
            mark = QRectF(0, 0, side, side)
            mark.moveCenter(box.center())
            self._look.icons.paint(painter, "check", white, mark, 2.25)
            return
        fill_round(painter, box, radius, _veiled(theme.colour("picture-veil"), 0.4))
        stroke_round(painter, box, radius, white, theme.metric("gallery.check-line"))

    def _button(self, painter: QPainter, box: QRectF, icon: str, *, lit: bool) -> None:
        theme = self._theme
        radius = theme.metric("radius.chip")
        veil = 1.0 if lit else theme.metric("gallery.button-veil")
        edge = theme.metric("gallery.button-edge") * (2.5 if lit else 1)
        fill_round(painter, box, radius, _veiled(theme.colour("picture-button"), veil))
        stroke_round(painter, box, radius, _veiled(theme.colour("on-picture"), edge))
        side = theme.px("size.icon-s")
        mark = QRectF(0, 0, side, side)
        mark.moveCenter(box.center())
        self._look.icons.paint(painter, icon, theme.colour("on-picture"), mark)

    def _blurred_tag(self, painter: QPainter, thumb: QRect, *, after_check: bool) -> None:
        theme = self._theme
        inset, side, gap = theme.px("gallery.inset"), theme.px("size.icon-s") - 1, theme.px("space.3")
        left = thumb.left() + inset + (theme.px("gallery.check") + gap if after_check else 0)
        text = theme.font_metrics("caption").horizontalAdvance(say.blurred)
        box = QRectF(left, thumb.top() + inset, side + text + 3.5 * gap, theme.scaled("gallery.tag"))
        if box.right() > thumb.right():
            return
        veil = _veiled(theme.colour("picture-button"), theme.metric("gallery.button-veil"))
        fill_round(painter, box, theme.metric("gallery.check-radius"), veil)
        mark = QRectF(box.left() + gap, box.center().y() - side / 2, side, side)
        self._look.icons.paint(painter, "droplets", theme.colour("on-picture"), mark)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("on-picture"))
        painter.drawText(box.adjusted(side + 2 * gap, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, say.blurred)

    def _missing(self, painter: QPainter, area: QRectF) -> None:
        side = self._theme.px("size.icon-l")
        mark = QRectF(0, 0, side, side)
        mark.moveCenter(area.center())
        self._look.icons.paint(painter, "image-off", self._theme.colour("text-tertiary"), mark)

    def _text(self, painter: QPainter, area: QRectF, text: str, role: str, tone: str) -> float:
        theme = self._theme
        painter.setFont(theme.font(role))
        painter.setPen(theme.colour(tone))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        return area.left() + theme.font_metrics(role).horizontalAdvance(text)


def paint_band(painter: QPainter, theme: Theme, area: QRect) -> None:
    """Draw the rubber band that selects what it touches."""
    antialiased(painter)
    fill = _veiled(theme.colour("accent"), theme.metric("gallery.band"))
    painter.setPen(QPen(theme.colour("accent-text"), 1))
    painter.setBrush(fill)
    painter.drawRoundedRect(QRectF(area), theme.metric("radius.bar"), theme.metric("radius.bar"))


def _veiled(colour: QColor, opacity: float) -> QColor:
    veiled = QColor(colour)
    veiled.setAlphaF(min(1.0, opacity))
    return veiled
