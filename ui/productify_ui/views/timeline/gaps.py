"""Times that nothing is recorded of, as blocks that can be selected. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from productify.domain import Block, State
from productify_ui.views.timeline.axis import milliseconds

_LEAST = timedelta(minutes=1)


def with_gaps(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks of one day with those between them where nothing is recorded for a minute or longer."""
    return tuple(_interleaved(blocks))


def _interleaved(blocks: Sequence[Block]) -> Iterator[Block]:
    before: Block | None = None
    for block in blocks:
        if before is not None and block.start - before.end >= _LEAST:
            yield _nothing(before.end, block.start)
        yield block
        before = block


def _nothing(start: datetime, end: datetime) -> Block:
    return Block(
        f"off-{milliseconds(start)}", start, end, str(State.OFF), None, None, None, None, None, None, State.OFF
    )
