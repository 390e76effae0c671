"""The actions at the bottom of the inspector."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from productify_ui.text.editing import editing_words as say
from productify_ui.text.timeline import timeline_words
from productify_ui.widgets.button import Button, Kind
from productify_ui.widgets.look import Look


class Foot(QWidget):
    """Delete, split or merge, and what saves; always in view."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.delete = Button(look, icon="trash-2", kind=Kind.DANGER, name=say.delete, parent=self)
        self.split = Button(look, say.split, icon="scissors", parent=self)
        self.merge = Button(look, say.merge, parent=self)
        self.leave = Button(look, say.leave_it, parent=self)
        self.save = Button(look, timeline_words.save, kind=Kind.PRIMARY, parent=self)
        self.row = QHBoxLayout(self)
        self.row.setSpacing(look.theme.px("space.4"))
        for button in (self.delete, self.split, self.merge):
            self.row.addWidget(button)
        self.row.addStretch(1)
        for button in (self.leave, self.save):
            self.row.addWidget(button)

    def arrange(self, *, gap: bool, apps: bool, single: bool, splits: bool) -> None:
        """Show what can be done with the selection; a gap is labelled or left."""
        self.delete.setVisible(not gap)
        self.split.setVisible(splits)
        self.merge.setVisible(not single and not gap)
        self.leave.setVisible(gap)
        self.save.setText(say.label_it if gap else timeline_words.save)
        self.save.setVisible(gap or apps)
