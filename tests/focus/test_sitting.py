"""The sitting's state machine: its course, and that nothing that happens makes it nag, or forget."""

from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from productify.domain import BreakHold
from productify.errors import KnownError
from productify.focus.breaks import (
    APART,
    EYES_EVERY,
    PATIENCE,
    PAUSE,
    SNOOZES,
    TYPING_PAUSE,
    Moment,
    Plan,
    Said,
    Sitting,
)

PLAN = Plan(after=3000, length=300)


@dataclass(frozen=True)
class Step:
    """What holds for some seconds: whether somebody is there, types, or is in a call, and what they do at its end."""

    seconds: float
    is_away: bool = False
    is_typing: bool = False
    hold: BreakHold | None = None
    verb: str = ""


@dataclass(frozen=True)
class Tale:
    """What was seen and said at one moment."""

    now: Moment
    sitting: Sitting
    said: Said | None


def lived(steps: list[Step], plan: Plan, look: float = 1.0) -> list[Tale]:
    """Return all that came of the steps, looked at whenever the machine wants to be, and at each change."""
    at, sitting, tales, away_from, touched = 0.0, Sitting(), list[Tale](), None, 0.0
    for step in steps:
        end = at + step.seconds
        away_from = (at if away_from is None else away_from) if step.is_away else None
        while True:
            touched = at if step.is_typing and not step.is_away else touched
            now = Moment(at, away_from, step.hold, idle=at - touched)
            sitting, said = sitting.see(now, plan)
            tales.append(Tale(now, sitting, said))
            if at >= end:
                break
            wanted = sitting.next_look(now, plan)
            at = min(end, at + max(look, step.seconds if wanted is None else wanted))
        sitting = done(sitting, step.verb, at, plan)
    return tales


def done(sitting: Sitting, verb: str, at: float, plan: Plan) -> Sitting:
    try:
        match verb:
            case "start":
                return sitting.start(at)
            case "snooze":
                return sitting.snooze(at, plan)
            case "skip":
                return sitting.skip(at)
            case _:
                return sitting
    except KnownError:
        return sitting


STEPS = st.lists(
    st.builds(
        Step,
        st.floats(1, 4000),
        st.sampled_from([False, False, False, True]),
        st.booleans(),
        st.sampled_from([None, None, None, BreakHold.CALL]),
        st.sampled_from(["", "", "", "start", "snooze", "skip"]),
    ),
    max_size=12,
)
PLANS = st.builds(Plan, st.booleans(), st.floats(600, 5400), st.floats(60, 900), st.booleans())


@given(STEPS, PLANS)
def test_nothing_is_said_to_whom_it_would_disturb(steps: list[Step], plan: Plan) -> None:
    for tale in lived(steps, plan):
        if tale.said in (Said.BREAK, Said.EYES):
            assert tale.now.hold is None
            assert tale.now.away_from is None


@given(STEPS, PLANS)
def test_what_is_said_lies_apart(steps: list[Step], plan: Plan) -> None:
    said = [(tale.now.at, tale.said) for tale in lived(steps, plan) if tale.said in (Said.BREAK, Said.EYES)]
    for (before, _), (after, what) in pairwise(said):
        assert after - before >= APART - 1e-6
        assert what is not Said.EYES or after - before >= EYES_EVERY - 1e-6


@given(STEPS, PLANS)
def test_only_a_whole_sitting_is_due(steps: list[Step], plan: Plan) -> None:
    rested = 0.0
    for tale in lived(steps, plan):
        if tale.said is Said.BREAK:
            assert plan.on
            assert tale.now.at - rested >= plan.after - 1e-6
        if tale.sitting.since is None:
            rested = tale.now.at


@given(STEPS, PLANS)
def test_a_break_is_put_off_twice_at_most(steps: list[Step], plan: Plan) -> None:
    for tale in lived(steps, plan):
        assert 0 <= tale.sitting.snoozes_left() <= SNOOZES
        due = tale.sitting.due_in(tale.now.at, plan)
        assert due is None or due >= 0


@given(PLANS, st.booleans(), st.booleans())
def test_who_sits_on_is_told_in_time(plan: Plan, is_typing: bool, in_call: bool) -> None:
    plan = replace(plan, on=True)
    hold = BreakHold.CALL if in_call else None
    tales = lived([Step(plan.after + PATIENCE + 5, is_typing=is_typing, hold=hold)], plan)
    told = [tale.now.at for tale in tales if tale.said is Said.BREAK]
    assert len(told) == (0 if in_call else 1)
    wait = PATIENCE if is_typing else 0
    assert all(at == pytest.approx(plan.after + wait, abs=1.1) for at in told)


@given(PLANS)
def test_looks_are_rare_while_nothing_is_due(plan: Plan) -> None:
    tales = lived([Step(plan.after - 1)], replace(plan, on=True))
    eyes = sum(tale.said is Said.EYES for tale in tales)
    assert len(tales) <= 5 + 2 * eyes


def sat(seconds: float, plan: Plan = PLAN, **then: object) -> Sitting:
    sitting = lived([Step(seconds)], plan)[-1].sitting
    return replace(sitting, **then)  # type: ignore[arg-type]


def test_a_pause_of_five_minutes_is_a_break() -> None:
    tales = lived([Step(2900), Step(PAUSE, is_away=True), Step(2999)], PLAN)
    assert not [tale for tale in tales if tale.said]
    assert tales[-1].sitting.due_in(tales[-1].now.at, PLAN) == pytest.approx(1)


def test_a_shorter_one_is_none() -> None:
    tales = lived([Step(2900), Step(PAUSE - 1, is_away=True), Step(10)], PLAN)
    assert [tale.said for tale in tales if tale.said] == [Said.BREAK]


def test_what_a_call_held_back_comes_after_it() -> None:
    steps = [Step(2900), Step(3600, hold=BreakHold.CALL), Step(5)]
    tales = lived(steps, PLAN)
    assert [tale.now.at for tale in tales if tale.said] == [6500]


def test_one_that_a_pause_made_needless_does_not_come() -> None:
    steps = [Step(3600, hold=BreakHold.CALL), Step(600, is_away=True), Step(5)]
    assert not [tale for tale in lived(steps, PLAN) if tale.said]


def test_the_typing_is_waited_for() -> None:
    tales = lived([Step(3060, is_typing=True), Step(30)], PLAN)
    [told] = [tale.now.at for tale in tales if tale.said]
    assert told == pytest.approx(3060 + TYPING_PAUSE, abs=1.1)


def test_snoozing_ends_after_two_times() -> None:
    tales = lived([Step(3001, verb="snooze"), Step(301, verb="snooze"), Step(301, verb="snooze"), Step(60)], PLAN)
    assert [tale.now.at for tale in tales if tale.said] == pytest.approx([3000, 3301, 3602], abs=1.1)
    with pytest.raises(KnownError, match="twice"):
        tales[-1].sitting.snooze(tales[-1].now.at, PLAN)
    with pytest.raises(KnownError, match="No break is due"):
        sat(100).snooze(100, PLAN)


def test_a_break_is_over_when_nobody_touched_anything_for_its_length() -> None:
    tales = lived([Step(3001, verb="start"), Step(60, is_typing=True), Step(301)], PLAN)
    assert [tale.said for tale in tales if tale.said] == [Said.BREAK, Said.OVER]
    assert tales[-1].sitting.break_from is None


def test_a_break_that_nobody_takes_is_none() -> None:
    tales = lived([Step(3001, verb="start"), Step(700, is_typing=True)], PLAN)
    assert [tale.said for tale in tales if tale.said] == [Said.BREAK]
    end = tales[-1]
    assert (end.sitting.break_from, end.sitting.since) == (None, 0)
    assert end.sitting.due_in(end.now.at, PLAN) == pytest.approx(3000 - 100, abs=6)


def test_back_early_is_back() -> None:
    sitting = sat(3001).start(3001)
    with pytest.raises(KnownError, match="runs already"):
        sitting.start(3002)
    assert sitting.skip(3100) == Sitting(3100, 3100, 3100)


def test_eyes_are_rested_between_breaks() -> None:
    tales = lived([Step(7000)], replace(PLAN, eyes=True))
    assert [(tale.now.at, tale.said) for tale in tales if tale.said] == [
        (1200, Said.EYES),
        (2400, Said.EYES),
        (3000, Said.BREAK),
        (4200, Said.EYES),
        (5400, Said.EYES),
        (6000, Said.BREAK),
    ]


def test_eyes_alone() -> None:
    tales = lived([Step(2500)], Plan(on=False, eyes=True))
    assert [tale.now.at for tale in tales if tale.said is Said.EYES] == [1200, 2400]
    assert tales[-1].sitting.due_in(2500, Plan(on=False)) is None
