"""When the made-up person's screens were pictured, and when and why they were not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from productify.demo.days import Moment
from productify.domain import Monitor, Rect, Skip, Skipped, State, Trigger

MONITORS = (
    Monitor(1, "DP-1", Rect(0, 0, 1920, 1080)),
    Monitor(2, "HDMI-1", Rect(1920, 0, 1920, 1080)),
)
_VARIANTS = 4
"""So many screens of a kind are drawn; as in life, many look much the same."""

_CHATS = ("Slack", "Thunderbird")
_CALLS = ("Zoom",)
_REASONS = {State.AWAY: Skip.AWAY, State.LOCKED: Skip.LOCKED, State.PAUSED: Skip.PAUSED}
_BESIDE = (Skip.PASSWORD_MANAGER, Skip.PRIVATE_WINDOW, Skip.MOVED)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a monitor while `moment` was in front; `variant` tells screens of one kind apart; times UTC."""

    at: datetime
    seen_until: datetime
    monitor: Monitor
    monitor_count: int
    moment: Moment
    is_beside: bool
    """It is of a monitor that shows something else than what is in front."""
    variant: int
    is_blurred: bool
    trigger: Trigger


def pictured(moments: Sequence[Moment], seed: int) -> Iterator[Picture | Skipped]:
    """Yield a day's pictures, every 7 to 13 minutes at the keyboard, and what was skipped; the same for one seed."""
    if not moments:
        return
    random = Random(f"shots {seed} {moments[0].start}")
    monitors = MONITORS[: random.choice((1, 1, 2))]
    left = _pause(random)
    for moment in moments:
        if moment.cause is not None or moment.app_name in _CALLS:
            yield from _skipped(moment)
            continue
        at = moment.start + left
        while at < moment.end:
            yield from _taken(at, moment, monitors, random)
            at += _pause(random)
        left = at - moment.end


def _taken(at: datetime, moment: Moment, monitors: Sequence[Monitor], random: Random) -> Iterator[Picture | Skipped]:
    is_blurred = moment.app_name in _CHATS and random.random() < 0.4
    stayed = _pause(random) if random.random() < 0.1 else timedelta()
    until = max(at, min(at + stayed, moment.end))
    trigger = Trigger.ASKED if random.random() < 0.03 else Trigger.INTERVAL
    for monitor in monitors:
        is_beside = monitor.number > 1
        if is_beside and random.random() < 0.12:
            yield Skipped(at, at, random.choice(_BESIDE), monitor.name, 1)
            continue
        variant = random.randrange(_VARIANTS)
        yield Picture(at, until, monitor, len(monitors), moment, is_beside, variant, is_blurred, trigger)


def _skipped(moment: Moment) -> Iterator[Skipped]:
    reason = _REASONS.get(moment.cause) if moment.cause else Skip.CALL
    count = int((moment.end - moment.start) / timedelta(minutes=10))
    if reason is not None and count:
        yield Skipped(moment.start, moment.end, reason, None, count)


def _pause(random: Random) -> timedelta:
    return timedelta(seconds=round(random.uniform(7, 13) * 60, 3))
