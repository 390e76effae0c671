"""Looking for screenshots by their titles and their words."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest

from productify.domain import Health, Word
from ui.conftest import until
from ui.fake import TODAY, ZONE
from ui.fake_shots import shot_at

NINE = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=ZONE)
LONG_AGO = NINE - timedelta(days=40)


@pytest.fixture
def on_gallery(on_stage):
    """Runs a play with the gallery in view: two shots of today, and one of long ago that says something."""

    def perform(play, size=(1440, 900)) -> None:
        async def opened(stage) -> None:
            gallery = stage.world.screenshots
            gallery.shots[:] = [shot_at(LONG_AGO, "Firefox"), shot_at(NINE), shot_at(NINE + timedelta(minutes=9))]
            gallery.words[gallery.shots[0].id] = (Word("quarterly", 0.25, 0.5, 0.25, 0.1),)
            stage.window.open_page("screenshots")
            await stage.settle()
            await play(stage)

        on_stage(opened, size=size)

    return perform


async def _look_for(stage, text: str) -> None:
    page = stage.page
    page.finder.setText(text)
    await until(lambda: page.settled and page.canvas.grid.count == len(_found(stage, text)))


def _found(stage, text: str) -> list:
    gallery = stage.world.screenshots
    return [shot for shot in gallery.shots if text in f"{shot.window_title} {shot.app_name} {gallery.said(shot.id)}"]


def test_a_word_finds_pictures_of_all_days_and_is_marked_in_them(on_gallery):
    async def play(stage):
        page = stage.page
        assert page.canvas.grid.count == 2
        await _look_for(stage, "quarterly")
        assert page.canvas.grid.count == 1
        assert not page.filters.isVisible()
        page.open_shot(stage.world.screenshots.shots[0])
        box = page.lightbox.stage
        await until(lambda: bool(box._words))
        await until(lambda: page.lightbox.settled)
        area, image = box._area(), box.grab().toImage()
        assert image.pixelColor(_share(area, 0.3, 0.55)) != image.pixelColor(_share(area, 0.3, 0.8))
        page.lightbox.close_box()
        page.finder.clear()
        await until(lambda: page.settled and page.canvas.grid.count == 2)
        assert page.filters.isVisible()

    on_gallery(play)


def _share(area: QRectF, across: float, down: float) -> QPoint:
    return QPoint(round(area.left() + area.width() * across), round(area.top() + area.height() * down))


def test_the_slash_leads_to_the_field_and_escape_empties_it(on_gallery):
    async def play(stage):
        page = stage.page
        page.canvas.setFocus()
        QTest.keyClick(page.window(), Qt.Key.Key_Slash)
        await until(page.finder.hasFocus)
        QTest.keyClicks(page.finder, "Fire")
        await until(lambda: page.canvas.grid.count == 1)
        QTest.keyClick(page.finder, Qt.Key.Key_Escape)
        await until(lambda: page.canvas.grid.count == 2)

    on_gallery(play)


def test_the_field_says_how_words_can_be_found_too(on_gallery):
    async def play(stage):
        page, words = stage.page, stage.world.words
        assert page.finder.placeholderText() == "Search window titles"
        assert not page.finder_note.isVisible()
        page.finder.setText("VS")
        await until(page.finder_note.button.isVisible)
        page.finder_note.button.click()
        await until(lambda: ("save", "screenshot_text", True) in stage.world.log)
        await until(lambda: page.finder.placeholderText() == "Search titles and words")
        assert not page.finder_note.isVisible()
        words.reader = replace(
            words.reader,
            health=Health.MISSING,
            detail="Tesseract is missing.",
            fix="Install it.",
            command="pip install x",
        )
        page.refresh_now()
        await until(page.finder_note.isVisible)
        assert page.finder_note.sentence.text().endswith("Tesseract is missing. Install it. pip install x")
        assert not page.finder_note.button.isVisible()

    on_gallery(play)


def test_nothing_found_can_be_taken_back(on_gallery):
    async def play(stage):
        page = stage.page
        await _look_for(stage, "no such thing")
        assert page.nothing.isVisible()
        page.nothing.acted.emit()
        await until(lambda: page.canvas.grid.count == 2)
        assert page.finder.text() == ""

    on_gallery(play)
