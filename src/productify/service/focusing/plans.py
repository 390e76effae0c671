"""What is planned: block lists, and sessions that begin by themselves each week."""

from collections.abc import Callable

from productify.domain import BlockList, FocusOffer, FocusSchedule, Target
from productify.service.focusing.lists import Lists
from productify.service.focusing.past import Past
from productify.service.focusing.timetable import Timetable
from productify.store import focus as store
from productify.store.database import Database


class Plans(Past):
    """Reads and writes plans; `changed` is called when lists are other than before."""

    def __init__(
        self, db: Database, user_id: str, lists: Lists, timetable: Timetable, changed: Callable[[], None]
    ) -> None:
        super().__init__(db, user_id)
        self._lists = lists
        self._timetable = timetable
        self._lists_changed = changed

    async def lists(self) -> tuple[BlockList, ...]:
        """Return every block list; the shipped one is there from the first day on."""
        return await self._lists.load()

    async def save_list(self, given: BlockList) -> BlockList:
        """Write a list, a new one without id; KnownError where that would weaken a strict session."""
        return self._heard(await self._lists.save(given))

    async def change_list(self, list_id: str, edit: Callable[[BlockList], BlockList]) -> BlockList:
        """Write what `edit` makes of a list as it is kept by then, so that edits in a row all count; as `save_list`."""
        return self._heard(await self._lists.change(list_id, edit))

    async def add_target(self, list_id: str, target: Target, place: int = 0) -> BlockList:
        """Name one more entry in a list, as its entry at `place`; as `save_list`."""
        return self._heard(await self._lists.add_target(list_id, target, place))

    async def remove_target(self, list_id: str, target: Target) -> BlockList:
        """Name an entry in a list no more; as `save_list`."""
        return self._heard(await self._lists.remove_target(list_id, target))

    async def delete_list(self, list_id: str) -> None:
        """Delete a list; KnownError while a strict session uses it."""
        await self._lists.delete(list_id)
        self._lists_changed()

    async def reset_shipped(self) -> BlockList:
        """Return the shipped list as it comes with the product, whatever became of it."""
        return self._heard(await self._lists.reset_shipped())

    async def last_lists(self) -> tuple[str, ...]:
        """Return the ids of the lists that the newest session blocked, the shipped one's before there was any."""
        known = await self._lists.load()
        async with self._db.read() as session:
            last = await store.last_lists(session, self._user_id)
        wanted = {each.id for each in known if each.is_shipped} if last is None else set(last)
        return tuple(each.id for each in known if each.id in wanted)

    async def schedules(self) -> tuple[FocusSchedule, ...]:
        """Return the sessions that begin by themselves each week, by their hour."""
        return await self._timetable.load()

    async def save_schedule(self, given: FocusSchedule) -> FocusSchedule:
        """Write a weekly session, a new one without id; UsageError where it makes no sense."""
        return await self._timetable.save(given)

    async def delete_schedule(self, schedule_id: str) -> None:
        """Delete a weekly session; one that runs already goes on."""
        await self._timetable.delete(schedule_id)

    async def skip(self, schedule_id: str) -> None:
        """Let a weekly session that begins within a minute not begin today."""
        await self._timetable.skip(schedule_id)

    async def offer(self) -> FocusOffer | None:
        """Return the user's own best hours, None with less than two weeks of data."""
        return await self._timetable.offer()

    def _heard(self, changed: BlockList) -> BlockList:
        self._lists_changed()
        return changed
