"""What painted widgets have in common."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QEnterEvent, QFocusEvent
from PySide6.QtWidgets import QPushButton, QWidget

from productify_ui.widgets.look import Look

_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


class Painted(QWidget):
    """A widget that paints itself and does so anew when the theme changes."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.theme = look.theme
        self.theme.changed.connect(self._theme_changed)

    def restyle(self) -> None:
        """Take over sizes from the theme; called when it changed."""

    @Slot()
    def _theme_changed(self) -> None:
        self.restyle()
        self.updateGeometry()
        self.update()


class Focusable(Painted):
    """A painted widget that the keyboard can reach; it shows a ring once it was reached that way."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.ring_shown = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ring_shown = by_keyboard(event)
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.ring_shown = False
        self.update()
        super().focusOutEvent(event)


def without_access_key(text: str) -> str:
    """Return a text whose ampersands Qt shows, rather than taking what follows as an access key."""
    return text.replace("&", "&&")


class PaintedButton(QPushButton):
    """A push button that paints itself; knows whether the mouse is over it and whether to show the keyboard's ring."""

    def __init__(self, look: Look, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.look = look
        self.theme = look.theme
        self.hovered = False
        self.ring_shown = False
        self.theme.changed.connect(self.restyle)

    @Slot()
    def restyle(self) -> None:
        """Take over sizes and colours from the theme; called when it changed."""
        self.updateGeometry()
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered = False
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ring_shown = by_keyboard(event)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.ring_shown = False
        super().focusOutEvent(event)


def by_keyboard(event: QFocusEvent) -> bool:
    """Whether the focus came by a key and not by the mouse."""
    return event.reason() in _BY_KEYBOARD
