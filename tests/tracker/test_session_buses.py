"""Sleep, log-out and locks, as a system bus and a session bus tell of them."""

import asyncio
import subprocess
from collections.abc import AsyncIterator, Iterator

import pytest

from desktop_session import DesktopSession, wait_until
from productify.clock import SystemClock
from productify.domain import Health
from productify.errors import UnavailableError
from productify.tracker.backends.logind import Logind
from productify.tracker.backends.screensaver import ScreenSavers
from productify.tracker.probe import (
    LOCK_REQUEST,
    LOGIND,
    SCREEN_SAVER,
    Event,
    Locked,
    SessionEnding,
    SessionStays,
    Slept,
    Unlocked,
    Woke,
)
from system_bus import SystemBus

from .conftest import until

pytestmark = pytest.mark.desktop


class Heard:
    """Keeps what is told; `recorded` waits for the test's word."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.on_disk = asyncio.Event()

    def __call__(self, event: Event) -> None:
        self.events.append(event)

    async def recorded(self) -> None:
        """Wait until the test says that all is written."""
        await self.on_disk.wait()


@pytest.fixture(scope="module")
def system(desktop: DesktopSession) -> Iterator[SystemBus]:
    """A system bus with logind, one for all tests of the module."""
    bus = SystemBus(desktop)
    yield bus
    bus.close()


@pytest.fixture
async def logind(system: SystemBus) -> AsyncIterator[tuple[Logind, Heard]]:
    """The probe, listening."""
    probe, heard = Logind.create(system.env, SystemClock()), Heard()
    await probe.start(heard)
    yield probe, heard
    await probe.stop()


async def test_sleep_waits_for_the_last_write_and_is_held_up_again_after_waking(system, logind):
    probe, heard = logind
    assert probe.capabilities()[0].health is Health.WORKS
    held = probe._inhibitor
    assert held is not None
    await asyncio.to_thread(system.signal, "PrepareForSleep", "true")
    await until(lambda: Slept() in heard.events)
    await asyncio.sleep(0.05)
    assert probe._inhibitor == held
    heard.on_disk.set()
    await until(lambda: probe._inhibitor is None)
    await asyncio.to_thread(system.signal, "PrepareForSleep", "false")
    await until(lambda: Woke() in heard.events)
    await until(lambda: probe._inhibitor is not None)


async def test_shutdown_and_its_being_called_off(system, logind):
    _, heard = logind
    heard.on_disk.set()
    await asyncio.to_thread(system.signal, "PrepareForShutdown", "true")
    await until(lambda: SessionEnding() in heard.events)
    await asyncio.to_thread(system.signal, "PrepareForShutdown", "false")
    await until(lambda: SessionStays() in heard.events)


async def test_locks_that_are_asked_for_and_locks_that_are(system, logind):
    _, heard = logind
    await asyncio.to_thread(system.session_signal, "Lock")
    await until(lambda: heard.events[-1:] == [Locked(LOCK_REQUEST)])
    await asyncio.to_thread(system.hint, True)
    await until(lambda: heard.events[-1:] == [Locked(LOGIND)])
    await asyncio.to_thread(system.hint, False)
    await until(lambda: heard.events[-2:] == [Unlocked(LOGIND), Unlocked(LOCK_REQUEST)])
    await asyncio.to_thread(system.session_signal, "Unlock")
    await until(lambda: heard.events[-2:] == [Unlocked(LOCK_REQUEST), Unlocked(LOGIND)])


async def test_a_session_that_is_locked_already(system):
    await asyncio.to_thread(system.hint, True)
    probe, heard = Logind.create(system.env, SystemClock()), Heard()
    await probe.start(heard)
    await probe.stop()
    await asyncio.to_thread(system.hint, False)
    assert heard.events == [Locked(LOGIND)]


async def test_a_system_bus_that_goes_away(desktop):
    system = await asyncio.to_thread(SystemBus, desktop)
    probe = Logind.create(system.env, SystemClock())
    await probe.start(Heard())
    await asyncio.to_thread(system.close)
    async with asyncio.timeout(5):
        await probe.lost()
    await probe.stop()
    with pytest.raises(UnavailableError):
        await Logind.create(system.env, SystemClock()).start(Heard())


async def test_a_system_bus_without_logind(desktop):
    process, address = await asyncio.to_thread(desktop.bus)
    probe = Logind.create({"DBUS_SYSTEM_BUS_ADDRESS": address}, SystemClock())
    with pytest.raises(UnavailableError):
        await probe.start(Heard())
    await probe.stop()
    desktop.end(process)


_SAVER = """
import dbus, dbus.service, sys
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

DBusGMainLoop(set_as_default=True)
name, path = sys.argv[1:]


class Saver(dbus.service.Object):
    active = False

    @dbus.service.method(name, out_signature="b")
    def GetActive(self):
        return self.active

    @dbus.service.method(name, in_signature="b")
    def SetActive(self, active):
        self.active = active
        self.ActiveChanged(active)

    @dbus.service.signal(name, signature="b")
    def ActiveChanged(self, active):
        pass


owned = dbus.service.BusName(name, dbus.SessionBus())
saver = Saver(owned, path)
GLib.MainLoop().run()
"""


@pytest.mark.parametrize(
    ("name", "path"),
    [("org.freedesktop.ScreenSaver", "/ScreenSaver"), ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver")],
)
async def test_screen_savers(desktop, name, path):
    saver = desktop.spawn("/usr/bin/python3", "-c", _SAVER, name, path)

    def active(value: str) -> bool:
        command = ["gdbus", "call", "--session", "--dest", name, "--object-path", path, "--method", f"{name}.SetActive"]
        return subprocess.run([*command, value], env=desktop.env, capture_output=True, timeout=10).returncode == 0

    await asyncio.to_thread(wait_until, lambda: active("false"), "the screen saver")
    probe, heard = ScreenSavers.create(desktop.env, SystemClock()), Heard()
    await probe.start(heard)
    await asyncio.to_thread(active, "true")
    await until(lambda: heard.events == [Locked(SCREEN_SAVER)])
    later = Heard()
    other = ScreenSavers.create(desktop.env, SystemClock())
    await other.start(later)
    assert later.events == [Locked(SCREEN_SAVER)]
    await other.stop()
    await asyncio.to_thread(active, "false")
    await until(lambda: heard.events[-1] == Unlocked(SCREEN_SAVER))
    await probe.stop()
    desktop.end(saver)


async def test_a_session_bus_that_is_not_there(tmp_path):
    assert ScreenSavers.score({}) == 0
    probe = ScreenSavers.create({"XDG_RUNTIME_DIR": str(tmp_path)}, SystemClock())
    with pytest.raises(UnavailableError):
        await probe.start(Heard())
    await probe.stop()
