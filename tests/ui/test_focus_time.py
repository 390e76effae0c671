"""How a session's time is written: rings, and what the day's sessions came to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from productify.domain import FocusNow, FocusPlan, FocusState, Pomodoro
from productify.focus.session import Session
from productify_ui.text.focus import sessions_text
from productify_ui.text.focus_time import ring_of
from ui.fake import TODAY
from ui.fake_focus import ZONE, session_at

START = datetime(2026, 11, 19, 9, tzinfo=UTC)


def _now(session: Session, seconds: float) -> FocusNow:
    at = session.at(seconds)
    return FocusNow(
        "running", session.plan, FocusState.ACTIVE, at.phase, at.cycle, at.elapsed, at.left, at.phase_left,
        at.phase_total, at.overtime, START, START + timedelta(seconds=seconds + at.left), 0, 3, None,
    )  # fmt: skip


@pytest.mark.parametrize("plan", [FocusPlan(25), FocusPlan(25, pomodoro=Pomodoro(25, 5, 15, 4))])
def test_the_ring_of_a_stretch_that_was_extended_goes_on(plan):
    session = Session.of(plan).extend(60, 5)
    shares = [ring_of(_now(session, gone * 60), START, ZONE).share for gone in (1, 3, 15, 30)]
    assert shares == pytest.approx([1 / 30, 3 / 30, 0.5, 0.0 if plan.pomodoro else 1.0])


def test_a_break_that_was_extended_goes_on():
    session = Session.of(FocusPlan(25, pomodoro=Pomodoro())).extend(26 * 60, 5)
    assert ring_of(_now(session, 30 * 60), START, ZONE).share == pytest.approx(0.5)


def test_what_ended_early_is_not_called_done():
    done = session_at(TODAY, 9, 0, 25, "Sync")
    early, running = replace(done, state=FocusState.CANCELLED), replace(done, state=FocusState.ACTIVE, ended_at=None)
    assert sessions_text((done, done, early), is_running=False) == "2 done, 1 ended early"
    assert sessions_text((done, running), is_running=True) == "1 done, 1 running"
    assert sessions_text((early,), is_running=False) == "1 ended early"
    assert sessions_text((running,), is_running=True) == "1 running"
    assert sessions_text((), is_running=False) == ""
