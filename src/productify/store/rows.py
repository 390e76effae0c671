"""Activities as rows, and back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import String

from productify.clock import SystemClock
from productify.domain import Activity, Origin, Presence, State
from productify.store import schema
from productify.store.schema.types import EPOCH, MILLISECOND

_LENGTHS = {
    column.name: column.type.length for column in schema.Activity.__table__.columns if isinstance(column.type, String)
}
COLUMNS: tuple[Any, ...] = (
    schema.Activity.id,
    schema.Activity.app_name,
    schema.Activity.start_time,
    schema.Activity.end_time,
    schema.Activity.local_day,
    schema.Activity.tz_min,
    schema.Activity.app_id,
    schema.Activity.window_title,
    schema.Activity.url,
    schema.Activity.site,
    schema.Activity.category,
    schema.Activity.productivity,
    schema.Activity.classified_by,
    schema.Activity.cause,
    schema.Activity.note,
    schema.Activity.presence,
    schema.Activity.origin,
)
"""The columns of an Activity, in the order of its fields."""


def as_activity(row: Sequence[Any]) -> Activity:
    """Return the activity that a row of COLUMNS holds; one without an end has no length."""
    values = list(row)
    values[3] = values[3] or values[2]
    for place, kind in ((13, State), (15, Presence), (16, Origin)):
        values[place] = kind(values[place]) if values[place] else None
    return Activity(*values)


def as_row(activity: Activity, user_id: str) -> dict[str, Any]:
    """Return the columns of `activity`; texts are cut to what their columns hold."""
    values = {
        "id": activity.id,
        "user_id": user_id,
        "app_name": activity.app_name,
        "app_id": activity.app_id,
        "window_title": activity.window_title,
        "url": activity.url,
        "site": activity.site,
        "category": activity.category,
        "productivity": activity.productivity,
        "is_productive": is_productive(activity.productivity),
        "classified_by": activity.classified_by,
        "cause": activity.cause,
        "note": activity.note,
        "presence": activity.presence,
        "origin": activity.origin,
        "is_afk": activity.is_afk,
        "start_time": activity.start,
        "end_time": activity.end,
        "duration": seconds(activity.start, activity.end),
        "local_day": activity.local_day,
        "tz_min": activity.tz_min,
        "created_at": SystemClock().now(),
    }
    return {name: _fitting(name, value) if isinstance(value, str) else value for name, value in values.items()}


def is_productive(productivity: int | None) -> bool | None:
    """Return the reference's verdict: None is neutral or unclassified."""
    return productivity > 0 if productivity else None


def seconds(start: datetime, end: datetime) -> int:
    """Return the stored duration: whole seconds, rounded half up, of the stored milliseconds."""
    return ((end - EPOCH) // MILLISECOND - (start - EPOCH) // MILLISECOND + 500) // 1000


def _fitting(name: str, text: str) -> str:
    """Cut `text` to its column, and drop what PostgreSQL cannot hold."""
    return text.replace("\0", "")[: _LENGTHS.get(name)]
