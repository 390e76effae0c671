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
        ("12am-1am x", "19 00:00", "19 01:00", "x"),
        ("23:30-0:30 x", "19 23:30", "20 00:30", "x"),
        ("1:30-2 x", "19 01:30", "19 02:00", "x"),
        ("3-5 x", "19 03:00", "19 05:00", "x"),
        ("22-24 x", "19 22:00", "20 00:00", "x"),
        ("14:00 45m call", "19 14:00", "19 14:45", "call"),
        ("at 9 for 1 hour 20 minutes x", "19 09:00", "19 10:20", "x"),
        ("12-1 lunch", "19 12:00", "19 13:00", "lunch"),
        ("9-5 work", "19 09:00", "19 17:00", "work"),
        ("11-3 x", "19 11:00", "19 15:00", "x"),
        ("9-9 x", "19 09:00", "19 21:00", "x"),
        ("22-6 x", "19 22:00", "20 06:00", "x"),
        ("3:30-4:30 night fix", "19 03:30", "19 04:30", "night fix"),
        ("45m call", "19 15:15", "19 16:00", "call"),
        ("1h30 min x", "19 14:30", "19 16:00", "x"),
        ("1h30 call", "19 14:30", "19 16:00", "call"),
        ("1h30 meeting", "19 14:30", "19 16:00", "meeting"),
        ("9 1h30 x", "19 09:00", "19 10:30", "x"),
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


@pytest.mark.parametrize("text", ["12:30-1:30 lunch", "9-5:30 work", "09-5 work", "9am-5 work", "9 13h x", "13h x"])
def test_more_than_half_a_day_is_a_slip_and_refused(text: str) -> None:
    with pytest.raises(KnownError, match="12 hours") as told:
        parse(text, TODAY, BERLIN, NOW)
    assert "9am-5pm" in told.value.hint


def test_the_night_is_that_after_the_day_once_it_has_come() -> None:
    def start(day: date, now: datetime) -> str:
        return parse("3:30-4:30 x", day, BERLIN, now).start.astimezone(BERLIN.zone).strftime("%d %H:%M")

    assert start(date(2026, 11, 18), NOW) == "19 03:30"
    assert start(TODAY, datetime(2026, 11, 20, 2, 45, tzinfo=UTC)) == "20 03:30"
    assert start(TODAY, NOW) == "19 03:30"


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
