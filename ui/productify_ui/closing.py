"""What closing the window means: tracking goes on, in the tray or minimised, after asking once."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from productify_ui.text.words import words
from productify_ui.widgets.button import Kind
from productify_ui.widgets.dialog import Dialog
from productify_ui.widgets.look import Look
from productify_ui.window import Window


class Closing(QObject):
    """Hides the window or asks; `kept` tells that the user wants tracking to go on, `quit_wanted` that not."""

    kept = Signal()
    quit_wanted = Signal()

    def __init__(self, look: Look, has_tray: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._has_tray = has_tray
        self._dialog: Dialog | None = None

    def close(self, window: Window, *, ask: bool) -> None:
        """Take the window out of sight, or `ask` before."""
        if not ask:
            self._put_away(window)
        elif self._dialog is None:
            self._ask(window)
        else:
            self._dialog.raise_()

    def _ask(self, window: Window) -> None:
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

    def _keep(self, window: Window) -> None:
        self.kept.emit()
        self._put_away(window)

    def _put_away(self, window: Window) -> None:
        if self._has_tray():
            window.hide()
        else:
            window.showMinimized()

    def _forget(self) -> None:
        self._dialog = None
