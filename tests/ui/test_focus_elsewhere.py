"""Focus outside its page over a scripted service: keys, tray, palette, the small window and quitting."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from productify.domain import (
    FocusPlan,
    Phase,
)
from productify_ui.floating import Floating
from productify_ui.leaving import Leaving
from productify_ui.tracking_actions import TrackingActions
from productify_ui.tray import Tray
from productify_ui.views.palette.entries import Sources
from productify_ui.widgets.button import Button
from ui.conftest import until
from ui.fake import OFFSCREEN
from ui.fake_focus import SHIPPED
from ui.focus_stage import logged

pytestmark = OFFSCREEN
CTRL = Qt.KeyboardModifier.ControlModifier
PLAN = FocusPlan(50, "WAL checkpointing", "Atlas", lists=(SHIPPED.id,))


def test_the_key_starts_and_ends_on_every_page(on_stage):
    async def play(stage):
        QTest.keyClick(stage.window, Qt.Key.Key_Return, CTRL)
        await logged(stage, "start", FocusPlan(50, lists=(SHIPPED.id,)))
        await until(lambda: stage.context.focus.now is not None)
        QTest.keyClick(stage.window, Qt.Key.Key_Space, CTRL | Qt.KeyboardModifier.ShiftModifier)
        await logged(stage, "pause_focus")
        QTest.keyClick(stage.window, Qt.Key.Key_Return, CTRL)
        await logged(stage, "end")

    on_stage(play)


def _press(dialog, text: str) -> None:
    next(each for each in dialog.findChildren(Button) if each.text() == text).click()


def test_the_key_asks_before_it_ends_what_is_under_way(on_stage):
    async def play(stage):
        question = stage.context.focus_actions.question
        stage.world.focus.run(PLAN, elapsed=40 * 60)
        await until(lambda: stage.context.focus.now is not None)
        QTest.keyClick(stage.window, Qt.Key.Key_Return, CTRL)
        assert question.dialog.isVisible()
        QTest.keyClick(question.dialog, Qt.Key.Key_Return)
        await until(lambda: question.dialog is None)
        assert ("end",) not in stage.world.log
        stage.window.activateWindow()
        await until(stage.window.isActiveWindow)
        QTest.keyClick(stage.window, Qt.Key.Key_Return, CTRL)
        _press(question.dialog, "End session")
        await logged(stage, "end")
        await until(lambda: question.dialog is None)

    on_stage(play)


def test_a_question_goes_with_the_session_that_it_is_about(on_stage):
    async def play(stage):
        question = stage.context.focus_actions.question
        stage.world.focus.run(PLAN, elapsed=49 * 60)
        await until(lambda: stage.context.focus.now is not None)
        stage.context.focus_actions.ask_end()
        assert question.dialog.isVisible()
        stage.world.focus.tell(None)
        await until(lambda: question.dialog is None)

    on_stage(play)


def test_what_did_its_time_ends_unasked(on_stage):
    async def play(stage):
        context, focus = stage.context, stage.world.focus
        for ending in ({"elapsed": 55 * 60}, {"elapsed": 31 * 60, "phase": Phase.OVERTIME}, {"elapsed": 30}):
            focus.run(PLAN, **ending)
            await until(lambda: context.focus.now is not None)
            context.focus_actions.ask_end()
            assert context.focus_actions.question.dialog is None
            await until(lambda: context.focus.now is None)

    on_stage(play)


def test_tray_and_palette_offer_what_can_be_done(on_stage):
    async def play(stage):
        context = stage.context
        tray = Tray(context, TrackingActions(context, stage.window), stage.window)
        try:
            tray.renew()
            assert [action.text().split("\t")[0] for action in tray.focus.start_menu.actions()] == [
                "25 min", "50 min", "90 min",
            ]  # fmt: skip
            tray.focus.start_menu.actions()[2].trigger()
            await logged(stage, "start", FocusPlan(90, lists=(SHIPPED.id,)))
            await until(tray.focus.end.isVisible)
            assert tray.focus.state.text() == "Focus: Focus session, 1:30:00 left"
            assert tray.focus.icon_of("tray-tracking") == "tray-focus"
            found = [entry.title for entry in Sources(context, tray._actions, ()).at_once("focus")]
            assert found[:2] == ["End focus session", "Pause focus"]
            tray.focus.end.trigger()
            await until(lambda: context.focus.now is None)
            found = [entry.title for entry in Sources(context, tray._actions, ()).at_once("start focus")]
            assert found[0] == "Start focus 50 min"
            told = []
            context.told.connect(told.append)
            tray.focus.rest.trigger()
            await until(lambda: [news.title[:14] for news in told] == ["A break until "])
            assert stage.world.breaks.begun == 1
            [entry] = Sources(context, tray._actions, ()).at_once("take a break")
            assert entry.title == "Take a break"
        finally:
            tray.close()

    on_stage(play)


def test_quitting_asks_while_a_session_has_time_left(on_stage, qtbot):
    async def play(stage):
        leaving = Leaving(stage.context, stage.window)
        with qtbot.waitSignal(leaving.quit_wanted):
            leaving.ask()
        stage.world.focus.run(replace(PLAN, strict=True))
        await until(lambda: stage.context.focus.now is not None)
        with qtbot.assertNotEmitted(leaving.quit_wanted):
            leaving.ask()
        assert leaving.dialog.isVisible()
        keep = next(each for each in leaving.dialog.findChildren(Button) if each.text() == "Keep going")
        keep.click()
        await until(lambda: leaving.dialog is None)
        leaving.ask()
        with qtbot.waitSignal(leaving.quit_wanted):
            next(each for each in leaving.dialog.findChildren(Button) if each.text() == "Quit").click()
        await until(lambda: leaving.dialog is None)

    on_stage(play)


def test_the_small_window_comes_and_goes_with_the_session(on_stage):
    async def play(stage):
        floating = Floating(stage.context, stage.window)
        try:
            stage.world.focus.run(PLAN)
            await until(lambda: stage.context.focus.now is not None)
            assert floating.timer is None
            await stage.context.preferences.save("focus_floating", True)
            await until(lambda: floating.timer is not None and floating.timer.isVisible())
            assert floating.timer.time.text == "50:00"
            before = floating.timer.width()
            stage.window.theme.choose(text_scale=150)
            assert floating.timer.width() > before
            stage.window.theme.choose(text_scale=100)
            assert floating.timer.width() == before
            floating.timer.end.click()
            await until(lambda: not floating.timer.isVisible())
        finally:
            floating.close()

    on_stage(play)
