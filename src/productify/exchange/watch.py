"""ActivityWatch's export format: buckets of window, AFK and browser events, written and read.

Format: docs.activitywatch.net, "Buckets and Events"; durations in seconds, times ISO 8601.
"""

import bisect
import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TextIO

from productify.domain import AWAY_STATES, Activity
from productify.errors import KnownError
from productify.exchange.format import Names, instant, moment, optional_text

_CLIENT = "productify"
_UNNAMED = "unknown"
"""What ActivityWatch, too, calls a window that does not say whose it is."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One stretch read from a file: a window, or being away where `app` is None; UTC."""

    start: datetime
    end: datetime
    app: str | None
    title: str | None = None
    url: str | None = None


class WatchExporter:
    """Three buckets of one host. They cannot be written side by side, so rows wait in memory until the end."""

    def __init__(self, file: TextIO, names: Names) -> None:
        self._file = file
        self._host = names.host
        self._events: dict[str, list[dict[str, Any]]] = {"window": [], "afk": [], "web": []}

    def begin(self) -> None:
        """Write nothing yet."""

    def write(self, activities: Sequence[Activity]) -> None:
        """Sort rows into their buckets; paused and private time has no place in this format."""
        for activity in activities:
            if activity.cause is None or activity.cause in AWAY_STATES:
                self._add("afk", activity, {"status": "afk" if activity.is_afk else "not-afk"})
            if activity.cause is None:
                self._add("window", activity, {"app": activity.app_name, "title": activity.window_title or ""})
            if activity.url:
                self._add(
                    "web", activity, {"url": activity.url, "title": activity.window_title or "", "audible": False}
                )

    def end(self) -> None:
        """Write all buckets."""
        kinds = {"window": "currentwindow", "afk": "afkstatus", "web": "web.tab.current"}
        buckets = {
            f"aw-watcher-{name}_{self._host}": {
                "id": f"aw-watcher-{name}_{self._host}",
                "type": kinds[name],
                "client": _CLIENT,
                "hostname": self._host,
                "created": events[0]["timestamp"] if events else moment(datetime.fromtimestamp(0, UTC)),
                "events": events,
            }
            for name, events in self._events.items()
        }
        json.dump({"buckets": buckets}, self._file, ensure_ascii=False)

    def _add(self, name: str, activity: Activity, data: dict[str, Any]) -> None:
        event = {"timestamp": moment(activity.start), "duration": round(activity.seconds, 3), "data": data}
        self._events[name].append(event)


def read(document: dict[str, Any]) -> list[Seen]:
    """Return what an ActivityWatch export says was in front and when nobody was there, in order, without overlap.

    Where an AFK event and a window overlap, the AFK event wins. Raises KnownError where events are not readable.
    """
    try:
        buckets = [bucket for bucket in document["buckets"].values() if bucket.get("events")]
        windows = _of_type(buckets, "currentwindow", _front)
        away = _of_type(buckets, "afkstatus", lambda data: None if data["status"] == "afk" else False)
        pages = _of_type(buckets, "web.tab.current", _page)
    except (ArithmeticError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise KnownError(
            f"The file is not a readable ActivityWatch export: {error!r}.", "Nothing was imported."
        ) from error
    gone = [Seen(start, end, None) for start, end, _ in _apart(away)]
    fronts = [Seen(start, end, *what) for start, end, what in _apart(windows)]
    kept = [piece for front in fronts for piece in without(front, gone)]
    return sorted([*gone, *_with_urls(kept, _apart(pages))], key=lambda seen: seen.start)


def without(seen: Seen, taken: Sequence[Seen]) -> list[Seen]:
    """Return the pieces of `seen` that none of `taken` (in order, without overlap) covers."""
    pieces, start = [], seen.start
    first = max(0, bisect.bisect_right(taken, seen.start, key=lambda other: other.start) - 1)
    for other in itertools.islice(taken, first, None):
        if other.start >= seen.end:
            break
        if other.end <= start:
            continue
        if other.start > start:
            pieces.append(Seen(start, other.start, seen.app, seen.title, seen.url))
        start = max(start, other.end)
    if start < seen.end:
        pieces.append(Seen(start, seen.end, seen.app, seen.title, seen.url))
    return pieces


Stretch = tuple[datetime, datetime, Any]


def _of_type(buckets: list[dict[str, Any]], kind: str, take: Callable[[dict[str, Any]], Any]) -> list[Stretch]:
    """Return (start, end, what) of every event of a bucket type that lasts, except those that `take` calls False."""
    found = []
    for event in itertools.chain.from_iterable(bucket["events"] for bucket in buckets if bucket["type"] == kind):
        start = instant(event["timestamp"])
        what = take(event["data"])
        if event["duration"] > 0 and what is not False:
            found.append((start, start + timedelta(milliseconds=round(event["duration"] * 1000)), what))
    return sorted(found, key=lambda stretch: stretch[:2])


def _front(data: dict[str, Any]) -> tuple[str, str | None]:
    return optional_text(data["app"]) or _UNNAMED, optional_text(data.get("title"))


def _page(data: dict[str, Any]) -> tuple[str | None, str | None]:
    return optional_text(data.get("url")), optional_text(data.get("title"))


def _apart(stretches: list[Stretch]) -> list[Stretch]:
    """Cut each stretch off where the one before it still lasts."""
    kept: list[Stretch] = []
    for start, end, what in stretches:
        begin = max(start, kept[-1][1]) if kept else start
        if begin < end:
            kept.append((begin, end, what))
    return kept


def _with_urls(fronts: list[Seen], pages: list[Stretch]) -> list[Seen]:
    """Give a window the address of the page that was open at its middle and whose title its own begins with."""
    starts = [page[0] for page in pages]
    result = []
    for front in fronts:
        middle = front.start + (front.end - front.start) / 2
        at = bisect.bisect_right(starts, middle) - 1
        if at >= 0 and pages[at][1] > middle and (front.title or "").startswith(pages[at][2][1] or "\0"):
            result.append(Seen(front.start, front.end, front.app, front.title, pages[at][2][0]))
        else:
            result.append(front)
    return result
