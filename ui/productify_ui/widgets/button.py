"""Buttons in their four kinds and three sizes."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from productify_ui.widgets.base import PaintedButton, without_access_key
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, focus_ring, keycap, keycap_width, stroke_round


class Kind(StrEnum):
    """How much a button asks for attention."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    GHOST = "ghost"
    DANGER = "danger"
    LINK = "link"
    """Only its words, in the accent's colour."""


class Size(StrEnum):
    """How large a button is."""

    SMALL = "small"
    NORMAL = "normal"
    LARGE = "large"
    HERO = "hero"
    """The one thing to do on a screen of its own."""


_HEIGHTS = {
    Size.SMALL: "size.control-s",
    Size.NORMAL: "size.control",
    Size.LARGE: "size.control-l",
    Size.HERO: "size.control-xl",
}
_RADII = {
    Size.SMALL: "radius.chip",
    Size.NORMAL: "radius.control",
    Size.LARGE: "radius.button-l",
    Size.HERO: "radius.button-l",
}
_ROLES = {Size.SMALL: "small-strong", Size.NORMAL: "body-strong", Size.LARGE: "body-l", Size.HERO: "body-xl"}
_PADS = {
    Size.SMALL: "button.pad-small",
    Size.NORMAL: "button.pad",
    Size.LARGE: "button.pad-large",
    Size.HERO: "button.pad-hero",
}


class Button(PaintedButton):
    """A push button with an icon, a text and a quieter `detail` behind it; without text it is square.

    `name` is what a screen reader and the tooltip say where there is no text.
    """

    def __init__(
        self,
        look: Look,
        text: str = "",
        *,
        icon: str | None = None,
        kind: Kind = Kind.SECONDARY,
        size: Size = Size.NORMAL,
        name: str = "",
        trailing: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, without_access_key(text), parent)
        self._text = text
        self._icon = icon
        self._kind = kind
        self._size = size
        self._detail = ""
        self._keycap = ""
        self._trailing = trailing
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        if name:
            self.setAccessibleName(name)
            self.setToolTip("" if text else name)
        self.restyle()

    def set_detail(self, detail: str) -> None:
        """Show a quieter text behind the main one."""
        if detail != self._detail:
            self._detail = detail
            self.restyle()

    def set_keycap(self, key: str) -> None:
        """Show the key that presses it, as a little cap behind the text."""
        if key != self._keycap:
            self._keycap = key
            self.restyle()

    def set_icon(self, icon: str | None) -> None:
        """Show another icon."""
        if icon != self._icon:
            self._icon = icon
            self.restyle()

    def set_kind(self, kind: Kind) -> None:
        """Become another kind of button."""
        if kind is not self._kind:
            self._kind = kind
            self.restyle()

    def set_name(self, name: str) -> None:
        """Say something else to a screen reader and in the tooltip."""
        self.setAccessibleName(name)
        self.setToolTip("" if self.text() else name)

    def setText(self, text: str) -> None:
        """Show another text."""
        if text != self._text:
            self._text = text
            super().setText(without_access_key(text))
            self.updateGeometry()

    def text(self) -> str:
        """Return the text as it is shown."""
        return self._text

    def sizeHint(self) -> QSize:
        height = self.theme.scaled(_HEIGHTS[self._size])
        if not self.text():
            return QSize(height, height)
        return QSize(round(self._content_width()) + 2 * self._pad(), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        rect = QRectF(self.rect())
        radius = self.theme.metric(_RADII[self._size])
        self._paint_ground(painter, rect, radius)
        if not self.isEnabled() and not self.text():
            painter.setOpacity(0.45)
        self._paint_content(painter, rect)
        painter.setOpacity(1.0)
        if self.ring_shown:
            focus_ring(painter, rect, radius, self.theme)
        painter.end()

    def _paint_ground(self, painter: QPainter, rect: QRectF, radius: float) -> None:
        fill, border = self._ground()
        if fill:
            fill_round(painter, rect, radius, self.theme.colour(fill))
        if border:
            stroke_round(painter, rect, radius, self.theme.colour(border))

    def _ground(self) -> tuple[str | None, str | None]:
        held = self.isDown() or self.isChecked()
        match self._kind:
            case Kind.PRIMARY if not self.isEnabled():
                return "surface-raised", None
            case Kind.PRIMARY:
                return ("accent-pressed" if held else "accent-hover" if self.hovered else "accent"), None
            case Kind.GHOST | Kind.LINK:
                return ("surface-selected" if held else "surface-hover" if self.hovered else None), None
            case Kind.DANGER if held:
                return "danger-fill", None
            case Kind.DANGER:
                return ("danger-soft" if self.hovered else "surface-raised"), "hairline-strong"
            case _:
                active = self.isEnabled()
                fill = "surface-selected" if held else "surface-hover" if self.hovered and active else "surface-raised"
                return fill, "hairline-strong"

    def _tones(self) -> tuple[str, str]:
        """The colours of text and icon."""
        if not self.isEnabled():
            return "text-disabled", "text-disabled" if self.text() else "text-secondary"
        match self._kind:
            case Kind.PRIMARY:
                return "on-accent", "on-accent"
            case Kind.DANGER:
                return ("on-accent", "on-accent") if self.isDown() else ("danger", "danger")
            case Kind.LINK:
                return "accent-text", "accent-text"
            case Kind.GHOST:
                return ("text-primary" if self.hovered else "text-secondary"), "text-secondary"
            case _:
                return "text-primary", "text-secondary"

    def _paint_content(self, painter: QPainter, rect: QRectF) -> None:
        theme = self.theme
        text_tone, icon_tone = self._tones()
        left = rect.center().x() - self._content_width() / 2
        if self._icon:
            left += self._paint_icon(painter, self._icon, left, rect, theme.colour(icon_tone))
        painter.setFont(theme.font(_ROLES[self._size]))
        quiet = "on-accent" if self._kind is Kind.PRIMARY and self.isEnabled() else "text-tertiary"
        for text, tone, gap in ((self.text(), text_tone, 0), (self._detail, quiet, self._gap())):
            if text:
                painter.setPen(theme.colour(tone))
                width = self._text_width(text)
                painter.drawText(QRectF(left + gap, 0, width + 1, rect.height()), Qt.AlignmentFlag.AlignVCenter, text)
                left += gap + width
        if self._keycap:
            keycap(painter, QPointF(left + 2 * self._gap(), rect.center().y()), self._keycap, quiet, theme)
        if self._trailing:
            self._paint_icon(painter, self._trailing, left + self._gap(), rect, theme.colour("text-tertiary"))

    def _paint_icon(self, painter: QPainter, name: str, left: float, rect: QRectF, colour: QColor) -> float:
        side = self._icon_side()
        area = QRectF(round(left), round(rect.center().y() - side / 2), side, side)
        self.look.icons.paint(painter, name, colour, area)
        return side + (self._gap() if self.text() else 0)

    def _content_width(self) -> float:
        width = self._text_width(self.text()) + (self._icon_side() if self._icon else 0)
        width += self._gap() if self._icon and self.text() else 0
        width += self._text_width(self._detail) + self._gap() if self._detail else 0
        width += keycap_width(self._keycap, self.theme) + 2 * self._gap() if self._keycap else 0
        return width + (self._icon_side() + self._gap() if self._trailing else 0)

    def _text_width(self, text: str) -> float:
        return self.theme.font_metrics(_ROLES[self._size]).horizontalAdvance(text) if text else 0.0

    def _icon_side(self) -> int:
        return self.theme.scaled("size.icon-s" if self._size is Size.SMALL and self.text() else "size.icon")

    def _gap(self) -> int:
        return self.theme.px("button.gap-small" if self._size is Size.SMALL else "button.gap")

    def _pad(self) -> int:
        if self._kind is Kind.LINK:
            return self.theme.px("space.1")
        return self.theme.px(_PADS[self._size])

    @Slot()
    def restyle(self) -> None:
        """Take over font, size and colours from the theme."""
        self.setFont(self.theme.font(_ROLES[self._size]))
        super().restyle()
