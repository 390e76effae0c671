"""The course of a day tells of any part of it what its activities would, summed up millisecond by millisecond."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from productify.domain import Totals
from productify.store import course, hours
from productify.store.course import Kind, Run, Stretch
from store.making import BERLIN, at

DAY = date(2026, 5, 4)
BEGINS = course.milliseconds(BERLIN.start_of(DAY))
MINUTE = 60_000

kinds = st.sampled_from([*Kind, None])
pieces = st.tuples(st.integers(-20 * MINUTE, 3 * 60 * MINUTE), st.integers(1, 3 * 60 * MINUTE), kinds)


@st.composite
def days(draw: st.DrawFn) -> list[Stretch]:
    """Draw stretches in order of their starts; a few overlap, as a merged history may."""
    now, made = BEGINS, []
    for pause, length, kind in draw(st.lists(pieces, max_size=15)):
        start = max(now + pause, made[-1].start if made else BEGINS)
        made.append(Stretch(start, start + length, kind))
        now = start + length
    return made


def summed(stretches: list[Stretch], start: int, end: int) -> Totals:
    """Sum the time between two moments by the meaning of the kinds."""
    sums = dict.fromkeys(Totals.__slots__, 0)
    for stretch in stretches:
        inside = max(0, min(stretch.end, end) - max(stretch.start, start))
        if stretch.kind is not None:
            name = Kind(stretch.kind).name.lower()
            sums[name] += inside
            sums["neutral"] += inside if name in ("unclassified", "private") else 0
    return Totals(**sums)


@given(days())
def test_it_comes_back_as_it_was_kept(stretches: list[Stretch]) -> None:
    runs = course.joined(stretches)
    assert course.unpacked(course.packed(runs)) == runs
    assert course.totals(runs) == summed(stretches, 0, 2**62)


@given(days(), st.integers(0, 30 * 60 * MINUTE))
def test_a_day_up_to_a_moment(stretches: list[Stretch], after: int) -> None:
    cut = BEGINS + after
    runs = course.until(course.joined(stretches), course.moment(cut))
    assert course.totals(runs) == summed(stretches, 0, cut)


@given(days())
def test_a_day_in_hours_however_long_it_is(stretches: list[Stretch]) -> None:
    runs = course.joined(stretches)
    cuts = hours.of_day(DAY, BERLIN, runs)
    borders = [course.milliseconds(moment) for moment in (*(start for start, _ in cuts), cuts[-1][1])]
    assert cuts[:24] == BERLIN.hours(DAY)
    assert course.totals_by_hour(runs, cuts) == [summed(stretches, start, end) for start, end in pairwise(borders)]


def test_hours_reach_back_to_what_was_recorded_far_in_the_east() -> None:
    first = at("2026-05-03 19:10")
    cuts = hours.of_day(DAY, BERLIN, [Run(course.milliseconds(first), BEGINS, Kind.PRODUCTIVE)])
    assert cuts[0][0] == at("2026-05-03 19:00")
    assert len(cuts) == 24 + 7


def test_short_breaks_do_not_end_a_stretch() -> None:
    def minute(number: float) -> datetime:
        return at("2026-05-04 08:00") + timedelta(minutes=number)

    def run(start: float, end: float, kind: Kind) -> Run:
        return Run(course.milliseconds(minute(start)), course.milliseconds(minute(end)), kind)

    runs = [
        run(0, 10, Kind.PRODUCTIVE),
        run(10, 14.9, Kind.IDLE),
        run(14.9, 20, Kind.PRIVATE),
        run(20, 25, Kind.IDLE),
        run(25, 26, Kind.NEUTRAL),
        run(27, 28, Kind.DISTRACTING),
    ]
    assert course.active_stretches(runs) == [(minute(0), minute(20)), (minute(25), minute(28))]
    assert course.active_stretches([run(0, 5, Kind.IDLE)]) == []
