"""Each desktop's do not disturb.

GNOME is a real, headless Shell with its real settings. Plasma's notification server is a stand-in that keeps the
contract of its `Inhibit`: no Plasma runs here. dunst is proved on its desktop, with the app.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from desktop_session import DesktopSession, wait_until
from gnome_session import GnomeSession, missing_programs
from productify import bus as dbus
from productify.domain import Health
from productify.errors import UnavailableError
from productify.quiet import answering, capability, fitting_here
from productify.quiet.gnome import GnomeSilence
from productify.quiet.kde import KdeSilence
from service.rig import until

_NAME = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"


@pytest.fixture
def gnome() -> Iterator[GnomeSession]:
    """A GNOME session."""
    assert not missing_programs(), f"sh installer/test.sh installs these: {missing_programs()}"
    with GnomeSession() as session:
        session.start_shell()
        yield session


@pytest.mark.desktop
async def test_gnome_hides_its_banners(gnome: GnomeSession) -> None:
    def shell_hides() -> bool:
        code = "new imports.gi.Gio.Settings({schema_id: 'org.gnome.desktop.notifications'}).get_boolean('show-banners')"
        return "false" in gnome.evaluate(code)

    silence = await answering(gnome.env)
    assert isinstance(silence, GnomeSilence)
    assert not await silence.is_on()
    await silence.switch(True)
    assert await silence.is_on()
    await asyncio.to_thread(wait_until, shell_hides, "the Shell to know")
    await silence.switch(False)
    await asyncio.to_thread(wait_until, lambda: not shell_hides(), "the Shell to know")
    assert (await capability(gnome.env)).backend == "GNOME"


async def test_gnome_without_its_tool_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    environment = {"XDG_CURRENT_DESKTOP": "GNOME", "PATH": "/nowhere"}
    assert GnomeSilence.score(environment) == 0
    with pytest.raises(UnavailableError, match="gsettings"):
        await GnomeSilence(environment).is_on()


class Plasma:
    """Stands in for Plasma's notification server: each inhibition is of a connection, and ends with it."""

    def __init__(self, bus: MessageBus) -> None:
        self.held: dict[int, tuple[str, str, str]] = {}
        self._bus = bus
        self._next = 1
        bus.add_message_handler(self._hear)

    def _hear(self, message: Message) -> Message | None:
        match message.message_type, message.member, message.body:
            case MessageType.SIGNAL, "NameOwnerChanged", [name, _, ""]:
                self.held = {cookie: whose for cookie, whose in self.held.items() if whose[0] != name}
                return None
            case MessageType.METHOD_CALL, "Inhibit", [str(who), str(why), dict()] if message.signature == "ssa{sv}":
                cookie, self._next = self._next, self._next + 1
                self.held[cookie] = (str(message.sender), who, why)
                return Message.new_method_return(message, "u", [cookie])
            case MessageType.METHOD_CALL, "UnInhibit", [int(cookie)] if message.signature == "u":
                self.held.pop(cookie)
                return Message.new_method_return(message)
            case MessageType.METHOD_CALL, "Get", ["org.freedesktop.Notifications", "Inhibited"]:
                return Message.new_method_return(message, "v", [Variant("b", bool(self.held))])
            case _:
                return None


@pytest.fixture
async def plasma() -> AsyncIterator[tuple[Plasma, dict[str, str]]]:
    """A session bus with the stand-in on it, and the environment of a session there."""
    with BareBus() as session:
        address = session.env["DBUS_SESSION_BUS_ADDRESS"]
        bus = await dbus.connected(address, lambda _message: None)
        await dbus.listen(bus, "type='signal',member='NameOwnerChanged'")
        await bus.request_name(_NAME)
        yield Plasma(bus), {"DBUS_SESSION_BUS_ADDRESS": address, "XDG_CURRENT_DESKTOP": "KDE"}
        bus.disconnect()


class BareBus(DesktopSession):
    """A session of a bus alone."""

    def _start(self) -> None:
        self.env = {"PATH": os.environ["PATH"], "HOME": str(self.root)}
        _, self.env["DBUS_SESSION_BUS_ADDRESS"] = self.bus(bare=True)


async def test_plasma_holds_back_for_as_long_as_it_is_asked(plasma: Any) -> None:
    server, environment = plasma
    silence = await answering(environment)
    assert isinstance(silence, KdeSilence)
    await silence.switch(True)
    assert [whose[1:] for whose in server.held.values()] == [("productify", "Focus session")]
    assert await silence.is_on()
    await silence.switch(False)
    assert server.held == {}
    assert not await silence.is_on()
    await silence.close()


async def test_plasma_goes_on_when_the_app_is_gone(plasma: Any) -> None:
    server, environment = plasma
    silence = KdeSilence.create(environment)
    await silence.switch(True)
    await silence.close()
    await until(lambda: not server.held, "the inhibition to end")


async def test_what_plasmas_user_took_back_is_not_asked_for_again(plasma: Any) -> None:
    server, environment = plasma
    silence = KdeSilence.create(environment)
    await silence.switch(True)
    server.held.clear()
    assert not await silence.is_on()
    await silence.close()


async def test_other_desktops_are_told_that_they_have_none() -> None:
    with BareBus() as session:
        assert [each.name for each in fitting_here(session.env)] == ["dunst"]
        found = await capability(session.env)
        assert (found.health, found.backend) == (Health.MISSING, "none")
    assert fitting_here({}) == []
