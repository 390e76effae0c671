"""What becomes of a second: the state machine, case by case."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from productify.clock import LocalDays
from productify.domain import State
from productify.tracker.happenings import Amended, Corrected, LetGo, Paused, Resumed, Retimed, Shown, Switched
from productify.tracker.probe import InputStopped, Locked, SessionEnding, SessionStays, Slept, Woke

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
