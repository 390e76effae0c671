"""What an export format is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any, Protocol

from productify.domain import Activity

_FIRST_YEAR, _LAST_YEAR = 1970, 9000


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


def instant(text: str) -> datetime:
    """Return the moment (UTC, whole milliseconds) that an ISO 8601 text names; ValueError where it has no offset."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None or not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        raise ValueError(f"{text!r} is no moment with an offset")
    return at.astimezone(UTC).replace(microsecond=at.microsecond // 1000 * 1000)


def optional_text(value: Any) -> str | None:
    """Return a text, None for none or an empty one; raises ValueError for anything else."""
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value or None
