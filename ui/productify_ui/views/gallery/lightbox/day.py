"""The pictures of one day, and the ways to those beside them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from productify.domain import Shot, ShotFilter, TimelineDay

if TYPE_CHECKING:
    from productify.service import Service

_HOUR = timedelta(hours=1)
_FAR = timedelta(days=36_500)


@dataclass(frozen=True, slots=True)
class ShotDay:
    """Pictures of a day that a filter lets through, the oldest first, and what was done on that day."""

    shots: tuple[Shot, ...]
    timeline: TimelineDay

    def index_of(self, shot_id: str) -> int | None:
        """Return the place of a picture, None where it is not among them."""
        return next((index for index, shot in enumerate(self.shots) if shot.id == shot_id), None)

    def nearest(self, moment: datetime) -> int:
        """Return the place of the picture taken nearest to a moment."""
        return min(range(len(self.shots)), key=lambda index: abs(self.shots[index].captured_at - moment))


def hour_away(shots: Sequence[Shot], index: int, step: int) -> int:
    """Return the picture an hour before (`step` -1) or after (1) one, or the first or last where there is none."""
    wanted = shots[index].captured_at + step * _HOUR
    if step > 0:
        return next((n for n in range(index + 1, len(shots)) if shots[n].captured_at >= wanted), len(shots) - 1)
    return next((n for n in range(index - 1, -1, -1) if shots[n].captured_at <= wanted), 0)


async def day_of(shot: Shot, which: ShotFilter, service: "Service") -> ShotDay:
    """Return the day that a picture belongs to, with what `which` lets through besides its period."""
    timeline = await service.reports.timeline(shot.local_day)
    found = await service.screenshots.between(timeline.start, timeline.end)
    return ShotDay(tuple(each for each in found if _fits(each, which)), timeline)


async def beyond(day: TimelineDay, which: ShotFilter, step: int, service: "Service") -> Shot | None:
    """Return the picture just before a day (`step` -1) or just after it (1), None where there is none."""
    shots = service.screenshots
    if step < 0:
        found = await shots.page(replace(which, start=day.start - _FAR, end=day.start), 0, 1)
        return found[0] if found else None
    later = replace(which, start=day.end, end=day.end + _FAR)
    count = sum(hour.count for hour in await shots.hours(later))
    found = await shots.page(later, count - 1, 1) if count else ()
    return found[0] if found else None


def _fits(shot: Shot, which: ShotFilter) -> bool:
    return (
        which.app_name in (None, shot.app_name)
        and which.category in (None, shot.category)
        and which.blurred in (None, shot.is_blurred)
        and which.monitor in (None, shot.monitor)
    )
