"""Lists that block by themselves: in their hours, and once their allowance of the day is used up."""

from collections.abc import Callable, Iterable
from datetime import datetime

from productify.clock import Clock, LocalDays
from productify.domain import BlockList, ListMode
from productify.focus.targets import fits
from productify.focus.week import going_on
from productify.store import focus_hours
from productify.store.database import Database

_ASKED_EVERY = 20.0
_MINUTE = 60_000


class Hours:
    """Tells until when a list blocks by itself.

    A list with hours blocks in them, one with an allowance once that is used up: in its hours, or without any all day.
    """

    def __init__(self, db: Database, user_id: str, clock: Clock, local_days: Callable[[], LocalDays]) -> None:
        self._db = db
        self._user_id = user_id
        self._clock = clock
        self._local_days = local_days
        self._used: dict[str, int] = {}
        self._asked: float | None = None

    def until(self, each: BlockList) -> datetime | None:
        """Return when the block that a list makes by itself now ends; None where it makes none."""
        ends = self._reach(each)
        if ends is None or each.allowance is None:
            return ends
        return ends if self._used.get(each.id, 0) >= each.allowance * _MINUTE else None

    async def refresh(self, lists: Iterable[BlockList]) -> None:
        """Bring up to date how much of each allowance is used, as far as that matters now."""
        limited = [each for each in lists if each.allowance is not None and self._reach(each) is not None]
        if not limited:
            self._used, self._asked = {}, None
            return
        now = self._clock.steady()
        known = {each.id for each in limited} <= self._used.keys()
        if known and self._asked is not None and now - self._asked < _ASKED_EVERY:
            return
        days = self._local_days()
        async with self._db.read() as session:
            uses = await focus_hours.uses(session, self._user_id, days.day_of(self._clock.now()), days)
        self._asked = now
        self._used = {each.id: sum(use[-1] for use in uses if _counts(each, *use[:-1])) for each in limited}

    def _reach(self, each: BlockList) -> datetime | None:
        if not each.is_on:
            return None
        now, days = self._clock.now(), self._local_days()
        if each.hours:
            bounds = going_on(each.hours, now, days.zone)
            return None if bounds is None else bounds[1]
        return None if each.allowance is None else days.bounds(days.day_of(now))[1]


def _counts(each: BlockList, app: str, app_id: str | None, url: str | None, category: str | None) -> bool:
    is_named = any(fits(target, app, app_id, url, category) for target in each.targets)
    return is_named is (each.mode is ListMode.BLOCK)
