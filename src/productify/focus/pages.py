"""Which site a browser's window shows, by its title alone: the second best there is, where nobody knows the address.

Sites sign the titles of their pages, mostly at the end. Pure, over the shipped lists of sites and of their names.
"""

import csv
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from productify import paths
from productify.domain import BlockList, Target, TargetKind
from productify.focus.catalogue import entries
from productify.focus.targets import host_of, is_within

_PARTS = re.compile(r"\s+[-–—|·•:/]\s+|(?<=\w)\s?:+\s+|\s\|\s?|\s+/\s*")
_BROWSER = re.compile(
    r"(?:mozilla )?firefox(?: [\w ]+)?|chromium|(?:google )?chrome|(?:microsoft\W*)?edge|brave|opera|vivaldi|librewolf"
    r"|zen(?: browser)?|waterfox|floorp|safari|web|epiphany|falkon|konqueror|qutebrowser|tor browser|thorium",
    re.IGNORECASE,
)
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov", "edu"})
_SHOP_SIGN = re.compile(r"\s*([\w-]+(?:\.[\w-]+)+)\s?:\s")
"""A host at the beginning of a title: "Amazon.com: ..." Other names there are those of what a page is about."""


def is_browser_name(name: str) -> bool:
    """Return whether a browser goes by `name`."""
    return _BROWSER.fullmatch(name.strip("*").strip()) is not None


@dataclass(frozen=True, slots=True)
class Pages:
    """Knows sites by the names that they sign titles with, and categories by site."""

    by_name: dict[str, str] = field(default_factory=dict)
    endings: tuple[tuple[str, str], ...] = ()
    categories: dict[str, str] = field(default_factory=dict)

    def site(self, title: str | None) -> str | None:
        """Return the site that a page with `title` is of; None where the title does not say."""
        parts = _parts(title)
        if not parts:
            return None
        whole = " - ".join(parts)
        for ending, site in self.endings:
            if whole.endswith(ending):
                return site
        if (last := self.by_name.get(parts[-1])) is not None:
            return last
        first = _SHOP_SIGN.match(title or "")
        return None if first is None else self.by_name.get(_plain(first[1]))

    def category(self, site: str) -> str | None:
        """Return the category of a site, or of the one that it is a part of."""
        host = host_of(site) or ""
        labels = host.split(".")
        suffixes = (".".join(labels[at:]) for at in range(len(labels)))
        return next((self.categories[suffix] for suffix in suffixes if suffix in self.categories), None)

    def sites_of(self, category: str) -> tuple[str, ...]:
        """Return the sites that the catalogue files there."""
        return tuple(site for site, key in self.categories.items() if key == category)

    def expanded(self, targets: Iterable[Target]) -> tuple[str, ...]:
        """Return the sites that entries name, those of their categories included."""
        found = dict[str, None]()
        for target in targets:
            if target.kind is TargetKind.SITE:
                found[target.value] = None
            elif target.kind is TargetKind.CATEGORY:
                found.update(dict.fromkeys(self.sites_of(target.value)))
        return tuple(found)

    def with_lists(self, lists: Iterable[BlockList]) -> "Pages":
        """Return the same, that knows the sites of the user's lists as well."""
        names = dict(self.by_name)
        for target in (target for each in lists for target in each.targets if target.kind is TargetKind.SITE):
            for name in _own_names(target.value):
                if not is_within(names.get(name, ""), target.value):
                    names[name] = target.value
        return Pages(names, self.endings, self.categories)


@lru_cache(maxsize=1)
def shipped_pages() -> Pages:
    """Return what the product knows of sites."""
    categories = {
        entry.target.value: entry.category for entry in entries(sys.platform) if entry.target.kind is TargetKind.SITE
    }
    names: dict[str, str] = {}
    for site in categories:
        for name in _own_names(site):
            names.setdefault(name, site)
    endings: list[tuple[str, str]] = []
    with (paths.catalogue_dir() / "site-titles.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = _plain(row["title"])
            if name.startswith("*"):
                endings.append((name[1:], row["site"]))
            else:
                names[name] = row["site"]
    return Pages(names, tuple(endings), categories)


def _parts(title: str | None) -> list[str]:
    parts = [part for part in (_plain(each) for each in _PARTS.split(title or "")) if part]
    while len(parts) > 1 and _BROWSER.fullmatch(parts[-1]):
        parts.pop()
    return parts


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _own_names(site: str) -> tuple[str, ...]:
    """Return what pages of a site may be signed with, made of its address.

    A part of a site has no name of its own, but those of reddit.com: elsewhere "docs" is just a word.
    """
    host, _, path = site.casefold().partition("/")
    if path:
        return (path.strip("/"),) if host == "reddit.com" and path.startswith("r/") else ()
    host = _in_letters(host)
    labels = host.split(".")
    ending = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else 2
    return (host, labels[-ending]) if len(labels) == ending else (host,)


def _in_letters(host: str) -> str:
    """Return a host as people read it: xn--mnchen-3ya.de is münchen.de."""
    try:
        return host.encode().decode("idna")
    except UnicodeError:
        return host
