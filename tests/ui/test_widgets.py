from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from productify.domain import Band
from productify_ui.text.words import words
from productify_ui.widgets.bar_list import ShareList, ShareRow
from productify_ui.widgets.button import Button
from productify_ui.widgets.calendar import CalendarPopup, MonthGrid
from productify_ui.widgets.chart_card import ChartCard, Table
from productify_ui.widgets.chart_popup import PopupContent
from productify_ui.widgets.chip import Chip
from productify_ui.widgets.donut import Donut, Slice
from productify_ui.widgets.figure import Figure
from productify_ui.widgets.hour_chart import ChartBar, HourChart, Scale
from productify_ui.widgets.label import Label
from productify_ui.widgets.micro import Ring
from productify_ui.widgets.news import News
from productify_ui.widgets.popup import Menu
from productify_ui.widgets.segmented import Segmented
from productify_ui.widgets.tile import Face, Tile, glyph_for
from productify_ui.widgets.toast import Toasts
from productify_ui.widgets.toggle import Toggle
from ui.fake import OFFSCREEN

HOUR = 3_600_000


def _bar(label: str, *parts: int, current: bool = False) -> ChartBar:
    content = PopupContent(label, ((Band.PRODUCTIVE, "Productive", "1h"),))
    filled = (*parts, 0, 0, 0, 0)[:4]
    return ChartBar(label, filled, f"{label} spoken", content if any(filled) else None, current=current)


@pytest.fixture
def chart(look, qtbot):
    chart = HourChart(look)
    qtbot.addWidget(chart)
    chart.resize(600, 234)
    chart.show_bars(
        [_bar("09", HOUR), _bar("10", HOUR // 2, 0, HOUR // 4), _bar("11")], Scale(HOUR, ((0, "0m"),)), "By hour"
    )
    chart.show()
    return chart


def test_segments_are_chosen_by_keys_and_mouse(look, qtbot):
    row = Segmented(look, (("day", "Day"), ("week", "Week"), ("month", "Month")), "Length")
    qtbot.addWidget(row)
    with qtbot.waitSignal(row.chosen) as told:
        qtbot.keyClick(row, Qt.Key.Key_Right)
    assert told.args == ["week"]
    assert row.accessibleName() == "Length: Week"
    with qtbot.assertNotEmitted(row.chosen):
        qtbot.keyClick(row, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(row, Qt.Key.Key_End)
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(8, row.sizeHint().height() // 2))
    assert row.value == "day"


def test_a_ticking_figure_keeps_its_width(look, qtbot):
    figure = Figure(look)
    qtbot.addWidget(figure)
    figure.show_parts((("11:11", ""),))
    narrow = figure.sizeHint().width()
    figure.show_parts((("08:40", ""),))
    assert figure.sizeHint().width() == narrow
    assert figure.text == "08:40"


def test_the_same_figure_again_does_not_repaint(look, qtbot):
    figure = Figure(look)
    qtbot.addWidget(figure)
    figure.show_parts((("5", "h"),), spoken="5 hours")
    figure.setAccessibleName("untouched")
    figure.show_parts((("5", "h"),), spoken="5 hours")
    assert figure.accessibleName() == "untouched"


def test_the_chart_walks_from_bar_to_bar(chart, qtbot):
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert (chart.lit, chart.accessibleDescription()) == (0, "09 spoken")
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.lit == 2
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.lit == 1
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert (chart.lit, chart.accessibleDescription()) == (-1, "")


def test_the_lit_bar_has_a_popup_inside_the_window(chart, qtbot):
    chart.light(1)
    popup = next(child for child in chart.findChildren(QWidget) if type(child).__name__ == "ChartPopup")
    assert popup.isVisible()
    edge = chart.theme.px("popup.shadow")
    assert chart.rect().contains(popup.geometry().adjusted(edge, edge, -edge, -edge))
    chart.light(2)
    assert not popup.isVisible()


def test_the_mouse_lights_only_bars_that_hold_something(chart, qtbot):
    qtbot.mouseMove(chart, QPoint(130, 100))
    assert chart.lit == 0
    qtbot.mouseMove(chart, QPoint(560, 100))
    assert chart.lit == -1


def test_a_stack_ends_where_its_sum_does(chart):
    column = chart._column(chart._plot(), 0)
    for parts in ([HOUR], [HOUR - 1000, 1000], [1000, 2000, HOUR - 9000, 6000]):
        gaps = chart.theme.metric("hour-chart.gap") * (len(parts) - 1)
        assert sum(chart._heights(column, parts)) + gaps == pytest.approx(column.height(), abs=0.01)


def test_lists_and_donut_light_each_other(look, qtbot):
    donut, rows = Donut(look, "active"), ShareList(look, "Categories")
    for widget in (donut, rows):
        qtbot.addWidget(widget)
    donut.lit_changed.connect(rows.light)
    donut.show_slices([Slice(3, "#ff0000"), Slice(1, "#00ff00")], (("4", "m"),), "Categories: two")
    rows.show_rows([ShareRow("One", "3m", "One, 3 minutes", colour="#ff0000"), ShareRow("Two", "1m", "Two")])
    donut.resize(donut.sizeHint())
    donut.show()
    centre = donut.rect().center()
    ring = (donut.width() - look.theme.px("donut.ring")) // 2 - 2
    qtbot.mouseMove(donut, centre + QPoint(ring, 0))
    assert rows.lit == 0
    qtbot.mouseMove(donut, centre + QPoint(-int(ring * 0.8), -int(ring * 0.6)))
    assert rows.lit == 1
    qtbot.mouseMove(donut, centre)
    assert rows.lit == -1


def test_a_list_shows_what_fits_or_everything(look, qtbot):
    rows = ShareList(look, "Apps")
    qtbot.addWidget(rows)
    rows.show_rows([ShareRow(f"App {number}", "1m", f"App {number}, 1 minute") for number in range(12)])
    rows.set_limit(7)
    assert rows.shown_count == 7
    rows.set_limit(None)
    assert rows.shown_count == 12
    index = rows.model().index(11, 0)
    assert rows.model().data(index, Qt.ItemDataRole.AccessibleTextRole) == "App 11, 1 minute"


def test_the_list_model_keeps_qts_rules(look, qtbot, qtmodeltester):
    rows = ShareList(look, "Apps")
    qtbot.addWidget(rows)
    rows.show_rows([ShareRow("One", "1m", "One"), ShareRow("Two", "2m", "Two")])
    qtmodeltester.check(rows.model())


def test_a_chart_turns_into_its_table_and_back(look, qtbot):
    card = ChartCard(look, "Day by hour")
    qtbot.addWidget(card)
    card.add_to_header([])
    card.table.show_table(Table(("Hour", "Total"), (("09", "1h 00m"), ("10", "45m"))))
    card.toggle_table()
    assert card.shows_table
    assert card.table.texts() == [["09", "1h 00m"], ["10", "45m"]]
    card.toggle_table()
    assert not card.shows_table


def test_toasts_are_two_at_most_and_act(look, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()
    toasts, done = Toasts(look, window), []
    for number in range(3):
        toasts.tell(News(f"News {number}", action="Undo", act=lambda: done.append(True)))
    assert [toast.accessibleName() for toast in toasts.shown] == ["News 1", "News 2"]
    button = next(each for each in toasts.shown[1].findChildren(Button) if each.text() == "Undo")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == [True]
    assert [toast.accessibleName() for toast in toasts.shown] == ["News 1"]
    toasts.shown[0].gone.emit()
    assert not toasts.shown


def test_the_calendar_is_used_by_keys(look, qtbot):
    grid = MonthGrid(look)
    qtbot.addWidget(grid)
    grid.show_day(date(2026, 11, 19), date(2026, 11, 19))
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    assert grid.day == date(2026, 11, 19), "nothing after today can be reached"
    qtbot.keyClick(grid, Qt.Key.Key_PageUp)
    qtbot.keyClick(grid, Qt.Key.Key_Left)
    assert grid.day == date(2026, 10, 18)
    with qtbot.waitSignal(grid.picked) as told:
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert told.args == [date(2026, 10, 18)]


def test_the_calendar_ends_months_on_their_last_day(look, qtbot):
    grid = MonthGrid(look)
    qtbot.addWidget(grid)
    grid.show_day(date(2026, 3, 31), date(2026, 11, 19))
    grid.turn(-1)
    assert grid.day == date(2026, 2, 28)
    grid.turn(-2)
    assert grid.day == date(2025, 12, 28)


@OFFSCREEN
def test_the_calendar_opens_under_its_button(look, qtbot):
    anchor = QWidget()
    qtbot.addWidget(anchor)
    anchor.resize(200, 32)
    anchor.show()
    popup = CalendarPopup(look, anchor)
    popup.grid.show_day(date(2026, 11, 19), date(2026, 11, 19))
    popup.open_below(anchor)
    edge = look.theme.px("popup.shadow")
    assert popup.geometry().top() + edge == anchor.mapToGlobal(QPoint(0, 32 + look.theme.px("popup.offset"))).y()
    popup.close()


def test_a_toggle_switches_by_space_and_says_what(look, qtbot):
    toggle = Toggle(look, "Window titles")
    qtbot.addWidget(toggle)
    toggle.show()
    qtbot.keyClick(toggle, Qt.Key.Key_Space)
    assert toggle.isChecked()
    assert toggle.accessibleName() == "Window titles"


def test_a_label_that_is_too_long_ends_in_an_ellipsis_and_keeps_its_text(look, qtbot):
    label = Label(look, "Write-ahead logging and its checkpoints", elide=True)
    qtbot.addWidget(label)
    label.resize(80, 18)
    label.show()
    label.grab()
    assert label.toolTip() == label.text()
    label.resize(600, 18)
    label.grab()
    assert label.toolTip() == ""


def test_ampersands_are_no_access_keys(look, qtbot):
    chip, menu, button = Chip(look), Menu(look), Button(look, "News & reading")
    for widget in (chip, menu, button):
        qtbot.addWidget(widget)
    chip.show_swatch("Writing & docs", "#48D4D2")
    assert chip.shortcut().isEmpty()
    assert button.shortcut().isEmpty()
    assert menu.add("Writing & docs").text() == "Writing && docs"


def test_a_ring_fills_with_its_share(look, qtbot):
    ring = Ring(look)
    qtbot.addWidget(ring)
    blue = look.theme.colour("productive").rgb()

    def filled(share: float) -> int:
        ring.show_share(share)
        image = ring.grab().toImage()
        return sum(image.pixel(x, y) == blue for x in range(image.width()) for y in range(image.height()))

    assert filled(0.0) == 0
    assert filled(0.25) < filled(0.5) < filled(1.0)


def test_unknown_apps_get_a_letter_and_known_kinds_a_symbol(look, qtbot):
    assert glyph_for("GNOME Terminal") == "square-terminal"
    assert glyph_for("Quux") is None
    tile = Tile(look)
    qtbot.addWidget(tile)
    tile.show_face(Face("Quux"))
    image = tile.grab().toImage()
    assert len({image.pixel(x, y) for x in range(26) for y in range(26)}) > 10
    assert tile.accessibleName() == "Quux"


def test_every_sentence_can_be_read():
    shown = [name for name in dir(type(words)) if not name.startswith("_")]
    assert len(shown) > 80
    assert all(getattr(words, name) for name in shown)
