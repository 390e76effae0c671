"""The monitors of an X server, also those that the user made out of others, as RandR 1.5 lists them."""

from typing import Any

import xcffib
import xcffib.randr
import xcffib.xproto

from productify.domain import Rect

_NEWEST = (1, 5)


class X11Monitors:
    """Asks over a connection of its own, which it keeps."""

    def __init__(self, display: str | None) -> None:
        self._display = display
        self._connection: Any = None
        self._randr: Any = None
        self._root = 0

    def listed(self) -> tuple[tuple[str, Rect], ...] | None:
        """Return name and place of each monitor as it is now, None where the server does not tell."""
        try:
            if self._connection is None:
                self._connect()
            return self._asked()
        except (xcffib.XcffibException, xcffib.Error):
            self.close()
            return None

    def close(self) -> None:
        """Disconnect."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.disconnect()

    def _connect(self) -> None:
        self._connection = xcffib.Connection(display=self._display)  # type: ignore[no-untyped-call]
        self._randr = self._connection(xcffib.randr.key)
        self._root = self._connection.get_setup().roots[self._connection.pref_screen].root

    def _asked(self) -> tuple[tuple[str, Rect], ...] | None:
        version = self._randr.QueryVersion(*_NEWEST).reply()
        if (version.major_version, version.minor_version) < _NEWEST:
            return None
        found = self._randr.GetMonitors(self._root, True).reply().monitors
        names = [self._connection.core.GetAtomName(each.name) for each in found]
        return tuple(
            (
                bytes(name.reply().name.buf()).decode("utf-8", "replace"),
                Rect(each.x, each.y, each.width, each.height),
            )
            for each, name in zip(found, names, strict=True)
        )
