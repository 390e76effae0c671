"""From a window to what may be recorded of it: the privacy gate, then category and verdict."""

from collections.abc import Iterable

from productify.domain import Rule, Skip, State
from productify.settings import Settings
from productify.tracker.classify import SYSTEM, Classifier, shipped_catalogue
from productify.tracker.face import Face
from productify.tracker.privacy import PrivacyGate, globs, names_of
from productify.tracker.probe import Window
from productify.tracker.sites import kept, site_of
from productify.tracker.titles import cleaned

_PRIVATE = Face.of_state(State.PRIVATE)
_SYSTEM = Face.of_state(State.SYSTEM)


class Perception:
    """The user's settings and rules, ready to judge windows."""

    def __init__(self, settings: Settings, rules: Iterable[Rule]) -> None:
        self._incognito = settings.flag("incognito_mode")
        self._urls = settings.flag("track_urls")
        self._classifier = Classifier(rules, shipped_catalogue())
        self._gate = PrivacyGate(settings, self._classifier.is_password_manager, self._classifier.is_browser)
        self._blurred_apps = globs(settings.texts("blur_apps"))
        self._blurred_categories = frozenset(settings.texts("blur_categories"))

    def wants_address(self, window: Window) -> bool:
        """Return whether the address in `window` has any use, for the record or for the gate."""
        if self._incognito or self._gate.skips(window):
            return False
        return self._urls or self._gate.judges_addresses

    @property
    def judges_addresses(self) -> bool:
        """Whether an address can turn a window private, so that it must be sure."""
        return self._gate.judges_addresses

    @property
    def guards_private(self) -> bool:
        """Whether private browser windows count as private time."""
        return self._gate.guards_private

    def is_private(self, window: Window) -> bool:
        """Return whether `window` is a browser's private one, and such are not recorded."""
        return self._gate.skips(window)

    def hidden(self, window: Window, *, attached: bool = False) -> Skip | None:
        """Return why `window` must not be in a picture, None where it may; `attached`: it is a menu or a dialog."""
        return self._gate.hidden(window, attached=attached)

    def blurs(self, window: Window) -> bool:
        """Return whether a picture that shows `window` is blurred.

        A browser is also where nobody knows its site while categories are blurred: it may be of one of them.
        """
        if any(self._blurred_apps(name) for name in names_of(window)):
            return True
        if not self._blurred_categories:
            return False
        is_unknown = site_of(window.url) is None and self._gate.is_browser(window)
        return is_unknown or self._classifier.verdict(window).category in self._blurred_categories

    def is_password_manager(self, window: Window) -> bool:
        """Return whether `window` holds passwords, by app or by site."""
        return self._classifier.is_password_manager(window)

    def is_browser(self, window: Window) -> bool:
        """Return whether `window` belongs to a web browser."""
        return self._gate.is_browser(window)

    def is_browsing_privately(self, window: Window) -> bool:
        """Return whether `window` is a browser's private one, whether such are recorded or not."""
        return self._gate.is_private(window)

    def category(self, window: Window) -> str | None:
        """Return the category of what `window` shows, whatever of it may be recorded."""
        return self._classifier.verdict(window).category

    def face(self, window: Window | None) -> Face:
        """Return what may be recorded of `window`; None is the bare desktop."""
        if self._incognito:
            return _PRIVATE
        if window is None:
            return _SYSTEM
        seen = self._gate.passed(window)
        if seen is None:
            return _PRIVATE
        verdict = self._classifier.verdict(seen)
        if verdict.category == SYSTEM:
            return _SYSTEM
        url = kept(seen.url)
        return Face(
            app_name=seen.app_name[:255],
            app_id=seen.app_id,
            title=cleaned(seen.title),
            url=url,
            site=site_of(url),
            category=verdict.category,
            productivity=verdict.productivity,
            classified_by=verdict.classified_by,
        )
