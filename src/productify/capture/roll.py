"""What is written of each attempt: a row for a picture, a longer "seen until", or one more that was skipped."""

from dataclasses import dataclass
from datetime import datetime

from productify.capture.development import Negative
from productify.domain import Skip
from productify.store import shooting
from productify.store.database import Database
from productify.store.shooting import Taken


@dataclass(frozen=True, slots=True)
class Frame:
    """The newest stored picture of a monitor: its row, what was in front, and what the next is compared with."""

    shot_id: str
    app_name: str | None
    negative: Negative


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch without pictures that goes on: its row, and why."""

    skip_id: str
    reason: Skip


class Roll:
    """One user's pictures as they come; monitors go by name. A failure of the store leaves as KnownError."""

    def __init__(self, db: Database, user_id: str) -> None:
        self._db = db
        self._user_id = user_id
        self._frames: dict[str, Frame] = {}
        self._stretches: dict[str | None, _Stretch] = {}

    def newest(self, monitor: str, app_name: str | None) -> Negative | None:
        """Return what the next picture of a monitor is compared with, None where it must be kept.

        With another app in front it must: a row that went on would tell of the wrong one.
        """
        frame = self._frames.get(monitor)
        return None if frame is None or frame.app_name != app_name else frame.negative

    async def store(self, taken: Taken, negative: Negative) -> None:
        """Add a picture whose files lie on the disk."""
        async with self._db.write() as session:
            (shot_id,) = await shooting.add(session, self._user_id, [taken])
        self._frames[taken.monitor.name] = Frame(shot_id, taken.app_name, negative)
        self._end_stretch(taken.monitor.name)

    async def see_again(self, monitor: str, at: datetime) -> bool:
        """Note that a screen is still the same; return whether its picture is still there."""
        frame = self._frames[monitor]
        async with self._db.write() as session:
            is_there = await shooting.extend_seen(session, frame.shot_id, at)
        if not is_there:
            del self._frames[monitor]
        self._end_stretch(monitor)
        return is_there

    async def skip(self, reason: Skip, monitor: str | None, at: datetime) -> None:
        """Note that no picture of a monitor (None: of any) was taken; of what came meanwhile nobody knows."""
        if monitor is None:
            self._frames.clear()
            self._stretches = {key: held for key, held in self._stretches.items() if key is None}
        else:
            self._frames.pop(monitor, None)
            self._stretches.pop(None, None)
        held = self._stretches.pop(monitor, None)
        async with self._db.write() as session:
            if held is not None and held.reason is reason and await shooting.extend_skip(session, held.skip_id, at):
                self._stretches[monitor] = held
                return
            skip_id = await shooting.add_skip(session, self._user_id, reason, monitor, at)
        self._stretches[monitor] = _Stretch(skip_id, reason)

    def _end_stretch(self, monitor: str) -> None:
        self._stretches.pop(monitor, None)
        self._stretches.pop(None, None)
