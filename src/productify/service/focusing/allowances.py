"""What is left of daily allowances, for whoever sees them used."""

from collections.abc import Callable

from productify.domain import BlockList
from productify.service.focusing.hours import Hours
from productify.service.focusing.lists import Lists


class Allowances:
    """Tells what may still be used today; `counted` is called when that was counted anew."""

    def __init__(self, lists: Lists, hours: Hours, counted: Callable[[], None]) -> None:
        self._lists = lists
        self._hours = hours
        self._counted = counted

    def limited(self) -> tuple[BlockList, ...]:
        """Return the lists that do not block yet, but will by themselves once their allowance is used up."""
        return tuple(each for each in self._lists.known if self._hours.left(each) is not None)

    def left(self, list_id: str) -> float | None:
        """Return the seconds that a list leaves, as of when they were counted; None once it leaves none."""
        return next((self._hours.left(each) for each in self._lists.of([list_id])), None)

    def spend(self, list_id: str, seconds: float) -> None:
        """Count time in front of which nothing is recorded."""
        for each in self._lists.of([list_id]):
            self._hours.spend(each, seconds)

    async def count(self) -> None:
        """Count anew how much is used, up to this moment."""
        await self._hours.refresh(self._lists.known, at_once=True)
        self._counted()
