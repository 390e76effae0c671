"""The card with the ring: a session to be begun, or the one that runs."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify.domain import FocusNow, FocusOffer, FocusPlan, Phase
from productify_ui.text.focus import focus_words as say
from productify_ui.text.focus import offer_text
from productify_ui.text.focus_time import RingTime, is_break, ring_of, ring_ready
from productify_ui.views.context import ViewContext
from productify_ui.views.focus.blocking import BlockSection
from productify_ui.views.focus.controls import RunningControls
from productify_ui.views.focus.heads import RunningHead, SetupHead
from productify_ui.views.focus.keys import tab_through
from productify_ui.views.focus.lengths import LengthChoice
from productify_ui.views.focus.reading import Snapshot
from productify_ui.views.focus.strict import StrictRow
from productify_ui.widgets.button import Button, Kind, Size
from productify_ui.widgets.card import Card, Rule
from productify_ui.widgets.focus_ring import FocusRing
from productify_ui.widgets.label import Label
from productify_ui.widgets.symbol import Symbol


class OfferLine(QWidget):
    """The hours in which the user focuses best, to be scheduled or put aside."""

    scheduled = Signal(object)
    dismissed = Signal()

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = context.look
        self._offer: FocusOffer | None = None
        self.text = Label(look, role="body", tone="text-secondary", elide=True, parent=self)
        self.schedule = Button(look, say.schedule_it, size=Size.SMALL, parent=self)
        self.schedule.clicked.connect(self._schedule)
        self.dismiss = Button(look, icon="x", kind=Kind.GHOST, size=Size.SMALL, name=say.dismiss, parent=self)
        self.dismiss.clicked.connect(self.dismissed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, context.theme.px("space.4"))
        row.setSpacing(context.theme.px("space.6"))
        row.addWidget(Symbol(look, "clock", "text-tertiary", self))
        row.addWidget(self.text, 1)
        row.addWidget(self.schedule)
        row.addWidget(self.dismiss)
        self.hide()

    @property
    def offer(self) -> FocusOffer | None:
        """What is offered."""
        return self._offer

    def show_offer(self, offer: FocusOffer | None) -> None:
        """Offer these hours, or nothing."""
        self._offer = offer
        if offer is not None:
            self.text.setText(offer_text(offer))

    @Slot()
    def _schedule(self) -> None:
        if self._offer is not None:
            self.scheduled.emit(self._offer)


class TimerCard(Card):
    """Shows the running session of the context, else what the next one will be; repaints its ring each second."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context.look, parent=parent)
        self._context = context
        self._compact = False
        self._is_offer_wanted = True
        look = context.look
        self.setup = SetupHead(look, self)
        self.running = RunningHead(look, self)
        self.ring = FocusRing(look, parent=self)
        self.start = Button(look, say.start, icon="play", kind=Kind.PRIMARY, size=Size.HERO, parent=self)
        self.start.set_keycap(say.start_keys)
        self.lengths = LengthChoice(look, self)
        self.controls = RunningControls(context, self)
        self.offer = OfferLine(context, self)
        self.blocks = BlockSection(context, self)
        self.strict = StrictRow(context, self)
        self._lay_out()
        self.setup.submitted.connect(self._start)
        self.start.clicked.connect(self._start)
        self.lengths.changed.connect(self._show_ring)
        self.offer.dismissed.connect(self._dismiss_offer)
        context.focus_actions.started.connect(self._started)
        context.focus.changed.connect(self._session_changed)
        context.focus.ticked.connect(self._show_ring)
        context.preferences.changed.connect(self._suggest)
        self._suggest()
        self._session_changed()

    @property
    def plan(self) -> FocusPlan:
        """The session as it is being written."""
        return FocusPlan(
            self.lengths.minutes, self.setup.chosen_title, self.setup.chosen_project, self.lengths.pomodoro,
            self.blocks.chosen, self.strict.wanted,
        )  # fmt: skip

    def show_data(self, snapshot: Snapshot) -> None:
        """Show what was read."""
        self.setup.show_projects(snapshot.projects)
        self.blocks.show_lists(snapshot.lists, snapshot.last_lists)
        self.offer.show_offer(snapshot.offer)
        self.controls.show_quiet(snapshot.is_quiet)
        self._show_ring()
        self._show_offer()

    def set_compact(self, compact: bool) -> None:
        """Take less room."""
        self._compact = compact
        self.ring.set_table("focus-ring-compact" if compact else "focus-ring")

    def restyle(self) -> None:
        super().restyle()
        self._head.setFixedHeight(self.theme.scaled("focus.head"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._context.focus.watch(self)
        self._show_ring()

    def hideEvent(self, event: QHideEvent) -> None:
        self._context.focus.unwatch(self)
        super().hideEvent(event)

    def _lay_out(self) -> None:
        theme, centre = self.theme, Qt.AlignmentFlag.AlignHCenter
        side = theme.px("focus.side")
        self.body.setContentsMargins(side, theme.px("focus.top"), side, theme.px("focus.foot"))
        foot = QVBoxLayout()
        self._head = _stacked(self.setup, self.running)
        self._head.setFixedHeight(theme.scaled("focus.head"))
        self.body.addWidget(self._head)
        self.body.addSpacing(theme.px("focus.ring-gap"))
        self.body.addWidget(self.ring, 0, centre)
        self.body.addSpacing(theme.px("focus.start-gap"))
        foot.setSpacing(theme.px("focus.lengths-gap"))
        foot.addWidget(self.start, 0, centre)
        foot.addWidget(self.lengths, 0, centre)
        setup_controls = QWidget(self)
        foot.setContentsMargins(0, 0, 0, 0)
        setup_controls.setLayout(foot)
        self._setup_controls = setup_controls
        self.body.addWidget(_stacked(setup_controls, self.controls))
        self.body.addStretch(1)
        self.body.addSpacing(theme.px("focus.section-gap"))
        self.body.addWidget(Rule(self.look, self))
        self.body.addSpacing(theme.px("focus.section-gap"))
        self.body.addWidget(self.offer)
        self.body.addWidget(self.blocks)
        self.body.addSpacing(theme.px("focus.strict-gap"))
        self.body.addWidget(self.strict)
        tab_through(
            self.setup.title, self.setup.project, self.start, self.lengths.segments, self.controls.pause,
            self.controls.more, self.controls.end, self.offer.schedule, self.offer.dismiss, self.blocks.names,
            self.blocks.edit, self.blocks.chips.more, self.blocks.chips.add, self.strict.emergency, self.strict.toggle,
        )  # fmt: skip

    @Slot()
    def _suggest(self) -> None:
        self.lengths.suggest(self._context.focus_actions.usual_minutes)

    @Slot()
    def _start(self) -> None:
        if self._context.focus.now is None:
            self._context.focus_actions.start(self.plan)

    @Slot(object)
    def _started(self, plan: FocusPlan) -> None:
        """Begin the next one from nothing: what was written here is under way."""
        if plan.title == self.setup.chosen_title:
            self.setup.clear()
        self.strict.forget()

    @Slot()
    def _session_changed(self) -> None:
        now = self._context.focus.now
        is_running = now is not None
        if now is not None:
            self.running.show_plan(now.plan)
            self.controls.show_session(now)
        for widget, shown in (
            (self.setup, not is_running), (self._setup_controls, not is_running),
            (self.running, is_running), (self.controls, is_running),
        ):  # fmt: skip
            widget.setVisible(shown)
        self.strict.show_session(now)
        blocks = now is not None and not is_break(now) and now.phase is not Phase.OVERTIME and now.ends_at is not None
        self.blocks.show_running(None if now is None else now.plan.lists, blocks=blocks)
        self._show_offer()
        self._show_ring()

    @Slot()
    def _show_ring(self) -> None:
        shown = self._ring(self._context.focus.now)
        self.ring.show_time(shown.share, shown.digits, shown.below, paused=shown.paused, spoken=shown.spoken)

    def _ring(self, now: FocusNow | None) -> RingTime:
        moment, zone = self._context.now(), self._context.zone
        return ring_ready(self.plan, moment, zone) if now is None else ring_of(now, moment, zone)

    def _show_offer(self) -> None:
        is_shown = self.offer.offer is not None and self._is_offer_wanted and self._context.focus.now is None
        self.offer.setVisible(is_shown)
        self.blocks.chips.set_lines(1 if is_shown else self.theme.px("focus.chips-lines"))

    @Slot()
    def _dismiss_offer(self) -> None:
        self._is_offer_wanted = False
        self._show_offer()


def _stacked(*widgets: QWidget) -> QWidget:
    """Return a holder in which one of these shows at a time."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return holder
