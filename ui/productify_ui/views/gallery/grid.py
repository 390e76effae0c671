"""Where each picture of the gallery stands, from how many each hour has; no picture need be known for that."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QPoint, QRect

from productify.domain import ShotHour


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes in logical pixels: of a thumbnail, of what is around it, and of the head of an hour."""

    width: int
    height: int
    gap: int
    caption: int
    row_gap: int
    head: int
    foot: int
    """Room below the last row."""


class Grid:
    """Hours from the newest to the oldest, each a head over rows of pictures, in a column of `width` pixels."""

    def __init__(self, hours: Sequence[ShotHour], width: int, measures: Measures) -> None:
        self.hours = tuple(hours)
        self.measures = measures
        self.width = width
        self.columns = max(1, (width + measures.gap) // (measures.width + measures.gap))
        spare = width - self.columns * measures.width
        self._pitch_x = measures.width + (spare / (self.columns - 1) if self.columns > 1 else 0)
        self._pitch_y = measures.height + measures.caption + measures.row_gap
        self._firsts = [0, *accumulate(hour.count for hour in self.hours)]
        self._tops = [0, *accumulate(self._height_of(hour) for hour in self.hours)]

    @property
    def count(self) -> int:
        """How many pictures there are."""
        return self._firsts[-1]

    @property
    def height(self) -> int:
        """How tall all of it is."""
        return self._tops[-1] + (self.measures.foot if self.hours else 0)

    def hour_of(self, index: int) -> int:
        """Return the number of the hour that a picture belongs to."""
        return bisect_right(self._firsts, index) - 1

    def indexes(self, hour: int) -> range:
        """Return the pictures of an hour."""
        return range(self._firsts[hour], self._firsts[hour + 1])

    def head(self, hour: int) -> QRect:
        """Return the head of an hour."""
        return QRect(0, self._tops[hour], self.width, self.measures.head)

    def thumb(self, index: int) -> QRect:
        """Return the place of a picture, without its caption."""
        hour = self.hour_of(index)
        row, column = divmod(index - self._firsts[hour], self.columns)
        top = self._tops[hour] + self.measures.head + row * self._pitch_y
        return QRect(round(column * self._pitch_x), top, self.measures.width, self.measures.height)

    def cell(self, index: int) -> QRect:
        """Return the place of a picture with its caption."""
        return self.thumb(index).adjusted(0, 0, 0, self.measures.caption)

    def within(self, top: int, bottom: int) -> range:
        """Return the pictures of the rows that touch a stretch of the column."""
        if not self.hours or bottom <= top:
            return range(0)
        return range(self._first_at(top), self._end_at(bottom))

    def hours_within(self, top: int, bottom: int) -> range:
        """Return the hours that touch a stretch of the column."""
        if not self.hours or bottom <= top:
            return range(0)
        first = min(max(0, bisect_right(self._tops, top) - 1), len(self.hours))
        return range(first, min(bisect_right(self._tops, bottom - 1), len(self.hours)))

    def at(self, place: QPoint) -> int | None:
        """Return the picture at a place, with its caption."""
        near = self.within(place.y(), place.y() + 1)
        return next((index for index in near if self.cell(index).contains(place)), None)

    def head_at(self, place: QPoint) -> int | None:
        """Return the hour whose head is at a place."""
        return next(
            (hour for hour in self.hours_within(place.y(), place.y() + 1) if self.head(hour).contains(place)), None
        )

    def touched(self, area: QRect) -> list[int]:
        """Return the pictures that an area touches."""
        return [index for index in self.within(area.top(), area.bottom() + 1) if self.cell(index).intersects(area)]

    def beside(self, index: int, columns: int, rows: int) -> int:
        """Return the picture so many columns and rows away, or the nearest there is."""
        if not self.count:
            return 0
        if columns:
            return min(max(index + columns, 0), self.count - 1)
        while rows:
            step = 1 if rows > 0 else -1
            index, rows = self._row_beside(index, step), rows - step
        return index

    def _row_beside(self, index: int, step: int) -> int:
        hour = self.hour_of(index)
        first = self._firsts[hour]
        row, column = divmod(index - first, self.columns)
        last_row = (self.hours[hour].count - 1) // self.columns
        if 0 <= row + step <= last_row:
            return min(first + (row + step) * self.columns + column, self._firsts[hour + 1] - 1)
        if not 0 <= hour + step < len(self.hours):
            return index
        first, count = self._firsts[hour + step], self.hours[hour + step].count
        row = 0 if step > 0 else (count - 1) // self.columns
        return first + min(row * self.columns + column, count - 1)

    def _height_of(self, hour: ShotHour) -> int:
        rows = -(-hour.count // self.columns)
        return self.measures.head + rows * self._pitch_y - (self.measures.row_gap if rows else 0)

    def _first_at(self, top: int) -> int:
        """Return the first picture whose row ends below `top`."""
        hour = min(max(0, bisect_right(self._tops, top) - 1), len(self.hours) - 1)
        inside = top - self._tops[hour] - self.measures.head
        row = max(0, inside // self._pitch_y)
        return min(self._firsts[hour] + row * self.columns, self._firsts[hour + 1])

    def _end_at(self, bottom: int) -> int:
        """Return the picture after the last whose row begins above `bottom`."""
        hour = min(max(0, bisect_right(self._tops, bottom - 1) - 1), len(self.hours) - 1)
        inside = bottom - self._tops[hour] - self.measures.head
        rows = max(0, -(-inside // self._pitch_y))
        return min(self._firsts[hour] + rows * self.columns, self._firsts[hour + 1])
