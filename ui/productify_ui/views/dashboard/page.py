"""The dashboard page: what it asks for, and where its cards stand."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from productify.domain import Block, Dashboard, Period, PeriodKind
from productify_ui.text import formats
from productify_ui.text.palette import palette_words
from productify_ui.text.words import words
from productify_ui.views.context import Place, ViewContext
from productify_ui.views.dashboard import bars, stats
from productify_ui.views.dashboard.live_card import LiveCard
from productify_ui.views.dashboard.share_cards import AppsCard, CategoriesCard
from productify_ui.views.dashboard.stat_row import StatRow
from productify_ui.views.dashboard.time_card import TimeCard
from productify_ui.views.focus_pill import FocusPill
from productify_ui.views.page import Page
from productify_ui.widgets.period_bar import PeriodBar
from productify_ui.widgets.scroll import ScrollColumn

if TYPE_CHECKING:
    from productify.service import Service

_KINDS = (PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.MONTH)
_MINUTE_MS = 20_000
_RECENT_MINUTES = 60
_FIRST_PICTURE = 30 * 60_000


class Arrangement(Enum):
    """How the cards stand, by the room there is."""

    COMPACT = "compact"
    REGULAR = "regular"
    WIDE = "wide"


_Row = tuple[tuple[str, ...], str, str]
_ROWS: dict[Arrangement, tuple[_Row, ...]] = {
    Arrangement.COMPACT: (
        (("chart",), "chart-compact", "chart-compact"),
        (("apps", "live"), "live-compact", "live-compact"),
        (("categories",), "list-compact", "list-compact"),
    ),
    Arrangement.REGULAR: (
        (("chart", "live"), "chart", "chart-tall"),
        (("apps", "categories"), "list", "list-tall"),
        ((), "list", "list"),
    ),
    Arrangement.WIDE: (
        (("chart", "live"), "chart-tall", "chart-tall"),
        (("apps", "categories"), "list-tall", "list-tall"),
        ((), "list", "list"),
    ),
}
"""By arrangement: the cards of each row, and its least and greatest height in `dashboard` of the metrics."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that one look at the dashboard needs: the period, and what the last hour was made of."""

    today: date
    data: Dashboard
    recent: tuple[Block, ...]


async def read(service: "Service", kind: PeriodKind, day: date | None) -> Snapshot:
    """Ask for a period (the one that holds `day`, else today) and for the last hour."""
    today = await service.reports.today()
    data = await service.reports.dashboard(Period.around(kind, day or today))
    return Snapshot(today, data, await service.reports.recent(_RECENT_MINUTES))


class DashboardPage(Page):
    """Stat cards, the time chart, what is in front right now, apps and sites, categories."""

    tables = frozenset({"activities", "categories", "classification_rules", "user_settings"})

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(words.dashboard, context, parent)
        self.period = PeriodBar(self.look, _KINDS, context.now().astimezone(context.zone).date(), self)
        self.period.changed.connect(self._period_changed)
        self.header.add_left(self.period)
        self.add_search(palette_words.search)
        self.pill = FocusPill(context, self)
        self.header.add_right(self.pill)
        self.stats = StatRow(self.look, self)
        self.chart = TimeCard(context, self)
        self.live = LiveCard(context, self)
        self.apps = AppsCard(context, self)
        self.categories = CategoriesCard(context, self)
        self._arrangement: Arrangement | None = None
        self._build()
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._time_passed)
        self._add_keys()

    async def refresh(self) -> None:
        """Ask for the chosen period and show it."""
        kind, day = self.period.period.kind, None if self.period.is_current else self.period.period.first
        snapshot = await self.context.bridge.call(lambda service: read(service, kind, day))
        if (kind, day) == (self.period.period.kind, None if self.period.is_current else self.period.period.first):
            self.show_snapshot(snapshot)

    def go_to(self, place: Place) -> None:
        self.period.show_kind(place.period.kind if place.period.kind in _KINDS else PeriodKind.DAY)
        self.period.show_day(place.period.first)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what was read."""
        self.period.set_today(snapshot.today)
        data = snapshot.data
        at = stats.Moment(snapshot.today, self.context.now(), self.context.zone)
        minutes = formats.shown_minutes(bars.parts_of(data.totals)[:3])
        first_day = self._is_first_day(data, snapshot.today)
        self.stats.show_data(data, minutes, at, first_day=first_day)
        self.chart.show_data(data, minutes, at, first_day=first_day)
        self.apps.show_data(data, first_day=first_day)
        self.categories.show_data(data, minutes)
        self.live.show_blocks(snapshot.recent, first_day=first_day)

    def set_compact(self, compact: bool) -> None:
        self.period.set_compact(compact)
        self.pill.set_compact(compact)
        self._arrangement = None
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._minute.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        beside = (self.width() - self.theme.px("size.content-max")) // 2
        self.header.set_side(max(beside, self._side()))

    @staticmethod
    def _is_first_day(data: Dashboard, today: date) -> bool:
        if data.period.kind is not PeriodKind.DAY or today not in data.period:
            return False
        fresh = data.first_day_ever is None or data.first_day_ever == today
        return fresh and data.totals.active < _FIRST_PICTURE

    def _add_keys(self) -> None:
        self.shortcut("D", self._show_days)
        self.shortcut("W", self._show_weeks)
        self.shortcut("M", self._show_months)
        self.shortcut("T", self.period.go_today)
        self.shortcut("Alt+Left", self.period.go_back)
        self.shortcut("Alt+Right", self.period.go_forward)

    def _build(self) -> None:
        self._sheet = QWidget(self)
        self._centre = QHBoxLayout(self._sheet)
        self._board = QWidget(self._sheet)
        self._board.setMaximumWidth(self.theme.px("size.content-max"))
        self._centre.addWidget(self._board)
        column = QVBoxLayout(self._board)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stats)
        self._rows = [QHBoxLayout() for _ in range(max(map(len, _ROWS.values())))]
        for row in self._rows:
            column.addLayout(row, 1)
        self._cards = {"chart": self.chart, "live": self.live, "apps": self.apps, "categories": self.categories}
        column.addStretch(0)
        self._column = column
        self._scroll = ScrollColumn(self.look, self._sheet, self)
        self._sheet.setAutoFillBackground(False)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._room_changed)
        self.content.addWidget(self._scroll, 1)

    def _arrange(self) -> None:
        """Put the cards where they belong for the room there is."""
        if self.compact:
            wanted = Arrangement.COMPACT
        else:
            wide = self.window().width() >= self.theme.px("breakpoint.wide")
            wanted = Arrangement.WIDE if wide else Arrangement.REGULAR
        if wanted is not self._arrangement:
            self._arrangement = wanted
            self._space(wanted)
            self._place(wanted)
            self.stats.set_compact(wanted is Arrangement.COMPACT)

    def _space(self, wanted: Arrangement) -> None:
        compact, side = wanted is Arrangement.COMPACT, self._side()
        gutter = self.theme.px("size.gutter-compact" if compact else "size.gutter")
        bar = self._scroll.verticalScrollBar()
        taken = bar.sizeHint().width() if bar.maximum() else 0
        self._centre.setContentsMargins(side, self.theme.px("space.2"), max(0, side - taken), side)
        self._column.setSpacing(gutter)
        for row in self._rows:
            row.setSpacing(gutter)
        self.stats.set_gutter(gutter)

    def _side(self) -> int:
        return self.theme.px("size.page-padding-compact" if self.compact else "size.page-padding")

    def _place(self, wanted: Arrangement) -> None:
        for row in self._rows:
            while row.count():
                row.takeAt(0)
        live = "dashboard.live-wide" if wanted is Arrangement.WIDE else "dashboard.live"
        self.live.setFixedWidth((self.theme.px(live) + self.theme.scaled(live)) // 2)
        for row, (names, least, most) in zip(self._rows, _ROWS[wanted], strict=True):
            for name in names:
                card = self._cards[name]
                row.addWidget(card, 1)
                card.setMinimumHeight(self.theme.scaled(f"dashboard.{least}"))
                card.setMaximumHeight(self.theme.scaled(f"dashboard.{most}"))
        self._chain([name for names, _, _ in _ROWS[wanted] for name in names])

    def _chain(self, names: list[str]) -> None:
        """Let Tab go from left to right, then down."""
        for before, after in pairwise(names):
            QWidget.setTabOrder(self._cards[before], self._cards[after])

    @Slot()
    def _room_changed(self) -> None:
        """The scroll bar stands in the page's padding, so that cards keep their places when it comes."""
        if self._arrangement is not None:
            self._space(self._arrangement)

    @Slot()
    def _period_changed(self) -> None:
        self.refresh_now()

    @Slot()
    def _time_passed(self) -> None:
        if self.period.is_current:
            self.mark_dirty()

    @Slot()
    def _show_days(self) -> None:
        self.period.show_kind(PeriodKind.DAY)

    @Slot()
    def _show_weeks(self) -> None:
        self.period.show_kind(PeriodKind.WEEK)

    @Slot()
    def _show_months(self) -> None:
        self.period.show_kind(PeriodKind.MONTH)
