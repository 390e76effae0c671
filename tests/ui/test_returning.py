"""The question after an absence: what it offers, what it records, and that it is never in the way."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from productify.domain import Notification, Part, Return, State, TimelineDay
from productify.notify.notifier import NoNotifier
from productify.paths import DataDir
from productify.service import Notices
from productify.service.notifications import Notifications
from productify_ui.views.returning import KEY, Returning
from productify_ui.views.returning.card import ReturnCard
from ui.conftest import until
from ui.fake import OFFSCREEN
from ui.real import NOW, demo_record, on_real_stage

__all__ = ["demo_record", "on_real_stage"]
pytestmark = OFFSCREEN
_FIVE = timedelta(minutes=5)


class Notified:
    """A notifier that waits for the test's choice."""

    def __init__(self) -> None:
        self.shown: list[Notification] = []
        self._choice: asyncio.Future[str | None] | None = None

    async def show(self, notification: Notification) -> str | None:
        self.shown.append(notification)
        self._choice = asyncio.get_running_loop().create_future()
        return await self._choice

    async def choose(self, key: str) -> None:
        """Choose, on the loop that shows it."""
        await asyncio.sleep(0)
        assert self._choice is not None
        self._choice.set_result(key)

    async def close(self) -> None:
        await asyncio.sleep(0)


class Asking:
    """A window over the real record, somebody who was away, and what asks them."""

    def __init__(self, stage) -> None:
        self.stage = stage
        self.window = stage.window
        self.bridge = stage.context.bridge
        self.returning = Returning(stage.context)
        self.returning.watch(self.window, self.window.toasts, lambda: self.window.in_view)
        self.notified = Notified()

    @property
    def card(self) -> ReturnCard:
        assert self.returning.card is not None
        return self.returning.card

    async def day(self) -> TimelineDay:
        """Return today as it is recorded."""
        return await self.stage.ask(lambda service: service.reports.timeline(NOW.date()))

    async def absences(self) -> list[Return]:
        """Return today's recorded absences of five minutes and more, the longest first."""
        rows = [row for row in (await self.day()).blocks if row.cause is State.AWAY and row.end - row.start >= _FIVE]
        rows.sort(key=lambda row: row.start - row.end)
        return [Return(row.start, row.end, State.AWAY) for row in rows]

    async def come_back(self, place: int = 0) -> Return:
        """Let somebody come back from one of today's absences, and wait for the question."""
        gap = (await self.absences())[place]
        self.bridge.returned.emit(gap)
        await until(lambda: self.returning.card is not None and self.returning.card.gap == gap)
        return gap

    async def named(self, gap: Return) -> list[tuple[str, float]]:
        """Return what the record holds in an absence: names and minutes."""
        rows = [row for row in (await self.day()).blocks if row.start < gap.end and row.end > gap.start]
        return [(row.app_name, (row.end - row.start) / timedelta(minutes=1)) for row in rows if row.cause is None]

    async def gone(self) -> None:
        await until(lambda: self.returning.card is None and not self.bridge._tasks)

    @property
    def toast(self) -> str:
        return self.window.toasts.shown[-1].accessibleName()

    async def _use(self, notifications: Notifications, service) -> None:
        service.notifications = notifications

    async def notify_by(self, notifier, notices: Notices | None = None) -> None:
        """Let the service show notifications by another means."""
        await self.stage.ask(partial(self._use, Notifications(notifier, notices or Notices())))


@pytest.fixture
def asking(on_real_stage):
    """Runs a play with somebody to ask."""

    def perform(play, **stage_options) -> None:
        async def whole(stage) -> None:
            asking = Asking(stage)
            try:
                await play(asking)
            finally:
                asking.returning.close()

        on_real_stage(whole, **stage_options)

    return perform


def test_a_label_is_one_click(asking):
    async def play(scene):
        gap = await scene.come_back()
        card = scene.card
        assert card.accessibleName().startswith("Away ")
        assert [button.text() for button in card.buttons] == ["Meeting", "Call", "Lunch", "Break"]
        assert card.geometry().bottom() <= scene.window.height() + card.theme.px("popup.shadow")
        card.buttons[2].click()
        await scene.gone()
        minutes = (gap.end - gap.start) / timedelta(minutes=1)
        assert await scene.named(gap) == [("Lunch", pytest.approx(minutes))]
        assert scene.toast.startswith("Saved as Lunch")

    asking(play)


def test_it_is_taken_back_from_the_toast(asking):
    async def play(scene):
        gap = await scene.come_back()
        scene.card.buttons[0].click()
        await scene.gone()
        scene.window.toasts.shown[-1]._acted()
        await until(lambda: scene.window.toasts.shown[-1:] and scene.toast == "Away again")
        assert await scene.named(gap) == []

    asking(play)


def test_what_was_said_before_comes_first_and_brings_its_category(asking):
    async def play(scene):
        first = await scene.come_back(0)
        scene.card.field.setText("Call with bank")
        QTest.keyClick(scene.card.field, Qt.Key.Key_Return)
        await scene.gone()
        await scene.come_back(1)
        labels = [button.text() for button in scene.card.buttons]
        assert labels[0] == "Call with bank"
        assert len(labels) == 4
        second = scene.card.gap
        scene.card.buttons[0].click()
        await scene.gone()
        rows = [row for row in (await scene.day()).blocks if row.app_name == "Call with bank"]
        assert {row.start for row in rows} == {first.start, second.start}
        assert len({row.category for row in rows}) == 1

    asking(play)


def test_the_focus_stays_and_only_keys_that_nobody_wants_are_heard(asking):
    async def play(scene):
        page = scene.window.page
        page.search.setFocus()
        gap = await scene.come_back()
        assert scene.window.focusWidget() is page.search
        QTest.keyClicks(page.search, "12")
        QTest.keyClick(page.search, Qt.Key.Key_Escape)
        assert page.search.text() == ""
        assert scene.returning.card is not None, "Escape emptied the field that it was meant for"
        item = page.contents._items["desktop"]
        item.setFocus()
        QTest.keyClick(item, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(item, Qt.Key.Key_9)
        assert scene.returning.card is not None
        QTest.keyClick(item, Qt.Key.Key_2)
        await scene.gone()
        assert [name for name, _ in await scene.named(gap)] == ["Call"]

    asking(play, page="settings")


def test_on_the_timeline_its_keys_are_its_own_until_a_gap_is_selected(asking):
    async def play(scene):
        page = scene.window.page
        await scene.stage.settle()
        busy = next(block for block in page.blocks if block.cause is None)
        page.select(busy.id)
        gap = await scene.come_back()
        scene.window.activateWindow()
        page.canvas.setFocus()
        QTest.keyClick(page.canvas, Qt.Key.Key_2)
        await scene.gone()
        await until(lambda: not scene.bridge._tasks and page.settled)
        assert [name for name, _ in await scene.named(gap)] == ["Call"]
        second = await scene.come_back(0)
        away = next(block for block in page.blocks if block.cause is State.AWAY and block.start != second.start)
        page.select(away.id)
        await until(lambda: page.inspector.is_gap and bool(page.inspector.name.recents))
        QTest.keyClick(page.canvas, Qt.Key.Key_1)
        await until(lambda: not scene.bridge._tasks and page.settled)
        assert scene.returning.card is not None
        assert [name for name, _ in await scene.named(Return(away.start, away.end, State.AWAY))] == ["Call"]
        assert await scene.named(second) == []

    asking(play, page="timeline")


def test_escape_leaves_it_as_it_is(asking):
    async def play(scene):
        gap = await scene.come_back()
        QTest.keyClick(scene.window, Qt.Key.Key_Escape)
        await scene.gone()
        assert await scene.named(gap) == []
        await scene.come_back()
        QTest.keyClick(scene.card.field, Qt.Key.Key_Escape)
        await scene.gone()
        await scene.come_back()
        scene.card.leave.click()
        await scene.gone()

    asking(play)


def test_an_absence_is_split_in_two(asking):
    async def play(scene):
        gap = await scene.come_back()
        card = scene.card
        low = card.height()
        card.field.setText("Lunch")
        card.divide.click()
        assert card.height() > low
        split = card.split
        assert split.fields[0].text() == "Lunch"
        assert not card.save.isEnabled()
        card.buttons[0].click()
        assert split.fields[1].text() == "Meeting"
        split.slider.setValue(3)
        assert "3m" in split.spans[0].text()
        card.save.click()
        await scene.gone()
        minutes = (gap.end - gap.start) / timedelta(minutes=1)
        assert await scene.named(gap) == [("Lunch", pytest.approx(3)), ("Meeting", pytest.approx(minutes - 3))]
        assert scene.toast.startswith("Saved as Lunch and Meeting")

    asking(play)


def test_a_split_is_taken_back_with_what_was_written(asking):
    async def play(scene):
        await scene.come_back()
        card = scene.card
        card.divide.click()
        card.split.fields[0].setText("Walk")
        card.divide.click()
        assert card.split is None
        assert card.field.isVisible()
        assert card.field.text() == "Walk"
        assert card.save.isEnabled()

    asking(play)


def test_there_is_one_card_and_none_that_somebody_writes_in_is_replaced(asking):
    async def play(scene):
        await scene.come_back(0)
        second = await scene.come_back(1)
        assert len([card for card in scene.window.findChildren(ReturnCard) if card.isVisible()]) == 1
        scene.card.field.setText("A walk")
        scene.bridge.returned.emit((await scene.absences())[0])
        await until(lambda: not scene.bridge._tasks)
        assert scene.card.gap == second

    asking(play)


def test_it_goes_by_itself_unless_somebody_writes(asking):
    async def play(scene):
        await scene.come_back()
        card = scene.card
        card.field.setText("A w")
        card._timer.setInterval(5)
        card._timer.start()
        await asyncio.sleep(0.05)
        assert scene.returning.card is card
        card.field.clear()
        await scene.gone()

    asking(play)


def test_switching_the_question_off_takes_it_away(asking):
    async def play(scene):
        await scene.come_back()
        await scene.stage.context.preferences.save("return_ask", False)
        await scene.gone()

    asking(play)


def test_toasts_stand_above_the_card(asking):
    async def play(scene):
        gap = await scene.come_back(0)
        scene.card.field.setText("Lunch")
        scene.returning._save((Part(gap.start, gap.end, "Lunch"),))
        await scene.gone()
        await scene.come_back(1)
        toast, card = scene.window.toasts.shown[-1], scene.card
        edge = card.theme.px("popup.shadow")
        assert toast.geometry().bottom() - edge < card.geometry().top() + edge
        scene.window.resize(1024, 700)
        await until(lambda: card.geometry().right() - edge < 1024)
        assert card.geometry().bottom() - edge < 700

    asking(play)


def test_what_cannot_be_saved_is_told_and_stays(asking):
    async def play(scene):
        busy = next(row for row in (await scene.day()).blocks if row.cause is None)
        scene.bridge.returned.emit(Return(busy.start, busy.end, State.AWAY))
        await until(lambda: scene.returning.card is not None)
        scene.card.buttons[0].click()
        await until(lambda: not scene.bridge._tasks)
        assert "recorded as activity" in scene.toast
        assert scene.returning.card is not None

    asking(play)


def test_a_hidden_window_asks_by_a_notification(asking):
    async def play(scene):
        await scene.notify_by(scene.notified)
        scene.window.hide()
        gap = (await scene.absences())[0]
        scene.bridge.returned.emit(gap)
        await until(lambda: scene.notified.shown)
        told = scene.notified.shown[0]
        assert told.title.startswith("Away ")
        assert told.actions[1:] == (("0", "Meeting"), ("1", "Call"), ("2", "Lunch"), ("other", "Something else"))
        assert scene.returning.card is None
        await scene.stage.ask(lambda _service: scene.notified.choose("2"))
        await until(lambda: scene.returning._gap is None and not scene.bridge._tasks)
        assert [name for name, _ in await scene.named(gap)] == ["Lunch"]
        scene.window.show()
        assert scene.returning.card is None

    asking(play)


def test_something_else_opens_the_window_with_the_card(asking):
    async def play(scene):
        await scene.notify_by(scene.notified)
        scene.returning.window_wanted.connect(scene.window.show)
        scene.window.hide()
        scene.bridge.returned.emit((await scene.absences())[0])
        await until(lambda: scene.notified.shown)
        await scene.stage.ask(lambda _service: scene.notified.choose("default"))
        await until(lambda: scene.returning.card is not None and scene.returning.card.isVisible())

    asking(play)


def test_where_nobody_notifies_the_card_waits_for_the_window_but_not_for_ever(asking):
    async def play(scene):
        heard: list[Notification] = []
        await scene.notify_by(NoNotifier(), Notices(notified=heard.append))
        scene.window.hide()
        scene.bridge.returned.emit((await scene.absences())[0])
        await until(lambda: heard)
        assert heard[0].key == KEY
        scene.window.show()
        await until(lambda: scene.returning.card is not None)
        scene.card.leave.click()
        await scene.gone()
        scene.window.hide()
        scene.bridge.returned.emit((await scene.absences())[0])
        await until(lambda: len(heard) == 2)
        scene.returning._old.setInterval(1)
        scene.returning._old.start()
        await until(lambda: scene.returning._gap is None)
        scene.window.show()
        await asyncio.sleep(0.02)
        assert scene.returning.card is None

    asking(play)


@pytest.mark.logs  # the off-screen platform remarks on raised windows and on the tray
@pytest.mark.filterwarnings("default::ResourceWarning")
def test_the_app_asks_in_its_window(run_app, tmp_path, monkeypatch):
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)

    async def play(app) -> None:
        await until(lambda: app.window is not None and app.window.page.settled and app.window.in_view, 20)
        now = app.context.now()
        app.bridge.returned.emit(Return(now - 3 * _FIVE, now - _FIVE, State.LOCKED))
        await until(lambda: app.returning.card is not None and app.returning.card.isVisible())
        QTest.keyClick(app.window, Qt.Key.Key_Escape)
        assert app.returning.card is None
        app.window.hide()
        told = []
        app.bridge.notified.connect(told.append)
        app.bridge.returned.emit(Return(now - 3 * _FIVE, now - _FIVE, State.ASLEEP))
        await until(lambda: told)
        assert not app.window.toasts.shown, "the question is no trouble to be told of"
        app.show_window()
        await until(lambda: app.returning.card is not None)
        assert app.returning.card.accessibleName().split(". ")[0].endswith("asleep")

    run_app(DataDir(tmp_path), play)
