"""The focus page over a scripted service: setting up, running, ending, and its parts."""

from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from productify.domain import (
    Attempt,
    FocusPlan,
    FocusSchedule,
    ListMode,
    Phase,
    Pomodoro,
    Target,
    TargetKind,
    Weekly,
)
from productify.errors import KnownError
from productify_ui.floating import Floating
from productify_ui.leaving import Leaving
from productify_ui.text import formats
from productify_ui.text.focus_time import digits_of, next_of, ring_of
from productify_ui.tracking_actions import TrackingActions
from productify_ui.tray import Tray
from productify_ui.views.focus.asking import AskPopup, NumbersPopup
from productify_ui.views.focus.weekly import minutes_of
from productify_ui.views.palette.entries import Sources
from productify_ui.widgets.button import Button
from productify_ui.widgets.dialog import Dialog
from ui.conftest import until
from ui.fake import OFFSCREEN, TODAY
from ui.fake_focus import SHIPPED, ZONE, session_at

pytestmark = OFFSCREEN
CTRL = Qt.KeyboardModifier.ControlModifier
PLAN = FocusPlan(50, "WAL checkpointing", "Atlas", lists=(SHIPPED.id,))


def on_focus(on_stage, play, before=lambda world: None, size=(1440, 900)) -> None:
    """Run a play on the focus page, once it shows what it asked for."""

    async def opened(stage) -> None:
        before(stage.world)
        stage.window.open_page("focus")
        await stage.settle()
        await play(stage)

    on_stage(opened, size=size)


async def _logged(stage, *wanted) -> None:
    await until(lambda: wanted in stage.world.log)


def test_what_is_written_is_what_starts(on_stage):
    async def play(stage):
        timer = stage.page.timer
        timer.setup.title.setText("Onboarding flows")
        timer.setup.choose("Harbor")
        timer.lengths.choose_minutes(35)
        timer.strict.toggle.click()
        assert timer.ring.accessibleName().startswith("35:00, ends ")
        QTest.keyClick(stage.window, Qt.Key.Key_Return, CTRL)
        await _logged(stage, "start", FocusPlan(35, "Onboarding flows", "Harbor", lists=(SHIPPED.id,), strict=True))
        await until(timer.controls.isVisible)
        assert not timer.setup.isVisible()

    on_focus(on_stage, play)


def test_the_key_starts_and_ends_on_every_page(on_stage):
    async def play(stage):
        QTest.keyClick(stage.window, Qt.Key.Key_Return, CTRL)
        await _logged(stage, "start", FocusPlan(50, lists=(SHIPPED.id,)))
        await until(lambda: stage.context.focus.now is not None)
        QTest.keyClick(stage.window, Qt.Key.Key_Space, CTRL | Qt.KeyboardModifier.ShiftModifier)
        await _logged(stage, "pause_focus")
        QTest.keyClick(stage.window, Qt.Key.Key_Return, CTRL)
        await _logged(stage, "end")

    on_stage(play)


def test_rounds_and_free_lengths_are_asked_for(on_stage):
    async def play(stage):
        lengths = stage.page.timer.lengths
        lengths.segments.setFocus()
        QTest.keyClick(lengths.segments, Qt.Key.Key_End)
        assert lengths.pomodoro == Pomodoro()
        lengths.segments.chosen_again.emit("pomodoro")
        popup = stage.window.findChild(NumbersPopup)
        popup.numbers[0].setText("500")
        popup.take()
        assert popup.isVisible()
        for field, number in zip(popup.numbers, ("20", "4", "10", "3"), strict=True):
            field.setText(number)
        popup.take()
        assert (lengths.minutes, lengths.pomodoro) == (60, Pomodoro(20, 4, 10, 3))
        lengths.choose_minutes(45)
        assert (lengths.minutes, lengths.pomodoro, lengths.segments.value) == (45, None, "custom")

    on_focus(on_stage, play)


def test_a_running_session_ticks_by_itself_while_it_is_in_view(on_stage):
    async def play(stage):
        stage.world.focus.run(PLAN, elapsed=31 * 60 + 56)
        timer = stage.page.timer
        await until(timer.controls.isVisible)
        assert stage.window.sidebar._items["focus"].accessibleDescription() == "Focus session, 18:04"
        ticks = []
        stage.context.focus.ticked.connect(lambda: ticks.append(digits_of(stage.context.focus.now)))
        stage.world.clock.advance(1.2)
        stage.world.set_status(focus=replace(stage.world.focus.now, attempts=1))
        await until(lambda: len(ticks) >= 1, 4)
        assert ticks[0] in ("18:03", "18:04")
        stage.window.hide()
        assert not stage.context.focus._beat.isActive()

    on_focus(on_stage, play)


def test_what_is_left_is_said_in_each_phase(on_stage):
    async def play(stage):
        focus, now = stage.world.focus, stage.world.clock.now()
        focus.run(PLAN, elapsed=31 * 60 + 56)
        running = focus.now
        shown = ring_of(running, now, ZONE)
        ends = formats.clock(running.ends_at, ZONE)
        assert (shown.digits, shown.below) == ("18:04", f"left of 50m, ends {ends}")
        over = replace(running, phase=Phase.OVERTIME, left=0.0, phase_left=0.0, overtime=250.0, elapsed=3250.0)
        assert (digits_of(over), ring_of(over, now, ZONE).below) == ("+4:10", "over the 50m that were planned")
        rounds = replace(running, plan=replace(PLAN, pomodoro=Pomodoro()), phase_left=64.0)
        assert next_of(rounds) == "Then a 5 min break"
        assert next_of(replace(rounds, cycle=4)) == "Then a 15 min break"
        resting = replace(rounds, phase=Phase.BREAK)
        assert next_of(resting) == "Then 25 min of focus"

    on_stage(play)


def test_strict_mode_says_why_and_asks_before_its_emergency_end(on_stage):
    async def play(stage):
        stage.world.focus.run(replace(PLAN, strict=True))
        timer = stage.page.timer
        await until(timer.controls.isVisible)
        assert not timer.controls.end.isEnabled()
        assert not timer.controls.pause.isEnabled()
        assert "cannot end early" in timer.controls.end.toolTip()
        assert "one emergency end in seven days" in timer.strict.hint.text()
        timer.strict.emergency.click()
        dialog = stage.window.findChild(Dialog)
        dialog.findChildren(type(timer.start))[0].click()
        await _logged(stage, "emergency_end")
        stage.world.focus.run(replace(PLAN, strict=True), emergency_at=stage.world.clock.now() + timedelta(days=3))
        await until(lambda: not timer.strict.emergency.isEnabled())

    on_focus(on_stage, play)


def test_an_entry_is_taken_away_put_back_and_added(on_stage):
    async def play(stage):
        blocks = stage.page.timer.blocks
        chip = next(each for each in blocks.chips._chips if each.target.value == "x.com")
        QTest.keyClick(chip, Qt.Key.Key_Delete)
        focus = stage.world.focus
        await until(lambda: Target(TargetKind.SITE, "x.com") not in focus.kept[SHIPPED.id].targets)
        stage.window.toasts.shown[0]._acted()
        await until(lambda: focus.kept[SHIPPED.id].targets == SHIPPED.targets)
        stage.page.refresh_now()
        await stage.settle()
        blocks.chips.add.click()
        popup = stage.window.findChild(AskPopup)
        popup.field.setText("news.example.org/live")
        popup.take()
        await until(lambda: focus.kept[SHIPPED.id].targets[0] == Target(TargetKind.SITE, "news.example.org/live"))

    on_focus(on_stage, play)


def test_the_suggestion_is_scheduled(on_stage):
    async def play(stage):
        offer = stage.page.timer.offer
        assert offer.text.text() == "You focus best Tue to Thu from 09:00. Start then?"
        offer.schedule.click()
        made = FocusSchedule("weekly-1", frozenset({1, 2, 3}), 9 * 60, 50, lists=(SHIPPED.id,))
        await _logged(stage, "save_schedule", made)
        stage.page.refresh_now()
        await until(lambda: not offer.isVisible())

    on_focus(on_stage, play)


def test_a_session_that_has_just_ended_tells_what_was_blocked(on_stage):
    def before(world):
        end = world.clock.now() - timedelta(minutes=2)
        record = replace(session_at(TODAY, 15, 50, 50, "WAL checkpointing", attempts=1), ended_at=end)
        world.focus.records = [record]
        world.focus.seen = (
            Attempt(end - timedelta(minutes=9), "youtube.com", True, "Deep work", record.session_id, True, "a talk"),
        )

    async def play(stage):
        ended, side = stage.page.side.ended, stage.page.side
        assert ended.isVisible()
        assert not side.pulled.isVisible()
        assert ended.title.text() == "WAL checkpointing is done"
        assert "pass taken: a talk" in ended.rows.accessibleName()
        ended._dismiss()
        assert not ended.isVisible()

    on_focus(on_stage, play, before)


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


def test_tray_and_palette_offer_what_can_be_done(on_stage):
    async def play(stage):
        context = stage.context
        tray = Tray(context, TrackingActions(context, stage.window), stage.window)
        try:
            tray.renew()
            assert [action.text().split("\t")[0] for action in tray.focus.start_menu.actions()] == [
                "25 min", "50 min", "90 min",
            ]  # fmt: skip
            tray.focus.start_menu.actions()[2].trigger()
            await _logged(stage, "start", FocusPlan(90, lists=(SHIPPED.id,)))
            await until(tray.focus.end.isVisible)
            assert tray.focus.state.text() == "Focus: Focus session, 1:30:00 left"
            assert tray.focus.icon_of("tray-tracking") == "tray-focus"
            found = [entry.title for entry in Sources(context, tray._actions, ()).at_once("focus")]
            assert found[:2] == ["End focus session", "Pause focus"]
            tray.focus.end.trigger()
            await until(lambda: context.focus.now is None)
            found = [entry.title for entry in Sources(context, tray._actions, ()).at_once("start focus")]
            assert found[0] == "Start focus 50 min"
            told = []
            context.told.connect(told.append)
            tray.focus.rest.trigger()
            await until(lambda: [news.title[:14] for news in told] == ["A break until "])
            assert stage.world.breaks.begun == 1
            [entry] = Sources(context, tray._actions, ()).at_once("take a break")
            assert entry.title == "Take a break"
        finally:
            tray.close()

    on_stage(play)


def test_times_of_day_are_read_as_people_write_them():
    assert [minutes_of(text) for text in ("9:00", "905", "9 pm", "24:10", "soon")] == [540, 545, 1260, None, None]


def test_quitting_asks_while_a_session_has_time_left(on_stage, qtbot):
    async def play(stage):
        leaving = Leaving(stage.context, stage.window)
        with qtbot.waitSignal(leaving.quit_wanted):
            leaving.ask()
        stage.world.focus.run(replace(PLAN, strict=True))
        await until(lambda: stage.context.focus.now is not None)
        with qtbot.assertNotEmitted(leaving.quit_wanted):
            leaving.ask()
        assert leaving.dialog.isVisible()
        keep = next(each for each in leaving.dialog.findChildren(Button) if each.text() == "Keep going")
        keep.click()
        await until(lambda: leaving.dialog is None)
        leaving.ask()
        with qtbot.waitSignal(leaving.quit_wanted):
            next(each for each in leaving.dialog.findChildren(Button) if each.text() == "Quit").click()
        await until(lambda: leaving.dialog is None)

    on_stage(play)


def test_the_small_window_comes_and_goes_with_the_session(on_stage):
    async def play(stage):
        floating = Floating(stage.context, stage.window)
        try:
            stage.world.focus.run(PLAN)
            await until(lambda: stage.context.focus.now is not None)
            assert floating.timer is None
            await stage.context.preferences.save("focus_floating", True)
            await until(lambda: floating.timer is not None and floating.timer.isVisible())
            assert floating.timer.time.text == "50:00"
            floating.timer.end.click()
            await until(lambda: not floating.timer.isVisible())
        finally:
            floating.close()

    on_stage(play)
