"""The settings' section about browsers: install, pair, forget, and try what gets past."""

import pytest

from productify.errors import KnownError
from productify_ui.views.settings.browsers_section import BrowsersSection
from ui.conftest import Stage, until
from ui.fake import OFFSCREEN
from ui.fake_browsers import NOW, browser


@pytest.fixture
def on_browsers(on_stage):
    """Runs a play with the section in view."""

    def perform(play, *paired) -> None:
        async def opened(stage: Stage) -> None:
            stage.world.browsers.held = paired
            stage.world.clock.jump((NOW - stage.world.clock.now()).total_seconds())
            stage.window.open_page("settings")
            await stage.settle()
            await play(stage, stage.page.browsers)

        on_stage(opened)

    return perform


def test_the_extension_is_written_and_how_to_install_it_is_said(on_browsers):
    async def play(stage, section: BrowsersSection):
        assert section.pair.text == "No browser is paired yet."
        section.get.button.click()
        await until(lambda: section.get.button.text() == "Open the folder")
        lines = section.get.text.splitlines()
        assert lines[0] == f"It is in {stage.world.extension.folder}."
        assert "chrome://extensions" in lines[1]
        assert "about:debugging" in lines[2]

    on_browsers(play)


def test_what_cannot_be_written_is_said_with_the_way_out(on_browsers):
    async def play(stage, section: BrowsersSection):
        stage.world.extension.refusal = KnownError("The extension cannot be written.", "Free some space.")
        section.get.button.click()
        await until(lambda: section.get.text == "The extension cannot be written. Free some space.")
        assert section.get.button.isEnabled()
        assert section.get.button.text() == "Write it"

    on_browsers(play)


def test_a_code_is_shown_until_it_is_typed_in(on_browsers):
    async def play(stage, section: BrowsersSection):
        section.pair.button.click()
        await until(lambda: not section.code.isHidden())
        assert section.code.text() == "482 913"
        assert section.pair.text == "Type it into the extension's page. It is good for 05:00."
        assert section.pair.button.text() == "Another code"
        stage.world.clock.advance(61)
        await until(lambda: "03:59" in section.pair.text)
        stage.world.browsers.type_in("Home")
        stage.context.bridge.changed.emit(frozenset({"browsers"}))
        await until(lambda: section.code.isHidden())
        [row] = section.browsers
        assert row.accessibleName().startswith("Home, Firefox, paired on Wed 18 Nov, Heard of at ")
        assert section.pair.text == ""

    on_browsers(play)


def test_a_code_that_is_over_says_so(on_browsers):
    async def play(stage, section: BrowsersSection):
        section.pair.button.click()
        await until(lambda: not section.code.isHidden())
        stage.world.clock.advance(301)
        await until(lambda: section.pair.text == "This code is not good any more.")
        assert section.code.isHidden()

    on_browsers(play)


def test_a_browser_is_forgotten(on_browsers):
    async def play(stage, section: BrowsersSection):
        assert [row.said[1] for row in section.browsers] == ["Not heard of since the app began"] * 2
        section.browsers[0].button.click()
        await until(lambda: [each.name for each in stage.world.browsers.held] == ["Work"])
        stage.context.bridge.changed.emit(frozenset({"browsers"}))
        await until(lambda: len(section.browsers) == 1)

    on_browsers(play, browser("Home"), browser("Work", "chromium"))


def test_a_browser_that_strict_mode_needs_stays(on_browsers):
    async def play(stage, section: BrowsersSection):
        stage.world.browsers.refusal = KnownError("No browser is forgotten in strict mode.", "It ends at 17:32.")
        told = []
        stage.context.told.connect(told.append)
        [row] = section.browsers
        row.button.click()
        await until(lambda: [news.title for news in told] == ["No browser is forgotten in strict mode."])
        assert row.button.isEnabled()

    on_browsers(play, browser("Home"))


def test_the_leak_test_names_each_gap_and_what_closes_it(on_browsers):
    async def play(stage, section: BrowsersSection):
        section.leaks.button.click()
        assert section.leaks.text == "Testing"
        assert not section.leaks.button.isEnabled()
        await until(section.leaks.button.isEnabled)
        assert section.leaks.text.splitlines() == [
            "One profile lets blocked sites through.",
            "Chromium, Default: Gets past Blocked sites open in private windows. Allow it there.",
            "Firefox, home: Holds A blocked site stayed shut.",
        ]

    on_browsers(play)


@OFFSCREEN
def test_the_search_finds_it(on_browsers):
    async def play(stage, section: BrowsersSection):
        stage.page.search.setText("pair firefox")
        assert section.isVisible()
        stage.page.search.setText("quantum")
        assert not section.isVisible()

    on_browsers(play)
