"""What no compositor here offers, by contract: ext-idle-notify, and odd compositors, played by a small server."""

import asyncio
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from productify.candidates import Candidate
from productify.clock import SystemClock
from productify.domain import Health
from productify.errors import UnavailableError
from productify.tracker import choose
from productify.tracker.backends.scripted import Scripted
from productify.tracker.backends.wayland_idle import WaylandIdle
from productify.tracker.backends.wlr_windows import WlrWindows
from productify.tracker.backends.x11_window import X11Windows
from productify.tracker.probe import (
    Environment,
    InputBack,
    InputStopped,
    Listener,
    WindowUnknown,
)
from productify.wayland import socket_path

from .conftest import until
from .hearing import Heard, listening

_IDLED, _RESUMED = 0, 1


def _text(value: str) -> bytes:
    raw = value.encode() + b"\0"
    return struct.pack("=I", len(raw)) + raw.ljust(-(-len(raw) // 4) * 4, b"\0")


async def _end(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


class Compositor:
    """Offers `interfaces` by name and version, answers syncs, and keeps every other request."""

    def __init__(self, interfaces: dict[str, int], answer: Callable[["Compositor", int, int], None] | None) -> None:
        self._interfaces = interfaces
        self._answer = answer
        self._writer: asyncio.StreamWriter | None = None
        self.left = asyncio.Event()
        self.bound: dict[int, tuple[str, int]] = {}
        self.asked: list[tuple[str, int, tuple[int, ...]]] = []

    def tell(self, target: int, opcode: int, body: bytes = b"") -> None:
        """Send an event."""
        assert self._writer is not None
        self._writer.write(struct.pack("=II", target, (8 + len(body)) << 16 | opcode) + body)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk to one client until it leaves."""
        self._writer = writer
        try:
            while True:
                target, word = struct.unpack("=II", await reader.readexactly(8))
                self._hear(target, word & 0xFFFF, await reader.readexactly((word >> 16) - 8))
        except (asyncio.IncompleteReadError, ConnectionError):
            await _end(writer)
            self.left.set()

    def _hear(self, target: int, opcode: int, body: bytes) -> None:
        if (target, opcode) == (1, 0):
            (callback,) = struct.unpack("=I", body)
            self.tell(callback, 0, struct.pack("=I", 0))
        elif (target, opcode) == (1, 1):
            for number, (name, version) in enumerate(self._interfaces.items()):
                self.tell(2, 0, struct.pack("=I", number) + _text(name) + struct.pack("=I", version))
        elif target == 2:
            version, made = struct.unpack("=II", body[-8:])
            (length,) = struct.unpack_from("=I", body, 4)
            self.bound[made] = (body[8 : 7 + length].decode(), version)
        else:
            self.asked.append((self.bound[target][0], opcode, struct.unpack(f"={len(body) // 4}I", body)))
        if self._answer is not None:
            self._answer(self, target, opcode)


@asynccontextmanager
async def compositor(
    folder: Path, interfaces: dict[str, int], answer: Callable[[Compositor, int, int], None] | None = None
) -> AsyncIterator[tuple[Compositor, dict[str, str]]]:
    """Run a compositor; gives it and the environment of its session."""
    played = Compositor(interfaces, answer)
    server = await asyncio.start_unix_server(played.serve, folder / "wayland-7")
    async with server:
        yield played, {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(folder)}
        async with asyncio.timeout(5):
            await played.left.wait()


@pytest.mark.parametrize(("version", "request_of_it"), [(1, 1), (2, 2)])
async def test_ext_idle_notify(tmp_path, version, request_of_it):
    """Version 2 is asked about input alone, whatever inhibits idleness; both go before KDE's protocol."""
    clock = SystemClock()
    offered = {"wl_seat": 7, "org_kde_kwin_idle": 1, "ext_idle_notifier_v1": version}
    async with (
        compositor(tmp_path, offered) as (played, env),
        listening(WaylandIdle(env, clock, floor=60)) as heard,
    ):
        ((interface, opcode, (timer, floor, seat)),) = played.asked
        assert (interface, opcode, floor) == ("ext_idle_notifier_v1", request_of_it, 60_000)
        assert played.bound[seat][0] == "wl_seat"
        played.tell(timer, _IDLED)
        await until(lambda: heard.events)
        stopped = heard.events[-1][1]
        assert isinstance(stopped, InputStopped)
        assert abs(clock.now() - stopped.last_input - timedelta(seconds=60)) < timedelta(seconds=1)
        played.tell(timer, _RESUMED)
        await until(lambda: isinstance(heard.events[-1][1], InputBack))


async def test_messages_that_come_in_pieces(tmp_path):
    async with (
        compositor(tmp_path, {"wl_seat": 7, "ext_idle_notifier_v1": 1}) as (played, env),
        listening(WaylandIdle(env, SystemClock())) as heard,
    ):
        timer = played.asked[0][2][0]
        message = struct.pack("=II", timer, 8 << 16 | _IDLED) + struct.pack("=II", timer, 8 << 16 | _RESUMED)
        for place in range(0, len(message), 3):
            played._writer.write(message[place : place + 3])
            await asyncio.sleep(0.01)
        await until(lambda: len(heard.events) == 2)


def _refuse(played: Compositor, target: int, opcode: int) -> None:
    if target == 2:
        played.tell(1, 0, struct.pack("=II", 2, 1) + _text("no such thing"))
        played._writer.close()


@pytest.mark.parametrize(
    ("probe_class", "interfaces", "answer", "why"),
    [
        (WaylandIdle, {"wl_seat": 7}, None, "nothing about input"),
        (WaylandIdle, {"ext_idle_notifier_v1": 1}, None, "no seat"),
        (WaylandIdle, {"wl_seat": 7, "ext_idle_notifier_v1": 1}, _refuse, "no such thing"),
        (WlrWindows, {"wl_seat": 7}, None, "nothing about windows"),
    ],
)
async def test_a_compositor_that_does_not_offer_it(tmp_path, probe_class, interfaces, answer, why):
    async with compositor(tmp_path, interfaces, answer) as (_, env):
        probe = probe_class.create(env, SystemClock())
        with pytest.raises(UnavailableError, match=why):
            await probe.start(Heard())
        await probe.stop()


async def test_something_else_behind_the_socket(tmp_path):
    left = asyncio.Event()

    async def babble(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"\0" * 64)
        await _end(writer)
        left.set()

    async with await asyncio.start_unix_server(babble, tmp_path / "wayland-7"):
        probe = WaylandIdle.create({"WAYLAND_DISPLAY": str(tmp_path / "wayland-7")}, SystemClock())
        with pytest.raises(UnavailableError, match="another protocol"):
            await probe.start(Heard())
        await probe.stop()
        await left.wait()


def test_where_a_compositor_listens():
    assert socket_path({}) is None
    assert socket_path({"WAYLAND_DISPLAY": "wayland-0"}) is None
    assert socket_path({"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": "/run/me"}) == Path("/run/me/wayland-0")
    assert socket_path({"WAYLAND_DISPLAY": "/run/other/wayland-0"}) == Path("/run/other/wayland-0")


@pytest.mark.desktop
async def test_an_x_server_inside_wayland_knows_only_a_part(desktop):
    """No X11 window in front may mean the bare desktop as well as a Wayland window; Xvfb stands in for XWayland."""
    probe = X11Windows.create({**desktop.env, "WAYLAND_DISPLAY": "wayland-0"}, SystemClock())
    async with listening(probe) as heard:
        assert [event for _, event in heard.events] == [WindowUnknown()]
        (capability,) = probe.capabilities()
        assert (capability.health, capability.backend) == (Health.DEGRADED, "X11 (XWayland)")
        assert "wlr-foreign-toplevel" in capability.fix


class Better(Scripted):
    """What would fit best, but does not start yet."""

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return that it fits well."""
        return 60

    async def start(self, listener: Listener) -> None:
        """Refuse."""
        raise UnavailableError("not yet")


class Makeshift(Scripted):
    """What starts, and sees only a part."""

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return that it fits badly."""
        return 10


async def test_a_makeshift_is_known_as_one():
    here = [Candidate(__name__, name) for name in ("Makeshift", "Better")]
    for candidates, expected in ((here, True), (here[:1], False)):
        probe, is_makeshift = await choose.started(candidates, {}, SystemClock(), Heard())
        assert (type(probe), is_makeshift) == (Makeshift, expected)
        await probe.stop()
