"""The timeline as an editor, by keyboard and mouse over the real service; what counts is what is stored afterwards."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from productify.domain import Block, Verdict
from productify_ui.views.timeline.axis import milliseconds
from productify_ui.widgets.popup import Menu
from ui.conftest import until
from ui.fake import OFFSCREEN
from ui.real import RealStage, demo_record, on_real_stage

__all__ = ["demo_record", "on_real_stage"]
pytestmark = OFFSCREEN

DAY = date(2026, 11, 19)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def on_timeline(on_real_stage):
    """Runs a play with the timeline in view."""

    def perform(play, size: tuple[int, int] = (1440, 900)) -> None:
        async def played(stage) -> None:
            try:
                await play(stage)
            finally:  # what was asked for is answered before the stage is struck
                await until(lambda: stage.window.page.settled and not stage.context.bridge._tasks)

        on_real_stage(played, size, "timeline")

    return perform


async def _stored(stage: RealStage, day: date = DAY) -> tuple[Block, ...]:
    return (await stage.ask(lambda service: service.reports.timeline(day))).blocks


async def _becomes(stage: RealStage, condition) -> tuple[Block, ...]:
    """Wait until what is stored of the day is so, and until the page shows it."""
    blocks = await _stored(stage)
    for _ in range(200):
        if condition(blocks):
            break
        await stage.settle()
        blocks = await _stored(stage)
    assert condition(blocks)
    shown = lambda: tuple(block for block in stage.window.page.blocks if block.cause != "off")  # noqa: E731
    await until(lambda: shown() == blocks)
    return blocks


def _toast(stage: RealStage):
    return stage.window.toasts.shown[-1]


async def _told(stage: RealStage, text: str) -> None:
    await until(lambda: any(toast.accessibleName() == text for toast in stage.window.toasts.shown))


def _press(widget: QWidget, key: Qt.Key, keys=Qt.KeyboardModifier.NoModifier) -> None:
    widget.window().activateWindow()  # off screen, a menu that closes leaves no window active
    QTest.keyClick(widget, key, keys)


def _move(widget: QWidget, place: QPoint, held=Qt.MouseButton.NoButton, keys=Qt.KeyboardModifier.NoModifier) -> None:
    """Move the mouse; QTest's own way lets other tasks run in between, which asyncio forbids."""
    where = place.toPointF()
    event = QMouseEvent(
        QEvent.Type.MouseMove, where, widget.mapToGlobal(where), Qt.MouseButton.NoButton, held, keys
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def _drag(widget: QWidget, start: QPoint, end: QPoint, keys=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mousePress(widget, LEFT, keys, start)
    for share in (0.4, 1.0):
        _move(widget, start + (end - start) * share, LEFT, keys)
    QTest.mouseRelease(widget, LEFT, keys, end)


def _longest(blocks, cause=None, place: int = 0) -> Block:
    """Return one of the longest blocks of a cause, None being an app."""
    fitting = [block for block in blocks if block.cause == cause]
    return sorted(fitting, key=lambda block: block.start - block.end)[place]


def _middle(page, block: Block) -> QPoint:
    """Return where a block of the activity lane is."""
    canvas = page.canvas
    row = canvas._painter.rows()[0]
    middle = (milliseconds(block.start) + milliseconds(block.end)) / 2
    return QPoint(round(canvas._left() + canvas.axis.x(middle)), round(row.top + row.height / 2))


def _pick(parent: QWidget, text: str) -> None:
    menu = parent.findChildren(Menu)[-1]
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


def test_another_category_is_stored_once_it_is_saved_and_undone_by_the_toast(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await _stored(stage)
        block = _longest(before)
        page.select(block.id)
        inspector = page.inspector
        assert not inspector.foot.save.isEnabled()
        inspector.verdict.category.click()
        _pick(inspector.verdict, "Games")
        assert inspector.verdict.productivity.value == "distracting"
        QTest.keyClicks(inspector.note, "with Ada")
        assert await _stored(stage) == before
        await until(lambda: "Moves" in inspector.verdict.foresight.text())
        inspector.foot.save.click()
        await _told(stage, "Changed 1 activity")
        await _becomes(stage, lambda blocks: _of(blocks, block).category == "games")
        saved = _of(page.blocks, block)
        assert (saved.note, saved.classified_by, saved.productivity) == ("with Ada", "user", -2)
        assert not inspector.changed
        assert inspector.verdict.decided.text() == "You decided this."
        assert page.canvas.selection == block.id
        next(button for button in _toast(stage).findChildren(QPushButton) if button.text() == "Undo").click()
        await _told(stage, "Undone: change")
        await _becomes(stage, lambda blocks: blocks == before)

    on_timeline(play)


def _of(blocks, wanted: Block) -> Block:
    return next(block for block in blocks if block.id == wanted.id)


def test_deleting_by_key_leaves_the_scroll_and_is_undone_and_redone_by_keys(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await _stored(stage)
        ids = [block.id for block in before[40:43]]
        page.list.table.scrollTo(page.list.model.index(page.list.model.row_of(ids[0]), 0))
        page.choose(frozenset(ids), ids[0])
        place = page.list.table.verticalScrollBar().value()
        assert page.inspector.who.name.text().startswith("3 activities, ")
        page.canvas.setFocus()
        _press(page.canvas, Qt.Key.Key_Delete)
        await _told(stage, "Deleted 3 activities")
        await _becomes(stage, lambda blocks: not {block.id for block in blocks} & set(ids))
        assert not page.dock.is_open
        assert page.list.table.verticalScrollBar().value() == place
        _press(page.canvas, Qt.Key.Key_Z, CTRL)
        await _becomes(stage, lambda blocks: blocks == before)
        _press(page.canvas, Qt.Key.Key_Z, CTRL | SHIFT)
        await _becomes(stage, lambda blocks: len(blocks) == len(before) - 3)
        _press(page.canvas, Qt.Key.Key_Z, CTRL)
        await _becomes(stage, lambda blocks: blocks == before)

    on_timeline(play)


def test_the_knife_splits_by_drag_and_keys(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await _stored(stage)
        block = _longest(before)
        page.select(block.id)
        page.canvas.setFocus()
        _press(page.canvas, Qt.Key.Key_S)
        knife = page.inspector.split
        assert page.canvas.cutting
        assert stage.window.focusWidget() is knife
        bar = knife._bar()
        _drag(knife, bar.center().toPoint(), QPoint(round(bar.left() + bar.width() / 4), 10))
        _press(knife, Qt.Key.Key_Right)
        at = knife.cut
        assert at.second == 0
        assert abs((at - block.start) / (block.end - block.start) - 0.25) < 0.15
        _press(knife, Qt.Key.Key_Return)
        await _told(stage, "Split in two")
        blocks = await _becomes(stage, lambda blocks: len(blocks) == len(before) + 1)
        assert {(block.start, at), (at, block.end)} <= {(each.start, each.end) for each in blocks}

    on_timeline(play)


def test_a_click_into_the_block_cuts_it_there(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await _stored(stage)
        block = _longest(before)
        page.select(block.id)
        page.canvas.setFocus()
        _press(page.canvas, Qt.Key.Key_S)
        await until(lambda: page.dock.is_open)
        place = _middle(page, block)
        _move(page.canvas, place)
        page.grab()
        QTest.mouseClick(page.canvas, LEFT, pos=place)
        blocks = await _becomes(stage, lambda blocks: len(blocks) == len(before) + 1)
        first = _of(blocks, block)
        assert abs(first.end - (block.start + (block.end - block.start) / 2)) < timedelta(minutes=2)
        assert not page.canvas.cutting

    on_timeline(play)


def test_an_activity_is_trimmed_by_its_fields(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await _stored(stage)
        block = _longest(before)
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
        await _told(stage, "Made shorter")
        blocks = await _becomes(stage, lambda blocks: _of(blocks, block).start != block.start)
        assert _of(blocks, block).start == later.replace(second=0, microsecond=0)
        assert _of(blocks, block).end == block.end

    on_timeline(play)


def test_a_gap_says_why_and_gets_a_name_and_then_by_a_digit(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await _stored(stage)
        gap, other = (_longest(before, "away", place) for place in (0, 1))
        page.select(gap.id)
        inspector = page.inspector
        assert "No key or mouse" in inspector.who.detail.text()
        assert not inspector.verdict.isVisible()
        _press(page.canvas, Qt.Key.Key_E)
        assert stage.window.focusWidget() is inspector.name.field
        QTest.keyClicks(inspector.name.field, "Lunch with Ada")
        await until(lambda: inspector.name.verdict == Verdict("personal", 0))
        _press(inspector.name.field, Qt.Key.Key_Return)
        await _told(stage, "Labelled 1 activity")
        await _becomes(stage, lambda blocks: any(each.app_name == "Lunch with Ada" for each in blocks))
        await until(lambda: len(inspector.name.recents) == 1)
        page.select(other.id)
        page.canvas.setFocus()
        _press(page.canvas, Qt.Key.Key_1)
        blocks = await _becomes(stage, lambda blocks: sum(each.app_name == "Lunch with Ada" for each in blocks) == 2)
        named = next(each for each in blocks if each.start == other.start)
        assert (named.end, named.category, named.cause, named.origin) == (other.end, "personal", None, "label")

    on_timeline(play)


def test_several_are_selected_by_mouse_and_keys_and_mixed_values_say_so(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await _stored(stage)
        work = [block for block in before if block.cause is None and block.end - block.start > timedelta(minutes=4)]
        one = work[0]
        other = next(block for block in work if block.category != one.category)
        QTest.mouseClick(page.canvas, LEFT, pos=_middle(page, one))
        await until(lambda: page.dock.is_open)
        page.fit_day()
        QTest.mouseClick(page.canvas, LEFT, CTRL, _middle(page, other))
        assert page.canvas.chosen == page.list.chosen == {one.id, other.id}
        verdict = page.inspector.verdict
        assert verdict.category.accessibleName() == "Category: Mixed"
        QTest.mouseClick(page.canvas, LEFT, CTRL, _middle(page, one))
        assert page.canvas.chosen == {other.id}
        _press(page.canvas, Qt.Key.Key_Left, SHIFT)
        assert len(page.canvas.chosen) == 2
        _press(page.canvas, Qt.Key.Key_A, CTRL)
        assert len(page.canvas.chosen) == page.list.model.rowCount()
        page.choose(frozenset({one.id, other.id}), one.id)
        verdict.category.click()
        _pick(verdict, "Games")
        page.inspector.foot.save.click()
        await _told(stage, "Changed 2 activities")
        await _becomes(stage, lambda blocks: {_of(blocks, one).category, _of(blocks, other).category} == {"games"})

    on_timeline(play)


def test_a_rule_for_the_past_says_what_it_moves_and_moves_it(on_timeline):
    async def play(stage):
        page = stage.window.page
        block = next(block for block in await _stored(stage) if block.app_name == "VS Code")
        page.select(block.id)
        verdict = page.inspector.verdict
        verdict.category.click()
        _pick(verdict, "Games")
        page.canvas.setFocus()
        _press(page.canvas, Qt.Key.Key_R)
        assert (verdict.scope.value, stage.window.focusWidget()) == ("from_now", verdict.scope)
        _press(verdict.scope, Qt.Key.Key_Right)
        chosen = page.inspector.draft
        await until(lambda: " days" in verdict.foresight.text())
        found = await stage.ask(lambda service: service.editing.preview(chosen.ids, chosen.verdict, chosen.scope))
        assert f"over {found.days} days" in verdict.foresight.text()
        assert found.days > 5
        page.inspector.foot.save.click()
        await until(lambda: any("Changed" in toast.accessibleName() for toast in stage.window.toasts.shown))
        days = [DAY - timedelta(days=shift) for shift in range(12)]
        old = [each for day in days for each in await _stored(stage, day) if each.app_name == "VS Code"]
        assert len(old) > 20
        assert {each.category for each in old} == {chosen.category}
        page.canvas.setFocus()
        _press(page.canvas, Qt.Key.Key_Z, CTRL)
        await _told(stage, "Undone: change")
        old = [each for day in days for each in await _stored(stage, day) if each.app_name == "VS Code"]
        assert {each.category for each in old} == {block.category}
        await stage.settle()

    on_timeline(play)


def test_changes_left_behind_can_be_saved_yet(on_timeline):
    async def play(stage):
        page = stage.window.page
        blocks = await _stored(stage)
        block, other = _longest(blocks), _longest(blocks, place=1)
        page.select(block.id)
        QTest.keyClicks(page.inspector.note, "later")
        page.select(other.id)
        assert _toast(stage).accessibleName().startswith("Changes were not saved")
        next(button for button in _toast(stage).findChildren(QPushButton) if button.text() == "Save them").click()
        await _becomes(stage, lambda blocks: _of(blocks, block).note == "later")
        assert page.canvas.selection == other.id

    on_timeline(play)


def test_letters_are_left_to_a_field_with_the_keyboard(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await _stored(stage)
        page.select(_longest(before).id)
        note = page.inspector.note
        note.setFocus()
        QTest.keyClicks(note, "nest1")
        _press(note, Qt.Key.Key_Delete)
        assert note.text() == "nest1"
        assert not page.canvas.cutting
        assert await _stored(stage) == before

    on_timeline(play)
