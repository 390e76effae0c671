"""The settings page: every setting has its place, is found, changes at once, and stays when it is refused."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from productify.domain import Capability, Health, Mode, Repair
from productify.errors import KnownError
from productify.paths import DataDir
from productify.settings import BY_KEY, SETTINGS, Section
from productify_ui.views.settings.capability_row import CapabilityRow
from productify_ui.views.settings.controls import CategoriesControl, FewControl, ListControl, ManyControl, SwitchControl
from productify_ui.views.settings.form import SettingRow
from productify_ui.widgets.button import Button
from productify_ui.widgets.label import Label
from productify_ui.widgets.popup import Menu
from productify_ui.widgets.tag import Tag
from productify_ui.window_state import load_state
from ui.conftest import until
from ui.fake import OFFSCREEN


@pytest.fixture
def on_settings(on_stage):
    """Runs a play with the settings in view."""

    def perform(play, size: tuple[int, int] = (1440, 900)) -> None:
        async def opened(stage) -> None:
            stage.window.open_page("settings")
            await stage.settle()
            await play(stage)

        on_stage(opened, size=size)

    return perform


def _rows(page) -> dict[str, SettingRow]:
    return {row.setting.key: row for section in page.sections for row in section.rows}


def _shown(page) -> list[str]:
    return [key for key, row in _rows(page).items() if row.isVisibleTo(page)]


def test_every_declared_setting_has_a_control(on_settings):
    async def play(stage):
        rows = _rows(stage.page)
        assert list(rows) == [setting.key for setting in SETTINGS]
        kinds = {bool: SwitchControl, tuple: ListControl}
        for key, row in rows.items():
            setting = BY_KEY[key]
            if key == "blur_categories":
                assert type(row.control) is CategoriesControl
                continue
            few = FewControl if len(setting.choices) <= 3 else ManyControl
            assert type(row.control) is kinds.get(setting.type, few), key
            assert row.isVisibleTo(stage.page), key
        assert [card.section for card in stage.page.sections] == list(Section)

    on_settings(play)


@OFFSCREEN
def test_categories_to_blur_are_picked_by_name_and_held_by_key(on_settings):
    async def play(stage):
        control = _rows(stage.page)["blur_categories"].control
        control.button.click()
        [menu] = control.findChildren(Menu)
        [meetings] = [action for action in menu.actions() if action.text() == "Meetings"]
        menu.close()
        meetings.trigger()
        await until(lambda: ("save", "blur_categories", ("meetings",)) in stage.world.log)
        [tag] = control.findChildren(Tag)
        assert tag.cross.accessibleName() == "Remove Meetings"
        tag.cross.click()
        await until(lambda: ("save", "blur_categories", ()) in stage.world.log)

    on_settings(play)


def test_the_search_finds_by_title_help_choice_and_other_words(on_settings):
    async def play(stage):
        page = stage.page
        for setting in SETTINGS:
            for words in (setting.title, setting.help, setting.words, setting.section, setting.title.upper()):
                page.search.setText(words)
                assert setting.key in _shown(page), words
        page.search.setText("idle timeout")
        assert _shown(page) == ["idle_timeout"]
        page.search.setText("reduced")
        assert _shown(page) == ["motion"]
        assert not page.nothing.isVisible()
        page.search.setText("quantum")
        assert _shown(page) == []
        assert page.nothing.text() == "No setting matches “quantum”."
        assert page.nothing.isVisible()
        QTest.keyClick(page.search, Qt.Key.Key_Escape)
        assert len(_shown(page)) == len(SETTINGS)
        QTest.keyClick(stage.window, Qt.Key.Key_Slash)
        assert page.search.hasFocus()

    on_settings(play)


@OFFSCREEN
def test_each_kind_of_control_changes_its_setting(on_settings):
    async def play(stage):
        rows, log = _rows(stage.page), stage.world.log
        rows["track_titles"].control.toggle.click()
        await until(lambda: ("save", "track_titles", False) in log)
        segments = rows["motion"].control.segments
        segments.setFocus()
        QTest.keyClick(segments, Qt.Key.Key_Right)
        await until(lambda: ("save", "motion", "full") in log)
        select = rows["idle_timeout"].control.select
        assert select.text() == "5 minutes"
        select.click()
        menu = rows["idle_timeout"].control.findChildren(Menu)[-1]
        marked = [action.text() for action in menu.actions() if not action.icon().isNull()]
        assert marked == ["5 minutes"]
        next(action for action in menu.actions() if action.text() == "10 minutes").trigger()
        menu.close()
        await until(lambda: select.text() == "10 minutes")
        assert ("save", "idle_timeout", 600) in log

    on_settings(play)


def test_entries_of_a_list_come_and_go(on_settings):
    async def play(stage):
        control = _rows(stage.page)["excluded_sites"].control
        for text in ("bank.example", "  ", "BANK.example", "mail.example"):
            control.field.setText(text)
            QTest.keyClick(control.field, Qt.Key.Key_Return)
        settings = stage.context.preferences
        await until(lambda: settings.settings.texts("excluded_sites") == ("bank.example", "mail.example"))
        assert [tag.cross.accessibleName() for tag in control._tags] == ["Remove bank.example", "Remove mail.example"]
        assert control.field.text() == ""
        control._tags[0].cross.click()
        await until(lambda: settings.settings.texts("excluded_sites") == ("mail.example",))
        assert len(control._tags) == 1
        assert control._tags[0].cross.accessibleName() == "Remove mail.example"

    on_settings(play)


@OFFSCREEN
def test_a_refused_value_is_told_and_the_old_one_stays(on_settings):
    async def play(stage):
        page, rows = stage.page, _rows(stage.page)
        stage.world.refusal = KnownError("The disk is full.", "Free some space.")
        rows["track_urls"].control.toggle.click()
        rows["theme"].control.segments._take(0)
        rows["text_scale"].control._choose(150)
        rows["excluded_apps"].control.field.setText("Solitaire")
        rows["excluded_apps"].control.button.click()
        await until(lambda: not stage.context.bridge._tasks)
        await until(lambda: rows["track_urls"].control.toggle.isChecked())
        await until(lambda: rows["theme"].control.segments.value == "system")
        assert rows["text_scale"].control.select.text() == "100 %"
        assert rows["excluded_apps"].control._tags == []
        toast = stage.window.toasts.shown[-1]
        assert toast.accessibleName() == "The disk is full. Free some space."
        assert page.settled

    on_settings(play)


def test_a_change_from_elsewhere_is_shown(on_settings):
    async def play(stage):
        row = _rows(stage.page)["incognito_mode"]
        assert not row.control.toggle.isChecked()
        await stage.context.preferences.save("incognito_mode", True)
        assert row.control.toggle.isChecked()

    on_settings(play)


def test_sections_are_gone_to_and_marked(on_settings):
    async def play(stage):
        page = stage.page
        items = page.contents._items
        items[Section.PRIVACY].click()
        bar = page._scroll.verticalScrollBar()
        assert bar.value() == page.sections[list(Section).index(Section.PRIVACY)].y()
        assert items[Section.PRIVACY].isChecked()
        bar.setValue(0)
        assert items[Section.GENERAL].isChecked()
        bar.setValue(page.sections[1].y())
        assert items[Section.TRACKING].isChecked()
        bar.setValue(bar.maximum())
        assert items["desktop"].isChecked()
        bar.setValue(0)
        page.desktop.explain.click()
        assert items["desktop"].isChecked()

    on_settings(play, size=(1440, 640))


def test_the_device_stands_beside_the_form_or_below_it(on_settings):
    async def play(stage):
        page = stage.page
        for width, below in ((1440, False), (1200, True), (960, True), (1440, False)):
            stage.window.resize(width, 700)
            await until(lambda below=below: page._sheet.isAncestorOf(page.desktop) == below)
            await until(page.desktop.isVisible)
        card = [label.text() for label in page.desktop.findChildren(type(page.nothing))]
        assert "Tracking works, with gaps" in card, "a keyring that is missing is no gap in the record"
        assert "Addresses in other browsers" in card
        assert "Start at log-in" not in card

    on_settings(play)


def _capability(page, key: str) -> CapabilityRow:
    return next(row for row in page.here.rows if row.shown.key == key)


def _said(row) -> list[str]:
    return [label.text() for label in row.findChildren(Label) if label.isVisibleTo(row)]


def test_each_capability_says_how_well_it_works_and_what_to_do(on_settings):
    async def play(stage):
        page = stage.page
        assert _said(_capability(page, "window")) == ["Active window", "Works", "scripted"]
        assert _said(_capability(page, "url.others"))[-1] == "Titles only."
        autostart = _capability(page, "autostart")
        assert _said(autostart) == ["Start at log-in", "Off", "XDG", "Off."], "the button says the rest"
        assert autostart.button.text() == "Switch on"
        keyring = _capability(page, "keyring")
        assert _said(keyring) == ["Keyring", "Missing", "None.", "Install one.", "apt install it"]
        copy = next(button for button in keyring.findChildren(Button) if button.text() == "Copy")
        copy.click()
        assert QApplication.clipboard().text() == "apt install it"
        assert "apt install it" in copy.accessibleName()

    on_settings(play)


def test_a_fix_is_done_told_and_looked_at_again(on_settings):
    async def play(stage):
        page, log = stage.page, stage.world.log
        before = log.count(("report", None))
        button = _capability(page, "autostart").button
        button.click()
        assert not button.isEnabled()
        await until(lambda: ("fix", Repair.AUTOSTART) in log)
        await until(lambda: log.count(("report", None)) > before and page.settled)
        assert "starts when you log in" in stage.window.toasts.shown[-1].accessibleName()
        assert button.isEnabled()
        stage.world.refusal = KnownError("The entry cannot be written.", "Check its permissions.")
        button.click()
        await until(lambda: button.isEnabled() and page.settled)
        assert stage.window.toasts.shown[-1].accessibleName() == "The entry cannot be written. Check its permissions."

    on_settings(play)


def test_another_backend_is_shown_once_the_page_is_in_view(on_settings):
    async def play(stage):
        page, world = stage.page, stage.world
        service = await stage.context.bridge.call(_itself)
        service.desktop.found = (Capability("window", "Active window", Health.MISSING, "none", "Gone.", "Log in."),)
        stage.context.bridge.changed.emit(frozenset({"desktop"}))
        await until(lambda: _said(page.here.rows[0])[:2] == ["Active window", "Missing"])
        assert page.desktop.heading.text() == "Something cannot be tracked here"
        stage.window.open_page("dashboard")
        await stage.settle()
        asked = world.log.count(("report", None))
        stage.context.bridge.changed.emit(frozenset({"desktop"}))
        await until(lambda: page.dirty)
        assert world.log.count(("report", None)) == asked, "nobody looks, so nothing is asked"
        stage.window.open_page("settings")
        await stage.settle()
        assert world.log.count(("report", None)) == asked + 1

    on_settings(play)


async def _itself(service):
    return service


def test_the_desktop_is_found_by_the_search(on_settings):
    async def play(stage):
        page = stage.page
        page.search.setText("dunst")
        assert [row.shown.key for row in page.here.rows if row.isVisibleTo(page)] == ["notifications"]
        assert _shown(page) == []
        assert not page.nothing.isVisible()
        page.search.setText("this desktop")
        assert all(row.isVisibleTo(page) for row in page.here.rows)

    on_settings(play)


def test_the_recorders_state_is_one_sentence(on_settings):
    async def play(stage):
        stage.world.set_status(mode=Mode.OFF, running=None)
        await until(lambda: stage.page.desktop.state.text() == "Not tracking, nothing is recording · 7h 11m")

    on_settings(play)


def test_trouble_leads_to_what_can_be_done(on_stage):
    async def play(stage):
        card = stage.window.tracking
        assert not card.remedy.isVisible()
        stage.world.set_status(problem="No desktop answers.")
        await until(card.remedy.isVisible)
        card.remedy.click()
        await stage.settle()
        assert stage.window.page_key == "settings"
        bar = stage.page._scroll.verticalScrollBar()
        assert bar.value() == min(stage.page.here.y(), bar.maximum()) > 0
        bar.setValue(0)
        card.remedy.click()
        await stage.settle()
        assert bar.value() == min(stage.page.here.y(), bar.maximum())
        stage.window.resize(1024, 700)
        await until(lambda: card.remedy.width() < 50)
        assert card.remedy.accessibleName() == "See what to do"

    on_stage(play)


def test_the_tray_is_told_of_by_the_app_alone(on_settings):
    async def play(stage):
        stage.context.has_tray = lambda: True
        stage.page.desktop.check.click()
        await until(lambda: ("report", True) in stage.world.log)

    on_settings(play)


@pytest.mark.logs  # the off-screen platform remarks on raised windows and on the tray
@pytest.mark.filterwarnings("default::ResourceWarning")
def test_theme_and_text_size_change_the_whole_app_at_once(run_app, tmp_path, qapp: QApplication):
    data = DataDir(tmp_path)

    async def play(app) -> None:
        await until(lambda: app.window is not None and app.window.page.settled, 20)
        app._show_settings()
        await until(lambda: app.window.page_key == "settings" and app.window.page.settled)
        rows = _rows(app.window.page)
        rows["theme"].control.segments._take(1)
        await until(lambda: app.theme.name == "light")
        assert qapp.palette().window().color() == app.theme.colour("bg")
        assert app.window.grab().toImage().pixelColor(5, 400).lightness() > 200
        rows["theme"].control.segments._take(0)
        await until(lambda: app.theme.name == "dark")
        assert app.window.grab().toImage().pixelColor(5, 400).lightness() < 40
        title = app.window.page.header.title
        before = title.sizeHint().height()
        rows["text_scale"].control._choose(150)
        await until(lambda: title.sizeHint().height() > before * 1.3)
        assert (load_state(data.window_state).theme, load_state(data.window_state).text_scale) == ("dark", 150)

    run_app(data, play)
