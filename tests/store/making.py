"""Activities for tests, cut at the border of local days as the recorder cuts them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from productify.clock import LocalDays
from productify.domain import Activity, State, Totals
from productify.ids import uuid7

BERLIN = LocalDays(ZoneInfo("Europe/Berlin"), time(4))

KINDS: tuple[dict[str, Any], ...] = (
    {"app_name": "Editor", "app_id": "editor", "category": "development", "productivity": 2},
    {"app_name": "Browser", "app_id": "browser", "site": "docs.example.org", "category": "research", "productivity": 1},
    {
        "app_name": "Browser",
        "app_id": "browser",
        "site": "videos.example.org",
        "category": "social",
        "productivity": -2,
    },
    {"app_name": "Browser", "app_id": "browser", "site": "unknown.example.org"},
    {"app_name": "Browser", "app_id": "browser-beta", "category": "browsing", "productivity": 0},
    {"app_name": "Mail", "category": "email", "productivity": 0},
    {"app_name": "private", "cause": State.PRIVATE},
    {"app_name": "system", "cause": State.SYSTEM},
    {"app_name": "away", "cause": State.AWAY},
    {"app_name": "asleep", "cause": State.ASLEEP},
    {"app_name": "paused", "cause": State.PAUSED},
)
EDITOR, DOCS, VIDEOS, UNKNOWN, BROWSER, MAIL, PRIVATE, SYSTEM, AWAY, ASLEEP, PAUSED = range(len(KINDS))


def at(text: str) -> datetime:
    """Return a UTC moment from 'YYYY-MM-DD HH:MM[:SS]'."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def activity(kind: int, start: datetime, length: timedelta, days: LocalDays = BERLIN, **more: Any) -> Activity:
    """Return one activity of a kind; it must not cross the border of a day."""
    values = {**KINDS[kind], **more}
    return Activity(
        id=uuid7(int(start.timestamp() * 1000)),
        start=start,
        end=start + length,
        local_day=days.day_of(start),
        tz_min=days.offset_minutes(start),
        **values,
    )


def day_of_work(start: datetime, minutes: Iterable[tuple[int, float]], days: LocalDays = BERLIN) -> list[Activity]:
    """Return activities of (kind, minutes) one after the other; kind -1 is nothing recorded."""
    made = []
    for kind, length in minutes:
        span = timedelta(minutes=length)
        if kind >= 0:
            made += cut(activity(kind, start, span, days), days)
        start += span
    return made


def expected(rows: list[Activity]) -> Totals:
    """Sum activities by the rules of the house, in Python."""
    sums = dict.fromkeys(Totals.__slots__, 0)
    for row in rows:
        length = (row.end - row.start) // timedelta(milliseconds=1)
        if row.cause in (State.AWAY, State.ASLEEP, State.LOCKED):
            sums["idle"] += length
        elif row.cause in (None, State.PRIVATE, State.SYSTEM):
            productivity = row.productivity or 0
            band = "neutral" if not productivity else "productive" if productivity > 0 else "distracting"
            sums[band] += length
            sums["private"] += length if row.cause is State.PRIVATE else 0
            sums["unclassified"] += length if row.cause is None and row.category is None else 0
    return Totals(**sums)


def cut(whole: Activity, days: LocalDays) -> list[Activity]:
    """Return `whole` in one piece for each local day that it lies in."""
    border = days.bounds(whole.local_day)[1]
    if whole.end <= border:
        return [whole]
    rest = replace(whole, id=uuid7(), start=border, local_day=days.day_of(border), tz_min=days.offset_minutes(border))
    return [replace(whole, end=border), *cut(rest, days)]
