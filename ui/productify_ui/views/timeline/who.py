"""Whose time it was: the head of the inspector's sheet."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify.domain import Block
from productify_ui.text.editing import editing_words as say
from productify_ui.views.timeline.draft import common
from productify_ui.views.timeline.face import Presenter, length_of, length_text
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.tile import Tile


class Who(QWidget):
    """Face, name, title and address of one activity; of several their number, their time and how they are called."""

    def __init__(self, look: Look, presenter: Presenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.theme
        self._presenter = presenter
        self.tile = Tile(look, "timeline.inspector-tile", self)
        self.name = Label(look, role="note-title", elide=True, parent=self)
        self.detail = Label(look, role="small", tone="text-secondary", parent=self)
        self.detail.setWordWrap(True)
        self.address = Label(look, role="mono", tone="text-tertiary", elide=True, parent=self)
        texts = QVBoxLayout()
        texts.setSpacing(theme.px("space.1"))
        for label in (self.name, self.detail, self.address):
            texts.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px("space.6"))
        row.addWidget(self.tile, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        """Show these; one at least."""
        block, show = blocks[0], self._presenter
        longest = max(blocks, key=lambda each: (each.cause is None, length_of(each)))
        self.tile.show_face(show.face(longest))
        if len(blocks) > 1:
            length = length_text(sum(length_of(each) for each in blocks))
            is_gap = all(each.cause is not None for each in blocks)
            sentence = say.several_gaps if is_gap else say.several_length
            self.name.setText(sentence.format(count=len(blocks), length=length))
            name = common(show.name(each) for each in blocks)
            self._tell(name if isinstance(name, str) else ", ".join(_names(blocks, show)), "")
            return
        self.name.setText(show.name(block))
        detail = show.why(block) if block.cause is not None else block.window_title or ""
        self._tell(detail, block.url or "")

    def _tell(self, detail: str, address: str) -> None:
        for label, text in ((self.detail, detail), (self.address, address)):
            label.setText(text)
            label.setVisible(bool(text))


def _names(blocks: Sequence[Block], show: Presenter, most: int = 4) -> list[str]:
    names = list(
        dict.fromkeys(
            show.name(block) for block in sorted(blocks, key=lambda each: (each.cause is not None, -length_of(each)))
        )
    )
    return names[:most] + (["…"] if len(names) > most else [])
