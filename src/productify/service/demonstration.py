"""Filling an empty data folder with believable days."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from productify.capture.album import Album
from productify.clock import Clock, LocalDays
from productify.demo import Moment, person_days
from productify.domain import Activity
from productify.errors import KnownError
from productify.ids import uuid7
from productify.service.demo_focus import DemoFocus
from productify.service.demo_shots import DemoShots
from productify.store import activities, rollups
from productify.store.database import Database
from productify.tracker.classify import Classifier, Verdict, shipped_catalogue
from productify.tracker.cuts import pieces
from productify.tracker.probe import Window
from productify.tracker.sites import site_of

_WRITTEN_AT_ONCE = 20_000
_NOTHING = Verdict()


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The made-up person's days, written through the same doors as real ones."""

    db: Database
    user_id: str
    clock: Clock
    local_days: Callable[[], LocalDays]
    album: Album

    async def fill(
        self, count: int, seed: int, per_day: int, told: Callable[[int, int], None], pictured: int = 0
    ) -> int:
        """Write `count` days up to now and return how many activities they have.

        The last `pictured` days with any get pictures. `told` hears (days done, days in all).
        Raises KnownError where something is recorded already.
        """
        async with self.db.read() as session:
            if await activities.newest(session, self.user_id) is not None:
                raise KnownError("The data folder is not empty.", "Name an empty one with --data-dir.")
        days = self.local_days()
        classifier = Classifier((), shipped_catalogue())
        now = self.clock.now()
        focus = await DemoFocus.begun(self.db, self.user_id, days)
        batch: list[Activity] = []
        last: deque[list[Moment]] = deque(maxlen=pictured)
        written = 0
        for done, moments in enumerate(person_days(days, now, count, seed, per_day), start=1):
            if moments:
                last.append(moments)
                await focus.write(moments, seed)
            batch += [activity for moment in moments for activity in _activities(moment, classifier, days)]
            if len(batch) >= _WRITTEN_AT_ONCE or done == count:
                async with self.db.write() as session:
                    await activities.record(session, self.user_id, batch)
                written += len(batch)
                batch.clear()
                told(done, count)
        await focus.plan()
        shots = DemoShots(self.db, self.user_id, self.album, self.local_days)
        for moments in last:
            await shots.write(moments, seed)
        today = days.day_of(now)
        await rollups.settle(self.db, self.user_id, today - timedelta(days=count), today, days)
        return written


def _activities(moment: Moment, classifier: Classifier, days: LocalDays) -> Iterator[Activity]:
    seen = Window(moment.app_name, moment.app_id, moment.title, moment.url)
    verdict = _NOTHING if moment.cause else classifier.verdict(seen)
    for start, end in pieces(days, moment.start, moment.end):
        yield Activity(
            id=uuid7(_milliseconds(start)),
            app_name=moment.app_name,
            start=start,
            end=end,
            local_day=days.day_of(start),
            tz_min=days.offset_minutes(start),
            app_id=moment.app_id,
            window_title=moment.title,
            url=moment.url,
            site=site_of(moment.url),
            category=verdict.category,
            productivity=verdict.productivity,
            classified_by=verdict.classified_by,
            cause=moment.cause,
        )


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
