"""How much time has really passed, whatever the wall clock was set to meanwhile.

Within one boot of the machine its own counter tells, which goes on while it sleeps and which nobody can set. Over a
reboot only the wall clock is left.
"""

import ctypes
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from productify.clock import Clock, SystemClock

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_PROCESS = str(uuid.uuid4())
"""Stands for the boot where the machine does not name it: sure for as long as this process lives."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A moment by both clocks: `wall` (UTC), and `seconds` since the boot named `boot`."""

    wall: datetime
    boot: str
    seconds: float

    def packed(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return {"wall": self.wall.isoformat(), "boot": self.boot, "seconds": self.seconds}

    @classmethod
    def unpacked(cls, held: dict[str, Any]) -> "Reading":
        """Return what `packed` made."""
        return cls(datetime.fromisoformat(held["wall"]), str(held["boot"]), float(held["seconds"]))


class Timepiece(Protocol):
    """Reads both clocks at once."""

    def read(self) -> Reading:
        """Return the moment that it is."""
        ...


def passed(then: Reading, now: Reading) -> float:
    """Return the seconds from `then` to `now`, never less than 0.

    Over a reboot they are those of the wall clock, so that one that was set back lets none pass.
    """
    if then.boot == now.boot:
        return max(0.0, now.seconds - then.seconds)
    return max(0.0, (now.wall - then.wall).total_seconds())


def timepiece_of(clock: Clock) -> Timepiece:
    """Return the machine's own timepiece beside the system's clock, else one that follows `clock` in all."""
    return Machine(clock) if isinstance(clock, SystemClock) else Following(clock)


@dataclass(frozen=True, slots=True)
class Machine:
    """The counter of the machine since its boot, sleep included."""

    clock: Clock

    def read(self) -> Reading:
        """Return the moment that it is."""
        return Reading(self.clock.now(), boot_id(), since_boot())


@dataclass(frozen=True, slots=True)
class Following:
    """Follows a clock that is moved by hand, within one boot."""

    clock: Clock

    def read(self) -> Reading:
        """Return the moment that it is."""
        return Reading(self.clock.now(), "clock", self.clock.steady())


class Axis:
    """Seconds on the axis of one session: `position` at the moment `since`."""

    def __init__(self, timepiece: Timepiece, position: float, since: Reading) -> None:
        self._timepiece = timepiece
        self._position = position
        self._since = since

    def now(self) -> tuple[float, Reading]:
        """Return the position now, and the reading that it comes from."""
        reading = self._timepiece.read()
        return self._position + passed(self._since, reading), reading


def since_boot() -> float:
    """Return seconds since this machine booted, sleep included.

    Proved on Linux alone; on Windows and macOS it is what their manuals say.
    """
    return _counter()()


@cache
def boot_id() -> str:
    """Return what names this boot of the machine; that of this process where the machine names none."""
    try:
        if sys.platform == "darwin":
            return _boot_session()
        if sys.platform == "win32":
            return _boot_number()
        return _BOOT_ID.read_text("ascii").strip() or _PROCESS
    except OSError:
        return _PROCESS


@cache
def _counter() -> Callable[[], float]:
    if sys.platform == "win32":
        return _interrupt_time
    if sys.platform == "darwin":
        return _continuous_time()
    return lambda: time.clock_gettime(time.CLOCK_BOOTTIME)


def _boot_number() -> str:
    """Return what Windows counts its boots by; OSError where it does not, as where nothing is fetched ahead."""
    if sys.platform != "win32":
        raise OSError
    import winreg

    where = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"
    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, where) as key:
        return f"boot {winreg.QueryValueEx(key, 'BootId')[0]}"


def _interrupt_time() -> float:
    ticks = ctypes.c_ulonglong()
    ctypes.WinDLL("api-ms-win-core-realtime-l1-1-1").QueryInterruptTime(ctypes.byref(ticks))  # type: ignore[attr-defined]
    return ticks.value / 1e7


def _continuous_time() -> Callable[[], float]:
    system = ctypes.CDLL("/usr/lib/libSystem.dylib")
    system.mach_continuous_time.restype = ctypes.c_uint64
    ratio = (ctypes.c_uint32 * 2)()
    system.mach_timebase_info(ratio)
    per_tick = ratio[0] / ratio[1] / 1e9
    return lambda: float(system.mach_continuous_time()) * per_tick


def _boot_session() -> str:
    system = ctypes.CDLL("/usr/lib/libSystem.dylib", use_errno=True)
    text = ctypes.create_string_buffer(64)
    size = ctypes.c_size_t(len(text))
    if system.sysctlbyname(b"kern.bootsessionuuid", text, ctypes.byref(size), None, 0):
        raise OSError(ctypes.get_errno(), "kern.bootsessionuuid")
    return text.value.decode("ascii")
