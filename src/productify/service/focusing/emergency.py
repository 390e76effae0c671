"""The one emergency end of seven days, counted by the machine's own time as far as it reaches."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from productify.focus.reckoning import Reading, Timepiece, passed
from productify.store import preferences

_REMEMBERED = "focus_emergency"
_WAIT = timedelta(days=7).total_seconds()
_WRITTEN_EVERY = 600.0


class Emergency:
    """Knows when a strict session can be ended by emergency again."""

    def __init__(self, user_id: str, timepiece: Timepiece) -> None:
        self._user_id = user_id
        self._timepiece = timepiece
        self._since: Reading | None = None
        self._left = 0.0
        self._coming: Reading | None = None

    async def load(self, session: AsyncSession) -> None:
        """Recall the last one."""
        held = await preferences.recall(session, self._user_id, _REMEMBERED)
        if held is not None:
            self._since, self._left = Reading.unpacked(held["since"]), float(held["left"])

    def again_at(self) -> datetime | None:
        """Return the moment (UTC) from which there is one again; None where there is one now."""
        left, reading = self._now()
        return reading.wall + timedelta(seconds=left) if left > 0 else None

    async def use(self, session: AsyncSession) -> None:
        """Use it up, once the caller's transaction is committed and `used` is called."""
        self._coming = self._timepiece.read()
        await self._write(session, self._coming, _WAIT)

    def used(self) -> None:
        """Count it as used from now on."""
        if self._coming is not None:
            self._since, self._left, self._coming = self._coming, _WAIT, None

    def is_due(self) -> bool:
        """Return whether what is left of the wait should be written: so a clock set later can spare little of it."""
        return (
            self._since is not None and self._left > 0 and passed(self._since, self._timepiece.read()) > _WRITTEN_EVERY
        )

    async def beat(self, session: AsyncSession) -> None:
        """Write what is left of the wait."""
        self._left, self._since = self._now()
        await self._write(session, self._since, self._left)

    def _now(self) -> tuple[float, Reading]:
        reading = self._timepiece.read()
        return 0.0 if self._since is None else max(0.0, self._left - passed(self._since, reading)), reading

    async def _write(self, session: AsyncSession, since: Reading | None, left: float) -> None:
        held = {"since": since.packed(), "left": left} if since is not None and left > 0 else None
        await preferences.remember(session, self._user_id, _REMEMBERED, held)
