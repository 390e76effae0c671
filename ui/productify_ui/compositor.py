"""Whether the desktop blends windows: without that, what is translucent would be black."""

from PySide6.QtGui import QGuiApplication


def is_blending() -> bool:
    """Whether windows may be translucent now; only an X11 session can be without a compositor."""
    if QGuiApplication.platformName() != "xcb":
        return True
    from productify.selections import has_compositor

    return has_compositor()
