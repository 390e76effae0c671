"""When the next picture is due."""

from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from productify.capture.schedule import Schedule
from productify.settings import Settings


def settings(mode: str, interval: int = 600) -> Settings:
    return Settings().with_value("screenshot_mode", mode).with_value("screenshot_interval", interval)


def due_times(mode: str, count: int, late: float = 0.0) -> list[float]:
    """Return when pictures are due if each is taken `late` seconds after."""
    schedule, times = Schedule(Random(1)), []
    schedule.follow(settings(mode), 0.0)
    for _ in range(count):
        assert schedule.due is not None
        times.append(schedule.due)
        schedule.took(schedule.due + late)
    return times


def test_random_ones_lie_between_seven_and_thirteen_minutes_apart():
    gaps = [after - before for before, after in pairwise([0.0, *due_times("random", 300)])]
    assert 420 <= min(gaps) < 440
    assert 760 < max(gaps) <= 780
    assert 580 < sum(gaps) / len(gaps) < 620


def test_fixed_ones_do_not_drift():
    assert due_times("fixed", 4, late=3) == [600, 1200, 1800, 2400]


def test_a_fixed_one_that_was_held_up_for_long_begins_anew():
    schedule = Schedule(Random(1))
    schedule.follow(settings("fixed"), 0.0)
    schedule.took(5000.0)
    assert schedule.due == 5600.0


def test_switches_are_taken_a_moment_later_and_ten_seconds_apart():
    schedule = Schedule(Random(1))
    schedule.follow(settings("switch"), 0.0)
    assert schedule.due is None
    schedule.switched(100.0)
    assert schedule.due == 101.0
    schedule.switched(100.5)
    assert schedule.due == 101.0
    schedule.took(101.0)
    assert schedule.due is None
    schedule.switched(103.0)
    assert schedule.due == 111.0


@given(st.lists(st.floats(0.01, 30), min_size=1, max_size=60))
def test_however_often_windows_are_switched_ten_seconds_lie_between(gaps):
    schedule, now, taken = Schedule(Random(1)), 0.0, []
    schedule.follow(settings("switch"), now)
    for gap in gaps:
        if schedule.due is not None and schedule.due <= now + gap:
            taken.append(schedule.due)
            schedule.took(schedule.due)
        now += gap
        schedule.switched(now)
    assert all(after - before >= 10 - 1e-6 for before, after in pairwise(taken))


def test_switches_do_not_matter_in_the_other_modes():
    schedule = Schedule(Random(1))
    schedule.follow(settings("fixed"), 0.0)
    schedule.switched(5.0)
    assert schedule.due == 600.0


def test_another_interval_counts_from_now_and_the_same_one_changes_nothing():
    schedule = Schedule(Random(1))
    schedule.follow(settings("fixed"), 0.0)
    schedule.follow(settings("fixed"), 300.0)
    assert schedule.due == 600.0
    schedule.follow(settings("fixed", 60), 300.0)
    assert schedule.due == 360.0
    schedule.follow(settings("switch"), 310.0)
    assert schedule.due is None
