"""Windows in view and pictures on a real, headless sway with two outputs, one of them scaled."""

import asyncio
from collections.abc import Iterator

import pytest

from desktop_session import wait_until
from productify.capture.grabbers import GrabError
from productify.capture.grabbers.wlroots import WlrootsGrabber
from productify.capture.picture import from_bgrx
from productify.domain import Health, Rect
from productify.tracker.sight.sway import SwaySight
from productify.tracker.sight.wlr import WlrSight
from sway_session import SwaySession, missing_programs

pytestmark = pytest.mark.desktop

FIRST, SECOND = Rect(0, 0, 1600, 1000), Rect(1600, 0, 960, 540)


@pytest.fixture(scope="module")
def session() -> Iterator[SwaySession]:
    """A sway with a second output, whose pixels are half as large."""
    assert not missing_programs(), f"sh installer/test.sh installs these: {missing_programs()}"
    with SwaySession() as session:
        session.swaymsg("create_output")
        session.swaymsg("output HEADLESS-1 pos 0 0")
        session.swaymsg("output HEADLESS-2 resolution 1920x1080 scale 2 pos 1600 0 bg #CC33AA solid_color")
        yield session


@pytest.fixture
def sway(session: SwaySession) -> Iterator[SwaySession]:
    """A sway without windows, on the first output."""
    with session.guests():
        session.swaymsg("focus output HEADLESS-1")
        yield session


def _seen(sight) -> dict[str, Rect | None]:
    views = asyncio.run(sight.windows())
    assert views is not None
    return {view.window.title: view.rect for view in views}


def test_windows_of_every_output_are_seen_where_they_are(sway):
    sway.foot("left")
    sway.swaymsg("focus output HEADLESS-2")
    sway.xterm("right")
    assert _seen(SwaySight.create(sway.env)) == {"left": FIRST, "right": SECOND}
    assert _seen(WlrSight.create(sway.env)) == {"left": None, "right": None}


def test_windows_of_other_workspaces_and_the_scratchpad_are_out_of_view(sway):
    sway.foot("away")
    sway.foot("put aside")
    sway.swaymsg("move scratchpad")
    sway.swaymsg("workspace other")
    sway.foot("here")
    assert set(_seen(SwaySight.create(sway.env))) == {"here"}
    sway.swaymsg("workspace 1")


def test_a_tab_below_another_counts_wherever_its_workspace_is(sway):
    sway.foot("below")
    sway.swaymsg("layout tabbed")
    sway.foot("on top")
    seen = _seen(SwaySight.create(sway.env))
    assert set(seen) == {"below", "on top"}
    assert all(rect.overlaps(FIRST) and not rect.overlaps(SECOND) for rect in seen.values())


def test_a_floating_window_has_its_own_place(sway):
    sway.foot("floating")
    sway.swaymsg("floating enable, resize set width 300 px height 200 px, move absolute position 50 70")
    sight = SwaySight.create(sway.env)
    wait_until(lambda: _seen(sight) == {"floating": Rect(50, 70, 300, 200)}, "the window where it was put")


def test_each_output_is_photographed_in_its_own_pixels(sway):
    grabber = WlrootsGrabber.create(sway.env)
    monitors = grabber.monitors()
    assert {monitor.name: monitor.rect for monitor in monitors} == {"HEADLESS-1": FIRST, "HEADLESS-2": SECOND}
    grabs = {monitor.name: grabber.grab(monitor) for monitor in monitors}
    assert (grabs["HEADLESS-1"].width, grabs["HEADLESS-1"].height) == (1600, 1000)
    second = grabs["HEADLESS-2"]
    picture = from_bgrx(second.raw, second.width, second.height)
    assert picture.size == (1920, 1080)
    assert picture.getcolors() == [(1920 * 1080, (0xCC, 0x33, 0xAA))]


def test_without_grim_the_way_to_it_is_told(sway, tmp_path):
    bare = sway.env | {"PATH": str(tmp_path)}
    grabber = WlrootsGrabber.create(bare)
    assert grabber.capability().health is Health.MISSING
    assert "apt install grim" in grabber.capability().command
    with pytest.raises(GrabError, match="not installed"):
        grabber.grab(grabber.monitors()[0])


def test_a_compositor_that_is_gone_is_told(sway, tmp_path):
    nowhere = sway.env | {"WAYLAND_DISPLAY": str(tmp_path / "gone"), "SWAYSOCK": str(tmp_path / "gone.sock")}
    assert asyncio.run(SwaySight.create(nowhere).windows()) is None
    assert asyncio.run(WlrSight.create(nowhere).windows()) is None
    with pytest.raises(GrabError):
        WlrootsGrabber.create(nowhere).monitors()


def test_what_grim_tells_must_be_a_picture(sway, tmp_path):
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "grim").write_text("#!/bin/sh\necho nonsense\n")
    (folder / "grim").chmod(0o755)
    grabber = WlrootsGrabber.create(sway.env | {"PATH": f"{folder}:{sway.env['PATH']}"})
    with pytest.raises(GrabError, match="no picture"):
        grabber.grab(grabber.monitors()[0])


def test_gnome_and_kde_are_left_to_their_portal():
    there = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": "/run/user/1000"}
    scores = [WlrootsGrabber.score(there | {"XDG_CURRENT_DESKTOP": name}) for name in ("sway", "GNOME", "KDE")]
    assert scores[0] > max(scores[1:]) > 0
    assert WlrootsGrabber.score({"DISPLAY": ":0"}) == 0
