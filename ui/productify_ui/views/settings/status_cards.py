"""Beside the settings: whether all works, what lies on this device, and what never leaves it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from productify.domain import Capability, Health
from productify_ui.text.desktop import desktop_words, health_of
from productify_ui.text.settings import settings_words, size_text
from productify_ui.tracking_state import TrackingState
from productify_ui.views.settings.capability_row import AROUND, TONES
from productify_ui.widgets.button import Button, Size
from productify_ui.widgets.card import Card
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.symbol import Symbol


def _column(card: Card, gap: str) -> QVBoxLayout:
    column = QVBoxLayout()
    side = card.theme.px("card.side")
    column.setContentsMargins(side, side, side, side)
    column.setSpacing(card.theme.px(gap))
    card.body.addLayout(column)
    return column


class DesktopCard(Card):
    """Whether tracking works, in a line for each capability; `checked` and `explained` tell of its two buttons."""

    checked = Signal()
    explained = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        column = _column(self, "space.4")
        head = QHBoxLayout()
        head.setSpacing(self.theme.px("space.4"))
        self._head = head
        self._symbol: Symbol | None = None
        self.heading = Label(look, role="card-title", parent=self)
        self.state = Label(look, role="small", tone="text-secondary", parent=self)
        for label in (self.heading, self.state):
            label.setWordWrap(True)
        head.addWidget(self.heading, 1)
        column.addLayout(head)
        column.addWidget(self.state)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(self.theme.px("space.4"))
        column.addLayout(self._lines)
        self._rows: list[QWidget] = []
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, self.theme.px("space.2"), 0, 0)
        buttons.setSpacing(self.theme.px("space.4"))
        self.check = Button(look, desktop_words.check, size=Size.SMALL, parent=self)
        self.check.clicked.connect(self._check)
        self.explain = Button(look, desktop_words.what_to_do, size=Size.SMALL, parent=self)
        self.explain.clicked.connect(self.explained)
        for button in (self.check, self.explain):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            buttons.addWidget(button, 1)
        column.addLayout(buttons)
        self.show_capabilities((), runs=False)

    def show_tracking(self, shown: TrackingState) -> None:
        """Say what the recorder does, and how much of today it has."""
        said = desktop_words.tracking_state_today if shown.total else desktop_words.tracking_state
        self.state.setText(said.format(title=shown.title, detail=shown.detail, total=shown.total))

    def show_capabilities(self, capabilities: Sequence[Capability], *, runs: bool) -> None:
        """Sum up what works on this desktop; `runs` tells whether anything is recorded at all."""
        tracked = [each for each in capabilities if each.key not in AROUND]
        worst = max((each.health for each in tracked), key=list(TONES).index, default=None) if runs else None
        self.heading.setText(
            {
                None: desktop_words.unknown,
                Health.WORKS: desktop_words.all_works,
                Health.DEGRADED: desktop_words.partly,
                Health.MISSING: desktop_words.some_missing,
            }[worst]
        )
        self._show_symbol(worst)
        for row in self._rows:
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._line(each) for each in tracked]
        for row in self._rows:
            self._lines.addWidget(row)
        self.check.setEnabled(True)
        self.explain.setVisible(any(each.health is not Health.WORKS for each in tracked))

    def _show_symbol(self, worst: Health | None) -> None:
        if self._symbol is not None:
            self._head.removeWidget(self._symbol)
            self._symbol.hide()
            self._symbol.deleteLater()
        icon = "circle-check" if worst is Health.WORKS else "circle-alert"
        self._symbol = Symbol(self.look, icon, TONES[worst] if worst else "text-tertiary", self)
        self._head.insertWidget(0, self._symbol, 0, Qt.AlignmentFlag.AlignTop)

    def _line(self, each: Capability) -> QWidget:
        holder = QWidget(self)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(Label(self.look, each.title, "small", "text-secondary", elide=True, parent=holder), 1)
        line.addWidget(Label(self.look, health_of(each), "small-strong", TONES[each.health], parent=holder))
        return holder

    @Slot()
    def _check(self) -> None:
        self.check.setEnabled(False)
        self.checked.emit()


class DeviceCard(Card):
    """Sizes, the newest backup, and where everything lies; `opened` asks for the folder."""

    opened = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        column = _column(self, "space.2")
        column.addWidget(Label(look, settings_words.on_this_device, "card-title", parent=self))
        column.addSpacing(self.theme.px("space.2"))
        self._lines = [Label(look, role="small", tone="text-secondary", parent=self) for _ in range(5)]
        for label in self._lines:
            label.setWordWrap(True)
            column.addWidget(label)
        column.addSpacing(self.theme.px("space.4"))
        self.button = Button(look, desktop_words.open_folder, icon="folder", size=Size.SMALL, parent=self)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self.opened)
        column.addWidget(self.button)

    def show_storage(self, database: int, shots: str, backups: int, last: str | None, folder: str) -> None:
        """Show sizes in bytes, what screenshots take in words, the day of the newest backup, and the data folder."""
        said = settings_words.last_backup.format(day=last) if last else settings_words.no_backup
        texts = (
            settings_words.database.format(size=size_text(database)),
            settings_words.shots.format(used=shots) if shots else "",
            settings_words.backups.format(size=size_text(backups)) if backups else "",
            said,
            breakable(folder),
        )
        for label, text in zip(self._lines, texts, strict=True):
            label.setText(text)
            label.setVisible(bool(text))


class PrivacyCard(Card):
    """What never leaves this device, and what is never recorded."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        column = _column(self, "space.2")
        for place, (icon, title, lines) in enumerate(
            (
                ("shield-check", desktop_words.never_leaves, (desktop_words.nothing_sent, desktop_words.stays)),
                ("eye-off", desktop_words.never_recorded, (desktop_words.no_keys, desktop_words.no_private)),
            )
        ):
            if place:
                column.addSpacing(self.theme.px("space.6"))
            head = QHBoxLayout()
            head.setSpacing(self.theme.px("space.4"))
            head.addWidget(Symbol(look, icon, "text-secondary", self))
            head.addWidget(Label(look, title, "card-title", parent=self), 1)
            column.addLayout(head)
            column.addSpacing(self.theme.px("space.2"))
            for line in lines:
                label = Label(look, line, "small", "text-secondary", parent=self)
                label.setWordWrap(True)
                column.addWidget(label)


def breakable(path: str) -> str:
    """Return a path that may go over several lines after each of its slashes."""
    return path.replace("/", "/\u200b")
