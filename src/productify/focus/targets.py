"""Entries of block lists: how they are written, what they fit, and whether a change makes a list weaker."""

from dataclasses import replace
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from productify.domain import BlockList, ListMode, Target, TargetKind
from productify.errors import UsageError

_MOST = 2000


def tidied(given: BlockList) -> BlockList:
    """Return a list with its name and entries as they are kept; raises UsageError where something makes no sense."""
    name = given.name.strip()
    if not name or len(name) > 100:
        raise UsageError("A block list needs a name.", "It may have up to 100 characters.")
    if given.allowance is not None and not 1 <= given.allowance <= 24 * 60:
        raise UsageError(f"An allowance cannot be {given.allowance} minutes.", "It may be 1 to 1440 a day.")
    if any(not each.weekdays or not 0 <= each.start < each.end <= 48 * 60 for each in given.hours):
        raise UsageError("These hours make no sense.", "They need a day of the week, and an end after their start.")
    targets = tuple(dict.fromkeys(_tidy(target) for target in given.targets))
    if len(targets) > _MOST:
        raise UsageError(f"A block list can hold {_MOST} entries.", "Use a category, or * in the name of an app.")
    return replace(given, name=name, targets=targets)


def fits(target: Target, app_name: str, app_id: str | None, url: str | None, category: str | None) -> bool:
    """Return whether a recorded activity is what `target` names."""
    if target.kind is TargetKind.CATEGORY:
        return category == target.value
    if target.kind is TargetKind.APP:
        wanted = target.value.casefold()
        return any(fnmatchcase(name.casefold(), wanted) for name in (app_name, app_id) if name)
    return url is not None and is_within(url, target.value)


def is_within(url: str, site: str) -> bool:
    """Return whether the address `url` lies in `site`: its domain or a subdomain, below its path where it has one."""
    wanted_host, _, wanted_path = site.partition("/")
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return False
    if host != wanted_host and not host.endswith(f".{wanted_host}"):
        return False
    path, wanted = parts.path.strip("/").casefold(), wanted_path.strip("/").casefold()
    return not wanted or path == wanted or path.startswith(f"{wanted}/")


def weakens(old: BlockList, new: BlockList | None) -> bool:
    """Return whether a session that blocks `old` would block less with `new`, None being no list at all."""
    if new is None or new.mode is not old.mode:
        return True
    if old.mode is ListMode.ALLOW:
        return bool(set(new.targets) - set(old.targets))
    return bool(set(old.targets) - set(new.targets))


def _tidy(target: Target) -> Target:
    value = target.value.strip()
    if target.kind is TargetKind.SITE:
        value = _site(value)
    if not value or len(value) > 500:
        raise UsageError(f"{target.value!r} is nothing that can be blocked.", "Name an app, a site or a category.")
    return replace(target, value=value)


def _site(text: str) -> str:
    """Return an address as reddit.com/r/all: no scheme, no www, no question."""
    try:
        parts = urlsplit(text if "//" in text else f"//{text}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    if not host or " " in host:
        raise UsageError(f"{text!r} is no site.", "Write it as reddit.com or reddit.com/r/all.")
    return host + parts.path.rstrip("/")
