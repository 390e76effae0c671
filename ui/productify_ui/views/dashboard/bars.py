"""The bars of the time chart, their popups and their table."""

from collections.abc import Sequence
from datetime import datetime

from productify.domain import Band, Bar, Dashboard, PeriodKind, Totals
from productify_ui.text import formats
from productify_ui.text.dashboard import dashboard as say
from productify_ui.text.words import words
from productify_ui.views.dashboard.stats import Moment
from productify_ui.views.live import Faces
from productify_ui.widgets.chart_card import Table
from productify_ui.widgets.chart_popup import PopupContent
from productify_ui.widgets.hour_chart import ChartBar, Scale

_HOUR = 3_600_000
_QUARTER = _HOUR // 4
_TOP_APPS = 3
_EARLIEST, _LATEST = 7, 19
_GHOSTS = (47, 54, 51, 18, 42, 49, 44, 39, 18)
_BANDS: tuple[Band | None, ...] = (*Band, None)


def band_name(band: Band | None) -> str:
    """Return what a verdict is called; None is idle time."""
    match band:
        case Band.PRODUCTIVE:
            return words.productive
        case Band.DISTRACTING:
            return words.distracting
        case Band.NEUTRAL:
            return words.neutral
        case None:
            return words.idle


def parts_of(totals: Totals) -> tuple[int, int, int, int]:
    """Return productive, neutral, distracting and idle time."""
    return totals.productive, totals.neutral, totals.distracting, totals.idle


def shown_bars(data: Dashboard, at: Moment) -> tuple[Bar, ...]:
    """Return the bars worth showing: of a day the hours that hold something, and no fewer than 07 to 19."""
    if data.period.kind is not PeriodKind.DAY:
        return data.bars
    used = [index for index, bar in enumerate(data.bars) if bar.totals.active or _is_now(bar, at)]
    hours = [bar.start.astimezone(at.zone).hour for bar in data.bars]
    usual = [index for index, hour in enumerate(hours) if _EARLIEST <= hour <= _LATEST]
    kept = [*used, *usual]
    return data.bars[min(kept) : max(kept) + 1] if kept else data.bars


def used_bars(data: Dashboard, at: Moment) -> tuple[Bar, ...]:
    """Return the bars from the first that holds something to the last, or to now."""
    used = [index for index, bar in enumerate(data.bars) if bar.totals.active or _is_now(bar, at)]
    return data.bars[used[0] : used[-1] + 1] if used else ()


def scale_of(bars: Sequence[Bar], kind: PeriodKind) -> Scale:
    """Return the axis: an hour in quarters, or as many hours as the fullest day needs."""
    if kind is PeriodKind.DAY:
        ticks = tuple((count * _QUARTER, f"{count * 15}m") for count in (0, 2, 4))
        return Scale(_HOUR, ticks, (_QUARTER, 3 * _QUARTER))
    fullest = max((sum(parts_of(bar.totals)) for bar in bars), default=0)
    step = next((hours for hours in (1, 2, 3, 4, 6) if fullest <= 4 * hours * _HOUR), 6)
    return Scale(4 * step * _HOUR, tuple((count * step * _HOUR, f"{count * step}h") for count in range(5)))


def chart_bars(bars: Sequence[Bar], data: Dashboard, at: Moment, faces: Faces, *, ghosts: bool) -> list[ChartBar]:
    """Return what the chart paints."""
    return [_chart_bar(bar, data, at, faces, _ghost(bar, at) if ghosts else 0) for bar in bars]


def table_of(bars: Sequence[Bar], data: Dashboard, at: Moment) -> Table:
    """Return the chart's data as a table."""
    by_hour = data.period.kind is PeriodKind.DAY
    names = [band_name(band) for band in _BANDS]
    rows = []
    for bar in bars:
        parts = parts_of(bar.totals)
        label = formats.clock_range(bar.start, bar.end, at.zone) if by_hour else formats.day(bar.day)
        rows.append((label, *_texts(parts), formats.duration(sum(parts))))
    return Table((say.hour_column if by_hour else say.day_column, *names, words.total), tuple(rows))


def chart_title(kind: PeriodKind) -> str:
    """Return what the chart of such a period is called."""
    return {PeriodKind.DAY: say.by_hour, PeriodKind.WEEK: say.by_day_of_week}.get(kind, say.by_day_of_month)


def _chart_bar(bar: Bar, data: Dashboard, at: Moment, faces: Faces, ghost: int) -> ChartBar:
    by_hour = data.period.kind is PeriodKind.DAY
    current = _is_now(bar, at)
    parts = parts_of(bar.totals)
    heading = _heading(bar, at, by_hour=by_hour, current=current)
    return ChartBar(
        label=_label(bar, data.period.kind, at),
        parts=parts,
        spoken=_spoken(heading, parts),
        content=_content(bar, heading, parts, faces) if any(parts) else None,
        rest=_rest(bar, parts) if current and by_hour else 0,
        current=current,
        ghost=ghost,
    )


def _heading(bar: Bar, at: Moment, *, by_hour: bool, current: bool) -> str:
    if not by_hour:
        return formats.day(bar.day)
    if current:
        return say.to_now.format(start=formats.clock(bar.start, at.zone))
    return formats.clock_range(bar.start, bar.end, at.zone)


def _label(bar: Bar, kind: PeriodKind, at: Moment) -> str:
    match kind:
        case PeriodKind.DAY:
            return formats.hour(bar.start, at.zone)
        case PeriodKind.WEEK:
            return formats.day(bar.day).rsplit(" ", 1)[0]
        case _:
            return str(bar.day.day)


def _content(bar: Bar, heading: str, parts: tuple[int, int, int, int], faces: Faces) -> PopupContent:
    rows = tuple(
        (band, band_name(band), text) for band, part, text in zip(_BANDS, parts, _texts(parts), strict=True) if part
    )
    apps = tuple((faces.of(top.name, top.app_id), formats.duration(top.milliseconds)) for top in bar.top[:_TOP_APPS])
    return PopupContent(heading, rows, apps)


def _texts(parts: Sequence[int]) -> list[str]:
    minutes = formats.shown_minutes(parts)
    return [formats.minutes_text(shown, part) for shown, part in zip(minutes, parts, strict=True)]


def _spoken(heading: str, parts: tuple[int, int, int, int]) -> str:
    said = [
        say.bar_part.format(duration=formats.spoken_duration(part), kind=band_name(band).lower())
        for band, part in zip(_BANDS, parts, strict=True)
        if part
    ]
    if not said:
        return say.bar_empty.format(label=heading)
    return say.bar_name.format(label=heading, parts=", ".join(said))


def _rest(bar: Bar, parts: tuple[int, int, int, int]) -> int:
    return max(0, round((bar.end - bar.start).total_seconds() * 1000) - sum(parts))


def _is_now(bar: Bar, at: Moment) -> bool:
    return _holds(bar, at.now)


def _holds(bar: Bar, moment: datetime) -> bool:
    return bar.start <= moment < bar.end


def _ghost(bar: Bar, at: Moment) -> int:
    """The outline of a believable day to come, for the hours after this one."""
    ahead = round((bar.start - at.now).total_seconds() / 3600 + 0.5)
    return _GHOSTS[ahead - 1] * 60_000 if 1 <= ahead <= len(_GHOSTS) else 0
