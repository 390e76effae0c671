"""The session's state machine: its course, and that no order of calls makes an impossible state."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from productify.domain import FocusPlan, FocusState, Phase, Pomodoro
from productify.errors import KnownError, UsageError
from productify.focus.session import Session, Standing

EDGES = {
    FocusState.ACTIVE: {FocusState.ACTIVE, FocusState.PAUSED, FocusState.COMPLETED, FocusState.CANCELLED},
    FocusState.PAUSED: {FocusState.PAUSED, FocusState.ACTIVE, FocusState.COMPLETED, FocusState.CANCELLED},
    FocusState.COMPLETED: {FocusState.COMPLETED},
    FocusState.CANCELLED: {FocusState.CANCELLED},
}
FIFTY = Session.of(FocusPlan(50))
STRICT = Session.of(FocusPlan(50, strict=True))
CYCLES = Session.of(FocusPlan(0, pomodoro=Pomodoro(25, 5, 15, 4)))


def minutes(count: float) -> float:
    return count * 60


@dataclass(frozen=True)
class Call:
    """One thing that is asked of a session, some seconds after the one before."""

    verb: str
    after: float

    def on(self, session: Session, moment: float) -> Session:
        verbs: dict[str, Callable[[], Session]] = {
            "pause": lambda: session.pause(moment),
            "resume": lambda: session.resume(moment),
            "extend": lambda: session.extend(moment, 5),
            "end": lambda: session.end(moment),
            "emergency": lambda: session.end(moment, emergency=True),
        }
        try:
            return verbs[self.verb]()
        except KnownError:
            return session


CALLS = st.lists(
    st.builds(
        Call,
        st.sampled_from(["pause", "resume", "extend", "end", "emergency"]),
        st.floats(0, 3000),
    ),
    max_size=12,
)
PLANS = st.builds(
    FocusPlan,
    st.integers(1, 120),
    pomodoro=st.none()
    | st.builds(Pomodoro, st.integers(1, 30), st.integers(1, 9), st.integers(1, 20), st.integers(1, 5)),
    strict=st.booleans(),
)


@given(PLANS, CALLS)
def test_no_order_of_calls_makes_an_impossible_state(plan: FocusPlan, calls: list[Call]) -> None:
    session, moment, before = Session.of(plan), 0.0, Session.of(plan).at(0.0)
    for call in calls:
        moment += call.after
        was, session = session, call.on(session, moment)
        assert session.state in EDGES[was.state]
        now = session.at(moment)
        _is_sound(session, now)
        assert now.elapsed >= before.elapsed - 1e-6, "time that counted is never taken back"
        assert now.focused >= before.focused - 1e-6
        before = now


def _is_sound(session: Session, now: Standing) -> None:
    assert min(now.elapsed, now.left, now.phase_left, now.overtime, now.focused) >= 0
    assert now.focused <= now.elapsed + 1e-6
    assert now.elapsed + now.left == pytest.approx(session.total + now.overtime)
    assert now.phase_left <= now.left + 1e-6
    assert 1 <= now.cycle <= (session.plan.pomodoro.cycles if session.plan.pomodoro else 1)
    assert (now.phase is Phase.OVERTIME) <= (now.left == 0)
    assert not now.overtime or session.has_overtime
    assert (session.paused_at is not None) or session.state is not FocusState.PAUSED
    assert (session.ended_at is None) == session.is_open
    if not session.is_open:
        assert (session.state is FocusState.COMPLETED) == (now.focused >= session.plan.minutes * 60)


@given(PLANS, CALLS, st.lists(st.floats(0, 900), max_size=6))
def test_pauses_do_not_count(plan: FocusPlan, calls: list[Call], pauses: list[float]) -> None:
    """The same calls with pauses between them come to the same, later."""
    plan = replace(plan, strict=False)
    plain = paused = Session.of(plan)
    moment = gone = 0.0
    calls = [call for call in calls if call.verb in ("extend", "end")]
    for index, call in enumerate(calls):
        moment += call.after
        plain = call.on(plain, moment)
        if index < len(pauses) and paused.is_open:
            paused = paused.pause(moment + gone)
            gone += pauses[index]
            paused = paused.resume(moment + gone)
        paused = call.on(paused, moment + gone)
    assert paused.state is plain.state
    ours, theirs = paused.at(moment + gone), plain.at(moment)
    assert ours.elapsed == pytest.approx(theirs.elapsed, abs=1e-3)
    assert ours.left == pytest.approx(theirs.left, abs=1e-3)


@given(PLANS, st.floats(0, 1e6), st.floats(0, 1e6))
def test_time_only_goes_on(plan: FocusPlan, one: float, other: float) -> None:
    session = Session.of(plan)
    early, late = session.at(min(one, other)), session.at(max(one, other))
    assert early.elapsed <= late.elapsed
    assert early.left >= late.left
    assert early.overtime <= late.overtime
    assert early.focused <= late.focused


def test_a_moment_before_the_newest_counts_as_that_one() -> None:
    paused = FIFTY.pause(minutes(10))
    resumed = paused.resume(minutes(5))
    assert resumed.at(0).elapsed == minutes(10)
    assert resumed.end(0).elapsed(minutes(99)) == minutes(10)


def test_a_plain_session_goes_over_into_overtime() -> None:
    assert FIFTY.at(0) == Standing(Phase.FOCUS, 1, 0, 3000, 3000, 3000, 0, 0)
    assert FIFTY.at(minutes(49)).phase_left == 60
    over = FIFTY.at(minutes(54))
    assert (over.phase, over.left, over.overtime, over.focused) == (Phase.OVERTIME, 0, 240, minutes(54))


def test_four_cycles_of_work_and_breaks() -> None:
    assert CYCLES.plan.minutes == 100
    phases = [CYCLES.at(minutes(at)).phase for at in (0, 25, 30, 55, 60, 85, 90, 115, 129)]
    focus, rest, long_rest = Phase.FOCUS, Phase.BREAK, Phase.LONG_BREAK
    assert phases == [focus, rest, focus, rest, focus, rest, focus, long_rest, long_rest]
    assert [CYCLES.at(minutes(at)).cycle for at in (0, 26, 30, 90, 120)] == [1, 1, 2, 4, 4]
    assert CYCLES.at(minutes(27)).focused == minutes(25)
    assert not CYCLES.is_over(minutes(129.9))
    assert CYCLES.is_over(minutes(130))
    assert CYCLES.at(minutes(200)).overtime == 0, "a course that ends with a break has no overtime"
    assert CYCLES.overrun(minutes(131)) == 60
    assert CYCLES.end(minutes(115)).state is FocusState.COMPLETED
    assert CYCLES.end(minutes(114.9)).state is FocusState.CANCELLED


def test_the_end_completes_from_the_planned_end_on() -> None:
    assert FIFTY.end(minutes(50) - 0.1).state is FocusState.CANCELLED
    assert FIFTY.end(minutes(50)).state is FocusState.COMPLETED
    assert FIFTY.extend(minutes(49), 5).end(minutes(52)).state is FocusState.COMPLETED, "it did what was planned"


def test_five_minutes_more_lengthen_what_runs() -> None:
    longer = FIFTY.extend(minutes(10), 5)
    assert longer.at(minutes(10)).left == minutes(45)
    in_break = CYCLES.extend(minutes(26), 5)
    assert in_break.at(minutes(26)).phase_left == minutes(9)
    assert in_break.at(minutes(36)).cycle == 2


def test_in_overtime_five_minutes_more_are_a_new_stretch() -> None:
    again = FIFTY.extend(minutes(53), 5)
    now = again.at(minutes(53))
    assert (now.phase, now.left, now.overtime, now.focused) == (Phase.FOCUS, minutes(5), 0, minutes(53))
    assert again.at(minutes(59)).overtime == 60
    assert again.end(minutes(54)).state is FocusState.COMPLETED, "the planned end was reached before"


def test_strict_mode_refuses_what_would_lift_it() -> None:
    for refused in (STRICT.pause, STRICT.end):
        with pytest.raises(KnownError):
            refused(minutes(49))
    assert STRICT.end(minutes(49), emergency=True).state is FocusState.CANCELLED
    assert STRICT.end(minutes(50)).state is FocusState.COMPLETED
    assert STRICT.extend(minutes(10), 5).is_locked(minutes(54))
    cycles = Session.of(replace(CYCLES.plan, strict=True))
    with pytest.raises(KnownError):
        cycles.extend(minutes(26), 5)
    assert not cycles.is_locked(minutes(116)), "nothing is blocked in the long break"


def test_what_has_ended_stays_as_it_is() -> None:
    ended = FIFTY.end(minutes(20))
    for refused in (ended.pause, ended.resume, ended.end):
        with pytest.raises(KnownError):
            refused(minutes(30))
    assert ended.at(minutes(500)) == ended.at(minutes(20))
    with pytest.raises(KnownError):
        FIFTY.resume(minutes(1))
    with pytest.raises(KnownError):
        FIFTY.pause(60).pause(90)


@pytest.mark.parametrize(
    "plan",
    [
        FocusPlan(0),
        FocusPlan(721),
        FocusPlan(0, pomodoro=Pomodoro(0)),
        FocusPlan(0, pomodoro=Pomodoro(180, 180, 5, 12)),
    ],
)
def test_lengths_that_make_no_session(plan: FocusPlan) -> None:
    with pytest.raises(UsageError):
        Session.of(plan)


def test_it_cannot_be_extended_beyond_a_day() -> None:
    with pytest.raises(UsageError):
        FIFTY.extend(0, 24 * 60)
    with pytest.raises(UsageError):
        FIFTY.extend(0, 0)
