"""Blocked visits and the few passes of a day."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from productify.clock import Clock, LocalDays
from productify.domain import PASS_REASON_LEAST, Attempt
from productify.errors import KnownError
from productify.service.focusing.running import Running
from productify.settings import Settings
from productify.store import focus_attempts
from productify.store.database import Database


class UncountedError(KnownError):
    """A pass was wanted for what was not blocked before, as far as was counted."""


class Visits:
    """Counts what is blocked, and gives passes while there are some."""

    def __init__(
        self,
        db: Database,
        user_id: str,
        clock: Clock,
        local_days: Callable[[], LocalDays],
        settings: Callable[[], Settings],
    ) -> None:
        self._db = db
        self._user_id = user_id
        self._clock = clock
        self._local_days = local_days
        self._settings = settings
        self._passes: tuple[date | None, int] = (None, 0)

    async def load(self) -> None:
        """Count the passes of today."""
        day = self._today()
        async with self._db.read() as session:
            self._passes = (day, await focus_attempts.passes(session, self._user_id, day))

    def passes_left(self, running: Running | None) -> int:
        """Return how many passes are left today; strict mode gives none."""
        if running is not None and running.session.plan.strict:
            return 0
        day, taken = self._passes
        return max(0, self._settings().number("focus_passes") - (taken if day == self._today() else 0))

    async def add(self, running: Running | None, name: str, list_name: str, *, is_site: bool) -> int:
        """Count a blocked visit, and return how often the same was before: in this session, or else today."""
        attempt = Attempt(self._clock.now(), name, is_site, list_name, running.id if running else None)
        async with self._db.write() as session:
            earlier = await focus_attempts.add(session, self._user_id, attempt, self._today())
        if running is not None:
            running.attempts += 1
        return earlier

    async def let_pass(self, running: Running | None, name: str, reason: str) -> datetime:
        """Note a pass for `name`, and return when it ends (UTC); KnownError where there is none or no reason."""
        if len(reason.strip()) < PASS_REASON_LEAST:
            raise KnownError("A pass needs a reason.", f"Write at least {PASS_REASON_LEAST} characters.")
        await self.load()
        if not self.passes_left(running):
            is_strict = running is not None and running.session.plan.strict
            raise KnownError(
                "There is no pass left.", "Strict mode gives none." if is_strict else "There are new ones tomorrow."
            )
        day, place = self._today(), running.id if running else None
        async with self._db.write() as session:
            is_noted = await focus_attempts.passed(session, self._user_id, name, place, day, reason.strip())
        if not is_noted:
            raise UncountedError(f"{name} was not blocked.", "A pass is for what was just blocked.")
        self._passes = (day, self._passes[1] + 1)
        return self._clock.now() + timedelta(seconds=self._settings().number("focus_pass_seconds"))

    def _today(self) -> date:
        return self._local_days().day_of(self._clock.now())
