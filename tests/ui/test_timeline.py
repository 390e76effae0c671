"""The timeline page, used by keyboard and mouse as a person does."""

import threading
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from productify_ui.views.timeline.axis import milliseconds
from productify_ui.views.timeline.painter import Ghost
from productify_ui.widgets.popup import Menu
from ui.conftest import until
from ui.fake import OFFSCREEN, TODAY

NO_KEY = Qt.KeyboardModifier.NoModifier
MINUTE = 60_000


@pytest.fixture
def on_timeline(on_stage):
    """Runs a play with the timeline in view."""

    def perform(play, kind: str = "day", size: tuple[int, int] = (1440, 900)) -> None:
        async def opened(stage) -> None:
            stage.window.open_page("timeline")
            await stage.settle()
            await play(stage)

        on_stage(opened, kind, size)

    return perform


def _mouse(widget: QWidget, kind: QEvent.Type, x: float, y: float, button=Qt.MouseButton.LeftButton) -> None:
    held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else button
    own = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else button
    place = QPointF(x, y)
    event = QMouseEvent(kind, place, widget.mapToGlobal(place), own, held, NO_KEY)
    QApplication.sendEvent(widget, event)


def _drag(widget: QWidget, y: float, *path: float) -> None:
    _mouse(widget, QEvent.Type.MouseButtonPress, path[0], y)
    for x in path[1:]:
        _mouse(widget, QEvent.Type.MouseMove, x, y)
    _mouse(widget, QEvent.Type.MouseButtonRelease, path[-1], y)


def _hover(widget: QWidget, x: float, y: float) -> None:
    _mouse(widget, QEvent.Type.MouseMove, x, y, Qt.MouseButton.NoButton)


def _wheel(widget: QWidget, x: float, turn: int, keys: Qt.KeyboardModifier = NO_KEY) -> bool:
    place = QPointF(x, 60)
    event = QWheelEvent(
        place, widget.mapToGlobal(place), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, keys,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def _place(page, index: int) -> tuple[float, float]:
    """Return the middle of a piece in the activity lane."""
    canvas = page.canvas
    piece = canvas.lanes.activity.pieces[index]
    row = canvas._painter.rows()[0]
    return canvas._left() + canvas.axis.x((piece.start + piece.end) / 2), row.top + row.height / 2


def _seen(page) -> tuple[int, int]:
    """Return the minutes of the day at both ends of the view."""
    low = milliseconds(page.context.now() - timedelta(days=1))
    return round((page.canvas.axis.start - low) / MINUTE), round((page.canvas.axis.end - low) / MINUTE)


def test_the_day_is_told_in_lanes_list_and_words(on_timeline):
    async def play(stage):
        page = stage.page
        assert page.list.model.rowCount() == 36
        assert page.canvas.accessibleName() == (
            "Timeline of Thursday 19 November 2026: 7 hours 11 minutes active, 1 hour 7 minutes away, 36 activities."
        )
        first = page.list.model.index(0, 0)
        row = [first.siblingAtColumn(column).data() for column in range(4)]
        assert row == ["08:24 – 08:39", "Thunderbird Inbox", "Communication", "15m"]
        assert page.toolbar.range.text() == "08:04 – 17:02"
        assert not page.dock.is_open

    on_timeline(play)


def test_keys_step_zoom_and_pan(on_timeline):
    async def play(stage):
        page = stage.page
        canvas = page.canvas
        canvas.setFocus()
        QTest.keyClick(canvas, Qt.Key.Key_Right)
        assert page.list.chosen == {f"{TODAY}-0"}
        assert page.dock.is_open
        assert page.inspector.who.name.text() == "Thunderbird"
        QTest.keyClick(canvas, Qt.Key.Key_Right)
        assert page.inspector.who.name.text() == "VS Code"
        QTest.keyClick(canvas, Qt.Key.Key_Left)
        assert page.inspector.who.name.text() == "Thunderbird"
        for key, name in ((Qt.Key.Key_Down, "Thunderbird"), (Qt.Key.Key_Down, "Away from keyboard"),
                          (Qt.Key.Key_Up, "VS Code")):  # fmt: skip
            QTest.keyClick(canvas, key)
            assert page.inspector.who.name.text() == name
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
        assert not page.dock.is_open
        assert not page.list.chosen
        span = canvas.axis.span
        QTest.keyClick(canvas, Qt.Key.Key_Plus)
        assert canvas.axis.span < span
        QTest.keyClick(canvas, Qt.Key.Key_Minus)
        assert canvas.axis.span == pytest.approx(span)
        QTest.keyClick(canvas, Qt.Key.Key_0)
        assert canvas.axis.span == canvas.axis.high - canvas.axis.low
        QTest.keyClick(canvas, Qt.Key.Key_Plus)
        start = canvas.axis.start
        QTest.keyClick(canvas, Qt.Key.Key_PageDown)
        assert canvas.axis.start > start
        assert page.overview._axis == canvas.axis

    on_timeline(play)


def test_the_wheel_zooms_at_the_mouse_and_pans(on_timeline):
    async def play(stage):
        page = stage.page
        canvas = page.canvas
        x = canvas._left() + 300
        under, span = canvas.axis.moment(300), canvas.axis.span
        assert _wheel(canvas, x, 120, Qt.KeyboardModifier.ControlModifier)
        assert canvas.axis.span < span
        assert canvas.axis.moment(300) == pytest.approx(under, abs=2)
        before = canvas.axis
        assert _wheel(canvas, x, -120, Qt.KeyboardModifier.ShiftModifier)
        assert canvas.axis.start > before.start
        assert canvas.axis.span == pytest.approx(before.span)
        before = canvas.axis
        _wheel(canvas, x, 120)
        assert canvas.axis == before
        assert page.toolbar.slider.value() == round(before.closeness * 100)

    on_timeline(play)


def test_dragging_pans_and_a_click_selects(on_timeline):
    async def play(stage):
        page = stage.page
        canvas = page.canvas
        page._zoom_step(1)
        start, middle = canvas.axis.start, canvas._left() + 400
        _drag(canvas, 60, middle, middle - 40, middle - 100)
        assert canvas.axis.start == pytest.approx(start + 100 / canvas.axis.width * canvas.axis.span, rel=1e-6)
        assert canvas.selection == ""
        page.fit_day()
        x, y = _place(page, 2)
        _mouse(canvas, QEvent.Type.MouseButtonPress, x, y)
        _mouse(canvas, QEvent.Type.MouseButtonRelease, x, y)
        assert canvas.selection == f"{TODAY}-2"
        assert (page.inspector.time.from_field.text(), page.inspector.time.to_field.text()) == ("09:00", "09:43")
        x, y = _place(page, 2)
        _mouse(canvas, QEvent.Type.MouseButtonDblClick, x, y)
        low, high = _seen(page)
        assert high - low == pytest.approx(43 * 1.5, abs=1)

    on_timeline(play)


def test_a_card_beside_the_mouse_says_what_is_there(on_timeline):
    async def play(stage):
        page = stage.page
        x, y = _place(page, 2)
        _hover(page.canvas, x, y)
        assert page.hover.isVisible()
        assert page.hover._block.id == f"{TODAY}-2"
        assert stage.window.rect().contains(page.hover.mapTo(stage.window, page.hover.rect().center()))
        page.grab()
        QApplication.sendEvent(page.canvas, QEvent(QEvent.Type.Leave))
        assert not page.hover.isVisible()

    on_timeline(play)


def test_the_overview_moves_the_view(on_timeline):
    async def play(stage):
        page = stage.page
        overview, canvas = page.overview, page.canvas
        page._zoom_step(1)
        whole = overview._whole()

        def edge(moment: float) -> float:
            return overview._left() + whole.x(moment)

        start, span = canvas.axis.start, canvas.axis.span
        grip = edge(start + span / 2)
        _drag(overview, 20, grip, grip + 30)
        assert canvas.axis.start == pytest.approx(start + 30 / whole.width * whole.span, rel=1e-9)
        assert canvas.axis.span == pytest.approx(span)
        _drag(overview, 20, edge(canvas.axis.end), edge(canvas.axis.end) - 40)
        assert canvas.axis.span == pytest.approx(span - 40 / whole.width * whole.span, rel=1e-6)
        _drag(overview, 20, overview._left() + 3)
        assert canvas.axis.start == pytest.approx(canvas.axis.low)
        overview.setFocus()
        QTest.keyClick(overview, Qt.Key.Key_Right)
        assert canvas.axis.start > canvas.axis.low
        assert page.toolbar.range.text() in overview.accessibleName()
        QTest.mouseDClick(overview, Qt.MouseButton.LeftButton, pos=QPoint(round(edge(canvas.axis.start)) + 20, 20))
        assert canvas.axis.span == whole.span

    on_timeline(play)


def test_a_row_of_the_list_comes_into_view(on_timeline):
    async def play(stage):
        page = stage.page
        row = page.list.model.row_of(f"{TODAY}-20")
        page._show_axis(page.canvas.axis.showing(page.canvas.axis.low, page.canvas.axis.low + 3_600_000))
        page.list.table.selectRow(row)
        piece = next(each for each in page.canvas.lanes.activity.pieces if each.block.id == f"{TODAY}-20")
        assert page.canvas.selection == f"{TODAY}-20"
        assert page.canvas.axis.start <= piece.start
        assert piece.end <= page.canvas.axis.end
        assert page.inspector.blocks[0].id == f"{TODAY}-20"
        page.refresh_now()
        await stage.settle()
        assert page.list.chosen == {f"{TODAY}-20"}
        stage.world.clock.jump(60)
        page.mark_dirty()
        await stage.settle()
        assert page.list.chosen == {f"{TODAY}-20"}

    on_timeline(play)


@OFFSCREEN
def test_filters_thin_out_the_list_and_let_blocks_recede(on_timeline):
    async def play(stage):
        page = stage.page
        page.toolbar.filter.click()
        menu = page.toolbar.findChildren(Menu)[-1]
        next(action for action in menu.actions() if action.text() == "Design").trigger()
        menu.close()
        assert page.toolbar.filter.text() == "Design"
        assert {page.list.model.index(row, 2).data() for row in range(page.list.model.rowCount())} == {"Design"}
        away = next(piece for piece in page.canvas.lanes.activity.pieces if piece.block.category == "news")
        assert page.canvas._painter._recedes(away)
        page.toolbar.hide_short.click()
        menu = page.toolbar.findChildren(Menu)[-1]
        assert [action.text() for action in menu.actions()] == [
            "Show all", "Hide under 10s", "Hide under 1m", "Hide under 5m",
        ]  # fmt: skip
        menu.actions()[3].trigger()
        menu.close()
        assert page.list.model.rowCount() == 3
        page.toolbar.categories, page.toolbar.least = frozenset({"personal"}), 0
        page.toolbar.filtered.emit()
        assert page.list._empty.text() == "Nothing matches the filters"
        assert not page.list.table.isVisible()
        page.toolbar._show_all()
        assert page.list.model.rowCount() == 36

    on_timeline(play)


@pytest.mark.parametrize(("width", "floats"), [(1440, False), (1360, False), (1359, True), (960, True)])
def test_the_inspector_floats_in_a_narrow_window(on_timeline, width, floats):
    async def play(stage):
        page = stage.page
        beside = page.canvas.width()
        page.select(f"{TODAY}-2")
        await until(lambda: page.inspector.isVisible())
        await until(lambda: (page.canvas.width() == beside) == floats)
        assert page.dock._scrim.isVisible() == floats
        right = page.inspector.mapTo(page, page.inspector.rect().topRight()).x()
        assert right == page.width() - 1
        if floats:
            QTest.mouseClick(page.dock._scrim, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
        else:
            QTest.keyClick(page.inspector.close_button, Qt.Key.Key_Escape)
        assert not page.dock.is_open
        assert page.canvas.selection == ""

    on_timeline(play, size=(width, 700))


def test_a_day_without_anything_says_so(on_timeline):
    async def play(stage):
        page = stage.page
        assert page.list._empty.text() == "Nothing was recorded on this day"
        assert page.canvas._ghost is Ghost.EMPTY
        assert page.canvas.axis.span == 24 * 60 * MINUTE
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Plus, Qt.Key.Key_0):
            QTest.keyClick(page.canvas, key)
        assert not page.dock.is_open

    on_timeline(play, kind="empty")


def test_shapes_stand_in_for_a_day_that_is_on_its_way(on_stage):
    async def play(stage):
        stage.world.held = threading.Event()
        stage.window.open_page("timeline")
        page = stage.page
        await until(lambda: page.canvas._ghost is Ghost.COMING)
        assert not page.list.table.isVisible()
        stage.world.held.set()
        await stage.settle()
        assert page.canvas._ghost is Ghost.NOTHING
        assert page.list.table.isVisible()

    on_stage(play)


def test_old_data_stays_while_another_day_is_on_its_way(on_timeline):
    async def play(stage):
        page = stage.page
        stage.world.held = threading.Event()
        page.period.go_back()
        await until(lambda: page._busy)
        assert page.list.model.rowCount() == 36
        assert not page._patience.isActive()
        stage.world.held.set()
        await until(lambda: page._day.day == TODAY - timedelta(days=1))
        assert "Wednesday 18 November" in page.canvas.accessibleName()

    on_timeline(play)


def test_lanes_grow_in_a_large_window_and_with_text(on_timeline):
    async def play(stage):
        canvas = stage.page.canvas
        usual = canvas.sizeHint().height()
        stage.window.resize(2560, 1440)
        assert canvas.sizeHint().height() > usual * 1.15
        stage.window.resize(1440, 900)
        assert canvas.sizeHint().height() == usual
        stage.window.theme.choose(text_scale=150)
        assert canvas.sizeHint().height() == pytest.approx(usual * 1.5, abs=3)
        stage.window.theme.choose(text_scale=100)

    on_timeline(play)
