"""Focus sessions of the made-up person, written through the store as real ones are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from productify.clock import LocalDays
from productify.demo import Moment, Sitting, sittings
from productify.domain import Attempt, BlockList, FocusPlan, FocusSchedule, FocusState, Target, TargetKind
from productify.focus.catalogue import resolved
from productify.ids import uuid7
from productify.service.focusing.lists import Lists
from productify.store import block_lists, focus, focus_attempts
from productify.store.database import Database

_NEWS = ("nytimes.com", "bbc.com", "theguardian.com", "news.ycombinator.com")
_ALLOWANCE = 20
_MORNING = (frozenset({1, 2, 3}), 9 * 60, 50, "Deep work", "atlas")
_REVIEW = (frozenset({4}), 14 * 60 + 30, 25, "Weekly review", None)


@dataclass(frozen=True, slots=True)
class DemoFocus:
    """Writes a day's sessions with their attempts, and in the end what is planned for each week."""

    db: Database
    user_id: str
    days: LocalDays
    shipped: BlockList

    @classmethod
    async def begun(cls, db: Database, user_id: str, days: LocalDays) -> "DemoFocus":
        """Return one whose sessions block the list that comes with the product; a second list has an allowance."""
        lists = Lists(db, user_id, frozenset)
        shipped = next(each for each in await lists.load() if each.is_shipped)
        targets = tuple(Target(TargetKind.SITE, site) for site in _NEWS)
        await lists.save(BlockList("", "News", targets=targets, allowance=_ALLOWANCE))
        return cls(db, user_id, days, shipped)

    async def write(self, moments: Sequence[Moment], seed: int) -> None:
        """Write the sessions of a day that was made of `moments`."""
        day = self.days.day_of(moments[0].start)
        apps, sites = resolved((self.shipped,))
        async with self.db.write() as session:
            for sitting in sittings(day, moments, seed):
                kept = self._kept(sitting, day)
                await focus.begin(session, self.user_id, kept, apps, sites)
                for pull in sitting.pulls:
                    visit = Attempt(pull.at, pull.name, pull.is_site, self.shipped.name, kept.id)
                    await focus_attempts.add(session, self.user_id, visit, day)
                    if pull.reason:
                        await focus_attempts.passed(session, self.user_id, pull.name, kept.id, day, pull.reason)

    async def plan(self) -> None:
        """Write what begins by itself each week."""
        async with self.db.write() as session:
            for days, start, minutes, title, project in (_MORNING, _REVIEW):
                planned = FocusSchedule(uuid7(), days, start, minutes, title, project, (self.shipped.id,))
                await block_lists.save_schedule(session, self.user_id, planned)

    def _kept(self, sitting: Sitting, day: date) -> focus.KeptSession:
        seconds = round((sitting.end - sitting.start).total_seconds())
        done = seconds >= sitting.planned * 60
        return focus.KeptSession(
            id=uuid7(round(sitting.start.timestamp() * 1000)),
            plan=FocusPlan(sitting.planned, sitting.title, sitting.project, lists=(self.shipped.id,)),
            state=FocusState.COMPLETED if done else FocusState.CANCELLED,
            started_at=sitting.start,
            local_day=day,
            ends_at=sitting.end,
            seconds=seconds,
            ended_at=sitting.end,
        )
