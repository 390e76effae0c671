"""Absences, locks, sleep and clocks that jump: what the span machine makes of time without anybody."""

from datetime import UTC, timedelta

from productify.clock import LocalDays
from productify.domain import State
from productify.tracker.happenings import Shown
from productify.tracker.probe import InputBack, InputStopped, Locked, Slept, Unlocked, Woke
from productify.tracker.reading import Reading
from productify.tracker.spans import Spans

from .world import NOON, World, app

EDITOR, BROWSER, MAIL = app("Editor", "a.py"), app("Firefox", "News"), app("Mail")


def test_no_input_for_the_timeout_is_taken_back_to_the_last_input():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(100)
    world.feed(InputStopped(NOON + timedelta(seconds=40)))
    world.advance(300)
    world.feed(InputBack(world.wall))
    world.advance(20)
    world.stop()
    assert world.brief() == [("Editor", 0, 40), ("away", 40, 400), ("Editor", 400, 420)]
    assert [(gap.start, gap.end) for gap in world.gaps] == [
        (NOON + timedelta(seconds=40), NOON + timedelta(seconds=400))
    ]


def test_windows_that_changed_by_themselves_during_an_absence_are_taken_back_too():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(60)
    world.feed(InputStopped(NOON))
    world.feed(Shown(MAIL))
    world.advance(60)
    world.feed(Shown(BROWSER))
    world.advance(300)
    world.stop()
    assert world.brief() == [("away", 0, 420)]
    assert world.rows[next(iter(world.rows))].cause is State.AWAY


def test_a_pause_in_input_under_the_timeout_takes_nothing_back_but_is_kept_as_a_gap():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(60)
    world.feed(InputStopped(NOON))
    world.advance(200)
    world.feed(InputBack(world.wall))
    world.advance(10)
    world.stop()
    assert world.brief() == [("Editor", 0, 270)]
    assert [gap.end - gap.start for gap in world.gaps] == [timedelta(seconds=260)]


def test_late_word_of_input_makes_no_absence():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(60)
    world.feed(InputStopped(NOON))
    world.advance(200)
    touched = world.wall
    world.advance(100, beats=False)  # the process was held up
    world.feed(InputBack(touched))
    world.stop()
    assert world.brief() == [("Editor", 0, 360)]


def test_a_lock_keeps_its_cause_within_an_absence():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(60)
    world.feed(InputStopped(NOON))
    world.feed(Locked("screen saver"))
    world.advance(500)
    world.feed(Unlocked("screen saver"))
    world.feed(InputBack(world.wall))
    world.advance(10)
    world.stop()
    assert world.brief() == [("away", 0, 60), ("locked", 60, 560), ("Editor", 560, 570)]


def test_two_who_lock_must_both_unlock():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(10)
    world.feed(Locked("logind"))
    world.feed(Locked("screen saver"))
    world.advance(10)
    world.feed(Unlocked("logind"))
    world.advance(10)
    world.feed(Unlocked("screen saver"))
    world.advance(10)
    world.stop()
    assert world.brief() == [("Editor", 0, 10), ("locked", 10, 30), ("Editor", 30, 40)]


def test_sleep_that_was_announced():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(10)
    world.feed(Slept())
    world.advance(0.5)
    world.sleep(8 * 3600)
    world.feed(Woke())
    world.advance(10)
    world.stop()
    assert world.brief() == [("Editor", 0, 10), ("asleep", 10, 28810.5), ("Editor", 28810.5, 28820.5)]


def test_sleep_that_nobody_announced_is_seen_by_the_clocks():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(9)
    world.sleep(3600)
    world.tick()
    world.advance(9)
    world.stop()
    assert world.brief() == [("Editor", 0, 9), ("asleep", 9, 3609), ("Editor", 3609, 3618)]


def test_where_no_counter_tells_of_sleep_a_wall_clock_ahead_does():
    spans = Spans(LocalDays(UTC), 300)
    spans.feed(Shown(EDITOR), Reading(NOON, 0.0, None))
    spans.tick(Reading(NOON + timedelta(seconds=5), 5.0, None))
    changes = spans.tick(Reading(NOON + timedelta(seconds=3605), 10.0, None))
    assert [(row.app_name, row.seconds) for row in changes.put][:2] == [("Editor", 10), ("asleep", 3595)]


def test_after_waking_nobody_is_there_until_there_is_input():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(100)
    world.feed(InputStopped(NOON + timedelta(seconds=30)))
    world.feed(Slept())
    world.sleep(3600)
    world.feed(Woke())
    world.advance(50)
    world.feed(InputBack(world.wall))
    world.advance(10)
    world.stop()
    assert world.brief() == [
        ("Editor", 0, 30),
        ("away", 30, 100),
        ("asleep", 100, 3700),
        ("away", 3700, 3750),
        ("Editor", 3750, 3760),
    ]


def test_a_clock_set_forward_makes_no_monstrous_row():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(9)
    world.jump(86400)
    world.tick()
    world.advance(9)
    world.stop()
    assert world.brief() == [("Editor", 0, 9), ("Editor", 86409, 86418)]


def test_a_clock_set_back_counts_no_second_twice():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(900)
    world.jump(-600)
    world.tick()
    world.advance(300)
    world.feed(Shown(MAIL))
    world.advance(600)
    world.stop()
    assert world.brief() == [("Editor", 0, 900), ("Mail", 900, 1200)]


def test_a_clock_that_was_a_year_ahead_does_not_stop_recording():
    world = World(start=NOON + timedelta(days=365))
    world.feed(Shown(EDITOR))
    world.advance(90)
    world.jump(-365 * 86400)
    world.tick()
    world.advance(90)
    world.stop()
    assert ("Editor", 90, 180) in world.brief()


def test_a_restart_leaves_rows_of_the_future_alone():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(90)
    world.stop()
    world.jump(-60)
    world.kill()
    world.feed(Shown(MAIL))
    world.advance(90)
    world.stop()
    assert world.brief() == [("Editor", 0, 90), ("Mail", 90, 120)]


def test_a_clock_set_back_to_before_this_run_leaves_earlier_rows_alone():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(90)
    world.stop()
    world.kill()
    world.jump(-60)
    world.tick()
    world.feed(Shown(MAIL))
    world.advance(90)
    world.stop()
    assert world.brief() == [("Editor", 0, 90), ("Mail", 90, 120)]


def test_small_drift_is_not_a_jump():
    world = World()
    world.feed(Shown(EDITOR))
    for _ in range(20):
        world.advance(4.5)
        world.jump(-0.9)
    for _ in range(20):
        world.advance(4.5)
        world.jump(0.9)
    world.stop()
    assert world.brief() == [("Editor", 0, 180)]
