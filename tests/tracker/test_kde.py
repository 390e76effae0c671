"""KDE by contract: the real script in Qt's JavaScript engine, against a mock of KWin, which cannot run here."""

import asyncio
from collections.abc import Iterator

import pytest

from desktop_session import DesktopSession
from kwin_session import Kwin
from productify.clock import SystemClock
from productify.domain import Health, Rect
from productify.errors import UnavailableError
from productify.tracker.backends.kde_windows import KdeWindows
from productify.tracker.hands.kde import KdeHands
from productify.tracker.probe import WindowSeen
from productify.tracker.sight.kde import KdeSight

from .conftest import until
from .hearing import Heard, in_thread, listening

pytestmark = pytest.mark.desktop

_TERMINAL = """open({internalId: "{1}", pid: 0, caption: "shell", resourceClass: "xterm", resourceName: "xterm"})"""
_EDITOR = """open({internalId: "{2}", pid: 0, caption: "plan – ünïcode", resourceClass: "code",
    desktopFileName: "debian-xterm"})""".replace("\n", " ")
_DESKTOP = (
    """open({internalId: "{3}", pid: 0, caption: "Desktop", resourceClass: "plasmashell", desktopWindow: true})"""
)


@pytest.fixture(params=[5, 6], ids=["plasma 5", "plasma 6"])
def kwin(request: pytest.FixtureRequest, desktop: DesktopSession) -> Iterator[Kwin]:
    """KWin as Plasma 5 or 6 has it."""
    mock = Kwin(desktop.env, request.param)
    yield mock
    mock.end()


async def test_windows_titles_and_the_bare_desktop(kwin, desktop):
    kwin.do(_TERMINAL)
    async with listening(KdeWindows.create(desktop.env, SystemClock())) as heard:
        assert (heard.window.app_name, heard.window.app_id, heard.title) == ("XTerm", "debian-xterm", "shell")
        assert (heard.window.pid, heard.window.wm_class) == (None, ("xterm", "xterm"))
        kwin.do('change("caption", "renamed")')
        await until(lambda: heard.title == "renamed")
        kwin.do('change("fullScreen", true)')
        await until(lambda: heard.window.fullscreen)
        kwin.do(_EDITOR)
        await until(lambda: heard.title == "plan – ünïcode")
        assert heard.window.app_id == "debian-xterm"  # KWin's own idea of the desktop file
        assert len({event.window.handle for _, event in heard.events}) == 2
        kwin.do(_DESKTOP)
        await until(lambda: heard.events[-1][1] == WindowSeen(None))
        kwin.do("activate(null)")
        await until(lambda: len(heard.events) == 6)
        assert heard.window is None
    assert [await in_thread(kwin.says) for _ in range(2)] == ["nothing to unload", "unloaded"]


async def test_kwin_goes_away(kwin, desktop):
    probe = KdeWindows.create(desktop.env, SystemClock())
    await probe.start(Heard())
    await in_thread(kwin.end)
    async with asyncio.timeout(5):
        await probe.lost()
    await probe.stop()
    again = KdeWindows.create(desktop.env, SystemClock())
    with pytest.raises(UnavailableError):
        await again.start(Heard())
    await again.stop()


def test_it_fits_kde_on_wayland_alone_and_says_how_it_is_proved():
    kde = {"XDG_CURRENT_DESKTOP": "KDE", "WAYLAND_DISPLAY": "wayland-0"}
    assert KdeWindows.score(kde) > 0
    assert KdeWindows.score({**kde, "XDG_CURRENT_DESKTOP": "sway"}) == 0
    assert KdeWindows.score({"XDG_CURRENT_DESKTOP": "KDE", "DISPLAY": ":0"}) == 0
    (capability,) = KdeWindows.create(kde, SystemClock()).capabilities()
    assert capability.health is Health.WORKS
    assert "mock" in capability.detail


async def test_windows_in_view_are_told_with_their_places(kwin, desktop):
    kwin.do(_TERMINAL.replace("pid: 0", "pid: 0, frameGeometry: {x: -1920, y: 0.4, width: 800, height: 600}"))
    kwin.do(_EDITOR.replace("pid: 0", "pid: 0, minimized: true"))
    kwin.do(_EDITOR.replace("{2}", "{4}").replace("pid: 0", "pid: 0, transient: true"))
    kwin.do(_EDITOR.replace("{2}", "{5}") + "; Object.assign(opened[3], on(2), {caption: 'elsewhere'})")
    kwin.do(_DESKTOP)
    views = await KdeSight.create(desktop.env).windows()
    assert [(view.window.title, view.rect, view.attached) for view in views] == [
        ("shell", Rect(-1920, 0, 800, 600), False),
        ("plan – ünïcode", Rect(0, 0, 100, 100), True),
    ]
    assert [await in_thread(kwin.says) for _ in range(2)] == ["nothing to unload", "unloaded"]


async def test_without_kwin_no_windows_are_known(desktop):
    assert await KdeSight.create(desktop.env).windows() is None


async def test_windows_are_minimised_and_brought_back(kwin, desktop):
    kwin.do(_TERMINAL)
    hands = KdeHands.create(desktop.env)
    async with listening(KdeWindows.create(desktop.env, SystemClock())) as heard:
        terminal = heard.window.handle
        kwin.do(_EDITOR)
        await until(lambda: heard.title != "shell")
        assert await hands.iconify(terminal)
        views = await KdeSight.create(desktop.env).windows()
        assert [view.window.title for view in views] == ["plan – ünïcode"], "the other one is minimised"
        assert await hands.activate(terminal)
        views = await KdeSight.create(desktop.env).windows()
        assert len(views) == 2
        assert not await hands.iconify(1)
    assert "mock" in hands.capability().detail


async def test_without_kwin_no_window_is_moved(desktop):
    assert not await KdeHands.create(desktop.env).activate(1)
