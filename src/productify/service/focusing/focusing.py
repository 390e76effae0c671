"""Focus for the window and the command line."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from productify.clock import Clock, LocalDays
from productify.domain import (
    BlockList,
    FocusNow,
    FocusPlan,
    FocusRecord,
)
from productify.errors import KnownError
from productify.focus.reckoning import Timepiece, timepiece_of
from productify.paths import DataDir
from productify.service.focusing import strict, words
from productify.service.focusing.allowances import Allowances
from productify.service.focusing.hours import Hours
from productify.service.focusing.lists import Lists
from productify.service.focusing.plans import Plans
from productify.service.focusing.restart_unit import Keeper
from productify.service.focusing.running import Running
from productify.service.focusing.sessions import Sessions, Turn
from productify.service.focusing.telling import Telling
from productify.service.focusing.timetable import Timetable, minutes_left
from productify.service.focusing.visits import Visits
from productify.service.notifications import Notifications
from productify.service.tracking import Tracking
from productify.settings import Settings
from productify.store import focus as store
from productify.store.database import Database

_log = logging.getLogger(__name__)
_LOOK = 5.0
"""Seconds between two looks at the time, at most; the next change of phase is not missed either."""

_MORE = 5
_DRIFT = timedelta(seconds=2)


class Focusing(Plans):
    """The one focus session, block lists, weekly sessions, what was blocked, and the days of it all.

    `on_blocking` is called whenever `blocking` may have another answer, `on_turn` whenever a session begins, ends or
    is in another phase, before that is told; `on_break` (where set) when the user chooses a break. All times are UTC.
    What only a recording process can do raises KnownError elsewhere.
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
        lists, timetable = Lists(db, user_id, self._held_lists), Timetable(db, user_id, clock, local_days)
        super().__init__(db, user_id, lists, timetable, self._listen_anew)
        self.on_blocking: Callable[[], None] = lambda: None
        self.on_turn: list[Callable[[], Awaitable[None]]] = []
        self.on_break: Callable[[], Awaitable[object]] | None = None
        self._clock = clock
        self._local_days = local_days
        self._settings = settings
        self._tracking = tracking
        self._timepiece = timepiece or timepiece_of(clock)
        self._sessions = Sessions(
            db, user_id, clock, self._timepiece, local_days, self._away_since,
            lambda: settings().number("idle_timeout"),
        )  # fmt: skip
        self._hours = Hours(db, user_id, clock, local_days, tracking.flush)
        self.allowances = Allowances(self._lists, self._hours, self._hear_blocking)
        self._visits = Visits(db, user_id, clock, local_days, settings)
        self._telling = Telling(notifications)
        self._records = self._is_taken_up = False
        self._keeper = Keeper(data_dir.root)
        self._told: tuple[str, ...] = ()
        self._trouble = ""
        self._zero: datetime | None = None
        self._news = asyncio.Event()
        tracking.focus = lambda: self.now

    @property
    def now(self) -> FocusNow | None:
        """The running session as of this moment."""
        running = self._sessions.running
        return None if running is None else self._seen(running)

    @property
    def passes_left(self) -> int:
        """How many passes are left today; strict mode gives none."""
        return self._visits.passes_left(self._sessions.running)

    @property
    def usual_minutes(self) -> int:
        """How long a session lasts that is started without a length."""
        return self._settings().number("focus_minutes")

    def blocking(self) -> tuple[BlockList, ...]:
        """Return the lists that block now: those of the session in its focus, and those whose hours it is."""
        return tuple(each for each in self._lists.known if self.blocked_until(each.id) is not None)

    def blocked_until(self, list_id: str) -> datetime | None:
        """Return when the list that blocks now will not any more; None where it does not block."""
        ends = [self._hours.until(each) for each in self._lists.of([list_id])]
        running = self._sessions.running
        if running is not None and self._sessions.blocks and list_id in running.session.plan.lists:
            ends.append(self._clock.now() + timedelta(seconds=running.standing().phase_left))
        return max((end for end in ends if end is not None), default=None)

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
                await self._look()
                self._news.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._patience()):
                        await self._news.wait()
        finally:
            with suppress(KnownError):
                await self._sessions.flush()
            await self._telling.close()

    async def look(self) -> None:
        """Do what time alone brings: phases, the end, the end of blocks, weekly sessions."""
        turn = await self._sessions.look()
        if turn is not None:
            await self._tell()
            self._announce(turn)
        elif self._is_clock_set() and self._sessions.running is not None:
            await self._tell()
        await self._keep_timetable()
        await self._hours.refresh(self._lists.known)
        self._hear_blocking()

    async def start(self, plan: FocusPlan, origin: str = "manual") -> FocusNow:
        """Begin a session; KnownError where one runs or a list is gone, UsageError where lengths make no sense."""
        self._must_record()
        await self._lists.load()
        await self._sessions.start(plan, self._lists.chosen(plan.lists), origin)
        return await self._moved()

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
        return await self._moved()

    async def end(self) -> FocusRecord:
        """End it: completed where it did what was planned, else cancelled; KnownError in strict mode before its end."""
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

    async def attempted(self, name: str, is_site: bool, list_name: str) -> int:
        """Count a blocked visit, and return how often the same was blocked before: in this session, or else today."""
        earlier = await self._visits.add(self._sessions.running, name, list_name, is_site=is_site)
        await self._tracking.tell()
        return earlier

    async def pass_taken(self, name: str, reason: str) -> datetime:
        """Let `name` pass for a written reason, and return until when; KnownError where no pass is left."""
        until = await self._visits.let_pass(self._sessions.running, name, reason)
        await self._tracking.tell()
        return until

    async def release(self) -> int:
        """Lift blocks that have expired or whose session is gone, and return how many; never one that runs."""
        if self._records:
            lifted = await self._sessions.release()
        else:
            lifted = await self._sessions.take_up()
        self._keeper.forget()
        await self._keeper.hold(is_wanted=self._sessions.is_locked)
        await self._tell()
        return lifted

    async def stored(self) -> FocusNow | None:
        """Return the session that has time left but no process that runs it."""
        async with self._db.read() as session:
            await self._sessions.emergency.load(session)
            left = await store.open_ones(session, self._user_id)
        if not left:
            return None
        running = Running.revived(left[0], self._timepiece, self._clock)
        running.observe(was_there=False)
        await self._visits.load()
        return self._seen(running) if running.goes_on() else None

    def refuse_weakening(self, new: Settings, key: str) -> None:
        """Raise KnownError where the change of the setting `key` would weaken a strict session that runs."""
        if self._sessions.is_locked:
            strict.refuse_weakening(self._settings(), new, key, self._ends())

    def refuse_rule(self, before: Iterable[str | None], after: str | None) -> None:
        """Raise KnownError where apps and sites of the categories `before` must not count as `after` in strict mode."""
        if self._sessions.is_locked:
            strict.refuse_rule(self._lists.of(self._held_lists()), before, after, self._ends())

    def refuse_forgetting(self) -> None:
        """Raise KnownError where a browser must stay paired, because a strict session blocks sites in it."""
        if self._sessions.is_locked and self._held_lists():
            raise KnownError("No browser is forgotten in strict mode.", f"The session ends {self._ends()}.")

    async def _take_up(self) -> None:
        if not self._is_taken_up:
            await self._lists.load()
            await self._visits.load()
            await self._timetable.load()
            await self._sessions.take_up()
            self._is_taken_up = True

    async def _look(self) -> None:
        """Look; a store that cannot be written must not keep blocks from ending, which the next look sees to."""
        try:
            await self.look()
            await self._keeper.hold(is_wanted=self._sessions.is_locked)
            self._trouble = ""
        except KnownError as error:
            if str(error) != self._trouble:
                self._trouble = str(error)
                _log.warning("focus waits: %s", error)

    async def _moved(self) -> FocusNow:
        await self._tell()
        now = self.now
        assert now is not None
        return now

    async def _tell(self) -> None:
        self._listen_anew()
        for turned in self.on_turn:
            await turned()
        await self._tracking.tell()

    def _listen_anew(self) -> None:
        self._news.set()
        self._told = tuple(each.id for each in self.blocking())
        self.on_blocking()

    def _hear_blocking(self) -> None:
        if (blocking := tuple(each.id for each in self.blocking())) != self._told:
            self._told = blocking
            self.on_blocking()

    def _is_clock_set(self) -> bool:
        """Return whether the wall clock was set since the last look: then all ends lie elsewhere on it."""
        reading, before = self._timepiece.read(), self._zero
        self._zero = reading.wall - timedelta(seconds=reading.seconds)
        return before is not None and abs(self._zero - before) > _DRIFT

    def _patience(self) -> float:
        running = self._sessions.running
        left = 0.0 if running is None else running.standing().phase_left
        return min(_LOOK, left + 0.01) if left > 0 else _LOOK

    async def _keep_timetable(self) -> None:
        if (coming := self._timetable.to_tell()) is not None:
            self._telling.tell(words.of_schedule(coming), {words.SKIP: lambda: self._timetable.skip(coming.id)})
        if (found := self._timetable.to_begin()) is None:
            return
        await self._sessions.give_way()
        if self._sessions.running is not None:
            return  # what the user began by hand goes before; the weekly one begins afterwards, with what is left of it
        schedule, bounds = found
        if minutes := minutes_left(bounds, self._clock.now()):
            lists = tuple(each.id for each in self._lists.of(schedule.lists))
            is_strict = schedule.strict and bool(lists or not schedule.lists)  # strict would hold nothing but its end
            await self.start(FocusPlan(minutes, schedule.title, schedule.project, None, lists, is_strict), "schedule")
        await self._timetable.settle(schedule, bounds)

    def _announce(self, turn: Turn) -> None:
        quiet = self._is_in_call()
        if turn.ended is not None:
            self._telling.tell(words.of_end(turn.ended, quiet=quiet), {})
            return
        can_end, with_break = not self._sessions.is_locked, self.on_break is not None
        told = words.of_phase(turn.now, turn.plan, can_end=can_end, with_break=with_break, quiet=quiet)
        self._telling.tell(told, {words.EXTEND: self.extend, words.END: self.end, words.BREAK: self._end_for_break})

    async def _end_for_break(self) -> None:
        await self.end()
        if self.on_break is not None:
            await self.on_break()

    def _seen(self, running: Running) -> FocusNow:
        return running.now(self._visits.passes_left(running), self._sessions.emergency.again_at())

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

    def _held_lists(self) -> frozenset[str]:
        running = self._sessions.running
        return frozenset(running.session.plan.lists if running is not None and self._sessions.is_locked else ())

    def _away_since(self) -> datetime | None:
        running = self._tracking.tracker.running if self._tracking.tracker is not None else None
        return running.since if running is not None and running.activity.is_afk else None

    def _is_in_call(self) -> bool:
        return self._tracking.tracker is not None and self._tracking.tracker.in_call
