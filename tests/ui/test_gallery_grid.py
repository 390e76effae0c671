"""Where the gallery's pictures stand, from nothing but how many each hour has."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect

from productify.domain import ShotHour
from productify_ui.views.gallery.grid import Grid, Measures

_NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)
_SIZES = Measures(width=218, height=136, gap=20, caption=28, row_gap=14, head=42, foot=92)


def _grid(counts: list[int], width: int = 1172) -> Grid:
    return Grid([ShotHour(_NOON - timedelta(hours=n), count, 0) for n, count in enumerate(counts)], width, _SIZES)


def test_a_row_holds_as_many_as_fit_and_is_as_wide_as_the_column():
    assert [_grid([9], width).columns for width in (217, 455, 456, 1172, 2560)] == [1, 1, 2, 5, 10]
    grid = _grid([5])
    assert grid.thumb(0).left() == 0
    assert grid.thumb(4).right() == 1171
    assert grid.thumb(0).top() == 42


def test_the_next_hour_begins_a_row_of_its_own():
    grid = _grid([6, 2])
    assert grid.thumb(5).top() - grid.thumb(0).top() == 136 + 28 + 14
    assert grid.head(1).top() == grid.cell(5).bottom() + 1
    assert grid.thumb(6).topLeft() == QPoint(0, grid.head(1).bottom() + 1)
    assert [grid.hour_of(index) for index in range(8)] == [0] * 6 + [1] * 2


@pytest.mark.parametrize(
    ("index", "rows", "target"), [(3, 1, 5), (5, 1, 6), (6, -1, 5), (7, -1, 5), (0, -1, 0), (7, 3, 7)]
)
def test_up_and_down_go_to_the_nearest_of_the_next_row(index, rows, target):
    assert _grid([6, 2]).beside(index, 0, rows) == target


@settings(deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=12), st.integers(230, 2000), st.data())
def test_every_picture_is_found_where_it_stands(counts, width, data):
    grid = _grid(counts, width)
    assert grid.count == sum(counts)
    index = data.draw(st.integers(0, grid.count - 1))
    assert grid.at(grid.thumb(index).center()) == index
    assert index in grid.within(grid.cell(index).top(), grid.cell(index).bottom() + 1)
    assert grid.touched(grid.cell(index)) == [index]
    top = data.draw(st.integers(0, grid.height))
    view = QRect(0, top, width, 500)
    seen = {each for each in range(grid.count) if grid.cell(each).intersects(view)}
    assert seen <= set(grid.within(top, top + 500))
    assert len(grid.within(top, top + 500)) <= len(seen) + 2 * grid.columns


def test_nothing_stands_nowhere():
    grid = _grid([])
    assert (grid.count, grid.height, grid.at(QPoint(5, 5))) == (0, 0, None)
    assert not grid.within(0, 900)
    assert not grid.hours_within(0, 900)
