"""Absences, as the user is asked about them."""

from dataclasses import dataclass
from datetime import datetime

from productify.domain.states import State


@dataclass(frozen=True, slots=True)
class Return:
    """Somebody came back: an absence from `start` to `end` (UTC), and the weightiest of its causes."""

    start: datetime
    end: datetime
    cause: State
