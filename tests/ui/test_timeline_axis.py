"""The view of the day: it never leaves the day, and its scale follows the wall clock."""

import itertools
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from productify.clock import LocalDays
from productify_ui.views.timeline.axis import Axis, milliseconds, moment_of

BERLIN = ZoneInfo("Europe/Berlin")
SPRING, AUTUMN, USUAL = date(2026, 3, 28), date(2026, 10, 24), date(2026, 11, 19)
HOUR = 3_600_000
_LEAST = 2 * 60_000


def _whole(day: date, width: float = 1000.0, start: time = time(4)) -> Axis:
    low, high = LocalDays(BERLIN, start).bounds(day)
    return Axis.whole(milliseconds(low), milliseconds(high), width)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (USUAL, 24)])
def test_a_day_is_as_long_as_it_was(day, hours):
    assert _whole(day, start=time(4)).span == hours * HOUR


axes = st.builds(
    _whole,
    st.sampled_from([SPRING, AUTUMN, USUAL]),
    st.floats(1, 4000),
    st.sampled_from([time(0), time(4), time(12)]),
)
share = st.floats(-0.5, 1.5)
moves = st.lists(
    st.one_of(
        st.tuples(st.just("zoom"), st.floats(0.01, 100), st.floats(0, 1)),
        st.tuples(st.just("pan"), st.floats(-5000, 5000)),
        st.tuples(st.just("show"), share, share),
        st.tuples(st.just("reveal"), st.floats(0, 1), st.floats(0, 0.2)),
        st.tuples(st.just("close"), st.floats(-1, 2)),
        st.tuples(st.just("resize"), st.floats(0, 5000)),
    ),
    min_size=1,
    max_size=12,
)


def _moved(axis: Axis, move: tuple) -> Axis:
    whole = axis.high - axis.low
    match move:
        case ("zoom", factor, place):
            return axis.zoomed(factor, place * axis.width)
        case ("pan", pixels):
            return axis.panned(pixels)
        case ("show", start, end):
            return axis.showing(axis.low + start * whole, axis.low + end * whole)
        case ("reveal", start, length):
            begin = axis.low + start * whole * (1 - length)
            return axis.revealing(begin, begin + length * whole)
        case ("close", closeness):
            return axis.at_closeness(closeness)
        case _:
            return axis.resized(move[1])


@given(axes, moves)
def test_no_move_leaves_the_day(axis, moves):
    for move in moves:
        axis = _moved(axis, move)
        assert axis.low - 1 <= axis.start < axis.end <= axis.high + 1
        assert axis.span >= _LEAST - 1
        assert axis.width >= 1
        assert -1e-6 <= axis.closeness <= 1 + 1e-6


@given(axes, moves, st.floats(0, 1), st.floats(0.5, 2))
def test_zooming_keeps_what_is_under_the_mouse(axis, moves, place, factor):
    for move in moves:
        axis = _moved(axis, move)
    x = place * axis.width
    zoomed = axis.zoomed(factor, x)
    free = zoomed.start > zoomed.low + 1 and zoomed.end < zoomed.high - 1 and zoomed.span > _LEAST + 1
    if free:
        assert zoomed.moment(x) == pytest.approx(axis.moment(x), abs=2)
    assert axis.x(axis.moment(x)) == pytest.approx(x, abs=0.01)


@given(axes, moves, st.floats(0, 1), st.floats(0, 0.2))
def test_what_is_revealed_can_be_seen(axis, moves, start, length):
    for move in moves:
        axis = _moved(axis, move)
    whole = axis.high - axis.low
    begin = axis.low + start * whole * (1 - length)
    shown = axis.revealing(begin, begin + length * whole)
    assert shown.span == pytest.approx(axis.span, abs=2)
    assert shown.start <= begin + 2
    assert shown.end >= min(begin + length * whole, begin + shown.span) - 2


@given(axes, moves, st.floats(30, 400))
def test_labels_stand_at_full_times_of_the_wall_and_apart(axis, moves, apart):
    for move in moves:
        axis = _moved(axis, move)
    ticks = axis.ticks(BERLIN, apart)
    assert all(axis.start <= tick.at <= axis.end + 1 for tick in ticks)
    assert all(one.at < other.at for one, other in itertools.pairwise(ticks))
    labels = [tick.at for tick in ticks if tick.major]
    if len(labels) > 2:
        step = max(1, min(other - one for one, other in itertools.pairwise(labels)))
        assert step / axis.span * axis.width >= min(apart, 360 * 60_000 / axis.span * axis.width) / 2 - 1e-6
    for at in labels:
        wall = moment_of(at).astimezone(BERLIN)
        assert (wall.second, wall.microsecond) == (0, 0)


def _hours(day: date, width: float) -> list[int]:
    axis = _whole(day, width, time(0))
    return [moment_of(tick.at).astimezone(BERLIN).hour for tick in axis.ticks(BERLIN, 60) if tick.major]


def test_the_scale_follows_the_wall_through_a_change_of_the_clock():
    assert _hours(date(2026, 3, 29), 2000) == [0, 1, *range(3, 24), 0]
    assert _hours(date(2026, 10, 25), 2000) == [0, 1, 2, *range(2, 24), 0]
    assert _hours(date(2026, 3, 29), 400) == [0, 4, 8, 12, 16, 20, 0]
    assert _hours(date(2026, 10, 25), 400) == [0, 4, 8, 12, 16, 20, 0]


def test_a_view_after_the_change_is_labelled_like_the_whole():
    low, _ = LocalDays(BERLIN, time(0)).bounds(date(2026, 10, 25))
    at = milliseconds(datetime.combine(date(2026, 10, 25), time(14), BERLIN))
    axis = _whole(date(2026, 10, 25), 1000, time(0)).showing(at, at + 2 * HOUR)
    labels = [moment_of(tick.at).astimezone(BERLIN) for tick in axis.ticks(BERLIN, 96) if tick.major]
    assert [(label.hour, label.minute) for label in labels][:3] == [(14, 0), (14, 15), (14, 30)]
    assert milliseconds(low) == axis.low
