import json
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from productify.domain import Capturing, Mode
from productify_ui.pages import PAGES
from productify_ui.text.words import words
from productify_ui.tracking_actions import TrackingActions
from productify_ui.tray import Tray
from productify_ui.widgets.popup import Menu
from productify_ui.window_state import WindowState, load_state, save_state
from ui.conftest import until
from ui.fake import OFFSCREEN


@OFFSCREEN
def test_pause_offers_its_ends_and_resume_takes_it_back(on_stage):
    async def play(stage):
        card = stage.window.tracking
        assert (card.state.text(), card.detail.text(), card.total.text()) == (
            "Tracking", "since 08:24 today", "7h 11m",
        )  # fmt: skip
        card.pause.click()
        menu = card.findChildren(Menu)[-1]
        assert [action.text() for action in menu.actions() if action.text()] == [
            "15 minutes\t16:57", "1 hour\t17:42", "Until tomorrow\t04:00", "Until I resume",
        ]  # fmt: skip
        menu.actions()[0].trigger()
        menu.close()
        await until(lambda: card.state.text() == "Paused")
        assert card.detail.text() == "until 16:57"
        assert card.pause.text() == "Resume"
        card.pause.click()
        await until(lambda: card.state.text() == "Tracking")
        assert [entry[0] for entry in stage.world.log] == ["pause", "resume"]

    on_stage(play)


def test_keys_switch_incognito_and_pause(on_stage):
    async def play(stage):
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        card = stage.window.tracking
        QTest.keyClick(stage.window, Qt.Key.Key_I, both)
        await until(lambda: card.state.text() == "Incognito")
        assert card.incognito.isChecked()
        QTest.keyClick(stage.window, Qt.Key.Key_I, both)
        await until(lambda: card.state.text() == "Tracking")
        QTest.keyClick(stage.window, Qt.Key.Key_Space, both)
        await until(lambda: card.state.text() == "Paused")
        assert stage.world.log == [("incognito", True), ("incognito", False), ("pause", None)]

    on_stage(play)


def test_a_long_pause_names_its_day(on_stage):
    async def play(stage):
        card, now = stage.window.tracking, stage.context.now()
        for days, said in ((6, "until Wed, 16:42"), (7, "until Thu 26 Nov, 16:42")):
            stage.world.set_status(mode=Mode.PAUSED, paused_until=now + timedelta(days=days))
            await until(lambda said=said: card.detail.text() == said)

    on_stage(play)


def test_incognito_is_switched_off_in_a_pause_too(on_stage):
    async def play(stage):
        card, context = stage.window.tracking, stage.context
        tray = Tray(context, TrackingActions(context, stage.window), stage.window)
        card.incognito.click()
        await until(lambda: card.state.text() == "Incognito")
        stage.window.tracking_actions.pause_forever()
        await until(lambda: card.state.text() == "Paused")
        assert card.incognito.isChecked()
        assert tray.incognito.isChecked()
        tray.incognito.trigger()
        await until(lambda: not card.incognito.isChecked())
        assert not tray.incognito.isChecked()
        assert card.state.text() == "Paused"
        card.pause.click()
        await until(lambda: card.state.text() == "Tracking")
        assert stage.world.log == [("incognito", True), ("pause", None), ("incognito", False), ("resume",)]
        tray.close()

    on_stage(play)


def test_trouble_is_said_in_the_corner(on_stage):
    async def play(stage):
        stage.world.set_status(problem="No screen can be read.")
        card = stage.window.tracking
        await until(lambda: card.state.text() == "Tracking trouble")
        assert card.detail.text() == "No screen can be read."

    on_stage(play)


def test_no_recorder_is_not_called_switched_off(on_stage):
    async def play(stage):
        stage.world.set_status(mode=Mode.OFF, running=None)
        card = stage.window.tracking
        await until(lambda: card.detail.text() == "nothing is recording")
        assert not card.pause.isEnabled()
        await stage.context.preferences.save("tracking_enabled", False)
        assert card.detail.text() == "switched off in Settings"

    on_stage(play)


def test_a_small_window_has_a_rail(on_stage):
    async def play(stage):
        window = stage.window
        item = next(each for each in window.sidebar.findChildren(QPushButton) if each.text() == "Dashboard")
        assert window.sidebar.width() == 56
        assert item.toolTip() == "Dashboard"
        assert not window.tracking.state.isVisible()
        assert window.tracking.pause.accessibleName() == "Pause tracking"
        window.resize(1400, 800)
        assert window.sidebar.width() == 220
        assert item.toolTip() == ""
        assert window.tracking.state.isVisible()

    on_stage(play, size=(1024, 700))


def test_every_page_is_reached_by_its_keys_and_by_the_sidebar(on_stage):
    async def play(stage):
        window = stage.window
        for spec in reversed(PAGES):
            item = next(each for each in window.sidebar.findChildren(QPushButton) if each.text() == spec.title())
            QTest.mouseClick(item, Qt.MouseButton.LeftButton)
            assert window.page_key == spec.key
            assert item.isChecked()
            await stage.settle()
        QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
        assert window.page_key == "dashboard"
        assert len({spec.keys for spec in PAGES}) == len(PAGES)

    on_stage(play)


def test_closing_it_keeps_it_while_it_stays(on_stage, qtbot):
    async def play(stage):
        stage.window.stays = True
        with qtbot.waitSignal(stage.window.left):
            stage.window.close()
        assert stage.window.isVisible()
        stage.window.stays = False

    on_stage(play)


def test_its_state_is_kept(tmp_path):
    path = tmp_path / "window.json"
    assert load_state(path) == WindowState()
    state = WindowState(theme="light", text_scale=125, width=1200, height=800, page="settings", told_about_tray=True)
    save_state(path, state)
    assert load_state(path) == state


@pytest.mark.parametrize("text", ["[1, 2]", json.dumps({"theme": 3, "width": "wide", "nothing": 1})])
def test_a_strange_state_is_the_default(tmp_path, text):
    path = tmp_path / "window.json"
    path.write_text(text)
    assert load_state(path) == WindowState()


@pytest.mark.logs
def test_a_damaged_state_is_the_default(tmp_path):
    path = tmp_path / "window.json"
    path.write_text("{")
    assert load_state(path) == WindowState()


def test_the_tray_sums_up_and_switches(on_stage):
    async def play(stage):
        context = stage.context
        tray = Tray(context, TrackingActions(context, stage.window), stage.window)
        assert tray.summary.text() == "Today: 5h 59m productive of 7h 11m"
        assert tray.current.text() == "VS Code · 14m"
        assert not tray.summary.isEnabled()
        assert tray.pause_menu.actions()[0].text() == "15 minutes\t16:57"
        tray.pause_menu.actions()[1].trigger()
        await until(lambda: tray.resume.isVisible())
        assert tray.current.text() == "Paused until 17:42"
        tray.resume.trigger()
        await until(lambda: not tray.resume.isVisible())
        tray.incognito.trigger()
        await until(lambda: context.status.now.mode is Mode.INCOGNITO)
        assert tray.incognito.isChecked()
        assert words.quit in [action.text() for action in tray.menu.actions()]
        tray.close()

    on_stage(play)


def test_the_tray_knows_an_empty_day(on_stage):
    async def play(stage):
        tray = Tray(stage.context, TrackingActions(stage.context, stage.window), stage.window)
        assert tray.summary.text() == "Today: nothing recorded yet"
        assert not tray.current.isVisible()
        tray.close()

    on_stage(play, "empty")


def test_the_tray_and_the_card_show_that_pictures_are_taken(on_stage):
    async def play(stage):
        context, card = stage.context, stage.window.tracking
        tray = Tray(context, TrackingActions(context, stage.window), stage.window)
        assert not tray.pictures.isVisible()
        assert card.camera.isHidden()
        stage.world.set_status(capturing=Capturing.ON)
        await until(lambda: tray.pictures.isVisible())
        assert tray.pictures.text() == "Pause screenshots"
        assert tray._state().icon == "tray-capturing"
        assert card.camera.toolTip() == "Screenshots are on"
        assert "Screenshots are on" in card.accessibleName()
        tray.pictures.trigger()
        await until(lambda: stage.world.screenshots.log == [("pause", None)])
        stage.world.set_status(capturing=Capturing.PAUSED)
        await until(lambda: tray.pictures.text() == "Resume screenshots")
        assert tray._state().icon == "tray-tracking"
        tray.pictures.trigger()
        await until(lambda: stage.world.screenshots.log[-1] == ("resume",))
        tray.close()

    on_stage(play)
