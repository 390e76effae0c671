"""Whether an X11 session has a compositor."""

import logging
from typing import Any

_log = logging.getLogger(__name__)


def has_compositor(display: str | None = None) -> bool:
    """Whether somebody blends the windows of `display` (else of DISPLAY); true where it cannot be asked.

    Takes a few milliseconds.
    """
    import xcffib
    import xcffib.xproto

    try:
        connection: Any = xcffib.Connection(display=display)  # type: ignore[no-untyped-call]
    except xcffib.XcffibException as error:
        _log.debug("no X server to ask for a compositor: %r", error)
        return True
    try:
        name = f"_NET_WM_CM_S{connection.pref_screen}"
        atom = connection.core.InternAtom(False, len(name), name).reply().atom
        return bool(connection.core.GetSelectionOwner(atom).reply().owner)
    finally:
        connection.disconnect()
