"""What the store must be told so that it holds what is known."""

from dataclasses import dataclass, field
from datetime import datetime

from productify.domain import Activity, InputGap


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows to write whole, ids of rows to take away, rows that only grew, and stretches without input."""

    put: tuple[Activity, ...] = ()
    drop: tuple[str, ...] = ()
    grown: tuple[tuple[str, datetime], ...] = ()
    gaps: tuple[InputGap, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.put or self.drop or self.grown or self.gaps)


@dataclass(slots=True)
class Pending:
    """Changes that were not told yet, each row once and in its last state."""

    put: dict[str, Activity] = field(default_factory=dict)
    drop: set[str] = field(default_factory=set)
    grown: dict[str, datetime] = field(default_factory=dict)
    gaps: list[InputGap] = field(default_factory=list)

    def add(self, changes: Changes) -> None:
        """Put `changes`, which are newer, on top."""
        for activity in changes.put:
            self.put[activity.id] = activity
            self.drop.discard(activity.id)
            self.grown.pop(activity.id, None)
        for row_id in changes.drop:
            self.put.pop(row_id, None)
            self.grown.pop(row_id, None)
            self.drop.add(row_id)
        self.grown.update(changes.grown)
        self.gaps.extend(changes.gaps)

    def taken(self) -> Changes:
        """Return everything and begin anew."""
        told = Changes(tuple(self.put.values()), tuple(self.drop), tuple(self.grown.items()), tuple(self.gaps))
        self.put, self.drop, self.grown, self.gaps = {}, set(), {}, []
        return told

    def __len__(self) -> int:
        """How many things wait."""
        return len(self.put) + len(self.drop) + len(self.grown) + len(self.gaps)
