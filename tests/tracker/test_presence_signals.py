"""Cameras by the kernel, players and inhibitors by real D-Bus services."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from desktop_session import DesktopSession, wait_until
from productify.clock import SystemClock
from productify.domain import Capability, Health
from productify.errors import UnavailableError
from productify.tracker.capabilities import merged
from productify.tracker.presence.camera import Cameras
from productify.tracker.presence.inhibitors import Holder, LogindInhibitors, SessionInhibitors, signs_of
from productify.tracker.presence.players import Players
from productify.tracker.probe import Probe, Sign, SignKind, SignsSeen
from system_bus import SystemBus

from .conftest import until

pytestmark = pytest.mark.desktop


class Heard:
    """Keeps the signs that were told last."""

    def __init__(self) -> None:
        self.signs: frozenset[Sign] = frozenset()
        self.told = 0

    def __call__(self, event: SignsSeen) -> None:
        self.signs = event.signs
        self.told += 1

    async def recorded(self) -> None:
        """Return at once."""

    @property
    def names(self) -> set[str]:
        """All names in all signs."""
        return {name for sign in self.signs for name in sign.names}


@asynccontextmanager
async def listening(probe: Probe) -> AsyncIterator[Heard]:
    """Start a probe and stop it at the end."""
    heard = Heard()
    await probe.start(heard)
    try:
        yield heard
    finally:
        await probe.stop()


def hold(device: Path) -> "subprocess.Popen[bytes]":
    """Let a program have a device open until its input ends."""
    script = "import sys; device = open(sys.argv[1]); sys.stdin.read()"
    return subprocess.Popen([sys.executable, "-c", script, str(device)], stdin=subprocess.PIPE)


async def test_a_camera_is_in_use_as_long_as_a_program_has_it_open(tmp_path: Path):
    """A file in a folder of its own stands in for a device: the kernel tells of opening either alike."""
    (tmp_path / "video0").touch()
    async with listening(Cameras(tmp_path, settled=0.1)) as heard:
        assert not heard.signs
        app = hold(tmp_path / "video0")
        await until(lambda: heard.signs, "the camera")
        (sign,) = heard.signs
        assert (sign.kind, sign.pid) == (SignKind.CAMERA, app.pid)
        app.communicate()
        await until(lambda: not heard.signs, "its end")


async def test_a_camera_that_is_plugged_in_later(tmp_path: Path):
    async with listening(Cameras(tmp_path, settled=0.1)) as heard:
        (tmp_path / "video1").touch()
        await asyncio.sleep(0.2)
        app = hold(tmp_path / "video1")
        await until(lambda: heard.signs, "the camera")
        app.communicate()


async def test_cameras_without_devices_cost_nothing_and_a_folder_that_is_gone_says_so(tmp_path: Path):
    async with listening(Cameras(tmp_path, settled=0)) as heard:
        (tmp_path / "tty").touch()
        await asyncio.sleep(0.1)
        assert heard.told == 1
    with pytest.raises(UnavailableError):
        async with listening(Cameras(tmp_path / "nowhere")):
            pass


_PLAYER = """
import dbus, dbus.service, sys
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

DBusGMainLoop(set_as_default=True)
PLAYER = "org.mpris.MediaPlayer2.Player"


class Player(dbus.service.Object):
    values = {
        "org.mpris.MediaPlayer2": {"Identity": "VLC media player", "DesktopEntry": "vlc"},
        PLAYER: {"PlaybackStatus": sys.argv[2]},
    }

    @dbus.service.method("org.freedesktop.DBus.Properties", in_signature="ss", out_signature="v")
    def Get(self, interface, name):
        return self.values[interface][name]

    @dbus.service.method("org.example.Test", in_signature="s")
    def Become(self, status):
        self.values[PLAYER]["PlaybackStatus"] = status
        self.PropertiesChanged(PLAYER, {"PlaybackStatus": status}, [])

    @dbus.service.signal("org.freedesktop.DBus.Properties", signature="sa{sv}as")
    def PropertiesChanged(self, interface, changed, gone):
        pass


owned = dbus.service.BusName("org.mpris.MediaPlayer2." + sys.argv[1], dbus.SessionBus())
player = Player(owned, "/org/mpris/MediaPlayer2")
GLib.MainLoop().run()
"""


def player(desktop: DesktopSession, name: str, status: str) -> "subprocess.Popen[bytes]":
    return desktop.spawn("/usr/bin/python3", "-c", _PLAYER, name, status)


def become(desktop: DesktopSession, name: str, status: str) -> None:
    subprocess.run(
        ["gdbus", "call", "--session", "--dest", f"org.mpris.MediaPlayer2.{name}", "--object-path",
         "/org/mpris/MediaPlayer2", "--method", "org.example.Test.Become", status],
        env=desktop.env, check=True, capture_output=True, timeout=10,
    )  # fmt: skip


async def test_players_that_come_play_pause_and_go(desktop):
    async with listening(Players(desktop.env)) as heard:
        assert not heard.signs
        app = player(desktop, "vlc", "Playing")
        await until(lambda: heard.signs, "the player")
        assert heard.signs == {Sign(SignKind.SOUND, frozenset({"vlc", "vlc media player"}), app.pid)}
        await asyncio.to_thread(become, desktop, "vlc", "Paused")
        await until(lambda: not heard.signs, "the pause")
        await asyncio.to_thread(become, desktop, "vlc", "Playing")
        await until(lambda: heard.signs, "going on")
        async with listening(Players(desktop.env)) as later:
            assert later.signs == heard.signs
        await asyncio.to_thread(desktop.end, app)
        await until(lambda: not heard.signs, "the end")


async def test_a_player_on_a_phone_is_none_of_this_desk(desktop):
    async with listening(Players(desktop.env)) as heard:
        phone, here = player(desktop, "kdeconnect.mpris_1", "Playing"), player(desktop, "mpv", "Playing")
        await until(lambda: "mpv" in heard.names, "the player")
        await asyncio.sleep(0.3)
        assert len(heard.signs) == 1
        for app in (phone, here):
            await asyncio.to_thread(desktop.end, app)


async def test_idle_inhibitors_of_logind(desktop):
    """The mock keeps the list of inhibitors as logind does; that it changed is announced by the test."""
    system = await asyncio.to_thread(SystemBus, desktop)

    async def told_until(condition, what):
        async def tell() -> None:
            while not condition():
                await asyncio.to_thread(system.tell_inhibited)
                await asyncio.sleep(0.1)

        await asyncio.wait_for(tell(), 10)

    async with listening(LogindInhibitors.create(system.env, SystemClock())) as heard:
        assert not heard.signs
        delay = system.hold("sleep:shutdown", "Us", "writes", "delay")
        slides = system.hold("sleep:idle", "Impress", "Presentation", "block")
        await told_until(lambda: "impress" in heard.names, "the inhibitor")
        assert heard.names == {"impress"}
        await asyncio.to_thread(desktop.end, slides)
        await told_until(lambda: not heard.signs, "its end")
        await asyncio.to_thread(desktop.end, delay)
    await asyncio.to_thread(system.close)


_KEEPER = """
import dbus, dbus.service, sys
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

DBusGMainLoop(set_as_default=True)
GNOME, KDE = "org.gnome.SessionManager", "org.kde.Solid.PowerManagement.PolicyAgent"


class Inhibitor(dbus.service.Object):
    def __init__(self, bus, path, app, reason, flags):
        super().__init__(bus, path)
        self.told = app, reason, flags

    @dbus.service.method(GNOME + ".Inhibitor", out_signature="s")
    def GetAppId(self):
        return self.told[0]

    @dbus.service.method(GNOME + ".Inhibitor", out_signature="s")
    def GetReason(self):
        return self.told[1]

    @dbus.service.method(GNOME + ".Inhibitor", out_signature="u")
    def GetFlags(self):
        return self.told[2]


class Keeper(dbus.service.Object):
    paths, kept, listed = [], [], []

    @dbus.service.method(GNOME, out_signature="ao")
    def GetInhibitors(self):
        return dbus.Array(self.paths, signature="o")

    @dbus.service.method(KDE, out_signature="a(ss)")
    def ListInhibitions(self):
        return dbus.Array(self.listed, signature="(ss)")

    @dbus.service.method("org.example.Test", in_signature="ssu")
    def Hold(self, app, reason, flags):
        path = f"/org/gnome/SessionManager/Inhibitor{len(self.paths)}"
        self.kept.append(Inhibitor(owned, path, app, reason, flags))
        self.paths.append(path)
        self.listed.append((app, reason))
        self.InhibitorAdded(path)
        self.InhibitionsChanged([(app, reason)], [])

    @dbus.service.method("org.example.Test")
    def Free(self):
        self.paths.clear()
        self.listed.clear()
        self.InhibitorRemoved("/org/gnome/SessionManager/Inhibitor0")
        self.InhibitionsChanged([], ["x"])

    @dbus.service.signal(GNOME, signature="o")
    def InhibitorAdded(self, path):
        pass

    @dbus.service.signal(GNOME, signature="o")
    def InhibitorRemoved(self, path):
        pass

    @dbus.service.signal(KDE, signature="a(ss)as")
    def InhibitionsChanged(self, added, removed):
        pass


owned = dbus.service.BusName(sys.argv[1], dbus.SessionBus())
keeper = Keeper(owned, sys.argv[2])
GLib.MainLoop().run()
"""


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("org.gnome.SessionManager", "/org/gnome/SessionManager"),
        ("org.kde.Solid.PowerManagement.PolicyAgent", "/org/kde/Solid/PowerManagement/PolicyAgent"),
    ],
)
async def test_inhibitors_of_the_desktops_session(desktop, name, path):
    """A small service speaks for GNOME's session manager and for KDE's, which cannot both run here."""

    def ask(method: str, *arguments: str) -> bool:
        command = ["gdbus", "call", "--session", "--dest", name, "--object-path", path]
        command += ["--method", f"org.example.Test.{method}", *arguments]
        return subprocess.run(command, env=desktop.env, capture_output=True, timeout=10).returncode == 0

    async with listening(SessionInhibitors(desktop.env["DBUS_SESSION_BUS_ADDRESS"])) as heard:
        keeper = desktop.spawn("/usr/bin/python3", "-c", _KEEPER, name, path)
        await asyncio.to_thread(wait_until, lambda: ask("Hold", "spotify", "audio-playing", "12"), "the keeper")
        assert await asyncio.to_thread(ask, "Hold", "org.example.Slides", "Presentation", "8")
        await until(lambda: heard.names == {"org.example.slides"}, "the inhibitor")
        assert await asyncio.to_thread(ask, "Free")
        await until(lambda: not heard.signs, "its end")
        await asyncio.to_thread(desktop.end, keeper)


def test_what_keeps_the_screen_awake_for_nobody_is_no_sign():
    names = [("caffeine-ng", "user"), ("Firefox", "Audio playing"), ("Firefox", "video-playing")]
    assert {sign.names for sign in signs_of(Holder(*each) for each in names)} == {frozenset({"firefox"})}


def test_several_parts_are_said_as_one():
    works = Capability("presence", "Calls", Health.WORKS, "sound")
    missing = Capability("presence", "Calls", Health.MISSING, "none", "No camera.", "Buy one.")
    other = Capability("window", "Window", Health.WORKS, "X11")
    assert merged([works, other, missing, missing]) == (
        Capability("presence", "Calls", Health.DEGRADED, "sound", "No camera.", "Buy one."),
        other,
    )
    assert merged([missing, missing])[0].health is Health.MISSING
    assert merged([works, works])[0].health is Health.WORKS
