"""Pictures by the desktop portal: a mock of it on a real bus, over a real sway for the monitors."""

import asyncio
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from dbus_fast import BusType, Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from productify.capture.gate import View, all_or_none
from productify.capture.grabbers import GrabError
from productify.capture.grabbers import portal as portal_module
from productify.capture.grabbers.portal import PortalGrabber
from productify.capture.picture import from_bgrx
from productify.domain import Monitor, Rect, Skip
from sway_session import SwaySession, missing_programs

pytestmark = pytest.mark.desktop

REQUESTS = "/org/freedesktop/portal/desktop/request/1_1"


@pytest.fixture(scope="module")
def sway() -> Iterator[SwaySession]:
    """A sway with two outputs of different colours."""
    assert not missing_programs(), f"sh installer/test.sh installs these: {missing_programs()}"
    with SwaySession() as session:
        session.swaymsg("create_output")
        session.swaymsg("output HEADLESS-1 pos 0 0 bg #102030 solid_color")
        session.swaymsg("output HEADLESS-2 resolution 800x600 pos 1600 0 bg #CC33AA solid_color")
        yield session


@contextmanager
def portal(env: dict[str, str], answer: int | None, file: Path) -> Iterator[list[str | None]]:
    """The portal: it takes its picture with grim, as sway's own one does, and answers with a code, or never.

    Gives the questions that were called off.
    """
    called_off: list[str | None] = []
    ready, loop = threading.Event(), asyncio.new_event_loop()
    over = asyncio.Event()

    async def serve() -> None:
        bus = await MessageBus(env["DBUS_SESSION_BUS_ADDRESS"], BusType.SESSION).connect()

        def hear(message: Message) -> Message | None:
            if message.message_type is not MessageType.METHOD_CALL or message.member not in ("Screenshot", "Close"):
                return None
            if message.member == "Close":
                called_off.append(message.path)
                return Message.new_method_return(message)
            _parent, options = message.body
            assert options["interactive"].value is False
            path = f"{REQUESTS}/{options['handle_token'].value}"
            if answer is None:
                return Message.new_method_return(message, "o", [path])
            subprocess.run(["grim", str(file)], env=env, check=True)
            results = {"uri": Variant("s", file.as_uri())} if answer == 0 else {}
            response = Message.new_signal(
                path, "org.freedesktop.portal.Request", "Response", "ua{sv}", [answer, results]
            )  # fmt: skip
            loop.call_soon(bus.send, response)
            return Message.new_method_return(message, "o", [path])

        bus.add_message_handler(hear)
        await bus.request_name("org.freedesktop.portal.Desktop")
        ready.set()
        await over.wait()
        bus.disconnect()
        await bus.wait_for_disconnect()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert ready.wait(5)
    try:
        yield called_off
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
        loop.close()


def test_monitors_are_cut_out_of_the_whole_and_the_file_goes(sway, tmp_path):
    file = tmp_path / "Screenshot from now.png"
    grabber = PortalGrabber.create(sway.env)
    with portal(sway.env, 0, file):
        colours = {}
        for monitor in grabber.monitors():
            grab = grabber.grab(monitor)
            assert (grab.width, grab.height) == monitor.rect[2:]
            colours[monitor.name] = from_bgrx(grab.raw, grab.width, grab.height).getcolors()
    assert colours == {
        "HEADLESS-1": [(1600 * 1000, (0x10, 0x20, 0x30))],
        "HEADLESS-2": [(800 * 600, (0xCC, 0x33, 0xAA))],
    }
    assert not file.exists()


@pytest.mark.parametrize(("code", "sentence"), [(1, "did not allow"), (2, "did not take")])
def test_a_refusal_is_told(sway, tmp_path, code, sentence):
    grabber = PortalGrabber.create(sway.env)
    with portal(sway.env, code, tmp_path / "refused.png"), pytest.raises(GrabError, match=sentence):
        grabber.grab(grabber.monitors()[0])


def test_a_question_that_nobody_answers_is_called_off(sway, tmp_path, monkeypatch):
    monkeypatch.setattr(portal_module, "_PATIENCE", 0.2)
    grabber = PortalGrabber.create(sway.env)
    with portal(sway.env, None, tmp_path / "late.png") as called_off:
        with pytest.raises(GrabError, match="did not take"):
            grabber.grab(grabber.monitors()[0])
        assert [path.startswith(REQUESTS) for path in called_off] == [True]


def test_without_a_portal_that_is_told(sway):
    _process, address = sway.bus(bare=True)
    grabber = PortalGrabber.create(sway.env | {"DBUS_SESSION_BUS_ADDRESS": address})
    with pytest.raises(GrabError):
        grabber.grab(grabber.monitors()[0])


def test_where_all_monitors_are_taken_at_once_one_hidden_window_leaves_out_all():
    monitors = [Monitor(number, f"M{number}", Rect(number * 100, 0, 100, 100)) for number in (1, 2)]
    open_views = tuple(View(monitor) for monitor in monitors)
    assert all_or_none(open_views) == open_views
    hidden = all_or_none((View(monitors[0]), View(monitors[1], Skip.PRIVATE_WINDOW)))
    assert [view.skip for view in hidden] == [Skip.PRIVATE_WINDOW] * 2
    covered = all_or_none((View(monitors[0], boxes=(Rect(0, 0, 5, 5),)), View(monitors[1])))
    assert [(view.skip, view.boxes) for view in covered] == [(Skip.EXCLUDED_APP, ())] * 2
