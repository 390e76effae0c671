"""Pictures by the system's own screen: X11, Windows and macOS, through mss."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from productify.capture.grabbers import KEY, TITLE, Environment, Grab, GrabError
from productify.domain import Capability, Health, Monitor, Rect

if TYPE_CHECKING:
    from mss import MSS

    from productify.capture.grabbers.x11_monitors import X11Monitors

Monitors = tuple[tuple[str, Rect], ...]

_LONGEST = 100
_SYSTEMS = {"win32": "Windows", "darwin": "macOS"}


class ScreenGrabber:
    """Keeps its connection between pictures; after an error it is made anew with the next."""

    takes_all = False

    def __init__(self, environment: Environment) -> None:
        self._display = environment.get("DISPLAY")
        self._screen: MSS | None = None
        self._x11: X11Monitors | None = None
        self._found: Monitors = ()

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether what it sees is the screen: in a Wayland session X11 shows nothing of most windows."""
        if sys.platform in _SYSTEMS:
            return 50
        return 50 if environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY") else 0

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one for the display that `environment` names."""
        return cls(environment)

    def monitors(self) -> tuple[Monitor, ...]:
        """Return the monitors as they are now, named as the system names them; raises GrabError."""
        found = self._listed()
        if found != self._found:
            self._forget_screen()  # it was made for another size
            self._found = found
        if not found:
            raise GrabError("No monitor is switched on.")
        names = [name or f"Monitor {number}" for number, (name, _) in enumerate(found, 1)]
        if len(set(names)) < len(names):  # two of one make, which the system names by it
            names = [f"{name} ({number})" for number, name in enumerate(names, 1)]
        pairs = enumerate(zip(names, found, strict=True), 1)
        return tuple(Monitor(number, name[:_LONGEST], rect) for number, (name, (_, rect)) in pairs)

    def grab(self, monitor: Monitor) -> Grab:
        """Return what `monitor` shows now, without the pointer; raises GrabError."""
        left, top, width, height = monitor.rect
        with self._asked() as screen:
            shot = screen.grab({"left": left, "top": top, "width": width, "height": height})
        return Grab(shot.raw, shot.width, shot.height)

    def close(self) -> None:
        """Disconnect."""
        self._forget_screen()
        if self._x11 is not None:
            self._x11.close()

    def capability(self) -> Capability:
        """Return that it works; macOS asks the user once, and answers with bare wallpaper until then."""
        if sys.platform == "darwin":
            return Capability(
                KEY, TITLE, Health.DEGRADED, "macOS",
                "The system must allow it, and shows only the desktop until then.",
                "Allow it below Privacy & Security, Screen Recording.",
            )  # fmt: skip
        return Capability(KEY, TITLE, Health.WORKS, _SYSTEMS.get(sys.platform, "X11"))

    def _listed(self) -> Monitors:
        """Return the monitors; on X11 without taking up the screen anew, which costs more than the picture."""
        if sys.platform not in _SYSTEMS:
            if self._x11 is None:
                from productify.capture.grabbers.x11_monitors import X11Monitors

                self._x11 = X11Monitors(self._display)
            if (listed := self._x11.listed()) is not None:
                return listed
        self._forget_screen()  # it reads its list once
        with self._asked() as screen:
            return tuple((_name(each), _rect(each)) for each in screen.monitors[1:])

    def _forget_screen(self) -> None:
        screen, self._screen = self._screen, None
        if screen is not None:
            screen.close()

    @contextmanager
    def _asked(self) -> Iterator["MSS"]:
        """Give the connection; what the system refuses leaves as GrabError, and the connection is given up."""
        import mss

        try:
            if self._screen is None:
                self._screen = mss.MSS() if sys.platform in _SYSTEMS else mss.MSS(display=self._display)
            yield self._screen
        except (mss.ScreenShotError, OSError) as error:
            self._forget_screen()
            raise GrabError("The screen did not let itself be photographed.") from error


def _rect(found: Mapping[str, Any]) -> Rect:
    return Rect(found["left"], found["top"], found["width"], found["height"])


def _name(found: Mapping[str, Any]) -> str:
    return str(found.get("output") or found.get("name") or "")
