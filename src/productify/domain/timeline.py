"""A day as the timeline draws it."""

from dataclasses import dataclass
from datetime import date, datetime

from productify.domain.states import Origin, Presence, State


@dataclass(frozen=True, slots=True)
class Block:
    """One recorded activity on the timeline; UTC. `running` marks the one that still grows."""

    id: str
    start: datetime
    end: datetime
    app_name: str
    app_id: str | None
    window_title: str | None
    url: str | None
    category: str | None
    productivity: int | None
    classified_by: str | None
    cause: State | None
    note: str | None = None
    presence: Presence | None = None
    origin: Origin | None = None
    running: bool = False


@dataclass(frozen=True, slots=True)
class TimelineDay:
    """All blocks of one local day, ordered by start and without overlap, between `start` and `end` (UTC)."""

    day: date
    start: datetime
    end: datetime
    blocks: tuple[Block, ...]
