"""Breaks from sitting at the screen."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class BreakHold(StrEnum):
    """Why a reminder that is due is not said yet; it comes when the reason ends."""

    CALL = "call"
    FULL_SCREEN = "full screen"
    FOCUS = "focus"
    """A focus session runs, or ended only just now."""
    QUIET_HOURS = "quiet hours"


@dataclass(frozen=True, slots=True)
class BreakNow:
    """How it stands with breaks; seconds, moments UTC.

    `sitting` counts from the end of the last break, 0 while nobody is there. `due_in` is the time to the next reminder,
    None where none will come; `is_due` whether it has come and nothing was chosen yet, `held` what keeps it back.
    `in_break_until` is set in a break: when it is over if nobody touches anything until then.
    """

    sitting: float
    due_in: float | None
    is_due: bool
    snoozes_left: int
    in_break_until: datetime | None = None
    held: BreakHold | None = None
