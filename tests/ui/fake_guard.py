"""The guard of the scripted service: remembers what it was asked for."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from productify.domain import Blocked
from productify.errors import KnownError

NOW = datetime(2026, 11, 19, 15, 42, tzinfo=UTC)


def blocked(**more: Any) -> Blocked:
    """Return YouTube, blocked by a session that has 18 minutes and 4 seconds left."""
    values = {
        "name": "YouTube", "is_site": True, "list_name": "Deep work", "title": "WAL checkpointing",
        "until": NOW + timedelta(minutes=18, seconds=4), "left": 1084.0, "total": 3000.0, "back_to": "VS Code",
        "passes_left": 2, "earlier": 1, "strict": False, **more,
    }  # fmt: skip
    return Blocked(**values)


@dataclass
class Guard:
    """What the overlay asks of the service."""

    asked: list[tuple[str, ...]] = field(default_factory=list)
    refuses: KnownError | None = None

    async def back_to_work(self) -> None:
        self.asked.append(("back",))

    async def take_pass(self, reason: str) -> datetime:
        self._refuse()
        self.asked.append(("pass", reason))
        return NOW + timedelta(minutes=1)

    async def step_aside(self) -> datetime:
        self._refuse()
        self.asked.append(("aside",))
        return NOW + timedelta(seconds=10)

    def _refuse(self) -> None:
        if self.refuses is not None:
            raise self.refuses
