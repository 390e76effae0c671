"""What each lane shows: the day's blocks as drawable pieces, and the few of them that a view needs."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from productify.domain import AWAY_STATES, Band, Block, State, band_of
from productify_ui.views.timeline.axis import Axis, milliseconds

_THIN = 2.0
"""Pixels below which neighbours are drawn together."""
_SLIM = 7.0
"""Pixels below which neighbours of the same colour and verdict are."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to draw from `start` to `end` (milliseconds); `colour` names a category's colour."""

    start: int
    end: int
    colour: str | None
    band: Band
    block: Block
    """The block it stands for; of several, the longest."""

    @property
    def cause(self) -> State | None:
        """The state it shows, None for an app."""
        return self.block.cause


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece at its pixels; `merged` where it stands for several that were too thin."""

    piece: Piece
    left: float
    right: float
    merged: bool = False

    @property
    def width(self) -> float:
        """Pixels from edge to edge."""
        return self.right - self.left


class Lane:
    """Pieces in order, without overlap; finds those in view by bisection."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = tuple(pieces)
        self._starts = [piece.start for piece in self.pieces]
        self._ends = [piece.end for piece in self.pieces]
        self._lengths = [piece.end - piece.start for piece in self.pieces]
        self._looks = [(piece.colour, piece.band) for piece in self.pieces]

    def at(self, moment: float) -> Piece | None:
        """Return the piece at a moment."""
        index = bisect_right(self._starts, moment) - 1
        return self.pieces[index] if index >= 0 and self._ends[index] > moment else None

    def in_view(self, axis: Axis) -> Sequence[Piece]:
        """Return the pieces of which anything is in view."""
        return self.pieces[self._visible(axis)]

    def placed(self, axis: Axis) -> Iterator[Placed]:
        """Yield what to draw: wide pieces one by one, runs of thin ones together under the colour of the longest."""
        seen = self._visible(axis)
        pixel = axis.span / axis.width
        first = seen.start
        while first < seen.stop:
            end = self._run_end(first, seen.stop, pixel)
            yield self._together(first, end, axis)
            first = end

    def _visible(self, axis: Axis) -> slice:
        return slice(bisect_right(self._ends, axis.start), bisect_left(self._starts, axis.end))

    def _run_end(self, first: int, stop: int, pixel: float) -> int:
        """Return the index after the last piece that is too thin to stand beside `first`; a `pixel` in milliseconds.

        Each frame asks this of every piece in view, so it works on plain numbers.
        """
        starts, ends, lengths, looks = self._starts, self._ends, self._lengths, self._looks
        thin, slim = _THIN * pixel, _SLIM * pixel
        index, begin = first + 1, starts[first]
        while index < stop and starts[index] - ends[index - 1] <= pixel:
            before, length = lengths[index - 1], lengths[index]
            widest = length if length > before else before
            if looks[index] == looks[index - 1]:
                if widest >= slim:
                    break
            elif widest >= thin or ends[index] - begin >= 2 * thin:
                break
            index += 1
        return index

    def _together(self, first: int, end: int, axis: Axis) -> Placed:
        """Return some neighbours as one piece, in the name of the longest and the colour that most of the time has."""
        last, pieces = end - 1, self.pieces
        left, right = axis.x(self._starts[first]), axis.x(self._ends[last])
        if first == last:
            return Placed(pieces[first], left, right)
        longest = max(range(first, end), key=self._lengths.__getitem__)
        weights: dict[tuple[str | None, Band], int] = {}
        for look, length in zip(self._looks[first:end], self._lengths[first:end], strict=True):
            weights[look] = weights.get(look, 0) + length
        colour, band = max(weights, key=weights.__getitem__)
        whole = Piece(self._starts[first], self._ends[last], colour, band, pieces[longest].block)
        return Placed(whole, left, right, merged=True)

    def beside(self, block_id: str | None, step: int) -> Piece | None:
        """Return the piece `step` places from the one of a block, the last or first where there is none."""
        if not self.pieces:
            return None
        ids = [piece.block.id for piece in self.pieces]
        if block_id not in ids:
            return self.pieces[-1 if step < 0 else 0]
        return self.pieces[min(max(ids.index(block_id) + step, 0), len(ids) - 1)]

    def nearest(self, moment: float) -> Piece | None:
        """Return the piece at a moment, or the nearest one."""
        return min(self.pieces, key=lambda piece: max(piece.start - moment, moment - piece.end, 0), default=None)


@dataclass(frozen=True, slots=True)
class Lanes:
    """The three lanes of a day."""

    activity: Lane
    category: Lane
    away: Lane

    def __iter__(self) -> Iterator[Lane]:
        """Iterate over the lanes from top to bottom."""
        return iter((self.activity, self.category, self.away))


def lanes_of(blocks: Sequence[Block], colours: dict[str, str]) -> Lanes:
    """Return the lanes that show `blocks`; `colours` gives each category's colour by its key."""
    pieces = [_piece(block, colours) for block in blocks]
    front = [piece for piece in pieces if piece.cause is None or piece.cause in (State.PRIVATE, State.SYSTEM)]
    away = [piece for piece in pieces if piece.cause in AWAY_STATES or piece.cause is State.PAUSED]
    return Lanes(Lane(front), Lane(_joined(front)), Lane(away))


def _piece(block: Block, colours: dict[str, str]) -> Piece:
    return Piece(
        milliseconds(block.start),
        milliseconds(block.end),
        colours.get(block.category or ""),
        band_of(block.productivity),
        block,
    )


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield one piece for each run of touching pieces of one category."""
    run: list[Piece] = []
    for piece in pieces:
        if run and (piece.start > run[-1].end or _kind(piece) != _kind(run[0])):
            yield _spanning(run)
            run = []
        run.append(piece)
    if run:
        yield _spanning(run)


def _kind(piece: Piece) -> tuple[str | None, State | None]:
    return piece.block.category, piece.cause


def _spanning(run: Sequence[Piece]) -> Piece:
    """Return one piece from the first to the last, in the name of the longest."""
    longest = max(run, key=lambda piece: piece.end - piece.start)
    return Piece(run[0].start, run[-1].end, longest.colour, longest.band, longest.block)
