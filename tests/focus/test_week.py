"""Stretches of a week, and the hours in which somebody focuses best."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from productify.domain import FocusOffer, FocusSchedule, Weekly
from productify.focus.offer import best
from productify.focus.week import due, going_on

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY, FRIDAY, SUNDAY = 0, 4, 6
HOUR = 3_600_000
MINUTE = timedelta(minutes=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def test_a_stretch_goes_on_from_its_start_to_its_end() -> None:
    hours = [Weekly(frozenset({MONDAY}), 9 * 60, 12 * 60)]
    assert going_on(hours, at("2026-11-23 08:59:59"), BERLIN) is None
    assert going_on(hours, at("2026-11-23 09:00"), BERLIN) == (at("2026-11-23 09:00"), at("2026-11-23 12:00"))
    assert going_on(hours, at("2026-11-23 12:00"), BERLIN) is None
    assert going_on(hours, at("2026-11-24 10:00"), BERLIN) is None


def test_a_stretch_may_end_after_midnight() -> None:
    hours = [Weekly(frozenset({SUNDAY}), 22 * 60, 30 * 60)]
    assert going_on(hours, at("2026-11-23 05:59"), BERLIN) == (at("2026-11-22 22:00"), at("2026-11-23 06:00"))
    assert going_on(hours, at("2026-11-22 05:59"), BERLIN) is None


def test_of_several_the_one_that_ends_last_counts() -> None:
    hours = [Weekly(frozenset({MONDAY}), 600, 660), Weekly(frozenset({MONDAY}), 540, 720)]
    found = going_on(hours, at("2026-11-23 10:30"), BERLIN)
    assert found is not None
    assert found[1] == at("2026-11-23 12:00")


def test_hours_are_those_of_the_wall_when_clocks_change() -> None:
    night = [Weekly(frozenset({SUNDAY}), 60, 240)]
    begin, end = going_on(night, at("2026-10-25 01:30"), BERLIN) or (None, None)
    assert begin is not None
    assert end is not None
    assert end.timestamp() - begin.timestamp() == 4 * 3600, "that night has an hour more"


def test_a_session_is_due_from_its_notice_to_its_end() -> None:
    weekly = FocusSchedule("1", frozenset({FRIDAY}), 9 * 60, 50)
    whole = (at("2026-11-27 09:00"), at("2026-11-27 09:50"))
    assert due(weekly, at("2026-11-27 08:58:59"), BERLIN, MINUTE) is None
    assert due(weekly, at("2026-11-27 08:59"), BERLIN, MINUTE) == whole
    assert due(weekly, at("2026-11-27 09:49:59"), BERLIN, MINUTE) == whole
    assert due(weekly, at("2026-11-27 09:50"), BERLIN, MINUTE) is None


def test_the_best_hours_are_those_with_the_most_focus_on_the_most_days() -> None:
    focused = {(day, hour): round(2.4 * HOUR) for day in (1, 2, 3) for hour in (9, 10)}
    focused |= {(4, 15): 3 * HOUR, (4, 16): 3 * HOUR, (0, 9): HOUR // 4}
    days = dict.fromkeys(range(5), 3)
    assert best(focused, days) == FocusOffer(frozenset({1, 2, 3}), 9 * 60, 120, 80)


def test_hardly_any_focus_makes_no_offer() -> None:
    assert best({}, {}) is None
    assert best({}, dict.fromkeys(range(5), 6)) is None
    assert best({(1, 9): HOUR // 2}, dict.fromkeys(range(5), 6)) is None
    assert best({(1, 9): HOUR, (1, 10): HOUR}, {1: 1}) is None, "one day says nothing"
