"""What the shipped catalogue knows of distracting apps and sites, as entries of a block list."""

import csv
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from productify import paths
from productify.domain import BlockList, ListMode, Target, TargetKind

SHIPPED_NAME = "Deep work"
_OWN_CATEGORIES = ("social", "entertainment", "games", "adult")
"""Categories that the shipped list blocks as a whole, so that what nobody has listed is blocked too."""

_ORDER = (*_OWN_CATEGORIES[:3], "news", "shopping", "adult")
_ENDINGS = ("com", "de", "co.uk", "fr", "it", "es", "nl", "pl")
"""What stands for the * of a shop that has a domain in every country."""

_SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A target that the catalogue lists, with its category and level (-2 to 2)."""

    target: Target
    category: str
    level: int


def shipped_targets(platform: str = sys.platform) -> tuple[Target, ...]:
    """Return what the shipped list blocks: every distracting site, every such app of `platform`, four categories."""
    found = sorted((entry for entry in entries(platform) if entry.level < 0), key=_place)
    whole = (Target(TargetKind.CATEGORY, key) for key in _OWN_CATEGORIES)
    return tuple(dict.fromkeys([*(entry.target for entry in found), *whole]))


def resolved(lists: Iterable[BlockList], platform: str = sys.platform) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the apps and the sites that `lists` block, categories as the catalogue lists them.

    For a list that blocks everything but its own, "*" comes first and what it lets through follows as "!name".
    """
    known = list(entries(platform))
    apps, sites = dict[str, None](), dict[str, None]()
    for each in lists:
        lets_through = each.mode is ListMode.ALLOW
        if lets_through:
            apps["*"] = sites["*"] = None
        for target in _expanded(each.targets, known):
            place = sites if target.kind is TargetKind.SITE else apps
            place[f"!{target.value}" if lets_through else target.value] = None
    return tuple(apps), tuple(sites)


def entries(platform: str = sys.platform) -> Iterator[Entry]:
    """Return every app of `platform` and every site that the catalogue lists under a category of its own."""
    system = _SYSTEMS.get(platform, platform)
    with (paths.catalogue_dir() / "default-rules.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] == "app" and row["os"] == system:
                yield Entry(Target(TargetKind.APP, row["name"]), row["category"], _level(row["level"]))
            elif row["kind"] == "domain":
                for site in _sites(row["match"], row["pattern"]):
                    yield Entry(Target(TargetKind.SITE, site), row["category"], _level(row["level"]))


def _expanded(targets: Iterable[Target], known: Iterable[Entry]) -> Iterator[Target]:
    for target in targets:
        if target.kind is not TargetKind.CATEGORY:
            yield target
        else:
            yield from (entry.target for entry in known if entry.category == target.value)


def _place(entry: Entry) -> tuple[int, bool]:
    """By category; its sites before its apps, for they are better known."""
    is_app = entry.target.kind is TargetKind.APP
    return _ORDER.index(entry.category) if entry.category in _ORDER else len(_ORDER), is_app


def _sites(match: str, pattern: str) -> tuple[str, ...]:
    if match == "suffix":
        return (pattern,)
    if match == "glob" and pattern.endswith(".*"):
        return tuple(pattern[:-1] + ending for ending in _ENDINGS)
    return ()


def _level(text: str) -> int:
    return int(text) if text.lstrip("-").isdigit() else 0
