"""Focus for the window and the command line."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta

from productify.clock import Clock, LocalDays
from productify.domain import (
    Attempt,
    BlockList,
    FocusDay,
    FocusNow,
    FocusPlan,
    FocusRecord,
    Presence,
)
from productify.errors import KnownError
from productify.focus.reckoning import Timepiece, timepiece_of
from productify.paths import DataDir
from productify.service.focusing import strict, words
from productify.service.focusing.lists import Lists
from productify.service.focusing.running import Running
from productify.service.focusing.sessions import Sessions, Turn
from productify.service.notifications import Notifications
from productify.service.tracking import Tracking
from productify.settings import Settings
from productify.store import focus as store
from productify.store import focus_attempts
from productify.store.database import Database

_log = logging.getLogger(__name__)
_LOOK = 5.0
"""Seconds between two looks at the clock, at most; the next change of phase is not missed either."""

_MORE = 5
_REASON = 10


class Focusing:
    """The one focus session, block lists, what was blocked, and the days of it.

    `on_blocking` is called whenever `blocking` may have another answer, `on_break` (where set) when the user chooses a
    break. All times are UTC. What only a recording process can do raises KnownError elsewhere.
    """

    def __init__(
        self,
        db: Database,
        user_id: str,
        clock: Clock,
        local_days: Callable[[], LocalDays],
        settings: Callable[[], Settings],
        tracking: Tracking,
        notifications: Notifications,
        data_dir: DataDir,
        timepiece: Timepiece | None = None,
    ) -> None:
        self.on_blocking: Callable[[], None] = lambda: None
        self.on_break: Callable[[], None] | None = None
        self._db = db
        self._user_id = user_id
        self._clock = clock
        self._local_days = local_days
        self._settings = settings
        self._tracking = tracking
        self._notifications = notifications
        self._data_dir = data_dir
        tracking.focus = lambda: self.now
        self._timepiece = timepiece or timepiece_of(clock)
        self._sessions = Sessions(
            db, user_id, clock, self._timepiece, local_days, self._away_since,
            lambda: settings().number("idle_timeout"),
        )  # fmt: skip
        self._lists = Lists(db, user_id, self._held_lists)
        self._passes: tuple[date | None, int] = (None, 0)
        self._records = False
        self._is_taken_up = False
        self._news = asyncio.Event()
        self._doing: set[asyncio.Task[None]] = set()

    @property
    def now(self) -> FocusNow | None:
        """The running session as of this moment."""
        running = self._sessions.running
        return None if running is None else running.now(self._passes_left(running), self._sessions.emergency.again_at())

    def blocking(self) -> tuple[BlockList, ...]:
        """Return the lists that block now."""
        running = self._sessions.running
        return self._lists.of(running.session.plan.lists) if running is not None and self._sessions.blocks else ()

    async def begin(self) -> None:
        """Let this process be the one that runs sessions, and take up one that a restart cut."""
        self._records = True
        try:
            await self._take_up()
        except KnownError as error:  # the recorder must start all the same; `run` tries again
            _log.warning("focus waits: %s", error)

    async def run(self) -> None:
        """Keep the session true to the time until cancelled."""
        await self._take_up()
        try:
            while True:
                await self.look()
                self._news.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._patience()):
                        await self._news.wait()
        finally:
            for task in self._doing:
                task.cancel()
            with suppress(KnownError):
                await self._sessions.flush()

    async def look(self) -> None:
        """Do what time alone brings: phases, the end, the end of blocks."""
        turn = await self._sessions.look()
        if turn is not None:
            self._announce(turn)
            await self._tell()

    async def start(self, plan: FocusPlan, origin: str = "manual") -> FocusNow:
        """Begin a session; KnownError where one runs or a list is gone, UsageError where lengths make no sense."""
        self._must_record()
        await self._lists.load()
        await self._sessions.start(plan, self._lists.chosen(plan.lists), origin)
        return await self._told()

    async def pause(self) -> None:
        """Pause it: nothing is blocked, no time counts; KnownError in strict mode."""
        self._must_record()
        await self._sessions.pause()
        await self._tell()

    async def resume(self) -> None:
        """Go on with it."""
        self._must_record()
        await self._sessions.resume()
        await self._tell()

    async def extend(self, minutes: int = _MORE) -> FocusNow:
        """Lengthen the running stretch, or in overtime begin a new one."""
        self._must_record()
        await self._sessions.extend(minutes)
        return await self._told()

    async def end(self) -> FocusRecord:
        """End it, completed from its planned end on, else cancelled; KnownError in strict mode before that."""
        self._must_record()
        if self._sessions.is_locked:
            raise self._no_early_end()
        record = await self._sessions.end()
        await self._tell()
        return record

    async def emergency_end(self) -> FocusRecord:
        """End a strict session early; KnownError where that was done in the last seven days."""
        self._must_record()
        if self._sessions.is_locked and self._sessions.emergency.again_at() is not None:
            raise self._no_early_end()
        record = await self._sessions.end(emergency=True)
        await self._tell()
        return record

    async def lists(self) -> tuple[BlockList, ...]:
        """Return every block list; the shipped one is there from the first day on."""
        return await self._lists.load()

    async def save_list(self, given: BlockList) -> BlockList:
        """Write a list, a new one without id; KnownError where that would weaken a strict session."""
        saved = await self._lists.save(given)
        self.on_blocking()
        return saved

    async def delete_list(self, list_id: str) -> None:
        """Delete a list; KnownError while a strict session uses it."""
        await self._lists.delete(list_id)
        self.on_blocking()

    async def reset_shipped(self) -> BlockList:
        """Return the shipped list as it comes with the product, whatever became of it."""
        fresh = await self._lists.reset_shipped()
        self.on_blocking()
        return fresh

    async def day(self, of: date) -> FocusDay:
        """Return what came of a local day, its week, and the seven days up to it."""
        async with self._db.read() as session:
            return await store.day(session, self._user_id, of)

    async def history(self, first: date, last: date) -> tuple[FocusRecord, ...]:
        """Return the sessions of the local days `first` to `last`, in order."""
        async with self._db.read() as session:
            return await store.history(session, self._user_id, first, last)

    async def attempts(self, session_id: str) -> tuple[Attempt, ...]:
        """Return what a session blocked, in order."""
        async with self._db.read() as session:
            return await focus_attempts.of_session(session, session_id)

    async def attempted(self, name: str, is_site: bool, list_name: str) -> int:
        """Count a blocked visit, and return how often the same was blocked before: in this session, or else today."""
        running, at = self._sessions.running, self._clock.now()
        attempt = Attempt(at, name, is_site, list_name, running.id if running else None)
        async with self._db.write() as session:
            earlier = await focus_attempts.add(session, self._user_id, attempt, self._day(at))
        if running is not None:
            running.attempts += 1
            await self._tracking.tell()
        return earlier

    async def pass_taken(self, name: str, reason: str) -> datetime:
        """Let `name` pass for a moment, for a written reason, and return until when; KnownError where none is left."""
        if len(reason.strip()) < _REASON:
            raise KnownError("A pass needs a reason.", f"Write at least {_REASON} characters.")
        running, at = self._sessions.running, self._clock.now()
        await self._count_passes()
        if self._passes_left(running) <= 0:
            hint = "Strict mode gives none." if self._sessions.is_locked else "There are new ones tomorrow."
            raise KnownError("There is no pass left.", hint)
        day, place = self._day(at), running.id if running else None
        async with self._db.write() as session:
            if not await focus_attempts.passed(session, self._user_id, name, place, day, reason.strip()):
                raise KnownError(f"{name} is not blocked.", "A pass is for what was just blocked.")
        self._passes = (day, self._passes[1] + 1)
        await self._tracking.tell()
        return at + timedelta(seconds=self._settings().number("focus_pass_seconds"))

    async def release(self) -> int:
        """Lift blocks that have expired or whose session is gone, and return how many; never one that runs."""
        if self._records:
            before = self._sessions.ledger.lifted
            running = self._sessions.running
            await self._sessions.ledger.settle(running.id if running else None)
            lifted = self._sessions.ledger.lifted - before
        else:
            lifted = await self._sessions.take_up()
        await self._tell()
        return lifted

    async def stored(self) -> FocusNow | None:
        """Return the session that the store knows as not ended, as of now, where no process runs it."""
        async with self._db.read() as session:
            await self._sessions.emergency.load(session)
            left = await store.open_ones(session, self._user_id)
        if not left:
            return None
        running = Running.revived(left[0], self._timepiece, self._clock)
        await self._count_passes()
        return running.now(self._passes_left(running), self._sessions.emergency.again_at())

    def refuse_weakening(self, new: Settings, key: str) -> None:
        """Raise KnownError where the change of the setting `key` would weaken a strict session that runs."""
        if self._sessions.is_locked:
            strict.refuse_weakening(self._settings(), new, key, self._ends())

    async def _take_up(self) -> None:
        if not self._is_taken_up:
            await self._lists.load()
            await self._count_passes()
            await self._sessions.take_up()
            self._is_taken_up = True
            await self._tell()

    async def _told(self) -> FocusNow:
        await self._tell()
        now = self.now
        assert now is not None
        return now

    async def _tell(self) -> None:
        self._news.set()
        self.on_blocking()
        await self._tracking.tell()

    def _patience(self) -> float:
        running = self._sessions.running
        left = 0.0 if running is None else running.standing().phase_left
        return min(_LOOK, left + 0.01) if left > 0 else _LOOK

    def _announce(self, turn: Turn) -> None:
        quiet = self._is_in_call()
        if turn.ended is not None:
            self._notifications.tell(words.of_end(turn.ended, quiet=quiet))
            return
        told = words.of_phase(
            turn.now, turn.plan, can_end=not self._sessions.is_locked, with_break=self.on_break is not None, quiet=quiet
        )
        self._notifications.tell(told, self._chosen)

    def _chosen(self, key: str) -> None:
        task = asyncio.create_task(self._do(key), name=f"focus {key}")
        self._doing.add(task)
        task.add_done_callback(self._doing.discard)

    async def _do(self, key: str) -> None:
        try:
            if key == words.EXTEND:
                await self.extend()
            elif key in (words.END, words.BREAK):
                await self.end()
                if key == words.BREAK and self.on_break is not None:
                    self.on_break()
        except KnownError as error:  # the session went on meanwhile, and the button is of what was before
            _log.info("a focus notification came too late: %s", error)

    def _must_record(self) -> None:
        if not self._records:
            raise KnownError("Productify Pro is not running.", "Start it with: productify")

    def _no_early_end(self) -> KnownError:
        again, now = self._sessions.emergency.again_at(), self._wall()
        return strict.no_early_end(self._ends(), None if again is None else strict.on_the_wall(again, now))

    def _ends(self) -> str:
        running, now = self._sessions.running, self._wall()
        left = 0.0 if running is None else running.block_left()
        return strict.on_the_wall(now + timedelta(seconds=left), now)

    def _wall(self) -> datetime:
        return self._clock.now().astimezone(self._local_days().zone)

    def _day(self, moment: datetime) -> date:
        return self._local_days().day_of(moment)

    def _held_lists(self) -> frozenset[str]:
        running = self._sessions.running
        return frozenset(running.session.plan.lists if running is not None and self._sessions.is_locked else ())

    def _passes_left(self, running: Running | None) -> int:
        if running is not None and running.session.plan.strict:
            return 0
        day, used = self._passes
        taken = used if day == self._day(self._clock.now()) else 0
        return max(0, self._settings().number("focus_passes") - taken)

    async def _count_passes(self) -> None:
        day = self._day(self._clock.now())
        async with self._db.read() as session:
            self._passes = (day, await focus_attempts.passes(session, self._user_id, day))

    def _away_since(self) -> datetime | None:
        running = self._tracking.tracker.running if self._tracking.tracker is not None else None
        return running.since if running is not None and running.activity.is_afk else None

    def _is_in_call(self) -> bool:
        running = self._tracking.tracker.running if self._tracking.tracker is not None else None
        return running is not None and running.activity.presence is Presence.CALL
