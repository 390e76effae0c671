"""The app's own JSON and CSV."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from productify.domain import Activity, State
from productify.errors import KnownError
from productify.exchange import EXPORTERS, native
from productify.exchange.format import Names

START = datetime(2026, 11, 19, 9, 0, 0, 250_000, tzinfo=UTC)
MIDDLE = START + timedelta(seconds=4.5)
ROWS = [
    Activity(
        "1", "Firefox", START, MIDDLE, date(2026, 11, 19), 60,
        app_id="firefox-esr", window_title='=HYPERLINK("https://evil.example.org")', url="https://a.example.org/ü",
        site="a.example.org", category="browsing", productivity=0, classified_by="catalogue",
    ),
    Activity(
        "2", "away", MIDDLE, START + timedelta(hours=1), date(2026, 11, 19), 60, cause=State.AWAY,
    ),
]  # fmt: skip


def _written(form: str) -> str:
    file = io.StringIO(newline="")
    exporter = EXPORTERS[form](file, Names({"browsing": "Search & browsing"}, "desk", ZoneInfo("Europe/Berlin")))
    exporter.begin()
    for row in ROWS:
        exporter.write([row])
    exporter.end()
    return file.getvalue()


def test_json_reads_back_exactly() -> None:
    assert native.read(json.loads(_written("json"))) == ROWS


def test_csv_has_names_local_times_and_no_formulas() -> None:
    rows = list(csv.DictReader(io.StringIO(_written("csv"))))
    assert rows[0]["start_time"] == "2026-11-19T10:00:00.250+01:00"
    assert rows[0]["duration"] == "4.5"
    assert rows[0]["category"] == "Search & browsing"
    assert rows[0]["window_title"].startswith("'=HYPERLINK")
    assert (rows[1]["is_afk"], rows[1]["cause"]) == ("True", "away")


@pytest.mark.parametrize("form", EXPORTERS)
def test_an_empty_record_is_a_whole_file(form: str) -> None:
    file = io.StringIO()
    exporter = EXPORTERS[form](file, Names({}, "desk"))
    exporter.begin()
    exporter.end()
    assert file.getvalue().strip()


@pytest.mark.parametrize("document", [{"version": 1}, {"version": 1, "activities": [{}]}, {"version": 2}, {}])
def test_half_a_file_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(KnownError):
        native.read(document)
