"""An absence as two parts: a name for each, and a slider for the moment between them."""

from datetime import timedelta, tzinfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from productify.domain import Part, Return
from productify_ui.text import formats
from productify_ui.text.returning import returning_words
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.text_field import TextField

_MINUTE = timedelta(minutes=1)


class Split(QWidget):
    """Two fields, each with its span, and the slider between; `changed` tells of every change, `entered` of Return."""

    changed = Signal()
    entered = Signal()

    def __init__(self, look: Look, gap: Return, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = gap
        self._zone = zone
        theme = look.theme
        first = TextField(look, returning_words.first_name, returning_words.first_hint, self)
        second = TextField(look, returning_words.second_name, returning_words.second_hint, self)
        self.fields = (first, second)
        self.spans = tuple(Label(look, role="small", tone="text-secondary", parent=self) for _ in self.fields)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        look.dress(self.slider)
        self.slider.setAccessibleName(returning_words.where_to_split)
        minutes = (gap.end - gap.start) // _MINUTE
        self.slider.setRange(1, max(1, minutes - 1))
        self.slider.setPageStep(5)
        self.slider.setValue(minutes // 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.4"))
        column.addWidget(first)
        ends = QHBoxLayout()
        ends.addWidget(self.spans[0])
        ends.addStretch(1)
        ends.addWidget(self.spans[1])
        column.addLayout(ends)
        column.addWidget(self.slider)
        column.addWidget(second)
        self.slider.valueChanged.connect(self._moved)
        for field in self.fields:
            field.textChanged.connect(self.changed)
            field.returnPressed.connect(self.entered)
        self._moved()

    def take(self, name: str) -> None:
        """Write a name into the field that has the focus, else into the first that is empty, else into the second."""
        focused = [field for field in self.fields if field.hasFocus()]
        empty = [field for field in self.fields if not field.text().strip()]
        (*focused, *empty, self.fields[1])[0].setText(name)

    @property
    def complete(self) -> bool:
        """Whether both parts have a name."""
        return all(field.text().strip() for field in self.fields)

    def parts(self) -> tuple[Part, Part]:
        """Return the two parts as they are named now."""
        cut = self._gap.start + self.slider.value() * _MINUTE
        first, second = (field.text().strip() for field in self.fields)
        return Part(self._gap.start, cut, first), Part(cut, self._gap.end, second)

    @Slot()
    def _moved(self) -> None:
        for label, part in zip(self.spans, self.parts(), strict=True):
            milliseconds = round((part.end - part.start).total_seconds() * 1000)
            span = formats.clock_range(part.start, part.end, self._zone)
            label.setText(returning_words.part.format(span=span, duration=formats.duration(milliseconds)))
