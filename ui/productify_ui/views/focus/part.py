"""What the page's history, schedule and lists have in common."""

from PySide6.QtWidgets import QWidget

from productify_ui.views.context import ViewContext
from productify_ui.widgets.button import Button

WIDEST = (1 << 24) - 1
"""As wide as Qt lets a widget be."""


class Part(QWidget):
    """A part of the page with its own title and header buttons; `refresh` asks for what it shows."""

    title = ""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.look = context.look
        self.theme = context.theme
        self.buttons: list[Button] = []

    async def refresh(self) -> None:
        """Ask for the data and show it."""
        raise NotImplementedError

    def set_compact(self, compact: bool) -> None:
        """Arrange for a small window or for a large one."""

    def set_room(self, width: int) -> None:
        """Arrange for so much room, in logical pixels; called when it changes, or the theme and its sizes."""
