"""What covers the screen while something blocked is in front: its words, the ways out, the monitors it is on."""

from collections.abc import Awaitable, Callable
from datetime import UTC
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from productify.domain import Blocked
from productify.errors import KnownError
from productify_ui.overlay import Curtain
from productify_ui.overlay.screen import OverlayScreen
from productify_ui.widgets.text_field import TextField
from ui.conftest import Stage, until
from ui.fake import OFFSCREEN
from ui.fake_guard import NOW, blocked

pytestmark = OFFSCREEN

REASON = "Checking the talk Priya linked"
_HOLD_MS = 5000


@pytest.fixture
def covered(on_stage) -> Callable[..., None]:
    """Runs a play with the overlay over something blocked."""

    def perform(play: Callable[[Stage, Curtain], Awaitable[None]], told: Blocked | None = None) -> None:
        async def with_curtain(stage: Stage) -> None:
            stage.world.clock.jump((NOW - stage.world.clock.now()).total_seconds())
            curtain = Curtain(stage.context, stage.context)
            stage.context.bridge.blocked.emit(told or blocked())
            try:
                await play(stage, curtain)
            finally:
                curtain.close()

        on_stage(with_curtain)

    return perform


def texts(screen: OverlayScreen) -> set[str]:
    """Return what it says where one can see it."""
    return {label.text() for label in screen.findChildren(QLabel) if label.isVisible()}


def main_screen(curtain: Curtain) -> OverlayScreen:
    """Return the one with the ways out."""
    return curtain.screens[0]


def write(field: TextField, text: str) -> None:
    """Type into a field."""
    field.setFocus()
    QTest.keyClicks(field, text)


def test_it_covers_the_screen_with_one_calm_sentence(covered) -> None:
    async def play(stage: Stage, curtain: Curtain) -> None:
        screen = main_screen(curtain)
        assert screen.isVisible()
        assert screen.geometry() == screen.screen().geometry()
        assert screen.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
        assert {"Focus session", "YouTube can wait", "2 of 3 passes left today"} <= texts(screen)
        assert "On your Deep work list. Blocked once before in this session." in texts(screen)
        (sentence,) = [text for text in texts(screen) if "set this time aside" in text]
        assert "WAL checkpointing</span>. It is open again at" in sentence
        assert screen.ring.accessibleName() == "18:04 left"
        assert screen.back.text() == "Back to VS Code"

    covered(play)


def test_a_title_is_text_and_not_markup(covered) -> None:
    async def play(stage: Stage, curtain: Curtain) -> None:
        (sentence,) = [text for text in texts(main_screen(curtain)) if "set this time aside" in text]
        assert "&lt;b&gt;loud&lt;/b&gt;" in sentence

    covered(play, blocked(title="<b>loud</b>"))


def test_the_time_goes_on_and_the_ring_with_it(covered) -> None:
    async def play(stage: Stage, curtain: Curtain) -> None:
        screen = main_screen(curtain)
        stage.world.clock.advance(64)
        await until(lambda: screen.ring.accessibleName() == "17:00 left")

    covered(play)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_a_key_goes_back_to_work(covered, key: Qt.Key) -> None:
    async def play(stage: Stage, curtain: Curtain) -> None:
        QTest.keyClick(main_screen(curtain), key)
        await until(lambda: stage.world.guard.asked == [("back",)])

    covered(play)


def test_the_button_goes_back_to_work_and_the_window_manager_s_close_too(covered) -> None:
    async def play(stage: Stage, curtain: Curtain) -> None:
        screen = main_screen(curtain)
        QTest.mouseClick(screen.back, Qt.MouseButton.LeftButton)
        screen.close()
        assert screen.isVisible(), "it goes when what is blocked has gone"
        await until(lambda: stage.world.guard.asked == [("back",), ("back",)])

    covered(play)


def test_it_goes_as_soon_as_nothing_is_blocked(covered) -> None:
    async def play(stage: Stage, curtain: Curtain) -> None:
        screen = main_screen(curtain)
        stage.context.bridge.blocked.emit(None)
        assert not screen.isVisible()
        assert curtain.screens == (), "without a session nothing is kept ready"

    covered(play)


def test_a_pass_costs_a_reason_and_five_seconds_of_holding(covered) -> None:
    async def play(stage: Stage, curtain: Curtain) -> None:
        card = main_screen(curtain).pass_card
        write(card.reason, "  too few ")
        assert not card.hold.isEnabled()
        write(card.reason, REASON)
        QTest.mousePress(card.hold, Qt.MouseButton.LeftButton)
        await until(lambda: card.hold.share > 0.1)
        QTest.mouseRelease(card.hold, Qt.MouseButton.LeftButton)
        await until(lambda: card.hold.share == 0.0)
        QTest.mousePress(card.hold, Qt.MouseButton.LeftButton)
        await until(lambda: bool(stage.world.guard.asked), seconds=_HOLD_MS / 1000 + 5)
        assert stage.world.guard.asked == [("pass", f"too few {REASON}")]
        QTest.mouseRelease(card.hold, Qt.MouseButton.LeftButton)

    covered(play)


def test_the_space_bar_holds_as_the_mouse_does(covered) -> None:
    async def play(stage: Stage, curtain: Curtain) -> None:
        card = main_screen(curtain).pass_card
        write(card.reason, REASON)
        QTest.keyClick(card.reason, Qt.Key.Key_Return)
        assert stage.world.guard.asked == [], "whoever writes a reason does not go back by the same key"
        QTest.keyPress(card.hold, Qt.Key.Key_Space)
        await until(lambda: card.hold.share > 0.05)
        QTest.keyRelease(card.hold, Qt.Key.Key_Space)
        QTest.keyPress(card.hold, Qt.Key.Key_Space)
        assert card.hold.share > 0.05, "a key that repeats is not let go"
        QTest.keyRelease(card.hold, Qt.Key.Key_Space)
        await until(lambda: card.hold.share == 0.0)
        assert stage.world.guard.asked == []

    covered(play)


def test_enter_does_what_has_the_keyboard_and_asks_for_no_pass_by_itself(covered) -> None:
    async def play(stage: Stage, curtain: Curtain) -> None:
        screen = main_screen(curtain)
        screen.aside.setFocus()
        QTest.keyClick(screen.aside, Qt.Key.Key_Return)
        await until(lambda: stage.world.guard.asked == [("aside",)])
        write(screen.pass_card.reason, REASON)
        for widget in (screen.pass_card.reason, screen.pass_card.hold):
            QTest.keyClick(widget, Qt.Key.Key_Return)
        screen.back.setFocus()
        QTest.keyClick(screen.back, Qt.Key.Key_Return)
        await until(lambda: len(stage.world.guard.asked) > 1)
        assert stage.world.guard.asked == [("aside",), ("back",)]

    covered(play, blocked(can_step_aside=True))


def test_a_refusal_is_said_where_it_was_asked_for(covered) -> None:
    async def play(stage: Stage, curtain: Curtain) -> None:
        screen = main_screen(curtain)
        stage.world.guard.refuses = KnownError("No passes are left today.", "The next ones come tomorrow.")
        screen.pass_card.wanted.emit(REASON)
        await until(lambda: "No passes are left today. The next ones come tomorrow." in texts(screen))
        stage.context.bridge.blocked.emit(blocked(name="Reddit"))
        assert "No passes are left today. The next ones come tomorrow." not in texts(screen)

    covered(play)


def test_what_is_told_again_leaves_the_written_reason(covered) -> None:
    async def play(stage: Stage, curtain: Curtain) -> None:
        card = main_screen(curtain).pass_card
        write(card.reason, REASON)
        stage.context.bridge.blocked.emit(blocked(earlier=2))
        assert card.reason.text() == REASON
        assert "On your Deep work list. Blocked 2 times before in this session." in texts(main_screen(curtain))
        stage.context.bridge.blocked.emit(blocked(name="Reddit"))
        assert card.reason.text() == ""

    covered(play)


def test_strict_mode_offers_no_pass(covered) -> None:
    async def play(stage: Stage, curtain: Curtain) -> None:
        screen = main_screen(curtain)
        assert not screen.pass_card.isVisible()
        assert "On your Deep work list. Strict mode: no passes." in texts(screen)

    covered(play, blocked(strict=True, passes_left=0, earlier=0))


def test_a_site_that_only_the_overlay_keeps_away_can_be_closed(covered) -> None:
    async def play(stage: Stage, curtain: Curtain) -> None:
        QTest.mouseClick(main_screen(curtain).aside, Qt.MouseButton.LeftButton)
        await until(lambda: stage.world.guard.asked == [("aside",)])

    covered(play, blocked(can_step_aside=True))


def test_hours_that_block_without_a_session_are_said_as_such(covered) -> None:
    async def play(stage: Stage, curtain: Curtain) -> None:
        said = texts(main_screen(curtain))
        assert "Blocked" in said
        assert any(text.startswith("You chose not to go there now. It is open again at") for text in said)
        assert "On your News list. Blocked 3 times before today." in said
        assert any("It will be noted." in text for text in said)

    covered(play, blocked(in_session=False, title=None, list_name="News", earlier=3, back_to=None))


_SIZES = [((1440, 900), 100), ((1440, 900), 150), ((1366, 768), 150), ((1024, 700), 100), ((1024, 700), 150)]


@pytest.mark.parametrize("name", ["YouTube", "news.ycombinator.com"])
@pytest.mark.parametrize(("size", "scale"), _SIZES)
def test_nothing_overlaps_on_a_low_screen(qtbot, look, size: tuple[int, int], scale: int, name: str) -> None:
    look.theme.choose("dark", scale, "reduced", False)
    screen = OverlayScreen(look, main=True)
    qtbot.addWidget(screen)
    screen.resize(*size)
    screen.show_blocked(blocked(name=name, can_step_aside=True), NOW, UTC)
    screen.show()
    assert (screen.width(), screen.height()) == size
    assert any("18:04" in text for text in texts(screen)) or screen.ring.isVisible()
    ring: list[Any] = [screen.ring] if screen.ring.isVisible() else []
    parts = [*ring, screen.title, screen.sentence, screen.back, screen.aside, screen.pass_card]
    edges = [(part.geometry().top(), part.geometry().bottom()) for part in parts]
    assert all(above[1] < below[0] for above, below in pairwise(edges)), edges
    assert edges[-1][1] < size[1] - screen.theme.px("overlay.edge")


def test_it_is_dark_in_the_light_theme_too(covered) -> None:
    async def play(stage: Stage, curtain: Curtain) -> None:
        stage.context.theme.choose("light")
        screen = main_screen(curtain)
        image = QImage(screen.size(), QImage.Format.Format_RGB32)
        screen.render(image, QPoint())
        corner = QColor(image.pixel(2, 2))
        assert corner.lightness() < 32

    covered(play)
