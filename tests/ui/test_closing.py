"""Closing the window of the real app, where there is no tray: tracking goes on until somebody says otherwise."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from productify.paths import DataDir
from productify_ui import app as app_module
from productify_ui.widgets.dialog import Dialog
from productify_ui.window_state import load_state
from ui.conftest import until

pytestmark = [
    pytest.mark.logs,  # the off-screen platform remarks on raised windows and on the tray
    pytest.mark.filterwarnings("default::ResourceWarning"),
]


def _dialogs(window) -> list[Dialog]:
    return [dialog for dialog in window.findChildren(Dialog) if dialog.isVisible()]


def _press(dialog: Dialog, text: str) -> None:
    next(button for button in dialog.findChildren(QPushButton) if button.text() == text).click()


async def _ready(app) -> None:
    await until(lambda: app.window is not None and app.window.page.settled, 20)


def test_it_asks_once_and_then_minimises(run_app, tmp_path):
    data = DataDir(tmp_path)

    async def play(app) -> None:
        await _ready(app)
        window = app.window
        window.close()
        assert window.isVisible()
        [dialog] = _dialogs(window)
        assert dialog.windowTitle() == "Keep tracking without a window?"
        window.close()
        assert _dialogs(window) == [dialog]
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        await until(lambda: not _dialogs(window))
        assert not window.isMinimized()
        window.close()
        _press(_dialogs(window)[0], "Keep tracking")
        await until(window.isMinimized)
        assert load_state(data.window_state).told_about_tray
        app.show_window()
        window.close()
        assert window.isMinimized()
        assert not _dialogs(window)
        assert not app._ended.is_set()

    run_app(data, play)


def test_quitting_is_the_other_answer(run_app, tmp_path):
    data = DataDir(tmp_path)

    async def play(app) -> None:
        await _ready(app)
        app.window.close()
        _press(_dialogs(app.window)[0], "Quit")
        await asyncio.wait_for(app._ended.wait(), 5)

    run_app(data, play)
    assert not load_state(data.window_state).told_about_tray


def test_a_start_in_a_tray_that_never_comes_is_minimised(run_app, tmp_path, monkeypatch):
    monkeypatch.setattr(app_module, "_TRAY_SECONDS", 0.1)

    async def play(app) -> None:
        await until(lambda: app.window is not None, 20)
        assert app.window.isMinimized()
        await _ready(app)

    run_app(DataDir(tmp_path), play, minimized=True)
