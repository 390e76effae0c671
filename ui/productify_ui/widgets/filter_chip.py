"""A chip that narrows what a page shows: on or off, or the door to a menu."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify_ui.widgets.base import PaintedButton, without_access_key
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, focus_ring, stroke_round
from productify_ui.widgets.tile import Face, paint_face


class FilterChip(PaintedButton):
    """A text behind a face or an icon, with a quieter detail; `opens_menu` shows a chevron."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        *,
        icon: str | None = None,
        opens_menu: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, without_access_key(text), parent)
        self._text = text
        self._icon = icon
        self._face: Face | None = None
        self._detail = ""
        self._opens_menu = opens_menu
        self.setCheckable(not opens_menu)
        self._on = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str, detail: str = "", spoken: str = "", face: Face | None = None) -> None:
        """Show another text; `spoken` is what a screen reader says in its place."""
        if (text, detail, face) != (self._text, self._detail, self._face):
            self._text, self._detail, self._face = text, detail, face
            self.setText(without_access_key(text))
            self.updateGeometry()
            self.update()
        self.setAccessibleName(spoken or text)

    def set_on(self, on: bool) -> None:
        """Look switched on, as a menu does whose choice narrows."""
        if on != self._on:
            self._on = on
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(self._wanted_width()), self.theme.scaled("size.chip-l"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        theme, rect = self.theme, QRectF(self.rect())
        radius, on = theme.metric("radius.control"), self.isChecked() or self._on
        fill = "surface-selected" if on else "surface-hover" if self.hovered else "surface"
        fill_round(painter, rect, radius, theme.colour(fill))
        stroke_round(painter, rect, radius, theme.colour("hairline-strong"))
        left = self._paint_mark(painter, rect)
        tone = "text-primary" if on or self.hovered else "text-secondary"
        left = self._paint_text(painter, left, self._text, tone)
        if self._detail:
            left = self._paint_text(painter, left + theme.px("space.3"), self._detail, "text-tertiary")
        if self._opens_menu:
            side = theme.px("size.icon-s") - 1
            area = QRectF(round(left + theme.px("space.2")), round(rect.center().y() - side / 2), side, side)
            self.look.icons.paint(painter, "chevron-down", theme.colour("text-tertiary"), area)
        if self.ring_shown:
            focus_ring(painter, rect, radius, theme)
        painter.end()

    def _paint_mark(self, painter: QPainter, rect: QRectF) -> float:
        theme = self.theme
        left, side = theme.metric("space.5"), self._mark()
        if not side:
            return left
        area = QRectF(left, round(rect.center().y() - side / 2), side, side)
        if self._face is not None:
            paint_face(painter, self.look, self._face, area)
        elif self._icon:
            self.look.icons.paint(painter, self._icon, theme.colour("text-tertiary"), area)
        return left + side + theme.metric("space.3")

    def _paint_text(self, painter: QPainter, left: float, text: str, tone: str) -> float:
        metrics = self.theme.font_metrics("small-strong")
        painter.setFont(self.theme.font("small-strong"))
        painter.setPen(self.theme.colour(tone))
        width = metrics.horizontalAdvance(text)
        baseline = (self.height() + metrics.capHeight()) / 2
        painter.drawText(round(left), round(baseline), text)
        return left + width

    def _mark(self) -> int:
        if self._face is not None:
            return self.theme.px("size.app-tile-s")
        return self.theme.px("size.icon-s") if self._icon else 0

    def _wanted_width(self) -> float:
        theme, metrics = self.theme, self.theme.font_metrics("small-strong")
        width = 2 * theme.metric("space.5") + metrics.horizontalAdvance(self._text)
        width += self._mark() + theme.metric("space.3") if self._mark() else 0
        width += metrics.horizontalAdvance(self._detail) + theme.metric("space.3") if self._detail else 0
        return width + (theme.px("size.icon-s") - 1 + theme.px("space.2") if self._opens_menu else 0) + 1
