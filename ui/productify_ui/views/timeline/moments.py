"""Times of day as people type them into a field. Pure."""

import re
from datetime import datetime, timedelta, tzinfo

_TIME = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?(?::(\d{2}))?\s*([ap])?\.?m?\.?", re.IGNORECASE)


def moment_near(text: str, near: datetime, zone: tzinfo) -> datetime | None:
    """Return when `text` (13:05, 1:05 pm, 905) was on the wall nearest to a moment, UTC; None for no time of day."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if found[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[4].lower() == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    wall = near.astimezone(zone)
    days = [
        wall.replace(hour=hour, minute=minute, second=second, microsecond=0) + timedelta(days=n) for n in (-1, 0, 1)
    ]
    return min((day.astimezone(near.tzinfo) for day in days), key=lambda moment: abs(moment - near))
