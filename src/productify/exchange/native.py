"""The app's own JSON, which it reads back whole, and CSV for spreadsheets."""

import csv
import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TextIO

from productify.domain import Activity, Origin, Presence, State
from productify.errors import KnownError
from productify.exchange.format import Names, instant, moment, optional_text

FORMAT = "productify"
VERSION = 1
_LONGEST = timedelta(days=2)
"""No activity is longer: each ends with its local day."""

_COLUMNS = (
    "start_time", "end_time", "duration", "app_name", "window_title", "url", "category", "productivity", "is_afk",
    "cause", "note",
)  # fmt: skip


class JsonExporter:
    """One JSON object with a list of activities, one a line."""

    def __init__(self, file: TextIO, names: Names) -> None:
        self._file = file
        self._names = names
        self._between = ""

    def begin(self) -> None:
        """Open the object and its list."""
        head = json.dumps({"format": FORMAT, "version": VERSION, "host": self._names.host})
        self._file.write(head[:-1] + ', "activities": [')

    def write(self, activities: Sequence[Activity]) -> None:
        """Write one line an activity."""
        for activity in activities:
            self._file.write(f"{self._between}\n{json.dumps(_plain(activity), ensure_ascii=False)}")
            self._between = ","

    def end(self) -> None:
        """Close the list and the object."""
        self._file.write("\n]}\n")


class CsvExporter:
    """A table with a head line; times in the local zone with their offset, durations in seconds."""

    def __init__(self, file: TextIO, names: Names) -> None:
        self._table = csv.DictWriter(file, _COLUMNS)
        self._names = names

    def begin(self) -> None:
        """Write the head line."""
        self._table.writeheader()

    def write(self, activities: Sequence[Activity]) -> None:
        """Write one line an activity."""
        for activity in activities:
            row = _plain(activity)
            row["start_time"] = activity.start.astimezone(self._names.zone).isoformat(timespec="milliseconds")
            row["end_time"] = activity.end.astimezone(self._names.zone).isoformat(timespec="milliseconds")
            row["duration"] = round(activity.seconds, 3)
            row["category"] = self._names.categories.get(activity.category or "", activity.category)
            row["is_afk"] = activity.is_afk
            self._table.writerow({column: _harmless(row[column]) for column in _COLUMNS})

    def end(self) -> None:
        """Write nothing: a table just ends."""


def read(document: dict[str, Any]) -> list[Activity]:
    """Return the activities of a JSON export; raises KnownError where it is of a newer version or not whole."""
    version = document.get("version")
    if type(version) is int and version > VERSION:
        raise KnownError("The file was written by a newer version of Productify Pro.", "Update the app.")
    if version != VERSION:
        raise KnownError(f"The file is not a whole export: its version is {version!r}.", "Nothing was imported.")
    try:
        return [_activity(row) for row in document["activities"]]
    except (ArithmeticError, LookupError, ValueError, TypeError) as error:
        raise KnownError(f"The file is not a whole export: {error!r}.", "Nothing was imported.") from error


def _plain(activity: Activity) -> dict[str, Any]:
    return {
        "id": activity.id,
        "app_name": activity.app_name,
        "app_id": activity.app_id,
        "window_title": activity.window_title,
        "url": activity.url,
        "site": activity.site,
        "category": activity.category,
        "productivity": activity.productivity,
        "classified_by": activity.classified_by,
        "cause": activity.cause,
        "note": activity.note,
        "presence": activity.presence,
        "origin": activity.origin,
        "start_time": moment(activity.start),
        "end_time": moment(activity.end),
        "local_day": activity.local_day.isoformat(),
        "tz_min": activity.tz_min,
    }


def _activity(row: dict[str, Any]) -> Activity:
    start, end = instant(row["start_time"]), instant(row["end_time"])
    if not start <= end <= start + _LONGEST:
        raise ValueError(f"it lasts from {start} to {end}")
    return Activity(
        id=_text(row["id"]),
        app_name=_text(row["app_name"]),
        start=start,
        end=end,
        local_day=date.fromisoformat(row["local_day"]),
        tz_min=_number(row["tz_min"], 24 * 60),
        app_id=optional_text(row["app_id"]),
        window_title=optional_text(row["window_title"]),
        url=optional_text(row["url"]),
        site=optional_text(row["site"]),
        category=optional_text(row["category"]),
        productivity=None if row["productivity"] is None else _number(row["productivity"], 2),
        classified_by=optional_text(row["classified_by"]),
        cause=State(row["cause"]) if row["cause"] else None,
        note=optional_text(row.get("note")),
        presence=Presence(row["presence"]) if row.get("presence") else None,
        origin=Origin(row["origin"]) if row.get("origin") else None,
    )


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{value!r} is no text")
    return value


def _number(value: Any, most: int) -> int:
    if type(value) is not int or abs(value) > most:
        raise ValueError(f"{value!r} is no whole number of at most {most}")
    return value


def _harmless(value: Any) -> Any:
    """Keep a spreadsheet from running a window title as a formula (OWASP, CSV injection)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
