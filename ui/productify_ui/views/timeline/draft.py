"""What the user is about to change of the selected activities. Pure."""

from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from productify.domain import Block, Done, EditScope, State, Verdict
from productify_ui.views.timeline.axis import milliseconds

if TYPE_CHECKING:
    from productify.service import Service

T = TypeVar("T")
Told = Callable[[int, int], None]
Step = Callable[["Service"], Coroutine[Any, Any, Done]]
"""One correction, made in the engine room."""


class Mixed(Enum):
    """What several activities have no common answer to."""

    MIXED = "mixed"


MIXED = Mixed.MIXED


@dataclass(frozen=True, slots=True)
class Draft:
    """The selected `blocks`, and what they shall be; MIXED leaves each what it is.

    `start` and `end` (UTC) make a single block shorter, and bound what a label of a gap is for.
    """

    blocks: tuple[Block, ...]
    category: str | Mixed | None
    productivity: int | Mixed | None
    note: str | Mixed
    start: datetime
    end: datetime
    scope: EditScope = EditScope.THIS_ONE

    @classmethod
    def of(cls, blocks: Sequence[Block]) -> "Draft":
        """Return a draft that changes nothing; `blocks` are in order, and one at least."""
        apps = [block for block in blocks if block.cause is None] or blocks
        return cls(
            tuple(blocks),
            common(block.category for block in apps),
            common(block.productivity for block in apps),
            common(block.note or "" for block in blocks),
            blocks[0].start,
            blocks[-1].end,
        )

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of what is selected."""
        return tuple(block.id for block in self.blocks)

    @property
    def changed(self) -> bool:
        """Whether there is anything to save."""
        return self != Draft.of(self.blocks)

    @property
    def verdict_changed(self) -> bool:
        """Whether anything would be filed otherwise, now or later."""
        fresh = Draft.of(self.blocks)
        verdict = (self.category, self.productivity) != (fresh.category, fresh.productivity)
        return verdict or self.scope is not EditScope.THIS_ONE

    @property
    def verdict(self) -> Verdict | None:
        """The one verdict of all, None where they keep different ones."""
        if isinstance(self.category, Mixed) or isinstance(self.productivity, Mixed):
            return None
        return Verdict(self.category, self.productivity)

    @property
    def length(self) -> int:
        """The time of all of them together, in milliseconds."""
        if len(self.blocks) == 1:
            return milliseconds(self.end) - milliseconds(self.start)
        return sum(milliseconds(block.end) - milliseconds(block.start) for block in self.blocks)

    def rebased(self, blocks: Sequence[Block]) -> "Draft":
        """Return the same wishes for the same activities as they are recorded by now."""
        fresh, before = Draft.of(blocks), Draft.of(self.blocks)
        return replace(
            fresh,
            category=self.category if self.category != before.category else fresh.category,
            productivity=self.productivity if self.productivity != before.productivity else fresh.productivity,
            note=self.note if self.note != before.note else fresh.note,
            start=self.start if self.start != before.start else fresh.start,
            end=self.end if self.end != before.end else fresh.end,
            scope=self.scope,
        )

    def steps(self, told: Told | None = None) -> list[Step]:
        """Return the corrections that make it so; `told` hears how far the past is."""
        found: list[Step] = []
        if len(self.blocks) == 1 and (self.start, self.end) != (self.blocks[0].start, self.blocks[0].end):
            found.append(partial(_trim, self.blocks[0].id, self.start, self.end))
        note = None if isinstance(self.note, Mixed) or self.note == Draft.of(self.blocks).note else self.note
        if not self.verdict_changed:
            return found + ([partial(_change, self.ids, None, note, self.scope, None)] if note is not None else [])
        gaps = [block.id for block in self.blocks if block.cause not in (None, State.OFF)]
        if gaps and note is not None:
            found.append(partial(_change, gaps, None, note, EditScope.THIS_ONE, None))
        groups: dict[Verdict, list[str]] = defaultdict(list)
        for block in (block for block in self.blocks if block.cause is None):
            groups[self._verdict_for(block)].append(block.id)
        return found + [partial(_change, ids, verdict, note, self.scope, told) for verdict, ids in groups.items()]

    def _verdict_for(self, block: Block) -> Verdict:
        category = block.category if isinstance(self.category, Mixed) else self.category
        productivity = block.productivity if isinstance(self.productivity, Mixed) else self.productivity
        return Verdict(category, productivity)


def common(values: Iterable[T]) -> T | Mixed:
    """Return what all of some values are, MIXED where they differ."""
    first, *others = values
    return first if all(other == first for other in others) else MIXED


async def _trim(block_id: str, start: datetime, end: datetime, service: "Service") -> Done:
    return await service.editing.trim(block_id, start, end)


async def _change(
    ids: Sequence[str], verdict: Verdict | None, note: str | None, scope: EditScope, told: Told | None,
    service: "Service",
) -> Done:  # fmt: skip
    return await service.editing.change(ids, verdict, note, scope, told)
