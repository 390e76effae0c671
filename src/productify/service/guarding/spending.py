"""Daily allowances while they are used: a list blocks at the moment at which its minutes are spent."""

from productify.clock import Clock
from productify.domain import BlockList
from productify.focus.guard import InFront, Judge
from productify.focus.pages import shipped_pages
from productify.service.focusing.allowances import Allowances

_AFTER = 0.05
"""Seconds after the end of an allowance: what was recorded is counted in whole milliseconds."""

_LEAST = 1.0
"""Seconds between two countings, at least."""


class Spending:
    """Follows what is in front as far as it uses an allowance up."""

    def __init__(self, allowances: Allowances, clock: Clock) -> None:
        self._allowances = allowances
        self._clock = clock
        self._judges: dict[BlockList, Judge] = {}
        self._using: tuple[str, ...] = ()
        self._weighed: tuple[str, ...] = ()
        self._unrecorded_since: float | None = None
        self.due: float | None = None
        """When to weigh again, by the steady clock."""

    def look(self, front: InFront | None, *, is_recorded: bool = True) -> bool:
        """Hear what is in front now, None where it is nothing; returns whether to weigh at once.

        What is not recorded is counted here, for as long as it is in front.
        """
        self._spend()
        limited = self._allowances.limited()
        self._judges = {each: self._judges.get(each) or _judge(each) for each in limited}
        self._using = tuple(
            each.id for each, judge in self._judges.items() if front is not None and judge.hit(front) is not None
        )
        self._unrecorded_since = self._clock.steady() if self._using and not is_recorded else None
        if not self._using:
            self.due, self._weighed = None, ()
        return self._using != self._weighed

    async def weigh(self) -> None:
        """Count what is used by now, and reckon when it will be used up."""
        self._weighed = self._using
        self._spend()
        if self._using:
            await self._allowances.count()
            lefts = [left for each in self._using if (left := self._allowances.left(each)) is not None]
            self.due = self._clock.steady() + max(_LEAST, min(lefts) + _AFTER) if lefts else None

    def _spend(self) -> None:
        since, now = self._unrecorded_since, self._clock.steady()
        if since is not None:
            self._unrecorded_since = now
            for each in self._using:
                self._allowances.spend(each, now - since)


def _judge(each: BlockList) -> Judge:
    return Judge([each], shipped_pages().with_lists([each]))
