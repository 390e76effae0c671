"""Block lists over a scripted service: edits in a row, lists that allow, the keyboard's place, what is said of them."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from productify.domain import BlockList, FocusPlan, ListMode, Target, TargetKind
from productify.errors import KnownError
from productify_ui.text.block_lists import lists_text, targets_of
from productify_ui.widgets.button import Button
from productify_ui.widgets.dialog import Dialog
from ui.conftest import until
from ui.fake import OFFSCREEN
from ui.fake_focus import SHIPPED

pytestmark = OFFSCREEN
CODE, TERMINAL = Target(TargetKind.APP, "VS Code"), Target(TargetKind.APP, "Terminal")
CODING = BlockList("coding", "Coding", ListMode.ALLOW, (CODE, TERMINAL))
NEWS = BlockList("news", "News", targets=(Target(TargetKind.SITE, "bbc.com"),))


@pytest.fixture
def on_focus(on_stage):
    """Runs a play on the focus page over some lists, the last of which are the last session's."""

    def perform(play, lists=(SHIPPED,), last=(SHIPPED.id,), part="") -> None:
        async def opened(stage) -> None:
            async def last_lists() -> tuple[str, ...]:
                return last

            stage.world.focus.kept = {each.id: each for each in lists}
            stage.world.focus.last_lists = last_lists
            stage.window.open_page("focus")
            stage.page.show_part(part)
            stage.page.refresh_now()
            await stage.settle()
            await play(stage)

        on_stage(opened)

    return perform


def _chip(lines, value):
    return next(each for each in lines._chips if each.target.value == value)


def _values(given):
    return [target.value for target in given.targets]


def test_two_removals_in_a_row_both_count(on_focus):
    async def play(stage):
        blocks, focus = stage.page.timer.blocks, stage.world.focus
        QTest.keyClick(_chip(blocks.chips, "x.com"), Qt.Key.Key_Delete)
        QTest.keyClick(_chip(blocks.chips, "youtube.com"), Qt.Key.Key_Delete)
        await until(lambda: len(stage.window.toasts.shown) == 2)
        assert _values(focus.kept[SHIPPED.id]) == ["reddit.com", "reddit.com/r/all", "Steam", "social"]

    on_focus(play)


def test_an_undo_brings_back_its_entry_and_nothing_else(on_focus):
    async def play(stage):
        blocks, focus = stage.page.timer.blocks, stage.world.focus
        for value in ("x.com", "youtube.com"):
            QTest.keyClick(_chip(blocks.chips, value), Qt.Key.Key_Delete)
        toasts = stage.window.toasts
        await until(lambda: len(toasts.shown) == 2)
        focus.kept[SHIPPED.id] = replace(focus.kept[SHIPPED.id], name="Deeper work")
        next(each for each in toasts.shown if each.accessibleName().startswith("x.com"))._acted()
        await until(lambda: "x.com" in _values(focus.kept[SHIPPED.id]))
        assert focus.kept[SHIPPED.id].name == "Deeper work"
        assert "youtube.com" not in _values(focus.kept[SHIPPED.id])

    on_focus(play)


def test_a_removal_that_is_refused_is_not_told_as_done(on_focus):
    async def play(stage):
        blocks = stage.page.timer.blocks
        stage.world.refusal = KnownError("A strict session uses the list Deep work.", "Anything else can wait.")
        QTest.keyClick(_chip(blocks.chips, "x.com"), Qt.Key.Key_Delete)
        await until(lambda: stage.failures)
        await until(lambda: "x.com" in [chip.target.value for chip in blocks.chips._chips])
        assert not [each for each in stage.window.toasts.shown if "no longer" in each.accessibleName()]
        stage.failures.clear()

    on_focus(play)


def test_edits_in_a_row_in_the_editor_all_count(on_focus):
    async def play(stage):
        part, focus = stage.page._parts["lists"], stage.world.focus
        editor = part.editor
        editor._allow(20)
        editor.mode.chosen.emit(ListMode.ALLOW.value)
        editor.sections[0]._chips[0].click()
        editor.sections[0]._chips[0].click()
        editor.active.click()
        wanted = replace(
            SHIPPED, mode=ListMode.ALLOW, targets=SHIPPED.targets[2:], allowance=20, is_on=False,
        )  # fmt: skip
        await until(lambda: focus.kept[SHIPPED.id] == wanted)
        await until(lambda: not part._unsaved)
        assert part.items[0].accessibleDescription() == "All but 1 app, 2 sites and 1 category"

    on_focus(play, part="lists")


def test_a_list_that_allows_is_not_said_to_block_what_it_names(on_focus):
    async def play(stage):
        blocks = stage.page.timer.blocks
        assert blocks.heading.text() == "Allow only"
        assert blocks.names.accessibleName() == "Allow only: Coding list, 2 apps"
        chip = _chip(blocks.chips, "VS Code")
        assert chip.accessibleName() == "Stop allowing VS Code"
        chip.click()
        await until(lambda: stage.window.toasts.shown)
        assert stage.window.toasts.shown[0].accessibleName() == "VS Code is no longer allowed"
        blocks._add(ListMode.ALLOW, "Kitty")
        await until(lambda: _values(stage.world.focus.kept["coding"]) == ["Kitty", "Terminal"])
        stage.world.focus.run(FocusPlan(50, lists=("coding",)))
        await until(lambda: blocks.heading.text() == "Allowing only")

    on_focus(play, (SHIPPED, CODING), ("coding",))


def test_what_is_blocked_stands_apart_from_what_is_allowed(on_focus):
    async def play(stage):
        blocks, focus = stage.page.timer.blocks, stage.world.focus
        assert [caption.text() for caption in blocks.captions if caption.isVisible()] == ["Block", "Allow only"]
        assert blocks.exceptions.y() > blocks.chips.y()
        assert [chip.accessibleName() for chip in blocks.chips._chips] == [
            "Stop blocking bbc.com",
            "Stop blocking Terminal",
        ]
        assert [chip.target for chip in blocks.exceptions._chips] == [CODE, TERMINAL]
        assert blocks.names.text() == "2 lists, 2 blocked, 2 allowed"
        _chip(blocks.exceptions, "Terminal").click()
        await until(lambda: focus.kept["coding"].targets == (CODE,))
        assert TERMINAL in focus.kept["news"].targets, "what blocks it is another matter"
        blocks._toggle("coding")
        assert not blocks.exceptions.isVisible()

    both = replace(NEWS, targets=(*NEWS.targets, TERMINAL))
    on_focus(play, (both, CODING), ("news", "coding"))


def test_several_lists_allow_only_what_each_of_them_does():
    other = replace(CODING, id="other", targets=(TERMINAL,))
    assert targets_of((CODING, other), ListMode.ALLOW) == (TERMINAL,)
    assert lists_text((CODING, replace(other, targets=()))) == "2 lists, nothing in common"


def test_in_the_editor_the_crosses_say_what_the_list_does(on_focus):
    async def play(stage):
        section = stage.page._parts["lists"].editor.sections[1]
        assert [chip.accessibleName() for chip in section._chips] == ["Stop allowing VS Code", "Stop allowing Terminal"]

    on_focus(play, (CODING,), part="lists")


def test_a_list_that_is_renamed_does_not_come_back_over_another(on_focus):
    async def play(stage):
        part, focus = stage.page._parts["lists"], stage.world.focus
        part.editor.name.setFocus()
        part.editor.name.setText("Deepest work")
        QTest.mouseClick(part.items[1], Qt.MouseButton.LeftButton)
        await until(lambda: focus.kept[SHIPPED.id].name == "Deepest work")
        await until(lambda: not part._unsaved and part.items[0].text() == "Deepest work")
        stage.page.refresh_now()
        await stage.settle()
        assert part.items[1].isChecked()
        assert part.editor.name.text() == "News"

    on_focus(play, (SHIPPED, NEWS), part="lists")


def test_a_name_that_is_being_written_outlives_other_edits(on_focus):
    async def play(stage):
        part, focus = stage.page._parts["lists"], stage.world.focus
        part.editor.name.setFocus()
        QTest.keyClicks(part.editor.name, "er")
        focus.kept[SHIPPED.id] = replace(SHIPPED, allowance=20)
        stage.page.refresh_now()
        await stage.settle()
        assert part.editor.allowance.text() == "20 min a day"
        assert part.editor.name.text() == "Deep worker"

    on_focus(play, part="lists")


def test_a_screen_reader_presses_a_chip(on_focus):
    async def play(stage):
        chip = _chip(stage.page.timer.blocks.chips, "x.com")
        spoken = QAccessible.queryAccessibleInterface(chip)
        spoken.actionInterface().doAction("Press")
        await until(lambda: "x.com" not in _values(stage.world.focus.kept[SHIPPED.id]))

    on_focus(play)


def test_the_mouse_takes_an_entry_away_by_its_cross_alone(on_focus):
    async def play(stage):
        chip = _chip(stage.page.timer.blocks.chips, "x.com")
        taken = []
        chip.removed.connect(taken.append)
        beside = QPoint(10, chip.height() // 2)
        QTest.mousePress(chip, Qt.MouseButton.LeftButton, pos=beside)
        assert not chip.isDown()
        QTest.mouseRelease(chip, Qt.MouseButton.LeftButton, pos=beside)
        assert not taken
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=chip._cross().center().toPoint())
        assert taken == [chip.target]

    on_focus(play)


@pytest.mark.parametrize(("part", "first"), [("", "youtube.com"), ("lists", "youtube.com")])
def test_the_keyboard_stays_where_entries_are_taken_away(on_focus, part, first):
    async def play(stage):
        def chips():
            return (
                stage.page._parts["lists"].editor.sections[0]._chips if part else stage.page.timer.blocks.chips._chips
            )

        chips()[1].setFocus(Qt.FocusReason.TabFocusReason)
        assert chips()[1].target.value == first
        for gone, following in (("youtube.com", "x.com"), ("x.com", "reddit.com/r/all")):
            focused = stage.window.focusWidget()
            assert focused.target.value == gone
            QTest.keyClick(focused, Qt.Key.Key_Delete)
            await until(lambda value=gone: value not in _values(stage.world.focus.kept[SHIPPED.id]))
            stage.page.refresh_now()
            await stage.settle()
            assert stage.window.focusWidget().target.value == following
            assert stage.window.focusWidget().ring_shown

    on_focus(play, part=part)


def test_behind_the_last_entry_the_keyboard_goes_to_what_adds_one(on_focus):
    async def play(stage):
        blocks = stage.page.timer.blocks
        blocks.chips._chips[0].setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(blocks.chips._chips[0], Qt.Key.Key_Delete)
        assert stage.window.focusWidget() is blocks.chips.add
        await until(lambda: not stage.world.focus.kept["news"].targets)

    on_focus(play, (NEWS,), ("news",))


def test_fields_grow_with_the_text(on_focus):
    async def play(stage):
        part, theme = stage.page._parts["lists"], stage.window.theme
        sized = (part.editor.allowance, part.editor.sections[0].field, part.index)
        before = [widget.width() for widget in sized]
        theme.choose(text_scale=150)
        try:
            await until(lambda: all(widget.width() > width for widget, width in zip(sized, before, strict=True)))
            assert part.editor.allowance.width() == round(before[0] * 1.5)
        finally:
            theme.choose(text_scale=100)

    on_focus(play, part="lists")


def test_a_list_is_not_reset_before_the_user_said_so(on_focus):
    async def play(stage):
        part, focus = stage.page._parts["lists"], stage.world.focus
        for answer in (0, 1):
            part.editor.reset.click()
            assert focus.kept[SHIPPED.id].allowance == 20
            dialog = stage.window.findChild(Dialog)
            assert dialog.windowTitle() == "Reset the list Deep work to how it came?"
            dialog.findChildren(Button)[answer].click()
            await until(lambda: stage.window.findChild(Dialog) is None)
        await until(lambda: focus.kept[SHIPPED.id] == SHIPPED)

    on_focus(play, (replace(SHIPPED, allowance=20),), part="lists")


def test_a_screen_reader_hears_which_lists_and_what_is_blocked(on_focus):
    async def play(stage):
        blocks = stage.page.timer.blocks
        assert blocks.names.accessibleName() == "Block while focusing: Deep work list, 1 app, 4 sites and 1 category"
        assert blocks.names.accessibleDescription() == "Choose block lists"
        assert blocks.chips.focusPolicy() is Qt.FocusPolicy.NoFocus
        stage.world.focus.run(FocusPlan(50, lists=(SHIPPED.id,)))
        await until(lambda: blocks.heading.text() == "Blocking")
        assert blocks.names.accessibleName() == "Blocking: Deep work list, 1 app, 4 sites and 1 category"
        assert not blocks.names.accessibleDescription()
        assert blocks.chips.focusPolicy() is Qt.FocusPolicy.TabFocus
        blocks.edit.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(blocks.edit, Qt.Key.Key_Tab)
        assert stage.window.focusWidget() is blocks.chips
        spoken = QAccessible.queryAccessibleInterface(blocks.chips).text(QAccessible.Text.Name)
        assert spoken == "Blocking: reddit.com, youtube.com, x.com, reddit.com/r/all, Steam, Social media"
        assert blocks.chips.accessibleDescription() == "Deep work list, 1 app, 4 sites and 1 category"

    on_focus(play)
