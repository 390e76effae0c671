"""What people write of their time, in the forms that they write it in."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from productify.clock import LocalDays
from productify.domain import Category, Productivity, Verdict
from productify.errors import KnownError
from productify.service.editing.entries import parse, verdict_of

BERLIN = LocalDays(ZoneInfo("Europe/Berlin"), time(4))
TODAY = date(2026, 11, 19)
NOW = datetime(2026, 11, 19, 15, tzinfo=UTC)
CATEGORIES = tuple(
    Category(key, name, None, key, False, True, Productivity(productivity))
    for key, name, productivity in (
        ("meetings", "Meetings", 1), ("research", "Reference & learning", 1), ("personal", "Personal & admin", 0),
        ("shopping", "Shopping", -1),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "start", "end", "name"),
    [
        ("9:10-9:40 call with bank", "19 09:10", "19 09:40", "call with bank"),
        ("9:10 – 9:40: call", "19 09:10", "19 09:40", "call"),
        ("9.15-10.45 a - b", "19 09:15", "19 10:45", "a - b"),
        ("14h30-15h x", "19 14:30", "19 15:00", "x"),
        ("9-10 x", "19 09:00", "19 10:00", "x"),
        ("2pm to 3:30pm review", "19 14:00", "19 15:30", "review"),
        ("2-3 p.m. lunch", "19 14:00", "19 15:00", "lunch"),
        ("11-1pm x", "19 11:00", "19 13:00", "x"),
        ("from 9am until 12 pm x", "19 09:00", "19 12:00", "x"),
        ("12am-1am x", "20 00:00", "20 01:00", "x"),
        ("23:30-0:30 x", "19 23:30", "20 00:30", "x"),
        ("1:30-2 x", "20 01:30", "20 02:00", "x"),
        ("3-5 x", "20 03:00", "20 05:00", "x"),
        ("22-24 x", "19 22:00", "20 00:00", "x"),
        ("14:00 45m call", "19 14:00", "19 14:45", "call"),
        ("at 9 for 1 hour 20 minutes x", "19 09:00", "19 10:20", "x"),
        ("45m call", "19 15:15", "19 16:00", "call"),
        ("1h30 min x", "19 14:30", "19 16:00", "x"),
        ("1.5h x", "19 14:30", "19 16:00", "x"),
    ],
)
def test_times_and_names(text: str, start: str, end: str, name: str) -> None:
    part = parse(text, TODAY, BERLIN, NOW)
    found = [moment.astimezone(BERLIN.zone).strftime("%d %H:%M") for moment in (part.start, part.end)]
    assert (*found, part.name) == (start, end, name)
    assert part.start.utcoffset() == part.end.utcoffset() == UTC.utcoffset(None)


@pytest.mark.parametrize(
    "text",
    ["", "call", "9-10", "30 min", "45 call", "3 meetings", "9:70-10 x", "25-26 x", "13pm-2pm x", "0m x", "30h x"],
)
def test_what_names_no_time_or_nothing_says_how_to_write_it(text: str) -> None:
    with pytest.raises(KnownError) as told:
        parse(text, TODAY, BERLIN, NOW)
    assert "9:10-9:40" in told.value.hint or not text


def test_a_length_alone_is_of_today() -> None:
    with pytest.raises(KnownError, match="When"):
        parse("45m call", date(2026, 11, 18), BERLIN, NOW)


def test_the_clock_changes_within_an_entry() -> None:
    part = parse("1-4:30 night", date(2026, 3, 28), BERLIN, NOW)
    assert (part.end - part.start).total_seconds() == 2.5 * 3600
    part = parse("1-3:30 night", date(2026, 10, 24), BERLIN, NOW)
    assert (part.end - part.start).total_seconds() == 3.5 * 3600


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("call with bank", Verdict("meetings", 1)),
        ("Bank, by phone", Verdict("personal", 0)),
        ("Learning Rust", Verdict("research", 1)),
        ("SHOPPING for lunch", Verdict("shopping", -1)),
        ("debugging", None),
        ("xyz", None),
    ],
)
def test_words_tell_the_category_as_far_as_it_is_known(name: str, expected: Verdict | None) -> None:
    assert verdict_of(name, CATEGORIES) == expected
