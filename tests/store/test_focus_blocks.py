"""The longest focus block, against every possible one."""

from collections.abc import Iterator
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from productify.store.blocks import LONGEST_BREAK, SHORTEST_BLOCK, longest_block

MINUTE = 60_000
Stretches = list[tuple[int, int]]


def laid_out(lengths: list[tuple[int, int]]) -> Stretches:
    """Return stretches from (break before, length)."""
    now, made = 1_800_000_000_000, []
    for pause, length in lengths:
        now += pause
        made.append((now, now + length))
        now += length
    return made


def every_block(stretches: Stretches) -> Iterator[int]:
    """The length of each run of stretches that keeps all the rules, found by trying them all."""
    for first in range(len(stretches)):
        for last in range(first, len(stretches)):
            run = stretches[first : last + 1]
            length = run[-1][1] - run[0][0]
            productive = sum(end - start for start, end in run)
            unbroken = all(after[0] - before[1] <= LONGEST_BREAK for before, after in pairwise(run))
            if unbroken and length >= SHORTEST_BLOCK and productive * 4 >= length * 3:
                yield length


SHORT = st.tuples(st.integers(0, 6 * MINUTE), st.integers(1, 12 * MINUTE))


@given(st.lists(SHORT, max_size=25))
def test_no_longer_block_exists(lengths: list[tuple[int, int]]) -> None:
    stretches = laid_out(lengths)
    block = longest_block(stretches)
    assert (block.milliseconds if block else None) == max(every_block(stretches), default=None)


def test_a_break_of_four_minutes_joins_and_a_longer_one_parts() -> None:
    joined = longest_block(laid_out([(0, 20 * MINUTE), (4 * MINUTE, 20 * MINUTE)]))
    parted = longest_block(laid_out([(0, 20 * MINUTE), (4 * MINUTE + 1, 21 * MINUTE)]))
    assert joined is not None
    assert joined.milliseconds == 44 * MINUTE
    assert parted is not None
    assert parted.milliseconds == 21 * MINUTE


def test_a_quarter_of_an_hour_is_the_least() -> None:
    assert longest_block(laid_out([(0, 15 * MINUTE - 1)])) is None
    assert longest_block(laid_out([(0, 15 * MINUTE)])) is not None
    assert longest_block([]) is None


def test_three_quarters_productive_is_enough() -> None:
    enough = laid_out([(0, 6 * MINUTE), (4 * MINUTE, 6 * MINUTE)])
    assert longest_block(enough) is not None
    assert longest_block([enough[0], (enough[1][0], enough[1][1] - 1)]) is None
