"""The camera: takes a picture of each monitor whenever one is due, as far as the gate allows."""

import asyncio
import errno
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from random import Random

from productify.capture.album import Album, Seal
from productify.capture.darkroom import Darkroom
from productify.capture.development import Developed, developed
from productify.capture.grabbers import Environment, GrabError
from productify.capture.roll import Roll
from productify.capture.schedule import Schedule
from productify.capture.shutter import SETTLE, Exposed, Exposure, Shutter
from productify.clock import Clock, LocalDays
from productify.domain import Scene, Skip, Trigger
from productify.errors import DiskFullError, KnownError
from productify.settings import Settings
from productify.store.database import Database
from productify.store.shooting import Taken

_log = logging.getLogger(__name__)
_ROOM = 64_000_000
"""Bytes that pictures leave to the record."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_ROOM = "The disk is full. Free some space; screenshots go on by themselves."


@dataclass(frozen=True, slots=True)
class Around:
    """What the camera works with.

    `scene` tells what is in view, `settings` and `days` what holds now, `seal` what new files are encrypted with;
    `told` is called when `Camera.problem` changes, `took` after each attempt that nothing kept from its end, with the
    number of new pictures.
    """

    db: Database
    user_id: str
    clock: Clock
    album: Album
    scene: Callable[[], Awaitable[Scene]]
    settings: Callable[[], Settings]
    days: Callable[[], LocalDays]
    seal: Callable[[], Awaitable[Seal | None]]
    environment: Environment
    told: Callable[[], None]
    took: Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many pictures were stored, and why others were not, each reason once."""

    stored: int
    skipped: tuple[Skip, ...] = ()


class Camera:
    """Takes pictures until `run` is cancelled; `problem` is a sentence for the user while it cannot."""

    def __init__(self, around: Around, random: Random | None = None, settle: float = SETTLE) -> None:
        self._around = around
        self._darkroom = Darkroom()
        self._shutter = Shutter(around.scene, self._darkroom, around.environment, settle)
        self._roll = Roll(around.db, around.user_id)
        self._schedule = Schedule(random or Random())
        self._wake = asyncio.Event()
        self._busy = asyncio.Lock()
        self.problem: str | None = None
        self.is_paused = False

    async def run(self) -> None:
        """Take a picture whenever one is due, until cancelled."""
        clock = self._around.clock
        while True:
            self._wake.clear()
            self._schedule.follow(self._around.settings(), clock.steady())
            due = self._schedule.due
            if due is None or clock.steady() < due:
                with suppress(TimeoutError):
                    async with asyncio.timeout(None if due is None else due - clock.steady()):
                        await self._wake.wait()
                continue
            mode = self._around.settings().text("screenshot_mode")
            self._schedule.took(clock.steady())
            await self.take(Trigger.SWITCH if mode == "switch" else Trigger.INTERVAL)

    async def close(self) -> None:
        """Let go of the desktop and end the threads."""
        async with self._busy:
            await self._shutter.close()
            await self._darkroom.close()

    def wake(self) -> None:
        """Look at the settings and the clock anew."""
        self._wake.set()

    def switched(self) -> None:
        """Hear that another app came to the front."""
        self._schedule.switched(self._around.clock.steady())
        self._wake.set()

    async def take(self, trigger: Trigger) -> Outcome:
        """Take a picture of each monitor now, as far as that may be, and say what became of it."""
        async with self._busy:
            try:
                outcome = await self._take(trigger)
            except GrabError as error:
                return await self._fail(Skip.FAILED, str(error))
            except DiskFullError:
                return await self._fail(Skip.DISK_FULL, _NO_ROOM)
            except KnownError as error:
                return await self._fail(Skip.FAILED, str(error))
            except OSError as error:
                if error.errno in _FULL:
                    return await self._fail(Skip.DISK_FULL, _NO_ROOM)
                return await self._fail(Skip.FAILED, f"Screenshots cannot be written: {error.strerror}.")
        return outcome

    async def _take(self, trigger: Trigger) -> Outcome:
        if self.is_paused:
            return await self._leave(Skip.PAUSED)
        settings = self._around.settings()
        if await self._darkroom.do(self._around.album.free_bytes) < _ROOM:
            raise DiskFullError(_NO_ROOM)
        exposed = await self._shutter.release(settings)
        if self.is_paused:  # while windows were waited for
            return await self._leave(Skip.PAUSED)
        if self._around.settings() != settings:  # which may hide more than it was taken under
            return await self._leave(Skip.MOVED)
        if exposed.scene.skip is not None:
            return await self._leave(exposed.scene.skip)
        at, stored, skipped = self._around.clock.now(), 0, dict[Skip, None]()
        for exposure in exposed.exposures:
            if (reason := exposure.view.skip) is not None:
                skipped[reason] = None
                await self._roll.skip(reason, exposure.view.monitor.name, at)
            else:
                stored += await self._keep(exposure, exposed, trigger, at, settings)
        self._tell(None)
        self._around.took(stored)
        return Outcome(stored, tuple(skipped))

    async def _keep(
        self, exposure: Exposure, exposed: Exposed, trigger: Trigger, at: datetime, settings: Settings
    ) -> bool:
        """Store one monitor's picture unless its screen is the same as before; return whether it was stored."""
        view, grab = exposure.view, exposure.grab
        assert grab is not None
        around, name = self._around, view.monitor.name
        day, seal = around.days().day_of(at), await around.seal()
        last = None if trigger is Trigger.ASKED else self._roll.newest(name, exposed.scene.app_name)
        done = await self._darkroom.do(developed, grab, view, last, day, settings, around.album, seal)
        if done is None and not await self._roll.see_again(name, at):
            done = await self._darkroom.do(developed, grab, view, None, day, settings, around.album, seal)
        if done is None:
            return False
        await self._store(done, _taken(done, exposure, exposed, trigger, at, settings, seal is not None))
        return True

    async def _store(self, done: Developed, taken: Taken) -> None:
        """Add the row of files that lie on the disk; where that fails they go again."""
        try:
            await self._roll.store(taken, done.negative)
        except BaseException:
            files = (done.kept.file_path, done.kept.thumbnail_path)
            await self._darkroom.do(self._around.album.delete, files)
            raise

    async def _leave(self, reason: Skip) -> Outcome:
        await self._roll.skip(reason, None, self._around.clock.now())
        return Outcome(0, (reason,))

    async def _fail(self, reason: Skip, problem: str) -> Outcome:
        self._tell(problem)
        try:
            return await self._leave(reason)
        except KnownError as error:
            _log.debug("that no screenshot was taken cannot be written either: %s", error)
            return Outcome(0, (reason,))

    def _tell(self, problem: str | None) -> None:
        if problem == self.problem:
            return
        self.problem = problem
        _log.info("screenshots wait: %s", problem) if problem else _log.info("screenshots go on")
        self._around.told()


def _taken(
    done: Developed,
    exposure: Exposure,
    exposed: Exposed,
    trigger: Trigger,
    at: datetime,
    settings: Settings,
    is_sealed: bool,
) -> Taken:
    """Return the row of a picture: what was in front is the same for every monitor."""
    view, scene = exposure.view, exposed.scene
    return Taken(
        captured_at=at,
        local_day=done.negative.day,
        monitor=view.monitor,
        monitor_count=len(exposed.exposures),
        width=done.width,
        height=done.height,
        format=settings.text("screenshot_format"),
        file_path=done.kept.file_path,
        thumbnail_path=done.kept.thumbnail_path,
        file_size=done.kept.file_size,
        thumbnail_size=done.kept.thumbnail_size,
        app_name=scene.app_name,
        window_title=scene.window_title,
        is_blurred=view.blurred or bool(view.boxes),
        is_sealed=is_sealed,
        trigger=trigger,
    )
