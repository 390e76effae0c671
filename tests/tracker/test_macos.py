"""macOS by contract, against fakes of Apple's modules: no Mac tests this project."""

import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from productify import candidates
from productify.clock import SystemClock
from productify.domain import Health, Rect
from productify.errors import UnavailableError
from productify.tracker import choose
from productify.tracker.backends import polled
from productify.tracker.backends.macos import MacIdle, MacLock, MacSleep, MacWindows
from productify.tracker.hands.macos import MacHands
from productify.tracker.probe import (
    SCREEN_SAVER,
    InputBack,
    InputStopped,
    Locked,
    SessionEnding,
    Slept,
    Unlocked,
    WindowSeen,
    Woke,
)
from productify.tracker.sight.macos import MacSight

from .conftest import until
from .hearing import Heard, listening


class App:
    """What NSRunningApplication answers."""

    def __init__(self, name: str, bundle: str, pid: int) -> None:
        self.localizedName = lambda: name
        self.bundleIdentifier = lambda: bundle
        self.processIdentifier = lambda: pid
        self.executableURL = lambda: None
        self.asked: list[str] = []
        self.hide = lambda: self.asked.append("hide") or True
        self.unhide = lambda: self.asked.append("unhide")
        self.activateWithOptions_ = lambda options: self.asked.append(f"activate {options}") or True


class Mac:
    """What the user does, and NSWorkspace, its notification centre, Quartz and the accessibility calls in one."""

    def __init__(self) -> None:
        self.front: App | None = App("Safari", "com.apple.Safari", 7)
        self.titles: dict[int, str] = {7: "Field notes"}
        self.trusted = True
        self.idle = 0.0
        self.session: dict[str, object] | None = {}
        self.observers: dict[object, tuple[str, Callable[[object], None]]] = {}
        self.windows: list[dict[str, object]] | None = []

    def frontmostApplication(self) -> App | None:  # noqa: N802 Apple's name
        """Return the app in front."""
        return self.front

    def runningApplicationWithProcessIdentifier_(self, pid: int) -> App | None:  # noqa: N802 Apple's name
        """Return the app of a process."""
        return self.front if self.front is not None and self.front.processIdentifier() == pid else None

    def notificationCenter(self) -> "Mac":  # noqa: N802 Apple's name
        """Return itself."""
        return self

    def addObserverForName_object_queue_usingBlock_(  # noqa: N802 Apple's name
        self, name: str, _object: object, _queue: object, block: Callable[[object], None]
    ) -> object:
        """Remember who listens."""
        observer = object()
        self.observers[observer] = (name, block)
        return observer

    def removeObserver_(self, observer: object) -> None:  # noqa: N802 Apple's name
        """Forget who listened."""
        del self.observers[observer]

    def notify(self, name: str) -> None:
        """Post a notice on a thread of its own, as the main thread is to the engine room."""
        blocks = [block for wanted, block in self.observers.values() if wanted == name]
        assert blocks, name
        thread = threading.Thread(target=lambda: [block(None) for block in blocks])
        thread.start()
        thread.join()

    def attribute(self, element: Any, name: str, _nothing: None) -> tuple[int, object]:
        """Return (error, value) as PyObjC does."""
        if not self.trusted:
            return -25211, None
        if name == "AXFocusedWindow":
            return (0, element) if element in self.titles else (-25212, None)
        return 0, self.titles[element] if name == "AXTitle" else False

    def seconds(self, state: int, kind: int) -> float:
        """Return the seconds since the last input of any kind at the hardware."""
        assert (state, kind) == (1, 0xFFFFFFFF)
        return self.idle


@pytest.fixture
def mac(monkeypatch: pytest.MonkeyPatch) -> Mac:
    """A Mac that does what the test says, asked quickly."""
    mac = Mac()
    modules: dict[str, dict[str, object]] = {
        "AppKit": {
            "NSWorkspace": type("NSWorkspace", (), {"sharedWorkspace": staticmethod(lambda: mac)}),
            "NSRunningApplication": mac,
        },
        "ApplicationServices": {
            "AXIsProcessTrusted": lambda: mac.trusted,
            "AXUIElementCreateApplication": lambda pid: pid,
            "AXUIElementCopyAttributeValue": mac.attribute,
        },
        "Quartz": {
            "CGEventSourceSecondsSinceLastEventType": mac.seconds,
            "CGSessionCopyCurrentDictionary": lambda: mac.session,
            "CGPreflightScreenCaptureAccess": lambda: mac.trusted,
            "CGWindowListCopyWindowInfo": lambda which, above: mac.windows if (which, above) == (1, 0) else None,
        },
    }
    for name, members in modules.items():
        module = ModuleType(name)
        module.__dict__.update(members)
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr(polled, "_LOOK_EVERY", 0.01)
    return mac


async def test_apps_and_their_titles(mac):
    probe = MacWindows.create({}, SystemClock())
    async with listening(probe) as heard:
        window = heard.window
        assert (window.app_name, window.app_id, window.title, window.pid) == (
            "Safari", "com.apple.Safari", "Field notes", 7,
        )  # fmt: skip
        mac.titles[7] = "More notes"
        await until(lambda: heard.title == "More notes")
        mac.front = App("Finder", "com.apple.finder", 8)
        await until(lambda: heard.window.app_name == "Finder")
        assert heard.title is None
        mac.front = None
        await until(lambda: heard.events[-1][1] == WindowSeen(None))
        assert probe.capabilities()[0].health is Health.WORKS
        assert "fakes" in probe.capabilities()[0].detail


async def test_titles_that_the_user_does_not_allow(mac):
    mac.trusted = False
    probe = MacWindows.create({}, SystemClock())
    async with listening(probe) as heard:
        assert (heard.window.app_name, heard.title) == ("Safari", None)
        (capability,) = probe.capabilities()
    assert capability.health is Health.DEGRADED
    assert "Accessibility" in capability.fix


async def test_input_and_its_absence(mac):
    clock = SystemClock()
    mac.idle = 75.0
    async with listening(MacIdle.create({}, clock)) as heard:
        stopped = heard.events[0][1]
        assert isinstance(stopped, InputStopped)
        assert abs(clock.now() - stopped.last_input - timedelta(seconds=75)) < timedelta(seconds=1)
        mac.idle = 0.1
        await until(lambda: isinstance(heard.events[-1][1], InputBack))


async def test_locks(mac):
    async with listening(MacLock.create({}, SystemClock())) as heard:
        assert mac.session is not None
        mac.session["CGSSessionScreenIsLocked"] = True
        await until(lambda: heard.events[-1][1] == Locked(SCREEN_SAVER))
        del mac.session["CGSSessionScreenIsLocked"]
        await until(lambda: heard.events[-1][1] == Unlocked(SCREEN_SAVER))
        mac.session = None  # nobody is logged in at the screen
    assert len(heard.events) == 3


async def test_sleep_and_power_off_are_heard_from_the_main_thread(mac):
    async with listening(MacSleep.create({}, SystemClock())) as heard:
        for name in ("WillSleep", "DidWake", "WillPowerOff"):
            mac.notify(f"NSWorkspace{name}Notification")
        await until(lambda: len(heard.events) == 3)
        assert [event for _, event in heard.events] == [Slept(), Woke(), SessionEnding()]
    assert mac.observers == {}


@pytest.mark.parametrize("probe_class", [MacWindows, MacIdle, MacLock, MacSleep])
async def test_without_pyobjc(probe_class):
    probe = probe_class.create({}, SystemClock())
    with pytest.raises(UnavailableError):
        await probe.start(Heard())
    await probe.stop()
    assert probe_class.score({}) == 0


async def test_doctor_on_a_mac_says_that_nothing_is_proved(mac, monkeypatch):
    monkeypatch.setattr(candidates, "_PLATFORM", "darwin")
    for probe_class in (MacWindows, MacIdle, MacLock, MacSleep):
        monkeypatch.setattr(probe_class, "score", lambda _environment: 99)
    found = {each.key: each for each in await choose.examine(SystemClock(), {})}
    for key in ("window", "idle", "lock", "sleep"):
        assert found[key].backend.startswith("macOS")
        assert "fakes" in found[key].detail


async def test_windows_in_view_are_told_with_their_places(mac):
    bounds = {"X": -1440.0, "Y": 25.0, "Width": 800.0, "Height": 600.0}
    mac.windows = [
        {"kCGWindowOwnerPID": 7, "kCGWindowOwnerName": "Safari", "kCGWindowName": "Notes", "kCGWindowBounds": bounds},
        {"kCGWindowOwnerPID": 9, "kCGWindowOwnerName": "Dock", "kCGWindowLayer": 20, "kCGWindowBounds": bounds},
    ]
    notes, dock = await MacSight.create({}).windows()
    assert (notes.window.app_name, notes.window.app_id, notes.window.title) == ("Safari", "com.apple.Safari", "Notes")
    assert (notes.rect, notes.attached) == (Rect(-1440, 25, 800, 600), False)
    assert (dock.window.app_name, dock.window.title, dock.attached) == ("Dock", None, True)


async def test_windows_without_their_titles_are_not_known(mac):
    mac.trusted = False
    assert await MacSight.create({}).windows() is None
    mac.trusted, mac.windows = True, None
    assert await MacSight.create({}).windows() is None


async def test_apps_are_hidden_and_brought_back(mac):
    hands, app = MacHands.create({}), mac.front
    assert await hands.iconify(7)
    assert await hands.activate(7)
    assert app.asked == ["hide", "unhide", "activate 2"]
    mac.front = None
    assert not await hands.iconify(8)
    assert "fakes" in hands.capability().detail


async def test_without_pyobjc_no_app_is_hidden(monkeypatch):
    monkeypatch.setitem(sys.modules, "AppKit", None)
    assert not await MacHands.create({}).activate(7)
