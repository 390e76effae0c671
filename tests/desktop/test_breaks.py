"""Reminders of breaks and do not disturb on a desktop with a real dunst, by the service and by the app itself.

The service's clock is set forward where fifty minutes have to pass; keys, windows and dunst are real.
"""

import asyncio
import json
import signal
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.conftest import RunningApp
from desktop_session import DesktopSession, missing_programs, wait_until
from productify.clock import SystemClock
from productify.domain import BreakHold, FocusPlan
from productify.paths import open_data_dir
from productify.service import Service
from service.rig import until

pytestmark = pytest.mark.desktop

_MENU = '#!/bin/sh\ngrep -m1 "^#$(cat {choice})"\n'
"""What dunst asks which button is meant, where a notification has several."""


class Ahead:
    """The machine's clock, ahead of it by as many seconds as the test wants to have passed."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._clock = SystemClock()

    def now(self) -> datetime:
        return self._clock.now() + timedelta(seconds=self.seconds)

    def steady(self) -> float:
        return self._clock.steady() + self.seconds


class Desk:
    """A desktop whose dunst lets a test press buttons."""

    def __init__(self, session: DesktopSession) -> None:
        self.session = session
        self._choice = session.root / "choice"
        menu, settings = session.root / "menu", session.root / "dunstrc"
        menu.write_text(_MENU.format(choice=self._choice))
        menu.chmod(0o755)
        settings.write_text(f"[global]\n    dmenu = {menu}\n")
        session.spawn("dunst", "-config", str(settings))
        wait_until(self._is_there, "dunst")

    def dunst(self, *words: str) -> str:
        done = subprocess.run(
            ["dunstctl", *words], env=self.session.env, capture_output=True, text=True, timeout=10, check=False
        )
        return done.stdout.strip()

    def _is_there(self) -> bool:
        """Ask the bus itself: asking dunst would start another one, without this menu."""
        bus = ("-d", "org.freedesktop.DBus", "-o", "/", "-m", "org.freedesktop.DBus.NameHasOwner")
        command = ["gdbus", "call", "--session", *bus, "org.freedesktop.Notifications"]
        done = subprocess.run(command, env=self.session.env, capture_output=True, text=True, timeout=10, check=True)
        return "true" in done.stdout

    def is_paused(self) -> bool | None:
        return {"true": True, "false": False}.get(self.dunst("is-paused"))

    def count(self) -> int:
        return int(self.dunst("count", "displayed"))

    def press(self, button: str) -> None:
        """Press a button of the notification on the screen."""
        self._choice.write_text(button)
        self.dunst("context")

    def last(self) -> str:
        """The title of the notification that went away last."""
        [[newest, *_]] = json.loads(self.dunst("history"))["data"]
        return str(newest["summary"]["data"])

    async def comes(self, condition: Callable[[], object], what: str) -> None:
        await asyncio.to_thread(wait_until, condition, what)


@pytest.fixture(scope="module")
def session() -> Iterator[DesktopSession]:
    """A desktop for this module alone: its dunst has a menu."""
    assert not missing_programs(), f"sh installer/test.sh installs these: {missing_programs()}"
    with DesktopSession("1024x768") as session:
        yield session


@pytest.fixture(scope="module")
def dunst(session: DesktopSession) -> Desk:
    """The desktop's dunst."""
    return Desk(session)


@pytest.fixture
def desk(dunst: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desktop that this process itself is part of, with no notification on it."""
    session = dunst.session
    for name in ("WAYLAND_DISPLAY", "XDG_SESSION_ID", "XDG_DATA_HOME", "XDG_CURRENT_DESKTOP"):
        monkeypatch.delenv(name, raising=False)
    for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "HOME"):
        monkeypatch.setenv(name, session.env[name])
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={session.root}/no-system-bus")
    dunst.dunst("set-paused", "false")
    dunst.dunst("close-all")
    with session.guests():
        yield dunst


@pytest.fixture
def clock() -> Ahead:
    """A clock that the test sets forward."""
    return Ahead()


@pytest.fixture
async def service(desk: Desk, clock: Ahead, tmp_path: Path) -> AsyncIterator[Service]:
    """The service on that desktop, with somebody at a terminal."""
    await asyncio.to_thread(desk.session.xterm, "Notes")
    service = await Service.open(open_data_dir(tmp_path / "data"), record=True, clock=clock)
    try:
        await until(lambda: service.breaks.now.due_in is not None, "the sitting")
        yield service
    finally:
        await service.close()


def pass_minutes(service: Service, clock: Ahead, minutes: float) -> None:
    """Let so many minutes have passed without a lock or sleep."""
    clock.seconds += minutes * 60
    service.breaks.wake()


async def test_the_reminder_waits_for_the_typing_and_can_be_put_off(desk: Desk, service: Service, clock: Ahead) -> None:
    desk.session.xdotool("key", "a")
    pass_minutes(service, clock, 51)
    await until(lambda: service.breaks.now.is_due, "the break to be due")
    for _ in range(3):
        await asyncio.sleep(0.6)
        desk.session.xdotool("key", "a")
        assert desk.count() == 0, "not into the typing"
    await desk.comes(lambda: desk.count() == 1, "the reminder")
    await asyncio.to_thread(desk.press, "Snooze")
    await until(lambda: service.breaks.now.snoozes_left == 1, "the snooze")
    assert not service.breaks.now.is_due
    await desk.comes(lambda: desk.count() == 0, "the reminder to go")
    assert desk.last() == "Time for a break"


async def test_a_break_begins_by_its_button_and_its_end_is_told(desk: Desk, service: Service, clock: Ahead) -> None:
    pass_minutes(service, clock, 51)
    await desk.comes(lambda: desk.count() == 1, "the reminder")
    await asyncio.to_thread(desk.press, "Start break")
    await until(lambda: service.breaks.now.in_break_until, "the break")
    await desk.comes(lambda: desk.count() == 0, "the reminder to go")
    pass_minutes(service, clock, 5)
    await desk.comes(lambda: desk.count() == 1, "the end to be told")
    assert service.breaks.now.in_break_until is None
    await asyncio.to_thread(desk.dunst, "close-all")
    await desk.comes(lambda: desk.last() == "Your break is over", "the note")


async def test_a_window_over_the_whole_screen_is_left_alone(desk: Desk, service: Service, clock: Ahead) -> None:
    await asyncio.to_thread(desk.session.fullscreen, desk.session.active(), True)
    tracker = service.tracking.tracker
    assert tracker is not None
    await until(lambda: tracker.is_full_screen, "the full screen")
    pass_minutes(service, clock, 60)
    await until(lambda: service.breaks.now.held is BreakHold.FULL_SCREEN, "the reason")
    assert desk.count() == 0
    await asyncio.to_thread(desk.session.fullscreen, desk.session.active(), False)
    await desk.comes(lambda: desk.count() == 1, "the reminder")


async def test_do_not_disturb_lasts_as_long_as_the_focus(desk: Desk, service: Service, clock: Ahead) -> None:
    await service.focus.start(FocusPlan(25))
    assert await asyncio.to_thread(desk.is_paused)
    clock.seconds += 25 * 60
    await desk.comes(lambda: desk.is_paused() is False, "others to be heard")
    await desk.comes(lambda: desk.count() == 1, "the end to be told")


async def test_who_wants_to_be_disturbed_is(desk: Desk, service: Service) -> None:
    await service.focus.start(FocusPlan(25))
    await asyncio.to_thread(desk.dunst, "set-paused", "false")
    await service.focus.extend()
    assert await asyncio.to_thread(desk.is_paused) is False
    await service.focus.end()
    assert await asyncio.to_thread(desk.is_paused) is False


async def test_who_never_wants_to_be_is_not(desk: Desk, service: Service) -> None:
    await asyncio.to_thread(desk.dunst, "set-paused", "true")
    await service.focus.start(FocusPlan(25))
    await service.focus.end()
    assert await asyncio.to_thread(desk.is_paused)


def test_a_killed_app_takes_it_back_when_it_starts_again(desk: Desk, tmp_path: Path) -> None:
    app = RunningApp(desk.session, tmp_path / "data")
    app.start("--minimized")
    assert app.ask("focus", "start", "--minutes", "25").returncode == 0
    wait_until(desk.is_paused, "do not disturb")
    app.stop(signal.SIGKILL)
    assert desk.is_paused()
    app.start("--minimized")
    assert app.ask("focus", "status").stdout.startswith("Focus session: Focus")
    assert desk.is_paused(), "the session goes on"
    assert app.ask("focus", "stop").returncode == 0
    wait_until(lambda: desk.is_paused() is False, "others to be heard")
    assert app.ask("focus", "start", "--minutes", "25").returncode == 0
    wait_until(desk.is_paused, "do not disturb")
    assert app.stop() == 0
    assert desk.is_paused() is False, "a normal end takes it back"


def test_release_takes_back_what_a_killed_app_left_on(desk: Desk, tmp_path: Path) -> None:
    app = RunningApp(desk.session, tmp_path / "data")
    app.start("--minimized")
    assert app.ask("focus", "start", "--minutes", "25").returncode == 0
    wait_until(desk.is_paused, "do not disturb")
    app.stop(signal.SIGKILL)
    assert app.ask("focus", "release").returncode == 0
    assert desk.is_paused() is False
