"""Beside the settings: what works on this desktop, and what lies on this device."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify.domain import Capability, Health
from productify_ui.text.settings import health_of, settings_words, size_text
from productify_ui.widgets.card import Card
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.symbol import Symbol

_TONES = {Health.WORKS: "success", Health.DEGRADED: "warn", Health.MISSING: "danger"}


class DesktopCard(Card):
    """Each capability with how well it works; what is wrong says how to mend it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self._column = QVBoxLayout()
        side = self.theme.px("card.side")
        self._column.setContentsMargins(side, side, side, side)
        self._column.setSpacing(self.theme.px("space.4"))
        self.body.addLayout(self._column)
        self._rows: list[QWidget] = []
        self.show_capabilities(())

    def show_capabilities(self, capabilities: Sequence[Capability]) -> None:
        """Show what the tracker says of itself; nothing means that it does not run."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = [self._heading(capabilities), *(self._row(each) for each in capabilities)]
        for row in self._rows:
            self._column.addWidget(row)

    def _heading(self, capabilities: Sequence[Capability]) -> QWidget:
        worst = max((each.health for each in capabilities), key=list(_TONES).index, default=None)
        title = {
            None: settings_words.desktop_unknown,
            Health.WORKS: settings_words.desktop_works,
            Health.DEGRADED: settings_words.desktop_partly,
            Health.MISSING: settings_words.desktop_missing,
        }[worst]
        icon = "circle-check" if worst is Health.WORKS else "circle-alert"
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, self.theme.px("space.2"))
        row.setSpacing(self.theme.px("space.4"))
        symbol = Symbol(self.look, icon, _TONES[worst] if worst else "text-tertiary", holder)
        row.addWidget(symbol, 0, Qt.AlignmentFlag.AlignTop)
        heading = Label(self.look, title, "card-title", parent=holder)
        heading.setWordWrap(True)
        row.addWidget(heading, 1)
        return holder

    def _row(self, each: Capability) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = QHBoxLayout()
        line.addWidget(Label(self.look, each.title, "small", "text-secondary", elide=True, parent=holder), 1)
        state = Label(self.look, health_of(each), "small-strong", _TONES[each.health], parent=holder)
        state.setToolTip(settings_words.by_backend.format(backend=each.backend))
        line.addWidget(state)
        column.addLayout(line)
        for text in (each.detail, each.fix):
            if text and each.health is not Health.WORKS:
                hint = Label(self.look, text, "caption", "text-tertiary", parent=holder)
                hint.setWordWrap(True)
                hint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                column.addWidget(hint)
        return holder


class DeviceCard(Card):
    """Sizes, the newest backup, and where everything lies."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        column = QVBoxLayout()
        side = self.theme.px("card.side")
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(self.theme.px("space.2"))
        column.addWidget(Label(look, settings_words.on_this_device, "card-title", parent=self))
        column.addSpacing(self.theme.px("space.2"))
        self._lines = [Label(look, role="small", tone="text-secondary", parent=self) for _ in range(4)]
        for label in self._lines:
            label.setWordWrap(True)
            column.addWidget(label)
        self.body.addLayout(column)

    def show_storage(self, database: int, backups: int, last: str | None, folder: str) -> None:
        """Show sizes in bytes, the day of the newest backup, and the data folder."""
        said = settings_words.last_backup.format(day=last) if last else settings_words.no_backup
        texts = (
            settings_words.database.format(size=size_text(database)),
            settings_words.backups.format(size=size_text(backups)) if backups else "",
            said,
            settings_words.where.format(folder=folder),
        )
        for label, text in zip(self._lines, texts, strict=True):
            label.setText(text)
            label.setVisible(bool(text))
