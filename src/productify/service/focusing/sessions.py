"""The one session that runs: its moves, each written with its block before it takes effect."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from productify.clock import Clock, LocalDays
from productify.domain import BlockList, FocusPlan, FocusRecord, FocusState, Phase
from productify.errors import KnownError
from productify.focus.catalogue import resolved
from productify.focus.reckoning import Timepiece
from productify.focus.session import Session, Standing
from productify.ids import uuid7
from productify.service.focusing.emergency import Emergency
from productify.service.focusing.ledger import Ledger
from productify.service.focusing.running import Running
from productify.store import focus as store
from productify.store.database import Database

_BEAT = 10.0
"""Seconds between two writes of a session that goes on."""

_SLEPT = 60.0
_LONGEST_OVERTIME = 3600.0
_LONGEST_PAUSE = 12 * 3600.0
"""Seconds after which a pause was an end."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a look found: another phase, or with `ended` that the session closed by itself."""

    before: Standing
    now: Standing
    plan: FocusPlan
    ended: FocusRecord | None = None


class Sessions:
    """Starts, moves and ends the session; `away_since` (UTC) tells of the last input while nobody is there."""

    def __init__(
        self,
        db: Database,
        user_id: str,
        clock: Clock,
        timepiece: Timepiece,
        local_days: Callable[[], LocalDays],
        away_since: Callable[[], datetime | None],
        idle_timeout: Callable[[], int],
    ) -> None:
        self.running: Running | None = None
        self.ledger = Ledger(db, user_id, timepiece)
        self.emergency = Emergency(user_id, timepiece)
        self._db = db
        self._user_id = user_id
        self._clock = clock
        self._timepiece = timepiece
        self._local_days = local_days
        self._away_since = away_since
        self._idle_timeout = idle_timeout
        self._last: Standing | None = None
        self._written = clock.steady()
        self._one_at_a_time = asyncio.Lock()

    @property
    def blocks(self) -> bool:
        """Whether the session blocks its lists now: in stretches of focus, and never longer than the ledger says."""
        running = self.running
        if running is None or running.session.state is not FocusState.ACTIVE:
            return False
        return running.standing().phase is Phase.FOCUS and self.ledger.left > 0

    @property
    def is_locked(self) -> bool:
        """Whether a strict session holds now."""
        running = self.running
        return running is not None and running.is_locked()

    async def take_up(self) -> int:
        """Go on with a session that a restart cut, or close it truthfully; return how many blocks were lifted."""
        async with self._one_at_a_time:
            before = self.ledger.lifted
            async with self._db.read() as session:
                await self.emergency.load(session)
                left = await store.open_ones(session, self._user_id)
            for kept in left:
                running = Running.revived(kept, self._timepiece, self._clock)
                position, wall = running.position, running.reading.wall
                running.observe(was_there=False)
                if kept is left[0] and running.goes_on():
                    self.running = running
                else:
                    await self._close(running, running.session.lost(position), wall, "time")
            await self.ledger.settle(self.running.id if self.running else None)
            if self.running is not None:
                await self._move(self.running, self.running.session)
            return self.ledger.lifted - before

    async def start(self, plan: FocusPlan, lists: tuple[BlockList, ...], origin: str) -> None:
        """Begin a session that blocks `lists`; raises KnownError where one runs."""
        apps, sites = resolved(lists) if lists else ((), ())
        async with self._one_at_a_time:
            if self.running is not None:
                raise KnownError("A focus session runs already.", "End it first, or extend it.")
            session, day = Session.of(plan), self._local_days().day_of(self._clock.now())
            running = Running.begun(uuid7(), session, origin, day, self._timepiece, self._clock)
            async with self._db.write() as writing:
                await store.begin(writing, self._user_id, running.kept(), apps, sites)
                await self._write_block(writing, running)
            await self._take(running)

    async def pause(self) -> None:
        """Pause the session; its block is lifted meanwhile."""
        async with self._one_at_a_time:
            running = self._observed()
            await self._move(running, running.session.pause(running.position), lifted_by="pause")

    async def resume(self) -> None:
        """Go on with it."""
        async with self._one_at_a_time:
            running = self._observed()
            await self._move(running, running.session.resume(running.position))

    async def extend(self, minutes: int) -> None:
        """Let the running stretch be longer, or begin a new one in overtime."""
        async with self._one_at_a_time:
            running = self._observed()
            await self._move(running, running.session.extend(running.position, minutes))

    async def end(self, *, emergency: bool = False) -> FocusRecord:
        """End the session; raises KnownError in strict mode, but for an `emergency`."""
        async with self._one_at_a_time:
            running = self._observed()
            is_emergency = emergency and running.is_locked()
            ended = running.session.end(running.position, emergency=emergency)
            by = "emergency" if is_emergency else "end"
            return await self._close(running, ended, running.reading.wall, by, emergency=is_emergency)

    async def look(self) -> Turn | None:
        """Do what time alone brings, and return what it was."""
        async with self._one_at_a_time:
            if self.running is None:
                return None
            if self.running.session.state is FocusState.PAUSED:
                return await self._forgotten(self.running)
            running, before = self.running, self._last or self.running.standing()
            ended = await self._ended_by_itself(running)
            now = running.session.at(running.position)
            self._last = now
            if ended is not None:
                return Turn(before, now, running.session.plan, ended)
            if self.ledger.has_expired:
                await self.ledger.settle(running.id)
            if self._clock.steady() - self._written >= _BEAT:
                await self._beat(running)
            is_other = (before.phase, before.cycle) != (now.phase, now.cycle)
            return Turn(before, now, running.session.plan) if is_other else None

    async def give_way(self) -> None:
        """Let a session that is paused be over, as of when it was paused."""
        async with self._one_at_a_time:
            if self.running is not None and self.running.session.state is FocusState.PAUSED:
                await self._forgotten(self.running, least=0.0)

    async def release(self) -> int:
        """Lift blocks that have expired or whose session is gone, and return how many."""
        async with self._one_at_a_time:
            before = self.ledger.lifted
            await self.ledger.settle(self.running.id if self.running else None)
            return self.ledger.lifted - before

    async def flush(self) -> None:
        """Write what was seen up to now."""
        async with self._one_at_a_time:
            if self.running is not None:
                self.running.observe()
                await self._beat(self.running)

    async def _ended_by_itself(self, running: Running) -> FocusRecord | None:
        position, wall = running.position, running.reading.wall
        unseen = running.observe()
        session, now = running.session, running.position
        if not session.is_over(now):
            return None
        over = session.overrun(now)
        if unseen > (_SLEPT if not session.is_over(position) else self._idle_timeout()):
            return await self._close(running, session.lost(position), wall, "time")
        if not session.has_overtime:
            ended_at = running.reading.wall - timedelta(seconds=over)
            return await self._close(running, session.lost(now - over), ended_at, "time")
        idle = min(over, self._idle_seconds(running.reading.wall))
        if idle or over >= _LONGEST_OVERTIME:
            running.forget(idle)
            ended_at = running.reading.wall - timedelta(seconds=idle)
            return await self._close(running, session.lost(now - idle), ended_at, "time")
        return None

    async def _forgotten(self, running: Running, least: float = _LONGEST_PAUSE) -> Turn | None:
        """Close a session that was paused for `least` seconds and not gone on with, as of when it was paused."""
        running.observe()
        paused_at = running.session.paused_at
        if paused_at is None or running.position - paused_at < least:
            return None
        now = running.standing()
        ended_at = running.reading.wall - timedelta(seconds=running.position - paused_at)
        record = await self._close(running, running.session.lost(paused_at), ended_at, "time")
        return Turn(now, now, running.session.plan, record)

    def _idle_seconds(self, now: datetime) -> float:
        """Return for how long nobody was there, 0 while that is less than the idle timeout."""
        since = self._away_since()
        idle = 0.0 if since is None else (now - since).total_seconds()
        return idle if idle >= self._idle_timeout() else 0.0

    def _observed(self) -> Running:
        if self.running is None:
            raise KnownError("No focus session runs.", "Start one with: productify focus start")
        self.running.observe()
        return self.running

    async def _beat(self, running: Running) -> None:
        async with self._db.write() as writing:
            await store.save(writing, running.kept(), beat=True)
            await self.ledger.beat(writing)
            if self.emergency.is_due():
                await self.emergency.beat(writing)
        self._written = self._clock.steady()

    async def _move(self, running: Running, session: Session, lifted_by: str | None = None) -> None:
        """Let the session be `session` from now on, with its block."""
        old, running.session = running.session, session
        try:
            async with self._db.write() as writing:
                await store.save(writing, running.kept())
                if lifted_by is not None:
                    await self.ledger.lift(writing, lifted_by)
                else:
                    await self._write_block(writing, running)
        except BaseException:
            running.session = old
            raise
        await self._take(running)

    async def _close(
        self, running: Running, ended: Session, at: datetime, by: str, *, emergency: bool = False
    ) -> FocusRecord:
        old, running.session = running.session, ended
        try:
            async with self._db.write() as writing:
                await store.save(writing, running.kept(at))
                await self.ledger.lift(writing, by)
                if emergency:
                    await self.emergency.use(writing)
        except BaseException:
            running.session = old
            raise
        if emergency:
            self.emergency.used()
        if self.running is running:
            self.running = self._last = None
        await self.ledger.settle(self.running.id if self.running else None)
        async with self._db.read() as reading:
            return await store.record(reading, running.id)

    async def _write_block(self, writing: AsyncSession, running: Running) -> None:
        session = running.session
        left = session.block_left(running.position)
        if session.state is FocusState.ACTIVE and left > 0 and (session.plan.lists or session.plan.strict):
            await self.ledger.begin(writing, running.id, left, strict=session.plan.strict)

    async def _take(self, running: Running) -> None:
        self.running, self._written, self._last = running, self._clock.steady(), running.standing()
        await self.ledger.settle(running.id)
