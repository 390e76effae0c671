"""The focus page over the real service: a session is begun, lengthened, blocked and ended, and shows in the history."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from productify.domain import FocusState
from ui.conftest import until
from ui.fake import OFFSCREEN
from ui.real import RealStage, demo_record, on_real_stage

__all__ = ["demo_record", "on_real_stage"]
pytestmark = OFFSCREEN


async def _opened(stage: RealStage) -> None:
    """Let this process be the one that runs sessions: the window's own service records nothing in tests."""
    await stage.ask(lambda service: service.focus.begin())
    stage.window.open_page("focus")
    await stage.settle()


def test_a_session_from_its_start_to_the_history(on_real_stage):
    async def play(stage):
        await _opened(stage)
        page, clock = stage.window.page, stage.context.clock
        today = await stage.ask(lambda service: service.reports.today())
        before = len(await stage.ask(lambda service: service.focus.history(today, today)))
        page.timer.setup.title.setText("Write-ahead log")
        QTest.keyClick(stage.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await until(page.timer.controls.isVisible)
        page.timer.controls.more.click()
        await until(lambda: round(stage.context.focus.now.left) == 55 * 60)
        clock.advance(60)
        await stage.ask(lambda service: service.focus.attempted("reddit.com", True, "Deep work"))
        page.timer.controls.pause.click()
        await until(lambda: stage.context.focus.now.state is FocusState.PAUSED)
        page.timer.controls.end.click()
        await until(lambda: stage.context.focus.now is None and page.side.ended.isVisible())
        assert page.side.ended.title.text() == "Write-ahead log ended early"
        page.show_part("history")
        await until(lambda: page._parts["history"].cards)
        rows = page._parts["history"].cards[0].rows
        assert len(rows) == before + 1
        assert (rows[0].record.title, rows[0].record.attempts) == ("Write-ahead log", 1)

    on_real_stage(play)


def test_what_a_strict_session_holds_cannot_be_made_weaker_here(on_real_stage):
    async def play(stage):
        await _opened(stage)
        page = stage.window.page
        page.timer.strict.toggle.click()
        page.timer.start.click()
        await until(page.timer.strict.emergency.isVisible)
        page.show_part("lists")
        await until(lambda: page._parts["lists"].items)
        editor = page._parts["lists"].editor
        await until(lambda: editor.sections[0]._chips)
        editor.sections[0]._chips[0].click()
        await until(editor.banner.isVisible)
        assert "strict session uses the list" in editor.banner.title.text()
        page.show_part("")
        await stage.ask(lambda service: service.focus.emergency_end())

    on_real_stage(play)
