"""What an activity is and how good: the user's rules first, then the shipped catalogue; the address before the app."""

import csv
import logging
import re
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import translate
from functools import lru_cache
from pathlib import Path

from productify.domain import Rule
from productify.paths import catalogue_dir
from productify.tracker.probe import Window
from productify.tracker.sites import path_of, site_of

_log = logging.getLogger(__name__)

SYSTEM = "system"
"""The catalogue's category of what is no activity: shells and lock screens."""

_BROWSING = "browsing"
_PASSWORD_MANAGER = "password_manager"
_CACHED = 2000
_OS = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Category key, productivity -2..2, and who decided; all None is unclassified."""

    category: str | None = None
    productivity: int | None = None
    classified_by: str | None = None
    is_password_manager: bool = False


UNCLASSIFIED = Verdict()


@dataclass(slots=True)
class Catalogue:
    """The shipped rules, ready to be asked: by exact app, by app pattern, by domain suffix, by address pattern."""

    apps: dict[str, Verdict] = field(default_factory=dict)
    names: dict[str, Verdict] = field(default_factory=dict)
    app_patterns: list[tuple[re.Pattern[str], Verdict]] = field(default_factory=list)
    domains: dict[str, Verdict] = field(default_factory=dict)
    addresses: list[tuple[re.Pattern[str], Verdict]] = field(default_factory=list)
    display_names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path, os_name: str = _OS) -> "Catalogue":
        """Return the rules in the CSV file at `path` that hold on `os_name`."""
        catalogue = cls()
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                catalogue._add(row, os_name)
        return catalogue

    def _add(self, row: Mapping[str, str], os_name: str) -> None:
        verdict = _verdict(row)
        if row["kind"] == "domain":
            self._add_domain(row, verdict)
            return
        self.names.setdefault(row["name"].casefold(), verdict)
        if row["os"] not in (os_name, "any"):
            return
        if row["match"] == "regex":
            self.app_patterns.append((re.compile(row["pattern"], re.IGNORECASE), verdict))
        else:
            self.apps[row["pattern"].casefold()] = verdict
            self.display_names[row["pattern"].casefold()] = row["name"]

    def _add_domain(self, row: Mapping[str, str], verdict: Verdict) -> None:
        pattern = row["pattern"].lower()
        if row["match"] == "suffix":
            self.domains[pattern.removeprefix("www.")] = verdict
            return
        host, slash, rest = pattern.partition("/")
        below = rf"/{_glob(rest)}(?:/.*)?" if slash else "/.*"
        self.addresses.append((re.compile(rf"(?:.+\.)?{_glob(host.removeprefix('*.'))}{below}\Z"), verdict))

    def of_address(self, host: str, path: str) -> Verdict | None:
        """Return the verdict on a web address: a pattern with a path, then the longest domain that it lies in."""
        address = host + path.lower()
        for pattern, verdict in self.addresses:
            if pattern.match(address):
                return verdict
        labels = host.split(".")
        suffixes = (".".join(labels[n:]) for n in range(len(labels)))
        return next((self.domains[suffix] for suffix in suffixes if suffix in self.domains), None)

    def of_app(self, window: Window) -> Verdict | None:
        """Return the verdict on an app: by what the desktop calls it, by a pattern, by its name."""
        keys = [key for key in _app_keys(window) if key]
        for key in keys:
            if (verdict := self.apps.get(key.casefold())) is not None:
                return verdict
        for pattern, verdict in self.app_patterns:
            if any(pattern.search(key) for key in keys):
                return verdict
        return self.names.get(window.app_name.casefold())


def _app_keys(window: Window) -> tuple[str | None, ...]:
    instance, class_name = window.wm_class
    program = window.exe.rpartition("/")[2] if window.exe and not window.script else None
    return class_name, instance, window.app_id, window.script, program, window.app_name


def _verdict(row: Mapping[str, str]) -> Verdict:
    flagged = row.get("flag") == _PASSWORD_MANAGER
    if row["category"] == SYSTEM:
        return Verdict(SYSTEM, None, None, flagged)
    return Verdict(row["category"], int(row["level"]), "catalogue", flagged)


def _glob(pattern: str) -> str:
    return translate(pattern).removesuffix(r"\Z")


@lru_cache(maxsize=1)
def shipped_catalogue() -> Catalogue:
    """Return the catalogue that the product ships."""
    return Catalogue.load(catalogue_dir() / "default-rules.csv")


class Classifier:
    """The user's rules over a catalogue; remembers what it decided."""

    def __init__(self, rules: Iterable[Rule], catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._rules = [compiled for rule in _ordered(rules) if (compiled := _compiled(rule)) is not None]
        self._remembered: OrderedDict[tuple[object, ...], Verdict] = OrderedDict()

    def verdict(self, window: Window) -> Verdict:
        """Return what `window` is; UNCLASSIFIED where neither a rule nor the catalogue knows it."""
        key = (window.app_id, window.app_name, window.wm_class, window.url)
        if (known := self._remembered.get(key)) is not None:
            return known
        decided = self._decide(window)
        self._remembered[key] = decided
        if len(self._remembered) > _CACHED:
            self._remembered.popitem(last=False)
        return decided

    def is_password_manager(self, window: Window) -> bool:
        """Return whether the catalogue says that `window`, by app or by site, holds passwords."""
        return self._of_catalogue(window).is_password_manager or bool(
            (by_app := self._catalogue.of_app(window)) and by_app.is_password_manager
        )

    def is_browser(self, window: Window) -> bool:
        """Return whether the catalogue files the app of `window` as a browser, whatever it shows."""
        by_app = self._catalogue.of_app(window)
        return by_app is not None and by_app.category == _BROWSING

    def _decide(self, window: Window) -> Verdict:
        for matches, verdict in self._rules:
            if matches(window):
                return verdict
        return self._of_catalogue(window)

    def _of_catalogue(self, window: Window) -> Verdict:
        if window.url and (host := site_of(window.url)):
            found = self._catalogue.of_address(host, path_of(window.url))
            if found is not None:
                return found
        return self._catalogue.of_app(window) or UNCLASSIFIED


def _ordered(rules: Iterable[Rule]) -> list[Rule]:
    """Return active rules, the higher priority first; among equals an address decides before an app."""
    return sorted((rule for rule in rules if rule.is_active), key=lambda r: (-r.priority, not r.url_pattern))


def _compiled(rule: Rule) -> tuple[Callable[[Window], bool], Verdict] | None:
    try:
        address = re.compile(rule.url_pattern, re.IGNORECASE) if rule.url_pattern else None
    except re.error as error:
        _log.warning("the rule %s is left out: its address pattern is not valid (%s)", rule.id, error)
        return None
    app = re.compile(translate(rule.app_name), re.IGNORECASE) if rule.app_name else None
    if address is None and app is None:
        return None

    def matches(window: Window) -> bool:
        if address is not None and not (window.url and address.search(window.url)):
            return False
        return app is None or any(app.match(name) for name in _app_keys(window) if name)

    return matches, Verdict(rule.category, rule.productivity, "rule")
