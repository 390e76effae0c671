"""From when to when: two fields for times of day."""

from datetime import UTC, datetime, tzinfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify_ui.text import formats
from productify_ui.text.editing import editing_words as say
from productify_ui.text.timeline import timeline_words
from productify_ui.views.timeline.axis import milliseconds
from productify_ui.views.timeline.face import length_text
from productify_ui.views.timeline.moments import moment_near
from productify_ui.widgets.label import Label
from productify_ui.widgets.look import Look
from productify_ui.widgets.text_field import TextField

_ABOUT = 60.0
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class TimeForm(QWidget):
    """Edits a stretch of time; `changed` tells that the user did.

    Where `bounds` are given it must lie within them. A time that is left alone keeps its seconds.
    """

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._zone: tzinfo = UTC
        self._shown = (_NEVER, _NEVER)
        self._bounds: tuple[datetime, datetime] | None = None
        self.start, self.end = self._shown
        self.error = ""
        self.from_field = TextField(look, f"{timeline_words.time}: {say.from_time}", parent=self)
        self.to_field = TextField(look, f"{timeline_words.time}: {say.to_time}", parent=self)
        self.length = Label(look, role="card-title", parent=self)
        self.trouble = Label(look, role="caption", tone="danger", parent=self)
        self.trouble.setWordWrap(True)
        self._lay_out()

    def show_time(
        self, start: datetime, end: datetime, zone: tzinfo, bounds: tuple[datetime, datetime] | None = None
    ) -> None:
        """Show a stretch (UTC); while the user writes only other times replace what the fields hold."""
        self._zone, self._bounds = zone, bounds
        if (start, end) == (self.start, self.end) and self._shown[0] != _NEVER:
            self._judge()
            return
        self._shown = self.start, self.end = start, end
        for field, moment in ((self.from_field, start), (self.to_field, end)):
            text = formats.clock(moment, zone)
            if field.text() != text:
                field.setText(text)
        self._judge()

    def reset(self) -> None:
        """Let the next `show_time` fill the fields whatever they hold."""
        self._shown = (_NEVER, _NEVER)

    def _lay_out(self) -> None:
        theme = self._look.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.2"))
        row = QHBoxLayout()
        row.setSpacing(theme.px("space.4"))
        for number, field in enumerate((self.from_field, self.to_field)):
            if number:
                row.addWidget(Label(self._look, formats.DASH.strip(), tone="text-tertiary", parent=self))
            field.setFixedWidth(theme.scaled("timeline.time-field"))
            field.setAlignment(Qt.AlignmentFlag.AlignCenter)
            field.textEdited.connect(self._edited)
            row.addWidget(field)
        row.addStretch(1)
        row.addWidget(self.length)
        column.addLayout(row)
        column.addWidget(self.trouble)
        self.trouble.hide()
        theme.changed.connect(self._resize)

    @Slot()
    def _resize(self) -> None:
        for field in (self.from_field, self.to_field):
            field.setFixedWidth(self._look.theme.scaled("timeline.time-field"))

    @Slot()
    def _edited(self) -> None:
        start, end = (
            self._moment(field.text(), shown)
            for field, shown in ((self.from_field, self._shown[0]), (self.to_field, self._shown[1]))
        )
        if start is None or end is None:
            self._complain(say.bad_time)
        else:
            self.start, self.end = start, end
            self._judge()
        self.changed.emit()

    def _moment(self, text: str, shown: datetime) -> datetime | None:
        if text.strip() == formats.clock(shown, self._zone):
            return shown
        found = moment_near(text, shown, self._zone)
        for bound in self._bounds or ():  # the minute that it begins or ends in is within it
            if found is not None and abs((found - bound).total_seconds()) < _ABOUT:
                same = formats.clock(found, self._zone) == formats.clock(bound, self._zone)
                found = bound if same else found
        return found

    def _judge(self) -> None:
        low, high = self._bounds or (self.start, self.end)
        if self.start >= self.end:
            self._complain(say.wrong_order)
        elif self.start < low or self.end > high:
            start, end = (formats.clock(moment, self._zone) for moment in (low, high))
            self._complain(say.not_within.format(start=start, end=end))
        else:
            self._complain("")

    def _complain(self, error: str) -> None:
        self.error = error
        self.trouble.setText(error)
        self.trouble.setVisible(bool(error))
        for field in (self.from_field, self.to_field):
            field.set_invalid(bool(error))
        length = milliseconds(self.end) - milliseconds(self.start)
        self.length.setText(formats.UNKNOWN if error else length_text(length))
