import re
from itertools import product

import pytest
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF

from productify.domain import Band
from productify_ui import tokens
from productify_ui.theme import Theme
from productify_ui.widgets.button import Button
from productify_ui.widgets.label import Label

TEXT_ROLES = ("text-primary", "text-secondary", "text-tertiary")
SURFACES = ("bg", "sidebar", "surface", "surface-raised", "surface-sunken", "surface-hover", "nav-active")
PAIRS = (
    *product(TEXT_ROLES, SURFACES),
    *product(("accent-text", "success", "danger", "warn", "distracting-text"), ("surface", "surface-raised", "bg")),
    *((f"{band}-text", f"{band}-soft") for band in ("productive", "neutral", "distracting")),
    *((tone, f"{tone}-soft") for tone in ("danger", "warn", "success")),
    *product(("text-primary", "text-secondary"), ("danger-soft", "warn-soft", "segment-active", "surface-selected")),
    ("on-accent", "accent"), ("on-accent", "accent-hover"), ("on-accent", "accent-pressed"),
    ("accent-text", "accent-soft"),
)  # fmt: skip


def _luminance(colour: str) -> float:
    rgb = QColor(colour)
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (rgb.redF(), rgb.greenF(), rgb.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", tokens.THEMES)
def test_every_text_can_be_read_on_every_surface(name):
    colours = tokens.palette(name).colours
    poor = {pair: round(ratio, 2) for pair in PAIRS if (ratio := _contrast(colours[pair[0]], colours[pair[1]])) < 4.5}
    assert not poor


@pytest.mark.parametrize("name", tokens.THEMES)
def test_graphics_stand_out_from_the_card(name):
    colours = tokens.palette(name).colours
    for mark in ("productive", "neutral", "distracting", "control-border", "focus-ring", "toggle-off"):
        assert _contrast(colours[mark], colours["surface"]) >= 2.99, mark


@pytest.mark.parametrize("name", tokens.THEMES)
def test_a_letter_can_be_read_on_any_tile(name, qapp):
    theme = Theme(name)
    poorest = min(_contrast("#FFFFFF", theme.tile(f"app {number}").name()) for number in range(400))
    assert poorest >= 3.0


def test_both_themes_name_the_same_colours():
    dark, light = (tokens.palette(name) for name in tokens.THEMES)
    assert dark.colours.keys() == light.colours.keys()
    assert dark.categories.keys() == light.categories.keys()


def test_the_bundled_fonts_are_the_ones_in_use(theme):
    for role, family in (("body", "Productify Sans"), ("stat", "Productify Display"), ("mono", "JetBrains Mono")):
        assert QFontInfo(theme.font(role)).family() == family
    medium = QFontInfo(theme.font("body-strong"))
    assert medium.weight() == QFont.Weight.Medium
    metrics = QFontMetricsF(theme.font("body"))
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")


def test_the_style_sheet_leaves_nothing_open(theme):
    sheet = theme.style_sheet()
    assert "${" not in sheet
    assert re.search(r"QMenu \{[^}]*background: #1c2027", sheet, re.DOTALL)


def test_switching_the_theme_repaints_what_is_there(theme, look, qtbot):
    label, button = Label(look, "Day by hour"), Button(look, "Split")
    for widget in (label, button):
        qtbot.addWidget(widget)
    dark = button.grab().toImage()
    with qtbot.waitSignal(theme.changed):
        theme.choose("light")
    assert label.palette().windowText().color() == theme.colour("text-primary") == QColor("#171A21")
    light = button.grab().toImage()
    assert dark.pixelColor(4, 16).lightness() < 80 < 200 < light.pixelColor(4, 16).lightness()


def test_the_same_choice_again_tells_nobody(theme, qtbot):
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose("dark", motion="reduced")


def test_text_grows_with_its_scale_and_rows_with_it(theme, look, qtbot):
    label = Label(look, "Productive time")
    qtbot.addWidget(label)
    width, row = label.sizeHint().width(), theme.scaled("size.row-list")
    theme.choose(text_scale=150)
    assert label.sizeHint().width() > 1.4 * width
    assert theme.scaled("size.row-list") == round(1.5 * row)
    theme.choose(text_scale=90)
    assert theme.scaled("size.row-list") == row


def test_reduced_motion_takes_no_time(theme):
    assert theme.duration("popover") == 0
    theme.choose(motion="full")
    assert theme.duration("popover") == 120


def test_patterns_tell_distraction_apart_without_colour(theme, look):
    assert look.band(Band.DISTRACTING, 1.0).texture().isNull()
    theme.choose(patterns=True)
    assert not look.band(Band.DISTRACTING, 1.0).texture().isNull()
    assert look.band(Band.PRODUCTIVE, 1.0).texture().isNull()


def test_icons_take_their_colour_and_are_drawn_once(look):
    red = look.icons.pixmap("square", QColor("#FF0000"), 24)
    assert look.icons.pixmap("square", QColor("#FF0000"), 24) is red
    image = red.toImage()
    colours = {
        image.pixelColor(x, y).rgb() for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() == 255
    }
    assert colours == {QColor("#FF0000").rgb()}
