"""Real windows on a real X server."""

import asyncio
import signal
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from desktop_session import DesktopSession
from productify.clock import SystemClock
from productify.domain import Health
from productify.errors import UnavailableError
from productify.tracker import choose
from productify.tracker.backends.x11_idle import X11IdleAlarms, X11IdleQuery
from productify.tracker.backends.x11_window import X11Windows
from productify.tracker.probe import InputBack, InputStopped

from .conftest import until
from .hearing import Heard, in_thread, listening

pytestmark = pytest.mark.desktop


@pytest.fixture(autouse=True)
def _empty_desktop(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave no window to the next test."""
    if "desktop" not in request.fixturenames:
        yield
        return
    with request.getfixturevalue("desktop").guests():
        yield


def windows(desktop: DesktopSession) -> X11Windows:
    return X11Windows.create(desktop.env, SystemClock())


async def test_a_window_is_named_as_people_name_it(desktop):
    terminal, _ = await in_thread(desktop.xterm, "first")
    async with listening(windows(desktop)) as heard:
        await until(lambda: heard.window)
        assert heard.window is not None
        assert (heard.window.app_name, heard.window.app_id, heard.title) == ("XTerm", "debian-xterm", "first")
        assert heard.window.pid == terminal.pid
        assert heard.window.wm_class == ("xterm", "XTerm")
    desktop.end(terminal)


async def test_switches_and_titles_are_told_at_once(desktop):
    """No later than another program knows of it, but for the moment that a busy machine takes."""
    one, first = await in_thread(desktop.xterm, "first")
    two, second = await in_thread(desktop.xterm, "second")
    async with listening(windows(desktop)) as heard:
        delays = []
        for window, title in [(first, "first"), (second, "second")] * 3:
            await in_thread(desktop.activate, window)
            known = time.monotonic()
            await until(lambda title=title: heard.title == title, title)
            delays.append(heard.events[-1][0] - known)
        assert sorted(delays)[len(delays) // 2] < 0.25
        await in_thread(desktop.xdotool, "set_window", "--name", "renamed – ünïcode", second)
        await until(lambda: heard.title == "renamed – ünïcode")
    desktop.end(one)
    desktop.end(two)


async def test_a_picture_over_the_whole_screen_is_told_and_its_end(desktop):
    process, window = await in_thread(desktop.xterm, "film")
    async with listening(windows(desktop)) as heard:
        await until(lambda: heard.title == "film")
        assert not heard.window.fullscreen
        await in_thread(desktop.fullscreen, window, True)
        await until(lambda: heard.window.fullscreen, "the whole screen")
        later = windows(desktop)
        async with listening(later) as other:
            await until(lambda: other.window and other.window.fullscreen, "what is so already")
        await in_thread(desktop.fullscreen, window, False)
        await until(lambda: not heard.window.fullscreen, "its end")
    desktop.end(process)


async def test_titles_of_windows_behind_are_not_told(desktop):
    one, first = await in_thread(desktop.xterm, "behind")
    two, _ = await in_thread(desktop.xterm, "front")
    async with listening(windows(desktop)) as heard:
        await until(lambda: heard.title == "front")
        before = len(heard.events)
        await in_thread(desktop.xdotool, "set_window", "--name", "still behind", first)
        await in_thread(desktop.xdotool, "set_window", "--name", "still in front", desktop.active())
        await until(lambda: heard.title == "still in front")
        assert [event.window.title for _, event in heard.events[before:]] == ["still in front"]
    desktop.end(one)
    desktop.end(two)


async def test_windows_that_vanish_while_they_are_asked(desktop):
    """Windows come and go as fast as they can; the probe survives and ends with the truth."""
    stays, _ = await in_thread(desktop.xterm, "stays")
    async with listening(windows(desktop)) as heard:
        for _ in range(8):
            brief = desktop.spawn("xterm", "-T", "brief", "-e", "true")
            await in_thread(brief.wait, 10)
        await until(lambda: heard.title == "stays")
        await in_thread(desktop.xdotool, "set_window", "--name", "alive", desktop.active())
        await until(lambda: heard.title == "alive")
    desktop.end(stays)


async def test_a_window_that_is_gone_has_no_face(desktop):
    process, window = await in_thread(desktop.xterm, "gone")
    probe = windows(desktop)
    async with listening(probe):
        desktop.end(process)
        assert probe._properties.window(window) is None


async def test_the_bare_desktop(desktop):
    process, _ = await in_thread(desktop.xterm, "only")
    async with listening(windows(desktop)) as heard:
        await until(lambda: heard.title == "only")
        desktop.end(process)
        await until(lambda: heard.window is None)


@pytest.mark.parametrize(("probe_class", "floor"), [(X11IdleAlarms, 0.4), (X11IdleQuery, 1.3)])
async def test_input_that_stops_and_comes_back(desktop, probe_class, floor):
    await in_thread(desktop.xdotool, "mousemove_relative", 3, 3)
    clock = SystemClock()
    async with listening(probe_class(desktop.env, clock, floor=floor)) as heard:
        assert isinstance(heard.events[0][1], InputBack)
        await until(lambda: isinstance(heard.events[-1][1], InputStopped))
        stopped = heard.events[-1][1]
        assert timedelta(seconds=floor - 0.1) < clock.now() - stopped.last_input < timedelta(seconds=floor + 1)
        before = clock.now()
        await in_thread(desktop.xdotool, "key", "shift")
        await until(lambda: isinstance(heard.events[-1][1], InputBack))
        assert abs(heard.events[-1][1].at - before) < timedelta(seconds=1)
        await until(lambda: isinstance(heard.events[-1][1], InputStopped))  # the alarms fire again


async def test_an_absence_that_began_before_is_told_at_once(desktop):
    await in_thread(desktop.xdotool, "key", "shift")
    await asyncio.sleep(0.3)
    async with listening(X11IdleAlarms(desktop.env, SystemClock(), floor=0.2)) as heard:
        assert isinstance(heard.events[0][1], InputStopped)


async def test_the_x_server_dies():
    with DesktopSession() as desktop:
        probes = [windows(desktop), X11IdleAlarms(desktop.env, SystemClock()), X11IdleQuery(desktop.env, SystemClock())]
        for probe in probes:
            await probe.start(Heard())
        desktop.end(desktop.x_server, signal.SIGKILL)
        async with asyncio.timeout(5):
            await asyncio.gather(*(probe.lost() for probe in probes))
        for probe in probes:
            await probe.stop()
        with pytest.raises(UnavailableError):
            await windows(desktop).start(Heard())


async def test_what_doctor_finds_on_this_desktop(desktop):
    found = {
        each.key: each
        for each in await choose.examine(
            SystemClock(), {**desktop.env, "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere"}
        )
    }
    assert found["window"].health is Health.WORKS
    assert found["idle"].health is Health.WORKS
    assert found["lock"].health is Health.WORKS
    assert found["sleep"].health is Health.DEGRADED
    assert found["sleep"].fix


async def test_what_doctor_finds_without_a_desktop():
    found = {
        each.key: each
        for each in await choose.examine(SystemClock(), {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere"})
    }
    assert {key: each.health for key, each in found.items()} == {
        "window": Health.MISSING,
        "idle": Health.MISSING,
        "sleep": Health.DEGRADED,
        "lock": Health.MISSING,
        "presence": Health.DEGRADED,
        "visible-windows": Health.MISSING,
    }
    assert all(each.fix for each in found.values())
