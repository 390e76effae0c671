"""One look at all clocks, taken together, so that sleep and clock jumps can be told from passing time."""

import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from productify.clock import Clock, SystemClock


@dataclass(frozen=True, slots=True)
class Reading:
    """Wall time (UTC), steady seconds, and how many seconds the machine has slept, from any origin.

    `slept` is None where the system does not tell; steady seconds stand still while the machine sleeps.
    """

    wall: datetime
    steady: float
    slept: float | None = 0.0


def read(clock: Clock) -> Reading:
    """Return what all clocks say now."""
    return Reading(to_millisecond(clock.now()), clock.steady(), _slept() if isinstance(clock, SystemClock) else 0.0)


def to_millisecond(moment: datetime) -> datetime:
    """Return `moment` as the store holds it."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def nearest_millisecond(moment: datetime) -> datetime:
    """Return `moment`, which was reckoned with fractions, as the store holds it."""
    return to_millisecond(moment + timedelta(microseconds=500))


def _slept() -> float | None:
    if sys.platform != "linux":
        return None
    return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)
