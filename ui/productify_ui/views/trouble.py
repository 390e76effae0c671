"""What stands in the window, alone, when the record cannot be opened."""

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from productify.errors import DamagedDatabaseError, KnownError
from productify_ui.text import formats
from productify_ui.text.trouble import trouble_words
from productify_ui.text.words import words
from productify_ui.widgets.base import Painted
from productify_ui.widgets.button import Button, Kind
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.paint import antialiased, fill_round


class Plate(Painted):
    """The symbol of a disk on a soft ground."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = self.theme.px("trouble.plate")
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = antialiased(QPainter(self))
        rect, theme = QRectF(self.rect()), self.theme
        fill_round(painter, rect, theme.metric("radius.card"), theme.colour("danger-soft"))
        icon = QRectF(0, 0, theme.px("trouble.icon"), theme.px("trouble.icon"))
        icon.moveCenter(rect.center())
        self.look.icons.paint(painter, "database", theme.colour("danger"), icon)
        painter.end()


class TroublePage(Painted):
    """Says what stands in the way, and offers the ways out; each of them is a signal."""

    put_back = Signal()
    retried = Signal()
    folder_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.title = Label(look, role="stat-s", parent=self)
        self.text = Label(look, role="body", tone="text-secondary", parent=self)
        self.hint = Label(look, role="body", tone="text-primary", parent=self)
        self.restore = Button(look, icon="history", text=" ", kind=Kind.PRIMARY, parent=self)
        self.retry = Button(look, words.retry, icon="refresh-cw", parent=self)
        self.folder = Button(look, trouble_words.open_folder, icon="folder", parent=self)
        self.quit = Button(look, words.quit, kind=Kind.GHOST, parent=self)
        for button, signal in ((self.restore, self.put_back), (self.retry, self.retried),
                               (self.folder, self.folder_wanted), (self.quit, self.quit_wanted)):  # fmt: skip
            button.clicked.connect(signal)
        self._column = QVBoxLayout()
        self._lay_out()
        self.restyle()

    def show_error(self, error: KnownError, backup_day: date | None) -> None:
        """Say what is wrong; `backup_day` is the day of the backup that can be put back."""
        damaged = isinstance(error, DamagedDatabaseError)
        self.title.setText(trouble_words.damaged if damaged else error.title)
        self.text.setText(error.title if damaged else error.hint)
        self.hint.setText(_hint(backup_day) if damaged else "")
        for label in (self.text, self.hint):
            label.setVisible(bool(label.text()))
        self.restore.setVisible(backup_day is not None)
        if backup_day is not None:
            self.restore.setText(trouble_words.put_back.format(day=formats.day(backup_day)))
        self.retry.setText(words.retry)
        self.retry.set_kind(Kind.SECONDARY if backup_day is not None else Kind.PRIMARY)
        for button in self._buttons():
            button.setEnabled(True)
        self.setAccessibleName(" ".join(filter(None, (self.title.text(), self.text.text(), self.hint.text()))))
        (self.restore if backup_day is not None else self.retry).setFocus()

    def show_busy(self, *, restoring: bool) -> None:
        """Say what is being done; until that is over only quitting is left."""
        button = self.restore if restoring else self.retry
        button.setText(trouble_words.putting_back if restoring else trouble_words.opening)
        for each in self._buttons():
            each.setEnabled(each is self.quit)

    def restyle(self) -> None:
        theme = self.theme
        self._column.setSpacing(theme.px("space.6"))
        for label in (self.title, self.text, self.hint):
            label.setFixedWidth(theme.scaled("trouble.width"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("bg"))
        painter.end()

    def _lay_out(self) -> None:
        space = self.theme.px
        self._column.addStretch(2)
        self._column.addWidget(Plate(self.look, self))
        self._column.addSpacing(space("space.4"))
        for label in (self.title, self.text, self.hint):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._column.addWidget(label)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, space("space.8"), 0, 0)
        buttons.setSpacing(space("space.4"))
        for button in self._buttons():
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._column.addLayout(buttons)
        self._column.addStretch(3)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addLayout(self._column)
        row.addStretch(1)

    def _buttons(self) -> tuple[Button, ...]:
        return self.restore, self.retry, self.folder, self.quit


def _hint(backup_day: date | None) -> str:
    if backup_day is None:
        return trouble_words.no_backup
    return trouble_words.sound_backup.format(day=formats.day(backup_day))
