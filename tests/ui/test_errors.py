import asyncio
import gc
import sys

import pytest
from PySide6.QtGui import QGuiApplication

from productify.errors import KnownError
from productify_ui.errors import ErrorDesk, report_text
from productify_ui.housekeeping import GarbageTimer
from productify_ui.widgets.button import Button
from productify_ui.widgets.dialog import Dialog
from ui.conftest import until
from ui.fake import OFFSCREEN


def _desk(stage) -> ErrorDesk:
    desk = ErrorDesk(stage.context, stage.window)
    desk.install(asyncio.get_running_loop())
    desk.show_over(stage.window)
    return desk


def test_the_users_world_is_a_toast(on_stage):
    async def play(stage):
        desk = _desk(stage)
        try:
            stage.context.bridge.start(_fail(KnownError("The disk is full.", "Make room.")))
            await until(lambda: bool(stage.window.toasts.shown))
            assert stage.window.toasts.shown[0].accessibleName() == "The disk is full. Make room."
        finally:
            desk.remove()
        stage.failures.clear()

    on_stage(play)


def test_what_the_user_typed_is_told_and_not_logged(on_stage, caplog):
    caplog.set_level("INFO")

    async def play(stage):
        desk = _desk(stage)
        try:
            stage.context.bridge.start(_fail(KnownError("'call with Dr Grey' names no time.", "Write 9-10 first.")))
            await until(lambda: bool(stage.window.toasts.shown))
            assert "Dr Grey" in stage.window.toasts.shown[0].accessibleName()
        finally:
            desk.remove()
        stage.failures.clear()

    on_stage(play)
    said = [record.getMessage() for record in caplog.records if record.name == "productify_ui.errors"]
    assert [text.partition(", line ")[0] for text in said] == ["told the user of a KnownError raised in _fail"]
    assert "Grey" not in caplog.text


@OFFSCREEN
@pytest.mark.logs
def test_a_bug_is_one_report_however_often_it_comes(on_stage):
    async def play(stage):
        before = sys.excepthook
        desk = _desk(stage)
        try:
            for _ in range(3):
                sys.excepthook(ValueError, ValueError("odd"), None)
            await until(lambda: bool(stage.window.findChildren(Dialog)))
            dialogs = stage.window.findChildren(Dialog)
            assert len(dialogs) == 1
            assert not dialogs[0].isModal()
            copy = next(each for each in dialogs[0].findChildren(Button) if "Copy" in each.text())
            copy.click()
            assert "ValueError: odd" in QGuiApplication.clipboard().text()
        finally:
            desk.remove()
        assert sys.excepthook is before

    on_stage(play)


def test_a_report_names_versions_and_no_data():
    text = report_text(ValueError("odd"))
    assert text.startswith("Productify Pro 0.1.0, Python 3.")
    assert text.endswith("ValueError: odd\n")


def test_garbage_is_collected_on_the_qt_thread_alone(qtbot):
    timer = GarbageTimer(settling=0)
    timer.start()
    qtbot.waitUntil(lambda: not gc.isenabled())
    assert gc.get_freeze_count() > 0
    timer.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_an_app_that_ends_at_once_leaves_garbage_to_python(qtbot):
    timer = GarbageTimer(settling=10)
    timer.start()
    timer.stop()
    qtbot.wait(30)
    assert gc.isenabled()


async def _fail(error: Exception) -> None:
    raise error
