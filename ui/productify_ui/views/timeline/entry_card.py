"""An entry for time that no tracker saw: written in one line, or field by field."""

from datetime import date, datetime

from PySide6.QtCore import QPoint, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from productify.domain import Part
from productify.errors import KnownError
from productify_ui.text import formats
from productify_ui.text.editing import editing_words as say
from productify_ui.text.timeline import timeline_words
from productify_ui.views.context import ViewContext
from productify_ui.views.timeline.axis import milliseconds
from productify_ui.views.timeline.gap_form import NameForm
from productify_ui.views.timeline.plate import FormPlate
from productify_ui.views.timeline.time_form import TimeForm
from productify_ui.widgets.button import Button, Kind
from productify_ui.widgets.label import Label
from productify_ui.widgets.text_field import TextField

_DEBOUNCE_MS = 120


class EntryCard(FormPlate):
    """`added` carries the Part that the user entered; the line fills the fields, and they have the last word."""

    added = Signal(object)

    def __init__(self, context: ViewContext, parent: QWidget) -> None:
        super().__init__(context.look, "timeline.entry-width", parent)
        self._context = context
        self._day = date.min
        look = context.look
        self.setAccessibleName(say.entry_title)
        self.line = TextField(look, say.entry_line, say.entry_example, self)
        self.understood = Label(look, role="small", tone="text-secondary", parent=self)
        self.understood.setWordWrap(True)
        self.name = NameForm(context, say.entry_name, "", self)
        self.time = TimeForm(look, self)
        self.trouble = Label(look, role="small", tone="danger", parent=self)
        self.trouble.setWordWrap(True)
        self.cancel = Button(look, say.cancel, parent=self)
        self.add = Button(look, say.add_entry, kind=Kind.PRIMARY, parent=self)
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_DEBOUNCE_MS)
        self._pause.timeout.connect(self._parse)
        self._connect()

    def open_line(self, day: date, start: datetime, end: datetime) -> None:
        """Open below the header, for a local day, with a stretch of it (UTC) proposed."""
        self._open(day, start, end, None)

    def open_span(self, day: date, start: datetime, end: datetime, corner: QPoint) -> None:
        """Open at a place of the page for a stretch that was drawn (UTC)."""
        self._open(day, start, end, corner)

    def refuse(self, error: KnownError) -> None:
        """Say why it cannot be entered."""
        self._complain(str(error))

    def _open(self, day: date, start: datetime, end: datetime, corner: QPoint | None) -> None:
        self._day = day
        self.line.clear()
        self.line.setVisible(corner is None)
        self._line_caption.setVisible(corner is None)
        self.understood.setText(say.entry_help if corner is None else "")
        self.understood.setVisible(corner is None)
        self.name.clear()
        self.time.reset()
        self.time.show_time(start, end, self._context.zone)
        self._complain("")
        self.open_at(corner, self.line if corner is None else self.name.field)
        self._show_state()

    def _lay_out(self) -> None:
        look, theme = self.look, self.theme
        self.body.addWidget(Label(look, say.entry_title, "note-title", parent=self))
        self._line_caption = Label(look, say.entry_line, "small", "text-secondary", parent=self)
        for widget in (self._line_caption, self.line, self.understood):
            self.body.addWidget(widget)
        self.body.addSpacing(theme.px("space.3"))
        self.body.addWidget(Label(look, timeline_words.time, "small", "text-secondary", parent=self))
        self.body.addWidget(self.time)
        self.body.addSpacing(theme.px("space.3"))
        self.body.addWidget(self.name)
        self.body.addWidget(self.trouble)
        self.trouble.hide()
        row = QHBoxLayout()
        row.setContentsMargins(0, theme.px("space.4"), 0, 0)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.add)
        self.body.addLayout(row)

    def _connect(self) -> None:
        self.line.textEdited.connect(self._line_edited)
        self.time.changed.connect(self._show_state)
        self.name.changed.connect(self._show_state)
        self.cancel.clicked.connect(self.close_plate)
        self.add.clicked.connect(self._add)
        for field in (self.line, self.name.field, self.time.from_field, self.time.to_field):
            field.returnPressed.connect(self._add)

    @Slot()
    def _line_edited(self) -> None:
        self.add.setEnabled(False)
        self._pause.start()

    @Slot()
    def _parse(self) -> None:
        if self.isVisible() and self.line.text().strip():
            self._context.bridge.start(self._ask(self.line.text(), self._day))
        else:
            self._say(say.entry_help)

    async def _ask(self, text: str, day: date) -> None:
        try:
            part = await self._context.bridge.call(lambda service: service.editing.parse(text, day))
        except KnownError as error:
            if text == self.line.text():
                self._say(error.hint or error.title)
            return
        if text == self.line.text():
            self.time.reset()
            self.time.show_time(part.start, part.end, self._context.zone)
            self.name.fill(part.name, part.verdict)
            self._say(self._sentence(part))
            self._show_state()

    def _sentence(self, part: Part) -> str:
        category = self._context.categories.name(part.verdict.category) if part.verdict is not None else ""
        return (say.understood_category if category else say.understood).format(
            range=formats.clock_range(part.start, part.end, self._context.zone),
            length=formats.duration(milliseconds(part.end) - milliseconds(part.start)),
            name=part.name,
            category=category,
        )

    def _say(self, text: str) -> None:
        self.understood.setText(text)
        self.fit()

    @Slot()
    def _show_state(self) -> None:
        self.add.setEnabled(bool(self.name.name) and not self.time.error)
        self._complain("")

    def _complain(self, error: str) -> None:
        self.trouble.setText(error)
        self.trouble.setVisible(bool(error))
        self.fit()

    @Slot()
    def _add(self) -> None:
        if self.add.isEnabled():
            self.added.emit(Part(self.time.start, self.time.end, self.name.name, self.name.verdict))
