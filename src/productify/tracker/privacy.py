"""The gate: what may be known of a window, decided before anything is kept."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from fnmatch import translate

from productify.domain import Skip
from productify.settings import Settings
from productify.tracker.probe import Window
from productify.tracker.sites import is_within, site_of

_BRAND = r"(?:Mozilla |Google |Microsoft\u200b? )?[\w ]{2,25}"
_PRIVATE_TITLES = re.compile(
    r"(?:"
    r"(?:Private Browsing\)?|Private Window|\(Incognito\)|\(Private\)|InPrivate\]?|Tor Browser"
    r"|Inkognito(?:modus|-Modus)?\)?|Privater Modus\)?|Privates (?:Surfen|Fenster)\)?"
    r"|[Nn]avigation privée\)?|[Nn]avegación privada\)?|[Nn]avegação (?:[Pp]rivada|privativa)\)?"
    r"|Navigazione anonima\)?|Privénavigatie\)?|[Tt]ryb prywatny\)?|[Пп]риватный просмотр\)?"
    r"|プライベート ?ブラウジング\)?|隐私浏览\)?|隱私瀏覽(?:模式)?\)?"
    r"|\([Ii]ncógnito\)|\([Aa]nônima\)|\([Ии]нкогнито\)|\(シークレット(?: ?モード)?\)|\([无無]痕(?:模式)?\))"
    rf"(?:\s[-–—]\s{_BRAND})?"
    # Firefox in these languages has its name last, as in "Navigation privée de Mozilla Firefox".
    r"|(?:^|[-–—]\s)(?:Navigation privée de|Navegación privada de|Navegação privativa do|Navegação Privada"
    rf"|Приватный просмотр) {_BRAND}"
    r")$"
)
_BROWSERS = re.compile(
    # Names that stand for nothing else, also within a longer one such as firefoxdeveloperedition;
    r"firefox|librewolf|waterfox|icecat|iceweasel|floorp|palemoon|seamonkey|epiphany|falkon"
    r"|chromium|google[ _-]?chrome|msedge|vivaldi|thorium|operagx|konqueror|qutebrowser|maxthon"
    r"|duckduckgo|luakit|cromite|iexplore|yandex[\w.-]*[._-]browser|^navigator$|^browser\.exe$|^company\.thebrowser\."
    # and words that are a browser only where they stand alone: zenity, horizen and knowledge are none.
    r"|(?<![^\W\d_])(?:zen|chrome|brave|opera|edge|midori|safari|orion|arc\.exe|ladybird|nyxt"
    r"|(?:tor|mullvad|yandex|min)[ _-]?browser)(?![^\W\d_])",
    re.IGNORECASE,
)

_MARKED = re.compile(
    r"firefox|navigator|librewolf|waterfox|icecat|iceweasel|floorp|palemoon|seamonkey|msedge"
    r"|(?<![^\W\d_])(?:zen|edge)(?![^\W\d_])",
    re.IGNORECASE,
)
"""Browsers whose private windows say so in their titles. Chromium's do not, on X11 as little as on Windows."""

Judge = Callable[[Window], bool]


def is_named_as_browser(window: Window) -> bool:
    """Return whether `window` belongs to a web browser, by what the desktop calls its app."""
    names = (*window.wm_class, window.app_id or "")
    return any(_BROWSERS.search(name) for name in names)


class PrivacyGate:
    """The user's privacy settings, compiled; the two judges are what the catalogue knows of an app."""

    def __init__(self, settings: Settings, is_password_manager: Judge, is_known_browser: Judge) -> None:
        self._apps = globs(settings.texts("excluded_apps"))
        self._sites = tuple(_host(site) for site in settings.texts("excluded_sites") if _host(site))
        self._words = tuple(word.casefold() for word in settings.texts("excluded_words") if word.strip())
        self._private_windows = settings.flag("exclude_private_windows")
        self._leaves_unmarked = settings.text("screenshot_unmarked") == "skip"
        self._titles = settings.flag("track_titles")
        self._urls = settings.flag("track_urls")
        self._is_password_manager = is_password_manager
        self._is_known_browser = is_known_browser

    @property
    def judges_addresses(self) -> bool:
        """Whether an address can turn a window private, so that its title must wait for the address."""
        return bool(self._sites)

    def passed(self, window: Window) -> Window | None:
        """Return `window` with what may be kept of it; None where its time is private."""
        if self._excluded(window) is not None or self.skips(window):
            return None
        if self._is_password_manager(window) or self._may_be_excluded(window):
            return replace(window, title=None, url=None)
        return replace(window, title=window.title if self._titles else None, url=window.url if self._urls else None)

    def skips(self, window: Window) -> bool:
        """Return whether `window` is a browser's private one, told by its title or tab, and such are not recorded."""
        return self._private_windows and self.is_private(window)

    def hidden(self, window: Window, *, attached: bool = False) -> Skip | None:
        """Return why `window` must not be in a picture, None where it may.

        Stricter than what is recorded: a browser's private window never is, nor one that has no title yet. A menu or
        dialog (`attached`) has neither title nor address; who asks knows what its app's windows show.
        """
        if self.is_private(window) or (not attached and not window.title and self.is_browser(window)):
            return Skip.PRIVATE_WINDOW
        if self._leaves_unmarked and not attached and self._may_be_private(window):
            return Skip.MAYBE_PRIVATE
        if self._is_password_manager(window):
            return Skip.PASSWORD_MANAGER
        if (reason := self._excluded(window)) is not None:
            return reason
        return Skip.EXCLUDED_SITE if not attached and self._may_be_excluded(window) else None

    @property
    def guards_private(self) -> bool:
        """Whether private browser windows count as private time."""
        return self._private_windows

    def is_private(self, window: Window) -> bool:
        """Return whether `window` is a browser's private one, told by its title or tab."""
        return window.private or bool(
            window.title and _PRIVATE_TITLES.search(window.title) is not None and self.is_browser(window)
        )

    def _may_be_private(self, window: Window) -> bool:
        """Return whether nobody can tell: a browser that marks none of its windows, unless its extension vouches."""
        if not self.is_browser(window) or site_of(window.url) is not None:
            return False
        return not any(_MARKED.search(name) for name in (*window.wm_class, window.app_id or ""))

    def _may_be_excluded(self, window: Window) -> bool:
        """Return whether it shows a site that nobody knows, while some are excluded.

        about:reader and view-source: show one without being there.
        """
        return bool(self._sites) and self.is_browser(window) and site_of(window.url) is None

    def is_browser(self, window: Window) -> bool:
        """Return whether `window` belongs to a web browser, by its names or by the catalogue."""
        return is_named_as_browser(window) or self._is_known_browser(window)

    def _excluded(self, window: Window) -> Skip | None:
        if any(self._apps(name) for name in names_of(window)):
            return Skip.EXCLUDED_APP
        title = (window.title or "").casefold()
        if any(word in title for word in self._words):
            return Skip.EXCLUDED_TITLE
        host = site_of(window.url)
        is_there = bool(host and any(is_within(host, site) for site in self._sites))
        return Skip.EXCLUDED_SITE if is_there else None


def names_of(window: Window) -> tuple[str, ...]:
    """Return all that an app goes by, as a person may name it in a setting."""
    names = (window.app_name, window.app_id, *window.wm_class, window.script)
    return tuple(name for name in names if name)


def globs(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Return whether a name fits one of `patterns`, in which * and ? stand for anything; case does not matter."""
    texts = [translate(pattern.strip()) for pattern in patterns if pattern.strip()]
    if not texts:
        return lambda _name: False
    any_of = re.compile("|".join(f"(?:{text})" for text in texts), re.IGNORECASE)
    return lambda name: any_of.match(name) is not None


def _host(entry: str) -> str:
    """Return the host that a person meant: they paste addresses, and write `*.` before domains."""
    text = entry.strip().lower()
    host = site_of(text if "://" in text else f"https://{text}")
    return (host or "").removeprefix("*.").removeprefix("www.")
