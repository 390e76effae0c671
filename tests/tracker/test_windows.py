"""Windows: the real thing under wine, in a Windows Python; what wine lacks (the lock) by a fake of user32's answers."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from desktop_session import DesktopSession, wait_until
from productify.clock import SystemClock
from productify.domain import Health
from productify.errors import UnavailableError
from productify.paths import catalogue_dir
from productify.tracker.backends import polled, windows
from productify.tracker.backends.win32 import Front, Win32
from productify.tracker.backends.windows import WindowsIdle, WindowsLock, WindowsWindows
from productify.tracker.classify import Catalogue
from productify.tracker.probe import (
    SCREEN_SAVER,
    InputBack,
    InputStopped,
    Locked,
    Unlocked,
    WindowSeen,
)
from wine_session import UnreachableError, WineSession

from .conftest import until
from .hearing import Heard, listening

_READ = """
import json
from productify.tracker.backends.win32 import Win32

win32 = Win32()
strange = [name for name in sys.modules if name.partition(".")[0] in ("tzlocal", "platformdirs")]
front = win32.front()
print(json.dumps([front and front.title, front and front.program, win32.idle_seconds(), win32.is_locked(), strange]))
"""

_LOOK = """
import json
from productify.tracker.backends.win32 import Win32

print(json.dumps([[each.front.title, each.front.program, each.place, each.owned] for each in Win32().visible()]))
"""

_MOVE = """
import json, time
from productify.tracker.backends.win32 import Win32

win32 = Win32()
handle = win32.front().handle
told = [win32.minimize(handle)]
time.sleep(2)
told += [bool(win32._user.IsIconic(handle)), win32.activate(handle)]
time.sleep(2)
told += [bool(win32._user.IsIconic(handle)), win32.minimize(12345678), win32.activate(12345678)]
print(json.dumps(told))
"""

_WATCH = """
import asyncio, json, time
from productify.clock import SystemClock
from productify.tracker import choose
from productify.tracker.backends.windows import WindowsIdle


class Teller:
    def __call__(self, event):
        window = getattr(event, "window", None)
        told = [window.app_name, window.title, window.app_id] if window else None
        print(json.dumps([type(event).__name__, told]), flush=True)

    async def recorded(self):
        pass


async def main():
    clock = SystemClock()
    assert 0.9 < -clock.steady() + (time.sleep(1), clock.steady())[1] < 1.5
    watching, _ = await choose.WINDOWS.start({}, clock, Teller())
    idle = WindowsIdle(clock, floor=1.5)
    await idle.start(Teller())
    print(json.dumps(["capabilities", [each.backend for each in await choose.examine(clock, {})]]), flush=True)
    await asyncio.sleep(float(sys.argv[1]))
    await watching.stop()
    await idle.stop()


asyncio.run(main())
"""


@pytest.fixture(scope="module")
def wine(desktop: DesktopSession) -> Iterator[WineSession]:
    """Wine with a Windows Python, one for all tests of the module."""
    assert shutil.which("wine"), "sh installer/test.sh installs wine"
    try:
        session = WineSession(desktop)
    except UnreachableError as error:
        pytest.skip(str(error))
    yield session
    session.close()


def _notepad(wine: WineSession, name: str) -> int:
    """Open a file in Notepad and return its X11 window once it is in front."""
    file = wine.desktop.root / f"{name}.txt"
    file.write_text(name)
    wine.start("notepad", f"Z:{file}".replace("/", "\\"))
    return wait_until(lambda: _front_if(wine.desktop, f"{name}.txt"), f"Notepad with {name}", 30)


def _front_if(desktop: DesktopSession, part: str) -> int:
    active = desktop.active()
    return active if active and part in desktop.xdotool("getwindowname", active) else 0


@pytest.mark.desktop
def test_reading_needs_the_standard_library_alone(wine):
    _notepad(wine, "plan")
    done, _ = wine.python(_READ).communicate(timeout=60)
    title, program, idle, locked, strange = json.loads(done.splitlines()[-1])
    assert (title, program) == ("plan - Notepad", "notepad.exe") or title == "plan.txt - Notepad"
    assert 0 <= idle < 60
    assert (locked, strange) == (None, [])


@pytest.mark.desktop
def test_windows_and_input_are_watched(wine):
    first = _notepad(wine, "first")
    process = wine.python(_WATCH, "9")
    told: list[Any] = []

    def next_told(wanted: Any) -> None:
        """Read on until `wanted` is told."""
        while wanted not in told:
            line = process.stdout.readline()
            assert line.startswith("["), line + process.stdout.read()
            told.append(json.loads(line))

    next_told(["WindowSeen", ["Notepad", "first.txt - Notepad", "notepad.exe"]])
    _notepad(wine, "second")
    next_told(["WindowSeen", ["Notepad", "second.txt - Notepad", "notepad.exe"]])
    told.clear()
    wine.desktop.activate(first)
    next_told(["WindowSeen", ["Notepad", "first.txt - Notepad", "notepad.exe"]])
    next_told(["InputStopped", None])
    wine.desktop.xdotool("key", "shift")
    told.clear()
    next_told(["InputBack", None])
    rest, _ = process.communicate(timeout=30)
    assert process.returncode == 0, rest


@pytest.mark.desktop
def test_windows_in_view_are_told_with_their_places(wine):
    here, aside = _notepad(wine, "here"), _notepad(wine, "aside")
    wine.desktop.xdotool("windowminimize", "--sync", str(aside))
    wine.desktop.xdotool("windowmove", "--sync", str(here), "120", "90")

    def told() -> list[Any]:
        done, _ = wine.python(_LOOK).communicate(timeout=60)
        return [each for each in json.loads(done.splitlines()[-1]) if each[1] == "notepad.exe"]

    def as_moved() -> list[Any] | None:
        found = told()
        is_away = "aside.txt - Notepad" not in [each[0] for each in found]
        return [each for each in found if each[0] == "here.txt - Notepad"] if is_away else None

    ((_title, _program, place, owned),) = wait_until(as_moved, "the other Notepad to be put away", 20)
    left, top, width, height = place
    assert abs(left - 120) < 20
    assert abs(top - 90) < 40  # Windows counts the frame, X11 may not
    assert width > 100
    assert height > 100
    assert not owned


class Machine:
    """What user32 would answer."""

    def __init__(self) -> None:
        self.now: Front | None = Front(1, "one", 7, "C:\\Tools\\Code.exe", "Visual Studio Code")
        self.idle = 0.0
        self.locked: bool | None = False

    def front(self) -> Front | None:
        """Return the window in front."""
        return self.now

    def idle_seconds(self) -> float:
        """Return the seconds since the last input."""
        return self.idle

    def is_locked(self) -> bool | None:
        """Return whether the session is locked."""
        return self.locked


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A Windows that answers as the test says, and quickly."""
    machine = Machine()
    monkeypatch.setattr(windows, "Win32", lambda: machine)
    monkeypatch.setattr(polled, "_LOOK_EVERY", 0.01)
    catalogue = Catalogue.load(catalogue_dir() / "default-rules.csv", "windows")
    monkeypatch.setattr(windows, "shipped_catalogue", lambda: catalogue)
    return machine


async def test_a_lock_is_told_once(machine):
    async with listening(WindowsLock(SystemClock())) as heard:
        machine.locked = True
        await until(lambda: len(heard.events) == 2)
        machine.locked = None  # no answer changes nothing
        await asyncio.sleep(0.05)
        machine.locked = False
        await until(lambda: len(heard.events) == 3)
    assert [event for _, event in heard.events] == [
        Unlocked(SCREEN_SAVER),
        Locked(SCREEN_SAVER),
        Unlocked(SCREEN_SAVER),
    ]


async def test_a_windows_that_tells_nothing_of_locks(machine):
    machine.locked = None
    probe = WindowsLock(SystemClock())
    with pytest.raises(UnavailableError):
        await probe.start(Heard())
    await probe.stop()


async def test_a_moment_without_a_window_is_no_desktop(machine):
    async with listening(WindowsWindows(SystemClock())) as heard:
        assert (heard.window.app_name, heard.window.app_id) == ("VS Code", "Code.exe")
        machine.now = Front(2, "paint", 8, "C:\\Odd\\oddpaint.exe", "Odd Paint")
        await until(lambda: heard.title == "paint")
        assert heard.window.app_name == "Odd Paint"
        machine.now = None
        await until(lambda: heard.events[-1][1] == WindowSeen(None))
    assert len(heard.events) == 3


async def test_input_is_taken_back_to_its_last_moment(machine):
    clock = SystemClock()
    machine.idle = 90.0
    async with listening(WindowsIdle(clock)) as heard:
        stopped = heard.events[0][1]
        assert isinstance(stopped, InputStopped)
        assert abs(clock.now() - stopped.last_input - timedelta(seconds=90)) < timedelta(seconds=1)
        machine.idle = 0.0
        await until(lambda: isinstance(heard.events[-1][1], InputBack))


async def test_no_windows_here():
    with pytest.raises(OSError, match="Windows alone"):
        Win32()
    for probe_class in (WindowsWindows, WindowsIdle, WindowsLock):
        assert probe_class.score({}) == 0
        probe = probe_class.create({}, SystemClock())
        with pytest.raises(UnavailableError):
            await probe.start(Heard())
        await probe.stop()
        assert probe.capabilities()[0].health is Health.WORKS


@pytest.mark.desktop
def test_windows_are_minimised_and_brought_back(wine):
    _notepad(wine, "moved")
    done, _ = wine.python(_MOVE).communicate(timeout=60)
    minimised, is_iconic, _came, still_iconic, *gone = json.loads(done.splitlines()[-1])
    assert (minimised, is_iconic, still_iconic) == (True, True, False), done
    assert gone == [False, False]
