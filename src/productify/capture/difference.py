"""Whether a screen is another than before: a small grey grid of it, and how many of its cells differ."""

from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw

from productify.domain import Rect

_LONG, _SHORT = 384, 216
_NOTICED = 8
"""Levels of 255 that a cell must differ by: less is how the same thing was drawn again."""

_FEW = 40
"""Cells that may differ on what counts as the same screen: a blinking caret or a clock."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A screen in grey cells of whole pixels: 384 x 216 or some more, 216 x 384 on one that stands upright."""

    cells: Image.Image

    def count_of_changes(self, other: "Grid") -> int:
        """Return how many cells differ; every one where the screen has another shape."""
        if self.cells.size != other.cells.size:
            return self.cells.width * self.cells.height
        differences = ImageChops.difference(self.cells, other.cells).histogram()
        return sum(differences[_NOTICED + 1 :])

    def is_like(self, other: "Grid") -> bool:
        """Return whether it is the same screen to a person: no line was edited, nothing scrolled."""
        return self.count_of_changes(other) <= _FEW


def grid_of(raw: bytes | bytearray, width: int, height: int, boxes: Iterable[Rect] = ()) -> Grid:
    """Return the grid of a screen's bytes (BGRX); what lies below `boxes` (in its pixels) is in no cell of it.

    The bytes are averaged as they lie, all channels at once, and turned to grey when they are few.
    """
    screen = Image.frombuffer("RGBX", (width, height), raw, "raw", "RGBX", 0, 1)
    columns, rows = (_LONG, _SHORT) if width >= height else (_SHORT, _LONG)
    across, down = max(1, width // columns), max(1, height // rows)
    small = screen.reduce((across, down))
    blue, green, red, _unused = small.split()
    grey = Image.merge("RGB", (red, green, blue)).convert("L")
    draw = ImageDraw.Draw(grey)
    for left, top, wide, high in boxes:
        first, last = (left // across, top // down), ((left + wide - 1) // across, (top + high - 1) // down)
        draw.rectangle((first, last), fill=0)
    return Grid(grey)
