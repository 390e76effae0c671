"""From a monitor's pixels to a picture on the disk: compared, covered, blurred, made small, encoded, written."""

from dataclasses import dataclass
from datetime import date
from math import ceil, floor

from productify.capture import picture
from productify.capture.album import Album, Kept, Seal
from productify.capture.difference import Grid, grid_of
from productify.capture.gate import View
from productify.capture.grabbers import Grab
from productify.domain import Rect
from productify.settings import Settings


@dataclass(frozen=True, slots=True)
class Negative:
    """What a picture is compared by: the screen's grid, and what was hidden in it and how."""

    grid: Grid
    boxes: tuple[Rect, ...]
    blurred: bool
    day: date

    def shows_the_same(self, other: "Negative") -> bool:
        """Return whether the later one need not be kept."""
        hidden = (self.boxes, self.blurred, self.day) == (other.boxes, other.blurred, other.day)
        return hidden and self.grid.is_like(other.grid)


@dataclass(frozen=True, slots=True)
class Developed:
    """A picture on the disk, its size in pixels, and what the next is compared with."""

    negative: Negative
    kept: Kept
    width: int
    height: int


def developed(
    grab: Grab, view: View, last: Negative | None, day: date, settings: Settings, album: Album, seal: Seal | None
) -> Developed | None:
    """Write what was grabbed among the pictures of `day`, None where `last` shows the same; raises OSError.

    `view.boxes` are in the monitor's pixels, which are more in the grab where the system scales it.
    """
    boxes = _scaled(view, grab)
    negative = Negative(grid_of(grab.raw, grab.width, grab.height, boxes), boxes, view.blurred, day)
    if last is not None and last.shows_the_same(negative):
        return None
    screen = picture.from_bgrx(grab.raw, grab.width, grab.height)
    if boxes:
        screen = picture.covered(screen, boxes)
    if view.blurred:
        screen = picture.blurred(screen)
    kind = settings.text("screenshot_format")
    file = picture.encoded(screen, kind, settings.text("screenshot_quality"))
    kept = album.write(day, file.data, picture.thumbnail(screen), kind, seal)
    return Developed(negative, kept, file.width, file.height)


def _scaled(view: View, grab: Grab) -> tuple[Rect, ...]:
    """Return the boxes in the grab's pixels, rounded outwards."""
    width, height = view.monitor.rect.width, view.monitor.rect.height
    if (width, height) == (grab.width, grab.height):
        return view.boxes
    return tuple(_outwards(box, grab.width / width, grab.height / height) for box in view.boxes)


def _outwards(box: Rect, across: float, down: float) -> Rect:
    left, top = floor(box.left * across), floor(box.top * down)
    right, bottom = ceil((box.left + box.width) * across), ceil((box.top + box.height) * down)
    return Rect(left, top, right - left, bottom - top)
