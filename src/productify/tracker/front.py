"""The window in front as it is known: what the desktop says of it, and what its browser adds."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from productify.clock import Clock
from productify.domain import TabSeen
from productify.tracker.perception import Perception
from productify.tracker.probe import Sign, Window
from productify.tracker.tabs import Tabs
from productify.tracker.titles import cleaned


@dataclass(frozen=True, slots=True)
class Fronted:
    """All that is known of the window in front, whatever of it may be recorded: not to be kept.

    `category` is that of what it shows, `app_category` that of its app. A browser's private window (`is_private`) has
    neither title nor address here. `is_told` is whether its browser's extension speaks for it; `is_nameless` whether
    nothing of it may be written down.
    """

    window: Window
    category: str | None
    app_category: str | None
    is_browser: bool
    is_private: bool
    is_password_manager: bool
    is_told: bool
    is_nameless: bool


class Front:
    """`window` is what is in front, None for the bare desktop; `is_told` whether its browser tells its address.

    `listeners` are called at once, before anything is made of it, whenever that or anything known of it changed.
    """

    def __init__(self, clock: Clock) -> None:
        self.window: Window | None = None
        self.is_told = False
        self.listeners: list[Callable[[], None]] = []
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
        self.tell()

    def leave(self) -> None:
        """Let nobody know what is in front."""
        self._seen = self.window = None
        self.is_told = False
        self.tell()

    def locate(self, url: str | None) -> None:
        """Let the window in front have this address."""
        if self.window is not None and self.window.url != url:
            self.window = replace(self.window, url=url)
            self.tell()

    def tell(self) -> None:
        """Let everybody look."""
        for listener in self.listeners:
            listener()

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
        if self.window != before:
            self.tell()
        return self.window != before

    def is_spoken_for(self) -> bool:
        """Return whether an extension speaks for the browser in front, also where it has no address to tell."""
        return self._seen is not None and self._tabs.speak_for(self._seen)

    def known(self, perception: Perception, is_nameless: Callable[[Window], bool]) -> Fronted | None:
        """Return all that is known of the window in front; None for the bare desktop, and while nobody knows it."""
        window = self.window
        if window is None:
            return None
        is_private = perception.is_browsing_privately(window)
        shown = replace(window, title=None, url=None) if is_private else window
        return Fronted(
            window=shown,
            category=perception.category(shown),
            app_category=perception.category(replace(shown, url=None)),
            is_browser=perception.is_browser(window),
            is_private=is_private,
            is_password_manager=perception.is_password_manager(shown),
            is_told=not is_private and self.is_spoken_for(),
            is_nameless=is_nameless(window),
        )

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
