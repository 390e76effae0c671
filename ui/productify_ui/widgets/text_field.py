"""A line to write in."""

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from productify_ui.widgets.look import Look


class TextField(QLineEdit):
    """One line; `name` is what a screen reader calls it, `hint` stands in it while it is empty."""

    def __init__(self, look: Look, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        look.dress(self)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        look.theme.changed.connect(self._restyle)
        self._restyle()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._look.theme.scaled("size.control"))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def set_invalid(self, invalid: bool) -> None:
        """Border it as what cannot be taken, or as usual."""
        if bool(self.property("invalid")) != invalid:
            self.setProperty("invalid", invalid)
            self.style().unpolish(self)
            self.style().polish(self)

    @Slot()
    def _restyle(self) -> None:
        self.setFont(self._look.theme.font("body"))
        self.updateGeometry()
