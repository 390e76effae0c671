"""Rate limits: a bucket that each request takes a token from, and that fills again. Pure."""

from collections import OrderedDict
from dataclasses import dataclass, field

from productify.clock import Clock

_MOST_KEYS = 256


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` requests at once, `per_second` in the long run."""

    per_second: float
    burst: int


@dataclass(slots=True)
class Buckets:
    """A bucket for each key; of very many keys those used last are remembered."""

    clock: Clock
    _held: OrderedDict[tuple[str, str], tuple[float, float]] = field(default_factory=OrderedDict, init=False)

    def wait(self, kind: str, who: str, rate: Rate) -> float:
        """Take a token and return 0, or the seconds until there is one again."""
        now = self.clock.steady()
        full, since = self._held.pop((kind, who), (float(rate.burst), now))
        full = min(rate.burst, full + (now - since) * rate.per_second)
        left = full - 1 if full >= 1 else full
        self._held[kind, who] = (left, now)
        if len(self._held) > _MOST_KEYS:
            self._held.popitem(last=False)
        return 0.0 if full >= 1 else (1 - full) / rate.per_second
