"""Microphone and sound, by a real sound server with real programs that play and record."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, timedelta

import pytest

import sound_server
from desktop_session import DesktopSession
from productify.clock import SettableClock
from productify.domain import Health, Presence
from productify.errors import UnavailableError
from productify.settings import Settings
from productify.tracker.backends.scripted import Scripted
from productify.tracker.choose import SIGNALS, Kind
from productify.tracker.presence.sound import Sound
from productify.tracker.probe import (
    InputBack,
    InputStopped,
    Sign,
    SignKind,
    SignsSeen,
    Window,
    WindowSeen,
    WindowUnknown,
)
from productify.tracker.tracker import Tracker

from .conftest import until
from .world import NOON

pytestmark = pytest.mark.desktop


@pytest.fixture(scope="module")
def sound(desktop: DesktopSession) -> Iterator[sound_server.SoundServer]:
    """A sound server, one for all tests of the module."""
    assert not sound_server.missing_programs(), sound_server.missing_programs()
    with sound_server.SoundServer(desktop) as server:
        yield server


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

    def has(self, kind: SignKind, name: str) -> bool:
        """Whether an app of that name gives a sign of that kind."""
        return any(sign.kind is kind and name in sign.names for sign in self.signs)


@pytest.fixture
async def probe(sound) -> AsyncIterator[tuple[Sound, Heard]]:
    """The probe, listening; streams count at once."""
    probe, heard = Sound(sound.desktop.env, settled=0), Heard()
    await probe.start(heard)
    with sound.desktop.guests():
        yield probe, heard
    await probe.stop()


async def test_an_app_that_records_uses_the_microphone_until_it_ends(sound, probe):
    _, heard = probe
    app = sound.record("zoom")
    await until(lambda: heard.has(SignKind.MICROPHONE, "zoom"), "the microphone")
    (sign,) = heard.signs
    assert sign.pid == app.pid
    await asyncio.to_thread(sound.desktop.end, app)
    await until(lambda: not heard.signs, "the end")


async def test_an_app_that_plays_is_heard_and_one_that_is_stopped_is_not(sound, probe):
    _, heard = probe
    app = sound.play("vlc")
    await until(lambda: heard.has(SignKind.SOUND, "vlc"), "the sound")
    await asyncio.to_thread(sound.desktop.end, app)
    await until(lambda: not heard.signs, "silence")


async def test_who_records_what_others_play_uses_no_microphone(sound, probe):
    _, heard = probe
    sound.record("screen recorder", "out.monitor")
    sound.record("zoom")
    await until(lambda: heard.has(SignKind.MICROPHONE, "zoom"), "the microphone")
    await until(lambda: sound.recorders() == 2, "both")
    await asyncio.sleep(0.3)
    assert {name for sign in heard.signs for name in sign.names} >= {"zoom"}
    assert not heard.has(SignKind.MICROPHONE, "screen recorder")


async def test_nothing_is_asked_while_nothing_changes(sound, probe):
    _, heard = probe
    sound.play("vlc")
    await until(lambda: heard.has(SignKind.SOUND, "vlc"), "the sound")
    await asyncio.sleep(0.5)
    before = heard.told
    await asyncio.sleep(1)
    assert heard.told == before


async def test_a_sound_that_only_tells_of_something_is_no_sign(sound):
    probe, heard = Sound(sound.desktop.env, settled=1.0), Heard()
    await probe.start(heard)
    try:
        app = sound.play("ding")
        await until(lambda: heard.told > 1, "the stream")
        assert not heard.signs
        await until(lambda: heard.has(SignKind.SOUND, "ding"), "a sound that lasts")
    finally:
        await probe.stop()
        await asyncio.to_thread(sound.desktop.end, app)


async def test_a_sound_server_that_is_not_there_or_goes_away(tmp_path):
    with pytest.raises(UnavailableError):
        await Sound({"XDG_RUNTIME_DIR": str(tmp_path)}).start(Heard())
    with DesktopSession() as desktop, sound_server.SoundServer(desktop) as server:
        probe = Sound(desktop.env)
        await probe.start(Heard())
        assert probe.capabilities()[0].health is Health.WORKS
        server.processes[-1].send_signal(signal.SIGKILL)
        async with asyncio.timeout(5):
            await probe.lost()
        await probe.stop()


class _Scripted(Kind):
    """Windows and input as the test tells them."""

    probe = Scripted()

    async def start(self, environment, clock, listener):
        await self.probe.start(listener)
        return self.probe, False


async def test_a_call_that_only_listens_is_recorded_as_presence_until_the_microphone_is_free(sound, store, monkeypatch):
    """From the program that records to the row in the store; only clock, window and input are scripted."""
    for name in ("XDG_RUNTIME_DIR", "HOME", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.setenv(name, sound.desktop.env[name])
    clock, told = SettableClock(NOON), []
    script = _Scripted("script", (), lambda _now: (WindowUnknown(),))
    tracker = Tracker(
        store.db, store.user_id, clock, Settings(), (), lambda: told.append(tracker.running), [script, SIGNALS[0]],
        lambda: UTC,
    )  # fmt: skip
    task = asyncio.create_task(tracker.run())
    await script.probe.started.wait()
    app = sound.record("zoom")
    script.probe.tell(WindowSeen(Window("Slides", "slides", "Talk")), InputStopped(NOON))
    await until(lambda: tracker._witnesses.vouched.by is Presence.CALL, "the microphone")
    clock.advance(1800)
    await tracker.flush()
    assert tracker.running.activity.presence is Presence.CALL
    assert told[-1].activity.presence is Presence.CALL
    await asyncio.to_thread(sound.desktop.end, app)
    await until(lambda: tracker._witnesses.vouched.by is None, "the end of the call")
    clock.advance(310)
    await tracker.flush()
    script.probe.tell(InputBack(clock.now()))
    clock.advance(10)
    task.cancel()
    await asyncio.wait([task])
    rows = await store.rows()
    assert await store.brief() == [("Slides", 0, 1800), ("away", 1800, 2110), ("Slides", 2110, 2120)]
    assert [row.presence for row in rows] == [Presence.CALL, None, None]
    assert rows[0].seconds == timedelta(seconds=1800).total_seconds()
