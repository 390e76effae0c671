"""The window in front as the guard judges it."""

import os

from productify.focus.guard import InFront
from productify.tracker.front import Fronted
from productify.tracker.privacy import names_of
from productify.tracker.probe import Window
from productify.tracker.titles import cleaned

_OWN_NAME = "productify"


def is_own(window: Window) -> bool:
    """Return whether `window` is the app's."""
    if window.pid is not None:
        return window.pid == os.getpid()
    return _OWN_NAME in names_of(window)


def in_front(fronted: Fronted) -> InFront:
    """Return what the guard needs of it."""
    window = fronted.window
    return InFront(
        app=window.app_name,
        names=names_of(window),
        title=cleaned(window.title),
        url=window.url,
        category=fronted.category,
        app_category=fronted.app_category,
        is_browser=fronted.is_browser,
        is_private=fronted.is_private,
        is_told=fronted.is_told,
        is_password_manager=fronted.is_password_manager,
    )
