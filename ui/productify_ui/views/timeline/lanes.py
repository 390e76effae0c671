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

    def at(self, moment: float) -> Piece | None:
        """Return the piece at a moment."""
        index = bisect_right(self._starts, moment) - 1
        return self.pieces[index] if index >= 0 and self._ends[index] > moment else None

    def in_view(self, axis: Axis) -> Sequence[Piece]:
        """Return the pieces of which anything is in view."""
        return self.pieces[bisect_right(self._ends, axis.start) : bisect_left(self._starts, axis.end)]

    def placed(self, axis: Axis) -> Iterator[Placed]:
        """Yield what to draw: wide pieces one by one, runs of thin ones together under the colour of the longest."""
        run: list[Piece] = []
        for piece in self.in_view(axis):
            if run and not _joins(run, piece, axis):
                yield _drawn_together(run, axis)
                run = []
            run.append(piece)
        if run:
            yield _drawn_together(run, axis)

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


def _joins(run: Sequence[Piece], piece: Piece, axis: Axis) -> bool:
    """Whether a piece is too thin to stand beside the run before it: thinner still where their colours differ."""
    last = run[-1]
    if axis.x(piece.start) - axis.x(last.end) > 1:
        return False
    widest = max(axis.x(last.end) - axis.x(last.start), axis.x(piece.end) - axis.x(piece.start))
    if (last.colour, last.band) == (piece.colour, piece.band):
        return widest < _SLIM
    return widest < _THIN and axis.x(piece.end) - axis.x(run[0].start) < 2 * _THIN


def _drawn_together(run: Sequence[Piece], axis: Axis) -> Placed:
    whole = _spanning(run)
    weights: dict[str | None, int] = {}
    for piece in run:
        weights[piece.colour] = weights.get(piece.colour, 0) + piece.end - piece.start
    shown = max(run, key=lambda piece: weights[piece.colour])
    piece = Piece(whole.start, whole.end, shown.colour, shown.band, whole.block)
    return Placed(piece, axis.x(whole.start), axis.x(whole.end), merged=len(run) > 1)
