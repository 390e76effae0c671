"""What people write of their time: "9:10-9:40 call with bank", "45m call", "2pm to 3:30pm review". Pure."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from productify.clock import LocalDays
from productify.domain import Category, Part, Verdict
from productify.errors import KnownError

_DAY = timedelta(days=1)
_LONGEST = timedelta(hours=12)
_CLOCK = r"(?P<{0}h>\d{{1,2}})(?:[:.h](?P<{0}m>\d{{2}})|h\b)?\s*(?P<{0}p>[ap]\.?m\.?)?"
_FROM, _TO = _CLOCK.format("a"), _CLOCK.format("b")
_LENGTH = r"(?:(?P<lh>\d+(?:[.,]\d+)?)\s*(?:hours?|hrs?|h))?\s*(?:(?P<lm>\d+)\s*(?:minutes?|mins?|m|(?<=h[0-5]\d)))?"
_RANGE = re.compile(rf"(?:from\s+)?{_FROM}\s*(?:-|–|—|to|till|until)\s*{_TO}(?!\w|:\d)", re.IGNORECASE)
_SINCE = re.compile(rf"(?:(?:at|from)\s+)?{_FROM}(?:\s+for)?[\s,;+]+(?P<l>(?=\d){_LENGTH})(?!\w)", re.IGNORECASE)
_LAST = re.compile(rf"(?:(?:for|last)\s+)?(?P<l>(?=\d){_LENGTH})(?!\w|[:-]\d)", re.IGNORECASE)
_HELP = "Write it like 9:10-9:40 call with bank, 2pm-3pm review or 45m call."
_LENGTH_HELP = "Write it like 9:10-9:40 call or 9am-5pm work, and what was longer than 12 hours as two entries."
_WORDS = {
    "meetings": "meeting meetings call calls standup stand-up interview zoom 1:1 one-on-one workshop demo retro sync",
    "communication": "chat slack phone",
    "email": "email emails e-mail mail inbox",
    "development": "code coding programming debugging deploy",
    "design": "design drawing sketching",
    "writing": "writing report notes draft",
    "research": "reading study studying learning course book research lecture",
    "planning": "planning plan review",
    "business": "invoice invoices accounting tax taxes budget client customer",
    "personal": "lunch breakfast dinner break errand errands bank doctor dentist gym walk run family school nap",
    "shopping": "shopping groceries",
    "games": "game games gaming",
    "entertainment": "tv film movie",
    "news": "news newspaper",
}
_CATEGORY_OF = {word: key for key, words in _WORDS.items() for word in words.split()}


def parse(text: str, day: date, days: LocalDays, now: datetime, categories: Sequence[Category] = ()) -> Part:
    """Return the stretch of the local `day` that `text` speaks of, its name, and what its words say of its category.

    A clock without am or pm is of 24 hours, but for the first of a range whose second has one ("2-3pm"), and for the
    second of bare hours that would run backwards ("12-1", "9-5"). Times before the day start are of the night that ends
    the day, or today of the one before while that is to come. A length without a time ended just `now`, today. The
    first word that names a category or that one knows decides. Raises KnownError where no time or no name is found,
    and for more than 12 hours, which are rather a slip.
    """
    text = text.strip()
    for pattern in (_RANGE, _SINCE, _LAST):
        found = pattern.match(text)
        if found is None or not (name := text[found.end() :].strip(" ,;:-–—")):
            continue
        start, end = _stretch(found, day, days, now)
        if day == days.day_of(now) and _is_early(start, days) and start > now:
            start, end = _stretch(found, day - _DAY, days, now)
        if end - start > _LONGEST:
            raise KnownError("An entry lasts from a minute to 12 hours.", _LENGTH_HELP)
        return Part(start, end, name[:255], verdict_of(name, categories))
    raise KnownError(f"{text!r} names no time and what it was." if text else "An entry is needed.", _HELP)


def verdict_of(name: str, categories: Sequence[Category]) -> Verdict | None:
    """Return what the words of `name` say of its category, with that category's own productivity; None for nothing."""
    known = {category.key: category for category in categories}
    named = {word: key for key, category in known.items() for word in _words(category.name)}
    for word in _words(name):
        key = named.get(word) or _CATEGORY_OF.get(word)
        if key in known:
            return Verdict(key, int(known[key].productivity))
    return None


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[\w:'-]+", text.casefold()) if word not in ("and", "with", "system")]


def _stretch(found: re.Match[str], day: date, days: LocalDays, now: datetime) -> tuple[datetime, datetime]:
    parts = found.groupdict()
    if "ah" not in parts:
        if day != days.day_of(now):
            raise KnownError("When was that?", _HELP)
        end = now.astimezone(UTC)
        return end - _length(parts), end
    half = parts.get("bp") if parts["ap"] is None else None
    start = _moment(_clock(parts, "a", half), day, days)
    if "bh" not in parts:
        return start, start + _length(parts)
    last = _clock(parts, "b", "pm" if _is_backwards(parts) else None)
    if half and last <= _clock(parts, "a", half):  # 11-1pm began in the morning
        start = _moment(_clock(parts, "a", None), day, days)
    end = _moment(last, day, days)
    return start, end if end > start else _later(last, day, days)


def _is_early(moment: datetime, days: LocalDays) -> bool:
    return moment.astimezone(days.zone).time() < days.day_start


def _is_backwards(parts: dict[str, str | None]) -> bool:
    """Return whether two bare hours are of the clock with twelve, as in 9-5: they have no other sense by day."""
    hours = [parts["ah"] or "", parts["bh"] or ""]
    if any(hour.startswith("0") for hour in hours) or any(parts[name] for name in ("am", "bm", "ap", "bp")):
        return False
    start, end = map(int, hours)
    return end <= start < 13


def _clock(parts: dict[str, str | None], which: str, half: str | None) -> time:
    hour, minute = int(parts[f"{which}h"] or 0), int(parts[f"{which}m"] or 0)
    half = (parts[f"{which}p"] or half or "").casefold().replace(".", "")
    if half and not 1 <= hour <= 12:
        raise KnownError(f"{hour} {half} is no time of day.", _HELP)
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour == 24 and not minute:
        hour = 0
    if hour > 23 or minute > 59:
        raise KnownError(f"{hour}:{minute:02} is no time of day.", _HELP)
    return time(hour, minute)


def _moment(clock: time, day: date, days: LocalDays) -> datetime:
    """Return when it is `clock` on a local day, UTC."""
    return _at(clock, day if clock >= days.day_start else day + _DAY, days.zone)


def _later(clock: time, day: date, days: LocalDays) -> datetime:
    return _at(clock, day + _DAY, days.zone)


def _at(clock: time, day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _length(parts: dict[str, str | None]) -> timedelta:
    hours, minutes = float((parts["lh"] or "0").replace(",", ".")), int(parts["lm"] or 0)
    length = timedelta(hours=hours, minutes=minutes)
    if not length:
        raise KnownError("An entry lasts from a minute to 12 hours.", _LENGTH_HELP)
    return length
