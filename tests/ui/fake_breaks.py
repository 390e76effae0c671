"""Breaks of the scripted service."""

from dataclasses import dataclass
from datetime import UTC, datetime

from productify.domain import BreakNow

UNTIL = datetime(2026, 11, 19, 15, 47, tzinfo=UTC)


@dataclass
class Breaks:
    """Counts the breaks that were begun."""

    begun: int = 0

    async def start_break(self) -> BreakNow:
        self.begun += 1
        return BreakNow(0.0, None, False, 2, in_break_until=UNTIL)
