"""Where on earth the machine is, as far as that cuts its days."""

from collections.abc import Callable
from datetime import time, tzinfo

from productify.clock import Clock, LocalDays
from productify.settings import Settings

_EVERY = 60.0


class Place:
    """The machine's time zone; `zone` tells it whenever it is asked, which reads files."""

    def __init__(self, clock: Clock, zone: Callable[[], tzinfo]) -> None:
        self._clock = clock
        self._ask = zone
        self._zone = zone()
        self._asked = clock.steady()

    @property
    def is_due(self) -> bool:
        """Whether a minute has passed since it was read."""
        return self._clock.steady() - self._asked >= _EVERY

    def read(self) -> bool:
        """Read it anew, and return whether it is another one."""
        self._asked = self._clock.steady()
        before, self._zone = self._zone, self._ask()
        return self._zone != before

    def days(self, settings: Settings) -> LocalDays:
        """Return how local days are cut there."""
        hours, minutes = divmod(settings.number("day_start"), 60)
        return LocalDays(self._zone, time(hours, minutes))
