"""What holds for every page: all of it by keyboard, all of it with a name, none of it cut off."""

import asyncio
import itertools

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QSizePolicy, QToolButton, QWidget

from productify_ui.widgets.base import Painted
from ui.conftest import until

PAGES = (
    "dashboard", "timeline", "screenshots", "settings", "focus", "focus/history", "focus/schedule", "focus/lists",
)  # fmt: skip


@pytest.fixture
def on_page(on_stage):
    """Runs a play on a page, at a size and a text size in percent."""

    def perform(play, page: str, size: tuple[int, int] = (1440, 900), scale: int = 100) -> None:
        async def opened(stage) -> None:
            stage.window.open_page(page)
            await stage.settle()
            stage.window.theme.choose(text_scale=scale)
            if page == "timeline":
                stage.page.select(stage.page.list.model.blocks[13].id)
                await until(stage.page.inspector.isVisible)
            await _laid_out(stage.window)
            try:
                await play(stage)
            finally:
                stage.window.theme.choose(text_scale=100)

        on_stage(opened, size=size)

    return perform


async def _laid_out(window: QWidget) -> None:
    """Wait until no layout moves anything any more; some only come to it in later turns of the loop."""
    before, now = None, _places(window)
    async with asyncio.timeout(5):
        while now != before:
            await asyncio.sleep(0.03)
            before, now = now, _places(window)


def _places(window: QWidget) -> list[QRect]:
    return [widget.geometry() for widget in window.findChildren(QWidget) if widget.isVisible()]


def _reachable(window: QWidget) -> list[QWidget]:
    """Return what Tab reaches, in its order."""
    found, widget = [], window
    while (widget := widget.nextInFocusChain()) is not window:
        policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if policy and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None:
            found.append(widget)
    return found


def _place(window: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("page", PAGES)
def test_everything_that_takes_the_keyboard_has_a_name(on_page, page):
    async def play(stage):
        reachable = _reachable(stage.window)
        assert len(reachable) > 5
        for widget in reachable:
            spoken = QAccessible.queryAccessibleInterface(widget)
            assert spoken.text(QAccessible.Text.Name).strip(), widget

    on_page(play, page)


@pytest.mark.parametrize("page", PAGES)
def test_tab_goes_from_left_to_right_and_down(on_page, page):
    async def play(stage):
        window = stage.window
        reachable = _reachable(window)
        wanted = {
            widget
            for widget in window.findChildren(QAbstractButton)
            if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        }
        assert wanted <= set(reachable)
        places = [(widget, _place(window, widget)) for widget in reachable]
        for (one, before), (other, after) in itertools.pairwise(places):
            back = after.center().x() < before.left() and after.center().y() < before.top()
            assert not back, f"{one} then {other}: {before} then {after}"

    on_page(play, page)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("size", "scale"),
    [((1440, 900), 100), ((960, 640), 100), ((1440, 900), 90), ((1440, 900), 150), ((960, 640), 150)],
)
def test_no_text_is_cut_off(on_page, page, size, scale):
    async def play(stage):
        cut = [_said(widget) for widget in stage.window.findChildren(QWidget) if widget.isVisible() and _is_cut(widget)]
        assert not cut, cut

    on_page(play, page, size, scale)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("size", [(960, 640), (1024, 700), (1280, 800), (1440, 900)])
def test_nothing_is_wider_than_its_window(on_page, page, size):
    async def play(stage):
        for scale in (90, 100, 115, 130, 150):
            stage.window.theme.choose(text_scale=scale)
            await _laid_out(stage.window)
            wide = [_outgrown(each) for each in stage.window.findChildren(QScrollArea) if each.isVisible()]
            assert [each for each in wide if each] == [], f"at {scale} %"

    on_page(play, page, size)


def _outgrown(area: QScrollArea) -> str:
    """Return which sheet is wider than what can be seen of it, "" where none is."""
    sheet, seen = area.widget(), area.viewport().width()
    return "" if sheet is None or sheet.width() <= seen else f"{type(sheet).__name__}: {sheet.width()} of {seen}"


def _said(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    where = type(widget.parentWidget()).__name__
    return f"{type(widget).__name__} {text!r} in {where}: {widget.size().toTuple()} of {widget.sizeHint().toTuple()}"


def _is_cut(widget: QWidget) -> bool:
    """Whether something has less room than it asks for; a text that may end in an ellipsis asks for height alone."""
    if isinstance(widget, Painted) and widget.sizePolicy().verticalPolicy() is QSizePolicy.Policy.Fixed:
        return widget.height() < widget.sizeHint().height()
    if isinstance(widget, QToolButton):
        return False  # the signs in a text field, which Qt places
    if isinstance(widget, QAbstractButton):
        hint = widget.minimumSizeHint()
        return widget.width() < hint.width() or widget.height() < hint.height()
    if not isinstance(widget, QLabel) or not widget.text():
        return False
    if widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width()) - 1
    hint = widget.minimumSizeHint()
    return widget.width() < hint.width() or widget.height() < hint.height()
