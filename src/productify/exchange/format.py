"""What an export format is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Protocol

from productify.domain import Activity


@dataclass(frozen=True, slots=True)
class Names:
    """What an export needs beside the rows: category names by key, this machine's name, the zone for times."""

    categories: dict[str, str]
    host: str
    zone: tzinfo = UTC


class Exporter(Protocol):
    """Writes activities to an open text file as they come, in order of time."""

    def begin(self) -> None:
        """Write what stands before the rows."""
        ...

    def write(self, activities: Sequence[Activity]) -> None:
        """Write some rows."""
        ...

    def end(self) -> None:
        """Write what stands after them."""
        ...


def moment(at: datetime) -> str:
    """Return a time in UTC, ISO 8601 with milliseconds."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
