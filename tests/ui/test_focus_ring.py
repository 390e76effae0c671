"""The ring that fills while a focus session goes on."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage

from productify_ui.icons import Icons
from productify_ui.theme import Theme
from productify_ui.widgets.focus_ring import FocusRing
from productify_ui.widgets.look import Look


def picture(ring: FocusRing) -> QImage:
    """Return the ring as it paints itself."""
    ring.resize(ring.sizeHint())
    image = QImage(ring.size(), QImage.Format.Format_ARGB32)
    image.fill(QColor("black"))
    ring.render(image)
    return image


def at(image: QImage, theme: Theme, x: float, y: float) -> QColor:
    """Return the colour where the arc runs, in radii from the centre."""
    centre, radius = image.width() / 2, theme.metric("focus-ring.radius")
    return image.pixelColor(QPoint(round(centre + x * radius), round(centre + y * radius)))


def test_the_arc_grows_clockwise_from_the_top(qtbot, theme: Theme) -> None:
    ring = FocusRing(Look(theme, Icons()))
    qtbot.addWidget(ring)
    ring.show_time(0.5, "25:00", "left", spoken="25 minutes left")
    image = picture(ring)
    assert at(image, theme, 1, 0) == theme.colour("accent-text"), "the right half has passed"
    assert at(image, theme, -1, 0) == theme.colour("track"), "the left half has not"
    assert ring.accessibleName() == "25 minutes left"


def test_while_paused_it_is_neutral(qtbot, theme: Theme) -> None:
    ring = FocusRing(Look(theme, Icons()))
    qtbot.addWidget(ring)
    ring.show_time(0.5, "25:00", "Paused", paused=True)
    assert at(picture(ring), theme, 1, 0) == theme.colour("neutral-text")


def test_large_text_shrinks_rather_than_lose_its_end(qtbot, theme: Theme) -> None:
    theme.choose(text_scale=150)
    ring = FocusRing(Look(theme, Icons()), "focus-ring-compact")
    qtbot.addWidget(ring)
    pictures = []
    for clock in ("17:00", "17:30"):
        ring.show_time(0.5, "25:00", f"round 1 of 4, until {clock}")
        pictures.append(picture(ring))
    assert pictures[0] != pictures[1]


def test_a_smaller_window_has_a_smaller_ring(qtbot, theme: Theme) -> None:
    ring = FocusRing(Look(theme, Icons()))
    qtbot.addWidget(ring)
    before = ring.sizeHint().width()
    ring.set_table("focus-ring-compact")
    assert (before, ring.sizeHint().width()) == (372, 280)
