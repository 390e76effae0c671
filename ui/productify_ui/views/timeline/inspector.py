"""The selected activity: what it was, and its category and productivity to change."""

from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from productify.domain import AWAY_STATES, Band, Block, EditScope, Productivity, State, band_of
from productify_ui.text.timeline import timeline_words as say
from productify_ui.text.words import words
from productify_ui.views.context import ViewContext
from productify_ui.views.timeline.face import Presenter
from productify_ui.widgets.base import Painted, without_access_key
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.label import Label
from productify_ui.widgets.popup import Menu
from productify_ui.widgets.segmented import Segmented
from productify_ui.widgets.select import Select
from productify_ui.widgets.tile import Tile
from productify_ui.widgets.toggle import Toggle

_VERDICTS = {
    Band.PRODUCTIVE: Productivity.PRODUCTIVE,
    Band.NEUTRAL: Productivity.NEUTRAL,
    Band.DISTRACTING: Productivity.DISTRACTING,
}
_DECIDED = {"user": "decided_user", "rule": "decided_rule", "catalogue": "decided_catalogue"}


class Inspector(Painted):
    """Docked at the right; `saved` carries (block id, category, productivity, EditScope), `closed` asks to go away."""

    saved = Signal(str, object, object, object)
    closed = Signal()

    def __init__(self, context: ViewContext, presenter: Presenter, parent: QWidget | None = None) -> None:
        super().__init__(context.look, parent)
        self._context = context
        self._presenter = presenter
        self._block: Block | None = None
        self._category: str | None = None
        self._productivity: int | None = None
        self.setAccessibleName(say.inspector)
        self._outer = QVBoxLayout(self)
        self._column = QVBoxLayout()
        self._build_head()
        self._build_scroll()
        self._build_who()
        self._build_facts()
        self._build_verdict()
        self._column.addStretch(1)
        self._build_foot()
        self.restyle()
        context.categories.changed.connect(self._refill)
        context.faces.changed.connect(self._refill)

    @property
    def block(self) -> Block | None:
        """What is shown."""
        return self._block

    def show_block(self, block: Block) -> None:
        """Show a block; changes that were not saved are kept while it stays the same one."""
        same = self._block is not None and self._block.id == block.id and self.changed
        self._block = block
        if not same:
            self._category, self._productivity = block.category, block.productivity
            self.always.setChecked(False)
        self._refill()

    @property
    def changed(self) -> bool:
        """Whether category or productivity differ from what is recorded."""
        block = self._block
        return block is not None and (self._category, self._productivity) != (block.category, block.productivity)

    def restyle(self) -> None:
        theme = self.theme
        self.setFixedWidth(theme.scaled("size.inspector"))
        side = theme.px("space.8") + theme.px("space.1")
        self._outer.setContentsMargins(0, theme.px("space.6"), 0, theme.px("space.8"))
        self._outer.setSpacing(theme.px("space.5"))
        for row in (self._head, self._column, self._foot):
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
        self._head.addWidget(Label(look, say.inspector, "card-title", parent=self), 1)
        self.close_button = Button(
            look, icon="x", kind=Kind.GHOST, size=Size.SMALL, name=say.close_inspector, parent=self
        )
        self.close_button.clicked.connect(self.closed)
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

    def _build_who(self) -> None:
        look, theme = self.look, self.theme
        self.tile = Tile(look, "timeline.inspector-tile", self)
        self.name = Label(look, role="note-title", elide=True, parent=self)
        self.detail = Label(look, role="small", tone="text-secondary", parent=self)
        self.detail.setWordWrap(True)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.name)
        texts.addWidget(self.detail)
        row = QHBoxLayout()
        row.setSpacing(theme.px("space.6"))
        row.addWidget(self.tile, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        self._column.addLayout(row)
        self._gap()

    def _build_facts(self) -> None:
        look = self.look
        self._caption(say.time)
        row = QHBoxLayout()
        self.range = Label(look, role="body-strong", parent=self)
        self.length = Label(look, role="card-title", parent=self)
        row.addWidget(self.range, 1)
        row.addWidget(self.length)
        self._column.addLayout(row)
        self._gap()
        self.address_caption = self._caption(say.address)
        self.address = Label(look, role="mono", tone="text-secondary", elide=True, parent=self)
        self._column.addWidget(self.address)
        self.hint = Label(look, role="small", tone="text-secondary", parent=self)
        self.hint.setWordWrap(True)
        self._column.addWidget(self.hint)

    def _build_verdict(self) -> None:
        look = self.look
        self.verdict = QWidget(self)
        column = QVBoxLayout(self.verdict)
        column.setContentsMargins(0, self.theme.px("space.4"), 0, 0)
        column.setSpacing(self.theme.px("space.3"))
        column.addWidget(Label(look, say.category, "small", "text-secondary", parent=self.verdict))
        self.category = Select(look, say.category, self.verdict)
        self.category.clicked.connect(self._open_categories)
        column.addWidget(self.category)
        self.decided = Label(look, role="caption", tone="text-tertiary", parent=self.verdict)
        column.addWidget(self.decided)
        column.addSpacing(self.theme.px("timeline.inspector-gap") - self.theme.px("space.3"))
        column.addWidget(Label(look, say.productivity, "small", "text-secondary", parent=self.verdict))
        choices = ((Band.PRODUCTIVE.value, words.productive), (Band.NEUTRAL.value, words.neutral),
                   (Band.DISTRACTING.value, words.distracting))  # fmt: skip
        bands = (Band.PRODUCTIVE, Band.NEUTRAL, Band.DISTRACTING)
        self.productivity = Segmented(look, choices, say.productivity, fill=True, bands=bands, parent=self.verdict)
        self.productivity.chosen.connect(self._choose_band)
        column.addWidget(self.productivity)
        column.addSpacing(self.theme.px("timeline.inspector-gap") - self.theme.px("space.3"))
        row = QHBoxLayout()
        row.setSpacing(self.theme.px("space.5"))
        self.always = Toggle(look, "", self.verdict)
        self.always.toggled.connect(self._show_state)
        self.always_label = Label(look, role="body", tone="text-secondary", parent=self.verdict)
        self.always_label.setWordWrap(True)
        self.always_label.setBuddy(self.always)
        row.addWidget(self.always, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.always_label, 1)
        column.addLayout(row)
        self._column.addWidget(self.verdict)

    def _build_foot(self) -> None:
        self._foot = QHBoxLayout()
        self._foot.addStretch(1)
        self.save = Button(self.look, say.save, kind=Kind.PRIMARY, parent=self)
        self.save.clicked.connect(self._save)
        self._foot.addWidget(self.save)
        self._outer.addLayout(self._foot)

    def _caption(self, text: str) -> Label:
        caption = Label(self.look, text, "small", "text-secondary", parent=self)
        self._column.addWidget(caption)
        return caption

    def _gap(self) -> None:
        self._column.addSpacing(self.theme.px("timeline.inspector-gap") - self.theme.px("space.3"))

    @Slot()
    def _refill(self) -> None:
        block, show = self._block, self._presenter
        if block is None:
            return
        self.tile.show_face(show.face(block))
        self.name.setText(show.name(block))
        self.detail.setText(block.window_title or "")
        self.detail.setVisible(bool(block.window_title))
        self.range.setText(show.range(block))
        self.length.setText(show.length(block))
        for widget in (self.address_caption, self.address):
            widget.setVisible(bool(block.url))
        self.address.setText(block.url or "")
        self.hint.setVisible(block.cause is not None)
        self.hint.setText(_state_hint(block.cause))
        self.verdict.setVisible(block.cause is None)
        self.save.setVisible(block.cause is None)
        self.decided.setText(getattr(say, _DECIDED.get(block.classified_by or "", "decided_nobody")))
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        categories = self._context.categories
        name = categories.name(self._category)
        self.category.show_choice(name, categories.colour(self._category))
        self.productivity.choose(band_of(self._productivity).value)
        block = self._block
        always = say.always.format(name=_like(block), category=name) if block else ""
        self.always_label.setText(without_access_key(always))
        self.always.setAccessibleName(always)
        self.always.setEnabled(self._category is not None)
        self.save.setEnabled(self.changed or (self.always.isChecked() and self._category is not None))

    @Slot()
    def _open_categories(self) -> None:
        menu = Menu(self.look, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for category in self._context.categories.all():
            colour = self._context.categories.colour(category.key)
            action = menu.add_swatch(category.name, colour, checked=category.key == self._category)
            action.triggered.connect(partial(self._choose_category, category.key, int(category.productivity)))
        menu.open_below(self.category)

    def _choose_category(self, key: str, productivity: int, _checked: bool = False) -> None:
        self._category, self._productivity = key, productivity
        self._show_state()

    @Slot(str)
    def _choose_band(self, key: str) -> None:
        self._productivity = int(_VERDICTS[Band(key)])
        self._show_state()

    @Slot()
    def _save(self) -> None:
        if self._block is not None:
            scope = EditScope.FROM_NOW if self.always.isChecked() else EditScope.THIS_ONE
            self.saved.emit(self._block.id, self._category, self._productivity, scope)


def _like(block: Block) -> str:
    """Return what a rule for everything like a block would name: its site, else its app."""
    host = block.url.split("://", 1)[-1].split("/", 1)[0].removeprefix("www.") if block.url else ""
    return host or block.app_name


def _state_hint(cause: State | None) -> str:
    if cause is None:
        return ""
    kind = say.counts_private
    if cause in AWAY_STATES:
        kind = say.counts_away
    elif cause is State.PAUSED:
        kind = say.counts_paused
    return say.state_hint.format(kind=kind)
