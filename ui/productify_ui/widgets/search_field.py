"""A field to look for something in."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from productify_ui.widgets.look import Look


class SearchField(QLineEdit):
    """A line with a magnifying glass, and a cross once there is text; Escape empties it."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        look.dress(self)
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self._glass = self.addAction(self._icon(), QLineEdit.ActionPosition.LeadingPosition)
        look.theme.changed.connect(self._restyle)
        self._restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _icon(self) -> QIcon:
        theme = self._look.theme
        return self._look.icons.icon("search", theme.colour("text-tertiary"), theme.px("size.icon"))

    @Slot()
    def _restyle(self) -> None:
        self.setFont(self._look.theme.font("body"))
        self.setFixedHeight(self._look.theme.scaled("size.control"))
        self._glass.setIcon(self._icon())
