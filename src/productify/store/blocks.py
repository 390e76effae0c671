"""The longest focus block of a day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from productify.domain import FocusBlock
from productify.store.schema.types import EPOCH, MILLISECOND

LONGEST_BREAK = 4 * 60_000
"""An interruption longer than this ends a block; milliseconds."""

SHORTEST_BLOCK = 15 * 60_000
"""Milliseconds."""

_PARTS_PRODUCTIVE, _PARTS = 3, 4  # at least 75 %


@dataclass(slots=True)
class _Chain:
    """Productive stretches with no long break between them; milliseconds since 1970."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)


def longest_block(stretches: Iterable[tuple[int, int]]) -> FocusBlock | None:
    """Return the longest focus block that productive `stretches` (milliseconds since 1970, in order) make up.

    It begins and ends with productive time, is 15 minutes or longer, at least three quarters productive, and has no
    interruption of more than four minutes.
    """
    blocks = [_longest(chain) for chain in _chains(stretches)]
    start, end = max(blocks, key=lambda block: block[1] - block[0], default=(0, 0))
    if end - start < SHORTEST_BLOCK:
        return None
    return FocusBlock(EPOCH + start * MILLISECOND, EPOCH + end * MILLISECOND)


def _chains(stretches: Iterable[tuple[int, int]]) -> Iterator[_Chain]:
    chain = _Chain()
    for start, end in stretches:
        if chain.ends and start - chain.ends[-1] > LONGEST_BREAK:
            yield chain
            chain = _Chain()
        _append(chain, start, end)
    if chain.ends:
        yield chain


def _append(chain: _Chain, start: int, end: int) -> None:
    """Add a stretch, joined to the last one where they meet."""
    if chain.ends and start <= chain.ends[-1]:
        chain.ends[-1] = max(chain.ends[-1], end)
    else:
        chain.starts.append(start)
        chain.ends.append(end)


def _longest(chain: _Chain) -> tuple[int, int]:
    """Return the longest part of a chain that is productive enough, in one pass over it and one back.

    From stretch i to stretch j it is enough where gain(j) >= cost(i), both being 4 times the productive time up to
    there less 3 times the clock. Only an i whose cost undercuts all before it can begin the longest part.
    """
    costs, gains, productive = [], [], 0
    for start, end in zip(chain.starts, chain.ends, strict=True):
        costs.append(_PARTS * productive - _PARTS_PRODUCTIVE * start)
        productive += end - start
        gains.append(_PARTS * productive - _PARTS_PRODUCTIVE * end)
    beginnings = [0]
    for index, cost in enumerate(costs):
        if cost < costs[beginnings[-1]]:
            beginnings.append(index)
    best = (0, 0)
    for last in range(len(gains) - 1, -1, -1):
        while beginnings and costs[beginnings[-1]] <= gains[last]:
            first = beginnings.pop()
            best = max(best, (chain.starts[first], chain.ends[last]), key=lambda part: part[1] - part[0])
    return best
