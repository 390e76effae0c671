"""How a block presents itself: face, names, colours and the sentence that a screen reader says."""

from collections.abc import Sequence
from datetime import tzinfo

from productify.domain import Block, Origin, State
from productify_ui.models.blocks import Column
from productify_ui.text import formats
from productify_ui.text.editing import editing_words, presence_text, why
from productify_ui.text.timeline import state_name, state_row
from productify_ui.views.context import ViewContext
from productify_ui.views.timeline.axis import milliseconds
from productify_ui.widgets.tile import Face

_MINUTE = 60_000
_GLYPHS = {
    State.AWAY: "coffee",
    State.LOCKED: "lock",
    State.ASLEEP: "moon",
    State.PAUSED: "pause",
    State.PRIVATE: "hat-glasses",
    State.SYSTEM: "monitor",
    State.OFF: "power",
}
_ORIGINS = {Origin.MANUAL: "entered", Origin.LABEL: "labelled", Origin.COPY: "copied"}


class Presenter:
    """Says of blocks what the lanes, the list, the hover card and the inspector show."""

    def __init__(self, context: ViewContext) -> None:
        self._context = context

    @property
    def zone(self) -> tzinfo:
        """The zone that times are shown in."""
        return self._context.zone

    def face(self, block: Block) -> Face:
        """Return the face of the app, or of the state."""
        if block.cause is not None:
            return Face(state_name(block.cause), _GLYPHS.get(block.cause), quiet=True)
        return self._context.faces.of(block.app_name, block.app_id)

    def name(self, block: Block) -> str:
        """Return what to call it."""
        return state_row(block.cause) if block.cause is not None else block.app_name

    def detail(self, block: Block) -> str:
        """Return its title, else its address."""
        return block.window_title or block.url or ""

    def why(self, block: Block) -> str:
        """Return why it belongs to no app, "" where it does."""
        return why(block.cause) if block.cause is not None else ""

    def presence(self, block: Block) -> str:
        """Return what showed that somebody was there, or where it comes from if it was not tracked."""
        if block.presence is not None:
            return presence_text(block.presence)
        return str(getattr(editing_words, _ORIGINS[block.origin])) if block.origin is not None else ""

    def category(self, block: Block) -> str:
        """Return the name of its category; a state has none."""
        return "" if block.cause is not None else self._context.categories.name(block.category)

    def colour(self, block: Block) -> str | None:
        """Return the colour of its category as #RRGGBB; a state has none."""
        return None if block.cause is not None else self._context.categories.colour(block.category)

    def range(self, block: Block) -> str:
        """Return `13:12 – 13:41`."""
        return formats.clock_range(block.start, block.end, self.zone)

    def length(self, block: Block) -> str:
        """Return how long it was; seconds for what is shorter than a minute."""
        return length_text(length_of(block))

    def text(self, block: Block, column: Column) -> str:
        """Return what a cell of the list says."""
        match column:
            case Column.TIME:
                return self.range(block)
            case Column.ACTIVITY:
                return f"{self.name(block)} {self.detail(block)}".strip()
            case Column.CATEGORY:
                return self.category(block)
            case Column.DURATION:
                return self.length(block)


def length_of(block: Block) -> int:
    """Return how long a block was, in milliseconds."""
    return milliseconds(block.end) - milliseconds(block.start)


def length_text(length: int) -> str:
    """Return a length: `42m`, or `17s` below a minute, where whole minutes say nothing."""
    return formats.short_seconds(length) if length < _MINUTE else formats.duration(length)


def part_texts(parts: Sequence[int]) -> list[str]:
    """Return the lengths of a whole's parts, in minutes that add up to its own; a part below a minute in seconds."""
    if min(parts) < _MINUTE:
        return [length_text(part) for part in parts]
    return [formats.minutes_text(minutes) for minutes in formats.shown_minutes(parts)]
