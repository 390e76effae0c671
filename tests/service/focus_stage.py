"""What the tests of focus sessions share."""

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from productify.clock import SettableClock
from productify.domain import BlockList, FocusSchedule
from productify.focus.reckoning import Reading, Timepiece
from productify.service import Service
from productify.service.focusing import Focusing
from productify.store import block_ledger
from productify.store.block_ledger import Entry
from service.rig import NOON, Rig

MINUTE = 60.0


class Sleeper:
    """A machine whose own counter goes on while it sleeps."""

    def __init__(self, clock: SettableClock) -> None:
        self._clock = clock
        self._slept = 0.0

    def sleep(self, seconds: float) -> None:
        self._clock.jump(seconds)
        self._slept += seconds

    def read(self) -> Reading:
        return Reading(self._clock.now(), "boot", self._clock.steady() + self._slept)


async def shipped(focus: Focusing) -> BlockList:
    """The list that comes with the product."""
    return next(each for each in await focus.lists() if each.is_shipped)


async def go_on(rig: Rig, minutes: float, focus: Focusing | None = None) -> None:
    """Let time pass in steps, as the running app sees it."""
    left = minutes * MINUTE
    while left > 0:
        rig.clock.advance(min(5.0, left))
        left -= 5.0
        await (focus or rig.service.focus).look()
        await asyncio.sleep(0)  # what is told is told by tasks of its own


def over(rig: Rig, timepiece: Timepiece) -> Focusing:
    """Another Focusing over the same store, with a timepiece of its own."""
    on: Service = rig.service
    return Focusing(
        on._db, on._user_id, rig.clock, on.local_days, lambda: on.settings, on.tracking, on.notifications, on.data_dir,
        timepiece,
    )  # fmt: skip


async def session_row(rig: Rig) -> dict[str, Any]:
    """The newest row of focus_sessions, as it lies in the file."""
    async with rig.service._db.read() as session:
        found = await session.execute(text("SELECT * FROM focus_sessions ORDER BY started_at DESC, id DESC LIMIT 1"))
        return dict(found.mappings().one())


async def ledger(rig: Rig) -> list[tuple[str, float]]:
    """How each block of the ledger ended, or that it stands, and what was left of it."""
    async with rig.service._db.read() as session:
        rows = await session.execute(text("SELECT lifted_by, left_seconds FROM block_ledger ORDER BY begun_at, id"))
        return [(row.lifted_by or "stands", round(row.left_seconds)) for row in rows]


async def orphan(rig: Rig) -> None:
    """Leave a strict block in the ledger that is of no session."""
    end = NOON + timedelta(days=3)
    entry = Entry("orphan", None, True, NOON, end, NOON, 3 * 86400.0, "clock", rig.clock.steady())
    async with rig.service._db.write() as session:
        await block_ledger.write(session, rig.service._user_id, entry)


def weekly(rig: Rig, after: float, minutes: int, **more: Any) -> FocusSchedule:
    """A weekly session that begins some minutes after NOON on its weekday."""
    local = (NOON + timedelta(minutes=after)).astimezone(rig.service.local_days().zone)
    return FocusSchedule("", frozenset({local.weekday()}), local.hour * 60 + local.minute, minutes, **more)
