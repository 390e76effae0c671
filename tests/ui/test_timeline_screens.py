"""Screenshots on the timeline: their lane, the picture beside the mouse, and the one in the inspector."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from productify_ui.views.timeline.axis import Axis, milliseconds
from productify_ui.views.timeline.screens import ShotLane, nearest
from ui.conftest import until
from ui.fake import TODAY, ZONE
from ui.fake_shots import shot_at, shots_every

EIGHT = datetime(TODAY.year, TODAY.month, TODAY.day, 8, tzinfo=ZONE)
HOUR = 3_600_000


def _clock(hours: float) -> datetime:
    return EIGHT + timedelta(hours=hours)


@pytest.fixture
def on_timeline(on_stage):
    """Runs a play with the timeline in view, over a day with a shot every ten minutes from nine to twelve."""

    def perform(play, shots=None) -> None:
        async def opened(stage) -> None:
            stage.world.screenshots.shots[:] = shots_every(_clock(1), _clock(4), 10) if shots is None else shots
            stage.window.open_page("timeline")
            await stage.settle()
            await play(stage)

        on_stage(opened)

    return perform


def _hover(canvas, x: float, y: float) -> None:
    place = QPointF(x, y)
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, canvas.mapToGlobal(place), Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def _picture(page, index: int = 0) -> QPointF:
    """Return the middle of a picture in the lane."""
    canvas = page.canvas
    row, shots = canvas._painter.screens, canvas._painter.shots
    stack = canvas.shots.stacks(canvas.axis, shots.place())[index]
    return shots.area(stack, row.top, row.height).center() + QPointF(canvas._left(), 0)


def test_shots_share_places_that_keep_to_the_day():
    lane = ShotLane(shots_every(_clock(1), _clock(4), 10))
    low = milliseconds(EIGHT)
    axis = Axis.whole(low, low + 10 * HOUR, 1000)
    stacks = lane.stacks(axis, 100)
    assert [len(stack.shots) for stack in stacks] == [6, 6, 6]
    assert [stack.left for stack in stacks] == [100, 200, 300]
    near = lane.stacks(axis.showing(low + HOUR, low + 2 * HOUR), 100)
    assert [len(stack.shots) for stack in near] == [1] * 6
    panned = axis.showing(low + HOUR, low + 9 * HOUR).panned(37)
    assert sum(len(stack.shots) for stack in lane.stacks(panned, 100)) == 18
    assert all(stack.left > -100 for stack in lane.stacks(panned, 100))


def test_the_nearest_shot_is_found():
    shots = shots_every(_clock(1), _clock(2), 10)
    assert nearest(shots, milliseconds(_clock(1.5))) == shots[3]
    assert nearest((), 0) is None


def test_a_day_without_shots_has_no_lane(on_timeline):
    async def play(stage):
        canvas = stage.page.canvas
        assert canvas._painter.screens is None
        bare = canvas.sizeHint().height()
        stage.world.screenshots.shots.append(shot_at(_clock(2)))
        stage.page.refresh_now()
        await stage.settle()
        assert canvas._painter.screens is not None
        assert canvas.sizeHint().height() > bare

    on_timeline(play, [])


def test_pictures_come_for_what_is_in_view(on_timeline):
    async def play(stage):
        page = stage.page
        page.canvas.grab()
        first = page.canvas.shots.stacks(page.canvas.axis, page.canvas._painter.shots.place())[0].shots[0]
        await until(lambda: page._thumbs.get(first.id) is not None)
        image = page.canvas.grab().toImage()
        assert image.pixelColor(_picture(page).toPoint()).name() in ("#2b3a55", "#2b3b55")  # JPEG rounds

    on_timeline(play)


def test_the_mouse_on_a_picture_shows_it_with_what_was_in_front(on_timeline):
    async def play(stage):
        page = stage.page
        place = _picture(page)
        _hover(page.canvas, place.x(), place.y())
        assert page.hover.isVisible()
        assert page.hover._shot.captured_at == _clock(1)
        assert page.hover._block.app_name == "VS Code"
        page.hover.grab()
        _hover(page.canvas, place.x(), page.canvas.height() - 2)
        assert not page.hover.isVisible()

    on_timeline(play)


def test_the_mouse_on_an_activity_shows_its_picture(on_timeline):
    async def play(stage):
        page = stage.page
        canvas = page.canvas
        piece = canvas.lanes.activity.at(milliseconds(_clock(1.25)))
        row = canvas._painter.rows()[0]
        _hover(canvas, canvas._left() + canvas.axis.x(piece.start + 1000), row.top + row.height / 2)
        assert page.hover._shot is not None
        assert piece.start <= milliseconds(page.hover._shot.captured_at) < piece.end

    on_timeline(play)


def test_the_inspector_shows_a_picture_and_how_many_there_are(on_timeline):
    async def play(stage):
        page = stage.page
        page.select(page.canvas.lanes.activity.at(milliseconds(_clock(1.25))).block.id)
        assert page.inspector.preview.isVisible()
        assert page.inspector.preview.accessibleName() == "Open the screenshot of 09:20"
        page.inspector.preview.grab()
        page.select(page.canvas.lanes.activity.at(milliseconds(_clock(5.5))).block.id)
        assert not page.inspector.preview.isVisible()

    on_timeline(play)


def test_a_click_opens_the_shot_in_the_gallery(on_timeline):
    async def play(stage):
        page, asked = stage.page, []
        stage.context.place_wanted.disconnect()
        stage.context.place_wanted.connect(asked.append)
        QTest.mouseClick(page.canvas, Qt.MouseButton.LeftButton, pos=_picture(page, 1).toPoint())
        page.select(page.canvas.lanes.activity.at(milliseconds(_clock(1.25))).block.id)
        QTest.mouseClick(page.inspector.preview, Qt.MouseButton.LeftButton)
        assert [(place.page, place.period.first) for place in asked] == [("screenshots", TODAY)] * 2
        assert asked[1].moment == _clock(1 + 1 / 3)

    on_timeline(play)
