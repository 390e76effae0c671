"""What is in front right now, ticking; its category can be changed on the spot."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from productify.domain import Band, Block, EditScope, Productivity, band_of
from productify_ui.text import formats
from productify_ui.text.dashboard import dashboard as say
from productify_ui.views.context import ViewContext
from productify_ui.views.dashboard import live_state
from productify_ui.views.dashboard.bars import band_name
from productify_ui.widgets.card import Card, Rule
from productify_ui.widgets.chip import Chip, Dot
from productify_ui.widgets.empty import HintBox
from productify_ui.widgets.figure import Figure
from productify_ui.widgets.label import Label
from productify_ui.widgets.news import News
from productify_ui.widgets.popup import Menu
from productify_ui.widgets.strip import Strip
from productify_ui.widgets.tile import Tile

_SECOND_MS = 1000
_EARLIER = 2
_VERDICTS = (Productivity.PRODUCTIVE, Productivity.NEUTRAL, Productivity.DISTRACTING)


class LiveCard(Card):
    """Follows the recorder's state; each second only the figure repaints."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context.look, say.right_now, parent)
        self._context = context
        self._state = live_state.live_state(None, context.faces, context.zone, enabled=True)
        self._blocks: tuple[Block, ...] = ()
        self._fill_header()
        self._build_front()
        self._build_past()
        self._tick = QTimer(self)
        self._tick.setInterval(_SECOND_MS)
        self._tick.timeout.connect(self.tick)
        context.status.changed.connect(self.show_status)
        context.preferences.changed.connect(self.show_status)
        context.faces.changed.connect(self.show_status)
        context.categories.changed.connect(self.show_status)
        context.theme.changed.connect(self.show_status)
        self.show_status()

    def show_blocks(self, blocks: Sequence[Block], *, first_day: bool) -> None:
        """Show the past hour, and on the first day a word of advice in its place."""
        now = self._context.now()
        self._blocks = tuple(block for block in blocks if block.start < now)
        self.past.setVisible(not first_day)
        self.advice.setVisible(first_day)
        self._show_past()

    @Slot()
    def show_status(self) -> None:
        """Show the recorder's state as it is known now."""
        zone = self._context.zone
        context = self._context
        enabled = context.tracking_enabled
        self._state = state = live_state.live_state(context.status.now, context.faces, zone, enabled=enabled)
        self.tile.show_face(state.face)
        self.name.setText(state.title)
        self.detail.setText(state.hint)
        self.detail.setVisible(bool(state.hint))
        self.dot.show_tone(state.tone, f"{state.tone}-soft")
        self.since.setText(say.since.format(clock=formats.clock(state.since, zone)) if state.since else "")
        self._show_chips()
        self._show_past()
        self.tick()

    @Slot()
    def tick(self) -> None:
        """Show how long it has been."""
        state = self._state
        if state.since is None:
            self.figure.show_parts(())
            return
        seconds = int((self._context.now() - state.since).total_seconds())
        tone = "text-tertiary" if state.quiet else "text-primary"
        self.figure.show_parts(((formats.ticking(seconds), ""),), tone, formats.spoken_duration(seconds * 1000))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.tick()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._tick.stop()
        super().hideEvent(event)

    def _fill_header(self) -> None:
        self.dot = Dot(self.look, self)
        self.since = Label(self.look, role="small", tone="text-tertiary", parent=self)
        self.header.insertWidget(0, self.dot, 0, Qt.AlignmentFlag.AlignVCenter)
        self.header.addWidget(self.since, 0, Qt.AlignmentFlag.AlignVCenter)

    def _build_front(self) -> None:
        theme, look = self.theme, self.look
        side = theme.px("card.side")
        self.tile = Tile(look, "size.app-tile-l", self)
        self.name = Label(look, role="note-title", elide=True, parent=self)
        self.detail = Label(look, role="small", tone="text-secondary", elide=True, parent=self)
        self.figure = Figure(look, "stat-s", self)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(self.name)
        texts.addWidget(self.detail)
        texts.addStretch(1)
        front = QHBoxLayout()
        front.setContentsMargins(side, theme.px("space.2"), side, 0)
        front.setSpacing(theme.px("live.gap"))
        front.addWidget(self.tile)
        front.addLayout(texts, 1)
        front.addWidget(self.figure)
        self.body.addLayout(front)
        self.category = Chip(look, opens_menu=True, parent=self)
        self.category.clicked.connect(self._open_categories)
        self.verdict = Chip(look, opens_menu=True, parent=self)
        self.verdict.clicked.connect(self._open_verdicts)
        chips = QHBoxLayout()
        chips.setContentsMargins(side, theme.px("live.chips-top"), side, 0)
        chips.setSpacing(theme.px("space.3"))
        chips.addWidget(self.category)
        chips.addWidget(self.verdict)
        chips.addStretch(1)
        self.body.addLayout(chips)

    def _build_past(self) -> None:
        theme, look = self.theme, self.look
        side = theme.px("card.side")
        self.past = QWidget(self)
        column = QVBoxLayout(self.past)
        column.setContentsMargins(side, theme.px("live.rule-top"), side, theme.px("space.7"))
        column.setSpacing(0)
        column.addWidget(Rule(look, self.past))
        column.addStretch(1)
        self.earlier = EarlierList(self._context, self.past)
        column.addWidget(self.earlier)
        column.addStretch(1)
        self.strip = Strip(look, self.past)
        self.productive = Label(look, role="caption", tone="text-secondary", parent=self.past)
        self.strip_start = Label(look, role="axis", tone="text-tertiary", parent=self.past)
        self.strip_end = Label(look, role="axis", tone="text-tertiary", parent=self.past)
        title = Label(look, say.last_hour, "caption", "text-tertiary", parent=self.past)
        column.addLayout(_spread(title, self.productive))
        column.addSpacing(theme.px("space.3"))
        column.addWidget(self.strip)
        column.addSpacing(theme.px("space.3"))
        column.addLayout(_spread(self.strip_start, self.strip_end))
        self.body.addWidget(self.past, 1)
        self.advice = QWidget(self)
        frame = QVBoxLayout(self.advice)
        frame.setContentsMargins(side, side, side, side)
        frame.addStretch(1)
        frame.addWidget(HintBox(look, "tag", say.category_hint, self.advice))
        self.advice.hide()
        self.body.addWidget(self.advice, 1)

    def _show_chips(self) -> None:
        status = self._context.status.now
        running = status.running if status else None
        shown = self._state.is_app and running is not None
        self.category.setVisible(shown)
        self.verdict.setVisible(shown)
        if not shown or running is None:
            return
        activity, categories = running.activity, self._context.categories
        name = categories.name(activity.category)
        self.category.show_swatch(name, categories.colour(activity.category))
        self.category.setAccessibleName(say.change_category.format(name=name))
        band = band_of(activity.productivity)
        self.verdict.show_band(band_name(band), band)
        self.verdict.setAccessibleName(say.change_productivity.format(name=band_name(band)))

    def _show_past(self) -> None:
        now, zone = self._context.now(), self._context.zone
        blocks = live_state.strip_blocks(self._blocks, now)
        productive = formats.duration(live_state.productive_ms(blocks))
        self.productive.setText(say.last_hour_productive.format(duration=productive))
        self.strip.show_blocks(blocks, say.last_hour_name.format(parts=self.productive.text()))
        self.strip_start.setText(formats.clock(now - live_state.HOUR, zone))
        self.strip_end.setText(formats.clock(now, zone))
        status = self._context.status.now
        running = status.running if status else None
        self.earlier.show_rows(live_state.earlier(self._blocks, running, self._context.faces, zone, _EARLIER))

    @Slot()
    def _open_categories(self) -> None:
        status = self._context.status.now
        if status is None or status.running is None:
            return
        current = status.running.activity.category
        menu = self._menu()
        for category in self._context.categories.all():
            colour = self._context.categories.colour(category.key)
            action = menu.add_swatch(category.name, colour, checked=category.key == current)
            action.triggered.connect(partial(self._reclassify, category.key, int(category.productivity)))
        menu.popup(self.category.mapToGlobal(self.category.rect().bottomLeft()))

    @Slot()
    def _open_verdicts(self) -> None:
        status = self._context.status.now
        if status is None or status.running is None:
            return
        activity = status.running.activity
        menu = self._menu()
        for verdict in _VERDICTS:
            band = band_of(verdict)
            colour = self.theme.colour({Band.NEUTRAL: "neutral"}.get(band, band.value)).name()
            action = menu.add_swatch(band_name(band), colour, checked=band is band_of(activity.productivity))
            action.triggered.connect(partial(self._reclassify, activity.category, int(verdict)))
        menu.popup(self.verdict.mapToGlobal(self.verdict.rect().bottomLeft()))

    def _menu(self) -> Menu:
        menu = Menu(self.look, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _reclassify(self, category: str | None, productivity: int, _checked: bool = False) -> None:
        status = self._context.status.now
        if status is not None and status.running is not None:
            activity = status.running.activity
            self._context.bridge.start(self._save(activity.id, activity.app_name, category, productivity))

    async def _save(self, activity_id: str, app: str, category: str | None, productivity: int) -> None:
        """Save a verdict; only a category can be learned, without one it is this activity's alone."""
        scope = EditScope.FROM_NOW if category else EditScope.THIS_ONE
        await self._context.bridge.call(
            lambda service: service.editing.reclassify(activity_id, category, productivity, scope)
        )
        if category:
            told = say.category_learned.format(app=app, category=self._context.categories.name(category))
        else:
            told = say.verdict_changed.format(app=app, verdict=band_name(band_of(productivity)))
        self._context.tell(News(told, tone="success", icon="circle-check"))
        await self._context.status.load()


class EarlierList(QWidget):
    """What was in front before: small rows of face, name, when and how long."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        look = context.look
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.theme.px("space.4"))
        self._grid.setVerticalSpacing(look.theme.px("space.3"))
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[Tile, Label, Label, Label]] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[live_state.Earlier]) -> None:
        """Show these rows."""
        while len(self._rows) < len(rows):
            self._add_row()
        for index, (tile, name, span, time) in enumerate(self._rows):
            shown = index < len(rows)
            for widget in (tile, name, span, time):
                widget.setVisible(shown)
            if shown:
                row = rows[index]
                tile.show_face(row.face)
                name.setText(row.face.name)
                span.setText(row.span)
                time.setText(row.time)

    def _add_row(self) -> None:
        look, row = self._context.look, len(self._rows)
        tile = Tile(look, "size.app-tile-s", self)
        name = Label(look, role="small", tone="text-secondary", elide=True, parent=self)
        span = Label(look, role="small", tone="text-tertiary", parent=self)
        time = Label(look, role="small-strong", parent=self)
        time.setMinimumWidth(look.theme.px("live.time-width"))
        time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for column, widget in enumerate((tile, name, span, time)):
            self._grid.addWidget(widget, row, column)
        self._rows.append((tile, name, span, time))


def _spread(left: QWidget, right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(left)
    row.addStretch(1)
    row.addWidget(right)
    return row
