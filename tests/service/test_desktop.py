"""What works on a desktop and what the app can do about the rest, on a real session bus with a real dunst."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from dbus_fast import BusType, PropertyAccess
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, dbus_property, method

from desktop_session import DesktopSession
from productify.clock import SystemClock
from productify.domain import Capability, Health, KeyPlace, Notification, Repair
from productify.errors import KnownError
from productify.keys import Keys
from productify.service import Notices, doctor
from productify.service.desktop import DESKTOP, Desktop
from productify.service.notifications import Notifications
from productify.service.session_bus import services, watch
from productify.tracker import gnome_extension
from service.rig import Rig, recording, until

pytestmark = pytest.mark.desktop
WINDOW = Capability("window", "Active window", Health.WORKS, "X11")
FIREFOX = Capability("url.firefox", "Addresses in Firefox", Health.WORKS, "AT-SPI")


@pytest.fixture(scope="module")
def session() -> Iterator[DesktopSession]:
    """A desktop without anything around it."""
    with DesktopSession() as session:
        yield session


@pytest.fixture
def bus(session: DesktopSession) -> Iterator[dict[str, str]]:
    """The environment of that desktop, with a message bus of the test's own."""
    with session.guests():
        _process, address = session.bus()
        yield {**session.env, "DBUS_SESSION_BUS_ADDRESS": address}


@pytest.fixture
def bare_bus(session: DesktopSession) -> Iterator[dict[str, str]]:
    """The same with a message bus that starts no service by itself."""
    with session.guests():
        _process, address = session.bus(bare=True)
        yield {**session.env, "DBUS_SESSION_BUS_ADDRESS": address}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


class Shown:
    """A notifier that keeps what it is given."""

    def __init__(self) -> None:
        self.shown: list[Notification] = []

    async def show(self, notification: Notification) -> str | None:
        self.shown.append(notification)
        await asyncio.sleep(0)
        return None

    async def close(self) -> None:
        await asyncio.sleep(0)


def desktop_of(rig: Rig, environment: dict[str, str], notifier: Shown | None = None) -> Desktop:
    service = rig.service
    notices = Notices(changed=rig.heard.changed.append)
    notifications = Notifications(notifier or Shown(), notices)
    return Desktop(service.tracking, service.preferences, notifications, notices, rig.clock, environment)


async def by_key(environment: dict[str, str], *seen: Capability, tray: bool | None = None) -> dict[str, Capability]:
    return {each.key: each for each in await doctor.told(seen, environment, tray)}


async def test_what_the_tracker_says_is_followed_by_titles_browsers_and_surroundings(bus):
    rows = await doctor.told((WINDOW,), bus, tray=True)
    assert [each.key for each in rows] == [
        "window", "title", "url.firefox", "url.others", "tray", "notifications", "quiet", "autostart",
        "keyring", "screenshots", "window-control",
    ]  # fmt: skip
    title = rows[1]
    assert (title.health, title.backend) == (Health.WORKS, "X11")
    assert rows[2].health is Health.MISSING


async def test_without_windows_nothing_is_said_of_browsers(bus):
    missing = replace(WINDOW, health=Health.MISSING, backend="none")
    found = await by_key(bus, missing)
    assert not {"url.firefox", "url.others"} & set(found)
    assert found["title"].health is Health.MISSING


async def test_gnomes_advice_becomes_what_the_app_can_do(bus):
    found = await by_key(bus, replace(WINDOW, health=Health.MISSING, fix=gnome_extension.INSTALL))
    assert found["window"].repair is Repair.GNOME_EXTENSION
    assert found["title"].repair is None


async def test_a_missing_tray_says_what_closing_does(bus):
    found = await by_key({**bus, "XDG_CURRENT_DESKTOP": "ubuntu:GNOME"}, WINDOW, tray=False)
    assert found["tray"].health is Health.MISSING
    assert "AppIndicator" in found["tray"].fix
    assert "minimises" in (await by_key(bus, WINDOW, tray=False))["tray"].detail


async def test_a_tray_is_found_where_the_window_says_nothing(session, bus):
    assert (await by_key(bus))["tray"].health is Health.MISSING
    session.spawn("tint2", env=bus)

    async def icons_are_taken() -> bool:
        return (await by_key(bus))["tray"].backend == "X11 system tray"

    await until(icons_are_taken, "the panel")
    assert (await by_key(bus, tray=False))["tray"].health is Health.MISSING
    assert (await by_key({**bus, "WAYLAND_DISPLAY": "wayland-1"}))["tray"].health is Health.MISSING
    member = await MessageBus(bus["DBUS_SESSION_BUS_ADDRESS"], BusType.SESSION).connect()
    await member.request_name("org.kde.StatusNotifierWatcher")
    assert (await by_key(bus))["tray"].backend == "StatusNotifier"
    member.disconnect()
    await member.wait_for_disconnect()


async def test_notifications_are_told_of_by_the_server_that_shows_them(session, bus):
    before = (await services(bus))[0]
    assert (before.health, before.backend) == (Health.WORKS, "started when it is first needed")
    session.spawn("dunst", env=bus)

    async def dunst_is_there() -> bool:
        return (await services(bus))[0].backend == "dunst"

    await until(dunst_is_there, "dunst")
    now = (await services(bus))[0]
    assert (now.backend, now.repair, now.detail) == ("dunst", Repair.NOTIFICATION, "")


async def test_without_a_bus_nothing_is_promised():
    notifications, keyring, takes_items = await services({})
    assert not takes_items
    assert notifications.health is keyring.health is Health.MISSING
    assert "D-Bus" in notifications.detail


class Secrets(ServiceInterface):
    """The two questions that are asked of a secret service."""

    def __init__(self, alias: str) -> None:
        super().__init__("org.freedesktop.Secret.Service")
        self.alias = alias

    @method()
    def ReadAlias(self, _name: "s") -> "o":  # type: ignore[name-defined]  # noqa: N802, F821
        return self.alias


class Collection(ServiceInterface):
    """A keyring."""

    def __init__(self) -> None:
        super().__init__("org.freedesktop.Secret.Collection")
        self.locked = True

    @dbus_property(access=PropertyAccess.READ)
    def Locked(self) -> "b":  # type: ignore[name-defined]  # noqa: N802, F821
        return self.locked


@asynccontextmanager
async def secret_service(environment: dict[str, str], alias: str) -> AsyncIterator[Collection]:
    bus = await MessageBus(environment["DBUS_SESSION_BUS_ADDRESS"], BusType.SESSION).connect()
    collection = Collection()
    bus.export("/org/freedesktop/secrets", Secrets(alias))
    bus.export("/login", collection)
    await bus.request_name("org.freedesktop.secrets")
    try:
        yield collection
    finally:
        bus.disconnect()
        await bus.wait_for_disconnect()


async def test_the_keyring_is_locked_open_or_not_there(bare_bus):
    """A fake of the secret service answers the two questions that are asked; this bus starts no real one."""
    assert (await services(bare_bus))[1].health is Health.MISSING
    async with secret_service(bare_bus, "/login") as collection:
        keyring = (await services(bare_bus))[1]
        assert (keyring.health, keyring.backend) == (Health.DEGRADED, "Secret Service")
        assert "locked" in keyring.detail
        collection.locked = False
        assert (await services(bare_bus))[1].health is Health.WORKS
    async with secret_service(bare_bus, "/"):
        assert "no keyring yet" in (await services(bare_bus))[1].detail


async def test_what_comes_and_goes_on_the_bus_is_told(session, bus):
    changes = []
    watching = asyncio.create_task(watch(bus, lambda: changes.append(1)))

    async def heard_of_a_keyring() -> bool:
        async with secret_service(bus, "/"):
            await asyncio.sleep(0.02)
        return bool(changes)

    try:
        await until(heard_of_a_keyring, "news of the keyring")
    finally:
        watching.cancel()
        await asyncio.wait([watching])


async def test_autostart_is_switched_on(tmp_path, bus):
    async with recording(tmp_path / "data") as rig:
        desktop = desktop_of(rig, bus)
        before = {each.key: each for each in await desktop.report()}["autostart"]
        assert (before.health, before.repair) == (Health.DEGRADED, Repair.AUTOSTART)
        await desktop.fix(Repair.AUTOSTART)
        after = {each.key: each for each in await desktop.report()}["autostart"]
        assert (after.health, after.repair) == (Health.WORKS, None)
        assert rig.service.settings.flag("start_on_boot")
        assert DESKTOP in rig.heard.changed


async def test_a_test_notification_is_sent(tmp_path, bus):
    notifier = Shown()
    async with recording(tmp_path / "data") as rig:
        await desktop_of(rig, bus, notifier).fix(Repair.NOTIFICATION)
        await until(lambda: notifier.shown, "the notification")
    assert notifier.shown[0].title == "Notifications work"


async def test_accessibility_is_switched_on(tmp_path, session, bus):
    """With the accessibility bus of the desktop itself."""
    with session.guests():
        session.spawn("/usr/libexec/at-spi-bus-launcher", env=bus)

        async def is_offered() -> bool:
            return (await by_key(bus, WINDOW, FIREFOX))["url.firefox"].repair is Repair.ACCESSIBILITY

        await until(is_offered, "the accessibility bus")
        async with recording(tmp_path / "data") as rig:
            await desktop_of(rig, bus).fix(Repair.ACCESSIBILITY)
        assert (await by_key(bus, WINDOW, FIREFOX))["url.firefox"].repair is None


async def test_accessibility_that_is_not_there_is_a_known_error(tmp_path):
    async with recording(tmp_path / "data") as rig:
        with pytest.raises(KnownError, match="Accessibility"):
            await desktop_of(rig, {}).fix(Repair.ACCESSIBILITY)


async def test_gnomes_extension_is_installed(tmp_path, bus):
    """GNOME's programs are stand-ins that say what the real ones do; the real ones are tried with the tracker."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, say in (("gnome-shell", "GNOME Shell 46.0"), ("gnome-extensions", "")):
        (programs / name).write_text(f"#!/bin/sh\necho '{say}'\n")
        (programs / name).chmod(0o755)
    environment = {**bus, "HOME": str(tmp_path), "PATH": f"{programs}:{os.environ['PATH']}"}
    async with recording(tmp_path / "data") as rig:
        await desktop_of(rig, environment).fix(Repair.GNOME_EXTENSION)
    folder = tmp_path / ".local/share/gnome-shell/extensions" / gnome_extension.UUID
    assert "46" in (folder / "metadata.json").read_text()
    async with recording(tmp_path / "other") as rig:
        with pytest.raises(KnownError, match="not installed"):
            await desktop_of(rig, {**bus, "PATH": str(tmp_path)}).fix(Repair.GNOME_EXTENSION)


async def test_the_running_app_reports_over_its_control_line(tmp_path, monkeypatch, bus):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus["DBUS_SESSION_BUS_ADDRESS"])
    async with recording(tmp_path) as rig:
        rows = (await rig.ask("doctor") or {})["capabilities"]
    keys = [each["key"] for each in rows]
    assert keys[:2] == ["record", "scripted"]
    assert {"tray", "notifications", "autostart", "keyring"} <= set(keys)
    assert next(each for each in rows if each["key"] == "autostart")["repair"] == "autostart"


async def test_a_probe_that_can_do_more_or_less_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("productify.tracker.tracker.BEAT", 0.05)
    async with recording(tmp_path) as rig:
        await until(lambda: DESKTOP in rig.heard.changed, "the first look")
        rig.heard.changed.clear()
        rig.probe.capabilities = lambda: (replace(WINDOW, health=Health.DEGRADED),)  # type: ignore[method-assign]
        await until(lambda: DESKTOP in rig.heard.changed, "the second look")


@pytest.mark.skipif(sys.platform != "linux", reason="the probes of Linux")
async def test_without_a_recorder_each_probe_is_tried(session):
    rows = {each.key: each for each in await doctor.found(SystemClock(), session.env)}
    assert (rows["window"].backend, rows["window"].health) == ("X11", Health.WORKS)
    assert rows["title"].health is rows["idle"].health is Health.WORKS


@pytest.mark.parametrize(
    ("health", "place", "detail", "then"),
    [
        (Health.WORKS, None, "as it was", Health.WORKS),
        (Health.WORKS, KeyPlace.KEYRING, "It holds the key", Health.WORKS),
        (Health.DEGRADED, KeyPlace.KEYRING, "cannot be opened now", Health.MISSING),
        (Health.MISSING, KeyPlace.KEYRING, "cannot be opened now", Health.MISSING),
        (Health.MISSING, KeyPlace.FILE, "stored without it", Health.MISSING),
        (Health.WORKS, KeyPlace.FILE, "stored without it", Health.WORKS),
    ],
)
def test_the_keyring_tells_what_became_of_the_key(health, place, detail, then):
    keyring = Capability("keyring", "Keyring for secrets", health, "Secret Service", "as it was")
    found, other = doctor.with_key((keyring, WINDOW), place)
    assert detail in found.detail
    assert (found.health, other) == (then, WINDOW)


async def test_a_report_tells_where_the_key_of_this_folder_lies(tmp_path):
    async with recording(tmp_path) as rig:
        keys = Keys(tmp_path, lambda: iter(()))
        rig.service.screenshots.sealing.keys = keys
        await keys.key()
        (keyring,) = [each for each in await rig.service.desktop.report() if each.key == "keyring"]
        assert "stored without it" in keyring.detail
        (tmp_path / "key.json").write_text("")
        (keyring,) = [each for each in await rig.service.desktop.report() if each.key == "keyring"]
        assert "stored without it" not in keyring.detail
