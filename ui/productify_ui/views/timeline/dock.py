"""A side panel that stands beside the content, or over it where the window is narrow."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from productify_ui.widgets.look import Look
from productify_ui.widgets.scrim import Scrim


class Dock(QWidget):
    """Holds `content` and a `panel` of fixed width; `dismissed` tells that Escape or a click beside it closes it."""

    dismissed = Signal()

    def __init__(self, look: Look, content: QWidget, panel: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self._floating = False
        self._open = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(content, 1)
        self._row.addWidget(panel)
        self._scrim = Scrim(look, self)
        self._scrim.clicked.connect(self.dismissed)
        self._show()

    @property
    def is_open(self) -> bool:
        """Whether the panel is in view."""
        return self._open

    def set_open(self, is_open: bool) -> None:
        """Show or hide the panel."""
        if is_open != self._open:
            self._open = is_open
            self._show()

    def set_floating(self, floating: bool) -> None:
        """Let the panel lie over the content, or stand beside it."""
        if floating != self._floating:
            self._floating = floating
            if floating:
                self._row.removeWidget(self._panel)
            else:
                self._row.addWidget(self._panel)
            self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._open:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        self._panel.setVisible(self._open)
        self._scrim.setVisible(self._open and self._floating)
        self._place()

    def _place(self) -> None:
        if self._floating:
            self._scrim.setGeometry(self.rect())
            width = self._panel.sizeHint().width() if self._panel.minimumWidth() == 0 else self._panel.minimumWidth()
            self._panel.setGeometry(QRect(self.width() - width, 0, width, self.height()))
            self._scrim.raise_()
            self._panel.raise_()
