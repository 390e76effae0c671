"""Who plays a role on an X11 screen: its owner holds a selection that is named for the role."""

import logging
from typing import Any

_log = logging.getLogger(__name__)


def is_owned(role: str, display: str | None = None) -> bool | None:
    """Return whether somebody plays `role` on the screen of `display` (else of DISPLAY); None where none can be asked.

    Takes a few milliseconds.
    """
    import xcffib
    import xcffib.xproto

    try:
        connection: Any = xcffib.Connection(display=display)  # type: ignore[no-untyped-call]
    except xcffib.XcffibException as error:
        _log.debug("no X server to ask for %s: %r", role, error)
        return None
    try:
        name = f"{role}_S{connection.pref_screen}"
        atom = connection.core.InternAtom(False, len(name), name).reply().atom
        return bool(connection.core.GetSelectionOwner(atom).reply().owner)
    finally:
        connection.disconnect()


def has_compositor(display: str | None = None) -> bool:
    """Return whether somebody blends the windows; true where it cannot be asked."""
    return is_owned("_NET_WM_CM", display) is not False


def has_tray(display: str | None = None) -> bool:
    """Return whether somebody takes in tray icons (by XEmbed); false where it cannot be asked."""
    return is_owned("_NET_SYSTEM_TRAY", display) is True
