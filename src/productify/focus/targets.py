"""Entries of block lists: how they are written, what they fit, and whether a change makes a list weaker."""

import re
from collections.abc import Iterable
from dataclasses import replace
from fnmatch import fnmatchcase
from urllib.parse import SplitResult, unquote, urlsplit

from productify.domain import BlockList, Target, TargetKind
from productify.errors import UsageError

_MOST = 2000
_USUAL_PORTS = (None, 80, 443)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_ANYTHING_BELOW = re.compile(r"(?:/(?:\*|\.\.\.|…)?)+$")
"""What people write after a path to say that they mean all of it."""


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


def fits_name(target: Target, names: Iterable[str]) -> bool:
    """Return whether `target` is an app that goes by one of `names`."""
    wanted = target.value.casefold()
    return target.kind is TargetKind.APP and any(fnmatchcase(name.casefold(), wanted) for name in names)


def host_of(url: str) -> str | None:
    """Return the host of an address of the web, written with or without its scheme, without www.; None for others."""
    try:
        parts = urlsplit(url if _SCHEME.match(url) else f"http://{url}")
        host = _host(parts)
    except ValueError:
        return None
    return host or None if parts.scheme in ("http", "https") else None


def is_within(url: str, site: str) -> bool:
    """Return whether the address `url` lies in `site`: its domain or a subdomain, below its path where it has one."""
    wanted_host, _, wanted_path = site.partition("/")
    wanted_host = in_ascii(wanted_host)
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        host = _host(parts)
    except ValueError:
        return False
    if host != wanted_host and not host.endswith(f".{wanted_host}"):
        return False
    path, wanted = _path(parts.path), _path(_ANYTHING_BELOW.sub("", f"/{wanted_path}"))
    return not wanted or path == wanted or path.startswith(f"{wanted}/")


def with_target(given: BlockList, target: Target, place: int = 0) -> BlockList:
    """Return a list that names `target` as its entry at `place` (0 the first); one that it names stays where it is."""
    if target in given.targets:
        return given
    return replace(given, targets=(*given.targets[:place], target, *given.targets[place:]))


def without_target(given: BlockList, target: Target) -> BlockList:
    """Return a list that does not name `target`."""
    return replace(given, targets=tuple(each for each in given.targets if each != target))


def in_ascii(host: str) -> str:
    """Return a host as browsers write it on the wire: münchen.de is xn--mnchen-3ya.de."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode().lower()
    except UnicodeError:
        return host


def _tidy(target: Target) -> Target:
    value = target.value.strip()
    if target.kind is TargetKind.SITE:
        value = _site(value)
    if not value or len(value) > 500:
        raise UsageError(f"{target.value!r} is nothing that can be blocked.", "Name an app, a site or a category.")
    return replace(target, value=value)


def _site(text: str) -> str:
    """Return an address as reddit.com/r/all: no scheme, no www, no question, all letters of its host ASCII."""
    try:
        parts = urlsplit(text if "//" in text else f"//{text}")
        host, port = _host(parts), parts.port
    except ValueError:
        host, port = "", None
    if not host or " " in host or not host.isascii():
        raise UsageError(f"{text!r} is no site.", "Write it as reddit.com or reddit.com/r/all.")
    if port not in _USUAL_PORTS:
        raise UsageError(f"{text!r} names a port.", f"A site is blocked on all of them: write it as {host}.")
    return host + _ANYTHING_BELOW.sub("", parts.path)


def _host(parts: SplitResult) -> str:
    return in_ascii((parts.hostname or "").rstrip(".").removeprefix("www."))


def _path(text: str) -> str:
    return unquote(text).strip("/").casefold()
