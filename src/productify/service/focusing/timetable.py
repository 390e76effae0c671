"""Sessions that begin by themselves each week."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from productify.clock import Clock, LocalDays
from productify.domain import FocusOffer, FocusSchedule
from productify.errors import UsageError
from productify.focus import offer
from productify.focus.week import Bounds, due
from productify.ids import uuid7
from productify.store import block_lists as store
from productify.store import focus_hours, preferences
from productify.store.database import Database

_DONE = "focus_schedule"
_NOTICE = timedelta(minutes=1)
_LOOKED_BACK = timedelta(weeks=6)
_LEAST = timedelta(days=14)


class Timetable:
    """Knows which session is to begin; each begins once, is skipped, or is left alone."""

    def __init__(self, db: Database, user_id: str, clock: Clock, local_days: Callable[[], LocalDays]) -> None:
        self._db = db
        self._user_id = user_id
        self._clock = clock
        self._local_days = local_days
        self._all: tuple[FocusSchedule, ...] = ()
        self._done: dict[str, str] = {}
        self._told: set[tuple[str, str]] = set()

    async def load(self) -> tuple[FocusSchedule, ...]:
        """Return every weekly session, by its hour."""
        async with self._db.read() as session:
            self._all = await store.schedules(session, self._user_id)
            self._done = dict(await preferences.recall(session, self._user_id, _DONE) or {})
        return self._all

    async def save(self, given: FocusSchedule) -> FocusSchedule:
        """Write a weekly session, a new one without id; it begins at its next hour, not in the middle of one."""
        made = _checked(given if given.id else replace(given, id=uuid7()))
        async with self._db.write() as session:
            await store.save_schedule(session, self._user_id, made)
        await self.load()
        if (bounds := self._due(made)) is not None and bounds[0] <= self._clock.now():
            await self.settle(made, bounds)
        return made

    async def delete(self, schedule_id: str) -> None:
        """Delete a weekly session."""
        async with self._db.write() as session:
            await store.drop_schedule(session, schedule_id)
        await self.load()

    async def skip(self, schedule_id: str) -> None:
        """Let a session that is about to begin not begin this time; one that is not stays as it is."""
        for each, bounds in self._coming():
            if each.id == schedule_id:
                await self.settle(each, bounds)

    def to_tell(self) -> FocusSchedule | None:
        """Return a session that begins within a minute, once."""
        for each, bounds in self._coming():
            key = (each.id, bounds[0].isoformat())
            if self._clock.now() < bounds[0] and key not in self._told:
                self._told = {key}
                return each
        return None

    def to_begin(self) -> tuple[FocusSchedule, Bounds] | None:
        """Return a session whose time has come and has not passed."""
        now = self._clock.now()
        return next((found for found in self._coming() if found[1][0] <= now), None)

    async def settle(self, schedule: FocusSchedule, bounds: Bounds) -> None:
        """Let this time of a session be done with: begun, skipped or passed over."""
        self._done = {each.id: self._done[each.id] for each in self._all if each.id in self._done}
        self._done[schedule.id] = bounds[0].isoformat()
        async with self._db.write() as session:
            await preferences.remember(session, self._user_id, _DONE, self._done)

    async def offer(self) -> FocusOffer | None:
        """Return the user's own best hours of the last six weeks, None with less than two weeks of data."""
        since = self._clock.now() - _LOOKED_BACK
        async with self._db.read() as session:
            days = await focus_hours.seen_days(session, self._user_id, since)
            today = self._local_days().day_of(self._clock.now())
            if not days or today - days[0] < _LEAST:
                return None
            focused = await focus_hours.by_weekday_and_hour(session, self._user_id, since)
        counts = {weekday: sum(day.weekday() == weekday for day in days) for weekday in range(7)}
        return offer.best(focused, counts)

    def _coming(self) -> list[tuple[FocusSchedule, Bounds]]:
        found = ((each, self._due(each)) for each in self._all if each.is_on)
        return [
            (each, bounds)
            for each, bounds in found
            if bounds is not None and self._done.get(each.id) != bounds[0].isoformat()
        ]

    def _due(self, schedule: FocusSchedule) -> Bounds | None:
        return due(schedule, self._clock.now(), self._local_days().zone, _NOTICE)


def minutes_left(bounds: Bounds, now: datetime) -> int:
    """Return the whole minutes that are left of a session that begins now, late or not."""
    return round((bounds[1] - max(now, bounds[0])).total_seconds() / 60)


def _checked(given: FocusSchedule) -> FocusSchedule:
    if not given.weekdays or not given.weekdays <= frozenset(range(7)):
        raise UsageError("A weekly session needs a day of the week.")
    if not 0 <= given.start < 24 * 60 or not 5 <= given.minutes <= 720:
        raise UsageError("A weekly session lasts 5 to 720 minutes, from an hour of the day on.")
    return given
