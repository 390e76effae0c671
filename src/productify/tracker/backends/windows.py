"""The window in front, the last input and the lock on Windows, asked once a second.

Hooks would tell sooner, but cannot be proved on the machines that test this project; a poll can, under wine.
"""

from productify.domain import Capability, Health
from productify.tracker.backends.polled import Polled, PolledIdle, PolledLock, PolledWindows
from productify.tracker.backends.win32 import Front, Win32
from productify.tracker.classify import shipped_catalogue
from productify.tracker.identity import shared_identities
from productify.tracker.probe import Window


class _OnWindows(Polled):
    """Has Windows' libraries, once it is started."""

    platform = "win32"

    def _open(self) -> None:
        self._win32 = Win32()


class WindowsWindows(_OnWindows, PolledWindows):
    """Asks for the foreground window."""

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that it works, with the grain of the poll."""
        detail = "Asked once a second; shorter visits may go unseen."
        return (Capability("window", "Active window", Health.WORKS, "Windows", detail),)

    def _front(self) -> Window | None:
        front = self._win32.front()
        return named(front) if front is not None else None


class WindowsIdle(_OnWindows, PolledIdle):
    """Asks for the last input."""

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that it works."""
        return (Capability("idle", "Time away", Health.WORKS, "Windows last input"),)

    def _idle_seconds(self) -> float:
        return self._win32.idle_seconds()


class WindowsLock(_OnWindows, PolledLock):
    """Asks for the session's state, which wine does not know: proved by a fake only."""

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that it works, and how far that is proved."""
        return (Capability("lock", "Screen lock", Health.WORKS, "Windows session", "Not proved on a real Windows."),)

    def _is_locked(self) -> bool | None:
        return self._win32.is_locked()


def named(front: Front) -> Window:
    """Return a window by the name that a person knows."""
    program = front.program
    known = shipped_catalogue().display_names.get(program.casefold())
    return Window(
        app_name=known or front.app or shared_identities().of(("", program), None).app_name,
        app_id=program or None,
        title=front.title or None,
        pid=front.pid,
        wm_class=("", program),
        exe=front.path or None,
        handle=front.handle,
    )
