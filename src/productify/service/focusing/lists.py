"""The user's block lists, kept at hand: what blocks is asked at every change of window."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace

from productify.domain import BlockList, Target
from productify.errors import KnownError
from productify.focus.catalogue import SHIPPED_NAME, shipped_targets
from productify.focus.targets import tidied, with_target, without_target
from productify.focus.weakening import weakens
from productify.ids import uuid7
from productify.store import block_lists as store
from productify.store import preferences
from productify.store.database import Database

_SHIPPED = "focus_shipped"


class Lists:
    """Reads and changes lists; `held` tells the ids of those that a strict session uses."""

    def __init__(self, db: Database, user_id: str, held: Callable[[], frozenset[str]]) -> None:
        self._db = db
        self._user_id = user_id
        self._held = held
        self._all: tuple[BlockList, ...] | None = None
        self._one_at_a_time = asyncio.Lock()

    @property
    def known(self) -> tuple[BlockList, ...]:
        """Every list, as of the last `load`."""
        return self._all or ()

    async def load(self) -> tuple[BlockList, ...]:
        """Return every list; the first time of all the shipped one is made."""
        if self._all is None:
            async with self._db.read() as session:
                is_made = await preferences.recall(session, self._user_id, _SHIPPED)
            if not is_made:
                await self._make_shipped()
            await self._read()
        return self.known

    def of(self, ids: Iterable[str]) -> tuple[BlockList, ...]:
        """Return the lists with these ids; those that are gone are left out."""
        wanted = set(ids)
        return tuple(each for each in self.known if each.id in wanted)

    def chosen(self, ids: Iterable[str]) -> tuple[BlockList, ...]:
        """Return the lists with these ids; raises KnownError where one is gone."""
        wanted = tuple(dict.fromkeys(ids))
        found = self.of(wanted)
        if len(found) < len(wanted):
            raise KnownError("A block list of this session is gone.", "Choose its lists anew.")
        return found

    async def save(self, given: BlockList) -> BlockList:
        """Write a list and return it as it is kept; a new one comes without id."""
        async with self._one_at_a_time:
            return await self._save(given)

    async def change(self, list_id: str, edit: Callable[[BlockList], BlockList]) -> BlockList:
        """Write what `edit` makes of a list as it is kept by then, and return that; KnownError where it is gone."""
        async with self._one_at_a_time:
            kept = next((each for each in await self.load() if each.id == list_id), None)
            if kept is None:
                raise KnownError("This block list is gone.", "Somebody deleted it in the meantime.")
            changed = edit(kept)
            return kept if changed == kept else await self._save(changed)

    async def add_target(self, list_id: str, target: Target, place: int) -> BlockList:
        """Name one more entry, the one at `place`; the others stay as they are."""
        return await self.change(list_id, lambda kept: with_target(kept, target, place))

    async def remove_target(self, list_id: str, target: Target) -> BlockList:
        """Name an entry no more; the others stay as they are."""
        return await self.change(list_id, lambda kept: without_target(kept, target))

    async def delete(self, list_id: str) -> None:
        """Delete a list; one that is gone is deleted already."""
        async with self._one_at_a_time:
            old = next((each for each in await self.load() if each.id == list_id), None)
            if old is None:
                return
            self._refuse(old, None)
            async with self._db.write() as session:
                await store.drop(session, list_id)
            await self._read()

    async def reset_shipped(self) -> BlockList:
        """Return the shipped list as it comes with the product, made anew where the user had deleted it."""
        async with self._one_at_a_time:
            old = next((each for each in await self.load() if each.is_shipped), None)
            fresh = _shipped(old.id if old is not None else uuid7())
            if old is not None:
                self._refuse(old, fresh)
            await self._write(fresh)
            return fresh

    async def _save(self, given: BlockList) -> BlockList:
        known = {each.id: each for each in await self.load()}
        made = tidied(given if given.id else replace(given, id=uuid7()))
        if any(each.name.casefold() == made.name.casefold() and each.id != made.id for each in known.values()):
            raise KnownError(f"There is a list named {made.name} already.", "Choose another name.")
        old = known.get(made.id)
        if old is not None:
            self._refuse(old, made)
        await self._write(made)
        return made

    async def _write(self, made: BlockList) -> None:
        async with self._db.write() as session:
            await store.save(session, self._user_id, made)
        await self._read()

    def _refuse(self, old: BlockList, new: BlockList | None) -> None:
        if old.id in self._held() and weakens(old, new):
            raise KnownError(
                f"A strict session uses the list {old.name}.", "It can be made stricter now; anything else can wait."
            )

    async def _make_shipped(self) -> None:
        async with self._db.write() as session:
            if not await preferences.recall(session, self._user_id, _SHIPPED):
                await store.save(session, self._user_id, _shipped(uuid7()))
                await preferences.remember(session, self._user_id, _SHIPPED, True)

    async def _read(self) -> None:
        async with self._db.read() as session:
            self._all = await store.lists(session, self._user_id)


def _shipped(list_id: str) -> BlockList:
    return BlockList(list_id, SHIPPED_NAME, targets=shipped_targets(), is_shipped=True)
