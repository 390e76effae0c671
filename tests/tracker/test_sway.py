"""Real windows on a real, headless sway: Wayland and X11 ones, by its IPC and by the wlroots protocol."""

import asyncio
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from firefox import firefox
from productify.clock import SystemClock
from productify.domain import Health
from productify.errors import UnavailableError
from productify.tracker import choose
from productify.tracker.backends.sway import SwayWindows
from productify.tracker.backends.wayland_idle import WaylandIdle
from productify.tracker.backends.wlr_windows import WlrWindows
from productify.tracker.backends.x11_idle import X11IdleAlarms, X11IdleQuery
from productify.tracker.backends.x11_window import X11Windows
from productify.tracker.hands.sway import SwayHands
from productify.tracker.probe import (
    InputBack,
    InputStopped,
    WindowSeen,
    WindowUnknown,
)
from productify.tracker.urls import AddressWatch
from productify.tracker.urls.atspi import FirefoxAddresses
from productify.tracker.watch import Watch
from sway_session import SwaySession, missing_programs

from .conftest import until
from .hearing import FOOT, Heard, in_thread, listening

pytestmark = pytest.mark.desktop

IDLE_PROTOCOLS = {"KDE idle protocol", "ext-idle-notify 1", "ext-idle-notify 2"}
"""Which one there is depends on how old sway is."""

BOTH = pytest.mark.parametrize("probe_class", [SwayWindows, WlrWindows])


@pytest.fixture(scope="module")
def session() -> Iterator[SwaySession]:
    """A sway, one for all tests of the module."""
    assert not missing_programs(), f"sh installer/test.sh installs these: {missing_programs()}"
    with SwaySession() as session:
        yield session


@pytest.fixture
def sway(session: SwaySession) -> Iterator[SwaySession]:
    """A sway without windows."""
    with session.guests():
        yield session


@BOTH
async def test_a_wayland_window_is_named_as_people_name_it(sway, probe_class):
    terminal = await in_thread(sway.foot, "first")
    async with listening(probe_class.create(sway.env, SystemClock())) as heard:
        window = heard.window
    assert (window.app_name, window.title) == ("Foot", "first")
    assert window.app_id in FOOT
    assert window.wm_class == ("foot", "foot")
    assert window.pid == (terminal.pid if probe_class is SwayWindows else None)


@BOTH
async def test_an_x11_window_is_named_as_on_x11(sway, probe_class):
    terminal, _ = await in_thread(sway.xterm, "old")
    async with listening(probe_class.create(sway.env, SystemClock())) as heard:
        window = heard.window
    assert (window.app_name, window.app_id, window.title) == ("XTerm", "debian-xterm", "old")
    assert window.pid == (terminal.pid if probe_class is SwayWindows else None)


@BOTH
async def test_switches_are_told_at_once(sway, probe_class):
    await in_thread(sway.foot, "first")
    await in_thread(sway.foot, "second")
    await in_thread(sway.xterm, "third")
    async with listening(probe_class.create(sway.env, SystemClock())) as heard:
        delays = []
        for title in ("first", "second", "third") * 2:
            asked = time.monotonic()
            await in_thread(sway.focus, title)
            await until(lambda title=title: heard.title == title, title)
            delays.append(heard.events[-1][0] - asked)
        assert sorted(delays)[len(delays) // 2] < 0.25
        assert WindowSeen(None) not in [event for _, event in heard.events]
        assert len({event.window.handle for _, event in heard.events}) == 3


@BOTH
async def test_titles_of_the_window_in_front_are_told_and_of_others_not(sway, probe_class, tmp_path):
    behind, front = tmp_path / "behind", tmp_path / "front"
    for title in (behind, front):
        sway.spawn("foot", "--", "sh", "-c", _TITLE_FROM_FILE, "sh", str(title))
        await in_thread(_retitle, title, title.name)
        await until(lambda title=title: sway.focused().get("name") == title.name)
    async with listening(probe_class.create(sway.env, SystemClock())) as heard:
        before = len(heard.events)
        await in_thread(_retitle, behind, "still behind")
        await until(lambda: any(node["name"] == "still behind" for node in sway.nodes()))
        await in_thread(_retitle, front, "still in front – ünïcode")
        await until(lambda: heard.title == "still in front – ünïcode")
        assert [event.window.title for _, event in heard.events[before:]] == ["still in front – ünïcode"]


_TITLE_FROM_FILE = """while true; do
    if [ -e "$1" ]; then printf '\\033]2;%s\\033\\\\' "$(cat "$1")"; rm "$1"; fi
    sleep 0.05
done"""


def _retitle(told: Path, title: str) -> None:
    """Let the window that reads `told` take a title."""
    fresh = told.with_suffix(".new")
    fresh.write_text(title)
    fresh.rename(told)


@BOTH
async def test_windows_and_workspaces_come_and_go(sway, probe_class):
    async with listening(probe_class.create(sway.env, SystemClock())) as heard:
        assert heard.events[0][1] == WindowSeen(None)
        one = await in_thread(sway.foot, "one")
        two = await in_thread(sway.foot, "two")
        await until(lambda: heard.title == "two")
        await in_thread(sway.end, two)
        await until(lambda: heard.title == "one")
        await in_thread(sway.swaymsg, "workspace other")
        await until(lambda: heard.window is None)
        await in_thread(sway.swaymsg, "workspace back_and_forth")
        await until(lambda: heard.title == "one")
        await in_thread(sway.swaymsg, "move scratchpad")
        await until(lambda: heard.window is None)
        await in_thread(sway.swaymsg, "scratchpad show")
        await until(lambda: heard.title == "one")
        await in_thread(sway.end, one)
        await until(lambda: heard.window is None)


@BOTH
async def test_a_window_that_fills_the_screen(sway, probe_class):
    await in_thread(sway.foot, "film")
    async with listening(probe_class.create(sway.env, SystemClock())) as heard:
        assert not heard.window.fullscreen
        for wanted in (True, False):
            await in_thread(sway.swaymsg, "fullscreen toggle")
            await until(lambda wanted=wanted: heard.window.fullscreen is wanted)


@BOTH
async def test_windows_that_vanish_at_once(sway, probe_class):
    await in_thread(sway.foot, "stays")
    async with listening(probe_class.create(sway.env, SystemClock())) as heard:
        for _ in range(6):
            await in_thread(sway.spawn("foot", "--title", "brief", "--", "true").wait, 10)
        await in_thread(sway.foot, "last")
        await until(lambda: heard.title == "last")


async def test_input_that_stops_and_comes_back(sway):
    clock = SystemClock()
    async with listening(WaylandIdle(sway.env, clock, floor=0.4)) as heard:
        await in_thread(sway.press)
        for _ in range(2):
            pressed = clock.now()
            await until(lambda: heard.events and isinstance(heard.events[-1][1], InputStopped))
            assert abs(heard.events[-1][1].last_input - pressed) < timedelta(seconds=0.2)
            before = clock.now()
            await in_thread(sway.press)
            await until(lambda: isinstance(heard.events[-1][1], InputBack))
            assert timedelta(0) <= heard.events[-1][1].at - before < timedelta(seconds=0.3)


async def test_sway_is_restarted():
    """What watches loses sway, says so, and finds the next one."""
    with SwaySession(xwayland=False) as sway:
        env = {**sway.env, "DISPLAY": ""}
        heard = Heard()
        watches = [Watch(kind, env, SystemClock()) for kind in (choose.WINDOWS, choose.IDLE)]
        tasks = [asyncio.create_task(watch.run(heard)) for watch in watches]
        await in_thread(sway.foot, "before")
        await until(lambda: heard.title == "before")
        assert {watch.capabilities()[0].health for watch in watches} == {Health.WORKS}
        await in_thread(sway.end, sway.compositor, signal.SIGKILL)
        await until(lambda: WindowUnknown() in [event for _, event in heard.events])
        await until(lambda: any(isinstance(event, InputBack) for _, event in heard.events))
        await until(lambda: watches[0].capabilities()[:1] and watches[0].capabilities()[0].health is Health.MISSING)
        await in_thread(sway.start_compositor)
        await in_thread(sway.foot, "after")
        await until(lambda: heard.title == "after")
        await until(lambda: [each.health for watch in watches for each in watch.capabilities()] == [Health.WORKS] * 2)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


@pytest.mark.parametrize("probe_class", [SwayWindows, WlrWindows, WaylandIdle])
async def test_no_compositor(tmp_path, probe_class):
    assert probe_class.score({}) == 0
    env = {"SWAYSOCK": str(tmp_path / "sway"), "WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": str(tmp_path)}
    probe = probe_class.create(env, SystemClock())
    with pytest.raises(UnavailableError):
        await probe.start(Heard())
    await probe.stop()


async def test_what_doctor_finds_on_sway(sway):
    seen = await choose.examine(SystemClock(), {**sway.env, "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere"})
    found = {each.key: (each.health, each.backend) for each in seen}
    assert found["window"] == (Health.WORKS, "sway")
    assert found["idle"] in {(Health.WORKS, name) for name in IDLE_PROTOCOLS}


@BOTH
async def test_firefox_addresses(sway, probe_class, tmp_path):
    """With the browser's process known, and with its name and title alone."""
    page = tmp_path / "page.html"
    page.write_text("<title>Field notes</title>")
    found: list[str | None] = []
    browser = firefox(tmp_path / "profile", page.as_uri())
    watch = AddressWatch([FirefoxAddresses.create(sway.env)], lambda _window, address: found.append(address))
    await watch.survey()
    sway.spawn(*browser, env={"MOZ_ENABLE_WAYLAND": "1"})
    async with listening(probe_class.create(sway.env, SystemClock())) as heard:
        await until(lambda: "Field notes" in (heard.title or ""), "the browser", 60)
        assert heard.window.app_name == "Firefox ESR"
        assert (heard.window.pid is None) == (probe_class is WlrWindows)
        watch.look(heard.window)
        await until(lambda: found)
    await watch.close()
    assert found[0] == page.as_uri()


def test_an_x_server_inside_wayland_is_not_asked_about_input(sway):
    assert X11IdleAlarms.score(sway.env) == X11IdleQuery.score(sway.env) == 0
    assert X11Windows.score(sway.env) < WlrWindows.score(sway.env) < SwayWindows.score(sway.env)


async def test_windows_are_put_away_and_brought_back(sway):
    await in_thread(sway.foot, "work")
    await in_thread(sway.foot, "game")
    game = (await in_thread(sway.focused))["id"]
    hands = SwayHands.create(sway.env)
    assert SwayHands.score(sway.env) > 0

    def place() -> str:
        spaces = [node for node in sway.nodes() if node.get("type") == "workspace"]
        return next(each["name"] for each in spaces if any(node.get("id") == game for node in each["nodes"]))

    home = await in_thread(place)
    assert await hands.iconify(game)
    assert await in_thread(place) == "Blocked"
    assert (await in_thread(sway.focused))["name"] == "work", "what is left has the front"
    assert await hands.iconify(game), "it is away already"
    assert await hands.activate(game)
    assert await in_thread(place) == home
    assert (await in_thread(sway.focused))["id"] == game
    assert not await hands.iconify(12345)
    assert not await hands.activate(12345)
    gone = SwayHands.create({"SWAYSOCK": "/nowhere"})
    assert not await gone.iconify(game)
