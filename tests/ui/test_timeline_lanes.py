"""What a lane draws: every block once, nothing over anything else, and the same time as is recorded."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from productify.domain import Block, State
from productify_ui.views.timeline.axis import Axis, milliseconds
from productify_ui.views.timeline.lanes import Lane, lanes_of

START = datetime(2026, 11, 19, 4, tzinfo=UTC)
LOW, HIGH = milliseconds(START), milliseconds(START + timedelta(days=1))
COLOURS = {"development": "development", "design": "design", "news": "news"}

lengths = st.one_of(st.integers(1, 5_000), st.integers(5_000, 600_000), st.integers(600_000, 3_600_000))
gaps = st.one_of(st.just(0), st.just(0), st.integers(1, 2_000), st.integers(60_000, 1_800_000))
kinds = st.sampled_from(["development", "development", "design", "news", None, State.AWAY, State.PRIVATE, State.PAUSED])


@st.composite
def days(draw) -> list[Block]:
    at, blocks = LOW, []
    for index, (gap, length, kind) in enumerate(draw(st.lists(st.tuples(gaps, lengths, kinds), max_size=120))):
        begin, end = at + gap, at + gap + length
        if end > HIGH:
            break
        blocks.append(_block(index, begin, end, kind))
        at = end
    return blocks


def _block(index: int, begin: int, end: int, kind) -> Block:
    span = [datetime.fromtimestamp(at / 1000, UTC) for at in (begin, end)]
    if isinstance(kind, State):
        return Block(str(index), *span, kind.value, None, None, None, None, None, None, kind)
    return Block(str(index), *span, f"app {index % 4}", None, None, None, kind, index % 3 - 1, "catalogue", None)


@st.composite
def views(draw) -> Axis:
    axis = Axis.whole(LOW, HIGH, draw(st.floats(50, 3000)))
    start, length = draw(st.floats(0, 1)), draw(st.floats(0.002, 1))
    begin = LOW + start * (HIGH - LOW)
    return axis.showing(begin, begin + length * (HIGH - LOW))


@given(days(), views())
def test_what_is_drawn_covers_what_was_recorded_and_never_overlaps(blocks, axis):
    for lane in lanes_of(blocks, COLOURS):
        drawn, pieces = list(lane.placed(axis)), list(lane.in_view(axis))
        assert all(one.piece.end <= other.piece.start for one, other in itertools.pairwise(drawn))
        pixel = axis.span / axis.width
        for placed in drawn:
            inside = [each for each in pieces if placed.piece.start <= each.start and each.end <= placed.piece.end]
            assert inside
            assert (inside[0].start, inside[-1].end) == (placed.piece.start, placed.piece.end)
            assert placed.merged == (len(inside) > 1)
            assert placed.piece.block in [each.block for each in inside]
            assert (placed.piece.colour, placed.piece.band) in [(each.colour, each.band) for each in inside]
            holes = [other.start - one.end for one, other in itertools.pairwise(inside)]
            assert max(holes, default=0) <= pixel + 1e-6
            assert placed.left == pytest.approx(axis.x(placed.piece.start))
            assert placed.right == pytest.approx(axis.x(placed.piece.end))
        assert sum(_count(placed, pieces) for placed in drawn) == len(pieces)


def _count(placed, pieces) -> int:
    return sum(placed.piece.start <= each.start and each.end <= placed.piece.end for each in pieces)


@given(days(), views())
def test_a_wide_piece_is_drawn_by_itself(blocks, axis):
    lane = lanes_of(blocks, COLOURS).activity
    alone = {placed.piece for placed in lane.placed(axis) if not placed.merged}
    wide = {piece for piece in lane.in_view(axis) if axis.x(piece.end) - axis.x(piece.start) >= 7.01}
    assert wide <= alone


@given(days())
def test_every_second_stands_in_the_lane_that_it_belongs_to(blocks):
    lanes = lanes_of(blocks, COLOURS)
    away = {State.AWAY, State.PAUSED}
    assert _time(lanes.activity) == sum(_length(each) for each in blocks if each.cause not in away)
    assert _time(lanes.category) == _time(lanes.activity)
    assert _time(lanes.away) == sum(_length(each) for each in blocks if each.cause in away)


@given(days(), st.lists(st.integers(LOW, HIGH), max_size=20))
def test_what_is_under_the_mouse_is_found(blocks, moments):
    for lane in lanes_of(blocks, COLOURS):
        for moment in moments:
            there = [piece for piece in lane.pieces if piece.start <= moment < piece.end]
            assert lane.at(moment) is (there[0] if there else None)


def test_steps_from_piece_to_piece_end_at_the_ends():
    blocks = [_block(index, LOW + index * 1000, LOW + index * 1000 + 1000, "design") for index in range(3)]
    lane = lanes_of(blocks, COLOURS).activity
    assert lane.beside(None, 1) is lane.pieces[0]
    assert lane.beside(None, -1) is lane.pieces[2]
    assert lane.beside("1", 1) is lane.pieces[2]
    assert lane.beside("2", 1) is lane.pieces[2]
    assert lane.beside("0", -1) is lane.pieces[0]
    assert lane.nearest(LOW + 10_000) is lane.pieces[2]
    assert lane.nearest(LOW + 1500) is lane.pieces[1]
    assert Lane(()).beside("0", 1) is None
    assert Lane(()).nearest(LOW) is None


def _time(lane: Lane) -> int:
    return sum(piece.end - piece.start for piece in lane.pieces)


def _length(block: Block) -> int:
    return milliseconds(block.end) - milliseconds(block.start)
