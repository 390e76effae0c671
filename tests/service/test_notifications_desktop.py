"""Notifications on a real desktop with a real notification server (dunst)."""

import asyncio
import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest
from dbus_fast import Message

from desktop_session import DesktopSession, wait_until
from productify import bus as dbus
from productify.domain import Notification, Urgency
from productify.notify import NotifierUnavailableError
from productify.notify.freedesktop import FreedesktopNotifier
from service.rig import until

pytestmark = pytest.mark.desktop
NOTE = Notification("Back again?", "You were away <20 min> & more", (("default", "Open"), ("meeting", "Meeting")))


@pytest.fixture(scope="module")
def desktop() -> Iterator[DesktopSession]:
    """A desktop with dunst."""
    with DesktopSession(dunst=True) as desktop:
        wait_until(lambda: dunst(desktop, "is-paused") == "false", "dunst")
        yield desktop


@pytest.fixture
async def notifier(desktop: DesktopSession) -> AsyncIterator[FreedesktopNotifier]:
    """The notifier for that desktop."""
    notifier = FreedesktopNotifier(desktop.env["DBUS_SESSION_BUS_ADDRESS"])
    yield notifier
    await notifier.close()


def dunst(desktop: DesktopSession, *words: str) -> str:
    done = subprocess.run(
        ["dunstctl", *words], env=desktop.env, capture_output=True, text=True, timeout=10, check=False
    )
    return done.stdout.strip()


async def shown(desktop: DesktopSession, count: int) -> None:
    """Return when that many notifications are on the screen."""
    await asyncio.to_thread(wait_until, lambda: dunst(desktop, "count", "displayed") == str(count), f"{count} shown")


async def test_a_click_is_the_answer(desktop, notifier):
    showing = asyncio.create_task(notifier.show(NOTE))
    await shown(desktop, 1)
    await asyncio.to_thread(dunst, desktop, "action", "0")
    assert await asyncio.wait_for(showing, 5) == "default"
    await shown(desktop, 0)


async def test_one_that_is_closed_or_expires_has_no_answer(desktop, notifier):
    showing = asyncio.create_task(notifier.show(NOTE))
    await shown(desktop, 1)
    await asyncio.to_thread(dunst, desktop, "close-all")
    assert await asyncio.wait_for(showing, 5) is None
    assert await asyncio.wait_for(notifier.show(Notification("Soon gone", seconds=0.5)), 5) is None


async def test_one_with_the_same_key_takes_the_place(desktop, notifier):
    first = asyncio.create_task(notifier.show(Notification("One", key="problem", urgency=Urgency.CRITICAL)))
    await shown(desktop, 1)
    second = asyncio.create_task(notifier.show(Notification("Two", key="problem")))
    assert await asyncio.wait_for(first, 5) is None
    await shown(desktop, 1)
    await asyncio.to_thread(dunst, desktop, "close-all")
    assert await asyncio.wait_for(second, 5) is None


async def test_what_is_still_shown_is_taken_back_at_the_end(desktop):
    notifier = FreedesktopNotifier(desktop.env["DBUS_SESSION_BUS_ADDRESS"])
    showing = asyncio.create_task(notifier.show(NOTE))
    await shown(desktop, 1)
    await notifier.close()
    assert await showing is None
    await shown(desktop, 0)


async def test_the_server_is_told_whether_it_may_make_a_sound(desktop):
    """A stand-in for the server keeps the hints: dunst tells nobody which it got."""
    _process, address = desktop.bus(bare=True)
    heard: list[dict[str, object]] = []

    def hear(message: Message) -> Message | None:
        match message.member, message.body:
            case "GetCapabilities", _:
                return Message.new_method_return(message, "as", [[]])
            case "Notify", [*_, hints, _expires]:
                heard.append({key: value.value for key, value in hints.items()})
                return Message.new_method_return(message, "u", [len(heard)])
            case _:
                return None

    server = await dbus.connected(address, lambda _message: None)
    server.add_message_handler(hear)
    await server.request_name("org.freedesktop.Notifications")
    notifier = FreedesktopNotifier(address)
    showing = [asyncio.create_task(notifier.show(replace(NOTE, sound=sound))) for sound in (False, True)]
    await until(lambda: len(heard) == 2, "both notifications")
    await notifier.close()
    await asyncio.gather(*showing)
    server.disconnect()
    assert [(each.get("suppress-sound"), each.get("sound-name")) for each in heard] == [
        (True, None),
        (None, "message-new-instant"),
    ]


_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={path}</listen><policy context="default">
<allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>"""


async def test_without_a_server_or_a_bus_it_says_so(desktop, tmp_path):
    path = tmp_path / "bus"
    notifier = FreedesktopNotifier(f"unix:path={path}")
    with pytest.raises(NotifierUnavailableError, match="no session D-Bus"):
        await notifier.show(NOTE)
    (tmp_path / "bus.conf").write_text(_BUS.format(path=path))
    bus = desktop.spawn("dbus-daemon", f"--config-file={tmp_path}/bus.conf", "--nofork")
    await asyncio.to_thread(wait_until, path.exists, "a bus that can start nothing")
    with pytest.raises(NotifierUnavailableError, match="ServiceUnknown"):
        await notifier.show(NOTE)
    await notifier.close()
    await asyncio.to_thread(desktop.end, bus)
