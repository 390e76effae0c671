"""The recorder's switches, and what it is doing."""

from collections.abc import Callable
from datetime import datetime, timedelta

from productify.clock import Clock
from productify.domain import Capability, Capturing, FocusNow, Mode, Running, Status, Totals
from productify.service.notices import Notices
from productify.service.preferences import Preferences
from productify.service.reports import Reports
from productify.store import activities
from productify.store import preferences as store
from productify.store.database import Database
from productify.tracker.tracker import Tracker

_TOTALS_KEPT = 60.0
_HEARTBEAT_AGE = timedelta(seconds=10)
_CLOCKS_APART = timedelta(seconds=1)
_PAUSED = "paused"
_NO_END = "until resumed"


class Tracking:
    """Pause, incognito and status; `tracker` is None where this process does not record.

    `capturing` tells whether pictures are taken, and what keeps them from it; `focus` the session that runs.
    """

    def __init__(
        self, db: Database, user_id: str, clock: Clock, reports: Reports, preferences: Preferences, notices: Notices
    ) -> None:
        self._db = db
        self._user_id = user_id
        self._clock = clock
        self._reports = reports
        self._preferences = preferences
        self._notices = notices
        self._totals: tuple[float, Totals, datetime | None] | None = None
        self.tracker: Tracker | None = None
        self.capturing: Callable[[], tuple[Capturing, str | None]] = lambda: (Capturing.OFF, None)
        self.focus: Callable[[], FocusNow | None] = lambda: None

    async def is_incognito(self) -> bool:
        """Return whether everything counts as private time, once no pause is in front of it."""
        if self.tracker is not None:
            return self.tracker.incognito
        return (await self._preferences.load()).flag("incognito_mode")

    def is_away(self) -> bool:
        """Return whether a recorder runs, and nobody is at the keyboard."""
        running = self.tracker.running if self.tracker is not None else None
        return running is not None and running.activity.is_afk

    async def status(self) -> Status:
        """Return the recorder's state with today's sums as of now."""
        self._totals = None
        return await self._status()

    async def pause(self, until: datetime | None) -> None:
        """Record nothing but "paused" until `until` (UTC), or until resumed when it is None; survives a restart."""
        await self._remember(until.isoformat() if until else _NO_END)
        if self.tracker is not None:
            await self.tracker.pause(until)
        await self.tell()

    async def pause_for(self, minutes: int) -> None:
        """Pause for some minutes from now."""
        await self.pause(self._clock.now() + timedelta(minutes=minutes))

    async def pause_until_tomorrow(self) -> None:
        """Pause until the next day begins."""
        days = self._reports.local_days()
        await self.pause(days.bounds(days.day_of(self._clock.now()))[1])

    async def resume(self) -> None:
        """Record again."""
        await self._remember(None)
        if self.tracker is not None:
            await self.tracker.resume()
        await self.tell()

    async def set_incognito(self, on: bool) -> None:
        """Count everything as private time from now on, or name things again; survives a restart."""
        await self._preferences.save("incognito_mode", on)
        await self.tell()

    async def capabilities(self) -> tuple[Capability, ...]:
        """Return what the tracker can see on this desktop; empty where this process does not record."""
        return self.tracker.capabilities() if self.tracker is not None else ()

    async def flush(self) -> None:
        """Bring everything up to now to the disk, as far as it can be written."""
        if self.tracker is not None:
            await self.tracker.flush()

    async def restore_pause(self) -> None:
        """Take up a pause that was set before a restart, unless it is over."""
        async with self._db.read() as session:
            saved = await store.recall(session, self._user_id, _PAUSED)
        if saved is None or self.tracker is None:
            return
        until = None if saved == _NO_END else datetime.fromisoformat(saved)
        if until is None or until > self._clock.now():
            await self.tracker.pause(until)
        else:
            await self._remember(None)

    async def tell(self) -> None:
        """Tell whoever listens the state; today's sums in it are at most a minute old."""
        self._notices.status(await self._status())

    async def _status(self) -> Status:
        totals, first = await self._today()
        tracker, incognito = self.tracker, await self.is_incognito()
        if tracker is None:
            running = await self._recorded_elsewhere()
            mode = Mode.TRACKING if running else Mode.OFF
            return Status(mode, None, running, totals, first, incognito=incognito, focus=self.focus())
        return Status(
            tracker.mode, tracker.paused_until, tracker.running, totals, first, tracker.problem, incognito,
            *self.capturing(), focus=self.focus(),
        )  # fmt: skip

    async def _today(self) -> tuple[Totals, datetime | None]:
        if self._totals is None or self._clock.steady() - self._totals[0] > _TOTALS_KEPT:
            day = await self._reports.today()
            totals = await self._reports.totals(day, day)
            self._totals = (self._clock.steady(), totals, await self._reports.first_active(day))
        return self._totals[1:]

    async def _recorded_elsewhere(self) -> Running | None:
        """Return the activity that another process extends, told by the age of its last heartbeat."""
        async with self._db.read() as session:
            newest = await activities.newest(session, self._user_id)
        if newest is None or not -_CLOCKS_APART <= self._clock.now() - newest.end <= _HEARTBEAT_AGE:
            return None
        return Running(newest, newest.start)

    async def _remember(self, value: str | None) -> None:
        async with self._db.write() as session:
            await store.remember(session, self._user_id, _PAUSED, value)
