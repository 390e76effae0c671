"""How durations, moments and dates are written; parts are rounded so that they add up to their total."""

from datetime import date, datetime, tzinfo

from PySide6.QtCore import QDate, QLocale

from productify.domain import Period, PeriodKind
from productify.domain.rounding import shown_minutes as shown_minutes
from productify.domain.rounding import to_minutes as to_minutes
from productify_ui.text.words import words

UNKNOWN = "—"
DASH = " – "


def minutes_text(minutes: int, milliseconds: int | None = None) -> str:
    """Return `42m`, `1h 05m`, `0m`; `<1m` for what is less than a minute and yet more than nothing."""
    if minutes == 0:
        return words.less_than_a_minute if milliseconds else words.no_minutes
    hours, rest = divmod(minutes, 60)
    return words.hours_minutes.format(hours=hours, minutes=rest) if hours else words.minutes.format(minutes=rest)


def duration(milliseconds: int | None) -> str:
    """Return a duration as plain text; None is unknown."""
    return UNKNOWN if milliseconds is None else minutes_text(to_minutes(milliseconds), milliseconds)


def rounded_span(milliseconds: int) -> str:
    """Return a length without empty minutes: `3h`, `1h 30m`, `20m`."""
    hours, minutes = divmod(to_minutes(milliseconds), 60)
    return words.hours.format(hours=hours) if hours and not minutes else duration(milliseconds)


def short_seconds(milliseconds: int) -> str:
    """Return `17s`, for lists of what is shorter than a minute."""
    return words.seconds.format(seconds=max(1, round(milliseconds / 1000)))


def spoken_duration(milliseconds: int) -> str:
    """Return a duration for a screen reader: `1 hour 5 minutes`."""
    hours, minutes = divmod(to_minutes(milliseconds), 60)
    parts = []
    if hours:
        parts.append(words.one_hour if hours == 1 else words.many_hours.format(count=hours))
    if minutes or not hours:
        parts.append(words.one_minute if minutes == 1 else words.many_minutes.format(count=minutes))
    return " ".join(parts)


def figure(minutes: int | None, milliseconds: int | None = None) -> tuple[tuple[str, str], ...]:
    """Return a duration as (digits, unit) pairs, for figures whose units are set smaller."""
    if minutes is None:
        return ((UNKNOWN, ""),)
    if minutes == 0 and milliseconds:
        return ((words.less_than_one, words.unit_minutes),)
    hours, rest = divmod(minutes, 60)
    if hours:
        return ((str(hours), words.unit_hours), (f"{rest:02d}", words.unit_minutes))
    return ((str(rest), words.unit_minutes),)


def ticking(seconds: int) -> str:
    """Return `14:08` or `1:04:09`."""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"


def percent(part: int, whole: int) -> int | None:
    """Return a whole percentage, None of nothing."""
    return round(100 * part / whole) if whole else None


def clock(moment: datetime, zone: tzinfo) -> str:
    """Return the time on the wall in `zone`, in the locale's hours."""
    wall = moment.astimezone(zone)
    if uses_am_pm():
        return f"{wall.hour % 12 or 12}:{wall.minute:02d} {'AM' if wall.hour < 12 else 'PM'}"
    return f"{wall.hour:02d}:{wall.minute:02d}"


def clock_seconds(moment: datetime, zone: tzinfo) -> str:
    """Return the time on the wall in `zone` to the second: `13:20:04`, `1:20:04 PM`."""
    wall = moment.astimezone(zone)
    if uses_am_pm():
        return f"{wall.hour % 12 or 12}:{wall.minute:02d}:{wall.second:02d} {'AM' if wall.hour < 12 else 'PM'}"
    return f"{wall:%H:%M:%S}"


def hour(moment: datetime, zone: tzinfo) -> str:
    """Return the hour that begins at `moment`, as short as an axis needs it."""
    wall = moment.astimezone(zone)
    if uses_am_pm():
        return f"{wall.hour % 12 or 12}{'a' if wall.hour < 12 else 'p'}"
    return f"{wall.hour:02d}"


def clock_range(start: datetime, end: datetime, zone: tzinfo) -> str:
    """Return `13:12 – 13:41`."""
    return f"{clock(start, zone)}{DASH}{clock(end, zone)}"


def uses_am_pm() -> bool:
    """Whether the locale writes hours from 1 to 12."""
    return "AP" in QLocale().timeFormat(QLocale.FormatType.ShortFormat).upper()


def day(when: date) -> str:
    """Return `Thu 19 Nov`."""
    return QLocale().toString(_qdate(when), "ddd d MMM")


def long_day(when: date) -> str:
    """Return `Thursday 19 November 2026`."""
    return QLocale().toString(_qdate(when), "dddd d MMMM yyyy")


def weekday(when: date) -> str:
    """Return `Thu`."""
    return QLocale().toString(_qdate(when), "ddd")


def month(when: date) -> str:
    """Return `November 2026`."""
    return QLocale().standaloneMonthName(when.month, QLocale.FormatType.LongFormat) + f" {when.year}"


def week(when: date) -> str:
    """Return `Week 46`, counted as ISO 8601 does."""
    return words.week_number.format(number=when.isocalendar().week)


def days_range(first: date, last: date) -> str:
    """Return `9 – 15 Nov`, `28 Sep – 4 Oct`."""
    start = str(first.day) if first.month == last.month else QLocale().toString(_qdate(first), "d MMM")
    return f"{start}{DASH}{QLocale().toString(_qdate(last), 'd MMM')}"


def period_name(period: Period, today: date) -> str:
    """Return how people call a period from where they stand: `Today`, `This week`, else its own name."""
    match period.kind:
        case PeriodKind.DAY:
            return {0: words.today, 1: words.yesterday}.get((today - period.first).days, weekday(period.first))
        case PeriodKind.WEEK:
            return words.this_week if today in period else week(period.first)
        case _:
            return words.this_month if today in period else month(period.first)


def period_detail(period: Period, today: date) -> str:
    """Return what to write beside a period's name."""
    match period.kind:
        case PeriodKind.DAY:
            near = 0 <= (today - period.first).days <= 1
            return day(period.first) if near else QLocale().toString(_qdate(period.first), "d MMM yyyy")
        case PeriodKind.WEEK:
            return days_range(period.first, period.last)
        case _:
            return month(period.first) if today in period else ""


def _qdate(when: date) -> QDate:
    return QDate(when.year, when.month, when.day)
