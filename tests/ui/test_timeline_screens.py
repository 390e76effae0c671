"""Screenshots on the timeline: their lane, the picture beside the mouse, and the one in the inspector."""

import time
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from productify_ui.views.timeline.axis import Axis, milliseconds
from productify_ui.views.timeline.screens import ShotLane, nearest
from productify_ui.views.timeline.thumbs import Thumbs
from ui.conftest import until
from ui.fake import TODAY, ZONE
from ui.fake_shots import jpeg, shot_at, shots_every

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


def _middle(picture) -> str:
    return picture.toImage().pixelColor(picture.rect().center()).name()


def _blur_one(world, index: int) -> str:
    """Blur a picture as the gallery or the command line does, and return its id."""
    shot = world.shots[index]
    world.colours[shot.id] = "#808080"
    world.shots[index] = replace(shot, is_blurred=True, file_size=12_000)
    return shot.id


def test_a_picture_that_was_blurred_is_fetched_anew_and_the_others_are_kept(on_timeline):
    async def play(stage):
        page, world = stage.page, stage.world.screenshots
        page.canvas.grab()
        await stage.settle()
        before = dict(page._thumbs._held)
        blurred = _blur_one(world, 0)
        assert _middle(before.pop(blurred)) != "#808080"
        world.asked.clear()
        page.refresh_now()
        await until(lambda: (new := page._thumbs.get(blurred)) is not None and _middle(new) == "#808080")
        assert world.asked == [(blurred,)]
        assert before
        assert all(page._thumbs.get(each) is picture for each, picture in before.items())
        assert page.canvas.grab().toImage().pixelColor(_picture(page).toPoint()).name() == "#808080"

    on_timeline(play)


def test_an_answer_from_before_the_blur_does_not_come_back(on_timeline):
    async def play(stage):
        page, world = stage.page, stage.world.screenshots
        await stage.settle()
        unseen = next(shot.id for shot in world.shots if not page._thumbs._held.get(shot.id))
        world.asked.clear()
        world.held = True
        page._thumbs.get(unseen)
        await until(lambda: world.asked == [(unseen,)])
        _blur_one(world, [shot.id for shot in world.shots].index(unseen))
        page.refresh_now()
        await until(lambda: any(shot.is_blurred for shot in page.canvas.shots.shots))
        world.held = False
        await until(lambda: not page._thumbs._fetching and not page._thumbs._coming)
        assert page._thumbs.get(unseen) is None
        await until(lambda: page._thumbs.get(unseen) is not None)
        assert _middle(page._thumbs.get(unseen)) == "#808080"

    on_timeline(play)


def test_a_picture_that_was_missing_is_sought_again_when_the_day_is_loaded(on_timeline):
    async def play(stage):
        page, world = stage.page, stage.world.screenshots
        first = world.shots[0].id
        world.gone.add(first)
        page._thumbs.forget([first])
        page._thumbs.get(first)
        await until(lambda: first in page._thumbs._missing)
        world.gone.clear()
        page.refresh_now()
        await until(lambda: page._thumbs.get(first) is not None)

    on_timeline(play)


def test_pictures_are_decoded_in_slices_and_told_of_once(on_timeline, monkeypatch):
    async def play(stage):
        thumbs, told, data = stage.page._thumbs, [], jpeg()
        await stage.settle()
        monkeypatch.setattr("productify_ui.views.timeline.thumbs._SLICE", 0.0005)
        turns: list[int] = []
        monkeypatch.setattr(Thumbs, "_decode", _slow(Thumbs._decode))
        thumbs._timer.timeout.connect(lambda: turns.append(len(thumbs._undecoded)))
        thumbs.arrived.connect(lambda: told.append(True))
        ids = [f"other-{number}" for number in range(6)]
        thumbs._coming.update(ids)
        thumbs._take(ids, dict.fromkeys(ids, data))
        await until(lambda: not thumbs._undecoded)
        assert turns == [5, 4, 3, 2, 1, 0]
        assert told == [True]
        assert all(thumbs.get(each) is not None for each in ids)

    on_timeline(play)


def _slow(decode):
    def slow(self, shot_id: str, data: bytes) -> None:
        time.sleep(0.001)
        decode(self, shot_id, data)

    return slow
