"""Which local day an activity belongs to once a day begins at another hour."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from productify.domain import Activity
from productify.ids import uuid7


def moved(activity: Activity, day_start: time) -> list[Activity]:
    """Return the pieces of an activity that has to change, in the zone it was recorded in; nothing for a right one."""
    pieces = _split(activity, day_start)
    return [] if pieces == [activity] else pieces


def _split(activity: Activity, day_start: time) -> list[Activity]:
    day, border = _day_and_border(activity.start, activity.tz_min, day_start)
    if activity.end <= border:
        return [replace(activity, local_day=day)]
    rest = replace(activity, id=uuid7(int(border.timestamp() * 1000)), start=border)
    return [replace(activity, local_day=day, end=border), *_split(rest, day_start)]


def _day_and_border(moment: datetime, tz_min: int, day_start: time) -> tuple[date, datetime]:
    """Return the local day of `moment`, and when the next one begins (UTC), by the offset it was recorded with."""
    offset = timedelta(minutes=tz_min)
    wall = (moment + offset).replace(tzinfo=None)
    day = wall.date() if wall.time() >= day_start else wall.date() - timedelta(days=1)
    border = datetime.combine(day + timedelta(days=1), day_start)
    return day, border.replace(tzinfo=UTC) - offset
