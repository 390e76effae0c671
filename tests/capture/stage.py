"""Two monitors with windows in plain colours: what a picture may and must not show is told by its pixels."""

import io
import os
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import xcffib
import xcffib.xproto
from PIL import Image
from xcffib.xproto import CW, Atom, ConfigWindow, EventMask, MapState, PropMode, WindowClass

from desktop_session import DesktopSession, wait_until

CANARY = 0xFF00FF
GREEN, ORANGE = 0x20A040, 0xE08020
LEFT, RIGHT = (100, 100, 500, 400), (900, 100, 500, 400)
"""Places for a window on the left and on the right monitor of 800 x 1000 pixels each."""

_NEAR = 60
_US_POSITION, _P_SIZE = 1, 8


def two_monitors(session: DesktopSession) -> None:
    """Part a screen of 1600 x 1000 pixels into two monitors."""
    for name, left, output in (("left", 0, "screen"), ("right", 800, "none")):
        command = ["xrandr", "--setmonitor", name, f"800/200x1000/250+{left}+0", output]
        subprocess.run(command, env=session.env, check=True, timeout=10, capture_output=True)


def shows(encoded: bytes, colour: int) -> bool:
    """Return whether any pixel of a picture is near `colour`."""
    with Image.open(io.BytesIO(encoded)) as picture:
        pixels = picture.convert("RGB").getcolors(picture.width * picture.height)
    wanted = (colour >> 16, colour >> 8 & 0xFF, colour & 0xFF)
    return any(all(abs(a - b) <= _NEAR for a, b in zip(pixel, wanted, strict=True)) for _, pixel in pixels)


class Stage:
    """Opens windows on a desktop session over a connection of its own."""

    def __init__(self, session: DesktopSession) -> None:
        self._session = session
        self._raw: Any = xcffib.Connection(display=session.env["DISPLAY"])
        self._screen = self._raw.get_setup().roots[0]
        self._atoms: dict[str, int] = {}
        self._open: list[int] = []

    @property
    def root(self) -> int:
        """The root window."""
        return int(self._screen.root)

    def close(self) -> None:
        """Close every window."""
        self._raw.disconnect()

    def window(
        self,
        title: str,
        colour: int,
        place: tuple[int, int, int, int],
        app: str = "plain",
        *,
        loose: bool = False,
        wait: bool = True,
        owner: int | None = None,
    ) -> int:
        """Open a window of `app`; `loose` ones are known to no window manager, as menus are."""
        handle = self._raw.generate_id()
        left, top, width, height = place
        values = [colour, int(loose), EventMask.Exposure]
        self._raw.core.CreateWindow(
            self._screen.root_depth, handle, self._screen.root, left, top, width, height, 0, WindowClass.InputOutput,
            self._screen.root_visual, CW.BackPixel | CW.OverrideRedirect | CW.EventMask, values,
        )  # fmt: skip
        self._put(handle, Atom.WM_CLASS, Atom.STRING, f"{app}\0{app.capitalize()}\0".encode())
        self._put(handle, self.atom("_NET_WM_PID"), Atom.CARDINAL, struct.pack("=I", os.getpid()), 32)
        self._put(handle, Atom.WM_NORMAL_HINTS, Atom.WM_SIZE_HINTS, _hints(place), 32)
        if owner is not None:
            self._put(handle, Atom.WM_TRANSIENT_FOR, Atom.WINDOW, struct.pack("=I", owner), 32)
        if title:
            self.retitle(handle, title)
        self._raw.core.MapWindow(handle)
        self._raw.flush()
        if wait and not loose:
            wait_until(lambda: self.is_in_view(handle), f"the window {title!r}")
            self._session.activate(handle)  # a window manager may leave the keyboard where it thinks that one types
        elif wait:
            self._raw.core.GetInputFocus().reply()
        return int(handle)

    def retitle(self, handle: int, title: str) -> None:
        """Give a window another title."""
        self._put(handle, self.atom("_NET_WM_NAME"), self.atom("UTF8_STRING"), title.encode())
        self._raw.flush()

    def move(self, handle: int, left: int, top: int) -> None:
        """Move a window."""
        self._raw.core.ConfigureWindow(handle, ConfigWindow.X | ConfigWindow.Y, [left, top])
        self._raw.flush()

    def say(self, handle: int, name: str, kind: int, *numbers: int) -> None:
        """Set a property to numbers, as window managers do."""
        self._put(handle, self.atom(name), kind, struct.pack(f"={len(numbers)}I", *numbers), 32)
        self._raw.core.GetInputFocus().reply()

    def hide(self, handle: int) -> None:
        """Unmap a window."""
        self._raw.core.UnmapWindow(handle)
        self._raw.flush()

    def is_in_view(self, handle: int) -> bool:
        """Return whether a window and its frame are mapped."""
        return bool(self._raw.core.GetWindowAttributes(handle).reply().map_state == MapState.Viewable)

    def shut(self, handle: int) -> None:
        """Close a window."""
        self._raw.core.DestroyWindow(handle)
        self._raw.flush()

    def _put(self, handle: int, name: int, kind: int, data: bytes, bits: int = 8) -> None:
        self._raw.core.ChangeProperty(PropMode.Replace, handle, name, kind, bits, len(data) * 8 // bits, data)

    def atom(self, name: str) -> int:
        """Return the number that the server has for `name`."""
        if name not in self._atoms:
            self._atoms[name] = self._raw.core.InternAtom(False, len(name), name).reply().atom
        return self._atoms[name]


def _hints(place: tuple[int, int, int, int]) -> bytes:
    return struct.pack("=18i", _US_POSITION | _P_SIZE, *place, *[0] * 13)


@contextmanager
def stage_on(session: DesktopSession) -> Iterator[Stage]:
    """Give a stage that is empty again at the end."""
    stage = Stage(session)
    try:
        yield stage
    finally:
        stage.close()
        wait_until(
            lambda: not session.xdotool("search", "--onlyvisible", "--class", "plain|firefox|keepassxc|vault"),
            "an empty desktop",
        )
