"""Corrections of the record: what is asked for, what it would do, and what was done."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class EditKind(StrEnum):
    """What one step of the user's did."""

    CHANGE = "change"
    """Another category, productivity or note."""
    SPLIT = "split"
    MERGE = "merge"
    TRIM = "trim"
    DELETE = "delete"
    ADD = "add"
    """An entry for a time that the user named."""
    LABEL = "label"
    """What a time away, or off, was."""
    COPY = "copy"
    RESTORE = "restore"
    """A day became what was recorded."""
    ERASE = "erase"
    """Away for ever: it leaves no step."""
    IDLE = "idle"
    """Another idle timeout for the past."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the user says of an activity; a category of None is unclassified."""

    category: str | None
    productivity: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """What a stretch of time was by the user's word: `start` < `end` (UTC), and its name.

    Without a verdict the entry is unclassified.
    """

    start: datetime
    end: datetime
    name: str
    verdict: Verdict | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """One step that was made, undone or redone: how many rows it touched, and on which local days.

    `made_at` is when the user made it, UTC. `kept` tells that something recorded since was in the way and stayed, so
    that not all came back.
    """

    id: str
    kind: EditKind
    count: int
    days: tuple[date, ...]
    made_at: datetime
    is_undone: bool = False
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Steps:
    """What `undo` and `redo` would do next; None is nothing."""

    undo: Done | None
    redo: Done | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change of category would move: rows, time, local days, and time by the category that it leaves.

    `rows` is None where all of the past is asked about: it is told from sums then, which do not count rows.
    """

    rows: int | None
    milliseconds: int
    days: int
    moved_from: tuple[tuple[str | None, int], ...]


@dataclass(frozen=True, slots=True)
class IdlePreview:
    """What another idle timeout would do to a range of days, in milliseconds: more time away, and time regained."""

    days: int
    away: int
    regained: int
