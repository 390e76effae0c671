"""Whether there is a desktop to watch."""

import os
import sys

from productify.errors import KnownError


def require_display() -> None:
    """Raise KnownError, with the way out, where this session has no desktop."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise KnownError(
            "There is no display here.",
            "Start it in a desktop session, or on a display of its own with: sh installer/run.sh --virtual-display",
        )
