"""Lists that block by themselves: in their hours, and once their allowance of the day is used up."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import date, datetime

from productify.clock import Clock, LocalDays
from productify.domain import BlockList
from productify.focus.guard import InFront, Judge
from productify.focus.pages import is_browser_name, shipped_pages
from productify.focus.week import going_on
from productify.store import focus_hours
from productify.store.database import Database
from productify.store.focus_hours import Use

_ASKED_EVERY = 20.0
_MINUTE = 60_000
_BROWSING = "browsing"


class Hours:
    """Tells until when a list blocks by itself.

    A list with hours blocks in them, one with an allowance once that is used up: in its hours, or without any all day.
    """

    def __init__(
        self,
        db: Database,
        user_id: str,
        clock: Clock,
        local_days: Callable[[], LocalDays],
        flush: Callable[[], Awaitable[None]],
    ) -> None:
        self._db = db
        self._user_id = user_id
        self._clock = clock
        self._local_days = local_days
        self._flush = flush
        self._used: dict[str, int] = {}
        self._unrecorded: dict[str, int] = {}
        self._asked: float | None = None
        self._day: date | None = None

    def until(self, each: BlockList) -> datetime | None:
        """Return when the block that a list makes by itself now ends; None where it makes none."""
        ends = self._reach(each)
        if ends is None or each.allowance is None:
            return ends
        return ends if self._used_today(each) >= each.allowance * _MINUTE else None

    def left(self, each: BlockList) -> float | None:
        """Return the seconds of a list's allowance that are left, as of the last `refresh`; None where it has none."""
        if each.allowance is None or self._reach(each) is None:
            return None
        left = each.allowance * _MINUTE - self._used_today(each)
        return left / 1000 if left > 0 else None

    def spend(self, each: BlockList, seconds: float) -> None:
        """Count time that nothing is recorded of: while tracking is paused, and of private windows."""
        self._turn_day()
        self._unrecorded[each.id] = self._unrecorded.get(each.id, 0) + round(1000 * seconds)

    async def refresh(self, lists: Iterable[BlockList], *, at_once: bool = False) -> None:
        """Bring up to date how much of each allowance is used, as far as that matters now."""
        limited = [each for each in lists if each.allowance is not None and self._reach(each) is not None]
        if not limited:
            self._used, self._asked = {}, None
            return
        now = self._clock.steady()
        known = {each.id for each in limited} <= self._used.keys()
        if not at_once and known and self._asked is not None and now - self._asked < _ASKED_EVERY:
            return
        await self._flush()
        days = self._local_days()
        day = days.day_of(self._clock.now())
        async with self._db.read() as session:
            uses = await focus_hours.uses(session, self._user_id, day, days)
        self._turn_day()
        self._asked = now
        self._used = {each.id: _used(each, uses) for each in limited}

    def _used_today(self, each: BlockList) -> int:
        is_today = self._day == self._local_days().day_of(self._clock.now())
        return self._used.get(each.id, 0) + self._unrecorded.get(each.id, 0) if is_today else 0

    def _turn_day(self) -> None:
        today = self._local_days().day_of(self._clock.now())
        if self._day != today:
            self._day, self._unrecorded = today, {}

    def _reach(self, each: BlockList) -> datetime | None:
        if not each.is_on:
            return None
        now, days = self._clock.now(), self._local_days()
        if each.hours:
            bounds = going_on(each.hours, now, days.zone)
            return None if bounds is None else bounds[1]
        return None if each.allowance is None else days.bounds(days.day_of(now))[1]


def _used(each: BlockList, uses: Iterable[Use]) -> int:
    """Return the milliseconds that were spent on what a list would block."""
    judge = Judge([each], shipped_pages().with_lists([each]))
    return sum(use.milliseconds for use in uses if judge.hit(_as_front(use)) is not None)


def _as_front(use: Use) -> InFront:
    is_browser = use.url is not None or use.category == _BROWSING or is_browser_name(use.app_name)
    return InFront(
        app=use.app_name,
        names=tuple(name for name in (use.app_name, use.app_id) if name),
        title=use.title,
        url=use.url,
        category=use.category,
        app_category=None if use.url is not None else use.category,
        is_browser=is_browser,
    )
