"""The timeline as an editor, by keyboard and mouse over the real service; what counts is what is stored afterwards."""

from datetime import timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from productify.domain import Block, Verdict
from productify_ui.views.timeline.face import part_texts
from productify_ui.widgets.dialog import Dialog
from productify_ui.widgets.label import Label
from productify_ui.widgets.popup import Menu
from ui.conftest import until
from ui.fake import OFFSCREEN
from ui.real import RealStage, demo_record, on_real_stage
from ui.timeline_stage import (
    CTRL,
    DAY,
    LEFT,
    SHIFT,
    becomes,
    drag,
    longest,
    middle,
    move,
    on_timeline,
    press,
    stored,
    told,
)  # fmt: skip

__all__ = ["demo_record", "on_real_stage", "on_timeline"]
pytestmark = OFFSCREEN


def _toast(stage: RealStage):
    return stage.window.toasts.shown[-1]


def _pick(parent: QWidget, text: str) -> None:
    menu = parent.findChildren(Menu)[-1]
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


def test_another_category_is_stored_once_it_is_saved_and_undone_by_the_toast(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await stored(stage)
        block = longest(before)
        page.select(block.id)
        inspector = page.inspector
        assert not inspector.foot.save.isEnabled()
        inspector.verdict.category.click()
        _pick(inspector.verdict, "Games")
        assert inspector.verdict.productivity.value == "distracting"
        QTest.keyClicks(inspector.note, "with Ada")
        assert await stored(stage) == before
        await until(lambda: "Moves" in inspector.verdict.foresight.text())
        inspector.foot.save.click()
        await told(stage, "Changed 1 activity")
        await becomes(stage, lambda blocks: _of(blocks, block).category == "games")
        saved = _of(page.blocks, block)
        assert (saved.note, saved.classified_by, saved.productivity) == ("with Ada", "user", -2)
        assert not inspector.changed
        assert inspector.verdict.decided.text() == "You decided this."
        assert page.canvas.selection == block.id
        next(button for button in _toast(stage).findChildren(QPushButton) if button.text() == "Undo").click()
        await told(stage, "Undone: change")
        await becomes(stage, lambda blocks: blocks == before)

    on_timeline(play)


def _of(blocks, wanted: Block) -> Block:
    return next(block for block in blocks if block.id == wanted.id)


def test_deleting_by_key_leaves_the_scroll_and_is_undone_and_redone_by_keys(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await stored(stage)
        ids = [block.id for block in before[40:43]]
        page.list.table.scrollTo(page.list.model.index(page.list.model.row_of(ids[0]), 0))
        page.choose(frozenset(ids), ids[0])
        place = page.list.table.verticalScrollBar().value()
        assert page.inspector.who.name.text().startswith("3 activities, ")
        page.canvas.setFocus()
        press(page.canvas, Qt.Key.Key_Delete)
        await told(stage, "Deleted 3 activities")
        await becomes(stage, lambda blocks: not {block.id for block in blocks} & set(ids))
        assert not page.dock.is_open
        assert page.list.table.verticalScrollBar().value() == place
        press(page.canvas, Qt.Key.Key_Z, CTRL)
        await becomes(stage, lambda blocks: blocks == before)
        press(page.canvas, Qt.Key.Key_Z, CTRL | SHIFT)
        await becomes(stage, lambda blocks: len(blocks) == len(before) - 3)
        press(page.canvas, Qt.Key.Key_Z, CTRL)
        await becomes(stage, lambda blocks: blocks == before)

    on_timeline(play)


def test_the_knife_splits_by_drag_and_keys(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await stored(stage)
        block = longest(before)
        page.select(block.id)
        page.canvas.setFocus()
        press(page.canvas, Qt.Key.Key_S)
        knife = page.inspector.split
        assert page.canvas.cutting
        assert stage.window.focusWidget() is knife
        bar = knife._bar()
        drag(knife, bar.center().toPoint(), QPoint(round(bar.left() + bar.width() / 4), 10))
        press(knife, Qt.Key.Key_Right)
        at = knife.cut
        assert at.second == 0
        assert abs((at - block.start) / (block.end - block.start) - 0.25) < 0.15
        press(knife, Qt.Key.Key_Return)
        await told(stage, "Split in two")
        blocks = await becomes(stage, lambda blocks: len(blocks) == len(before) + 1)
        assert {(block.start, at), (at, block.end)} <= {(each.start, each.end) for each in blocks}

    on_timeline(play)


def test_a_click_into_the_block_cuts_it_there(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await stored(stage)
        block = longest(before)
        page.select(block.id)
        page.canvas.setFocus()
        press(page.canvas, Qt.Key.Key_S)
        await until(lambda: page.dock.is_open)
        place = middle(page, block)
        move(page.canvas, place)
        page.grab()
        QTest.mouseClick(page.canvas, LEFT, pos=place)
        blocks = await becomes(stage, lambda blocks: len(blocks) == len(before) + 1)
        first = _of(blocks, block)
        assert abs(first.end - (block.start + (block.end - block.start) / 2)) < timedelta(minutes=2)
        assert not page.canvas.cutting

    on_timeline(play)


def test_an_activity_is_trimmed_by_its_fields(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await stored(stage)
        block = longest(before)
        page.select(block.id)
        field, inspector = page.inspector.time.from_field, page.inspector
        zone = stage.context.zone
        field.selectAll()
        earlier = (block.start - timedelta(minutes=5)).astimezone(zone)
        QTest.keyClicks(field, f"{earlier:%H:%M}")
        assert "can be made shorter" in inspector.time.trouble.text()
        assert not inspector.foot.save.isEnabled()
        later = (block.start + timedelta(minutes=2)).astimezone(zone)
        field.selectAll()
        QTest.keyClicks(field, f"{later:%H:%M}")
        assert inspector.foot.save.isEnabled()
        inspector.foot.save.click()
        await told(stage, "Made shorter")
        blocks = await becomes(stage, lambda blocks: _of(blocks, block).start != block.start)
        assert _of(blocks, block).start == later.replace(second=0, microsecond=0)
        assert _of(blocks, block).end == block.end

    on_timeline(play)


def test_a_gap_says_why_and_gets_a_name_and_then_by_a_digit(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await stored(stage)
        gap, other = (longest(before, "away", place) for place in (0, 1))
        page.select(gap.id)
        inspector = page.inspector
        assert "No key or mouse" in inspector.who.detail.text()
        assert not inspector.verdict.isVisible()
        press(page.canvas, Qt.Key.Key_E)
        assert stage.window.focusWidget() is inspector.name.field
        QTest.keyClicks(inspector.name.field, "Lunch with Ada")
        await until(lambda: inspector.name.verdict == Verdict("personal", 0))
        press(inspector.name.field, Qt.Key.Key_Return)
        await told(stage, "Labelled 1 activity")
        await becomes(stage, lambda blocks: any(each.app_name == "Lunch with Ada" for each in blocks))
        await until(lambda: len(inspector.name.recents) == 1)
        page.select(other.id)
        page.canvas.setFocus()
        press(page.canvas, Qt.Key.Key_1)
        blocks = await becomes(stage, lambda blocks: sum(each.app_name == "Lunch with Ada" for each in blocks) == 2)
        named = next(each for each in blocks if each.start == other.start)
        assert (named.end, named.category, named.cause, named.origin) == (other.end, "personal", None, "label")

    on_timeline(play)


def test_several_are_selected_by_mouse_and_keys_and_mixed_values_say_so(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await stored(stage)
        work = [block for block in before if block.cause is None and block.end - block.start > timedelta(minutes=4)]
        one = work[0]
        other = next(block for block in work if block.category != one.category)
        QTest.mouseClick(page.canvas, LEFT, pos=middle(page, one))
        await until(lambda: page.dock.is_open)
        page.fit_day()
        QTest.mouseClick(page.canvas, LEFT, CTRL, middle(page, other))
        assert page.canvas.chosen == page.list.chosen == {one.id, other.id}
        verdict = page.inspector.verdict
        assert verdict.category.accessibleName() == "Category: Mixed"
        QTest.mouseClick(page.canvas, LEFT, CTRL, middle(page, one))
        assert page.canvas.chosen == {other.id}
        press(page.canvas, Qt.Key.Key_Left, SHIFT)
        assert len(page.canvas.chosen) == 2
        press(page.canvas, Qt.Key.Key_A, CTRL)
        assert len(page.canvas.chosen) == page.list.model.rowCount()
        page.choose(frozenset({one.id, other.id}), one.id)
        verdict.category.click()
        _pick(verdict, "Games")
        page.inspector.foot.save.click()
        await told(stage, "Changed 2 activities")
        await becomes(stage, lambda blocks: {_of(blocks, one).category, _of(blocks, other).category} == {"games"})

    on_timeline(play)


def test_a_rule_for_the_past_says_what_it_moves_and_moves_it(on_timeline):
    async def play(stage):
        page = stage.window.page
        block = next(block for block in await stored(stage) if block.app_name == "VS Code")
        page.select(block.id)
        verdict = page.inspector.verdict
        verdict.category.click()
        _pick(verdict, "Games")
        page.canvas.setFocus()
        press(page.canvas, Qt.Key.Key_R)
        assert (verdict.scope.value, stage.window.focusWidget()) == ("from_now", verdict.scope)
        press(verdict.scope, Qt.Key.Key_Right)
        chosen = page.inspector.draft
        await until(lambda: " days" in verdict.foresight.text())
        found = await stage.ask(lambda service: service.editing.preview(chosen.ids, chosen.verdict, chosen.scope))
        assert f"over {found.days} days" in verdict.foresight.text()
        assert found.days > 5
        page.inspector.foot.save.click()
        await until(lambda: any("Changed" in toast.accessibleName() for toast in stage.window.toasts.shown))
        days = [DAY - timedelta(days=shift) for shift in range(12)]
        old = [each for day in days for each in await stored(stage, day) if each.app_name == "VS Code"]
        assert len(old) > 20
        assert {each.category for each in old} == {chosen.category}
        page.canvas.setFocus()
        press(page.canvas, Qt.Key.Key_Z, CTRL)
        await told(stage, "Undone: change")
        old = [each for day in days for each in await stored(stage, day) if each.app_name == "VS Code"]
        assert {each.category for each in old} == {block.category}
        await stage.settle()

    on_timeline(play)


def test_changes_left_behind_can_be_saved_yet(on_timeline):
    async def play(stage):
        page = stage.window.page
        blocks = await stored(stage)
        block, other = longest(blocks), longest(blocks, place=1)
        page.select(block.id)
        QTest.keyClicks(page.inspector.note, "later")
        page.select(other.id)
        assert _toast(stage).accessibleName().startswith("Changes were not saved")
        next(button for button in _toast(stage).findChildren(QPushButton) if button.text() == "Save them").click()
        await becomes(stage, lambda blocks: _of(blocks, block).note == "later")
        assert page.canvas.selection == other.id

    on_timeline(play)


def test_a_note_reaches_the_gap_among_activities_that_get_another_category(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await stored(stage)
        chosen = [longest(before), longest(before, "away")]
        page.choose(frozenset(block.id for block in chosen), chosen[0].id)
        page.inspector._choose_category("games", -2)
        QTest.keyClicks(page.inspector.note, "in the train")
        page.inspector.foot.save.click()
        await told(stage, "Changed 2 activities")
        blocks = await becomes(stage, lambda blocks: _of(blocks, chosen[0]).category == "games")
        assert [_of(blocks, block).note for block in chosen] == ["in the train"] * 2
        assert _of(blocks, chosen[1]).category is None
        next(button for button in _toast(stage).findChildren(QPushButton) if button.text() == "Undo").click()
        await becomes(stage, lambda blocks: blocks == before)

    on_timeline(play)


def test_letters_are_left_to_a_field_with_the_keyboard(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await stored(stage)
        page.select(longest(before).id)
        note = page.inspector.note
        note.setFocus()
        QTest.keyClicks(note, "nest1")
        press(note, Qt.Key.Key_Delete)
        assert note.text() == "nest1"
        assert not page.canvas.cutting
        assert await stored(stage) == before

    on_timeline(play)


def test_a_toast_takes_back_only_what_it_told_of_and_hides_no_button(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await stored(stage)
        page.select(before[30].id)
        page.editor.delete()
        await told(stage, "Deleted 1 activity")
        first = _toast(stage)
        page.select(before[40].id)
        page.editor.split()
        press(page.inspector.split, Qt.Key.Key_Return)
        await told(stage, "Split in two")
        blocks = await becomes(stage, lambda blocks: len(blocks) == len(before))
        save = page.inspector.foot.save
        corner = save.mapTo(stage.window, QPoint(0, 0))
        assert not any(toast.geometry().contains(corner) for toast in stage.window.toasts.shown)
        next(button for button in first.findChildren(QPushButton) if button.text() == "Undo").click()
        await until(lambda: _toast(stage).accessibleName().startswith("Something else was changed since."))
        assert await stored(stage) == blocks

    on_timeline(play)


def test_what_could_not_be_saved_stays_to_be_saved(on_timeline):
    async def play(stage):
        page = stage.window.page
        block, other = longest(await stored(stage)), longest(await stored(stage), place=1)
        page.select(block.id)
        inspector = page.inspector
        QTest.keyClicks(inspector.note, "kept")
        draft = inspector.draft
        stage.context.bridge.changed.disconnect(page._tables_changed)  # it does not hear that the block has gone
        await stage.ask(lambda service: service.editing.delete([block.id]))
        inspector.foot.save.click()
        await until(lambda: any("no longer there" in toast.accessibleName() for toast in stage.window.toasts.shown))
        assert (inspector.draft, inspector.note.text()) == (draft, "kept")
        assert inspector.foot.save.isEnabled()
        inspector.note.clear()
        inspector._write_note("")
        page.select(other.id)
        assert not inspector.changed

    on_timeline(play)


def test_what_was_done_before_a_restart_can_be_undone(on_timeline):
    gone: list[Block] = []

    async def deleting(stage):
        page = stage.window.page
        gone.append(longest(await stored(stage)))
        page.select(gone[0].id)
        press(page.canvas, Qt.Key.Key_Delete)
        await becomes(stage, lambda blocks: gone[0] not in blocks)

    async def undoing(stage):
        assert gone[0] not in await stored(stage)
        press(stage.window.page.canvas, Qt.Key.Key_Z, CTRL)
        await becomes(stage, lambda blocks: gone[0] in blocks)

    on_timeline(deleting)
    on_timeline(undoing)


def test_deleting_for_ever_asks_first_and_leaves_nothing_to_undo(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await stored(stage)
        block = next(block for block in before if block.cause is None)
        page.select(block.id)
        page.editor.erase()
        [dialog] = page.findChildren(Dialog)
        assert "cannot be undone" in " ".join(label.text() for label in dialog.findChildren(Label))
        assert await stored(stage) == before
        next(each for each in dialog.findChildren(QPushButton) if each.text() == "Delete for ever").click()
        await becomes(stage, lambda blocks: block.id not in {each.id for each in blocks})
        await told(stage, "Deleted for ever")
        assert (await stage.ask(lambda service: service.editing.steps())).undo is None

    on_timeline(play)


def test_the_parts_of_a_split_add_up():
    minute = 60_000
    assert part_texts((5 * minute + 24_000, 5 * minute + 24_000)) == ["6m", "5m"]
    assert part_texts((59_000, 5 * minute)) == ["59s", "5m"]
