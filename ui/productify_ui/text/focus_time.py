"""How a focus session's time is written, on the ring, beside the page's name, and in the tray."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from productify.domain import FocusNow, FocusPlan, FocusState, Phase
from productify_ui.text import formats
from productify_ui.text.focus import focus_words as say

_MINUTE = 60.0
_BREAKS = (Phase.BREAK, Phase.LONG_BREAK)


@dataclass(frozen=True, slots=True)
class RingTime:
    """What a ring shows: the share (0 to 1) that has passed, a time, a line below it, and how it is spoken."""

    share: float
    digits: str
    below: str
    spoken: str
    paused: bool = False


def digits_of(now: FocusNow) -> str:
    """Return `18:04` while a stretch has time left, `+4:10` in overtime."""
    if now.phase is Phase.OVERTIME:
        seconds = int(now.overtime)
        return f"+{seconds // 60}:{seconds % 60:02d}" if seconds < 3600 else f"+{formats.ticking(seconds)}"
    return formats.ticking(math.ceil(now.phase_left))


def ring_of(now: FocusNow, moment: datetime, zone: tzinfo) -> RingTime:
    """Return what the ring shows of a session at `moment` (UTC)."""
    digits = digits_of(now)
    if now.phase is Phase.OVERTIME:
        below = say.over.format(length=_length(now.elapsed - now.overtime))
        return RingTime(1.0, digits, below, say.over_spoken.format(time=digits.lstrip("+")))
    total = _total(now)
    share = 1 - now.phase_left / total if total else 1.0
    spoken = say.left_spoken.format(time=digits)
    if now.state is FocusState.PAUSED:
        return RingTime(share, digits, say.paused_left.format(length=_length(total)), spoken, paused=True)
    return RingTime(share, digits, _below(now, total, moment + timedelta(seconds=now.phase_left), zone), spoken)


def ring_ready(plan: FocusPlan, moment: datetime, zone: tzinfo) -> RingTime:
    """Return what the ring shows of a plan that would begin at `moment` (UTC)."""
    cycles = plan.pomodoro
    if cycles is None:
        clock = formats.clock(moment + timedelta(minutes=plan.minutes), zone)
        digits, below = formats.ticking(plan.minutes * 60), say.ends.format(clock=clock)
    else:
        breaks = cycles.rest * (cycles.cycles - 1) + cycles.long_rest
        clock = formats.clock(moment + timedelta(minutes=cycles.work * cycles.cycles + breaks), zone)
        digits = formats.ticking(cycles.work * 60)
        below = say.ends_cycles.format(cycles=cycles.cycles, minutes=cycles.work, clock=clock)
    return RingTime(0.0, digits, below, say.ring_ready.format(length=digits, clock=clock))


def next_of(now: FocusNow) -> str:
    """Return what follows the running stretch, "" where nothing is planned."""
    cycles = now.plan.pomodoro
    if cycles is None or now.phase in (Phase.OVERTIME, Phase.LONG_BREAK):
        return ""
    if now.phase is Phase.BREAK:
        return say.then_focus.format(minutes=cycles.work)
    rest = cycles.rest if now.cycle < cycles.cycles else cycles.long_rest
    return say.then_break.format(minutes=rest)


def is_break(now: FocusNow) -> bool:
    """Return whether nothing is blocked because it is a break."""
    return now.phase in _BREAKS


def _below(now: FocusNow, total: float, ends: datetime, zone: tzinfo) -> str:
    clock = formats.clock(ends, zone)
    if now.phase is Phase.BREAK:
        return say.short_break.format(clock=clock)
    if now.phase is Phase.LONG_BREAK:
        return say.long_break
    if now.plan.pomodoro is not None:
        return say.cycle_left.format(cycle=now.cycle, cycles=now.plan.pomodoro.cycles, clock=clock)
    return say.left_of.format(length=_length(total), clock=clock)


def _total(now: FocusNow) -> float:
    """Return the seconds of the running stretch, where there are no rounds those of the session."""
    return now.elapsed + now.left if now.plan.pomodoro is None else now.phase_total


def _length(seconds: float) -> str:
    return formats.duration(round(seconds / _MINUTE) * 60_000)
