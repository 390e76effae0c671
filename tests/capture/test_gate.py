"""The gate before each picture: what it lets through for every scene, and that nothing hidden is ever left bare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from productify.capture.gate import View, decided
from productify.domain import Monitor, Pane, Rect, Scene, Skip
from productify.settings import Settings

LEFT, RIGHT = Monitor(1, "left", Rect(0, 0, 800, 600)), Monitor(2, "right", Rect(800, 0, 800, 600))
BOTH = (LEFT, RIGHT)
ON_LEFT, ON_RIGHT, ON_BOTH = Rect(10, 20, 300, 200), Rect(900, 100, 100, 100), Rect(700, 100, 200, 50)


def decide(*panes: Pane, **values: object) -> tuple[View, ...]:
    settings = Settings()
    for key, value in values.items():
        settings = settings.with_value(key, value)
    return decided(Scene(None, panes), BOTH, settings)


def skips(views: tuple[View, ...]) -> list[Skip | None]:
    return [view.skip for view in views]


def test_what_is_no_secret_is_taken_as_it_is():
    assert decide(Pane(1, ON_LEFT, None)) == (View(LEFT), View(RIGHT))
    assert decide() == (View(LEFT), View(RIGHT))


@pytest.mark.parametrize("skip", list(Skip))
def test_where_nothing_may_be_taken_no_monitor_is(skip):
    assert skips(decided(Scene(skip), BOTH, Settings())) == [skip, skip]


@pytest.mark.parametrize("why", [Skip.PRIVATE_WINDOW, Skip.PASSWORD_MANAGER, Skip.EXCLUDED_TITLE, Skip.EXCLUDED_SITE])
def test_the_monitors_a_hidden_window_lies_on_are_left_out(why):
    assert skips(decide(Pane(1, ON_RIGHT, why))) == [None, why]
    assert skips(decide(Pane(1, ON_BOTH, why))) == [why, why]
    assert skips(decide(Pane(1, None, why))) == [why, why]


def test_excluded_apps_are_covered_in_the_monitors_own_pixels():
    left, right = decide(Pane(1, ON_BOTH, Skip.EXCLUDED_APP))
    assert (left.boxes, right.boxes) == ((Rect(700, 100, 100, 50),), (Rect(0, 100, 100, 50),))
    assert skips((left, right)) == [None, None]


def test_excluded_apps_are_left_out_where_the_user_says_so_or_nobody_knows_where_they_are():
    assert skips(decide(Pane(1, ON_RIGHT, Skip.EXCLUDED_APP), screenshot_excluded="skip")) == [None, Skip.EXCLUDED_APP]
    assert skips(decide(Pane(1, None, Skip.EXCLUDED_APP))) == [Skip.EXCLUDED_APP, Skip.EXCLUDED_APP]


def test_blurring_reaches_the_monitors_that_show_it():
    assert [view.blurred for view in decide(Pane(1, ON_LEFT, None, blurred=True))] == [True, False]
    assert [view.blurred for view in decide(Pane(1, None, None, blurred=True))] == [True, True]
    assert [view.blurred for view in decide(blur_screenshots=True)] == [True, True]


_PLACES = st.integers(-300, 1900)
_RECTS = st.builds(Rect, _PLACES, _PLACES, st.integers(1, 1200), st.integers(1, 1200))
_HIDDEN = st.sampled_from([Skip.PRIVATE_WINDOW, Skip.PASSWORD_MANAGER, Skip.EXCLUDED_APP, Skip.EXCLUDED_SITE])
_PANES = st.builds(Pane, st.integers(1, 9), st.none() | _RECTS, st.none() | _HIDDEN, st.booleans())


@given(st.lists(_PANES, max_size=6), st.sampled_from(["cover", "skip"]), _PLACES, _PLACES)
def test_no_pixel_of_a_hidden_window_is_left_bare(panes, excluded, x, y):
    """For any point of any monitor that lies in a hidden window: no picture, or a box over it."""
    for view in decide(*panes, screenshot_excluded=excluded):
        rect = view.monitor.rect
        if not rect.overlaps(Rect(x, y, 1, 1)):
            continue
        over = [pane for pane in panes if pane.hidden and (pane.rect is None or pane.rect.overlaps(Rect(x, y, 1, 1)))]
        point = Rect(x - rect.left, y - rect.top, 1, 1)
        if over and view.skip is None:
            assert any(box.overlaps(point) for box in view.boxes)
            assert all(pane.hidden is Skip.EXCLUDED_APP and excluded == "cover" for pane in over)


@given(st.lists(_PANES, max_size=6))
def test_boxes_lie_within_their_monitor_and_nobody_is_left_out_without_cause(panes):
    for view in decide(*panes):
        for box in view.boxes:
            assert box.left >= 0
            assert box.top >= 0
            assert box.width > 0
            assert box.height > 0
            assert box.left + box.width <= view.monitor.rect.width
            assert box.top + box.height <= view.monitor.rect.height
        if view.skip is not None:
            near = [pane for pane in panes if pane.rect is None or pane.rect.overlaps(view.monitor.rect)]
            assert view.skip in {pane.hidden for pane in near}
