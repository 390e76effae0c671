"""The focus page over a scripted service: setting up, running and ending."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from productify.domain import (
    Attempt,
    FocusPlan,
    FocusSchedule,
    Phase,
    Pomodoro,
    Target,
    TargetKind,
)
from productify.errors import KnownError
from productify_ui.text import formats
from productify_ui.text.focus_time import digits_of, next_of, ring_of
from productify_ui.views.focus.asking import AskPopup, NumbersPopup
from productify_ui.views.focus.lengths import LengthChoice
from productify_ui.widgets.dialog import Dialog
from ui.conftest import until
from ui.fake import OFFSCREEN, TODAY
from ui.fake_focus import SHIPPED, ZONE, session_at
from ui.focus_stage import logged, on_focus

pytestmark = OFFSCREEN
CTRL = Qt.KeyboardModifier.ControlModifier
PLAN = FocusPlan(50, "WAL checkpointing", "Atlas", lists=(SHIPPED.id,))


def test_what_is_written_is_what_starts(on_stage):
    async def play(stage):
        timer = stage.page.timer
        timer.setup.title.setText("Onboarding flows")
        timer.setup.choose("Harbor")
        timer.lengths.choose_minutes(35)
        timer.strict.toggle.click()
        assert timer.ring.accessibleName().startswith("35:00, ends ")
        QTest.keyClick(stage.window, Qt.Key.Key_Return, CTRL)
        await logged(stage, "start", FocusPlan(35, "Onboarding flows", "Harbor", lists=(SHIPPED.id,), strict=True))
        await until(timer.controls.isVisible)
        assert not timer.setup.isVisible()

    on_focus(on_stage, play)


def test_rounds_and_free_lengths_are_asked_for(on_stage):
    async def play(stage):
        lengths = stage.page.timer.lengths
        lengths.segments.setFocus()
        QTest.keyClick(lengths.segments, Qt.Key.Key_End)
        assert lengths.pomodoro == Pomodoro()
        QTest.keyClick(lengths.segments, Qt.Key.Key_Return)
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


def test_arrows_pass_the_own_length_and_enter_opens_it(on_stage):
    async def play(stage):
        lengths = stage.page.timer.lengths
        lengths.choose_minutes(120)
        lengths.segments.setFocus()
        QTest.keyClick(lengths.segments, Qt.Key.Key_Right)
        assert (lengths.segments.value, lengths.minutes) == ("custom", 45)
        QTest.keyClick(lengths.segments, Qt.Key.Key_Right)
        assert lengths.pomodoro == Pomodoro()
        QTest.keyClick(lengths.segments, Qt.Key.Key_Left)
        assert lengths.segments.value == "custom"
        assert stage.window.findChild(NumbersPopup) is None
        QTest.keyClick(lengths.segments, Qt.Key.Key_Space)
        popup = stage.window.findChild(NumbersPopup)
        QTest.keyClicks(popup.numbers[0], "35")
        QTest.keyClick(popup.numbers[0], Qt.Key.Key_Return)
        assert (lengths.segments.value, lengths.minutes) == ("custom", 35)
        await until(lambda: stage.window.findChild(NumbersPopup) is None)
        QTest.keyClick(lengths.segments, Qt.Key.Key_Left)
        QTest.keyClick(lengths.segments, Qt.Key.Key_Return)
        assert (lengths.segments.value, lengths.minutes) == ("120", 120)
        cell = lengths.segments._cells()[4]
        QTest.mouseClick(lengths.segments, Qt.MouseButton.LeftButton, pos=cell.center().toPoint())
        assert stage.window.findChild(NumbersPopup).numbers[0].text() == "35"

    on_focus(on_stage, play)


def test_what_is_written_outlives_the_session_of_somebody_else(on_stage):
    async def play(stage):
        timer = stage.page.timer
        timer.setup.title.setText("Half a thou")
        stage.world.focus.run(PLAN)
        await until(timer.controls.isVisible)
        timer.controls.end.click()
        await until(timer.setup.isVisible)
        assert timer.setup.title.text() == "Half a thou"

    on_focus(on_stage, play)


def test_a_title_and_strict_mode_are_for_one_session(on_stage):
    async def play(stage):
        timer = stage.page.timer
        timer.setup.title.setText("Onboarding flows")
        timer.strict.toggle.click()
        QTest.keyClick(stage.window, Qt.Key.Key_Return, CTRL)
        await until(timer.controls.isVisible)
        assert timer.strict.toggle.isChecked()
        await until(lambda: not timer.strict.wanted)
        stage.world.focus.tell(None)
        await until(timer.setup.isVisible)
        assert timer.setup.title.text() == ""
        assert not timer.strict.toggle.isChecked()

    on_focus(on_stage, play)


def test_what_could_not_start_stays_written(on_stage):
    async def play(stage):
        timer = stage.page.timer
        timer.setup.title.setText("Onboarding flows")
        timer.strict.toggle.click()
        stage.world.refusal = KnownError("No room on the disk.")
        timer.start.click()
        await until(lambda: len(stage.failures) == 1)
        stage.failures.clear()
        assert timer.setup.title.text() == "Onboarding flows"
        assert timer.strict.wanted

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


def test_the_cards_go_below_where_a_running_session_needs_the_room(on_stage):
    async def play(stage):
        stage.world.focus.run(replace(PLAN, pomodoro=Pomodoro()))
        timer, side, scroll = stage.page.timer, stage.page.side, stage.page._scrolls[""]
        await until(timer.controls.isVisible)
        assert side.y() == timer.y()
        for scale, is_below in ((130, True), (150, True), (100, False)):
            stage.window.theme.choose(text_scale=scale)
            await until(lambda below=is_below: (side.y() > timer.geometry().bottom()) == below)
            assert scroll.widget().width() <= scroll.viewport().width()

    on_focus(on_stage, play, size=(960, 640))


def test_lengths_break_into_two_lines_where_one_is_too_wide(qtbot, look):
    lengths = LengthChoice(look)
    qtbot.addWidget(lengths)
    lengths.show()
    segments = lengths.segments
    tops = []
    for width in (segments.sizeHint().width(), segments.sizeHint().width() - 60, segments.minimumSizeHint().width()):
        lengths.resize(width, 100)
        cells = segments._cells()
        tops.append(len({cell.top() for cell in cells}))
        assert all(cell.right() <= segments.width() for cell in cells)
    assert tops == [1, 1, 2]


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
        await logged(stage, "emergency_end")
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
        await until(lambda: stage.window.toasts.shown)
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
        await logged(stage, "save_schedule", made)
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
