"""Reading the words in stored screenshots, at leisure."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from productify.capture.power import on_mains
from productify.capture.words import engine
from productify.capture.words.reader import WordReader
from productify.clock import Clock
from productify.domain import Capability, Health, Word
from productify.errors import KnownError
from productify.settings import Settings
from productify.store import shot_texts
from productify.store.database import Database

_log = logging.getLogger(__name__)
_LOOK_EVERY = 60.0
_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class WordFinding:
    """`run` reads what is unread, on mains power or while nobody is there; `read_file` returns a picture's content."""

    db: Database
    user_id: str
    clock: Clock
    settings: Callable[[], Settings]
    is_away: Callable[[], bool]
    read_file: Callable[[str], bytes]
    powered: Callable[[], bool] = on_mains
    _wanted: asyncio.Event = field(default_factory=asyncio.Event)
    _failed: set[str] = field(default_factory=set)

    def wake(self) -> None:
        """Look at once, as when there is a new picture or another setting."""
        self._wanted.set()

    async def capability(self) -> Capability:
        """Return whether words can be read here, and how to get what is missing."""
        return await asyncio.to_thread(engine.capability)

    async def words_of(self, shot_id: str, typed: str) -> tuple[Word, ...]:
        """Return the words of a picture that begin like one that was typed, with their places."""
        async with self.db.read() as session:
            return await shot_texts.words_of(session, self.user_id, shot_id, typed)

    async def run(self) -> None:
        """Read what is unread whenever it may, until cancelled."""
        while True:
            if await self._may_read() and (await self.capability()).health is Health.WORKS:
                await self._read_all()
            self._wanted.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_EVERY):
                    await self._wanted.wait()

    async def _may_read(self) -> bool:
        if not self.settings().flag("screenshot_text"):
            return False
        return self.is_away() or await asyncio.to_thread(self.powered)

    async def _read_all(self) -> None:
        async with WordReader() as reader:
            while await self._may_read():
                async with self.db.read() as session:
                    unread = await shot_texts.unread(session, self.user_id, _AT_ONCE, self._failed)
                if not unread or not await self._read(reader, unread):
                    return

    async def _read(self, reader: WordReader, unread: list[tuple[str, str]]) -> bool:
        """Read some pictures; return whether to go on: not after one failed, which is left for another start."""
        for shot_id, path in unread:
            if not await self._may_read():
                return False
            try:
                words = await reader.read(await asyncio.to_thread(self.read_file, path))
            except (KnownError, OSError) as error:
                _log.info("a screenshot stays without words: %s", error)
                self._failed.add(shot_id)
                return False
            await self._keep(shot_id, words)
        return True

    async def _keep(self, shot_id: str, words: tuple[Word, ...]) -> None:
        async with self.db.write() as session:
            await shot_texts.keep(session, self.user_id, shot_id, words, self.clock.now())
