"""For any sequence of windows, absences, sleeps, clock jumps and kills: one answer for every second, and only one."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from productify.domain import Presence, State
from productify.tracker.happenings import Amended, Paused, Resumed, Shown, Switched
from productify.tracker.intervals import Intervals
from productify.tracker.probe import InputBack, InputStopped, Locked, Slept, Unlocked, Woke
from productify.tracker.rows import SHORT
from productify.tracker.vouching import Vouched

from .world import NOON, World, app, state

FACES = [app("Editor", "a"), app("Editor", "b"), app("Mail"), state(State.PRIVATE), state(State.SYSTEM)]
VOUCHERS = [Vouched(), Vouched(Presence.CALL, timedelta(hours=4)), Vouched(Presence.AUDIO, timedelta(seconds=90))]
milliseconds = st.one_of(st.integers(1, 3000), st.integers(1, 200_000))

STEPS = st.one_of(
    st.tuples(st.just("advance"), milliseconds),
    st.tuples(st.just("stall"), milliseconds),
    st.tuples(st.just("show"), st.integers(0, len(FACES) - 1)),
    st.tuples(st.just("amend"), st.integers(0, len(FACES) - 1)),
    st.tuples(st.just("quiet"), st.integers(60_000, 200_000)),
    st.tuples(st.just("input"), st.integers(0, 2000)),
    st.tuples(st.just("vouch"), st.integers(0, len(VOUCHERS) - 1)),
    st.tuples(st.sampled_from(["lock", "unlock"]), st.integers(0, 1)),
    st.tuples(st.sampled_from(["suspend", "doze"]), st.integers(2_500, 100_000_000)),
    st.tuples(st.just("jump"), st.one_of(st.integers(-500_000, -3_000), st.integers(3_000, 200_000_000))),
    st.tuples(st.just("pause"), st.integers(0, 400_000)),
    st.tuples(st.sampled_from(["resume", "off", "on", "tick", "kill"]), st.just(0)),
)


class Story(World):
    """Plays steps and keeps, beside the rows, which stretches of wall time should be covered."""

    def __init__(self, zone, start) -> None:
        super().__init__(zone, idle_timeout=120, start=start)
        self.wanted = Intervals()
        self.on = True
        self.jumps = 0
        self.feed(Shown(FACES[0]))

    def play(self, step: str, amount: int) -> None:
        """Let one thing happen."""
        before = self.wall
        match step:
            case "advance" | "stall":
                self.advance(amount / 1000, beats=step == "advance")
                if step == "stall":  # the process was held up; its beat comes first when it goes on
                    self.tick()
            case "show":
                self.feed(Shown(FACES[amount]))
            case "amend":
                self.feed(Amended(FACES[amount]))
            case "quiet":
                self.feed(InputStopped(self.wall - timedelta(milliseconds=amount)))
            case "input":
                self.feed(InputBack(self.wall - timedelta(milliseconds=amount)))
            case "vouch":
                self.feed(VOUCHERS[amount])
            case "lock":
                self.feed(Locked(str(amount)))
            case "unlock":
                self.feed(Unlocked(str(amount)))
            case "suspend":
                self.feed(Slept())
                self.sleep(amount / 1000)
                self.feed(Woke())
            case "doze":
                self.sleep(amount / 1000)
                self.tick()
            case "pause":
                self.feed(Paused(self.wall + timedelta(milliseconds=amount) if amount else None))
            case "resume":
                self.feed(Resumed())
            case "tick":
                self.tick()
            case _:
                self._break(step, amount)
                return
        if self.on:
            self.wanted.add(before, self.wall)

    def _break(self, step: str, amount: int) -> None:
        match step:
            case "off" | "on":
                self.on = step == "on"
                self.feed(Switched(self.on))
            case "jump":
                self.tick()
                self.jump(amount / 1000)
                self.jumps += 1
                self.tick()
            case "kill":
                self._kill_and_count()

    def _kill_and_count(self) -> None:
        lost = missing(self.wanted, self.covered())
        assert lost <= timedelta(seconds=5), lost
        self.wanted = self.covered()
        self.kill()
        if not self.on:
            self.feed(Switched(False))
        self.feed(Shown(FACES[0]))


def merged(stretches: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Return stretches in order, those that touch made one."""
    whole: list[tuple[datetime, datetime]] = []
    for start, end in stretches:
        if whole and whole[-1][1] == start:
            start = whole.pop()[0]
        whole.append((start, end))
    return whole


def missing(wanted: Intervals, covered: Intervals) -> timedelta:
    """Return how much of `wanted` is not `covered`."""
    lost, moment = timedelta(), wanted.next_edge(datetime.min.replace(tzinfo=UTC))
    while moment is not None:
        edges = [edge for edge in (wanted.next_edge(moment), covered.next_edge(moment)) if edge is not None]
        following = min(edges, default=None)
        if following is not None and moment in wanted and moment not in covered:
            lost += following - moment
        moment = following
    return lost


ZONES = st.sampled_from([ZoneInfo("UTC"), ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Lord_Howe")])
STARTS = st.sampled_from([NOON, datetime(2026, 3, 29, 0, 58, tzinfo=UTC), datetime(2026, 10, 25, 0, 58, tzinfo=UTC)])
slow = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@slow
@given(ZONES, STARTS, st.lists(STEPS, max_size=40))
def test_every_second_has_exactly_one_answer(zone, start, steps):
    story = Story(zone, start)
    for step, amount in steps:
        story.play(step, amount)
        story.check()
    story.stop()
    story.check()
    assert missing(story.wanted, story.covered()) == timedelta()
    assert missing(story.covered(), story.wanted) == timedelta()


@slow
@given(st.lists(st.tuples(st.sampled_from(["advance", "show"]), st.integers(1, 60_000)), max_size=30))
def test_a_kill_at_any_point_loses_at_most_five_seconds(steps):
    world = World()
    world.feed(Shown(FACES[0]))
    for step, amount in steps:
        if step == "show":
            world.feed(Shown(FACES[amount % len(FACES)]))
        else:
            world.advance(amount / 1000)
            told = max((row.end for row in world.rows.values()), default=NOON)
            assert world.wall - told < timedelta(seconds=5)
    world.check()


@slow
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("away"), st.integers(61, 400)),
            st.tuples(st.just("busy"), st.integers(1, 100)),
            st.tuples(st.just("show"), st.integers(0, 2)),
            st.tuples(st.sampled_from(["lock", "unlock"]), st.just(0)),
        ),
        max_size=25,
    )
)
def test_absences_are_exactly_the_stretches_without_input(steps):
    world = World(idle_timeout=120)
    world.feed(Shown(FACES[0]))
    quiet: list[tuple[datetime, datetime]] = []
    for step, amount in steps:
        match step:
            case "away":
                last_input = world.wall
                world.advance(60)
                world.feed(InputStopped(last_input))
                world.advance(amount - 60)
                world.feed(InputBack(world.wall))
                quiet.append((last_input, world.wall))
            case "busy":
                world.advance(amount)
            case "show":
                world.feed(Shown(FACES[amount]))
            case "lock":
                world.feed(Locked("x"))
            case _:
                world.feed(Unlocked("x"))
    world.stop()
    world.check()
    absences = merged([stretch for stretch in quiet if stretch[1] - stretch[0] >= timedelta(seconds=120)])
    for row in world.rows.values():
        if row.cause is State.AWAY:
            assert any(start - SHORT <= row.start and row.end <= end for start, end in absences), row
        elif row.cause is not State.LOCKED:
            overlap = sum(
                (max(min(row.end, end) - max(row.start, start), timedelta()) for start, end in absences), timedelta()
            )
            assert overlap < SHORT, row
    assert [gap.end - gap.start for gap in world.gaps] == [end - start for start, end in quiet]


@slow
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 300)), min_size=1, max_size=12), st.integers(60, 240))
def test_presence_without_input_reaches_exactly_as_far_as_a_second_by_second_count_says(steps, timeout):
    """The count looks at each second alone: somebody is there until the last second that something vouched for."""
    world = World(idle_timeout=timeout)
    world.feed(Shown(FACES[0]))
    vouched: list[Vouched] = []
    for number, seconds in steps:
        world.feed(VOUCHERS[number])
        for _ in range(seconds):
            world.advance(1)
            vouched.append(VOUCHERS[number])
            if len(vouched) == 60:
                world.feed(InputStopped(NOON))
    if len(vouched) < 60:
        return
    world.stop()
    world.check()
    assert sum(row.seconds for row in world.rows.values() if row.cause is State.AWAY) == _seconds_away(vouched, timeout)


def _seconds_away(vouched: list[Vouched], timeout: int) -> int:
    last = 0
    for second, voucher in enumerate(vouched):
        cap = voucher.cap.total_seconds() if voucher.by else 0
        if second < cap:
            last = second + 1
        over = second + 1 >= max(last, timeout) if last == cap > 0 else second + 1 >= last + timeout
        if over:
            return len(vouched) - last
    return 0


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=20), st.integers(0, 90))
def test_intervals_are_what_a_set_of_seconds_is(stretches, probe):
    intervals, plain = Intervals(), set[int]()
    for start, length in stretches:
        intervals.add(NOON + timedelta(seconds=start), NOON + timedelta(seconds=start + length))
        plain |= set(range(start, start + length))
    assert (NOON + timedelta(seconds=probe) in intervals) == (probe in plain)
    edges = [at for at in range(probe + 1, 100) if (at in plain) != (at - 1 in plain)]
    found = intervals.next_edge(NOON + timedelta(seconds=probe))
    assert found == (NOON + timedelta(seconds=edges[0]) if edges else None)


@pytest.mark.parametrize("seconds", [1, 4, 4.4])
def test_a_young_visit_is_told_by_the_next_beat(seconds):
    world = World()
    world.feed(Shown(FACES[0]))
    world.advance(seconds)
    world.tick()
    assert world.brief() == [("Editor", 0, seconds)]
