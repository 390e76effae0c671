"""What one look at the focus page asks for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from productify.domain import Attempt, BlockList, FocusDay, FocusOffer, FocusRecord, FocusSchedule

if TYPE_CHECKING:
    from productify.service import Service

_JUST_ENDED = timedelta(minutes=15)
_PROJECT_WEEKS = timedelta(weeks=8)
_PROJECTS_MOST = 8


@dataclass(frozen=True, slots=True)
class Ended:
    """A session that ended a moment ago, and what it blocked."""

    record: FocusRecord
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that the timer and the cards beside it show."""

    today: date
    day: FocusDay
    lists: tuple[BlockList, ...]
    last_lists: tuple[str, ...]
    offer: FocusOffer | None
    projects: tuple[str, ...]
    ended: Ended | None
    is_quiet: bool
    """Whether other apps' notifications are kept away."""


async def read(service: "Service", now: datetime) -> Snapshot:
    """Ask for the page as of `now` (UTC)."""
    focus = service.focus
    today = await service.reports.today()
    day = await focus.day(today)
    offer, schedules = await focus.offer(), await focus.schedules()
    past = await focus.history(today - _PROJECT_WEEKS, today)
    return Snapshot(
        today=today,
        day=day,
        lists=await focus.lists(),
        last_lists=await focus.last_lists(),
        offer=None if offer is None or is_scheduled(offer, schedules) else offer,
        projects=recent_projects(past),
        ended=await _ended(service, day, now),
        is_quiet=service.quiet.is_on,
    )


def is_scheduled(offer: FocusOffer, schedules: tuple[FocusSchedule, ...]) -> bool:
    """Return whether a weekly session begins in the offered hours already."""
    end = offer.start + offer.minutes
    return any(each.weekdays & offer.weekdays and offer.start <= each.start < end for each in schedules)


def recent_projects(past: tuple[FocusRecord, ...]) -> tuple[str, ...]:
    """Return the projects of sessions, the newest first."""
    newest = dict.fromkeys(record.project for record in reversed(past) if record.project)
    return tuple(newest)[:_PROJECTS_MOST]


async def _ended(service: "Service", day: FocusDay, now: datetime) -> Ended | None:
    last = day.sessions[-1] if day.sessions else None
    if last is None or last.ended_at is None or not timedelta() <= now - last.ended_at < _JUST_ENDED:
        return None
    return Ended(last, await service.focus.attempts(last.session_id))
