"""Breaks for the window and the command line."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from productify.clock import Clock, LocalDays
from productify.domain import BreakNow, Running, State
from productify.errors import KnownError
from productify.focus.breaks import PAUSE, Moment, Plan, Said, Sitting
from productify.focus.reckoning import Axis, Reading, Timepiece, timepiece_of
from productify.service.breaks import words
from productify.service.breaks.holding import Holding
from productify.service.focusing.telling import Telling
from productify.service.notifications import Notifications
from productify.service.tracking import Tracking
from productify.settings import Settings
from productify.store import activities, preferences
from productify.store.database import Database
from productify.tracker.gauge import Gauge, NoGauge

_log = logging.getLogger(__name__)
_KEPT = "sitting"
_SLEPT = 2.0
"""Seconds that nobody saw: fewer are the drift of two clocks."""

_STILL_LOOK = 60.0


class Breaks:
    """How long somebody has been sitting, the reminders of it, and the break itself.

    While the tracking is paused or off nobody knows who sits there: that time counts as being away, and nothing is
    said. Incognito changes nothing: the person sits there, and a reminder names nothing. `gauge` tells when they typed.
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
        timepiece: Timepiece | None = None,
    ) -> None:
        self.gauge: Gauge = NoGauge()
        self._db = db
        self._user_id = user_id
        self._clock = clock
        self._settings = settings
        self._tracking = tracking
        self._timepiece = timepiece or timepiece_of(clock)
        self._holding = Holding(tracking, settings, local_days, clock)
        self._telling = Telling(notifications)
        self._sitting = Sitting()
        self._axis = Axis(self._timepiece, 0.0, self._timepiece.read())
        self._last = (0.0, clock.steady())
        self._touched: float | None = None
        self._records = False
        self._news = asyncio.Event()

    @property
    def now(self) -> BreakNow:
        """How it stands as of this moment."""
        moment, plan, sitting = self._moment(), self._plan(), self._sitting
        rested_at, due_in = sitting.rested_at(moment, plan), sitting.due_in(moment.at, plan)
        left = None if rested_at is None else timedelta(seconds=rested_at - moment.at)
        is_there = sitting.since is not None and sitting.break_from is None
        return BreakNow(
            sitting=moment.at - sitting.since if is_there and sitting.since is not None else 0.0,
            due_in=due_in,
            is_due=due_in == 0,
            snoozes_left=sitting.snoozes_left(),
            in_break_until=None if left is None else self._clock.now() + left,
            held=moment.hold if due_in == 0 else None,
        )

    async def begin(self) -> None:
        """Let this process be the one that reminds, and go on with the sitting that a restart cut."""
        self._records = True
        try:
            await self._recall()
        except KnownError as error:  # the recorder must start all the same
            _log.warning("how long you have been sitting is not known: %s", error)

    async def run(self) -> None:
        """Remind until cancelled; sleeps while nothing can be due."""
        try:
            while True:
                self._news.clear()
                await self.look()
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._patience()):
                        await self._news.wait()
        finally:
            await self.gauge.close()
            await self._keep()
            await self._telling.close()

    def wake(self) -> None:
        """Look at once: something is seen otherwise, or set otherwise."""
        self._news.set()

    async def turned(self) -> None:
        """Hear that a focus session began, ended or is in another phase."""
        self._holding.look(self._axis.now()[0])
        self.wake()

    async def look(self) -> None:
        """Do what time alone brings."""
        self._sleep_through()
        moment, plan = self._moment(), self._plan()
        if self._sitting.asks_for_input(moment, plan):
            idle = await self.gauge.idle()
            moment = replace(self._moment(), idle=idle)
            self._touched = None if idle is None else moment.at - idle
        else:
            await self.gauge.close()
        before = self._sitting
        self._sitting, said = before.see(moment, plan)
        if said is not None:
            self._say(said, moment)
        if replace(before, ready_at=None) != replace(self._sitting, ready_at=None):
            await self._keep()

    async def start_break(self) -> BreakNow:
        """Begin a break; KnownError in one."""
        return await self._take(lambda at: self._sitting.start(at))

    async def snooze(self) -> BreakNow:
        """Put the break off for five minutes; KnownError where none is due, or it was put off twice."""
        return await self._take(lambda at: self._sitting.snooze(at, self._plan()))

    async def skip(self) -> BreakNow:
        """Leave this break out, or end the one that runs."""
        return await self._take(lambda at: self._sitting.skip(at))

    async def _take(self, verb: Callable[[float], Sitting]) -> BreakNow:
        if not self._records:
            raise KnownError("Productify Pro is not running.", "Start it with: productify")
        self._sitting, self._touched = verb(self._axis.now()[0]), None
        await self._keep()
        self.wake()
        return self.now

    def _plan(self) -> Plan:
        settings = self._settings()
        return Plan(
            settings.flag("break_reminders"),
            settings.number("break_after") * 60.0,
            settings.number("break_minutes") * 60.0,
            settings.flag("break_eyes"),
        )

    def _moment(self) -> Moment:
        at = self._axis.now()[0]
        idle = None if self._touched is None else at - self._touched
        return Moment(at, self._away_from(at), self._holding.reason(at), idle)

    def _away_from(self, at: float) -> float | None:
        """Return since when nobody is there, None while somebody is."""
        tracker = self._tracking.tracker
        running = tracker.running if tracker is not None else None
        if tracker is None or running is None:
            return at if self._sitting.away_from is None else self._sitting.away_from
        if _is_unseen(running):
            return min(at, at - (self._clock.now() - running.since).total_seconds())
        still = self._still()
        return at - still if still >= PAUSE else None

    def _still(self) -> float:
        """Return for how long nothing has shown anybody who does not count as away yet, 0 where something does."""
        tracker = self._tracking.tracker
        since = None if tracker is None else tracker.still_since
        return 0.0 if since is None else max(0.0, (self._clock.now() - since).total_seconds())

    def _sleep_through(self) -> None:
        """Take time in which the machine slept, or this process did not run, as time away."""
        position, steady = self._axis.now()[0], self._clock.steady()
        before, awake = self._last[0], steady - self._last[1]
        self._last = (position, steady)
        if position - before - awake > _SLEPT:
            self._sitting, _ = self._sitting.see(Moment(position, away_from=before + awake), self._plan())

    def _patience(self) -> float | None:
        left = self._sitting.next_look(self._moment(), self._plan())
        if left is None or self._settings().number("idle_timeout") <= PAUSE:
            return left
        rests = PAUSE - self._still()  # nobody tells of a pause that is shorter than the idle timeout
        return min(left, _STILL_LOOK, rests) if rests > 0 else min(left, _STILL_LOOK)

    def _say(self, said: Said, moment: Moment) -> None:
        sound, sitting = self._settings().flag("break_sound"), self._sitting
        if said is Said.EYES:
            self._telling.tell(words.eyes(sound=sound), {})
        elif said is Said.BREAK and sitting.since is not None:
            told = words.due(moment.at - sitting.since, self._plan(), sitting.snoozes_left(), sound=sound)
            does = {words.START: self.start_break, words.SNOOZE_IT: self.snooze, words.SKIP: self.skip}
            self._telling.tell(told, does)
        elif said is Said.OVER and self._settings().flag("break_over_note") and moment.hold is None:
            self._telling.tell(words.over(sound=sound), {})

    async def _keep(self) -> None:
        """Remember the sitting over a restart; where that fails it begins anew then."""
        position, reading = self._axis.now()
        held = {"position": position, "reading": reading.packed(), "sitting": asdict(self._sitting)}
        try:
            async with self._db.write() as session:
                await preferences.remember(session, self._user_id, _KEPT, held)
        except KnownError as error:
            _log.info("how long you have been sitting could not be kept: %s", error)

    async def _recall(self) -> None:
        async with self._db.read() as session:
            held = await preferences.recall(session, self._user_id, _KEPT)
            newest = await activities.newest(session, self._user_id)
        if held is None or (sitting := _unpacked(held)) is None:
            return
        self._axis = Axis(self._timepiece, float(held["position"]), Reading.unpacked(held["reading"]))
        position = self._axis.now()[0]
        self._last = (position, self._clock.steady())
        unseen_from = _seen_until(
            None if newest is None else newest.end, self._clock.now(), position, float(held["position"])
        )
        self._sitting, _ = sitting.see(Moment(position, away_from=unseen_from), self._plan())


def _is_unseen(running: Running) -> bool:
    return running.activity.is_afk or running.activity.cause is State.PAUSED


def _seen_until(end: datetime | None, now: datetime, position: float, kept_at: float) -> float:
    """Return the position up to which an earlier run of the app saw anything."""
    if end is None:
        return kept_at
    return min(position, max(kept_at, position - max(0.0, (now - end).total_seconds())))


def _unpacked(held: dict[str, Any]) -> Sitting | None:
    try:
        return Sitting(**held["sitting"])
    except TypeError:  # another version kept it
        return None
