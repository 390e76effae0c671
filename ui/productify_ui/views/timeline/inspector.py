"""What is selected: what it was, and everything about it that can be corrected."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from productify.domain import Block, EditScope, Part, State
from productify_ui.delegates.block_row import can_be_named
from productify_ui.text.editing import editing_words as say
from productify_ui.text.timeline import timeline_words
from productify_ui.views.context import ViewContext
from productify_ui.views.timeline.draft import Draft, Mixed
from productify_ui.views.timeline.face import Presenter
from productify_ui.views.timeline.foot import Foot
from productify_ui.views.timeline.gap_form import NameForm
from productify_ui.views.timeline.screens import ShotPainter
from productify_ui.views.timeline.shot_preview import ShotPreview
from productify_ui.views.timeline.split_slider import SplitSlider
from productify_ui.views.timeline.time_form import TimeForm
from productify_ui.views.timeline.verdict_form import VerdictForm
from productify_ui.views.timeline.who import Who
from productify_ui.widgets.base import Painted
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.card import Rule
from productify_ui.widgets.label import Label
from productify_ui.widgets.text_field import TextField

_SHORTEST_SPLIT = 2000


class Inspector(Painted):
    """Docked at the right; nothing is saved before its button is pressed.

    `saved` carries a Draft, `left` one whose changes were not saved when something else was selected. `labelled`
    carries the Parts that say what selected gaps were, `split_wanted` (block id, moment), `deleted` and `merged` ids;
    `closed` asks to go away, `renewed` tells that something else is shown.
    """

    saved = Signal(object)
    left = Signal(object)
    labelled = Signal(object)
    split_wanted = Signal(str, object)
    deleted = Signal(object)
    merged = Signal(object)
    closed = Signal()
    renewed = Signal()

    def __init__(
        self, context: ViewContext, presenter: Presenter, shots: ShotPainter, parent: QWidget | None = None
    ) -> None:
        super().__init__(context.look, parent)
        self._context = context
        self._shots = shots
        self._presenter = presenter
        self._draft: Draft | None = None
        self._saved: Draft | None = None
        self.setAccessibleName(timeline_words.inspector)
        self._outer = QVBoxLayout(self)
        self._column = QVBoxLayout()
        self._build_head()
        self._build_scroll()
        self._build_sheet()
        self._outer.addWidget(self.foot)
        self._connect()
        self.restyle()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What is shown."""
        return self._draft.blocks if self._draft is not None else ()

    @property
    def draft(self) -> Draft | None:
        """What is shown, as the user wants it to be."""
        return self._draft

    @property
    def changed(self) -> bool:
        """Whether there is anything that was not saved."""
        if self._draft is None or self._saved is not None:
            return False
        return self._draft.changed or (self.is_gap and bool(self.name.name))

    @property
    def is_gap(self) -> bool:
        """Whether all that is shown is time that the user may say something of."""
        return bool(self.blocks) and all(can_be_named(block) for block in self.blocks)

    @property
    def has_apps(self) -> bool:
        """Whether anything that is shown was an app, with a verdict to change."""
        return any(block.cause is None for block in self.blocks)

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        """Show these, in order; changes that were not saved are kept while they stay the same ones."""
        ids = tuple(block.id for block in blocks)
        if self._draft is None or self._draft.ids != ids:
            self._leave()
            self._draft, self._saved = Draft.of(blocks), None
            self.time.reset()
            self.name.clear()
        elif self._draft.blocks != tuple(blocks):
            self._draft, self._saved = self._draft.rebased(blocks), None
        self._refill()
        self.renewed.emit()

    def forget(self) -> None:
        """Show nothing; `left` tells of changes that were not saved."""
        self._leave()
        self._draft = self._saved = None
        self.renewed.emit()

    def take_back(self, draft: Draft) -> None:
        """Show changes again that could not be saved, if what they are of is still shown."""
        if self._saved == draft:
            self._draft, self._saved = draft, None
            self._refill()

    def show_recents(self, recents: Sequence[Part]) -> None:
        """Offer names for gaps that were used before."""
        self.name.show_recents(recents, keys=True)

    def edit(self) -> None:
        """Put the keyboard where the first thing can be changed."""
        first = self.name.field if self.is_gap else self.verdict.category if self.has_apps else self.close_button
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def cut(self, at: datetime | None = None) -> None:
        """Put the keyboard on the knife."""
        if at is not None:
            self.split.put(at.timestamp() * 1000)
        self.split.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def rule(self) -> None:
        """Let everything like it be filed so from now on, once it is saved."""
        if self._draft is not None and self.has_apps and isinstance(self._draft.category, str):
            self._choose_scope(EditScope.FROM_NOW)
            self.verdict.scope.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def use_recent(self, number: int) -> None:
        """Label the gap by the name of that number, counted from 1."""
        if self.is_gap and number <= len(self.name.recents):
            part = self.name.recents[number - 1]
            self.name.fill(part.name, part.verdict)
            self._save()

    def restyle(self) -> None:
        theme = self.theme
        self.setFixedWidth(theme.scaled("size.inspector"))
        side = theme.px("space.8") + theme.px("space.1")
        self._outer.setContentsMargins(0, theme.px("space.6"), 0, theme.px("space.8"))
        self._outer.setSpacing(theme.px("space.5"))
        for row in (self._head, self._column, self.foot.row):
            row.setContentsMargins(side, 0, side, 0)
        self._column.setSpacing(theme.px("space.3"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("surface"))
        painter.fillRect(QRectF(0, 0, 1, self.height()), self.theme.colour("hairline"))
        painter.fillRect(QRectF(0, 0, self.width(), 1), self.theme.colour("hairline"))
        painter.end()

    def _build_head(self) -> None:
        look = self.look
        self._head = QHBoxLayout()
        self.title = Label(look, timeline_words.inspector, "card-title", parent=self)
        self._head.addWidget(self.title, 1)
        self.close_button = Button(
            look, icon="x", kind=Kind.GHOST, size=Size.SMALL, name=timeline_words.close_inspector, parent=self
        )
        self._head.addWidget(self.close_button)
        self._outer.addLayout(self._head)

    def _build_scroll(self) -> None:
        """Let what does not fit a low window be scrolled to, between the title and the actions."""
        sheet = QWidget(self)
        sheet.setLayout(self._column)
        scroll = QScrollArea(self)
        scroll.setWidget(sheet)
        sheet.setAutoFillBackground(False)  # a scroll area fills what it is given
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        self.look.dress(scroll.verticalScrollBar())
        self._outer.addWidget(scroll, 1)

    def _build_sheet(self) -> None:
        look = self.look
        self.who = Who(look, self._presenter, self)
        self._column.addWidget(self.who)
        self.preview = ShotPreview(look, self._shots, self)
        self._column.addWidget(self.preview)
        self._gap()
        self.time_caption = self._caption(timeline_words.time)
        self.time = TimeForm(look, self)
        self.presence = Label(look, role="small", tone="text-secondary", parent=self)
        self.presence.setWordWrap(True)
        for widget in (self.time, self.presence):
            self._column.addWidget(widget)
        self._gap()
        self.name = NameForm(self._context, say.what_was_this, say.label_example, self)
        self.verdict = VerdictForm(self._context, self)
        for form in (self.name, self.verdict):
            self._column.addWidget(form)
        self._gap()
        self.note_caption = self._caption(say.note)
        self.note = TextField(look, say.note, say.add_note, self)
        self._column.addWidget(self.note)
        self._gap()
        self._split_rule = Rule(look, self)
        self._column.addWidget(self._split_rule)
        self.split_caption = self._caption(say.split)
        self.split = SplitSlider(look, self)
        self._column.addWidget(self.split)
        self._column.addStretch(1)
        self.foot = Foot(look, self)

    def _caption(self, text: str) -> Label:
        caption = Label(self.look, text, "small", "text-secondary", parent=self)
        self._column.addWidget(caption)
        return caption

    def _gap(self) -> None:
        self._column.addSpacing(self.theme.px("timeline.inspector-gap") - self.theme.px("space.3"))

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.closed)
        self.time.changed.connect(self._time_changed)
        self.verdict.category_chosen.connect(self._choose_category)
        self.verdict.band_chosen.connect(self._choose_band)
        self.verdict.scope_chosen.connect(self._choose_scope)
        self.name.changed.connect(self._show_state)
        self.name.field.returnPressed.connect(self._save)
        self.note.textEdited.connect(self._write_note)
        self.note.returnPressed.connect(self._save)
        self.split.split_wanted.connect(self._split)
        self.foot.save.clicked.connect(self._save)
        self.foot.split.clicked.connect(self._split)
        self.foot.merge.clicked.connect(self._merge)
        self.foot.leave.clicked.connect(self.closed)
        self.foot.delete.clicked.connect(self._delete)
        self._context.categories.changed.connect(self._refill)
        self._context.faces.changed.connect(self._refill)

    @Slot()
    def _refill(self) -> None:
        draft = self._draft
        if draft is None:
            return
        gap, single = self.is_gap, len(draft.blocks) == 1
        block = draft.blocks[0]
        self.title.setText(say.gap if gap else timeline_words.inspector)
        self.who.show_blocks(draft.blocks)
        _show((self.time_caption, self.time), shown=single)
        if single:
            self.time.show_time(draft.start, draft.end, self._presenter.zone, (block.start, block.end))
        told = self._presenter.presence(block) if single else ""
        self.presence.setText(told)
        self.presence.setVisible(bool(told))
        self.name.setVisible(gap)
        _show((self.verdict, self.note_caption, self.note), shown=self.has_apps)
        self._show_note(draft)
        splits = single and block.cause is not State.OFF and draft.length >= _SHORTEST_SPLIT
        _show((self._split_rule, self.split_caption, self.split), shown=splits)
        if splits:
            colour = self._presenter.colour(block) or self.theme.colour("neutral").name()
            self.split.show_time(block.start, block.end, self._presenter.zone, colour)
        self.foot.arrange(gap=gap, apps=self.has_apps, single=single, splits=splits)
        self._show_state()

    def _show_note(self, draft: Draft) -> None:
        mixed = isinstance(draft.note, Mixed)
        self.note.setPlaceholderText(say.mixed if mixed else say.add_note)
        text = "" if isinstance(draft.note, Mixed) else draft.note
        if self.note.text() != text:
            self.note.setText(text)

    @Slot()
    def _show_state(self) -> None:
        draft = self._draft
        if draft is None:
            return
        if self.has_apps:
            self.verdict.show_draft(draft, foresee=self._saved is None)
        ready = bool(self.name.name) if self.is_gap else draft.changed and self._saved is None
        self.foot.save.setEnabled(ready and not (self.time.error and len(draft.blocks) == 1))

    @Slot(object, int)
    def _choose_category(self, key: str, productivity: int) -> None:
        self._change(category=key, productivity=productivity)

    @Slot(int)
    def _choose_band(self, productivity: int) -> None:
        self._change(productivity=productivity)

    @Slot(object)
    def _choose_scope(self, scope: EditScope) -> None:
        self._change(scope=scope)

    @Slot(str)
    def _write_note(self, note: str) -> None:
        self._change(note=note)

    @Slot()
    def _time_changed(self) -> None:
        self._change(start=self.time.start, end=self.time.end)

    def _change(self, **values: object) -> None:
        if self._draft is not None:
            self._draft = replace(self._draft, **values)  # type: ignore[arg-type]
            self._saved = None
            self._show_state()

    @Slot()
    def _save(self) -> None:
        draft = self._draft
        if draft is None or not self.foot.save.isEnabled():
            return
        if self.is_gap:
            self.labelled.emit(self._parts(draft))
            self.name.clear()
        else:
            self._saved = draft
            self._draft = replace(draft, scope=EditScope.THIS_ONE)  # it stays in view until it comes back as stored
            self.saved.emit(draft)
            self._show_state()

    def _parts(self, draft: Draft) -> tuple[Part, ...]:
        spans = [(block.start, block.end) for block in draft.blocks]
        if len(spans) == 1:
            spans = [(draft.start, draft.end)]
        return tuple(Part(start, end, self.name.name, self.name.verdict) for start, end in spans)

    @Slot()
    def _split(self) -> None:
        if len(self.blocks) == 1:
            self.split_wanted.emit(self.blocks[0].id, self.split.cut)

    @Slot()
    def _merge(self) -> None:
        self.merged.emit(tuple(block.id for block in self.blocks))

    @Slot()
    def _delete(self) -> None:
        self.deleted.emit(_stored(self.blocks))

    def _leave(self) -> None:
        saved = self._saved is not None
        if self._draft is not None and not saved and not self.is_gap and self._draft.changed and not self.time.error:
            self.left.emit(self._draft)


def _stored(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return the ids of those that are rows of the record, and no gap in it."""
    return tuple(block.id for block in blocks if block.cause is not State.OFF)


def _show(widgets: Sequence[QWidget], *, shown: bool) -> None:
    for widget in widgets:
        widget.setVisible(shown)
