"""When the next picture is due: at random, at a fixed interval, or when another app came to the front. Pure."""

from random import Random

from productify.settings import Settings

_LEAST, _MOST = 0.7, 1.3
_GAP = 10.0
"""Seconds between two pictures that switches let be taken."""

_PAINTED = 1.0
"""Seconds after a switch: what came to the front has drawn itself, and what went has faded."""


class Schedule:
    """All times are seconds of a clock that never jumps."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._mode = ""
        self._interval = 0.0
        self._due: float | None = None
        self._last: float | None = None

    @property
    def due(self) -> float | None:
        """When the next picture is due; None where it waits for a switch."""
        return self._due

    def follow(self, settings: Settings, now: float) -> None:
        """Obey the settings; where they changed, the interval begins anew."""
        mode, interval = settings.text("screenshot_mode"), float(settings.number("screenshot_interval"))
        if (mode, interval) != (self._mode, self._interval):
            self._mode, self._interval = mode, interval
            self._due = self._after(now)

    def switched(self, now: float) -> None:
        """Note that another app came to the front."""
        if self._mode == "switch" and self._due is None:
            free = now if self._last is None else self._last + _GAP
            self._due = max(now + _PAINTED, free)

    def took(self, now: float) -> None:
        """Note that the picture that was due was taken, or could not be."""
        self._last, before = now, self._due
        if self._mode == "fixed" and before is not None and now - before < self._interval:
            self._due = before + self._interval
        else:
            self._due = self._after(now)

    def _after(self, now: float) -> float | None:
        match self._mode:
            case "fixed":
                return now + self._interval
            case "random":
                return now + self._interval * self._random.uniform(_LEAST, _MOST)
            case _:
                return None
