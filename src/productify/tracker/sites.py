"""Addresses as they are kept, and the site that one belongs to."""

from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

_LONGEST = 2000


@lru_cache(maxsize=512)
def kept(url: str | None) -> str | None:
    """Return `url` without user name and password, at most 2000 characters; None where it is no address."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if not parts.scheme:
        return None
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))[:_LONGEST]


@lru_cache(maxsize=512)
def site_of(url: str | None) -> str | None:
    """Return the host of a web address in lower case without `www.`; None for anything else."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return host.removeprefix("www.")[:255]


@lru_cache(maxsize=512)
def path_of(url: str) -> str:
    """Return the path of an address, beginning with a slash."""
    return urlsplit(url).path or "/"


def is_within(host: str, site: str) -> bool:
    """Return whether `host` is `site` or one of its subdomains, both in lower case."""
    return host == site or host.endswith("." + site)
