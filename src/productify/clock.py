"""Where the time comes from, and which local day a moment belongs to."""

import ctypes
import sys
import time as _time
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Protocol

import tzlocal


class Clock(Protocol):
    """Wall time for what is recorded, steady time for what is measured."""

    def now(self) -> datetime:
        """Return the wall time, in UTC."""
        ...

    def steady(self) -> float:
        """Return seconds that never jump, from any origin; they stand still while the machine sleeps."""
        ...


class SystemClock:
    """The machine's clocks."""

    def now(self) -> datetime:
        """Return the wall time, in UTC."""
        return datetime.now(UTC)

    def steady(self) -> float:
        """Return the monotonic clock in seconds."""
        return _time.monotonic() if sys.platform != "win32" else _unbiased()


def _unbiased() -> float:
    """Return Windows' seconds awake: its monotonic clock goes on while the machine sleeps."""
    ticks = ctypes.c_ulonglong()
    ctypes.WinDLL("kernel32").QueryUnbiasedInterruptTime(ctypes.byref(ticks))  # type: ignore[attr-defined]
    return ticks.value / 1e7


class SettableClock:
    """A clock that stands still until it is moved: for tests, pictures and demo data."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)
        self._steady = 0.0

    def now(self) -> datetime:
        """Return the wall time it was moved to, in UTC."""
        return self._now

    def steady(self) -> float:
        """Return the seconds it was advanced by."""
        return self._steady

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass on both clocks."""
        self._now += timedelta(seconds=seconds)
        self._steady += seconds

    def jump(self, seconds: float) -> None:
        """Set the wall clock forward or back, as a user or NTP does; steady time does not notice."""
        self._now += timedelta(seconds=seconds)


def system_zone() -> tzinfo:
    """Return the machine's time zone as it is set right now."""
    return tzlocal.reload_localzone()


@dataclass(frozen=True, slots=True)
class LocalDays:
    """Local days that begin at `day_start` on the wall, in `zone`; 23 and 25 hours long when clocks change."""

    zone: tzinfo
    day_start: time = time(4)

    def day_of(self, moment: datetime) -> date:
        """Return the local day that `moment` (aware) belongs to."""
        wall = moment.astimezone(self.zone)
        return wall.date() if wall.time() >= self.day_start else wall.date() - timedelta(days=1)

    def start_of(self, day: date) -> datetime:
        """Return the first moment of `day`, in UTC."""
        return datetime.combine(day, self.day_start, self.zone).astimezone(UTC)

    def bounds(self, day: date) -> tuple[datetime, datetime]:
        """Return the first moment of `day` and that of the next, in UTC."""
        return self.start_of(day), self.start_of(day + timedelta(days=1))

    def offset_minutes(self, moment: datetime) -> int:
        """Return the minutes to add to UTC for the wall time at `moment`."""
        offset = moment.astimezone(self.zone).utcoffset() or timedelta()
        return round(offset.total_seconds() / 60)

    def hours(self, day: date) -> list[tuple[datetime, datetime]]:
        """Return the clock hours of `day` as (start, end) in UTC: 24 of them, or 23 or 25 when clocks change."""
        start, end = self.bounds(day)
        cuts = [start]
        while (after := self._next_hour(cuts[-1])) < end:
            cuts.append(after)
        return list(zip(cuts, [*cuts[1:], end], strict=True))

    def _next_hour(self, moment: datetime) -> datetime:
        wall = moment.astimezone(self.zone)
        past = timedelta(minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond)
        return moment - past + timedelta(hours=1)
