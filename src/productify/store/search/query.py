"""From a typed line to a Question: words, "phrases", app: site: category: and dates such as `last tuesday`."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from productify.domain import Period, PeriodKind, Question

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SHORTEST = 3
_FILTERS = {"app": "apps", "site": "sites", "category": "categories", "cat": "categories"}
_PIECE = re.compile(r'(?:(?P<key>\w+):)?(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+))')
_KINDS = {"day": PeriodKind.DAY, "week": PeriodKind.WEEK, "month": PeriodKind.MONTH, "year": PeriodKind.YEAR}
_DAYS_AGO = re.compile(r"(\d{1,4}) days? ago")

Days = tuple[date, date]


def parsed(text: str, today: date) -> Question:
    """Return what `text` asks for, dates seen from `today` (a local day); anything that is no filter is a word."""
    text, days = _without_dates(text, today)
    found: dict[str, list[str]] = {"words": [], "phrases": [], "apps": [], "sites": [], "categories": []}
    for piece in _PIECE.finditer(text):
        _sort_in(piece, found)
    words, phrases, apps, sites, categories = (tuple(values) for values in found.values())
    first, last = days or (None, None)
    return Question(words, phrases, apps, sites, categories, first, last)


def _sort_in(piece: re.Match[str], found: dict[str, list[str]]) -> None:
    key, quoted, bare = piece["key"], piece["quoted"], piece["bare"]
    value = (quoted if quoted is not None else bare or "").strip()
    if key and (name := _FILTERS.get(key.lower())):
        found[name] += [value.lower()] if value else []
        return
    if not key and value.lower().removesuffix(":") in _FILTERS and value.endswith(":"):
        return  # a filter that is still being typed
    whole = f"{key}:{value}" if key else value
    if whole:
        found["phrases" if quoted is not None else "words"].append(whole)


def _without_dates(text: str, today: date) -> tuple[str, Days | None]:
    """Return `text` without the longest run of words in it that names days, and those days."""
    words = text.split(" ")
    for length in range(min(3, len(words)), 0, -1):
        for at in range(len(words) - length + 1):
            days = named_days(" ".join(words[at : at + length]), today)
            if days is not None:
                return " ".join(words[:at] + words[at + length :]), days
    return text, None


def named_days(words: str, today: date) -> Days | None:
    """Return the local days, first and last, that `words` name seen from `today`; None where they name none."""
    words = words.lower()
    for reading in _READINGS:
        try:
            days = reading(words, today)
        except (ValueError, OverflowError):
            continue
        if days is not None:
            return days
    return None


def _near(words: str, today: date) -> Days | None:
    back = {"today": 0, "yesterday": 1}.get(words)
    if match := _DAYS_AGO.fullmatch(words):
        back = int(match[1])
    if back is None:
        return None
    day = today - timedelta(days=back)
    return day, day


def _weekday(words: str, today: date) -> Days | None:
    """A weekday, spelled whole, is the newest that was, today included; with "last" one before today."""
    is_last = words.startswith("last ")
    index = _place(words.removeprefix("last "), _WEEKDAYS)
    if index is None or not (is_last or words in _WEEKDAYS):
        return None
    back = (today.weekday() - index) % 7
    day = today - timedelta(days=back or 7 if is_last else back)
    return day, day


def _period(words: str, today: date) -> Days | None:
    which, _, name = words.partition(" ")
    kind = _KINDS.get(name)
    if kind is None or which not in ("this", "last"):
        return None
    period = Period.around(kind, today)
    if which == "last":
        period = period.before()
    return period.first, period.last


def _written(words: str, _today: date) -> Days | None:
    """ISO 8601: a day, or a month."""
    if re.fullmatch(r"\d{4}-\d{2}", words):
        return _month_of(date.fromisoformat(f"{words}-01"))
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
        return None
    day = date.fromisoformat(words)
    return day, day


def _named_month(words: str, today: date) -> Days | None:
    """`12 nov`, `nov 12`, `12 november 2025`, `november 2025`; without a year the newest that began already.

    A month's name alone must be longer than three letters or be spelled whole: "mar" and "may" are words, too.
    """
    parts = words.replace(",", "").split(" ")
    months = [index for part in parts if (index := _place(part, _MONTHS)) is not None]
    numbers = [int(part) for part in parts if part.isdecimal()]
    if len(months) != 1 or len(numbers) != len(parts) - 1:
        return None
    years = [number for number in numbers if number > 31]
    days = [number for number in numbers if number <= 31]
    if len(years) > 1 or len(days) > 1 or (not numbers and words not in _MONTHS) or words == "may":
        return None
    day = date(years[0] if years else today.year, months[0] + 1, days[0] if days else 1)
    if not years and day > today:
        day = day.replace(year=day.year - 1)
    return (day, day) if days else _month_of(day)


def _month_of(day: date) -> Days:
    period = Period.around(PeriodKind.MONTH, day)
    return period.first, period.last


def _place(name: str, names: tuple[str, ...]) -> int | None:
    """Return which of `names` begins with `name`, given at least three letters of it."""
    if len(name) < _SHORTEST:
        return None
    return next((index for index, each in enumerate(names) if each.startswith(name)), None)


_READINGS: tuple[Callable[[str, date], Days | None], ...] = (_near, _weekday, _period, _written, _named_month)
