"""What was skipped, where the key is, and one play through all layers."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from productify.clock import SettableClock
from productify.domain import Capability, Health, KeyPlace, PeriodKind, Skip, Skipped
from productify.paths import open_data_dir
from productify.service import Service
from productify.settings import Section
from productify_ui.models.skips import SkipColumn
from productify_ui.text.skips import reason_text
from productify_ui.views.gallery import GalleryPage
from ui.conftest import until
from ui.fake import OFFSCREEN
from ui.gallery_stage import answer, clock, on_gallery, page_of
from ui.real import NOW, on_real_stage

__all__ = ["on_gallery", "on_real_stage"]
pytestmark = OFFSCREEN
_SKIPS = (
    Skipped(clock(14, 5), clock(14, 22), Skip.PRIVATE_WINDOW, "DP-2", 3),
    Skipped(clock(11), clock(11, 30), Skip.AWAY, None, 4),
    Skipped(clock(9), clock(9), Skip.PRIVATE_WINDOW, "DP-1", 1),
)
_INSTANT = timedelta(milliseconds=1)


@pytest.fixture(scope="module")
def demo_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two days of a made-up person, the last one with pictures."""
    folder = tmp_path_factory.mktemp("pictured")

    async def fill() -> None:
        service = await Service.open(open_data_dir(folder), record=False, clock=SettableClock(NOW))
        try:
            await service.demonstration.fill(2, 8, 300, lambda _done, _all: None, pictured=1)
        finally:
            await service.close()

    asyncio.run(fill())
    return folder


@pytest.mark.parametrize("reason", Skip)
def test_every_reason_has_a_sentence(reason):
    assert len(reason_text(reason).split()) >= 3


def test_it_says_when_where_and_why_and_sums_up(on_gallery):
    async def play(stage):
        page = page_of(stage)
        stage.world.screenshots.skips = _SKIPS
        page.foot.link.click()
        await stage.settle()
        audit = page.audit
        assert not page.foot.isVisible()
        rows = [
            [audit.model.index(row, column).data() for column in SkipColumn] for row in range(audit.model.rowCount())
        ]
        assert rows == [
            ["14:05 – 14:22", "DP-2", "A private browser window was in view", "3 pictures"],
            ["11:00 – 11:30", "All displays", "Nobody was at the keyboard", "4 pictures"],
            ["09:00", "DP-1", "A private browser window was in view", "1 picture"],
        ]
        assert audit._sums.count() == 2
        page.period.show_kind(PeriodKind.WEEK)
        await stage.settle()
        assert audit.model.index(0, 0).data() == "Thu 19 Nov, 14:05 – 14:22"
        audit.back.click()
        assert page.canvas.isVisible()
        assert QApplication.focusWidget() is page.canvas

    on_gallery(play)


def test_the_settings_lead_to_it_and_say_what_works(on_gallery):
    async def play(stage):
        world = stage.world.screenshots
        world.place = KeyPlace.FILE
        stage.window.open_page("settings/Screenshots")
        await stage.settle()
        page = stage.page
        assert page.shots_note.text.splitlines() == [
            "2 MB of 5 GB used. 1.2 GB a month, 60 days left until the oldest are deleted",
            "Encrypted with a key kept in the data folder, as the system's keyring could not be used.",
        ]
        missing = Capability(
            "screenshots", "Screenshots", Health.MISSING, "none", "No way to take them.", "Install grim."
        )
        page.shots_note.show_capabilities((missing,))
        assert page.shots_note.text.startswith("No way to take them. Install grim.")
        page.search.setText("theme")
        assert not page.shots_note.isVisible()
        page.search.clear()
        assert page.contents._items[Section.SCREENSHOTS].isVisible()
        page.shots_note.link.click()
        await stage.settle()
        assert page_of(stage).audit.isVisible()

    on_gallery(play)


def test_through_all_layers_what_is_deleted_is_gone_and_comes_back(on_real_stage):
    async def play(stage):
        page = stage.window.page
        assert isinstance(page, GalleryPage)
        count = page.canvas.grid.count
        assert count > 5
        shot = page.canvas.rows.get(1)
        page.open_shot(shot)
        box = page.lightbox
        await until(lambda: box.stage.image is not None and box.settled)
        assert (box.stage.image.width(), box.stage.image.height()) == (shot.width, shot.height)
        box._delete()
        await until(lambda: page.canvas.grid.count == count - 1)
        stage.window.toasts.shown[-1]._acted()
        await until(lambda: page.canvas.grid.count == count)
        box.open_shot(shot, page.canvas.rows.which)
        await until(lambda: box.settled and box.stage.image is not None)
        before = box.stage.image.copy()
        box.side.blur.click()
        answer(box, "Blur")
        await until(lambda: not box.side.blur.isEnabled() and box.stage.image != before, 10)
        again = await stage.ask(lambda service: service.screenshots.shot(shot.id))
        assert again.is_blurred
        assert again == replace(shot, is_blurred=True, file_size=again.file_size)
        box.close_box()
        await until(lambda: page.settled and not stage.context.bridge._tasks)
        hour = await stage.ask(
            lambda service: service.screenshots.between(shot.captured_at, shot.captured_at + _INSTANT)
        )
        assert [each.id for each in hour] == [shot.id]

    on_real_stage(play, page="screenshots")
