"""Category and productivity of what is selected, how far that reaches, and what it would move."""

from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from productify.domain import Band, Block, EditScope, Preview, Productivity, band_of
from productify.errors import KnownError
from productify_ui.text import formats
from productify_ui.text.editing import editing_words as say
from productify_ui.text.timeline import timeline_words
from productify_ui.text.words import words
from productify_ui.views.context import ViewContext
from productify_ui.views.timeline.category_menu import category_menu
from productify_ui.views.timeline.draft import Draft, Mixed
from productify_ui.widgets.label import Label
from productify_ui.widgets.segmented import Segmented
from productify_ui.widgets.select import Select

_DEBOUNCE_MS = 250
_VERDICTS = {
    Band.PRODUCTIVE: Productivity.PRODUCTIVE,
    Band.NEUTRAL: Productivity.NEUTRAL,
    Band.DISTRACTING: Productivity.DISTRACTING,
}
_DECIDED = {"user": "decided_user", "rule": "decided_rule", "catalogue": "decided_catalogue"}
_NAMED = 2


class VerdictForm(QWidget):
    """Shows a draft; `category_chosen` carries (key, productivity), `band_chosen` a productivity, `scope_chosen` one.

    Once the draft changes the verdict it asks the service what that would move, when the user has paused.
    """

    category_chosen = Signal(object, int)
    band_chosen = Signal(int)
    scope_chosen = Signal(object)

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        look = context.look
        self._draft: Draft | None = None
        self._asked: Draft | None = None
        self.category = Select(look, timeline_words.category, self)
        self.decided = Label(look, role="caption", tone="text-tertiary", parent=self)
        choices = tuple((band.value, str(getattr(words, band.value))) for band in _VERDICTS)
        self.productivity = Segmented(
            look, choices, timeline_words.productivity, fill=True, bands=tuple(_VERDICTS), parent=self
        )
        self.scope_caption = Label(look, role="small", tone="text-secondary", parent=self)
        self.scope_caption.setWordWrap(True)
        scopes = ((EditScope.THIS_ONE, say.this_one), (EditScope.FROM_NOW, say.from_now),
                  (EditScope.PAST_TOO, say.past_too))  # fmt: skip
        self.scope = Segmented(
            look, tuple((str(key), text) for key, text in scopes), say.scope_name, fill=True, small=True, parent=self
        )
        self.foresight = Label(look, role="small", tone="text-secondary", parent=self)
        self.foresight.setWordWrap(True)
        self._lay_out()
        self.category.clicked.connect(self.open_categories)
        self.productivity.chosen.connect(self._choose_band)
        self.scope.chosen.connect(self._choose_scope)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_DEBOUNCE_MS)
        self._pause.timeout.connect(self._ask)

    def show_draft(self, draft: Draft, *, foresee: bool = True) -> None:
        """Show what is chosen, and with `foresee` soon what it would move."""
        self._draft = draft
        categories = self._context.categories
        if isinstance(draft.category, Mixed):
            self.category.show_choice(say.mixed)
        else:
            self.category.show_choice(categories.name(draft.category), categories.colour(draft.category))
        if isinstance(draft.productivity, Mixed):
            self.productivity.choose_none(say.mixed)
        else:
            self.productivity.choose(band_of(draft.productivity).value)
        self.decided.setText(_decided(draft))
        self.decided.setVisible(len(draft.blocks) == 1)
        self._show_scope(draft)
        if foresee:
            self._foresee(draft)

    def _show_scope(self, draft: Draft) -> None:
        """Show how far it reaches; only a category can be for more than what is selected."""
        has_category = isinstance(draft.category, str)
        for widget in (self.scope_caption, self.scope):
            widget.setVisible(has_category)
        if isinstance(draft.category, str):
            name = self._context.categories.name(draft.category)
            self.scope_caption.setText(say.scope.format(name=_like(draft.blocks), category=name))
            self.scope.rename(str(EditScope.THIS_ONE), say.this_one if len(draft.blocks) == 1 else say.these)
            self.scope.choose(str(draft.scope))

    def hideEvent(self, event: object) -> None:
        self._pause.stop()
        super().hideEvent(event)  # type: ignore[arg-type]

    @Slot()
    def open_categories(self) -> None:
        """Let the user choose another category."""
        chosen = self._draft.category if self._draft is not None else None
        menu = category_menu(self._context, self, chosen if isinstance(chosen, str) else None)
        for key, action in menu.by_key.items():
            action.triggered.connect(partial(self._choose_category, key))
        menu.open_below(self.category)

    def _foresee(self, draft: Draft) -> None:
        if not draft.verdict_changed or draft.verdict is None:
            self._asked = None
            self._pause.stop()
            self.foresight.setText("")
            self.foresight.hide()
        elif draft != self._asked:
            self._asked = None
            self._pause.start()

    @Slot()
    def _ask(self) -> None:
        draft = self._draft
        if draft is not None and draft.verdict is not None and self.isVisible():
            self._asked = draft
            self._context.bridge.start(self._tell(draft))

    async def _tell(self, draft: Draft) -> None:
        verdict = draft.verdict
        assert verdict is not None
        try:
            found = await self._context.bridge.call(
                lambda service: service.editing.preview(draft.ids, verdict, draft.scope)
            )
        except KnownError as error:
            text = str(error)
        else:
            text = self._sentence(found, draft.scope)
        if draft == self._asked:
            self.foresight.setText(text)
            self.foresight.show()

    def _sentence(self, found: Preview, scope: EditScope) -> str:
        parts = [say.moves_nothing]
        if found.milliseconds:
            length = formats.duration(found.milliseconds)
            sentence = say.moves if found.days < 2 else say.moves_days
            names = [self._context.categories.name(key) for key, _length in found.moved_from[:_NAMED]]
            parts = [sentence.format(length=length, days=found.days), say.moves_from.format(names=", ".join(names))]
        if scope is not EditScope.THIS_ONE:
            parts.append(say.from_now_too)
        return " ".join(parts)

    def _lay_out(self) -> None:
        look, theme = self._context.look, self._context.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.3"))
        gap = theme.px("timeline.inspector-gap") - theme.px("space.3")
        column.addWidget(Label(look, timeline_words.category, "small", "text-secondary", parent=self))
        column.addWidget(self.category)
        column.addWidget(self.decided)
        column.addSpacing(gap)
        column.addWidget(Label(look, timeline_words.productivity, "small", "text-secondary", parent=self))
        column.addWidget(self.productivity)
        column.addSpacing(gap)
        for widget in (self.scope_caption, self.scope, self.foresight):
            column.addWidget(widget)
        self.foresight.hide()

    def _choose_category(self, key: str, _checked: bool = False) -> None:
        self.category_chosen.emit(key, self._context.categories.productivity(key))

    @Slot(str)
    def _choose_band(self, key: str) -> None:
        self.band_chosen.emit(int(_VERDICTS[Band(key)]))

    @Slot(str)
    def _choose_scope(self, key: str) -> None:
        self.scope_chosen.emit(EditScope(key))


def _decided(draft: Draft) -> str:
    by = draft.blocks[0].classified_by or ""
    return str(getattr(timeline_words, _DECIDED.get(by, "decided_nobody")))


def _like(blocks: tuple[Block, ...]) -> str:
    """Return what a rule for everything like some blocks would name: a site, else an app."""
    names = {_host(block) or block.app_name for block in blocks}
    return names.pop() if len(names) == 1 else say.what_was_selected


def _host(block: Block) -> str:
    return block.url.split("://", 1)[-1].split("/", 1)[0].removeprefix("www.") if block.url else ""
