"""What counts as the same screen: a caret and a clock do, an edited line, a scroll and another window do not."""

from dataclasses import replace
from functools import cache

import pytest

from capture.editor import Editor
from productify.capture.difference import Grid, grid_of
from productify.domain import Rect

SIZES = [(1920, 1080), (2560, 1440), (1080, 1920), (3440, 1440), (1366, 768)]


@cache
def grid(editor: Editor) -> Grid:
    return grid_of(editor.raw(), *editor.size)


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def before(request):
    return Editor(request.param)


def test_the_same_screen_is_the_same(before):
    assert grid(before).count_of_changes(grid(before)) == 0


def test_a_caret_that_blinks_and_a_minute_that_passes_are_no_change(before):
    assert grid(before).count_of_changes(grid(replace(before, caret=True))) > 0
    assert grid(before).is_like(grid(replace(before, caret=True)))
    assert grid(before).is_like(grid(replace(before, clock="12:31")))


@pytest.mark.parametrize("text", ["    return [row for row in rows if row.is_new and not row.seen]", ""])
def test_one_edited_line_is_a_change(before, text):
    assert not grid(before).is_like(grid(replace(before, edited=(22, text))))


@pytest.mark.parametrize("lines", [1, 3, 30])
def test_a_scroll_is_a_change(before, lines):
    assert not grid(before).is_like(grid(replace(before, first=lines)))


def test_another_window_is_a_change(before):
    other = bytes([240, 240, 240, 0]) * (before.size[0] * before.size[1])
    assert not grid(before).is_like(grid_of(other, *before.size))


def test_another_shape_of_the_screen_is_a_change():
    assert not grid(Editor()).is_like(grid(Editor((1080, 1920))))


def test_what_is_covered_is_not_compared(before):
    box = Rect(60, 40 + 22 * 19 - 2, before.size[0] - 61, 24)
    edited = replace(before, edited=(22, "another line, which lies below the box"))
    one, other = (grid_of(each.raw(), *each.size, [box]) for each in (before, edited))
    assert one.is_like(other)
    assert not grid(before).is_like(grid(edited))


def test_small_edits_add_up_against_what_was_stored():
    words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    first = grid(Editor(edited=(10, "")))
    counts = [first.count_of_changes(grid(Editor(edited=(10, words[: 4 * step])))) for step in range(1, 20)]
    assert counts[0] <= 40 < counts[-1]
    assert counts == sorted(counts)
