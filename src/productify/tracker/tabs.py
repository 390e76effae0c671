"""What browser extensions tell of the tab in front, and which window it is in."""

import re
from dataclasses import dataclass, field, replace

from productify.clock import Clock
from productify.domain import TabSeen
from productify.tracker.privacy import is_named_as_browser
from productify.tracker.probe import Sign, SignKind, Window
from productify.tracker.titles import cleaned

_FRESH = 90.0
"""Seconds that what was said holds: a browser that is there says it anew every half a minute."""

_SETTLED = 3.0
"""Seconds that a sound must last: one that only tells of something is no sign of anybody."""

_COMPARED = 200
_FAMILIES = {
    "firefox": re.compile(r"firefox|navigator", re.IGNORECASE),
    "chrome": re.compile(r"chrome", re.IGNORECASE),
    "chromium": re.compile(r"chromium", re.IGNORECASE),
    "edge": re.compile(r"edge", re.IGNORECASE),
}
"""Names that windows of these browsers go by; one of any other is told by its own name in them."""

_MARKED = frozenset({"firefox", "librewolf", "waterfox", "floorp", "zen"})
"""Browsers whose private windows say so in their titles."""


@dataclass(frozen=True, slots=True)
class _Said:
    tab: TabSeen
    at: float
    audible_since: float | None


@dataclass(slots=True)
class Tabs:
    """The newest word of each paired browser."""

    clock: Clock
    _said: dict[str, _Said] = field(default_factory=dict, init=False)

    def hear(self, tab: TabSeen) -> None:
        """Take note of what a browser says."""
        now, before = self.clock.steady(), self._said.get(tab.profile)
        since = before.audible_since if before is not None and before.audible_since is not None else now
        self._said[tab.profile] = _Said(tab, now, since if tab.audible else None)

    def told(self, window: Window, *, guarded: bool, was_there: bool = True) -> Window | None:
        """Return `window` with what its browser says of it; None where no browser that is there has anything to say.

        Where private windows are `guarded`, a private tab makes it private. Chromium gives those windows no mark and
        may keep the extension out of them: one of which it says nothing, or means another page, has no title. Nor has
        one that came to the front after the word of a private tab, which bears no title to tell its window by;
        `was_there` is whether this one was in front then.
        """
        there = [said for said in self._fresh() if _is_of(said.tab.browser, window)]
        front = [said.tab for said in there if said.tab.is_front]
        for tab in front:
            if not tab.private and _shows(window, tab):
                return replace(window, url=tab.url)
        if not guarded:
            return None
        if was_there and any(tab.private for tab in front):
            return replace(window, url=None, private=True)
        unmarked = [said for said in there if said.tab.browser not in _MARKED]
        return replace(window, title=None, url=None) if unmarked else None

    def speak_for(self, window: Window) -> bool:
        """Return whether a browser of this kind says that it is in front, with a tab that is not private."""
        return any(
            said.tab.is_front and not said.tab.private and _is_of(said.tab.browser, window) for said in self._fresh()
        )

    def sounds(self, window: Window | None) -> tuple[Sign, ...]:
        """Return that the app of `window` plays, where its tab in front does for some seconds already."""
        if window is None:
            return ()
        now = self.clock.steady()
        for said in self._fresh():
            long = said.audible_since is not None and now - said.audible_since >= _SETTLED
            if long and said.tab.is_front and _is_of(said.tab.browser, window) and _shows(window, said.tab):
                return (Sign(SignKind.SOUND, frozenset({window.app_name.casefold()}), window.pid),)
        return ()

    def _fresh(self) -> list[_Said]:
        now = self.clock.steady()
        return [said for said in self._said.values() if now - said.at < _FRESH]


def _is_of(browser: str, window: Window) -> bool:
    if not is_named_as_browser(window):
        return False
    name = _FAMILIES.get(browser) or re.compile(re.escape(browser), re.IGNORECASE)
    return any(name.search(each) for each in (*window.wm_class, window.app_id or ""))


def _shows(window: Window, tab: TabSeen) -> bool:
    """Return whether the title of `window` begins with that of `tab`, both without what flickers."""
    seen, meant = cleaned(window.title), cleaned(tab.title)
    return bool(seen and meant and seen.startswith(meant[:_COMPARED]))
