"""Settings, read and changed; a change takes effect at once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from productify.settings import Settings, Value
from productify.store import preferences
from productify.store.database import Database


@dataclass(frozen=True, slots=True)
class Preferences:
    """The user's settings; `apply` is told the new ones and the changed key before they are saved.

    In that order what cannot take effect is not saved, and incognito takes effect even where the disk is full.
    """

    db: Database
    user_id: str
    apply: Callable[[Settings, str], Awaitable[None]]
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def load(self) -> Settings:
        """Return every setting."""
        async with self.db.read() as session:
            return await preferences.load(session, self.user_id)

    async def save(self, key: str, value: Value) -> Settings:
        """Set one setting; raises UsageError where the value does not fit, KnownError where it cannot take effect."""
        async with self._one_at_a_time:
            await self.apply((await self.load()).with_value(key, value), key)
            async with self.db.write() as session:
                return await preferences.save(session, self.user_id, key, value)
