"""What is let through for a while: passes, and stepping aside."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from productify.clock import Clock
from productify.errors import KnownError
from productify.focus.guard import Hit
from productify.focus.targets import is_within

_ASIDE = 10.0
_ASIDE_EVERY = 60.0


@dataclass(frozen=True, slots=True)
class _Pass:
    name: str
    is_site: bool
    ends: float


@dataclass(slots=True)
class Leave:
    """Knows what may be in front although it is blocked; measured by the clock that nobody can set."""

    clock: Clock
    _passes: list[_Pass] = field(default_factory=list)
    _aside: tuple[int, float] | None = None
    _aside_again: float = 0.0

    def give(self, hit: Hit, until: datetime) -> None:
        """Let what was hit pass until a moment (UTC)."""
        ends = self.clock.steady() + max(0.0, (until - self.clock.now()).total_seconds())
        self._passes = [*self._open(), _Pass(hit.name, hit.is_site, ends)]

    def take_back(self) -> None:
        """Let no pass be open any more."""
        self._passes = []

    def step_aside(self, handle: int) -> datetime:
        """Let a window show its blocked page for ten seconds, once a minute; returns until when (UTC)."""
        now = self.clock.steady()
        if now < self._aside_again:
            wait = round(self._aside_again - now)
            raise KnownError("There were ten seconds just now.", f"There are again in {max(1, wait)} s.")
        self._aside, self._aside_again = (handle, now + _ASIDE), now + _ASIDE_EVERY
        return self.clock.now() + timedelta(seconds=_ASIDE)

    def lets(self, hit: Hit, handle: int) -> bool:
        """Return whether `hit` in the window `handle` is let through now."""
        now = self.clock.steady()
        if hit.in_tab and self._aside is not None and self._aside[0] == handle and now < self._aside[1]:
            return True
        return any(_covers(each, hit) for each in self._open())

    def let_in(self) -> tuple[tuple[str, datetime], ...]:
        """Return the sites that a pass is open for, until when (UTC)."""
        steady, now = self.clock.steady(), self.clock.now()
        return tuple((each.name, now + timedelta(seconds=each.ends - steady)) for each in self._open() if each.is_site)

    def next_end(self) -> float | None:
        """Return when the next of it ends, by the steady clock; None where nothing is let through."""
        ends = [each.ends for each in self._open()]
        if self._aside is not None and self._aside[1] > self.clock.steady():
            ends.append(self._aside[1])
        return min(ends, default=None)

    def _open(self) -> Iterable[_Pass]:
        now = self.clock.steady()
        return [each for each in self._passes if each.ends > now]


def _covers(given: _Pass, hit: Hit) -> bool:
    if given.is_site is not hit.is_site:
        return False
    return is_within(hit.name, given.name) if hit.is_site else given.name.casefold() == hit.name.casefold()
