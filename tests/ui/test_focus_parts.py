"""The history, the schedule and the block lists of the focus page over a scripted service."""

from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import Qt

from productify.domain import (
    Attempt,
    FocusPlan,
    FocusSchedule,
    ListMode,
    Target,
    TargetKind,
    Weekly,
)
from productify.errors import KnownError
from productify_ui.text import formats
from productify_ui.views.focus.weekly import minutes_of
from productify_ui.widgets.button import Button
from productify_ui.widgets.dialog import Dialog
from productify_ui.widgets.filter_chip import FilterChip
from ui.conftest import until
from ui.fake import OFFSCREEN, TODAY
from ui.fake_focus import SHIPPED, ZONE, session_at
from ui.focus_stage import on_focus

pytestmark = OFFSCREEN
CTRL = Qt.KeyboardModifier.ControlModifier
PLAN = FocusPlan(50, "WAL checkpointing", "Atlas", lists=(SHIPPED.id,))


def test_the_history_opens_to_what_was_blocked(on_stage):
    def before(world):
        first, second = session_at(TODAY, 9, 10, 50, "Sync", attempts=1), session_at(TODAY, 11, 0, 25, "Review")
        world.focus.records = [session_at(TODAY - timedelta(days=20), 9, 0, 25, "Long ago"), first, second]
        at = datetime(2026, 11, 19, 9, 20, tzinfo=ZONE)
        world.focus.seen = (Attempt(at, "x.com", True, "Deep work", first.session_id),)

    async def play(stage):
        stage.page.show_part("history")
        await stage.settle()
        part = stage.page._parts["history"]
        [card] = part.cards
        assert [row.record.title for row in card.rows] == ["Review", "Sync"]
        clock = formats.clock(stage.world.focus.seen[0].at, stage.context.zone)
        card.rows[1].line.click()
        await until(card.rows[1].attempts.isVisible)
        assert card.rows[1].attempts.accessibleName() == f"{clock} x.com, by the list Deep work"
        part.earlier.click()
        await until(lambda: [row.record.title for each in part.cards for row in each.rows] == ["Long ago"])
        stage.page.back.click()
        assert stage.page.timer.isVisible()

    on_focus(on_stage, play, before)


def test_the_day_before_is_gone_back_from_while_the_night_still_counts_as_it(on_stage):
    def before(world):
        world.focus.records = [session_at(TODAY - timedelta(days=27), 9, 0, 25, "Weeks ago")]
        world.clock.jump(11 * 3600)  # past midnight; the day goes on until four

    async def play(stage):
        stage.page.show_part("history")
        await stage.settle()
        part = stage.page._parts["history"]
        part.earlier.click()
        await until(lambda: [row.record.title for each in part.cards for row in each.rows] == ["Weeks ago"])
        part.later.click()
        await until(lambda: not part.cards)
        assert not part.later.isEnabled()

    on_focus(on_stage, play, before)


def test_a_weekly_session_is_written_changed_and_deleted(on_stage):
    async def play(stage):
        stage.page.show_part("schedule")
        await stage.settle()
        part, focus = stage.page._parts["schedule"], stage.world.focus
        assert part.empty.isVisible()
        part.new.click()
        form = part.form
        form.start.setText("quarter past")
        form.take()
        assert form.trouble.text() == "Write a time such as 9:00."
        form.start.setText("13:15")
        form.minutes.setText("25")
        form.days.show_days(frozenset({0, 4}))
        form.lists.choose((SHIPPED.id,))
        form.take()
        await until(lambda: bool(part.rows))
        assert focus.weekly["weekly-0"] == FocusSchedule(
            "weekly-0", frozenset({0, 4}), 13 * 60 + 15, 25, lists=(SHIPPED.id,)
        )
        part.rows[0].toggle.click()
        await until(lambda: not focus.weekly["weekly-0"].is_on)
        part.rows[0].edit.click()
        form.delete.click()
        await until(lambda: not focus.weekly)

    on_focus(on_stage, play, lambda world: world.focus.weekly.clear())


def test_the_form_is_left_alone_while_the_lists_are_the_same(on_stage):
    async def play(stage):
        stage.page.show_part("schedule")
        await stage.settle()
        part, focus = stage.page._parts["schedule"], stage.world.focus
        part.new.click()
        part.form.lists.choose((SHIPPED.id,))
        chip = part.form.lists.findChild(FilterChip)
        chip.setFocus()
        stage.page.refresh_now()
        await stage.settle()
        assert part.form.lists.findChildren(FilterChip) == [chip]
        assert stage.window.focusWidget() is chip
        focus.kept["news"] = replace(SHIPPED, id="news", name="News")
        focus.kept[SHIPPED.id] = replace(SHIPPED, name="Deeper work")
        stage.page.refresh_now()
        await stage.settle()
        chips = part.form.lists.findChildren(FilterChip)
        assert [each.text() for each in chips] == ["Deeper work", "News"]
        assert part.form.lists.chosen == (SHIPPED.id,)
        assert stage.window.focusWidget() is chip

    on_focus(on_stage, play)


def test_the_form_takes_the_place_of_the_overview_where_both_do_not_fit(on_stage):
    async def play(stage):
        stage.page.show_part("schedule")
        await stage.settle()
        part = stage.page._parts["schedule"]
        part.rows[0].edit.click()
        assert part.overview.isVisible()
        stage.window.theme.choose(text_scale=150)
        assert not part.overview.isVisible()
        await until(lambda: part.form.width() == stage.window.theme.scaled("focus.form-width"))
        scroll = stage.page._scrolls["schedule"]
        assert scroll.widget().width() <= scroll.viewport().width()
        part.form.cancel.click()
        assert part.overview.isVisible()
        stage.window.theme.choose(text_scale=100)

    on_focus(on_stage, play, size=(960, 640))


def test_a_list_is_named_filled_and_given_hours(on_stage):
    async def play(stage):
        stage.page.show_part("lists")
        await stage.settle()
        part, focus = stage.page._parts["lists"], stage.world.focus
        part.new.click()
        await until(lambda: len(part.items) == 2)
        editor = part.editor
        editor.name.setText("News")
        editor.name.editingFinished.emit()
        await until(lambda: focus.kept["list-1"].name == "News")
        await stage.settle()
        editor.sections[0].field.setText("bbc.com")
        editor.sections[0].add.click()
        await until(lambda: focus.kept["list-1"].targets == (Target(TargetKind.SITE, "bbc.com"),))
        editor.hours.changed.emit((Weekly(frozenset({0}), 540, 1020),))
        await until(lambda: focus.kept["list-1"].hours == (Weekly(frozenset({0}), 540, 1020),))
        editor._allow(20)
        await until(lambda: focus.kept["list-1"].allowance == 20)
        editor.mode.chosen.emit(ListMode.ALLOW.value)
        await until(editor.allow_hint.isVisible)
        editor.delete.click()
        stage.window.findChild(Dialog).findChildren(type(part.new))[1].click()
        await until(lambda: "list-1" not in focus.kept)

    on_focus(on_stage, play)


def test_the_shipped_list_comes_back(on_stage):
    async def play(stage):
        stage.page.show_part("lists")
        await stage.settle()
        part = stage.page._parts["lists"]
        assert not part.restore.isVisible()
        part.editor.delete.click()
        stage.window.findChild(Dialog).findChildren(Button)[1].click()
        await until(part.restore.isVisible)
        assert not part.editor.isVisible()
        part.restore.click()
        await until(lambda: part.editor.isVisible() and part.editor.name.text() == "Deep work")

    on_focus(on_stage, play)


def test_what_strict_mode_refuses_is_said_in_the_editor(on_stage):
    async def play(stage):
        stage.page.show_part("lists")
        await stage.settle()
        editor = stage.page._parts["lists"].editor
        stage.world.refusal = KnownError("A strict session uses the list Deep work.", "Anything else can wait.")
        editor.active.click()
        await until(editor.banner.isVisible)
        assert editor.banner.title.text() == "A strict session uses the list Deep work."
        await until(editor.active.isChecked)

    on_focus(on_stage, play)


def test_times_of_day_are_read_as_people_write_them():
    assert [minutes_of(text) for text in ("9:00", "905", "9 pm", "24:10", "soon")] == [540, 545, 1260, None, None]
