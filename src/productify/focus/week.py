"""Stretches of a week on the wall: whether one goes on now, and when it began and ends."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo

from productify.domain import FocusSchedule, Weekly

Bounds = tuple[datetime, datetime]
_DAY = timedelta(days=1)


def going_on(hours: Iterable[Weekly], now: datetime, zone: tzinfo) -> Bounds | None:
    """Return the bounds (in `zone`) of the stretch that goes on at `now`, of several the one that ends last."""
    found = (bounds for each in hours for bounds in _around(each, now.astimezone(zone).date(), zone))
    return max((bounds for bounds in found if bounds[0] <= now < bounds[1]), key=lambda each: each[1], default=None)


def due(schedule: FocusSchedule, now: datetime, zone: tzinfo, notice: timedelta) -> Bounds | None:
    """Return the bounds of the session of `schedule` that goes on at `now` or begins within `notice`."""
    weekly = Weekly(schedule.weekdays, schedule.start, schedule.start + schedule.minutes)
    around = _around(weekly, now.astimezone(zone).date(), zone)
    return next((bounds for bounds in around if bounds[0] - notice <= now < bounds[1]), None)


def _around(weekly: Weekly, today: date, zone: tzinfo) -> list[Bounds]:
    """Return the stretches that began yesterday or begin today or tomorrow."""
    days = (today - _DAY, today, today + _DAY)
    return [
        (_moment(day, weekly.start, zone), _moment(day, weekly.end, zone))
        for day in days
        if day.weekday() in weekly.weekdays
    ]


def _moment(day: date, minutes: int, zone: tzinfo) -> datetime:
    """Return the moment at which the wall shows `minutes` after midnight of `day`."""
    days, minute = divmod(minutes, 24 * 60)
    return datetime.combine(day + days * _DAY, time(minute // 60, minute % 60), zone)
