import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QScrollArea, QWidget

from productify.domain import Dashboard, EditScope, Mode, Period, PeriodKind, Presence, State, Totals
from productify.errors import KnownError
from productify_ui.views.dashboard import bars, stats
from productify_ui.widgets.popup import Menu
from ui.conftest import until
from ui.fake import OFFSCREEN, TODAY, ZONE


def _texts(stage) -> list[str]:
    return [card.figure.text for card in stage.page.stats.cards]


def test_the_day_is_shown_in_figures(on_stage):
    async def play(stage):
        page = stage.page
        assert _texts(stage) == ["5h 59m", "83%", "30m", "7h 11m", "1h 13m"]
        assert page.stats.productive.accessibleName() == "Productive time: 5 hours 59 minutes. 34m more vs. yesterday"
        assert page.stats.distracting.context.accessibleName() == "3m more vs. yesterday"
        assert page.stats.active.context.accessibleName() == "1h 07m idle · 87% active"
        assert page.chart.chart.accessibleName() == (
            "Day by hour: 5h 59m productive, 42m neutral, 30m distracting, 1h 07m idle."
        )

    on_stage(play)


def test_what_is_shown_adds_up(on_stage):
    async def play(stage):
        page = stage.page
        for card in (page.apps, page.categories):
            assert sum(_minutes(row.time) for row in card.list.rows) == 7 * 60 + 11
        shown, rest = page.apps.list.shown_count, page.apps.foot.note.text()
        assert rest.startswith(f"{len(page.apps.shares) - shown} more · ")
        seen = sum(_minutes(row.time) for row in page.apps.list.rows[:shown])
        assert seen + _minutes(rest.split(" · ")[1]) == 7 * 60 + 11
        table = page.chart.table.texts()
        assert sum(_minutes(row[1]) for row in table) == 5 * 60 + 59

    on_stage(play)


def _minutes(text: str) -> int:
    hours, _, rest = text.rpartition("h")
    return int(hours or 0) * 60 + int(rest.strip().rstrip("m").replace("<1", "0"))


def test_keys_choose_the_period(on_stage):
    async def play(stage):
        page = stage.page
        for key, first, last in (
            ("W", 16, 22), ("M", 1, 30), ("D", 19, 19),
        ):  # fmt: skip
            QTest.keyClick(page, Qt.Key[f"Key_{key}"])
            await stage.settle()
            period = stage.world.asked[-1]
            assert (period.first.day, period.last.day) == (first, last)
        QTest.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        await stage.settle()
        assert stage.world.asked[-1].first == TODAY - timedelta(days=1)
        assert page.period.date.text() == "Yesterday"
        QTest.keyClick(page, Qt.Key.Key_T)
        await stage.settle()
        assert stage.world.asked[-1].first == TODAY
        assert not page.period.forward.isEnabled()
        asked = len(stage.world.asked)
        QTest.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
        await stage.settle()
        assert len(stage.world.asked) == asked, "nothing lies after today"

    on_stage(play)


def test_a_week_is_shown_by_day(on_stage):
    async def play(stage):
        stage.page.period.show_kind(PeriodKind.WEEK)
        await stage.settle()
        assert stage.page.chart.title.text() == "Week by day"
        assert stage.page.chart.table.texts()[0][0] == "Mon 16 Nov"
        assert stage.page.stats.longest.context.accessibleName().startswith("Thu, 08:39 – 09:52")

    on_stage(play)


def test_alt_t_shows_tables_and_charts_again(on_stage):
    async def play(stage):
        page = stage.page
        cards = (page.chart, page.apps, page.categories)
        QTest.keyClick(page, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
        assert all(card.shows_table for card in cards)
        QTest.keyClick(page, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
        assert not any(card.shows_table for card in cards)
        page.chart.chart.setFocus()
        QTest.keyClick(page.chart.chart, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
        assert [card.shows_table for card in cards] == [True, False, False]
        assert page.categories.table.texts()[0] == ["Development", "3h 59m"]

    on_stage(play)


def test_the_lists_can_show_sites_and_everything(on_stage):
    async def play(stage):
        card = stage.page.apps
        assert card.list.shown_count == 7
        QTest.mouseClick(card.foot.button, Qt.MouseButton.LeftButton)
        assert card.list.shown_count == len(card.shares) == 13
        assert card.foot.button.text() == "Show less"
        QTest.keyClick(card.which, Qt.Key.Key_End)
        assert {row.name for row in card.list.rows} <= {
            "Firefox", "GitHub", "Linear", "Reddit", "YouTube", "Hacker News",
        }  # fmt: skip

    on_stage(play)


def test_everything_that_takes_the_focus_says_what_it_is(on_stage):
    async def play(stage):
        nameless = [
            widget
            for widget in stage.window.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisible()
            and not widget.accessibleName()
            and not (isinstance(widget, QAbstractButton) and widget.text())
            and not isinstance(widget, QScrollArea)
        ]
        assert not nameless

    on_stage(play)


def test_tab_reaches_every_card_and_shows_where_it_is(on_stage):
    async def play(stage):
        stage.window.activateWindow()
        stage.page.period.back.setFocus(Qt.FocusReason.TabFocusReason)
        reached = []
        for _ in range(30):
            QTest.keyClick(stage.window.focusWidget(), Qt.Key.Key_Tab)
            reached.append(stage.window.focusWidget())
        page = stage.page
        order = [page.chart.chart, page.live.category, page.apps.which, page.apps.list, page.categories.list]
        places = [reached.index(widget) for widget in order]
        assert places == sorted(places)

    on_stage(play)


def test_the_live_card_ticks_by_itself(on_stage):
    async def play(stage):
        live = stage.page.live
        assert (live.name.text(), live.detail.text(), live.figure.text) == ("VS Code", "wal.py — atlas", "14:08")
        assert live.since.text() == "since 16:28"
        stage.world.clock.advance(1)
        await until(lambda: live.figure.text == "14:09")

    on_stage(play)


def test_a_tick_repaints_nothing_but_the_figure(on_stage):
    async def play(stage):
        live = stage.page.live
        painted = []

        class Watch(QObject):
            def eventFilter(self, watched, event):
                if event.type() is QEvent.Type.Paint:
                    painted.append((watched, event.rect().size()))
                return False

        watch = Watch(stage.window)
        for widget in (stage.window, *stage.window.findChildren(QWidget)):
            widget.installEventFilter(watch)
        await asyncio.sleep(0.1)
        painted.clear()
        stage.world.clock.advance(1)
        live.tick()
        await until(lambda: any(widget is live.figure for widget, _ in painted))
        limit = live.figure.size()
        assert not [size for _, size in painted if size.width() > limit.width() or size.height() > limit.height()]

    on_stage(play)


def test_being_away_is_said_so(on_stage):
    async def play(stage):
        running = stage.world.status.running
        away = replace(running.activity, app_name="away", cause=State.AWAY, window_title=None, category=None)
        stage.world.set_status(running=replace(running, activity=away))
        live = stage.page.live
        await until(lambda: live.name.text() == "Away since 16:28")
        assert not live.category.isVisible()
        assert live.detail.text() == "Counts as idle, not as work."

    on_stage(play)


def test_time_without_input_says_why_it_counts(on_stage):
    async def play(stage):
        running = stage.world.status.running
        for by, said in (
            (Presence.CALL, "microphone or camera in use"),
            (Presence.VIDEO, "full-screen video"),
            (Presence.AUDIO, "sound is playing"),
            (Presence.INHIBITOR, "an app keeps the screen awake"),
        ):
            present = replace(running, activity=replace(running.activity, presence=by))
            stage.world.set_status(running=present)
            await until(lambda said=said: stage.page.live.detail.text() == f"Counted as present: {said}")
        stage.world.set_status(running=running)
        await until(lambda: stage.page.live.detail.text() == running.activity.window_title)

    on_stage(play)


@OFFSCREEN
def test_a_wrong_category_is_changed_in_place(on_stage):
    async def play(stage):
        live = stage.page.live
        live.category.click()
        menu = live.findChildren(Menu)[-1]
        names = [action.text() for action in menu.actions()]
        assert names[:3] == ["Development", "Design", "Communication"]
        menu.actions()[1].trigger()
        menu.close()
        await until(lambda: live.category.accessibleName().startswith("Category: Design"))
        activity = stage.world.status.running.activity.id
        assert stage.world.log == [("reclassify", activity, "design", 1, EditScope.FROM_NOW)]
        await until(lambda: bool(stage.window.toasts.shown))
        assert stage.window.toasts.shown[0].accessibleName() == "VS Code is Design from now on"

    on_stage(play)


@OFFSCREEN
def test_a_verdict_is_changed_in_place(on_stage):
    async def play(stage):
        live = stage.page.live
        live.verdict.click()
        menu = live.findChildren(Menu)[-1]
        next(action for action in menu.actions() if action.text() == "Distracting").trigger()
        menu.close()
        await until(lambda: "Distracting" in live.verdict.accessibleName())
        assert stage.world.log[0][2:4] == ("development", -1)

    on_stage(play)


@OFFSCREEN
def test_a_verdict_without_a_category_is_for_this_time_only(on_stage):
    async def play(stage):
        running = stage.world.status.running
        bare = replace(running.activity, category=None, productivity=None)
        stage.world.set_status(running=replace(running, activity=bare))
        live = stage.page.live
        live.verdict.click()
        menu = live.findChildren(Menu)[-1]
        next(action for action in menu.actions() if action.text() == "Productive").trigger()
        menu.close()
        await until(lambda: bool(stage.window.toasts.shown))
        assert stage.window.toasts.shown[0].accessibleName() == "VS Code is Productive, this time only"
        assert stage.world.log[-1][2:] == (None, 1, EditScope.THIS_ONE)

    on_stage(play)


def test_the_first_day_has_patience(on_stage):
    async def play(stage):
        page = stage.page
        assert page.chart.note.isVisible()
        assert page.chart.note.title.text() == "Your day fills in as you work"
        assert _texts(stage) == ["2m", "—", "0m", "2m", "—"]
        assert page.live.advice.isVisible()
        assert page.apps.foot.note.text() == "Fills up during your first day."
        assert not page.stats.productive.visual.isVisible()

    on_stage(play, "first")


def test_a_past_day_without_anything_says_so(on_stage):
    async def play(stage):
        stage.page.period.show_day(TODAY - timedelta(days=4))
        await stage.settle()
        assert stage.page.chart.note.title.text() == "Nothing was recorded here"
        assert _texts(stage) == ["—"] * 5

    on_stage(play)


def test_trouble_stands_in_a_banner_and_can_be_tried_again(on_stage):
    async def play(stage):
        stage.world.trouble = KnownError("The disk is full.", "Make room, tracking goes on.")
        stage.page.refresh_now()
        await until(stage.page.banner.isVisible)
        assert stage.page.banner.accessibleName() == "The disk is full. Make room, tracking goes on."
        assert _texts(stage)[0] == "5h 59m", "what was shown stays"
        stage.world.trouble = None
        QTest.mouseClick(stage.page.banner.button, Qt.MouseButton.LeftButton)
        await until(lambda: not stage.page.banner.isVisible())

    on_stage(play)


def test_a_burst_of_commits_is_one_question_and_a_hidden_page_asks_none(on_stage):
    async def play(stage):
        asked = len(stage.world.asked)
        for _ in range(20):
            stage.context.bridge.changed.emit(frozenset({"activities"}))
        stage.context.bridge.changed.emit(frozenset({"screenshots"}))
        await until(lambda: len(stage.world.asked) > asked)
        await stage.settle()
        assert len(stage.world.asked) == asked + 1
        stage.window.hide()
        stage.context.bridge.changed.emit(frozenset({"activities"}))
        assert stage.page.dirty
        assert not stage.page._throttle.isActive()
        stage.window.show()
        await stage.settle()
        assert len(stage.world.asked) == asked + 2

    on_stage(play)


@pytest.mark.parametrize("size", [(1024, 700), (1440, 900), (960, 640)])
@pytest.mark.parametrize("scale", [100, 150])
def test_nothing_is_cut_off_at_the_sides(on_stage, theme, size, scale):
    async def play(stage):
        theme.choose(text_scale=scale)
        page = stage.page
        await until(lambda: page.stats.active.figure.size() == page.stats.active.figure.sizeHint())
        for card in (page.chart, page.live, page.apps, page.categories, *page.stats.cards):
            left = card.mapTo(stage.window, QPoint(0, 0)).x()
            assert page.x() <= left
            assert left + card.width() <= stage.window.width()
            assert card.height() >= card.minimumSizeHint().height()
        assert not [view for view in page.findChildren(QAbstractItemView) if view.horizontalScrollBar().isVisible()]

    on_stage(play, size=size)


def test_a_small_window_gives_up_pictures_before_words(on_stage):
    async def play(stage):
        page = stage.page
        assert page.compact
        assert page.stats.longest.label.text() == "Longest block"
        assert not page.stats.productive.visual.isVisible()
        assert page.live.y() > page.chart.y()
        stage.window.resize(1440, 900)
        assert not page.compact
        assert page.live.mapTo(page, QPoint()).y() == page.chart.mapTo(page, QPoint()).y()

    on_stage(play, size=(1024, 700))


def test_the_theme_changes_while_the_page_is_in_view(on_stage, theme):
    async def play(stage):
        dark = stage.window.grab().toImage().pixelColor(700, 890)
        theme.choose("light")
        light = stage.window.grab().toImage().pixelColor(700, 890)
        assert dark == "#0E1014"
        assert light == "#F5F6F8"

    on_stage(play)


def test_pausing_is_told_to_the_page(on_stage):
    async def play(stage):
        stage.world.set_status(mode=Mode.PAUSED, running=None)
        await until(lambda: stage.page.live.name.text() == "Paused")
        assert stage.page.live.figure.text == ""

    on_stage(play)


def test_the_axis_of_a_week_fits_its_fullest_day():
    def day(hours: float) -> object:
        return type("Bar", (), {"totals": Totals(productive=round(hours * 3_600_000))})()

    assert bars.scale_of([day(7.4)], PeriodKind.WEEK).ticks[-1][1] == "8h"
    assert bars.scale_of([day(8.1)], PeriodKind.WEEK).ticks[-1][1] == "12h"
    assert bars.scale_of([], PeriodKind.WEEK).ticks[-1][1] == "4h"


def test_active_stretches_are_shares_of_the_active_part():
    start = datetime(2026, 11, 19, 9, tzinfo=ZONE)

    def at(minutes: int) -> datetime:
        return start + timedelta(minutes=minutes)

    day = Period.around(PeriodKind.DAY, date(2026, 11, 19))
    rest = {"totals": Totals(), "before": None, "bars": (), "shares": (), "apps": (), "sites": (), "categories": ()}
    data = Dashboard(
        period=day, focus=None, focus_before=None, first=at(0), last=at(60), first_day_ever=None,
        stretches=((at(0), at(20)), (at(50), at(60))), **rest,
    )  # fmt: skip
    assert stats.active_stretches(data) == ((0.0, pytest.approx(1 / 3)), (pytest.approx(5 / 6), 1.0))
