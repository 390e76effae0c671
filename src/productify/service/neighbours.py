"""Noticing what other processes write: a command that imports, an edit from elsewhere."""

from productify.service.notices import Notices
from productify.store.database import Database

SHOWN = frozenset({"activities", "categories", "classification_rules", "user_settings"})
"""The tables that views show; which of them another process changed cannot be known."""


class Neighbours:
    """Compares the database's version with the one seen last; its own process's commits do not count."""

    def __init__(self, db: Database, notices: Notices) -> None:
        self._db = db
        self._notices = notices
        self._seen: int | None = None

    async def look(self) -> None:
        """Tell that everything may have changed, if another process has committed since the last look."""
        version = await self._db.data_version()
        if self._seen is not None and version != self._seen:
            self._notices.changed(SHOWN)
        self._seen = version
