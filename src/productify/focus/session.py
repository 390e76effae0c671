"""A focus session as a pure state machine: what was planned, and where it stands at a moment.

Moments are seconds on an axis that begins with the session, goes on while the machine sleeps, and never jumps.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from productify.domain import FocusPlan, FocusState, Phase, Pomodoro
from productify.errors import KnownError, UsageError

_MINUTE = 60.0
_LONGEST = 24 * 60
"""Minutes that all stretches of a session may add up to."""

_OPEN = frozenset({FocusState.ACTIVE, FocusState.PAUSED})


@dataclass(frozen=True, slots=True)
class Stretch:
    """One piece of a session's course; `cycle` counts from 1."""

    phase: Phase
    cycle: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a session stands at a moment; all in seconds.

    `phase_total` is how long the running stretch is (0 in overtime), `focused` the part of `elapsed` that was no break.
    """

    phase: Phase
    cycle: int
    elapsed: float
    left: float
    phase_left: float
    phase_total: float
    overtime: float
    focused: float


@dataclass(frozen=True, slots=True)
class Session:
    """A session, from its begin at 0 on; each verb returns the session as it is afterwards.

    A moment before the newest one it was told (`seen`) counts as that one. What is impossible raises KnownError.
    """

    plan: FocusPlan
    course: tuple[Stretch, ...]
    state: FocusState = FocusState.ACTIVE
    seen: float = 0.0
    paused_at: float | None = None
    paused: float = 0.0
    ended_at: float | None = None

    @classmethod
    def of(cls, plan: FocusPlan) -> "Session":
        """Return the session that `plan` asks for; raises UsageError where its lengths make no sense."""
        fitting = checked(plan)
        return cls(fitting, tuple(_course(fitting)))

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.state in _OPEN

    @property
    def total(self) -> float:
        """The seconds of its whole course."""
        return sum(stretch.seconds for stretch in self.course)

    @property
    def has_overtime(self) -> bool:
        """Whether time after its course counts; a course that ends with a break ends the session."""
        return self.course[-1].phase is Phase.FOCUS

    def elapsed(self, moment: float) -> float:
        """Return the seconds up to `moment` that were not paused."""
        until = max(moment, self.seen)
        if self.ended_at is not None:
            until = self.ended_at
        if self.paused_at is not None:
            until = min(until, self.paused_at)
        gone = max(0.0, until - self.paused)
        return gone if self.has_overtime else min(gone, self.total)

    def overrun(self, moment: float) -> float:
        """Return the seconds by which its course is over, also where they do not count."""
        if self.ended_at is not None or self.paused_at is not None:
            return max(0.0, self.elapsed(moment) - self.total)
        return max(0.0, max(moment, self.seen) - self.paused - self.total)

    def at(self, moment: float) -> Standing:
        """Return where it stands at `moment`."""
        elapsed, begin, focused = self.elapsed(moment), 0.0, 0.0
        for stretch in self.course:
            inside = min(elapsed - begin, stretch.seconds)
            focused += inside if stretch.phase in (Phase.FOCUS, Phase.OVERTIME) else 0.0
            begin += stretch.seconds
            if elapsed < begin:
                left, phase_left = self.total - elapsed, begin - elapsed
                return Standing(stretch.phase, stretch.cycle, elapsed, left, phase_left, stretch.seconds, 0.0, focused)
        last, over = self.course[-1], max(0.0, elapsed - begin)
        phase = Phase.OVERTIME if self.has_overtime else last.phase
        return Standing(phase, last.cycle, elapsed, 0.0, 0.0, 0.0, over, focused + over)

    def is_over(self, moment: float) -> bool:
        """Return whether its whole course has passed."""
        return self.elapsed(moment) >= self.total

    def has_reached(self, moment: float) -> bool:
        """Return whether all the focus that was planned has been done, so that its end completes it."""
        return self.at(moment).focused >= self.plan.minutes * _MINUTE

    def block_left(self, moment: float) -> float:
        """Return the seconds until the last stretch of focus ends: what comes after it blocks nothing."""
        ends, begin = 0.0, 0.0
        for stretch in self.course:
            begin += stretch.seconds
            ends = begin if stretch.phase is Phase.FOCUS else ends
        return max(0.0, ends - self.elapsed(moment))

    def is_locked(self, moment: float) -> bool:
        """Return whether strict mode holds it now."""
        return self.is_open and self.plan.strict and self.block_left(moment) > 0

    def pause(self, moment: float) -> "Session":
        """Return it paused."""
        now = self._reached(moment)
        if now.state is FocusState.PAUSED:
            raise KnownError("The focus session is paused already.", "Go on with: productify focus resume")
        if now.is_locked(now.seen):
            raise KnownError("A strict focus session cannot be paused.", "It goes on until its end.")
        return replace(now, state=FocusState.PAUSED, paused_at=now.seen)

    def resume(self, moment: float) -> "Session":
        """Return it active again; what it was paused does not count."""
        now = self._reached(moment)
        if now.paused_at is None:
            raise KnownError("The focus session is not paused.")
        paused = now.paused + now.seen - now.paused_at
        return replace(now, state=FocusState.ACTIVE, paused_at=None, paused=paused)

    def extend(self, moment: float, minutes: int) -> "Session":
        """Return it with the running stretch longer; in overtime a new stretch of focus begins."""
        now = self._reached(moment)
        if minutes < 1 or now.total / _MINUTE + minutes > _LONGEST:
            raise UsageError(f"The focus session cannot be extended by {minutes} minutes.", "A day is the most.")
        standing = now.at(now.seen)
        if standing.phase in (Phase.BREAK, Phase.LONG_BREAK) and now.is_locked(now.seen):
            raise KnownError("The break of a strict focus session cannot be extended.", "Its length was chosen before.")
        return replace(now, course=tuple(_longer(now.course, standing, minutes * _MINUTE)))

    def end(self, moment: float, *, emergency: bool = False) -> "Session":
        """Return it ended: completed where it did what was planned, else cancelled. `emergency` ends a strict one."""
        now = self._reached(moment)
        if now.is_locked(now.seen) and not emergency:
            raise KnownError("A strict focus session cannot be ended early.")
        state = FocusState.COMPLETED if now.has_reached(now.seen) else FocusState.CANCELLED
        return replace(now, state=state, ended_at=now.seen)

    def lost(self, moment: float) -> "Session":
        """Return it closed as of `moment`, also one that has passed: when it was last known to go on. Strict or not."""
        return replace(self, seen=moment).end(moment, emergency=True)

    def _reached(self, moment: float) -> "Session":
        if not self.is_open:
            raise KnownError("The focus session has ended.", "Start another one.")
        return replace(self, seen=max(moment, self.seen))


def checked(plan: FocusPlan) -> FocusPlan:
    """Return `plan` with the minutes that its cycles add up to; raises UsageError where a length makes no sense."""
    cycles = plan.pomodoro
    if cycles is None:
        if not 1 <= plan.minutes <= _LONGEST // 2:
            raise UsageError(f"A focus session cannot last {plan.minutes} minutes.", "It may be 1 to 720.")
        return plan
    lengths = (cycles.work, cycles.rest, cycles.long_rest)
    if min(lengths) < 1 or max(lengths) > 180 or not 1 <= cycles.cycles <= 12 or _whole(cycles) > _LONGEST:
        raise UsageError("These cycles make no focus session.", "Lengths are 1 to 180 minutes, cycles 1 to 12.")
    return replace(plan, minutes=cycles.work * cycles.cycles)


def _whole(cycles: Pomodoro) -> int:
    return (cycles.work + cycles.rest) * cycles.cycles - cycles.rest + cycles.long_rest


def _course(plan: FocusPlan) -> Iterator[Stretch]:
    cycles = plan.pomodoro
    if cycles is None:
        yield Stretch(Phase.FOCUS, 1, plan.minutes * _MINUTE)
        return
    for cycle in range(1, cycles.cycles + 1):
        yield Stretch(Phase.FOCUS, cycle, cycles.work * _MINUTE)
        if cycle < cycles.cycles:
            yield Stretch(Phase.BREAK, cycle, cycles.rest * _MINUTE)
    yield Stretch(Phase.LONG_BREAK, cycles.cycles, cycles.long_rest * _MINUTE)


def _longer(course: tuple[Stretch, ...], standing: Standing, seconds: float) -> Iterator[Stretch]:
    if standing.phase is Phase.OVERTIME:
        yield from course
        if standing.overtime:
            yield Stretch(Phase.OVERTIME, standing.cycle, standing.overtime)
        yield Stretch(Phase.FOCUS, standing.cycle, seconds)
        return
    begin, is_found = 0.0, False
    for stretch in course:
        begin += stretch.seconds
        is_last = stretch is course[-1]
        if not is_found and (standing.elapsed < begin or is_last):
            is_found = True
            yield replace(stretch, seconds=stretch.seconds + seconds)
        else:
            yield stretch
