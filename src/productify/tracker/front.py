"""The window in front as it is known: what the desktop says of it, and what its browser adds."""

from dataclasses import replace

from productify.clock import Clock
from productify.domain import TabSeen
from productify.tracker.perception import Perception
from productify.tracker.probe import Sign, Window
from productify.tracker.tabs import Tabs
from productify.tracker.titles import cleaned


class Front:
    """`window` is what is in front, None for the bare desktop; `is_told` whether its browser tells its address."""

    def __init__(self, clock: Clock) -> None:
        self.window: Window | None = None
        self.is_told = False
        self._tabs = Tabs(clock)
        self._seen: Window | None = None

    def come(self, window: Window | None, perception: Perception) -> None:
        """Let another window, or another title of it, be in front; the same page keeps its address."""
        before = self.window
        is_other = window is None or before is None or window.handle != before.handle
        told = self._told(window, perception, was_there=not is_other)
        self.is_told = told is not None
        if told is None and window is not None and before is not None and before.url and same_page(window, before):
            told = replace(window, url=before.url)
        self._seen, self.window = window, told or window

    def leave(self) -> None:
        """Let nobody know what is in front."""
        self._seen = self.window = None
        self.is_told = False

    def hear(self, tab: TabSeen, perception: Perception) -> bool:
        """Take in what a browser says; returns whether the window in front is known otherwise by it."""
        self._tabs.hear(tab)
        if self._seen is None or self.window is None:
            return False
        before, told = self.window, self._told(self._seen, perception, was_there=True)
        if told is not None and told.title is None and before.title is not None and not before.private:
            return False  # the page was known before: the browser is about to go, or the desktop is behind
        self.is_told = told is not None
        if told is not None:
            self.window = told
        elif before.private or before.title != self._seen.title:
            self.window = self._seen
        return self.window != before

    def sounds(self) -> tuple[Sign, ...]:
        """Return that the tab in front plays, as far as its browser tells."""
        return self._tabs.sounds(self._seen)

    def _told(self, window: Window | None, perception: Perception, *, was_there: bool) -> Window | None:
        if window is None or perception.is_private(window):
            return None
        return self._tabs.told(window, guarded=perception.guards_private, was_there=was_there)


def same_page(window: Window, other: Window) -> bool:
    """Return whether both are one window with one title."""
    return (window.handle, cleaned(window.title)) == (other.handle, cleaned(other.title))
