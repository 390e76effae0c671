"""The gallery: hours, filters, selection, and what is done with what is selected."""

import asyncio

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip

from productify.domain import Capturing, PeriodKind
from productify.errors import KnownError
from productify_ui.text.gallery import gallery_words
from productify_ui.views.gallery.painter import parts_of
from productify_ui.widgets.popup import Menu
from productify_ui.window import Window
from ui.conftest import until
from ui.fake import OFFSCREEN
from ui.fake_shots import shot_at
from ui.gallery_stage import CTRL, SHIFT, answer, click, clock, on_gallery, page_of, picked, place_of

__all__ = ["on_gallery"]
pytestmark = OFFSCREEN
_KEY = Qt.Key


def _press(page, *keys, held=Qt.KeyboardModifier.NoModifier) -> None:
    page.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    for key in keys:
        QTest.keyClick(page.canvas, key, held)


def test_hours_and_filters_say_how_many_there_are(on_gallery):
    async def play(stage):
        page = page_of(stage)
        assert [hour.count for hour in page.canvas.grid.hours] == [3, 3, 3]
        assert page.canvas.accessibleName() == "Screenshots of Today: 9 shots"
        chips = [chip.accessibleName() for chip in page.filters.apps if chip.isVisible()]
        assert chips[:2] == ["VS Code, 5 screenshots", "Figma, 1 screenshots"]
        assert page.filters.only_blurred.accessibleName() == "Blurred, 1 screenshots"
        assert page.foot.used.text() == "2 MB of 5 GB used"
        assert page.foot.kept.text() == "About every 10m · kept 30 days · this device only"
        assert page.foot.used.toolTip() == "1.2 GB a month, 60 days left until the oldest are deleted"

    on_gallery(play)


def test_filters_narrow_and_let_go_again(on_gallery):
    async def play(stage):
        page = page_of(stage)
        page.filters.apps[0].click()
        await stage.settle()
        assert page.canvas.grid.count == 5
        page.filters.only_blurred.click()
        await stage.settle()
        assert [shot.app_name for shot in page.canvas.shown_shots()] == ["Slack"]
        page.filters.monitors.click()
        [menu] = page.filters.findChildren(Menu)
        [second] = [action for action in menu.actions() if action.text().startswith("DP-2")]
        menu.close()
        second.trigger()
        await stage.settle()
        assert page.canvas.grid.count == 0
        assert page.nothing.isVisible()
        assert page.nothing.note.title.text() == gallery_words.unmatched_title
        page.nothing.note.act.click()
        await stage.settle()
        assert page.canvas.grid.count == 9

    on_gallery(play)


def test_what_is_in_view_is_fetched_and_a_lost_file_is_no_trouble(on_gallery):
    async def play(stage):
        page, world = page_of(stage), stage.world.screenshots
        shots = page.canvas.shown_shots()
        lost = shots[2].id
        page.canvas.thumbnails.clear()
        world.gone.add(lost)
        page.mark_dirty()
        await stage.settle()
        thumbnails = page.canvas.thumbnails
        assert thumbnails.is_missing(lost)
        assert all(thumbnails.get(shot.id) is not None for shot in shots if shot.id != lost)
        assert {each for batch in world.asked for each in batch} == {shot.id for shot in world.shots}

    on_gallery(play)


def test_many_pictures_are_fetched_where_they_are_looked_at_only(on_gallery):
    async def play(stage):
        page, world = page_of(stage), stage.world.screenshots
        canvas = page.canvas
        assert canvas.grid.count == 1200
        seen = {each for batch in world.asked for each in batch}
        assert len(seen) < 150
        canvas.verticalScrollBar().setValue(canvas.verticalScrollBar().maximum())
        await stage.settle()
        last = canvas.shown_shots()[-1]
        assert last.id == world.shots[0].id
        assert canvas.thumbnails.get(last.id) is not None
        assert len({each for batch in world.asked for each in batch}) < 300
        assert canvas.thumbnails.bytes_kept < 64_000_000

    shots = [shot_at(clock(6) + (clock(16) - clock(6)) * n / 1200) for n in range(1200)]
    shots = [type(shot)(**{**_fields(shot), "id": f"{n:05d}"}) for n, shot in enumerate(shots)]
    on_gallery(play, shots)


def _fields(shot) -> dict:
    return {name: getattr(shot, name) for name in shot.__slots__}


def test_keys_go_from_picture_to_picture_and_select(on_gallery):
    async def play(stage):
        page = page_of(stage)
        _press(page, _KEY.Key_Home, _KEY.Key_Right, _KEY.Key_Space)
        assert picked(page) == [1]
        _press(page, _KEY.Key_Down, held=SHIFT)
        assert picked(page) == [1, 2, 3, 4]
        assert page.foot.selected.text() == "4 selected"
        _press(page, _KEY.Key_Escape)
        assert picked(page) == []
        _press(page, _KEY.Key_A, held=CTRL)
        assert len(picked(page)) == 9
        assert page.canvas.accessibleName() == "Screenshots of Today: 9 shots, 9 selected"

    on_gallery(play)


def test_the_mouse_selects_by_box_range_hour_and_band(on_gallery):
    async def play(stage):
        page = page_of(stage)
        box = parts_of(page.theme, page.canvas.grid.thumb(0), blurred=False)["check"].center()
        click(page, 0, corner=box - page.canvas.grid.thumb(0).topLeft())
        assert picked(page) == [0]
        click(page, 4, SHIFT)
        assert picked(page) == [0, 1, 2, 3, 4]
        click(page, 2)
        assert picked(page) == [0, 1, 3, 4]
        page.foot.none.click()
        head = page.canvas._link(1).center() + QPoint(page.canvas._side(), -page.canvas.verticalScrollBar().value())
        QTest.mouseClick(page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=head)
        assert picked(page) == [3, 4, 5]
        viewport, start, end = page.canvas.viewport(), place_of(page, 0), place_of(page, 4)
        QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(viewport, (start + end) / 2)
        QTest.mouseMove(viewport, end)
        QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)
        assert picked(page) == [0, 1, 3, 4]

    on_gallery(play)


def test_deleted_pictures_come_back(on_gallery):
    async def play(stage):
        page, world = page_of(stage), stage.world.screenshots
        _press(page, _KEY.Key_Home, _KEY.Key_Delete)
        await until(lambda: len(world.trashed) == 1)
        stage.context.bridge.changed.emit(frozenset({"screenshots"}))
        await until(lambda: page.canvas.grid.count == 8)
        [toast] = stage.window.toasts.shown
        assert toast.accessibleName() == "1 screenshot deleted It can be brought back for 24 hours."
        toast._acted()
        await until(lambda: len(world.shots) == 9)

    on_gallery(play)


def test_blurring_asks_first(on_gallery):
    async def play(stage):
        page, world = page_of(stage), stage.world.screenshots
        _press(page, _KEY.Key_A, held=CTRL)
        page.foot.blur.click()
        assert answer(stage.window, "Cancel") == "Blur 9 screenshots?"
        assert not world.log
        page.foot.blur.click()
        answer(stage.window, "Blur")
        await until(lambda: all(shot.is_blurred for shot in world.shots))
        assert world.log[0][0] == "blur"
        await until(lambda: not page.canvas.picked.ids)

    on_gallery(play)


def test_while_they_are_off_it_says_what_they_would_be_and_asks_for_the_yes(on_gallery):
    async def play(stage):
        page = page_of(stage)
        note = page.nothing.note
        assert note.isVisible()
        assert "Nothing is sent anywhere." in note.accessibleName()
        assert not page.foot.isVisible()
        note.act.click()
        answer(stage.window, "Cancel")
        assert not stage.world.log
        note.act.click()
        assert answer(stage.window, gallery_words.ask_on_yes) == gallery_words.ask_on
        await until(lambda: ("save", "screenshots_enabled", True) in stage.world.log)
        await until(lambda: note.title.text() == gallery_words.none_title)

    on_gallery(play, [], on=False)


def test_one_is_taken_now_or_why_not(on_gallery):
    async def play(stage):
        page, world = page_of(stage), stage.world.screenshots
        page.take.click()
        await until(lambda: ("take_now",) in world.log)
        world.refusal = KnownError("A private window is in view.", "Close it first.")
        page.take.click()
        await until(lambda: any("private window" in toast.accessibleName() for toast in stage.window.toasts.shown))

    on_gallery(play)


def test_a_pause_or_a_trouble_stands_above_the_pictures(on_gallery):
    async def play(stage):
        page = page_of(stage)
        assert not page.notice.isVisible()
        stage.world.set_status(capturing=Capturing.UNABLE, capture_problem="The disk is full.")
        await until(page.notice.isVisible)
        assert page.notice.hint.text() == "The disk is full."
        stage.world.set_status(capturing=Capturing.PAUSED, capture_problem=None)
        await until(lambda: page.notice.title.text() == gallery_words.paused)
        page.notice.button.click()
        await until(lambda: ("resume",) in stage.world.screenshots.log)
        stage.world.set_status(capturing=Capturing.ON)
        await until(lambda: not page.notice.isVisible())

    on_gallery(play)


def test_the_size_is_remembered_and_the_place_stays(on_gallery):
    async def play(stage):
        page = page_of(stage)
        columns = page.canvas.grid.columns
        page.filters.sizes.setFocus()
        QTest.keyClick(page.filters.sizes, _KEY.Key_Right)
        await stage.settle()
        assert page.canvas.grid.columns < columns
        assert stage.window.state().shot_size == "large"
        other = Window(stage.context, stage.window.state())
        assert stage.context.shot_size == "large"
        other.deleteLater()

    on_gallery(play)


def test_weeks_name_the_days_of_their_hours(on_gallery):
    async def play(stage):
        page = page_of(stage)
        page.period.show_kind(PeriodKind.WEEK)
        await stage.settle()
        assert page.canvas._hour_name(page.canvas.grid.hours[0]) == "Thu 19 Nov, 11:00"

    on_gallery(play)


def test_without_a_mouse_over_it_no_tip_and_no_timer_is_left(on_gallery):
    async def play(stage):
        page = page_of(stage)
        QTest.mouseMove(page.canvas.viewport(), place_of(page, 1))
        await asyncio.sleep(0)
        stage.window.open_page("dashboard")
        await stage.settle()
        assert not page.canvas.thumbnails._timer.isActive()
        assert not QToolTip.isVisible()

    on_gallery(play)


def _colour(picture) -> str:
    return picture.toImage().pixelColor(picture.rect().center() * picture.devicePixelRatio()).name()


def test_a_sharp_answer_from_before_the_blur_does_not_come_back(on_gallery):
    async def play(stage):
        page, world = page_of(stage), stage.world.screenshots
        thumbnails, blurred = page.canvas.thumbnails, world.shots[0].id
        ids = [shot.id for shot in page.canvas.shown_shots()]
        world.asked.clear()
        world.held = True
        thumbnails.clear()
        thumbnails.want(ids)
        await until(lambda: world.asked)
        world.colours[blurred] = "#808080"
        thumbnails.forget([blurred])
        world.held = False
        await until(lambda: thumbnails.settled)
        assert world.asked[1:] == [(blurred,)]
        assert _colour(thumbnails.get(blurred)) == "#808080"
        assert _colour(thumbnails.get(ids[0])) != "#808080"

    on_gallery(play)


def test_what_waits_to_be_decoded_is_forgotten_too(on_gallery):
    async def play(stage):
        page, world = page_of(stage), stage.world.screenshots
        thumbnails, blurred = page.canvas.thumbnails, world.shots[0].id
        thumbnails.clear()
        thumbnails._timer.setInterval(60_000)
        thumbnails.want([shot.id for shot in page.canvas.shown_shots()])
        await until(lambda: len(thumbnails._undecoded) == 9)
        world.colours[blurred] = "#808080"
        thumbnails.forget([blurred])
        assert len(thumbnails._undecoded) == 8
        await until(lambda: len(thumbnails._undecoded) == 9)
        thumbnails._timer.setInterval(1)
        await until(lambda: thumbnails.settled)
        assert _colour(thumbnails.get(blurred)) == "#808080"

    on_gallery(play)


def test_one_that_cannot_be_blurred_does_not_leave_the_others_sharp_in_view(on_gallery):
    async def play(stage):
        page, world = page_of(stage), stage.world.screenshots
        first, second = (shot.id for shot in page.canvas.shown_shots()[:2])
        world.unblurrable.add(first)
        world.colours[second] = "#808080"
        page.shot_actions.start_blur((first, second))
        await until(lambda: any("written anew" in toast.accessibleName() for toast in stage.window.toasts.shown))
        await stage.settle()
        assert _colour(page.canvas.thumbnails.get(second)) == "#808080"

    on_gallery(play)


def test_blurring_many_shows_how_far_it_is_and_can_be_stopped(on_gallery):
    async def play(stage):
        page, world = page_of(stage), stage.world.screenshots
        world.held = True
        page.shot_actions.start_blur(tuple(shot.id for shot in world.shots))
        await until(lambda: page.shot_actions.work is not None)
        work = page.shot_actions.work
        assert work.isVisible()
        assert work.parent() is stage.window
        assert work.accessibleName() == "Blurring screenshots, 1 of 30"
        work.stop.click()
        await until(lambda: not work.isVisible())
        assert sum(shot.is_blurred for shot in world.shots) == 1
        await until(lambda: stage.window.toasts.shown)
        [toast] = stage.window.toasts.shown
        assert toast.accessibleName() == "1 screenshot blurred Stopped: the others are as they were."
        world.held = False
        await stage.settle()

    on_gallery(play, [shot_at(clock(9, number)) for number in range(30)])


def test_blurring_few_shows_no_card(on_gallery):
    async def play(stage):
        page, world, told = page_of(stage), stage.world.screenshots, []
        page.shot_actions.progressed.connect(lambda done, whole: told.append((done, whole)))
        page.shot_actions.start_blur(tuple(shot.id for shot in world.shots))
        await until(lambda: stage.window.toasts.shown and len(told) == 9)
        assert told[-1] == (9, 9)
        assert page.shot_actions.work is None

    on_gallery(play)
