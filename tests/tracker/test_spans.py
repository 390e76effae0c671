"""What becomes of a second: the state machine, case by case."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from productify.clock import LocalDays
from productify.domain import State
from productify.tracker.happenings import Amended, Corrected, LetGo, Paused, Resumed, Retimed, Shown, Switched
from productify.tracker.probe import InputBack, InputStopped, Locked, SessionEnding, SessionStays, Slept, Unlocked, Woke
from productify.tracker.reading import Reading
from productify.tracker.spans import Spans

from .world import NOON, World, app, state

EDITOR, BROWSER, MAIL = app("Editor", "a.py"), app("Firefox", "News"), app("Mail")


def test_a_switch_ends_one_row_and_begins_the_next_at_the_same_moment():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(60)
    world.feed(Shown(BROWSER))
    world.advance(30)
    world.stop()
    assert world.record() == [("Editor", "a.py", 0, 60), ("Firefox", "News", 60, 90)]


def test_the_running_row_grows_at_most_five_seconds_late():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(3600)
    assert world.record()[0][3] >= 3600 - 5
    assert len(world.rows) == 1


def test_extending_tells_the_end_alone():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(60)
    assert [len(changes.put) for changes in world.told if changes] == [1] + [0] * (
        len([c for c in world.told if c]) - 1
    )


def test_a_visit_under_a_second_gives_its_time_to_what_follows():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(10)
    world.feed(Shown(MAIL))
    world.advance(0.4)
    world.feed(Shown(BROWSER))
    world.advance(10)
    world.stop()
    assert world.brief() == [("Editor", 0, 10), ("Firefox", 10, 20.4)]


def test_a_glance_elsewhere_does_not_end_the_row():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(10)
    world.feed(Shown(MAIL))
    world.advance(0.9)
    world.feed(Shown(EDITOR))
    world.advance(10)
    world.stop()
    assert world.brief() == [("Editor", 0, 20.9)]


def test_visits_of_a_second_are_kept():
    world = World()
    for face in (EDITOR, MAIL, BROWSER):
        world.feed(Shown(face))
        world.advance(1)
    world.stop()
    assert world.brief() == [("Editor", 0, 1), ("Mail", 1, 2), ("Firefox", 2, 3)]


def test_titles_that_never_rest_are_still_written_down():
    world = World()
    for number in range(100):
        world.feed(Shown(app("Player", f"{number}")))
        world.advance(0.3)
    world.tick()
    assert sum(end - start for _, start, end in world.brief()) > 25


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


def test_a_pause_ends_by_itself_at_its_moment():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(10)
    world.feed(Paused(NOON + timedelta(seconds=910)))
    world.advance(1000)
    world.stop()
    assert world.brief() == [("Editor", 0, 10), ("paused", 10, 910), ("Editor", 910, 1010)]
    assert not world.spans.paused


def test_a_pause_that_ends_in_sleep_is_over_on_waking():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(10)
    world.feed(Paused(NOON + timedelta(seconds=910)))
    world.advance(90)
    world.feed(Slept())
    world.sleep(3600)
    world.feed(Woke())
    world.advance(10)
    world.stop()
    assert world.brief() == [("Editor", 0, 10), ("paused", 10, 100), ("asleep", 100, 3700), ("Editor", 3700, 3710)]


def test_a_pause_without_end_lasts_until_resumed():
    world = World()
    world.feed(Shown(EDITOR))
    world.feed(Paused(None))
    world.advance(5000)
    world.feed(Resumed())
    world.advance(10)
    world.stop()
    assert world.brief() == [("paused", 0, 5000), ("Editor", 5000, 5010)]


def test_switched_off_nothing_is_recorded():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(10)
    world.feed(Switched(False))
    world.advance(1000)
    world.feed(Switched(True))
    world.advance(10)
    world.stop()
    assert world.brief() == [("Editor", 0, 10), ("Editor", 1010, 1020)]


def test_nothing_is_made_up_while_nobody_can_tell_what_is_in_front():
    world = World()
    world.advance(100)
    world.feed(Shown(EDITOR))
    world.advance(10)
    world.feed(Shown(None))
    world.advance(100)
    world.feed(Locked("logind"))
    world.advance(10)
    world.stop()
    assert world.brief() == [("Editor", 100, 110), ("locked", 210, 220)]


def test_a_log_out_that_is_called_off_goes_on():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(10)
    world.feed(SessionEnding())
    assert world.brief() == [("Editor", 0, 10)]
    world.advance(5)
    world.feed(SessionStays())
    world.advance(10)
    world.stop()
    assert world.brief() == [("Editor", 0, 10), ("Editor", 15, 25)]


def test_an_address_that_arrives_later_belongs_to_the_whole_visit():
    world = World()
    world.feed(Shown(BROWSER))
    world.advance(20)
    world.feed(Amended(app("Firefox", "News", url="https://example.org/", site="example.org")))
    world.advance(10)
    world.stop()
    (row,) = world.rows.values()
    assert (row.url, row.seconds) == ("https://example.org/", 30)


def test_an_address_that_turns_out_private_takes_the_name_back():
    world = World()
    world.feed(Shown(BROWSER))
    world.advance(20)
    world.feed(Amended(state(State.PRIVATE)))
    world.stop()
    assert world.record() == [("private", None, 0, 20)]


def test_what_the_user_said_of_the_running_row_holds_for_its_stretch():
    world = World()
    world.feed(Shown(app("Editor", "a.py", category="development", productivity=2, classified_by="catalogue")))
    world.advance(20)
    world.feed(LetGo())
    (said,) = world.rows.values()
    world.feed(Corrected((), replace(said, category="games", productivity=-2, classified_by="user")))
    world.feed(Shown(app("Editor", "a.py", category="development", productivity=2, classified_by="catalogue")))
    world.advance(20)
    world.stop()
    (row,) = world.rows.values()
    assert (row.category, row.productivity, row.classified_by, row.seconds) == ("games", -2, "user", 40)


def test_what_was_corrected_is_not_written_again():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(50)
    world.feed(Shown(MAIL))
    world.advance(70)
    world.feed(LetGo())
    editor = next(row for row in world.rows.values() if row.app_name == "Editor")
    world.rows[editor.id] = replace(editor, end=NOON + timedelta(seconds=20))
    world.feed(Corrected(((NOON - timedelta(60), NOON),), None))
    world.feed(InputStopped(NOON + timedelta(seconds=100)))
    world.advance(400)
    world.stop()
    assert world.brief() == [("Editor", 0, 20), ("Mail", 50, 120), ("away", 120, 520)]


def test_the_running_row_goes_on_after_a_correction_as_if_there_had_been_none():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(50)
    before = world.spans.running
    world.feed(LetGo())
    (row,) = world.rows.values()
    world.advance(1)
    world.feed(Corrected((), row))
    world.advance(5)
    world.tick()
    assert world.brief() == [("Editor", 0, 56)]
    assert world.spans.running.activity.id == row.id == before.activity.id
    assert world.spans.running.since == before.since


def test_a_row_that_is_gone_after_a_correction_does_not_come_back():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(50)
    world.feed(LetGo())
    world.rows.clear()
    world.feed(Corrected((), None))
    world.advance(5)
    world.stop()
    assert world.brief() == [("Editor", 50, 55)]
    assert world.spans.running is None


def test_rows_are_cut_where_the_local_day_begins():
    world = World(start=datetime(2026, 3, 10, 3, 59, tzinfo=UTC))
    world.feed(Shown(EDITOR))
    world.advance(120)
    world.stop()
    world.check()
    assert [(row.local_day.day, row.seconds) for row in world.rows.values()] == [(9, 60), (10, 60)]


def test_rows_are_cut_where_the_clocks_change():
    berlin = ZoneInfo("Europe/Berlin")
    world = World(berlin, start=datetime(2026, 3, 29, 0, 59, tzinfo=UTC))
    world.feed(Shown(EDITOR))
    world.advance(10)
    world.feed(Slept())
    world.sleep(3 * 86400)
    world.feed(Woke())
    world.stop()
    world.check()
    assert {row.tz_min for row in world.rows.values()} == {60, 120}


def test_another_time_zone_begins_another_row():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(10)
    world.feed(Retimed(300, LocalDays(ZoneInfo("Asia/Tokyo"), time(4))))
    world.advance(10)
    world.stop()
    assert [(row.tz_min, row.seconds) for row in world.rows.values()] == [(0, 10), (540, 10)]


def test_another_day_start_cuts_what_runs():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(1800)
    world.feed(Retimed(300, LocalDays(UTC, time(12, 15))))
    world.advance(10)
    world.stop()
    assert world.brief() == [("Editor", 0, 900), ("Editor", 900, 1810)]
    assert [row.local_day.day for row in world.rows.values()] == [9, 10]


def test_a_shorter_timeout_holds_at_once():
    world = World()
    world.feed(Shown(EDITOR))
    world.advance(100)
    world.feed(InputStopped(NOON + timedelta(seconds=10)))
    world.feed(Retimed(60, world.days))
    world.tick()
    assert world.brief() == [("Editor", 0, 10), ("away", 10, 100)]


def test_running_tells_since_when_an_app_is_in_front_whatever_its_titles():
    world = World()
    world.feed(Shown(MAIL))
    world.advance(10)
    world.feed(Shown(EDITOR))
    world.advance(20)
    world.feed(Shown(app("Editor", "b.py")))
    world.advance(20)
    running = world.spans.running
    assert running is not None
    assert running.since == NOON + timedelta(seconds=10)
    assert running.activity.window_title == "b.py"
