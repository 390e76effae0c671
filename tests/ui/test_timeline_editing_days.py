"""Entries, menus and whole days on the timeline, over the real service; what counts is what is stored afterwards."""

from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from productify.domain import InputGap, Origin, State
from productify.store.activities import add_gap
from productify_ui.text.formats import days_range
from productify_ui.views.timeline.axis import milliseconds
from productify_ui.views.timeline.gaps import with_gaps
from productify_ui.views.timeline.moments import moment_near
from productify_ui.widgets.popup import Menu
from ui.conftest import until
from ui.fake import OFFSCREEN
from ui.real import NOW, demo_record, on_real_stage
from ui.timeline_stage import CTRL, DAY, LEFT, SHIFT, becomes, drag, longest, middle, on_timeline, press, stored, told

__all__ = ["demo_record", "on_real_stage", "on_timeline"]
pytestmark = OFFSCREEN


def _named(blocks, name: str):
    return [block for block in blocks if block.app_name == name]


def test_a_line_of_text_becomes_an_entry(on_timeline):
    async def play(stage):
        page = stage.window.page
        page.canvas.setFocus()
        press(page.canvas, Qt.Key.Key_N)
        card = page.editor.day.entry
        assert stage.window.focusWidget() is card.line
        QTest.keyClicks(card.line, "call")
        await until(lambda: "Write it like" in card.understood.text())
        assert not card.add.isEnabled()
        card.line.selectAll()
        QTest.keyClicks(card.line, "9:10-9:40 call with bank")
        await until(lambda: card.understood.text() == "09:10 – 09:40 · 30m · call with bank · Meetings")
        press(card.line, Qt.Key.Key_Return)
        await told(stage, "Added 1 activity")
        blocks = await becomes(stage, lambda blocks: _named(blocks, "call with bank"))
        (entry,) = _named(blocks, "call with bank")
        zone = stage.context.zone
        assert [f"{moment.astimezone(zone):%H:%M}" for moment in (entry.start, entry.end)] == ["09:10", "09:40"]
        assert (entry.category, entry.origin) == ("meetings", Origin.MANUAL)
        assert not card.isVisible()
        assert stage.window.focusWidget() is page.canvas
        press(page.canvas, Qt.Key.Key_Z, CTRL)
        await becomes(stage, lambda blocks: not _named(blocks, "call with bank"))

    on_timeline(play)


def test_an_entry_for_what_is_to_come_is_refused_in_its_card(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await stored(stage)
        page.editor.day.add.click()
        card = page.editor.day.entry
        QTest.keyClicks(card.name.field, "tomorrow")
        later = (NOW + timedelta(hours=2)).astimezone(stage.context.zone)
        card.time.to_field.selectAll()
        QTest.keyClicks(card.time.to_field, f"{later:%H:%M}")
        card.add.click()
        await until(card.trouble.isVisible)
        assert "has not passed yet" in card.trouble.text()
        press(card.line, Qt.Key.Key_Escape)
        assert not card.isVisible()
        assert await stored(stage) == before

    on_timeline(play)


def test_a_drag_over_time_away_proposes_an_entry_for_it(on_timeline):
    async def play(stage):
        page, canvas = stage.window.page, stage.window.page.canvas
        gap = longest(await stored(stage), "away")
        row = canvas._painter.rows()[0]
        y = round(row.top + row.height / 2)
        start, end = (gap.start + (gap.end - gap.start) * share for share in (0.25, 0.75))
        drag(canvas, *(QPoint(round(canvas.place_of(milliseconds(each))), y) for each in (start, end)))
        card = page.editor.day.entry
        assert card.isVisible()
        assert not card.line.isVisible()
        assert abs(card.time.start - start) < timedelta(minutes=4)
        assert abs(card.time.end - end) < timedelta(minutes=4)
        QTest.keyClicks(card.name.field, "Walk")
        await until(lambda: card.name.verdict is not None)
        press(card.name.field, Qt.Key.Key_Return)
        blocks = await becomes(stage, lambda blocks: _named(blocks, "Walk"))
        (walk,) = _named(blocks, "Walk")
        assert (walk.start, walk.end) == (card.time.start, card.time.end)
        around = [block for block in blocks if block.cause is State.AWAY and gap.start <= block.start < gap.end]
        assert [(block.start, block.end) for block in around] == [(gap.start, walk.start), (walk.end, gap.end)]

    on_timeline(play)


def test_a_band_selects_what_it_passes_over_and_merging_makes_it_one(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await stored(stage)
        first = longest(before)
        near = before[before.index(first) + 1]
        start = middle(page, first)
        end = QPoint(round(page.canvas.place_of(milliseconds(near.end) - 1000)), start.y())
        drag(page.canvas, start, end, SHIFT)
        assert {first.id, near.id} <= page.canvas.chosen
        chosen = page.chosen
        page.canvas.setFocus()
        press(page.canvas, Qt.Key.Key_M)
        await told(stage, f"Merged {len(chosen)} activities")
        blocks = await becomes(stage, lambda blocks: len(blocks) == len(before) - len(chosen) + 1)
        one = next(block for block in blocks if block.start == chosen[0].start)
        assert (one.end, one.app_name) == (chosen[-1].end, first.app_name)

    on_timeline(play)


def test_the_menu_of_a_block_splits_and_deletes(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await stored(stage)
        block = longest(before)
        page.select(block.id)
        page.list.menu_wanted.emit(QPoint(100, 100))
        menu = next(menu for menu in page.findChildren(Menu) if menu.isVisible())
        texts = [action.text().split("\t")[0] for action in menu.actions()]
        assert texts == [
            "Edit", "Split", "Always file like this", "Copy selected to another day…", "Delete",
            "Delete for ever…",
        ]  # fmt: skip
        menu.actions()[-2].trigger()
        menu.close()
        await told(stage, "Deleted 1 activity")
        await becomes(stage, lambda blocks: len(blocks) == len(before) - 1)
        gap = next(each for each in page.blocks if each.cause is State.OFF and each.start == block.start)
        page.select(gap.id)
        assert page.inspector.title.text() == "Selected time"
        assert "Nothing is recorded" in page.inspector.who.detail.text()
        assert not page.inspector.split.isVisible()
        QTest.keyClicks(page.inspector.name.field, "Reading")
        page.inspector.foot.save.click()
        blocks = await becomes(stage, lambda blocks: _named(blocks, "Reading"))
        assert (_named(blocks, "Reading")[0].start, _named(blocks, "Reading")[0].end) == (block.start, block.end)

    on_timeline(play)


def test_a_day_is_copied_and_restored_by_its_menu(on_timeline):
    async def play(stage):
        page = stage.window.page
        before = await stored(stage)
        chosen = longest(before)
        page.select(chosen.id)
        page.editor.day.copy_selected()
        target = DAY - timedelta(days=5)
        there = await stored(stage, target)
        page.editor.day._calendar.grid.picked.emit(target)
        await told(stage, "Copied 1 activity")
        copied = [block for block in await stored(stage, target) if block.origin is Origin.COPY]
        assert [(block.app_name, block.end - block.start) for block in copied] == [
            (chosen.app_name, chosen.end - chosen.start)
        ]
        assert (await stored(stage)) == before
        page.period.show_day(target)
        await until(lambda: page.day is not None and page.day.day == target)
        QTest.mouseClick(page.editor.day.more, LEFT)
        await until(lambda: page.editor.day.more.findChildren(Menu))
        menu = page.editor.day.more.findChildren(Menu)[-1]
        assert menu.actions()[0].text() == "Undo: copy\tCtrl+Z"
        next(action for action in menu.actions() if action.text() == "Restore this day").trigger()
        menu.close()
        await told(stage, "Restored the day as it was recorded")
        await becomes(stage, lambda blocks: blocks == there, target)

    on_timeline(play)


def test_another_idle_timeout_for_a_day_says_what_it_changes(on_timeline):
    async def play(stage):
        page = stage.window.page
        page.editor.day._open_idle()
        card = page.editor.day.idle
        assert card.choice.value == "300"
        press(card.choice, Qt.Key.Key_Right)
        await until(lambda: card.foresight.text() != "")
        found = await stage.ask(lambda service: service.editing.preview_idle(DAY, DAY, 600))
        assert card.apply.isEnabled() == bool(found.days)
        assert card.foresight.text() == "Changes nothing on this day."
        card.cancel.click()
        assert not card.isVisible()

    on_timeline(play)


async def _leave_keyboard(stage, *days: date) -> None:
    """Keep two minutes without input in the middle of a long activity of each day."""

    async def keep(service) -> None:
        for day in days:
            blocks = (await service.reports.timeline(day)).blocks
            block = longest([block for block in blocks if block.presence is None])
            start = block.start + (block.end - block.start) / 2
            async with service.editing.desk.db.write() as session:
                await add_gap(session, service.editing.desk.user_id, InputGap(start, start + timedelta(minutes=2)))

    await stage.ask(keep)


def test_another_idle_timeout_for_all_that_was_kept_is_foreseen_applied_and_undone(on_timeline):
    async def play(stage):
        page = stage.window.page
        before, earlier = await stored(stage), DAY - timedelta(days=9)
        kept = await stage.ask(lambda service: service.reports.all_time())
        await _leave_keyboard(stage, DAY, earlier)
        there = await stored(stage, earlier)
        page.editor.day._open_idle()
        card = page.editor.day.idle
        press(card.range, Qt.Key.Key_End)
        press(card.choice, Qt.Key.Key_Home)
        await until(lambda: card.foresight.text() == "4m more away, 0m regained; 2 days change.")
        assert card.title.text() == f"Idle time-out for {days_range(kept.first, DAY)}"
        seen: list[tuple[int, int]] = []
        page.editor.corrections.progressed.connect(lambda done, whole: seen.append((done, whole)))
        card.apply.click()
        await becomes(stage, lambda blocks: len(blocks) == len(before) + 2)
        assert seen[-1] == ((DAY - kept.first).days + 1,) * 2
        assert len(await stored(stage, earlier)) == len(there) + 2
        page.canvas.setFocus()
        press(page.canvas, Qt.Key.Key_Z, CTRL)
        await becomes(stage, lambda blocks: blocks == before)
        assert await stored(stage, earlier) == there

    on_timeline(play)


def test_the_last_days_are_offered_for_another_idle_timeout(on_timeline):
    async def play(stage):
        page = stage.window.page
        page.editor.day._open_idle()
        card = page.editor.day.idle
        for days in (7, 30):
            press(card.range, Qt.Key.Key_Right)
            first = DAY - timedelta(days=days - 1)
            await until(lambda first=first: card.title.text() == f"Idle time-out for {days_range(first, DAY)}")
        card.cancel.click()

    on_timeline(play)


def test_longer_work_shows_how_far_it_is_and_is_taken_back_when_stopped(on_timeline):
    async def play(stage):
        page = stage.window.page
        block = next(block for block in await stored(stage) if block.app_name == "VS Code")
        page.select(block.id)
        seen: list[tuple[int, int]] = []
        page.editor.corrections.progressed.connect(lambda done, whole: seen.append((done, whole)))
        page.editor.corrections.progressed.connect(page.editor.day.work.stop.click)
        page.inspector._choose_category("games", -2)
        page.inspector.verdict.scope_chosen.emit(type(page.inspector.draft.scope).PAST_TOO)
        page.inspector.foot.save.click()
        await until(lambda: len(stage.window.toasts.shown) == 1)
        assert seen
        assert not page.editor.day.work.isVisible()
        text = stage.window.toasts.shown[0].accessibleName()
        now = {each.category for each in await stored(stage) if each.app_name == "VS Code"}
        assert (text, now) in (("Stopped. Nothing was changed.", {block.category}), ("Changed 1 activity", {"games"}))

    on_timeline(play)


def test_what_is_typed_is_the_nearest_such_time():
    near = datetime(2026, 11, 19, 23, 50, tzinfo=UTC)
    assert moment_near("23:05", near, UTC) == datetime(2026, 11, 19, 23, 5, tzinfo=UTC)
    assert moment_near("0:10", near, UTC) == datetime(2026, 11, 20, 0, 10, tzinfo=UTC)
    assert moment_near("11:40 pm", near, UTC) == datetime(2026, 11, 19, 23, 40, tzinfo=UTC)
    assert moment_near("2215", near, UTC) == datetime(2026, 11, 19, 22, 15, tzinfo=UTC)
    assert [moment_near(text, near, UTC) for text in ("", "x", "25:00", "9:61", "13 pm")] == [None] * 5


def test_gaps_stand_between_blocks_from_a_minute_on(on_timeline):
    async def play(stage):
        blocks = list(await stored(stage))
        gone = blocks.pop(10)
        found = [block for block in with_gaps(blocks) if block.cause is State.OFF and block.start == blocks[9].end]
        long = gone.end - gone.start >= timedelta(minutes=1)
        assert [(block.start, block.end) for block in found] == ([(blocks[9].end, blocks[10].start)] if long else [])
        assert [block for block in with_gaps(blocks) if block.cause is not State.OFF] == blocks

    on_timeline(play)
