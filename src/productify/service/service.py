"""The service: opens a data folder, builds each part once, and closes them in order."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import datetime, time, timedelta, tzinfo

import filelock

from productify.clock import Clock, LocalDays, SystemClock, system_zone
from productify.control import ControlServer
from productify.domain import Mode, Return
from productify.errors import KnownError
from productify.focus.breaks import TYPING_PAUSE
from productify.notify import Notifier, notifier_for
from productify.paths import DataDir
from productify.service import autostart, commands, rescue
from productify.service.breaks import Breaks, with_breaks
from productify.service.browser_commands import with_browsers
from productify.service.browsers import Browsers
from productify.service.catalogue import Catalogue
from productify.service.desktop import DESKTOP, Desktop
from productify.service.extension import Extension
from productify.service.focusing import Focusing
from productify.service.guarding import Guarding
from productify.service.keeping import LIMITS
from productify.service.neighbours import Neighbours
from productify.service.notices import Notices
from productify.service.notifications import Notifications
from productify.service.preferences import Preferences
from productify.service.problems import CANNOT_CAPTURE, Problems
from productify.service.quieting import Quieting
from productify.service.redating import Redating
from productify.service.reports import Reports
from productify.service.returning import asks_about
from productify.service.screenshots import Screenshots
from productify.service.searching import Searching
from productify.service.seldom import Ground, SeldomParts
from productify.service.supervision import Supervisor
from productify.service.tracking import Tracking
from productify.service.upkeep import Upkeep
from productify.service.wordfinding import WordFinding
from productify.settings import Settings
from productify.store import preferences, rules, upgrade, users
from productify.store.database import Database
from productify.tracker.choose import Kind
from productify.tracker.gauge import InputGauge
from productify.tracker.tracker import Tracker

_RUNNING_TABLE = frozenset({"running"})
_TOGETHER = 0.05
"""Seconds in which several changes of the running activity become one notice."""


class Service(SeldomParts):
    """Everything that the window and the command line can ask for, over one open data folder.

    Made by `open`; its public parts hold the use cases, named for what they are about. It lives on one asyncio loop.
    """

    def __init__(
        self,
        data_dir: DataDir,
        db: Database,
        user_id: str,
        settings: Settings,
        clock: Clock,
        notices: Notices,
        notifier: Notifier,
    ) -> None:
        self.data_dir = data_dir
        self.settings = settings
        self._db = db
        self._user_id = user_id
        self._clock = clock
        self._zone: Callable[[], tzinfo] = _zone_cache(clock)
        self._notices = notices
        self._news = asyncio.Event()
        self._opened = AsyncExitStack()
        self._redating = Redating(db, user_id, self.local_days)
        self.notifications = Notifications(notifier, notices)
        self._problems = Problems(self._problem, self.notifications, notices)
        self._capture_problems = Problems(
            lambda: self.screenshots.capture.problem, self.notifications, notices, said=CANNOT_CAPTURE
        )
        self.reports = Reports(db, user_id, clock, self.local_days)
        self.preferences = Preferences(db, user_id, self._apply)
        self.tracking = Tracking(db, user_id, clock, self.reports, self.preferences, notices)
        self.screenshots = Screenshots.over(data_dir, db, user_id, clock, self.local_days, lambda: self.settings)
        self.words = WordFinding(
            db,
            user_id,
            clock,
            lambda: self.settings,
            self.tracking.is_away,
            lambda path: self.screenshots.album.read(path, None),
        )
        self.desktop = Desktop(
            self.tracking, self.preferences, self.notifications, notices, clock, key_place=self.screenshots.key_place
        )
        capture = self.screenshots.capture
        self.tracking.capturing = lambda: (capture.state, capture.problem)
        self.catalogue = Catalogue(db)
        self.neighbours = Neighbours(db, notices)
        self.search = Searching(db, user_id, clock, self.local_days)
        self.upkeep = Upkeep(db, user_id, clock, data_dir, self.reports)
        self.browsers = Browsers(db, user_id, clock, lambda: self.settings.flag("browser_extension"), notices)
        self.extension = Extension(self.browsers, self.preferences, data_dir.browser_extension)
        self._add_focus()
        self._ground = Ground(
            db, user_id, clock, self.local_days, lambda: self.settings, self.screenshots, self._held,
            self._apply_to_tracker, self.focus.refuse_rule,
        )  # fmt: skip

    @classmethod
    async def open(
        cls,
        data_dir: DataDir,
        *,
        record: bool,
        notices: Notices | None = None,
        clock: Clock | None = None,
        probes: Sequence[Kind] | None = None,
        notifier: Notifier | None = None,
    ) -> "Service":
        """Open the store below `data_dir`, upgraded if need be, and with `record` start recording into it.

        `probes` replaces what watches the desktop, `notifier` what shows notifications on it. Raises KnownError where
        another process records there already, and DamagedDatabaseError or KnownError where the store cannot be
        opened; nothing is left open then.
        """
        notices, clock = notices or Notices(), clock or SystemClock()
        async with rescue.naming_backup(data_dir), AsyncExitStack() as opened:
            if record:
                opened.enter_context(_recorder_lock(data_dir))
            db = Database(data_dir.database, notices.changed)
            opened.push_async_callback(db.close)
            unclean = record and data_dir.running_mark.exists()
            await upgrade.bring_up_to_date(db, data_dir.database, data_dir.backups, clock.now(), suspicious=unclean)
            notifier = notifier or notifier_for(sys.platform, os.environ)
            service = cls(data_dir, db, *await _first_rows(db), clock, notices, notifier)
            opened.push_async_callback(service.notifications.close)
            if record:
                await service._start_recording(opened, probes)
            service._opened = opened.pop_all()
        return service

    async def close(self) -> None:
        """Close the running activity truthfully, end every task and let go of the store; doing it twice is harmless."""
        await self._opened.aclose()

    def local_days(self) -> LocalDays:
        """Return how local days are cut now: the machine's zone and the day start of the settings."""
        hours, minutes = divmod(self.settings.number("day_start"), 60)
        return LocalDays(self._zone(), time(hours, minutes))

    def _add_focus(self) -> None:
        """Make what holds a session, and let each part hear of the others."""
        settings, days = (lambda: self.settings), self.local_days
        on = (self._db, self._user_id, self._clock, days, settings, self.tracking, self.notifications)
        self.focus = Focusing(*on, self.data_dir)
        self.breaks = Breaks(*on)
        self.quiet = Quieting(self._db, self._user_id, settings, lambda: self.focus.now)
        self.guard = Guarding(self._clock, days, settings, self.focus, self.browsers, self._notices)
        self.focus.on_break = self.breaks.start_break
        self.focus.on_turn += [self.breaks.turned, self.quiet.turned]
        self.browsers.refuse_forgetting = self.focus.refuse_forgetting

    async def _start_recording(self, opened: AsyncExitStack, probes: Sequence[Kind] | None) -> None:
        """Start what records; `opened` is told how each part is ended, in the opposite order."""
        opened.enter_context(_running_mark(self.data_dir))
        async with self._db.read() as session:
            user_rules = await rules.user_rules(session, self._user_id)
        self.tracking.tracker = Tracker(
            self._db, self._user_id, self._clock, self.settings, user_rules, self._news.set, probes,
            on_return=self._came_back, on_desktop=lambda: self._notices.changed(DESKTOP),
        )  # fmt: skip
        self.browsers.tab_listeners.append(self.tracking.tracker.tab_seen)
        self.guard.begin(self.tracking.tracker)
        await self.tracking.restore_pause()
        tasks = Supervisor()
        opened.push_async_callback(self.quiet.close)
        opened.push_async_callback(tasks.stop)
        if probes is None:
            self.breaks.gauge = InputGauge(os.environ, self._clock, TYPING_PAUSE)
            self.quiet.environment = os.environ
        await self.focus.begin()
        await self.breaks.begin()
        tasks.start("tracker", self.tracking.tracker.run)
        tasks.start("focus", self.focus.run)
        tasks.start("guard", self.guard.run)
        tasks.start("breaks", self.breaks.run)
        tasks.start("quiet", self.quiet.begin)
        tasks.start("upkeep", self.upkeep.run)
        tasks.start("keeping", self.screenshots.keeping.run)
        tasks.start("words", self.words.run)
        tasks.start("redating", self._redating.run)
        tasks.start("search", self.search.run)
        tasks.start("telling", self._keep_telling)
        tasks.start("problems", self._problems.run)
        tasks.start("screenshot problems", self._capture_problems.run)
        self.screenshots.capture.begin(self.tracking.tracker, self._news.set, tasks)
        tasks.start("desktop", self.desktop.watch)
        tasks.start("browsers", self.browsers.run)
        handler = commands.handler(self.tracking, lambda: self.editing, self.desktop, self._notices, self.focus)
        handler = with_browsers(handler, self.browsers, self.extension)
        handler = with_breaks(handler, self.breaks)
        control = ControlServer(self.data_dir.control, handler)
        await control.start()
        opened.push_async_callback(control.stop)

    async def _keep_telling(self) -> None:
        """Tell whoever listens of another running activity, or another state of it."""
        while True:
            await self._news.wait()
            await asyncio.sleep(_TOGETHER)
            self._news.clear()
            self.breaks.wake()
            self.guard.look()  # what is not recorded any more uses allowances all the same
            self._problems.look()
            self._capture_problems.look()
            if self.tracking.tracker is not None:
                self.screenshots.capture.look(self.tracking.tracker.running)
            await self.tracking.tell()
            self._notices.changed(_RUNNING_TABLE)

    def _problem(self) -> str | None:
        return self.tracking.tracker.problem if self.tracking.tracker is not None else None

    def _came_back(self, gap: Return) -> None:
        tracker = self.tracking.tracker
        if tracker is not None and tracker.mode is Mode.TRACKING and asks_about(gap, self.settings, self.local_days()):
            self._notices.returned(gap)

    async def _apply(self, settings: Settings, key: str) -> None:
        self.focus.refuse_weakening(settings, key)
        if key == "start_on_boot":
            await asyncio.to_thread(autostart.set_autostart, settings.flag(key), self.data_dir.unusual_root())
        self.settings = settings
        await self._apply_to_tracker()
        self.screenshots.capture.apply()
        self.words.wake()
        self.browsers.apply()
        self.breaks.wake()
        await self.quiet.turned()
        if key == "day_start":
            self._redating.wake()
        if key in LIMITS:
            self.screenshots.keeping.wake()

    async def _apply_to_tracker(self) -> None:
        if self.tracking.tracker is not None:
            async with self._db.read() as session:
                user_rules = await rules.user_rules(session, self._user_id)
            await self.tracking.tracker.apply(self.settings, user_rules)

    @asynccontextmanager
    async def _held(self) -> AsyncIterator[list[tuple[datetime, datetime]]]:
        """Let a block correct the record while nothing is written to it; search hears of it afterwards."""
        try:
            if self.tracking.tracker is None:
                yield []
                return
            async with self.tracking.tracker.held() as stretches:
                yield stretches
        finally:
            self.search.corrected()


@contextmanager
def _recorder_lock(data_dir: DataDir) -> Iterator[None]:
    lock = filelock.FileLock(data_dir.recorder_lock, timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise KnownError(
            f"Productify Pro already records into {data_dir.root}.", "Only one can; end the other with: productify quit"
        ) from None
    except OSError as error:
        raise _unwritable(data_dir, error) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _running_mark(data_dir: DataDir) -> Iterator[None]:
    """Leave a mark that only an orderly end takes away."""
    try:
        data_dir.running_mark.touch()
    except OSError as error:
        raise _unwritable(data_dir, error) from error
    yield
    data_dir.running_mark.unlink(missing_ok=True)


def _unwritable(data_dir: DataDir, error: OSError) -> KnownError:
    return KnownError(
        f"The data folder {data_dir.root} cannot be written: {error.strerror}.",
        "Free some space, and make everything in it writable for your account.",
    )


async def _first_rows(db: Database) -> tuple[str, Settings]:
    async with db.write() as session:
        await rules.sync_catalogue(session)
        user_id = await users.local_user(session)
        return user_id, await preferences.load(session, user_id)


def _zone_cache(clock: Clock) -> Callable[[], tzinfo]:
    """Return a function for the machine's zone that looks at most once a minute: it reads files."""
    seen: list[tuple[float, tzinfo]] = []

    def zone() -> tzinfo:
        if not seen or clock.steady() - seen[0][0] > timedelta(minutes=1).total_seconds():
            seen[:] = [(clock.steady(), system_zone())]
        return seen[0][1]

    return zone
