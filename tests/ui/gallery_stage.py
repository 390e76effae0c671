"""The gallery over the scripted service, and the hands of whoever uses it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from productify.domain import Shot
from productify_ui.views.gallery import GalleryPage
from productify_ui.widgets.button import Button
from productify_ui.widgets.dialog import Dialog
from ui.conftest import Stage, until
from ui.fake import TODAY, ZONE
from ui.fake_shots import shot_at

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def clock(hour: int, minute: int = 0) -> datetime:
    """Return a moment of today."""
    return datetime.combine(TODAY, datetime.min.time(), ZONE) + timedelta(hours=hour, minutes=minute)


def a_day() -> list[Shot]:
    """Return pictures of three hours: five apps, two monitors, two of them blurred."""
    names = ("VS Code", "VS Code", "Figma", "VS Code", "Slack", "Terminal", "VS Code", "Firefox", "VS Code")
    moments = [clock(9, 5), clock(9, 25), clock(9, 45), clock(10, 5), clock(10, 25), clock(10, 45), clock(11, 5),
               clock(11, 25), clock(11, 45)]  # fmt: skip
    return [_shot(moment, name, number) for number, (moment, name) in enumerate(zip(moments, names, strict=True))]


def _shot(moment: datetime, name: str, number: int) -> Shot:
    chats = name == "Slack"
    return shot_at(
        moment, name, is_blurred=chats, category="communication" if chats else "development",
        monitor=f"DP-{1 + number % 2}", monitor_number=1 + number % 2,
    )  # fmt: skip


@pytest.fixture
def on_gallery(on_stage):
    """Runs a play with the screenshots in view; `shots` are those of the service, `on` whether they are taken."""

    def perform(play, shots: Sequence[Shot] | None = None, size=(1440, 900), *, on: bool = True) -> None:
        async def opened(stage: Stage) -> None:
            stage.world.screenshots.shots[:] = a_day() if shots is None else shots
            await stage.context.preferences.save("screenshots_enabled", on)
            stage.world.log.clear()
            stage.window.open_page("screenshots")
            await stage.settle()
            try:
                await play(stage)
            finally:
                await until(lambda: not stage.context.bridge._tasks)

        on_stage(opened, size=size)

    return perform


def page_of(stage: Stage) -> GalleryPage:
    """Return the gallery."""
    assert isinstance(stage.page, GalleryPage)
    return stage.page


def place_of(page: GalleryPage, index: int, corner: QPoint | None = None) -> QPoint:
    """Return where a picture's middle, or a place within it, lies in the viewport."""
    canvas = page.canvas
    thumb = canvas.grid.thumb(index)
    inside = thumb.center() if corner is None else thumb.topLeft() + corner
    return inside + QPoint(canvas._side(), -canvas.verticalScrollBar().value())


def click(page: GalleryPage, index: int, held=Qt.KeyboardModifier.NoModifier, corner: QPoint | None = None) -> None:
    """Click on a picture."""
    place = place_of(page, index, corner)
    QTest.mouseMove(page.canvas.viewport(), place)
    QTest.mouseClick(page.canvas.viewport(), Qt.MouseButton.LeftButton, held, place)


def picked(page: GalleryPage) -> list[int]:
    """Return the indexes of what is selected."""
    canvas = page.canvas
    return [n for n in range(canvas.grid.count) if (shot := canvas.rows.get(n)) and shot.id in canvas.picked.ids]


def answer(over: QWidget, text: str) -> str:
    """Press a button of the question that is open, and return the question."""
    [dialog] = [each for each in over.findChildren(Dialog) if each.isVisible()]
    [button] = [each for each in dialog.findChildren(Button) if each.text() == text]
    button.click()
    return dialog.windowTitle()
