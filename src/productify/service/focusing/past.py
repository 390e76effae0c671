"""What came of focus: days, sessions, and what was blocked in them."""

from datetime import date

from productify.domain import Attempt, FocusDay, FocusRecord
from productify.store import focus as store
from productify.store import focus_attempts
from productify.store.database import Database


class Past:
    """Reads what is stored of sessions."""

    def __init__(self, db: Database, user_id: str) -> None:
        self._db = db
        self._user_id = user_id

    async def day(self, of: date) -> FocusDay:
        """Return what came of a local day, its week, and the seven days up to it."""
        async with self._db.read() as session:
            return await store.day(session, self._user_id, of)

    async def history(self, first: date, last: date) -> tuple[FocusRecord, ...]:
        """Return the sessions of the local days `first` to `last`, in order."""
        async with self._db.read() as session:
            return await store.history(session, self._user_id, first, last)

    async def attempts(self, session_id: str) -> tuple[Attempt, ...]:
        """Return what a session blocked, in order."""
        async with self._db.read() as session:
            return await focus_attempts.of_session(session, session_id)
