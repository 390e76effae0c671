"""Buttons in their four kinds and three sizes."""

from enum import StrEnum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from productify_ui.widgets.base import by_keyboard, without_access_key
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round, focus_ring, stroke_round


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


_HEIGHTS = {Size.SMALL: "size.control-s", Size.NORMAL: "size.control", Size.LARGE: "size.control-l"}
_RADII = {Size.SMALL: "radius.chip", Size.NORMAL: "radius.control", Size.LARGE: "radius.button-l"}
_ROLES = {Size.SMALL: "small-strong", Size.NORMAL: "body-strong", Size.LARGE: "body-l"}
_PADS = {Size.SMALL: "button.pad-small", Size.NORMAL: "button.pad", Size.LARGE: "button.pad-large"}


class Button(QPushButton):
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
        super().__init__(without_access_key(text), parent)
        self._text = text
        self._look = look
        self._icon = icon
        self._kind = kind
        self._size = size
        self._detail = ""
        self._trailing = trailing
        self._ring = False
        self._hovered = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        if name:
            self.setAccessibleName(name)
            self.setToolTip("" if text else name)
        look.theme.changed.connect(self._restyle)
        self._restyle()

    def set_detail(self, detail: str) -> None:
        """Show a quieter text behind the main one."""
        if detail != self._detail:
            self._detail = detail
            self._restyle()

    def set_icon(self, icon: str | None) -> None:
        """Show another icon."""
        if icon != self._icon:
            self._icon = icon
            self._restyle()

    def set_kind(self, kind: Kind) -> None:
        """Become another kind of button."""
        if kind is not self._kind:
            self._kind = kind
            self._restyle()

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
        height = self._look.theme.scaled(_HEIGHTS[self._size])
        if not self.text():
            return QSize(height, height)
        return QSize(round(self._content_width()) + 2 * self._pad(), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        rect = QRectF(self.rect())
        radius = self._look.theme.metric(_RADII[self._size])
        self._paint_ground(painter, rect, radius)
        if not self.isEnabled() and not self.text():
            painter.setOpacity(0.45)
        self._paint_content(painter, rect)
        painter.setOpacity(1.0)
        if self._ring:
            focus_ring(painter, rect, radius, self._look.theme)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = by_keyboard(event)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        super().focusOutEvent(event)

    def _paint_ground(self, painter: QPainter, rect: QRectF, radius: float) -> None:
        fill, border = self._ground()
        if fill:
            fill_round(painter, rect, radius, self._look.theme.colour(fill))
        if border:
            stroke_round(painter, rect, radius, self._look.theme.colour(border))

    def _ground(self) -> tuple[str | None, str | None]:
        held = self.isDown() or self.isChecked()
        match self._kind:
            case Kind.PRIMARY if not self.isEnabled():
                return "surface-raised", None
            case Kind.PRIMARY:
                return ("accent-pressed" if held else "accent-hover" if self._hovered else "accent"), None
            case Kind.GHOST | Kind.LINK:
                return ("surface-selected" if held else "surface-hover" if self._hovered else None), None
            case Kind.DANGER if held:
                return "danger-fill", None
            case Kind.DANGER:
                return ("danger-soft" if self._hovered else "surface-raised"), "hairline-strong"
            case _:
                active = self.isEnabled()
                fill = "surface-selected" if held else "surface-hover" if self._hovered and active else "surface-raised"
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
                return ("text-primary" if self._hovered else "text-secondary"), "text-secondary"
            case _:
                return "text-primary", "text-secondary"

    def _paint_content(self, painter: QPainter, rect: QRectF) -> None:
        theme = self._look.theme
        text_tone, icon_tone = self._tones()
        left = rect.center().x() - self._content_width() / 2
        if self._icon:
            left += self._paint_icon(painter, self._icon, left, rect, theme.colour(icon_tone))
        painter.setFont(theme.font(_ROLES[self._size]))
        for text, tone, gap in ((self.text(), text_tone, 0), (self._detail, "text-tertiary", self._gap())):
            if text:
                painter.setPen(theme.colour(tone))
                width = self._text_width(text)
                painter.drawText(QRectF(left + gap, 0, width + 1, rect.height()), Qt.AlignmentFlag.AlignVCenter, text)
                left += gap + width
        if self._trailing:
            self._paint_icon(painter, self._trailing, left + self._gap(), rect, theme.colour("text-tertiary"))

    def _paint_icon(self, painter: QPainter, name: str, left: float, rect: QRectF, colour: QColor) -> float:
        side = self._icon_side()
        area = QRectF(round(left), round(rect.center().y() - side / 2), side, side)
        self._look.icons.paint(painter, name, colour, area)
        return side + (self._gap() if self.text() else 0)

    def _content_width(self) -> float:
        width = self._text_width(self.text()) + (self._icon_side() if self._icon else 0)
        width += self._gap() if self._icon and self.text() else 0
        width += self._text_width(self._detail) + self._gap() if self._detail else 0
        return width + (self._icon_side() + self._gap() if self._trailing else 0)

    def _text_width(self, text: str) -> float:
        return self._look.theme.font_metrics(_ROLES[self._size]).horizontalAdvance(text) if text else 0.0

    def _icon_side(self) -> int:
        return self._look.theme.scaled("size.icon-s" if self._size is Size.SMALL and self.text() else "size.icon")

    def _gap(self) -> int:
        return self._look.theme.px("button.gap-small" if self._size is Size.SMALL else "button.gap")

    def _pad(self) -> int:
        if self._kind is Kind.LINK:
            return self._look.theme.px("space.1")
        return self._look.theme.px(_PADS[self._size])

    @Slot()
    def _restyle(self) -> None:
        self.setFont(self._look.theme.font(_ROLES[self._size]))
        self.updateGeometry()
        self.update()
