"""A question that stands in a window of its own until it is answered."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from productify_ui.widgets.dialog import Choice, Dialog
from productify_ui.widgets.look import Look


class Question(QObject):
    """Asks once at a time: asked again, the open one comes to the front. It needs no other window of the app."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._dialog: Dialog | None = None

    @property
    def dialog(self) -> Dialog | None:
        """The question, while it is asked."""
        return self._dialog

    def ask(self, title: str, hint: str, choices: Sequence[Choice]) -> None:
        """Ask, and let the choice act that is taken."""
        if self._dialog is None:
            self._look.theme.bring_fonts()
            self._dialog = Dialog(self._look, title, hint, choices)
            self._dialog.destroyed.connect(self._forget)
            self._dialog.show()
            self._dialog.activateWindow()
        self._dialog.raise_()

    @Slot()
    def close(self) -> None:
        """Ask no more."""
        if self._dialog is not None:
            self._dialog.close()

    @Slot()
    def _forget(self) -> None:
        self._dialog = None


def nothing() -> None:
    """For a choice that leaves things as they are: the dialog closes by itself."""
