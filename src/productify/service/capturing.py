"""Whether pictures of the screen are taken: the switch, the pause of pictures alone, and what keeps them from it."""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from productify.capture.album import Album
from productify.clock import Clock, LocalDays
from productify.domain import Capturing, Health, Running, Skip, Trigger
from productify.errors import KnownError
from productify.service.sealing import Sealing
from productify.service.supervision import Supervisor
from productify.settings import Settings
from productify.store import preferences as store
from productify.store.database import Database
from productify.tracker.sight import KEY as SIGHT
from productify.tracker.tracker import Tracker

if TYPE_CHECKING:
    from productify.capture.camera import Camera

_log = logging.getLogger(__name__)
_PAUSED = "screenshots paused"
_NO_END = "until resumed"
_MEND_EVERY = timedelta(days=1)
_YOUNG = timedelta(hours=1)
_BROKEN = "Screenshots failed, and are tried again in a while. The log says why."

_REASONS: Mapping[Skip, tuple[str, str]] = {
    Skip.INCOGNITO: ("Incognito is on.", "Switch it off first."),
    Skip.PAUSED: ("It is paused.", "Resume first."),
    Skip.NOT_TRACKING: ("Nothing is tracked now.", "Switch tracking on first."),
    Skip.AWAY: ("Nobody is at the keyboard.", ""),
    Skip.LOCKED: ("The screen is locked.", ""),
    Skip.ASLEEP: ("The computer goes to sleep.", ""),
    Skip.PRIVATE_WINDOW: ("A private browser window is in view.", "Close or minimise it first."),
    Skip.MAYBE_PRIVATE: (
        "A browser is in view that does not show which of its windows are private.",
        "Pair its extension, minimise it, or allow it in the settings.",
    ),
    Skip.PASSWORD_MANAGER: ("A password manager is in view.", "Close or minimise it first."),
    Skip.EXCLUDED_APP: ("An app that you never track is in view.", "Close or minimise it first."),
    Skip.EXCLUDED_SITE: ("A browser is in view that may show a site you never track.", "Close or minimise it first."),
    Skip.EXCLUDED_TITLE: ("A window with a title that you never track is in view.", "Close or minimise it first."),
    Skip.UNSEEN: ("Nothing here tells which windows are in view.", "See Settings, This desktop."),
    Skip.MOVED: ("Windows moved while the screenshot was taken.", "Try again."),
    Skip.CALL: ("You are in a call.", "Allow screenshots during calls in the settings."),
    Skip.DISK_FULL: ("The disk is full.", "Free some space."),
    Skip.FAILED: ("No screenshot could be taken.", "See Settings, This desktop."),
}


@dataclass(slots=True)
class Capture:
    """Runs the camera while the settings want it; without a `tracker` nothing is taken, as nobody sees what is in view.

    `told` is called when `state` or `problem` changes, `stored` with the number of new pictures; `has_any` tells
    whether there are any.
    """

    db: Database
    user_id: str
    clock: Clock
    settings: Callable[[], Settings]
    local_days: Callable[[], LocalDays]
    album: Album
    sealing: Sealing
    stored: Callable[[int], None]
    has_any: Callable[[], Awaitable[bool]]
    tracker: Tracker | None = field(default=None, init=False)
    told: Callable[[], None] = field(default=lambda: None, init=False)
    _camera: "Camera | None" = field(default=None, init=False)
    _paused_until: datetime | None = field(default=None, init=False)
    _is_paused: bool = field(default=False, init=False)
    _app: str | None = field(default=None, init=False)
    _is_broken: bool = field(default=False, init=False)
    _changed: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    @property
    def state(self) -> Capturing:
        """Whether pictures are taken."""
        if self.tracker is None or not self._is_wanted:
            return Capturing.OFF
        if self._is_paused:
            return Capturing.PAUSED
        return Capturing.UNABLE if self.problem is not None else Capturing.ON

    @property
    def problem(self) -> str | None:
        """A sentence for the user while pictures are wanted and cannot be taken or kept."""
        if self.tracker is None or not self._is_wanted:
            return None
        if self._camera is not None and self._camera.problem is not None:
            return self._camera.problem
        if self._is_broken:
            return _BROKEN
        for each in self.tracker.capabilities():
            if each.key == SIGHT and each.health is Health.MISSING:
                return f"{each.detail} {each.fix}".strip()
        return None

    @property
    def paused_until(self) -> datetime | None:
        """When the pause of pictures ends by itself, UTC; None where there is none or it has no end."""
        return self._paused_until

    def begin(self, tracker: Tracker, told: Callable[[], None], tasks: Supervisor) -> None:
        """Work with `tracker` from now on, in tasks of its own."""
        self.tracker, self.told = tracker, told
        tasks.start("screenshots", self.run)
        tasks.start("mending screenshots", self.keep_whole)

    async def run(self) -> None:
        """Take pictures while the settings want them, until cancelled."""
        await self._restore_pause()
        while True:
            self._changed.clear()
            if self._is_wanted:
                await self._take_pictures()
            else:
                await self._changed.wait()

    async def keep_whole(self) -> None:
        """Each day mend what a kill or a foreign hand left of files and rows, at once for the first time."""
        before = self.clock.now()
        while True:
            if await self.has_any():
                await self._mend(before)
            await asyncio.sleep(_MEND_EVERY.total_seconds())
            before = self.clock.now() - _YOUNG

    def apply(self) -> None:
        """Hear that settings changed."""
        self._changed.set()
        if self._camera is not None:
            self._camera.wake()

    def look(self, running: Running | None) -> None:
        """Hear what runs now: another app may have come to the front."""
        app = running.activity.app_name if running is not None else None
        if app != self._app:
            self._app = app
            if self._camera is not None:
                self._camera.switched()

    async def take_now(self) -> int:
        """Take a picture of every monitor now and return how many; raises KnownError with why there is none."""
        if self.tracker is None:
            raise KnownError("Screenshots are taken by the app that records.", "Start Productify Pro first.")
        if not self._is_wanted:
            raise KnownError("Screenshots are off.", "Switch them on in the settings first.")
        if self._camera is None:
            raise KnownError("Screenshots are just being switched on.", "Try again in a moment.")
        outcome = await self._camera.take(Trigger.ASKED)
        if not outcome.stored:
            reason = outcome.skipped[0] if outcome.skipped else Skip.FAILED
            if self._camera.problem is not None and reason in (Skip.FAILED, Skip.DISK_FULL):
                raise KnownError(self._camera.problem)
            raise KnownError(*_REASONS[reason])
        return outcome.stored

    async def pause(self, until: datetime | None) -> None:
        """Take no pictures until `until` (UTC), or until resumed; survives a restart."""
        self._set_pause(True, until)
        await self._remember(until.isoformat() if until else _NO_END)

    async def resume(self) -> None:
        """Take pictures again."""
        self._set_pause(False, None)
        await self._remember(None)

    @property
    def _is_wanted(self) -> bool:
        return self.settings().flag("screenshots_enabled")

    async def _take_pictures(self) -> None:
        """Run the camera until the settings want none any more."""
        camera = self._camera = await asyncio.to_thread(_made, self)
        camera.is_paused = self._is_paused
        self.told()
        running = asyncio.create_task(camera.run(), name="camera")
        try:
            while self._is_wanted and not running.done():
                self._changed.clear()
                news = asyncio.ensure_future(self._changed.wait())
                try:
                    await asyncio.wait({news, running}, timeout=self._pause_left(), return_when=asyncio.FIRST_COMPLETED)
                finally:
                    news.cancel()
                if self._pause_left() == 0:
                    await self.resume()
            if running.done():
                self._is_broken = True
                running.result()
        finally:
            running.cancel()
            await asyncio.wait([running])
            await camera.close()
            self._camera = None
            self.told()

    def _took(self, count: int) -> None:
        if self._is_broken:
            self._is_broken = False
            self.told()
        self.stored(count)

    def _pause_left(self) -> float | None:
        """Return the seconds until the pause ends by itself, None where none does."""
        if self._paused_until is None:
            return None
        return max(0.0, (self._paused_until - self.clock.now()).total_seconds())

    def _set_pause(self, on: bool, until: datetime | None) -> None:
        self._is_paused, self._paused_until = on, until
        if self._camera is not None:
            self._camera.is_paused = on
        self._changed.set()
        self.told()

    async def _restore_pause(self) -> None:
        async with self.db.read() as session:
            saved = await store.recall(session, self.user_id, _PAUSED)
        if saved is not None:
            self._set_pause(True, None if saved == _NO_END else datetime.fromisoformat(saved))

    async def _remember(self, value: str | None) -> None:
        async with self.db.write() as session:
            await store.remember(session, self.user_id, _PAUSED, value)

    async def _mend(self, before: datetime) -> None:
        from productify.capture.mend import mended

        try:
            done = await mended(self.db, self.album, before)
        except (KnownError, OSError) as error:
            _log.warning("screenshots were not looked through: %s", error)
            return
        if done.files or done.rows:
            _log.info("%s screenshot files without a row and %s rows without a file went", done.files, done.rows)
        if done.set_aside:
            _log.info("%s screenshot files of another database were set aside for a week", done.set_aside)


def _made(capture: Capture) -> "Camera":
    """Return the camera; what it needs is loaded here, off the loop, and not before pictures are wanted."""
    import mss  # noqa: F401 - loaded with the rest

    from productify.capture.camera import Around, Camera

    assert capture.tracker is not None
    return Camera(
        Around(
            db=capture.db,
            user_id=capture.user_id,
            clock=capture.clock,
            album=capture.album,
            scene=capture.tracker.scene,
            settings=capture.settings,
            days=capture.local_days,
            seal=capture.sealing.for_new,
            environment=os.environ,
            told=lambda: capture.told(),
            took=capture._took,
        )
    )
