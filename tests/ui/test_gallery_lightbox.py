"""One screenshot over the window: stepping, scrubbing, zoom, covering, and the way back."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from productify_ui.views.gallery.lightbox import Lightbox
from productify_ui.widgets.popup import Menu
from ui.conftest import Stage, until
from ui.fake import OFFSCREEN
from ui.fake_shots import shot_at
from ui.gallery_stage import SHIFT, a_day, answer, click, clock, on_gallery, page_of

__all__ = ["on_gallery"]
pytestmark = OFFSCREEN
_KEY = Qt.Key
_PLAIN = Qt.KeyboardModifier.NoModifier


async def _opened(stage: Stage, index: int = 4) -> Lightbox:
    page = page_of(stage)
    page.canvas.setFocus()
    click(page, index)
    assert page.lightbox is not None
    await _shown(stage, page.lightbox)
    return page.lightbox


async def _shown(stage: Stage, box: Lightbox) -> None:
    await until(lambda: box.settled and box.stage.image is not None and not stage.context.bridge._tasks)


def _press(box: Lightbox, key, held=_PLAIN) -> None:
    QTest.keyClick(box.window().focusWidget() or box, key, held)


def test_it_says_what_is_known_of_the_picture(on_gallery):
    async def play(stage):
        box = await _opened(stage)
        assert box.accessibleName() == "Screenshot of Slack, 10:25, Thu 19 Nov"
        assert box.top.place.text() == "Thu 19 Nov · 5 of 9"
        side = box.side
        facts = [side.taken.text, side.category.text, side.display.text, side.weight.text]
        assert facts == ["10:25:00", "Communication", "1 of 2 · 2560 × 1440", "184 KB, WebP"]
        assert not side.seen.isVisible()
        assert not side.blur.isEnabled()
        assert side.note.text() == "Stored on this device. Screenshots are never shared with your team."
        assert (box.stage.image.width(), box.stage.image.height()) == (1920, 1080)

    on_gallery(play)


def test_only_an_encrypted_one_is_called_so(on_gallery):
    async def play(stage):
        box = await _opened(stage)
        assert box.side.note.text().startswith("Stored encrypted on this device.")

    on_gallery(play, [replace(shot, is_sealed=True) for shot in a_day()])


def test_arrows_step_by_pictures_and_hours_within_the_filter(on_gallery):
    async def play(stage):
        page = page_of(stage)
        page.filters.apps[0].click()
        await stage.settle()
        box = await _opened(stage, 2)
        assert box.top.clock.text() == "10:05"
        seen = []
        for key, held in ((_KEY.Key_Right, _PLAIN), (_KEY.Key_Right, _PLAIN), (_KEY.Key_Right, _PLAIN),
                          (_KEY.Key_Left, SHIFT), (_KEY.Key_Left, _PLAIN)):  # fmt: skip
            _press(box, key, held)
            await _shown(stage, box)
            seen.append(box.top.clock.text())
        assert seen == ["11:05", "11:45", "11:45", "10:05", "09:25"]
        assert box.top.place.text() == "Thu 19 Nov · 2 of 5"

    on_gallery(play)


def test_the_way_goes_on_to_the_day_before(on_gallery):
    async def play(stage):
        page_of(stage)._show_weeks()
        await stage.settle()
        box = await _opened(stage, 8)
        assert box.shot.captured_at == clock(9, 5)
        _press(box, _KEY.Key_Left)
        await until(lambda: box.shot.app_name == "Yesterday")
        await _shown(stage, box)
        assert box.top.place.text() == "Wed 18 Nov · 1 of 1"
        _press(box, _KEY.Key_Right)
        await until(lambda: box.shot.captured_at == clock(9, 5))

    on_gallery(play, [shot_at(clock(15) - timedelta(days=1), "Yesterday"), *a_day()])


def test_the_strip_scrubs_through_the_day(on_gallery):
    async def play(stage):
        box = await _opened(stage, 0)
        strip = box.scrubber._strip()
        y = round(strip.center().y())
        QTest.mousePress(box.scrubber, Qt.MouseButton.LeftButton, pos=QPoint(round(strip.left()), y))
        await _shown(stage, box)
        assert box.top.clock.text() == "09:05"
        QTest.mouseMove(box.scrubber, QPoint(round(strip.right()) - 1, y))
        QTest.mouseRelease(box.scrubber, Qt.MouseButton.LeftButton, pos=QPoint(round(strip.right()) - 1, y))
        await _shown(stage, box)
        assert box.top.clock.text() == "11:45"
        index, place = box.scrubber._places()[2]
        QTest.mouseClick(box.scrubber, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
        await _shown(stage, box)
        assert box.day.index_of(box.shot.id) == index

    on_gallery(play)


def test_zoom_keeps_what_is_under_the_mouse_and_ends_at_the_window(on_gallery):
    async def play(stage):
        box = await _opened(stage)
        view = box.stage
        assert box.top.zoom.text() == "Fit"
        corner = QPointF(view.width() * 0.25, view.height() * 0.5)
        before = view._share_of(corner)
        view.zoom_by(3, corner)
        after = view._share_of(corner)
        assert abs(before.x() - after.x()) < 0.01
        assert box.top.zoom.text().endswith("%")
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
        QTest.mouseMove(view, QPoint(4000, 4000))
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(4000, 4000))
        assert view._area().left() <= 0.5
        assert view._area().top() <= 0.5
        _press(box, _KEY.Key_0)
        assert view.percent is None
        _press(box, _KEY.Key_Minus)
        assert view.percent is None

    on_gallery(play)


def test_parts_are_covered_once_it_was_said_that_it_lasts(on_gallery):
    async def play(stage):
        box = await _opened(stage, 0)
        world, view = stage.world.screenshots, box.stage
        _press(box, _KEY.Key_C)
        assert box.bar.isVisible()
        assert not box.bar.apply.isEnabled()
        area = view._area()
        start, end = (QPoint(round(area.left() + area.width() * at), round(area.top() + area.height() * at))
                      for at in (0.25, 0.5))  # fmt: skip
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(view, end)
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
        assert len(view.boxes) == 1
        _press(box, _KEY.Key_Escape)
        assert box.isVisible()
        assert not view.boxes
        _press(box, _KEY.Key_C)
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(view, end)
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
        _press(box, _KEY.Key_Return)
        await until(lambda: any(entry[0] == "cover" for entry in world.log))
        [(_what, _shot, (covered,))] = [entry for entry in world.log if entry[0] == "cover"]
        assert all(abs(share - 0.25) < 0.01 for share in covered)
        await until(lambda: not box.side.blur.isEnabled())

    on_gallery(play)


def test_deleting_shows_the_next_and_the_last_one_closes(on_gallery):
    async def play(stage):
        box = await _opened(stage, 0)
        _press(box, _KEY.Key_Delete)
        await until(lambda: len(stage.world.screenshots.trashed) == 1)
        await _shown(stage, box)
        assert box.top.clock.text() == "09:05"
        [toast] = stage.window.toasts.shown
        assert "1 screenshot deleted" in toast.accessibleName()
        _press(box, _KEY.Key_Delete)
        await until(lambda: not box.isVisible())

    on_gallery(play, a_day()[:2])


def test_it_leads_to_the_timeline_and_gives_the_keyboard_back(on_gallery):
    async def play(stage):
        page = page_of(stage)
        box = await _opened(stage)
        taken = box.shot.captured_at
        QTest.keyClick(box, _KEY.Key_Tab)
        assert box.isAncestorOf(QApplication.focusWidget())
        _press(box, _KEY.Key_Escape)
        assert not box.isVisible()
        assert QApplication.focusWidget() is page.canvas
        assert page.canvas.current.captured_at == taken
        places = []
        stage.context.place_wanted.connect(places.append)
        box = await _opened(stage)
        _press(box, _KEY.Key_T)
        assert (places[0].page, places[0].moment) == ("timeline", taken)
        assert not box.isVisible()
        await stage.settle()

    on_gallery(play)


def test_a_copy_goes_to_the_clipboard_or_into_a_file(on_gallery, tmp_path: Path):
    async def play(stage):
        box = await _opened(stage)
        box.side.copy.click()
        assert QGuiApplication.clipboard().image().width() == 1920
        target = tmp_path / "copy.webp"
        box.deeds.save(box.shot, str(target))
        await until(target.exists)
        box.deeds.save(box.shot, str(tmp_path / "nowhere" / "copy.webp"))
        said = lambda: [toast.accessibleName() for toast in stage.window.toasts.shown]  # noqa: E731
        await until(lambda: any("could not be saved" in text for text in said()))

    on_gallery(play)


def test_the_same_is_done_to_all_of_an_app(on_gallery):
    async def play(stage):
        box, world = await _opened(stage, 0), stage.world.screenshots

        async def choose(start: str) -> None:
            box.side.more.click()
            await until(lambda: bool(box.findChildren(Menu)))
            menu = box.findChildren(Menu)[-1]
            [action] = [each for each in menu.actions() if each.text().startswith(start)]
            menu.close()
            action.trigger()
            await until(lambda: not stage.context.bridge._tasks)

        await choose("Blur all 5 of VS Code")
        assert answer(box, "Blur") == "Blur all 5 screenshots of VS Code?"
        await until(lambda: sum(shot.is_blurred for shot in world.shots) == 6)
        await _shown(stage, box)
        await choose("Never track VS Code")
        answer(box, "Never track it")
        await until(lambda: ("save", "excluded_apps", ("VS Code",)) in stage.world.log)
        await choose("Delete all 5 of VS Code")
        await until(lambda: len(world.trashed) == 5)

    on_gallery(play)


def test_a_lost_file_is_said_and_the_way_goes_on(on_gallery):
    async def play(stage):
        page = page_of(stage)
        stage.world.screenshots.gone.add(page.canvas.rows.get(0).id)
        click(page, 0)
        box = page.lightbox
        await until(lambda: "no longer there" in box.stage._trouble and box.settled)
        _press(box, _KEY.Key_Left)
        await _shown(stage, box)
        assert box.top.clock.text() == "11:25"

    on_gallery(play)


def test_it_is_dark_in_a_light_window(on_gallery):
    async def play(stage):
        stage.window.theme.choose("light")
        try:
            box = await _opened(stage)
            assert box.grab().toImage().pixelColor(2, 2).lightness() < 20
        finally:
            stage.window.theme.choose("dark")

    on_gallery(play)
