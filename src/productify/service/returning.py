"""Whether to ask what an absence was. Pure."""

from datetime import time, timedelta

from productify.clock import LocalDays
from productify.domain import Return, State
from productify.settings import Settings


def asks_about(gap: Return, settings: Settings, days: LocalDays) -> bool:
    """Return whether the user wants to be asked: neither about moments nor about nights, nor about the usual lunch.

    A night is what holds the beginning of a day, or is longer than the longest absence of the settings.
    """
    if not settings.flag("return_ask") or (gap.cause is State.ASLEEP and not settings.flag("return_after_sleep")):
        return False
    shortest, longest = (timedelta(minutes=settings.number(f"return_{end}")) for end in ("shortest", "longest"))
    if not shortest <= gap.end - gap.start <= longest:
        return False
    if days.day_of(gap.start) != days.day_of(gap.end):
        return False
    middle = (gap.start + (gap.end - gap.start) / 2).astimezone(days.zone).time()
    return not lies_between(middle, settings.number("return_quiet_from"), settings.number("return_quiet_until"))


def lies_between(moment: time, start: int, end: int) -> bool:
    """Return whether a time of day lies between two, in minutes after midnight; equal ones leave nothing between."""
    minute = moment.hour * 60 + moment.minute
    return start <= minute < end if start <= end else minute >= start or minute < end
