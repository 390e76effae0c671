"""What closing the window means: tracking goes on, in the tray or minimised, after asking once."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from productify_ui.text.words import words
from productify_ui.widgets.look import Look

if TYPE_CHECKING:
    from productify_ui.widgets.dialog import Dialog


class Closing(QObject):
    """Hides the window or asks; `kept` tells that the user wants tracking to go on, `quit_wanted` that not."""

    kept = Signal()
    quit_wanted = Signal()

    def __init__(self, look: Look, has_tray: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._has_tray = has_tray
        self._dialog: Dialog | None = None

    def close(self, window: QWidget, *, ask: bool) -> None:
        """Take the window out of sight, or `ask` before."""
        if not ask:
            self._put_away(window)
        elif self._dialog is None:
            self._ask(window)
        else:
            self._dialog.raise_()

    def _ask(self, window: QWidget) -> None:
        from productify_ui.widgets.button import Kind
        from productify_ui.widgets.dialog import Dialog

        tray = self._has_tray()
        choices = (
            (words.quit, Kind.SECONDARY, self.quit_wanted.emit),
            (words.keep_tracking, Kind.PRIMARY, lambda: self._keep(window)),
        )
        title = words.tray_title if tray else words.no_tray_title
        hint = words.tray_hint if tray else words.no_tray_hint
        self._dialog = Dialog(self._look, title, hint, choices, window)
        self._dialog.finished.connect(self._forget)
        self._dialog.open()

    def _keep(self, window: QWidget) -> None:
        self.kept.emit()
        self._put_away(window)

    def _put_away(self, window: QWidget) -> None:
        if self._has_tray():
            window.hide()
        else:
            window.showMinimized()

    def _forget(self) -> None:
        self._dialog = None
