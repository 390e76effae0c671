"""What is selected in the lanes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from productify_ui.views.timeline.lanes import Lane


@dataclass(frozen=True, slots=True)
class Selection:
    """The `ids` of selected blocks; keys go on from the `current` one, a range begins at the `anchor`."""

    ids: frozenset[str] = frozenset()
    current: str = ""
    anchor: str = ""

    @classmethod
    def only(cls, *ids: str) -> "Selection":
        """Return a selection of these, which begins at the first and goes on from the last."""
        return cls(frozenset(ids), ids[-1], ids[0]) if ids else cls()

    def becoming(self, ids: frozenset[str], current: str) -> "Selection":
        """Return a selection of these that others made; a single one is what a range begins at."""
        current = current or next(iter(ids), "")
        return Selection(ids, current, self.anchor if len(ids) > 1 else current)

    def toggled(self, block_id: str) -> "Selection":
        """Return the selection with one more, or with one less where it was selected."""
        if block_id in self.ids:
            return Selection.only(*(self.ids - {block_id}))
        return Selection(self.ids | {block_id}, block_id, block_id)

    def reaching(self, lane: Lane, block_id: str) -> "Selection":
        """Return all of a lane from where the range begins to a block, either way round."""
        ids = [piece.block.id for piece in lane.pieces]
        if self.anchor not in ids or block_id not in ids:
            return Selection.only(block_id)
        low, high = sorted((ids.index(self.anchor), ids.index(block_id)))
        return replace(self, ids=frozenset(ids[low : high + 1]), current=block_id)


def between(lane: Lane, start: float, end: float) -> Sequence[str]:
    """Return the ids of the blocks of which anything lies between two moments, in order."""
    return [piece.block.id for piece in lane.pieces if piece.start < end and piece.end > start]
