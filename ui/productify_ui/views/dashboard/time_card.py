"""The card with the time chart."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from productify.domain import Band, Dashboard
from productify_ui.text import formats
from productify_ui.text.dashboard import dashboard as say
from productify_ui.views.context import ViewContext
from productify_ui.views.dashboard import bars, stats
from productify_ui.widgets.chart_card import ChartCard
from productify_ui.widgets.empty import EmptyNote
from productify_ui.widgets.hour_chart import HourChart
from productify_ui.widgets.legend import Legend


class TimeCard(ChartCard):
    """Bars by hour or by day, with their legend; on an empty period a note stands over the axis."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context.look, say.by_hour, parent)
        self._context = context
        self.legend = Legend(context.look, self)
        self.add_to_header([self.legend])
        self.chart = HourChart(context.look, self.content)
        self.note = EmptyNote(context.look, self.content)
        self.note.hide()
        column = QVBoxLayout(self.content)
        theme = context.theme
        column.setContentsMargins(theme.px("space.4"), theme.px("space.2"), theme.px("space.5"), theme.px("space.3"))
        column.addWidget(self.chart)
        self.chain((self.more, self.chart))
        self._shown: tuple[Dashboard, Sequence[int], stats.Moment, bool] | None = None
        context.faces.changed.connect(self._again)
        context.theme.changed.connect(self._again)

    def show_data(self, data: Dashboard, minutes: Sequence[int], at: stats.Moment, *, first_day: bool) -> None:
        """Show a period; `minutes` are the shown ones of productive, neutral and distracting time."""
        self._shown = (data, minutes, at, first_day)
        self._again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_note()

    def _again(self) -> None:
        if self._shown is None:
            return
        data, minutes, at, first_day = self._shown
        shown = bars.shown_bars(data, at)
        title = bars.chart_title(data.period.kind)
        self.set_title(title)
        self.title.setMinimumWidth(self.title.sizeHint().width())
        times = self._times(data, minutes)
        empty = not any(bars.parts_of(data.totals))
        bands: tuple[Band | None, ...] = (*Band, None)
        entries = tuple((band, bars.band_name(band), time) for band, time in zip(bands, times, strict=True))
        self.legend.show_entries(() if first_day or empty else entries)
        productive, neutral, distracting, idle = times
        spoken = say.chart_name.format(
            title=title, productive=productive, neutral=neutral, distracting=distracting, idle=idle
        )
        chart_bars = bars.chart_bars(shown, data, at, self._context.faces, ghosts=first_day)
        self.chart.show_bars(chart_bars, bars.scale_of(shown, data.period.kind), spoken)
        self.table.show_table(bars.table_of(shown, data, at))
        self._note_what(first_day=first_day, empty=empty, today=at.today in data.period)

    @staticmethod
    def _times(data: Dashboard, minutes: Sequence[int]) -> tuple[str, str, str, str]:
        parts = bars.parts_of(data.totals)
        texts = [formats.minutes_text(shown, part) for shown, part in zip(minutes, parts, strict=False)]
        return texts[0], texts[1], texts[2], formats.duration(data.totals.idle)

    def _note_what(self, *, first_day: bool, empty: bool, today: bool) -> None:
        if first_day or (empty and today):
            self.note.tell(say.empty_title, say.empty_hint)
        elif empty:
            self.note.tell(say.empty_past, say.empty_past_hint)
        self.note.setVisible(first_day or empty)
        self._place_note()

    def _place_note(self) -> None:
        self.note.move(self.content.rect().center() - self.note.rect().center())
        self.note.raise_()
