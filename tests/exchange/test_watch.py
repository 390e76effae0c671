"""ActivityWatch's format: what it says is read, what we say reads back."""

import io
import itertools
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from productify.domain import Activity, State
from productify.errors import KnownError
from productify.exchange import watch
from productify.exchange.format import Names
from productify.exchange.watch import Seen

START = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)


def _at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def _event(minute: float, minutes: float, **data: object) -> dict[str, object]:
    return {"timestamp": _at(minute).isoformat(), "duration": minutes * 60, "data": data}


def _buckets(**events: list[dict[str, object]]) -> dict[str, object]:
    kinds = {"window": "currentwindow", "afk": "afkstatus", "web": "web.tab.current"}
    return {"buckets": {name: {"type": kinds[name], "events": listed} for name, listed in events.items()}}


def test_being_away_wins_over_the_window() -> None:
    document = _buckets(
        window=[_event(0, 30, app="Code", title="a.py")],
        afk=[_event(0, 10, status="not-afk"), _event(10, 5, status="afk"), _event(15, 15, status="not-afk")],
    )
    assert watch.read(document) == [
        Seen(_at(0), _at(10), "Code", "a.py"),
        Seen(_at(10), _at(15), None),
        Seen(_at(15), _at(30), "Code", "a.py"),
    ]


def test_a_page_lends_its_address_to_the_window_that_shows_it() -> None:
    document = _buckets(
        window=[_event(0, 5, app="Firefox", title="Docs — Mozilla Firefox"), _event(5, 5, app="Code", title="a.py")],
        web=[_event(0, 10, url="https://docs.example.org/", title="Docs")],
    )
    assert [(seen.app, seen.url) for seen in watch.read(document)] == [
        ("Firefox", "https://docs.example.org/"),
        ("Code", None),
    ]


@pytest.mark.parametrize(
    "event", [{"timestamp": "noon", "duration": 1, "data": {"app": "x"}}, {"duration": 1}, {"timestamp": 5}, "text"]
)
def test_what_is_not_readable_is_said(event: object) -> None:
    with pytest.raises(KnownError, match="not a readable"):
        watch.read({"buckets": {"window": {"type": "currentwindow", "events": [event]}}})


INTERVALS = some.lists(some.tuples(some.integers(0, 200), some.integers(1, 30)), max_size=20)


@given(windows=INTERVALS, away=INTERVALS)
def test_nothing_overlaps_whatever_the_file_says(windows, away) -> None:
    document = _buckets(
        window=[_event(at, length, app=f"app {at}", title="") for at, length in windows],
        afk=[_event(at, length, status="afk") for at, length in away],
    )
    seen = watch.read(document)
    assert all(one.end <= two.start for one, two in itertools.pairwise(seen))
    covered = {minute for at, length in [*windows, *away] for minute in range(at, at + length)}
    assert sum((each.end - each.start for each in seen), timedelta()) == timedelta(minutes=len(covered))


def test_what_is_written_reads_back() -> None:
    file = io.StringIO()
    exporter = watch.WatchExporter(file, Names({}, "desk"))
    exporter.begin()
    exporter.write(
        [
            Activity("1", "Firefox", _at(0), _at(4), date(2026, 11, 19), 0, window_title="Docs — F", url="https://a.example.org/"),
            Activity("2", "away", _at(4), _at(9), date(2026, 11, 19), 0, cause=State.AWAY),
            Activity("3", "private", _at(9), _at(12), date(2026, 11, 19), 0, cause=State.PRIVATE),
            Activity("4", "XTerm", _at(12), _at(13), date(2026, 11, 19), 0, window_title="sh"),
        ]
    )  # fmt: skip
    exporter.end()
    read = watch.read(json.loads(file.getvalue()))
    assert read == [
        Seen(_at(0), _at(4), "Firefox", "Docs — F", "https://a.example.org/"),
        Seen(_at(4), _at(9), None),
        Seen(_at(12), _at(13), "XTerm", "sh"),
    ]
