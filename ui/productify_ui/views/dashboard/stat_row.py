"""The five stat cards in a row."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from productify.domain import Dashboard, PeriodKind
from productify_ui.text.dashboard import dashboard as say
from productify_ui.views.dashboard import bars, stats
from productify_ui.widgets.look import Look
from productify_ui.widgets.micro import MicroBars, Ring, Segments, SplitBar
from productify_ui.widgets.stat_card import StatCard

_MOST_BARS = 12


class StatRow(QWidget):
    """Productive time, productive share, distracting time, active time, longest focus block."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ring = Ring(look)
        self._split = SplitBar(look)
        self._bars = MicroBars(look)
        self._active = Segments(look)
        self._block = Segments(look, "productive")
        self.productive = StatCard(look, say.productive_time, say.productive_time, self._ring, self)
        self.share = StatCard(look, say.productive_share, say.productive_share, self._split, self)
        self.distracting = StatCard(look, say.distracting_time, say.distracting_time, self._bars, self)
        self.active = StatCard(look, say.active_time, say.active_time, self._active, self)
        self.longest = StatCard(look, say.longest_block, say.longest_block_short, self._block, self)
        self.cards = (self.productive, self.share, self.distracting, self.active, self.longest)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for card in self.cards:
            self._row.addWidget(card, 1)

    def set_gutter(self, gutter: int) -> None:
        """Leave so much room between the cards."""
        self._row.setSpacing(gutter)

    def set_compact(self, compact: bool) -> None:
        """Let each card give up its picture."""
        for card in self.cards:
            card.set_compact(compact)

    def show_data(self, data: Dashboard, minutes: Sequence[int], at: stats.Moment, *, first_day: bool) -> None:
        """Show a period; `minutes` are the shown verdicts'. On the first day the figures are quiet."""
        shown = (
            stats.productive_time(data, minutes, at),
            stats.productive_share(data, at),
            stats.distracting_time(data, minutes, at),
            stats.active_time(data, minutes, at),
            stats.longest_block(data, at),
        )
        for card, stat in zip(self.cards, shown, strict=True):
            card.show_stat(stat.parts, stat.context, known=stat.known and not first_day, spoken=stat.spoken)
        self._show_pictures(data, at)

    def _show_pictures(self, data: Dashboard, at: stats.Moment) -> None:
        totals = data.totals
        self._ring.show_share(totals.productive / totals.active if totals.active else 0.0)
        self._split.show_parts((totals.productive, totals.neutral, totals.distracting))
        used = bars.used_bars(data, at)[-_MOST_BARS:]
        self._bars.show_values([bar.totals.distracting for bar in used])
        is_day = data.period.kind is PeriodKind.DAY
        self._active.show_stretches(stats.active_stretches(data) if is_day else stats.active_days(data))
        self._block.show_stretches(stats.block_stretch(data))
