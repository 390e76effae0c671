"""How much time has passed, whatever the wall clock was set to."""

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from productify.clock import SettableClock, SystemClock
from productify.focus.reckoning import Axis, Following, Machine, Reading, boot_id, passed, since_boot, timepiece_of

NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)
JUMPS = st.timedeltas(timedelta(days=-4000), timedelta(days=4000))
SECONDS = st.floats(0, 1e8)


def reading(wall: timedelta, boot: str, seconds: float) -> Reading:
    return Reading(NOON + wall, boot, seconds)


@given(SECONDS, SECONDS, JUMPS, JUMPS)
def test_in_one_boot_the_wall_clock_means_nothing(one: float, more: float, set_to: timedelta, then: timedelta) -> None:
    assert passed(reading(then, "a", one), reading(set_to, "a", one + more)) == (one + more) - one


@given(SECONDS, SECONDS, JUMPS)
def test_over_a_reboot_it_is_what_the_wall_allows_and_never_less_than_none(
    one: float, other: float, gone: timedelta
) -> None:
    found = passed(reading(timedelta(), "a", one), reading(gone, "b", other))
    assert found == max(0.0, gone.total_seconds())


@given(st.lists(st.tuples(JUMPS, SECONDS), min_size=1, max_size=8))
def test_an_axis_only_goes_on(steps: list[tuple[timedelta, float]]) -> None:
    clock = SettableClock(NOON)
    axis = Axis(Following(clock), 100.0, Following(clock).read())
    last, gone = 100.0, 0.0
    for jump, seconds in steps:
        clock.jump(max(jump, timedelta(days=-300)).total_seconds() % 1e8)
        clock.advance(seconds % 1e6)
        gone += seconds % 1e6
        position, _ = axis.now()
        assert position >= last
        assert abs(position - 100.0 - gone) < 1e-3
        last = position


def test_a_reading_survives_json() -> None:
    there = reading(timedelta(), "a", 12.5)
    assert Reading.unpacked(there.packed()) == there


def test_the_machine_counts_as_time_passes_and_names_its_boot_alike_in_every_process() -> None:
    timepiece = timepiece_of(SystemClock())
    assert isinstance(timepiece, Machine)
    one, begin = timepiece.read(), time.monotonic()
    time.sleep(0.05)
    other, end = timepiece.read(), time.monotonic()
    assert abs((other.seconds - one.seconds) - (end - begin)) < 0.02
    assert since_boot() >= time.monotonic() - 1, "sleep counts in it"
    asked = [sys.executable, "-c", "from productify.focus.reckoning import boot_id; print(boot_id())"]
    assert subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip() == boot_id()


def test_a_clock_that_is_moved_by_hand_is_followed() -> None:
    assert isinstance(timepiece_of(SettableClock(NOON)), Following)
