"""What an X server calls its monitors, also those that the user made out of others (RandR 1.5)."""

from typing import Any

import xcffib
import xcffib.randr
import xcffib.xproto

from productify.domain import Rect

_NEWEST = (1, 5)


def monitor_names(display: str | None) -> dict[Rect, str]:
    """Return the names of the monitors by where they lie; empty where the server does not tell."""
    try:
        connection: Any = xcffib.Connection(display=display)  # type: ignore[no-untyped-call]
    except xcffib.XcffibException:
        return {}
    try:
        return _asked(connection)
    except (xcffib.Error, xcffib.XcffibException):
        return {}
    finally:
        connection.disconnect()


def _asked(connection: Any) -> dict[Rect, str]:
    randr = connection(xcffib.randr.key)
    version = randr.QueryVersion(*_NEWEST).reply()
    if (version.major_version, version.minor_version) < _NEWEST:
        return {}
    root = connection.get_setup().roots[connection.pref_screen].root
    found = randr.GetMonitors(root, True).reply().monitors
    names = [connection.core.GetAtomName(each.name) for each in found]
    return {
        Rect(each.x, each.y, each.width, each.height): bytes(name.reply().name.buf()).decode("utf-8", "replace")
        for each, name in zip(found, names, strict=True)
    }
