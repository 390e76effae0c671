import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from productify.clock import LocalDays, SettableClock

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = some.sampled_from(
    ["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe"]
)


def test_a_night_belongs_to_the_day_before() -> None:
    days = LocalDays(BERLIN)
    assert days.day_of(datetime(2026, 11, 20, 3, 59, tzinfo=BERLIN)) == date(2026, 11, 19)
    assert days.day_of(datetime(2026, 11, 20, 4, 0, tzinfo=BERLIN)) == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 28), 23), (date(2026, 10, 24), 25), (date(2026, 11, 19), 24)]
)
def test_days_have_23_24_or_25_hours(day: date, hours: int) -> None:
    days = LocalDays(BERLIN)
    cut = days.hours(day)
    assert len(cut) == hours
    assert (cut[0][0], cut[-1][1]) == days.bounds(day)
    assert all(end - start == timedelta(hours=1) for start, end in cut)


@given(zone=ZONES, moment=some.datetimes(datetime(2000, 1, 1), datetime(2035, 1, 1)), start=some.integers(0, 12))
def test_every_moment_lies_in_its_own_day(zone: str, moment: datetime, start: int) -> None:
    days = LocalDays(ZoneInfo(zone), time(start))
    aware = moment.replace(tzinfo=UTC)
    first, after = days.bounds(days.day_of(aware))
    assert first <= aware < after


@given(zone=ZONES, day=some.dates(date(2011, 12, 1), date(2030, 1, 1)))
def test_hours_fill_the_day_without_holes(zone: str, day: date) -> None:
    days = LocalDays(ZoneInfo(zone))
    assume(days.start_of(day) < days.bounds(day)[1])  # Apia had no 30 December 2011
    cut = days.hours(day)
    assert cut[0][0] == days.start_of(day)
    assert all(one[1] == two[0] for one, two in itertools.pairwise(cut))
    assert all(start < end <= start + timedelta(hours=1) for start, end in cut)


def test_a_jump_moves_the_wall_alone() -> None:
    clock = SettableClock(datetime(2026, 1, 1, tzinfo=UTC))
    clock.advance(5)
    clock.jump(-3600)
    assert clock.steady() == 5
    assert clock.now() == datetime(2025, 12, 31, 23, 0, 5, tzinfo=UTC)
