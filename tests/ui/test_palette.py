"""Search or jump, by the keyboard, over the real service."""

from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from productify_ui.views.palette.entries import Entry, fits
from productify_ui.views.palette.palette import Palette
from ui.conftest import until
from ui.fake import OFFSCREEN
from ui.real import RealStage, demo_record, on_real_stage

__all__ = ["demo_record", "on_real_stage"]
pytestmark = OFFSCREEN


def _palette(stage: RealStage) -> Palette:
    [palette] = stage.window.findChildren(Palette)
    return palette


async def _typed(stage: RealStage, text: str) -> Palette:
    """Open it by its keys, type, and wait for the answer."""
    QTest.keyClick(stage.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = _palette(stage)
    assert palette.isVisible()
    QTest.keyClicks(palette.field, text)
    return palette


def _entries(palette: Palette) -> list[Entry]:
    rows = range(palette.entries.rowCount())
    return [entry for row in rows if (entry := palette.entries.entry(row)) is not None]


def _groups(palette: Palette) -> set[str]:
    return {entry.group for entry in _entries(palette)}


def test_a_page_is_reached_by_its_first_letters(on_real_stage):
    async def play(stage):
        palette = await _typed(stage, "timel")
        assert _entries(palette)[0].title == "Timeline"
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        assert (stage.window.page_key, palette.isVisible()) == ("timeline", False)
        await stage.settle()

    on_real_stage(play)


def test_a_title_leads_to_its_moment_on_the_timeline(on_real_stage):
    async def play(stage):
        palette = await _typed(stage, "brush atlas")
        await until(lambda: "In your record" in _groups(palette))
        chosen = next(entry for entry in _entries(palette) if entry.detail.startswith("brush.py"))
        while palette.entries.entry(palette.list.currentIndex().row()) is not chosen:
            QTest.keyClick(palette.field, Qt.Key.Key_Down)
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        await until(lambda: stage.window.page_key == "timeline" and stage.window.page.canvas.selection)
        block = stage.window.page._block(stage.window.page.canvas.selection)
        assert block.window_title.startswith("brush.py - atlas")
        (hit,) = [
            hit for hit in await stage.ask(lambda service: service.search.find("brush atlas app:vs"))
            if hit.title == block.window_title
        ]  # fmt: skip
        assert block.start == hit.first_start

    on_real_stage(play)


def test_a_date_leads_to_its_day_and_a_week_to_the_dashboard(on_real_stage):
    async def play(stage):
        palette = await _typed(stage, "last tuesday")
        await until(lambda: "Days" in _groups(palette))
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        assert stage.window.page_key == "timeline"
        assert stage.window.page.period.period.first == date(2026, 11, 17)
        await stage.settle()
        palette = await _typed(stage, "last week")
        await until(lambda: "Days" in _groups(palette))
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        assert stage.window.page_key == "dashboard"
        assert stage.window.page.period.period.first == date(2026, 11, 9)
        assert stage.window.page.period.period.day_count == 7
        await stage.settle()

    on_real_stage(play)


def test_an_app_narrows_the_search(on_real_stage):
    async def play(stage):
        palette = await _typed(stage, "slac")
        await until(lambda: "Apps" in _groups(palette))
        row = next(row for row in range(palette.entries.rowCount()) if _is_app(palette, row))
        rect = palette.list.visualRect(palette.entries.index(row, 0))
        QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
        assert palette.field.text() == 'app:"Slack" '
        await until(lambda: {entry.title for entry in _entries(palette)} == {"Slack"})

    on_real_stage(play)


def _is_app(palette: Palette, row: int) -> bool:
    entry = palette.entries.entry(row)
    return entry is not None and bool(entry.narrows)


def test_what_fits_nothing_says_how_to_go_on(on_real_stage):
    async def play(stage):
        palette = await _typed(stage, "zzqq")
        await until(lambda: palette.nothing.isVisible())
        assert "zzqq" in palette.nothing.text()
        assert "last tuesday" in palette.nothing.text()
        QTest.keyClick(palette.field, Qt.Key.Key_Escape)
        assert not palette.isVisible()

    on_real_stage(play)


def test_a_click_beside_it_closes_it_and_gives_the_keyboard_back(on_real_stage):
    async def play(stage):
        button = stage.window.page.search_button
        button.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        palette = _palette(stage)
        QTest.mouseClick(palette._scrim, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        assert not palette.isVisible()
        assert stage.window.focusWidget() is button

    on_real_stage(play)


def test_it_fits_a_small_window_and_its_rows_go_round(on_real_stage):
    async def play(stage):
        palette = await _typed(stage, "")
        plate = palette._plate.geometry()
        assert palette.rect().contains(plate.adjusted(36, 36, -36, -36))
        first = palette.list.currentIndex().row()
        QTest.keyClick(palette.field, Qt.Key.Key_Up)
        assert palette.list.currentIndex().row() == palette.entries.rowCount() - 1
        QTest.keyClick(palette.field, Qt.Key.Key_Down)
        assert palette.list.currentIndex().row() == first

    on_real_stage(play, (960, 640))


def test_every_typed_word_begins_a_word_of_the_title():
    assert fits("tra ho", "Pause tracking for an hour")
    assert fits("", "Dashboard")
    assert not fits("rack", "Pause tracking for an hour")
