"""The tracker as the service sees it: watches the desktop, keeps the record, obeys the user's switches."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime, tzinfo

from productify.clock import Clock, system_zone
from productify.domain import Capability, Health, Mode, Return, Rule, Running, Scene, State, TabSeen
from productify.errors import KnownError
from productify.settings import Settings
from productify.store.database import Database
from productify.tracker.capabilities import merged
from productify.tracker.changes import Changes
from productify.tracker.choose import KINDS, WINDOWS, Kind
from productify.tracker.face import Face
from productify.tracker.front import Front, Fronted
from productify.tracker.happenings import (
    Amended,
    Corrected,
    Happening,
    LetGo,
    Paused,
    Resumed,
    Retimed,
    Shown,
    Switched,
)
from productify.tracker.perception import Perception
from productify.tracker.place import Place
from productify.tracker.presence.witnesses import Witnesses
from productify.tracker.probe import (
    LOCK_REQUEST,
    Event,
    SignsSeen,
    Unlocked,
    Window,
    WindowSeen,
    WindowUnknown,
    Woke,
)
from productify.tracker.reading import read
from productify.tracker.recorder import Recorder
from productify.tracker.scenery import Moment, Scenery
from productify.tracker.seeking import Seeking
from productify.tracker.spans import Spans
from productify.tracker.watch import Watch

_log = logging.getLogger(__name__)
BEAT = 4.8
"""Seconds between two extensions of the running row: what a kill loses, and a little time to write."""

_LAST_WRITE = 2.0


class Tracker:
    """Records one user's time until `run` is cancelled.

    `on_running` is called whenever another activity runs, the running one is seen otherwise, or there is another
    problem; `on_return` when somebody comes back from an absence, `on_desktop` within a beat when it can see more or
    less of the desktop. `probes` replaces what watches the desktop; `zone` tells the machine's time zone whenever it
    is asked. `front_listeners` are called at once whenever anything in front changed or the screen was locked or
    unlocked; `addresses` reads those of pages.
    """

    def __init__(
        self,
        db: Database,
        user_id: str,
        clock: Clock,
        settings: Settings,
        rules: tuple[Rule, ...],
        on_running: Callable[[], None],
        probes: Sequence[Kind] | None = None,
        zone: Callable[[], tzinfo] = system_zone,
        on_return: Callable[[Return], None] = lambda _gap: None,
        on_desktop: Callable[[], None] = lambda: None,
    ) -> None:
        self._clock = clock
        self._settings = settings
        self._rules = rules
        self._on_running = on_running
        self._on_return = on_return
        self._on_desktop = on_desktop
        self._place = Place(clock, zone)
        self._recorder = Recorder(db, user_id)
        self._spans = Spans(
            self._place.days(settings), settings.number("idle_timeout"), settings.flag("tracking_enabled")
        )
        self._perception = Perception(settings, rules)
        self._watches = [Watch(kind, os.environ, clock) for kind in (KINDS if probes is None else probes)]
        self._scenery = Scenery(os.environ)
        self._front = Front(clock)
        self.front_listeners = self._front.listeners
        self.addresses = Seeking(os.environ, self._front, self._address_found)
        self._is_known = False
        self._told: tuple[object, ...] = (None, None)
        self._able: tuple[Capability, ...] = ()
        self._witnesses = Witnesses()
        self._wake = asyncio.Event()

    @property
    def mode(self) -> Mode:
        """Whether it records."""
        if not self._settings.flag("tracking_enabled"):
            return Mode.OFF
        if self._spans.paused:
            return Mode.PAUSED
        return Mode.INCOGNITO if self.incognito else Mode.TRACKING

    @property
    def incognito(self) -> bool:
        """Whether everything counts as private, once no pause is in front of it; also where that could not be saved."""
        return self._settings.flag("incognito_mode")

    @property
    def paused_until(self) -> datetime | None:
        """When the pause ends by itself, UTC; None where there is none or it has no end."""
        return self._spans.paused_until

    @property
    def running(self) -> Running | None:
        """The activity that grows now, as of the last beat."""
        return self._spans.running

    @property
    def is_locked(self) -> bool:
        """Whether the screen is locked."""
        return bool(self._spans.locks)

    @property
    def in_call(self) -> bool:
        """Whether somebody is in a call, by what was seen last."""
        return self._witnesses.in_call(self._front, self._spans.front)

    @property
    def is_full_screen(self) -> bool:
        """Whether the window in front fills its screen, where the desktop tells it."""
        return self._front.window is not None and self._front.window.fullscreen

    @property
    def still_since(self) -> datetime | None:
        """Since when nothing has shown anybody, for a minute at least, whether or not that counts as away yet; UTC."""
        return self._spans.still_since

    @property
    def problem(self) -> str | None:
        """A sentence for the user while recording does not work."""
        if self._recorder.problem is not None:
            return self._recorder.problem
        for watch in self._watches:
            if watch.kind.name == WINDOWS.name:
                missing = [each for each in watch.capabilities() if each.health is Health.MISSING]
                return f"{missing[0].detail} {missing[0].fix}" if missing else None
        return None

    @property
    def unwritten(self) -> str | None:
        """A sentence for the user while what was seen cannot be written."""
        return self._recorder.problem

    def capabilities(self) -> tuple[Capability, ...]:
        """Return what it can see on this desktop."""
        seen = [capability for watch in self._watches for capability in watch.capabilities()]
        return (*merged(seen), *self.addresses.capabilities(), self._scenery.capability())

    def fronted(self) -> Fronted | None:
        """Return all that is known of the window in front; None for the bare desktop, and while nobody knows it."""
        return self._front.known(self._perception, self.is_nameless)

    def is_nameless(self, window: Window) -> bool:
        """Return whether nothing of `window` may be written down now."""
        return self.mode is not Mode.TRACKING or self._perception.face(window).cause is State.PRIVATE

    async def scene(self) -> Scene:
        """Return what is in view on all monitors now, judged by the settings; of what is hidden no text is in it."""
        window = await self.addresses.sure(self._perception)
        self._tick()
        running = self._spans.running
        moment = Moment(
            mode=self.mode,
            cause=running.activity.cause if running is not None else None,
            is_locked=self.is_locked,
            is_known=self._is_known and running is not None,
            window=window,
            in_call=self.in_call,
        )
        return await self._scenery.scene(moment, self._perception, self._settings)

    async def run(self) -> None:
        """Watch and record until cancelled, then end the running activity truthfully."""
        await self._recall(self._clock.now())
        self._feed(Switched(self._settings.flag("tracking_enabled")))
        try:
            async with asyncio.TaskGroup() as tasks:
                for watch in self._watches:
                    tasks.create_task(watch.run(self), name=f"watch {watch.kind.name}")
                tasks.create_task(self.addresses.survey(), name="survey")
                tasks.create_task(self._beat(), name="beat")
        finally:
            await self.addresses.close()
            await self._scenery.close()
            self._recorder.add(self._spans.stop(read(self._clock)))
            with suppress(TimeoutError):
                async with asyncio.timeout(_LAST_WRITE):
                    await self._recorder.flush()

    async def apply(self, settings: Settings, rules: tuple[Rule, ...]) -> None:
        """Obey other settings and rules from now on; what is in front is judged anew."""
        self._settings, self._rules = settings, rules
        self._perception = Perception(settings, rules)
        self._retime()
        self._feed(Switched(settings.flag("tracking_enabled")))
        if self._is_known:
            self._judge_again()
        await self.flush()

    async def pause(self, until: datetime | None) -> None:
        """Record "paused" alone, until `until` (UTC) or until resumed."""
        self._feed(Paused(until))
        await self.flush()

    async def resume(self) -> None:
        """Record again."""
        self._feed(Resumed())
        await self.flush()

    async def set_incognito(self, on: bool) -> None:
        """Count everything as private time, or name things again."""
        self._settings = self._settings.with_value("incognito_mode", on)
        self._perception = Perception(self._settings, self._rules)
        if self._is_known:
            self._judge_again()
        await self.flush()

    @asynccontextmanager
    async def held(self) -> AsyncIterator[list[tuple[datetime, datetime]]]:
        """Let the block correct the record, what runs included, then go on with what it left.

        The block fills the list with the stretches that it gave an answer. Recording goes on meanwhile, but nothing
        is written; never wait for `flush` within it. Raises KnownError where the store cannot be written.
        """
        stretches: list[tuple[datetime, datetime]] = []
        self._feed(LetGo())
        running = self._spans.running
        last = None
        async with self._recorder.held():
            try:
                yield stretches
            finally:
                if running is not None:
                    last = await self._recorder.ending(running.activity.start)
                self._feed(Corrected(tuple(stretches), last))

    async def flush(self) -> None:
        """Bring everything up to now to the store, as far as it can be written."""
        self._tick()
        await self._recorder.flush()

    def __call__(self, event: Event) -> None:
        """Hear what a probe saw."""
        match event:
            case WindowSeen(window):
                self._see(window)
            case WindowUnknown():
                self._is_known = False
                self._front.leave()
                self.addresses.leave()
                self._feed(Shown(None))
                self._weigh()
            case SignsSeen(source, signs):
                self._witnesses.hear(source, signs)
                self._weigh()
            case _:
                was_locked = self.is_locked
                self._feed(event)
                if self.is_locked is not was_locked:
                    self._front.tell()
                if isinstance(event, Woke):
                    self._read_zone()

    def tab_seen(self, tab: TabSeen) -> None:
        """Hear what a paired browser says of its tab in front: better than anything else that can be known of it."""
        before = self._front.window
        if self._front.hear(tab, self._perception):
            self.look_for_address()
            face = self._face()
            is_first = before is not None and before.url is None and not before.private
            self._feed(Amended(face) if is_first or face.cause is State.PRIVATE else Shown(face))
        self._weigh()

    async def recorded(self) -> None:
        """Return when all that was heard is on disk, or could not be brought there."""
        await self._recorder.flush()

    async def _beat(self) -> None:
        loop = asyncio.get_running_loop()
        next_beat = loop.time() + BEAT
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout_at(next_beat):
                    await self._wake.wait()
            self._wake.clear()
            if loop.time() >= next_beat:
                next_beat = loop.time() + BEAT
                self._tick()
                self._weigh()
                self._look_at_itself()
            if not await self._recorder.flush():
                await asyncio.sleep(1)
            elif (since := self._spans.asks_since) is not None:
                try:
                    await self._recall(since)
                except KnownError as error:
                    _log.debug("what the store holds is not known yet: %s", error)
                    await asyncio.sleep(1)

    async def _recall(self, since: datetime) -> None:
        """Let the spans know what the store holds after `since`, so that nothing is recorded twice."""
        stretches = await self._recorder.stretches(since)
        self._take(self._spans.take(since, stretches, read(self._clock)))

    def _tick(self) -> None:
        if self._place.is_due:
            self._read_zone()
        self._take(self._spans.tick(read(self._clock)))

    def _look_at_itself(self) -> None:
        able = self.capabilities()
        if able != self._able:
            self._able = able
            self._on_desktop()

    def _feed(self, happening: Happening) -> None:
        self._take(self._spans.feed(happening, read(self._clock)))

    def _see(self, window: Window | None) -> None:
        before, known = self._front.window, self._is_known
        if self._spans.locks == {LOCK_REQUEST} and known and _handle(window) != _handle(before):
            # Whoever locks only on request may never say that it is over; a window that comes to the front does.
            self._feed(Unlocked(LOCK_REQUEST))
        self._front.come(window, self._perception)
        self._is_known = True
        self.look_for_address()
        self._feed(Shown(self._face()))
        self._weigh()

    def look_for_address(self) -> None:
        """Read the address in front, as far as somebody needs it."""
        self.addresses.look(self._perception, records=self._settings.flag("tracking_enabled"))

    def _address_found(self, is_first: bool) -> None:
        face = self._face()
        # A title that stayed while an excluded site came up may have been that site's all along.
        self._feed(Amended(face) if is_first or face.cause is State.PRIVATE else Shown(face))
        self._weigh()

    def _judge_again(self) -> None:
        before = self._spans.front
        self.look_for_address()
        face = self._face()
        self._feed(Amended(face) if before is not None and face.same_thing(before) else Shown(face))
        self._weigh()

    def _weigh(self) -> None:
        """Judge anew whether anything but input shows somebody in front of what is there."""
        vouched = self._witnesses.weigh(self._front, self._spans.front, self._settings)
        if vouched is not None:
            self._feed(vouched)

    def _face(self) -> Face:
        return self._perception.face(self._front.window)

    def _take(self, changes: Changes) -> None:
        if changes:
            self._recorder.add(changes)
        if changes or self._spans.asks_since is not None:
            self._wake.set()
        running = self._spans.running
        now: tuple[object, ...] = (self.problem, None)
        if running is not None:
            activity = running.activity
            now = (self.problem, activity.id, Face.of(activity), running.since, activity.presence)
        if (gap := self._spans.taken_return()) is not None:
            self._on_return(gap)
        if now != self._told:
            self._told = now
            self._on_running()

    def _read_zone(self) -> None:
        if self._place.read():
            self._retime()

    def _retime(self) -> None:
        self._feed(Retimed(self._settings.number("idle_timeout"), self._place.days(self._settings)))


def _handle(window: Window | None) -> int | None:
    return None if window is None else window.handle
