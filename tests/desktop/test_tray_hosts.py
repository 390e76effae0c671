"""The tray where StatusNotifier items are shown, where that begins late or ends for a while, and where nothing is."""

import json
import signal
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from desktop.conftest import RunningApp
from desktop_session import DesktopSession
from service.rig import until
from status_notifier import Hosts, Item
from sway_session import SwaySession

pytestmark = pytest.mark.desktop

_PANEL = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=8;x=800;y=985"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="30"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray"/>
  </property>
</channel>
"""
_FIRST_ICON = (11, 985)
_BAR = {"layer": "top", "position": "bottom", "height": 30, "modules-left": ["tray"]}


@pytest.fixture
def session() -> Iterator[DesktopSession]:
    """A desktop without a tray, where Xfce's panel can be started."""
    with DesktopSession("1600x1000") as session:
        settings = Path(session.env["HOME"]) / ".config/xfce4/xfconf/xfce-perchannel-xml/xfce4-panel.xml"
        settings.parent.mkdir(parents=True)
        settings.write_text(_PANEL)
        yield session


@pytest.fixture
async def hosts(session: DesktopSession) -> AsyncIterator[Hosts]:
    """A member of the session's bus."""
    hosts = await Hosts.on(session.env["DBUS_SESSION_BUS_ADDRESS"])
    yield hosts
    hosts.close()


async def test_the_icon_its_words_and_its_menu(app: RunningApp, session: DesktopSession, hosts: Hosts) -> None:
    _panel(session)
    await hosts.watcher()
    app.start("--minimized")
    item = await hosts.item()
    assert {16, 22, 32} <= {width for width, _height, _pixels in await item.about("IconPixmap")}
    await until(_tells(item, "Productify Pro: Tracking"), "what it says")
    app.picture("tray-xfce")
    await until(_offers(item, "Desktop"), "what is in front")
    await until(lambda: _click(session) or _window(session), "the window")
    await item.choose("Incognito")
    await until(lambda: _mode(app) == "incognito", "incognito")
    await until(_tells(item, "Productify Pro: Incognito"), "what it says")
    await item.choose("15 minutes")
    await until(lambda: _mode(app) == "paused", "the pause")
    await until(_offers(item, "Resume"), "the other switch")
    await item.choose("Resume")
    await until(lambda: _mode(app) != "paused", "recording")
    await item.choose("Quit")
    assert app.process.wait(15) == 0
    assert await hosts.items() == []


async def test_the_menu_as_the_panel_draws_it(app: RunningApp, session: DesktopSession, hosts: Hosts) -> None:
    """With the keys of a person who saw the menu: up from its end are Quit, settings, the window and incognito."""
    _panel(session)
    await hosts.watcher()
    app.start("--minimized")
    await hosts.item()
    before = _popups(session)
    await until(lambda: _popups(session) > before or _click(session, 3), "the menu")
    app.picture("tray-xfce-menu")
    session.xdotool("key", "Up", "Up", "Up", "Up", "Return")
    await until(lambda: _mode(app) == "incognito", "incognito")
    assert app.stop() == 0


async def test_a_panel_that_crashed_gets_the_icon_again(app: RunningApp, session: DesktopSession, hosts: Hosts) -> None:
    panel = _panel(session)
    await hosts.watcher()
    app.start("--minimized")
    await hosts.item()
    session.end(panel, signal.SIGKILL)
    await until(_is_gone(hosts), "the panel to go")
    _panel(session)
    await hosts.item()
    await until(lambda: _click(session) or _window(session), "the window")
    assert app.stop() == 0


async def test_a_panel_that_comes_later_gets_the_icon(app: RunningApp, session: DesktopSession, hosts: Hosts) -> None:
    app.start("--minimized")
    assert await hosts.items() == []
    _panel(session)
    await hosts.item()
    await until(lambda: _click(session) or _window(session), "the window")
    assert app.stop() == 0


async def test_without_any_tray_the_window_is_minimised_until_one_comes(
    app: RunningApp, session: DesktopSession
) -> None:
    app.start("--minimized")
    await until(lambda: _minimised(session), "the minimised window", 20)
    window = _minimised(session)
    session.xdotool("windowactivate", window)
    await until(lambda: _window(session), "the window")
    _close(session, window)
    await until(lambda: "without a window" in session.xdotool("getwindowname", session.active()), "the question")
    app.picture("no-tray")
    session.xdotool("key", "Return")
    await until(lambda: _minimised(session), "the minimised window")
    assert _mode(app) == "tracking"
    session.spawn("tint2")
    await until(lambda: _icon_window(session), "the icon in the tray", 20)
    assert app.stop() == 0


class TestWayland:
    """On sway, where a tray is a StatusNotifier host or nothing."""

    @pytest.fixture
    def session(self) -> Iterator[SwaySession]:
        """A sway without a bar."""
        with SwaySession(xwayland=False) as session:
            yield session

    async def test_a_bar_that_comes_later_gets_the_icon(
        self, app: RunningApp, session: SwaySession, hosts: Hosts, tmp_path: Path
    ) -> None:
        app.start("--minimized")
        assert await hosts.items() == []
        settings = tmp_path / "waybar.json"
        settings.write_text(json.dumps(_BAR))
        session.spawn("waybar", "--config", str(settings), "--style", "/dev/null")
        item = await hosts.item()
        await until(_tells(item, "Productify Pro: Tracking"), "what it says")
        await item.activate()
        await until(lambda: any(node.get("app_id") == "productify" for node in session.nodes()), "the window")
        await item.choose("Incognito")
        await until(lambda: _mode(app) == "incognito", "incognito")
        assert app.stop() == 0


def _panel(session: DesktopSession) -> "subprocess.Popen[bytes]":
    return session.spawn("xfce4-panel", "--disable-wm-check")


def _window(session: DesktopSession) -> bool:
    """Whether the app's window is in view."""
    return bool(session.xdotool("search", "--onlyvisible", "--name", "^Productify Pro$"))


def _popups(session: DesktopSession) -> int:
    """Return how many windows the panel has in view, its menus included."""
    found = session.xdotool("search", "--onlyvisible", "--class", "wrapper|xfce4-panel").split()
    return len(found)


def _icon_window(session: DesktopSession) -> bool:
    """Whether a window of the app is as small as an icon."""
    found = session.xdotool("search", "--onlyvisible", "--class", "productify").split()
    return any("Geometry: 2" in session.xdotool("getwindowgeometry", window) for window in found)


def _close(session: DesktopSession, window: int) -> None:
    subprocess.run(["wmctrl", "-i", "-c", str(window)], env=session.env, check=True, timeout=10)


def _minimised(session: DesktopSession) -> int:
    """Return the app's window if the window manager has it minimised, else 0."""
    for window in session.xdotool("search", "--name", "^Productify Pro$").split():
        command = ["xprop", "-id", window, "WM_STATE"]
        told = subprocess.run(command, env=session.env, capture_output=True, text=True, check=False, timeout=10)
        if "Iconic" in told.stdout:
            return int(window)
    return 0


def _click(session: DesktopSession, button: int = 1) -> None:
    session.xdotool("mousemove", *_FIRST_ICON, "click", button)


def _mode(app: RunningApp) -> str:
    return str(json.loads(app.ask("status", "--json").stdout)["mode"])


def _tells(item: Item, words: str) -> Callable[[], Awaitable[bool]]:
    async def holds() -> bool:
        return any(words in part for part in await item.about("ToolTip") if isinstance(part, str))

    return holds


def _offers(item: Item, label: str) -> Callable[[], Awaitable[bool]]:
    async def holds() -> bool:
        return any(entry.label.startswith(label) and entry.visible for entry in await item.menu())

    return holds


def _is_gone(hosts: Hosts) -> Callable[[], Awaitable[bool]]:
    async def holds() -> bool:
        return not await hosts.items()

    return holds
