"""The made-up person: the same for the same seed, and believable."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from productify.clock import LocalDays
from productify.demo import Moment, person_days
from productify.domain import State

BERLIN = LocalDays(ZoneInfo("Europe/Berlin"))
EVENING = datetime(2026, 11, 20, 22, tzinfo=UTC)  # a Friday


def _moments(count: int = 28, seed: int = 1, *, last: datetime = EVENING, days: LocalDays = BERLIN) -> list[Moment]:
    return [moment for day in person_days(days, last, count, seed) for moment in day]


def _hours(moments: list[Moment], *, active: bool = True) -> dict[date, float]:
    """Return the hours at the keyboard, or away from it, by local day."""
    hours: dict[date, float] = defaultdict(float)
    for moment in moments:
        if (moment.cause is None) is active:
            hours[BERLIN.day_of(moment.start)] += (moment.end - moment.start).total_seconds() / 3600
    return hours


def test_the_same_seed_makes_the_same_days() -> None:
    assert _moments(5) == _moments(5)
    assert _moments(5) != _moments(5, seed=2)


def test_a_day_is_the_same_however_many_are_asked_for() -> None:
    """So a longer demo only adds to the past."""
    assert _moments(9)[-len(_moments(3)) :] == _moments(3)


@settings(max_examples=25)
@given(
    seed=some.integers(0, 10**6),
    last=some.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=some.just(UTC)),
    zone=some.sampled_from(["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia"]),
    start=some.integers(0, 12),
)
def test_nothing_overlaps_and_nothing_lies_ahead(seed: int, last: datetime, zone: str, start: int) -> None:
    moments = _moments(8, seed, last=last, days=LocalDays(ZoneInfo(zone), time(start)))
    assert all(moment.start < moment.end <= last for moment in moments)
    assert all(one.end <= two.start for one, two in pairwise(moments))


def test_work_is_for_weekdays() -> None:
    hours = _hours(_moments())
    weekdays = [hours[day] for day in hours if day.weekday() < 5]
    weekend = [hours[day] for day in hours if day.weekday() >= 5]
    assert len(weekdays) == 20
    assert all(5 < each < 13 for each in weekdays)
    assert all(each < 3 for each in weekend)


def test_there_are_breaks_and_nights() -> None:
    moments = _moments()
    away = _hours(moments, active=False)
    assert all(away[day] > 0.4 for day in away if day.weekday() < 5)
    assert {moment.cause for moment in moments if moment.cause} == {State.AWAY, State.LOCKED}
    for moment in moments:
        assert 7 < moment.start.astimezone(BERLIN.zone).hour < 23


def test_windows_are_various_and_whole() -> None:
    windows = [moment for moment in _moments() if moment.cause is None]
    assert len({moment.app_name for moment in windows}) > 8
    assert len({moment.title for moment in windows}) > 60
    for moment in windows:
        assert moment.title
        assert "{" not in f"{moment.title}{moment.url}"
        assert (moment.url is not None) == (moment.app_name == "Firefox")


@pytest.mark.parametrize("wanted", [60, 300, 1500])
def test_a_working_day_has_about_as_many_activities_as_wanted(wanted: int) -> None:
    weeks = list(person_days(BERLIN, EVENING, 28, 1, wanted))
    counts = [len(day) for day in weeks if len(day) > wanted / 4]
    assert wanted * 0.6 < sum(counts) / len(counts) < wanted * 1.6


def test_the_last_day_ends_at_its_moment() -> None:
    noon = datetime(2026, 11, 20, 11, tzinfo=UTC)
    moments = _moments(2, last=noon)
    assert moments[-1].end == noon
    assert noon - moments[-1].start < timedelta(hours=1)
