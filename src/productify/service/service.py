"""The service: opens a data folder, builds each part once, and closes them in order."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from datetime import time, timedelta, tzinfo
from typing import Any

import filelock

from productify.clock import Clock, LocalDays, SystemClock, system_zone
from productify.control import ControlServer
from productify.domain import Activity, EditScope
from productify.errors import KnownError
from productify.paths import DataDir
from productify.service import autostart, commands
from productify.service.catalogue import Catalogue
from productify.service.demonstration import Demonstration
from productify.service.editing import Editing
from productify.service.neighbours import Neighbours
from productify.service.notices import Notices
from productify.service.preferences import Preferences
from productify.service.reports import Reports
from productify.service.tracking import Tracking
from productify.service.transfer import Transfer
from productify.service.upkeep import Upkeep
from productify.settings import Settings
from productify.store import activities, preferences, rules, upgrade, users
from productify.store.database import Database
from productify.tracker.tracker import Tracker

_log = logging.getLogger(__name__)
_RUNNING_TABLE = frozenset({"running"})
_CANCEL_SECONDS = 3.0


class Service:
    """Everything that the window and the command line can ask for, over one open data folder.

    Made by `open`; its public parts hold the use cases, named for what they are about. It lives on one asyncio loop.
    """

    def __init__(
        self, data_dir: DataDir, db: Database, user_id: str, settings: Settings, clock: Clock, notices: Notices
    ) -> None:
        self.data_dir = data_dir
        self.settings = settings
        self._db = db
        self._user_id = user_id
        self._clock = clock
        self._zone: Callable[[], tzinfo] = _zone_cache(clock)
        self._notices = notices
        self._tasks: list[asyncio.Task[None]] = []
        self._lock: filelock.BaseFileLock | None = None
        self._control: ControlServer | None = None
        self._tell_soon: asyncio.Handle | None = None
        self.reports = Reports(db, user_id, clock, self.local_days)
        self.preferences = Preferences(db, user_id, self._apply)
        self.tracking = Tracking(db, user_id, clock, self.reports, self.preferences, notices)
        self.editing = Editing(db, user_id, self._edited)
        self.catalogue = Catalogue(db)
        self.neighbours = Neighbours(db, notices)
        self.demonstration = Demonstration(db, user_id, clock, self.local_days)
        self.transfer = Transfer(db, user_id, self.local_days)
        self.upkeep = Upkeep(db, user_id, clock, data_dir, self.reports)

    @classmethod
    async def open(
        cls, data_dir: DataDir, *, record: bool, notices: Notices | None = None, clock: Clock | None = None
    ) -> "Service":
        """Open the store below `data_dir`, upgraded if need be, and with `record` start recording into it.

        Raises KnownError where another process records there already, and DamagedDatabaseError or KnownError where
        the store cannot be opened; nothing is left open then.
        """
        notices, clock = notices or Notices(), clock or SystemClock()
        lock = _take(data_dir) if record else None
        db = Database(data_dir.database, notices.changed)
        try:
            unclean = record and data_dir.running_mark.exists()
            await upgrade.bring_up_to_date(db, data_dir.database, data_dir.backups, clock.now(), suspicious=unclean)
            service = cls(data_dir, db, *await _first_rows(db), clock, notices)
            if lock is not None:
                await service._start_recording(lock)
        except BaseException:
            await db.close()
            if lock is not None:
                lock.release()
            raise
        return service

    async def close(self) -> None:
        """Close the running activity truthfully, stop every task and let go of the store; written once, here."""
        if self._control is not None:
            await self._control.stop()
        if self._tell_soon is not None:
            self._tell_soon.cancel()
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            _done, hanging = await asyncio.wait(self._tasks, timeout=_CANCEL_SECONDS)
            for task in hanging:
                _log.warning("%s did not stop within %s s", task.get_name(), _CANCEL_SECONDS)
        await self._db.close()
        if self._lock is not None:
            self.data_dir.running_mark.unlink(missing_ok=True)
            self._lock.release()

    def local_days(self) -> LocalDays:
        """Return how local days are cut now: the machine's zone and the day start of the settings."""
        hours, minutes = divmod(self.settings.number("day_start"), 60)
        return LocalDays(self._zone(), time(hours, minutes))

    async def _start_recording(self, lock: filelock.BaseFileLock) -> None:
        self._lock = lock
        self.data_dir.running_mark.touch()
        async with self._db.read() as session:
            user_rules = await rules.user_rules(session, self._user_id)
        self.tracking.tracker = Tracker(
            self._db, self._user_id, self._clock, self.settings, user_rules, self._running_changed
        )
        await self.tracking.restore_pause()
        self._control = ControlServer(self.data_dir.control, commands.handler(self.tracking, self._notices))
        await self._control.start()
        self._supervise("tracker", self.tracking.tracker.run)
        self._supervise("upkeep", self.upkeep.run)

    def _supervise(self, name: str, run: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._tasks.append(asyncio.create_task(_restarting(name, run), name=name))

    def _running_changed(self) -> None:
        """Tell soon: several changes within one turn of the loop become one notice."""
        if self._tell_soon is None:
            self._tell_soon = asyncio.get_running_loop().call_later(0.05, self._tell)

    def _tell(self) -> None:
        self._tell_soon = None
        task = asyncio.create_task(self.tracking.tell(), name="tell")
        task.add_done_callback(_log_failure)
        self._notices.changed(_RUNNING_TABLE)

    async def _apply(self, settings: Settings, key: str) -> None:
        before, self.settings = self.settings, settings
        if key == "start_on_boot":
            await asyncio.to_thread(autostart.set_autostart, settings.flag(key), self.data_dir.unusual_root())
        if key == "day_start" and before.get(key) != settings.get(key):
            await activities.move_days(self._db, self._user_id, self.local_days())
        await self._apply_to_tracker()

    async def _apply_to_tracker(self) -> None:
        if self.tracking.tracker is not None:
            async with self._db.read() as session:
                user_rules = await rules.user_rules(session, self._user_id)
            await self.tracking.tracker.apply(self.settings, user_rules)

    async def _edited(self, activity: Activity, scope: EditScope) -> None:
        if self.tracking.tracker is not None:
            await self.tracking.tracker.reclassified(activity)
            if scope is EditScope.FROM_NOW:
                await self._apply_to_tracker()


def _take(data_dir: DataDir) -> filelock.BaseFileLock:
    lock = filelock.FileLock(data_dir.recorder_lock, timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise KnownError(
            f"Productify Pro already records into {data_dir.root}.", "Only one can; end the other with: productify quit"
        ) from None
    return lock


async def _first_rows(db: Database) -> tuple[str, Settings]:
    async with db.write() as session:
        await rules.sync_catalogue(session)
        user_id = await users.local_user(session)
        return user_id, await preferences.load(session, user_id)


async def _restarting(name: str, run: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a task for as long as the service lives; a bug in it is logged and it starts again, ever more slowly."""
    pause = 1.0
    while True:
        try:
            return await run()
        except Exception:
            _log.exception("%s failed; it starts again in %s s", name, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 300.0)


def _log_failure(task: "asyncio.Task[None]") -> None:
    with contextlib.suppress(asyncio.CancelledError):
        if (error := task.exception()) is not None:
            _log.error("telling the state failed", exc_info=error)


def _zone_cache(clock: Clock) -> Callable[[], tzinfo]:
    """Return a function for the machine's zone that looks at most once a minute: it reads files."""
    seen: list[tuple[float, tzinfo]] = []

    def zone() -> tzinfo:
        if not seen or clock.steady() - seen[0][0] > timedelta(minutes=1).total_seconds():
            seen[:] = [(clock.steady(), system_zone())]
        return seen[0][1]

    return zone
