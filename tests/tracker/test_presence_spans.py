"""Presence without input: what keeps an absence away, for how long, and where it begins then."""

from datetime import timedelta

import pytest

from productify.domain import Presence, Return, State
from productify.tracker.happenings import Corrected, LetGo, Paused, Shown
from productify.tracker.probe import InputBack, InputStopped, Locked, Slept, Unlocked, Woke
from productify.tracker.vouching import Vouched

from .world import NOON, World, app, state

PLAYER, EDITOR, PRIVATE = app("Player", "Film"), app("Editor", "a.py"), state(State.PRIVATE)
HOUR = timedelta(hours=1)


def quiet(world: World, seconds: float, vouched: Vouched | None = None) -> None:
    """Let the last input be now and nothing come for some time."""
    since = world.wall
    if vouched is not None:
        world.feed(vouched)
    world.advance(60)
    world.feed(InputStopped(since))
    world.advance(seconds - 60)


def kinds(world: World) -> list[tuple[str, Presence | None]]:
    """Return (name, presence) of every row, in order."""
    rows = sorted(world.rows.values(), key=lambda row: row.start)
    return [(row.app_name, row.presence) for row in rows]


def at(seconds: float):
    return NOON + timedelta(seconds=seconds)


def test_a_call_without_input_is_no_absence_and_the_row_says_why():
    world = World()
    world.feed(Shown(PLAYER))
    quiet(world, 1800, Vouched(Presence.CALL, HOUR))
    assert world.spans.running.activity.presence is Presence.CALL
    world.feed(InputBack(world.wall))
    world.tick()
    assert world.spans.running.activity.presence is None
    world.stop()
    assert world.brief() == [("Player", 0, 1800)]
    assert kinds(world) == [("Player", Presence.CALL)]
    assert [gap.end - gap.start for gap in world.gaps] == [timedelta(seconds=1800)]


def test_what_is_shorter_than_the_timeout_needs_no_reason():
    world = World()
    world.feed(Shown(PLAYER))
    quiet(world, 299, Vouched(Presence.CALL, HOUR))
    world.feed(InputBack(world.wall))
    world.stop()
    assert kinds(world) == [("Player", None)]


def test_the_absence_begins_where_presence_ended():
    world = World()
    world.feed(Shown(PLAYER))
    quiet(world, 1800, Vouched(Presence.VIDEO, HOUR))
    world.feed(Vouched())
    world.advance(299)
    assert world.spans.running.activity.cause is None
    world.advance(10)
    world.stop()
    assert world.brief() == [("Player", 0, 1800), ("away", 1800, 2109)]
    assert kinds(world) == [("Player", Presence.VIDEO), ("away", None)]


def test_the_absence_begins_where_the_cap_ran_out_and_at_once():
    world = World()
    world.feed(Shown(PLAYER))
    quiet(world, 3700, Vouched(Presence.VIDEO, HOUR))
    world.stop()
    assert world.brief() == [("Player", 0, 3600), ("away", 3600, 3700)]


def test_a_cap_within_the_timeout_changes_only_where_the_absence_begins():
    world = World()
    world.feed(Shown(PLAYER))
    quiet(world, 299, Vouched(Presence.AUDIO, timedelta(seconds=120)))
    assert world.spans.running.activity.cause is None
    world.advance(2)
    world.stop()
    assert world.brief() == [("Player", 0, 120), ("away", 120, 301)]


def test_the_cap_counts_from_the_last_input_whatever_stopped_and_began_in_between():
    world = World()
    world.feed(Shown(PLAYER))
    quiet(world, 1800, Vouched(Presence.VIDEO, HOUR))
    for _ in range(6):
        world.feed(Vouched())
        world.advance(200)
        world.feed(Vouched(Presence.VIDEO, HOUR))
        world.advance(200)
    world.stop()
    assert world.brief() == [("Player", 0, 3400), ("away", 3400, 4200)]


def test_what_begins_within_an_absence_does_not_end_it():
    world = World()
    world.feed(Shown(PLAYER))
    quiet(world, 400)
    world.feed(Vouched(Presence.AUDIO, HOUR))
    world.advance(100)
    world.stop()
    assert world.brief() == [("away", 0, 500)]


def test_windows_that_change_meanwhile_are_kept_and_say_why():
    world = World()
    world.feed(Shown(PLAYER))
    quiet(world, 400, Vouched(Presence.CALL, HOUR))
    world.feed(Shown(EDITOR))
    world.advance(400)
    world.stop()
    assert kinds(world) == [("Player", Presence.CALL), ("Editor", Presence.CALL)]


def test_a_correction_of_the_running_row_leaves_its_reason():
    world = World()
    world.feed(Shown(PLAYER))
    quiet(world, 400, Vouched(Presence.CALL, HOUR))
    world.feed(InputBack(world.wall))
    world.feed(LetGo())
    (row,) = world.rows.values()
    world.feed(Corrected((), row))
    world.advance(10)
    world.feed(Shown(EDITOR))
    world.advance(10)
    world.stop()
    assert kinds(world) == [("Player", Presence.CALL), ("Editor", None)]


def test_private_time_does_not_say_by_what_somebody_was_there():
    world = World()
    world.feed(Shown(PRIVATE))
    quiet(world, 400, Vouched(Presence.CALL, HOUR))
    assert world.spans.running.activity.presence is None
    world.stop()
    assert kinds(world) == [("private", None)]


@pytest.mark.parametrize(
    ("begin", "end", "name"), [(Locked("x"), Unlocked("x"), "locked"), (Slept(), Woke(), "asleep")]
)
def test_lock_and_sleep_always_win(begin, end, name):
    world = World()
    world.feed(Shown(PLAYER))
    quiet(world, 1000, Vouched(Presence.CALL, HOUR))
    world.feed(begin)
    world.advance(1000)
    world.feed(end)
    world.advance(10)
    world.feed(InputBack(world.wall))
    world.advance(10)
    world.stop()
    assert world.brief() == [("Player", 0, 1000), (name, 1000, 2000), ("away", 2000, 2010), ("Player", 2010, 2020)]


def test_a_greater_cap_that_ended_counts_as_input_would():
    world = World()
    world.feed(Shown(PLAYER))
    quiet(world, 3000, Vouched(Presence.CALL, HOUR))
    world.feed(Vouched(Presence.AUDIO, timedelta(seconds=600)))
    world.advance(299)
    assert world.spans.running.activity.cause is None
    world.advance(2)
    world.stop()
    assert world.brief() == [("Player", 0, 3000), ("away", 3000, 3301)]


def test_a_clock_that_is_set_does_not_lengthen_presence():
    world = World()
    world.feed(Shown(PLAYER))
    quiet(world, 1000, Vouched(Presence.VIDEO, HOUR))
    world.jump(5000)
    world.tick()
    world.advance(2700)
    world.stop()
    assert world.brief() == [("Player", 0, 1000), ("Player", 6000, 8600), ("away", 8600, 8700)]


def returned(world: World) -> Return | None:
    return world.spans.taken_return()


def test_a_return_is_told_once_from_where_the_absence_began():
    world = World()
    world.feed(Shown(PLAYER))
    world.advance(10)
    quiet(world, 1000)
    assert returned(world) is None
    world.feed(InputBack(world.wall))
    assert returned(world) == Return(at(10), at(1010), State.AWAY)
    assert returned(world) is None


def test_a_lock_within_an_absence_is_one_return_from_the_last_input():
    world = World()
    world.feed(Shown(PLAYER))
    quiet(world, 100)
    world.feed(Locked("x"))
    world.advance(1000)
    world.feed(Unlocked("x"))
    world.feed(InputBack(world.wall))
    assert returned(world) == Return(at(0), at(1100), State.LOCKED)


def test_sleep_is_the_weightiest_cause_of_a_return():
    world = World()
    world.feed(Shown(PLAYER))
    world.feed(Locked("x"))
    world.feed(Slept())
    world.sleep(3000)
    world.feed(Woke())
    world.advance(5)
    world.feed(Unlocked("x"))
    assert returned(world) == Return(at(0), at(3005), State.ASLEEP)


def test_neither_a_pause_nor_the_end_of_tracking_is_a_return():
    world = World()
    world.feed(Shown(PLAYER))
    quiet(world, 400)
    world.feed(Paused(None))
    assert returned(world) is None
    world.stop()
    assert returned(world) is None
