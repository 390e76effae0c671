"""What the stat cards say about a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from productify.domain import Dashboard, Period, PeriodKind, State
from productify_ui.text import formats
from productify_ui.text.dashboard import dashboard as say
from productify_ui.text.words import words
from productify_ui.widgets.figure import Parts
from productify_ui.widgets.stat_card import Piece

_LEAST_FOR_SHARE = 5 * 60_000
_BREAK_SECONDS = 300.0
_NOT_ACTIVE = frozenset({State.AWAY, State.LOCKED, State.ASLEEP, State.PAUSED, State.OFF})


@dataclass(frozen=True, slots=True)
class Stat:
    """A figure, its context, and how a screen reader says the figure."""

    parts: Parts
    context: tuple[Piece, ...]
    known: bool
    spoken: str


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the reader stands: the local day, the time (UTC), and the zone to show times in."""

    today: date
    now: datetime
    zone: tzinfo


def productive_time(data: Dashboard, minutes: Sequence[int], at: Moment) -> Stat:
    """Return productive time against the same clock time before; `minutes` are the shown productive ones first."""
    value, before = data.totals.productive, data.before.productive if data.before else None
    return _time(value, minutes[0], data, _comparison(value, before, data, at, more_is_good=True))


def distracting_time(data: Dashboard, minutes: Sequence[int], at: Moment) -> Stat:
    """Return distracting time against the same clock time before."""
    value, before = data.totals.distracting, data.before.distracting if data.before else None
    if not value and before is None and data.totals.active:
        context: tuple[Piece, ...] = (Piece(say.none_so_far if at.today in data.period else say.none),)
    else:
        context = _comparison(value, before, data, at, more_is_good=False)
    return _time(value, minutes[2], data, context)


def productive_share(data: Dashboard, at: Moment) -> Stat:
    """Return how much of the active time was productive, in percent."""
    totals = data.totals
    share = formats.percent(totals.productive, totals.active) if totals.active >= _LEAST_FOR_SHARE else None
    if share is None:
        text = say.after_some_activity if at.today in data.period else say.nothing_recorded
        return Stat(((formats.UNKNOWN, ""),), (Piece(text),), False, text)
    before = formats.percent(data.before.productive, data.before.active) if data.before else None
    context = _point_comparison(share, before, data, at)
    return Stat(((str(share), words.unit_percent),), context, True, f"{share}{words.unit_percent}")


def active_time(data: Dashboard, minutes: Sequence[int], at: Moment) -> Stat:
    """Return active time, with idle time and how much of the recorded time was active."""
    totals = data.totals
    share = formats.percent(totals.active, totals.active + totals.idle)
    context: tuple[Piece, ...]
    if totals.idle:
        idle = formats.duration(totals.idle)
        context = (
            Piece(idle, "text-secondary", strong=True),
            Piece(say.idle_and_share.format(idle="").strip()),
            Piece("· " + say.active_percent.format(percent=share), spare=True),
        )
    elif data.first is not None:
        context = (Piece(say.since.format(clock=formats.clock(data.first, at.zone))),)
    else:
        context = (Piece(say.nothing_recorded),)
    return _time(totals.active, sum(minutes), data, context)


def longest_block(data: Dashboard, at: Moment) -> Stat:
    """Return the longest focus block, when it was, and how it compares."""
    block = data.focus
    if block is None:
        text = say.none_so_far if at.today in data.period else say.none
        return Stat(((formats.UNKNOWN, ""),), (Piece(text),), False, text)
    span = formats.clock_range(block.start, block.end, at.zone)
    if data.period.kind is not PeriodKind.DAY:
        span = say.on_day.format(day=formats.weekday(block.start.astimezone(at.zone).date()), range=span)
    pieces = [Piece(span, "text-secondary", strong=True)]
    if data.focus_before is not None:
        text = _difference(block.milliseconds, data.focus_before.milliseconds)
        pieces.append(Piece(f"· {text}", spare=True)) if text else None
    minutes = formats.to_minutes(block.milliseconds)
    spoken = formats.spoken_duration(block.milliseconds)
    return Stat(formats.figure(minutes, block.milliseconds), tuple(pieces), True, spoken)


def active_stretches(data: Dashboard) -> tuple[tuple[float, float], ...]:
    """Return the active stretches of a day as shares of the time from the first to the last."""
    if data.first is None or data.last is None or data.last <= data.first:
        return ()
    length = data.last - data.first
    return tuple(((start - data.first) / length, (end - data.first) / length) for start, end in data.stretches)


def active_days(data: Dashboard) -> tuple[tuple[float, float], ...]:
    """Return for each day of a longer period a stretch as long as its active part of the fullest day."""
    fullest = max((bar.totals.active for bar in data.bars), default=0) or 1
    width = 1 / max(1, len(data.bars))
    return tuple(
        (index * width, (index + bar.totals.active / fullest) * width)
        for index, bar in enumerate(data.bars)
        if bar.totals.active
    )


def block_stretch(data: Dashboard) -> tuple[tuple[float, float], ...]:
    """Return where the longest focus block lay within the active part of the period."""
    if data.focus is None or data.first is None or data.last is None or data.last <= data.first:
        return ()
    length = data.last - data.first
    return ((max(0.0, (data.focus.start - data.first) / length), min(1.0, (data.focus.end - data.first) / length)),)


def before_name(period: Period, today: date) -> str:
    """Return what the period that one is compared with is called."""
    current = today in period
    match period.kind:
        case PeriodKind.DAY:
            return say.yesterday if current else say.day_before
        case PeriodKind.WEEK:
            return say.last_week if current else say.week_before
        case _:
            return say.last_month if current else say.month_before


def _time(value: int, minutes: int, data: Dashboard, context: tuple[Piece, ...]) -> Stat:
    recorded = bool(data.totals.active or data.totals.idle)
    if not recorded:
        return Stat(((formats.UNKNOWN, ""),), (Piece(say.nothing_recorded),), False, say.nothing_recorded)
    return Stat(formats.figure(minutes, value), context, True, formats.spoken_duration(value))


def _comparison(
    value: int, before: int | None, data: Dashboard, at: Moment, *, more_is_good: bool
) -> tuple[Piece, ...]:
    if before is None:
        return (_nothing_before(data, at),)
    name = before_name(data.period, at.today)
    difference = formats.to_minutes(value) - formats.to_minutes(before)
    return _delta(difference, _difference(value, before), name, more_is_good=more_is_good)


def _point_comparison(share: int, before: int | None, data: Dashboard, at: Moment) -> tuple[Piece, ...]:
    if before is None:
        return (_nothing_before(data, at),)
    points = abs(share - before)
    text = say.one_point if points == 1 else say.points.format(count=points)
    return _delta(share - before, text, before_name(data.period, at.today), more_is_good=True)


def _delta(difference: int, text: str, name: str, *, more_is_good: bool) -> tuple[Piece, ...]:
    if difference == 0:
        return (Piece(say.same_as.format(period=name)),)
    good = (difference > 0) == more_is_good
    arrow = "arrow-up" if difference > 0 else "arrow-down"
    return (
        Piece(text, "success" if good else "distracting-text", strong=True, arrow=arrow),
        Piece(say.versus.format(period=name), spare=True),
    )


def _difference(value: int, before: int) -> str:
    minutes = formats.to_minutes(value) - formats.to_minutes(before)
    amount = formats.minutes_text(abs(minutes))
    if not minutes:
        return ""
    return (say.more if minutes > 0 else say.less).format(amount=amount)


def _nothing_before(data: Dashboard, at: Moment) -> Piece:
    first = data.first_day_ever is not None and data.first_day_ever in data.period
    return Piece(say.first_day if first else say.no_comparison.format(period=before_name(data.period, at.today)))
