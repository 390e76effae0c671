"""The ledger of blocks: nothing blocks that is not written there with its end."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from productify.focus.reckoning import Reading, Timepiece, passed
from productify.ids import uuid7
from productify.store import block_ledger as store
from productify.store.block_ledger import Entry
from productify.store.database import Database


class Ledger:
    """Knows what is left of the block of the running session, and lifts what no longer may block."""

    def __init__(self, db: Database, user_id: str, timepiece: Timepiece) -> None:
        self._db = db
        self._user_id = user_id
        self._timepiece = timepiece
        self._entry: Entry | None = None
        self.lifted = 0
        """How many blocks were lifted because their time had passed or their session was gone."""

    @property
    def left(self) -> float:
        """The seconds that the running session may still block."""
        return 0.0 if self._entry is None else left_of(self._entry, self._timepiece.read())

    @property
    def has_expired(self) -> bool:
        """Whether there is a block whose time has passed."""
        return self._entry is not None and self.left <= 0

    async def begin(self, session: AsyncSession, session_id: str, seconds: float, *, strict: bool) -> None:
        """Write a block of `seconds` from now, or let the one that goes on end then; `settle` once it is committed."""
        reading = self._timepiece.read()
        if self._entry is not None:
            await store.see(session, _seen(self._entry, reading, seconds))
            return
        entry = Entry(uuid7(), session_id, strict, reading.wall, reading.wall, reading.wall, 0.0, "", 0.0)
        await store.write(session, self._user_id, _seen(entry, reading, seconds))

    async def beat(self, session: AsyncSession) -> None:
        """Write what is left now."""
        if self._entry is not None:
            reading = self._timepiece.read()
            self._entry = _seen(self._entry, reading, left_of(self._entry, reading))
            await store.see(session, self._entry, beat=True)

    async def lift(self, session: AsyncSession, by: str) -> None:
        """Note that the block of the running session has ended; `settle` once it is committed."""
        if self._entry is not None:
            await store.lift(session, [self._entry.id], self._timepiece.read().wall, by)

    async def settle(self, session_id: str | None) -> None:
        """Lift what has expired or is of another session than this one, and go on with the rest."""
        reading = self._timepiece.read()
        async with self._db.read() as session:
            standing = await store.standing(session, self._user_id)
        expired = [entry.id for entry in standing if left_of(entry, reading) <= 0]
        orphaned = [entry.id for entry in standing if entry.session_id != session_id and entry.id not in expired]
        self._entry = next((entry for entry in standing if entry.id not in {*expired, *orphaned}), None)
        if expired or orphaned:
            async with self._db.write() as session:
                await store.lift(session, expired, reading.wall, "time")
                await store.lift(session, orphaned, reading.wall, "release")
            self.lifted += len(expired) + len(orphaned)


def left_of(entry: Entry, reading: Reading) -> float:
    """Return the seconds that are left of a block."""
    return max(0.0, entry.left - passed(Reading(entry.seen_at, entry.boot, entry.boot_seconds), reading))


def _seen(entry: Entry, reading: Reading, left: float) -> Entry:
    return replace(
        entry,
        expires_at=reading.wall + timedelta(seconds=left),
        seen_at=reading.wall,
        left=left,
        boot=reading.boot,
        boot_seconds=reading.seconds,
    )
